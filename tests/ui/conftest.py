"""The window is tested for real, without a screen, and with the real starter."""

import shutil
import threading
from pathlib import Path

import pytest
import skimage

try:
    from PySide6 import QtWidgets  # noqa: F401
except ImportError as error:  # Linux without libEGL, libGL and others
    _missing = str(error)
else:
    _missing = ""


class _Unreachable(pytest.File):
    """Stands for a file of tests that can't be imported here, so that the report tells of it."""

    def collect(self):
        pytest.skip(f"Qt can't be loaded here: {_missing}")


def pytest_pycollect_makemodule(module_path, parent):
    return _Unreachable.from_parent(parent, path=module_path) if _missing else None


@pytest.fixture(autouse=True)
def _no_thread_is_left():
    before = set(threading.enumerate())
    yield
    # Python keeps the name it gave to a thread of Qt when that has ended; `open_main` looks after the real one.
    left = {each for each in set(threading.enumerate()) - before if not isinstance(each, threading._DummyThread)}
    for thread in left:
        thread.join(10)  # a run that was cancelled leaves the photos in hand to their threads
    assert [thread.name for thread in left if thread.is_alive()] == []


@pytest.fixture
def photos(tmp_path):
    """Return a folder of four photos, one of them broken."""
    folder = tmp_path / "photos"
    folder.mkdir()
    pictures = Path(skimage.__file__).with_name("data")
    for name in ("chelsea.png", "coffee.png", "rocket.jpg"):
        shutil.copy(pictures / name, folder / name)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    return folder


@pytest.fixture
def open_main(qtbot, measured_home):
    """Return a function that opens the window as the program does; what it opened is closed."""
    from clipsorter.settings import load_settings
    from clipsorter.ui.app import open_window

    windows = []

    def open_(*paths):
        window = open_window(load_settings(), [str(path) for path in paths])
        window.show()
        windows.append(window)
        return window

    yield open_
    for window in windows:
        window.close()
        assert window.session._thread.isFinished()
        window.session.worker.loader.join()  # the program itself doesn't wait for a model that is being loaded
        window.deleteLater()


@pytest.fixture
def searched(open_main, photos, qtbot):
    """Return a window in which the four photos are looked at."""
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    return window


@pytest.fixture
def german(qapp):
    """Let the window speak German."""
    from PySide6.QtCore import QLocale

    from clipsorter.ui.language import use_language

    before = QLocale()
    use_language(qapp, "de")
    yield
    use_language(qapp, "en")
    QLocale.setDefault(before)
