"""Measures and empties the folder of thumbnails beside the window's thread: it may hold a hundred thousand files."""

import threading
from contextlib import suppress

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.photos.thumbnail import ThumbnailCache


class ThumbnailStore(QObject):
    """Does one thing at a time; a request while it is busy is dropped, and closing the window doesn't wait for it."""

    measured = Signal(float)  # bytes, more than an int of Qt holds

    def __init__(self, cache: ThumbnailCache, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._thread: threading.Thread | None = None

    @Slot()
    def measure(self) -> None:
        """Tell how much there is."""
        self._begin(is_emptied=False)

    @Slot()
    def empty(self) -> None:
        """Delete all of it, and tell how much is left: what is in use by another program."""
        self._begin(is_emptied=True)

    def _begin(self, is_emptied: bool) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, args=(is_emptied,), name="thumbnails", daemon=True)
            self._thread.start()

    def _run(self, is_emptied: bool) -> None:
        if is_emptied:
            self._cache.empty()
        size_bytes = self._cache.size_bytes()
        with suppress(RuntimeError):  # the window is gone
            self.measured.emit(float(size_bytes))
