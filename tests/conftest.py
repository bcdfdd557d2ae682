"""No test touches the user's files or the network beyond loopback."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from clipsorter.clip.encoder import Encoder

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # else each worker computes on all cores
try:
    from PySide6 import QtWidgets  # noqa: F401
except (
    ImportError
):  # Linux without libEGL, libGL and others: pytest-qt would end the run, tests/ui says it and is skipped
    pytest_plugins = []
else:
    pytest_plugins = ["pytestqt.plugin"]


@pytest.fixture(autouse=True)
def clipsorter_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a home of its own: settings, data, models, cache; and the user another home folder.

    The first lies in memory, where that is possible: the databases wait for the disk at each change.
    """
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("user")))
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    with tempfile.TemporaryDirectory(prefix="clipsorter-", dir=memory, ignore_cleanup_errors=True) as home:
        monkeypatch.setenv("CLIPSORTER_HOME", home)
        yield Path(home)


@pytest.fixture(scope="session")
def starter() -> "Encoder":
    """Load the starter once."""
    from clipsorter.clip.encoder import load_encoder

    return load_encoder("starter")


@pytest.fixture(scope="session")
def measured(starter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Measure the starter once, rather than in each new home, and return the file that remembers it."""
    from clipsorter.clip.tuning import tune

    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("measured")
        patch.setenv("CLIPSORTER_HOME", str(home))
        tune(starter)
    return home / "cache" / "tuning.json"


@pytest.fixture
def measured_home(clipsorter_home: Path, measured: Path) -> Path:
    """Return the home of a machine on which the starter was measured before."""
    (clipsorter_home / "cache").mkdir()
    shutil.copy(measured, clipsorter_home / "cache")
    return clipsorter_home


@pytest.fixture(scope="session")
def shared_photos() -> Path:
    """Return the folder of real photos that lies beside the project, or skip."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "photos"
    if not folder.is_dir():
        pytest.skip(f"the real photos are not here ({folder})")
    return folder


@pytest.fixture(scope="session")
def checkpoint_file(tmp_path_factory):
    """Return the path of a small ViT as a plain state dict."""
    from tests.tiny_clip import make_twin, write_checkpoint  # open_clip takes seconds to import

    return write_checkpoint(make_twin("vit"), tmp_path_factory.mktemp("model") / "tiny.pt", "state_dict")
