"""The second half of `clipsorter --self-check`: the window opens a folder, answers, and closes, without a screen."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from clipsorter.errors import ClipsorterError
from clipsorter.settings import Settings
from clipsorter.ui.app import open_window
from clipsorter.ui.icons import app_icon
from clipsorter.ui.theme import apply_theme
from clipsorter.ui.window import MainWindow

_LOOK_EVERY_MS = 20
_LONGEST_MS = 180_000


def check_window(folder: Path, categories: Sequence[str], expected: Mapping[str, str]) -> str:
    """Look at a folder through the window; return a line, or raise ClipsorterError with what was seen instead."""
    app = QApplication(["clipsorter"])
    if app_icon().isNull():
        raise ClipsorterError("The program's own icon can't be drawn.")
    apply_theme(app, "light")
    window = open_window(Settings(categories="\n".join(categories), offers_model=False), [str(folder)])
    window.show()
    try:
        found = _Watch(window, len(expected)).answers()
        if found != dict(expected):
            raise ClipsorterError(f"The window shows {found or window.notices.text}.")
        if window.grab().isNull():
            raise ClipsorterError("The window draws nothing.")
    finally:
        window.close()
    return f"{window.width()} × {window.height()}, {len(found)} answers"


class _Watch(QObject):
    """Lets the window work until each photo has an answer, or too much time has passed."""

    def __init__(self, window: MainWindow, photos: int) -> None:
        super().__init__(window)
        self._window, self._photos, self._left_ms = window, photos, _LONGEST_MS
        self._loop, self._timer = QEventLoop(self), QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def answers(self) -> dict[str, str | None]:
        """Return the category that is shown for each name."""
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        table = self._window.photos.table
        return {photo.path.name: table.category(row) for row, photo in enumerate(table.photos)}

    @Slot()
    def _look(self) -> None:
        table, self._left_ms = self._window.photos.table, self._left_ms - _LOOK_EVERY_MS
        is_over = len(table.photos) == self._photos and table.question > 0 and not self._window.session.is_busy
        if is_over or self._left_ms <= 0:
            self._loop.quit()
