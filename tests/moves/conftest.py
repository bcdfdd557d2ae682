import tempfile
from pathlib import Path

import pytest

_MEMORY = Path("/dev/shm")


@pytest.fixture
def in_memory(tmp_path):
    """Return a folder of which the disk is quick, where there is one: many flushes are cheap there."""
    if not _MEMORY.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def other_volume(tmp_path, in_memory):
    """Return a folder on another volume than `tmp_path`, or skip."""
    if in_memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second volume here")
    return in_memory
