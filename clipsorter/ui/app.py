"""Opens the window: it is on the screen before the model is loaded."""

import logging
import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clipsorter.log import start_log
from clipsorter.settings import Settings, read_settings
from clipsorter.ui.doorbell import Doorbell, folder_of, ring
from clipsorter.ui.failures import Failures
from clipsorter.ui.icons import app_icon
from clipsorter.ui.language import use_language
from clipsorter.ui.session import Session
from clipsorter.ui.theme import apply_theme
from clipsorter.ui.turns import SWITCH_S
from clipsorter.ui.window import MainWindow

_NO_DISPLAY = 2


def run(paths: Sequence[str]) -> int:
    """Open the window with the folder of the first path, or that of the last time; return the exit code.

    If one is open already, it gets the path and comes to front.
    """
    if not has_display():
        print(
            "clipsorter: there is no display to open a window on. On a terminal: clipsorter classify FOLDER -c NAME … "
            "(clipsorter --help shows all commands).",
            file=sys.stderr,
        )
        return _NO_DISPLAY
    sys.setswitchinterval(SWITCH_S)
    app = QApplication([sys.argv[0]])
    app.setApplicationName("clipsorter")
    app.setApplicationDisplayName("Clipsorter")
    app.setDesktopFileName("clipsorter")
    app.setWindowIcon(app_icon())
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus)
    if ring(paths):
        return 0
    start_log()
    failures = Failures(app)
    failures.catch_all()
    settings, notes = read_settings()
    use_language(app, settings.language)
    theme = apply_theme(app, settings.theme)
    window = open_window(settings, paths, failures)
    window.preferences.theme_chosen.connect(theme.choose)
    for note in notes:
        window.notices.say(note)
    window.show()
    Doorbell(window, app).listen()
    code = app.exec()
    if window.session.is_loading or window.preferences.files.is_alive:
        _leave(code)
    return code


def _leave(code: int) -> NoReturn:
    """End the program although a thread still loads a model, or waits for a server: that may take seconds more.

    The window is closed, and the databases with it; a model that was not fetched to the end is not used.
    """
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # there is none in a program without a console
            stream.flush()
    with suppress(OSError):  # it is made to be removed where there is none, and the disk may be full
        folder = get_temp_dir()  # of the processes that decode apart, which end with this one
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(code)


def open_window(settings: Settings, paths: Sequence[str] = (), failures: Failures | None = None) -> MainWindow:
    """Make the window and start its worker; the last folder is opened again if it is still there."""
    session = Session(settings)
    window = MainWindow(settings, session, failures or Failures(session))
    session.setParent(window)
    session.start()
    if paths:
        window.open_folder(folder_of(paths[0]))
    elif settings.folder and Path(settings.folder).is_dir():
        window.open_folder(Path(settings.folder))
    return window


def has_display() -> bool:
    """Tell whether a window can be opened; only Unix knows machines without a screen."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
