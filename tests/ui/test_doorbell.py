"""A second start hands its path to the first: two real processes, as on the user's machine."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from clipsorter.ui.doorbell import Doorbell, door_name

# Tells of each folder that the window opens, and when it is asked to come to front.
FIRST = """
import sys
from clipsorter.ui import app, doorbell
from clipsorter.ui.window import MainWindow
listen, open_folder, activate = doorbell.Doorbell.listen, MainWindow.open_folder, MainWindow.activateWindow
def tell(word, work):
    def told(*arguments):
        result = work(*arguments)
        print(word, *(ascii(str(each)) for each in arguments[1:]), flush=True)
        return result
    return told
doorbell.Doorbell.listen = tell("listens", listen)
MainWindow.open_folder = tell("opened", open_folder)
MainWindow.activateWindow = tell("front", activate)
sys.exit(app.run([]))
"""
SECOND = "import sys; from clipsorter.ui.app import run; sys.exit(run(sys.argv[1:]))"


@pytest.fixture(autouse=True)
def _own_runtime_folder(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))


@contextmanager
def running():
    """Start the program and give it when it listens; kill it at the end, as a crash would."""
    with subprocess.Popen([sys.executable, "-c", FIRST], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "listens\n"
            yield process
        finally:
            process.kill()


def start_again(*paths):
    command = [sys.executable, "-c", SECOND, *map(str, paths)]
    return subprocess.run(command, check=False, timeout=60, capture_output=True, text=True)


def test_second_start_hands_its_folder_over_and_ends(tmp_path):
    folder = tmp_path / "Größe 📷"
    folder.mkdir()
    (folder / "a.jpg").touch()
    with running() as first:
        for path in (folder, folder / "a.jpg"):
            done = start_again(path)
            assert (done.returncode, done.stderr) == (0, "")
            assert first.stdout.readline() == "front\n"
            assert first.stdout.readline() == f"opened {str(folder)!a}\n"


def test_second_start_without_a_path_only_brings_the_window_to_front():
    with running() as first:
        assert start_again().returncode == 0
        assert start_again().returncode == 0
        assert [first.stdout.readline(), first.stdout.readline()] == ["front\n", "front\n"]


def test_socket_that_a_crash_left_is_no_hindrance(tmp_path):
    with running():
        pass
    if sys.platform != "win32":
        assert Path(door_name()).exists()
    with running() as first:
        assert start_again(tmp_path).returncode == 0
        assert first.stdout.readline() == "front\n"
        assert first.stdout.readline() == f"opened {str(tmp_path)!a}\n"


def test_another_home_is_another_program(monkeypatch, tmp_path):
    first = door_name()
    monkeypatch.setenv("CLIPSORTER_HOME", str(tmp_path))
    assert door_name() != first


def test_what_the_system_asks_to_open_is_opened(open_main, tmp_path):
    window = open_main()
    bell = Doorbell(window, QApplication.instance())
    QApplication.instance().installEventFilter(bell)  # as on macOS
    QCoreApplication.sendEvent(QApplication.instance(), QFileOpenEvent(str(tmp_path)))
    assert window.folder == tmp_path
    QApplication.instance().removeEventFilter(bell)


def test_window_that_closes_takes_no_more_paths(open_main):
    window = open_main()
    bell = Doorbell(window, QApplication.instance())
    assert bell.listen()
    assert Path(door_name()).exists() or sys.platform == "win32"
    window.close()
    assert not Path(door_name()).exists() or sys.platform == "win32"
