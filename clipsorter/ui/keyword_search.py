"""Finds photos by the keywords in their files: read in a thread of its own, once somebody looks for a word."""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.metadata.reading import read_keywords
from clipsorter.photos.photo import Photo
from clipsorter.ui.filter_bar import FilterBar
from clipsorter.ui.photo_model import PhotoModel

_TELL_AFTER_S = 0.3  # the photos are arranged anew each time


@dataclass(frozen=True, slots=True)
class Words:
    """The keywords of rows, for the job in which they were asked for."""

    job: int
    by_row: Mapping[int, tuple[str, ...]]


class KeywordReader(QObject):
    """Reads the keywords of many photos and tells them now and then; a new request takes the place of the last."""

    arrived = Signal(object)  # Words
    ended = Signal(int)  # the job

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keywords")
        self._cancel = threading.Event()

    def read(self, job: int, rows: Sequence[int], photos: Sequence[Photo]) -> None:
        """Read the keywords of these rows of a folder's photos."""
        self._cancel.set()
        self._cancel = threading.Event()
        self._thread.submit(self._read, job, rows, photos, self._cancel)

    def close(self) -> None:
        """End the thread."""
        self._cancel.set()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _read(self, job: int, rows: Sequence[int], photos: Sequence[Photo], cancel: threading.Event) -> None:
        found: dict[int, tuple[str, ...]] = {}
        told_s = time.monotonic()
        entries = read_keywords(photos[row].path for row in rows)
        with suppress(RuntimeError):  # the window has just gone
            for row, entry in zip(rows, entries, strict=True):
                if cancel.is_set():
                    return
                found[row] = entry.words
                if time.monotonic() - told_s > _TELL_AFTER_S:
                    self.arrived.emit(Words(job, found))
                    found, told_s = {}, time.monotonic()
            self.arrived.emit(Words(job, found))
            self.ended.emit(job)


class KeywordSearch(QObject):
    """Lets the text above the photos find keywords, too, from the first letter on."""

    def __init__(self, filters: FilterBar, photos: PhotoModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._filters, self._photos, self._table = filters, photos, photos.table
        self._job = 0
        self._asked = 0  # rows from the first on
        self._is_reading = False
        self.reader = KeywordReader(self)
        filters.changed.connect(self._read_missing)
        photos.counted.connect(self._read_missing)
        self.reader.arrived.connect(self._take)
        self.reader.ended.connect(self._go_on)

    def close(self) -> None:
        """End the thread."""
        self.reader.close()

    @Slot()
    def _read_missing(self) -> None:
        """Read what was not read yet, if a word is looked for."""
        photos = self._photos.table.photos
        if self._table is not self._photos.table:  # another folder
            self._table, self._job, self._asked, self._is_reading = self._photos.table, self._job + 1, 0, False
        if self._is_reading or not self._filters.text.text().strip():
            return
        rows = range(self._asked, len(photos))
        if not rows:
            return
        self._asked, self._is_reading = len(photos), True
        self.reader.read(self._job, rows, photos.copy())

    @Slot(object)
    def _take(self, words: Words) -> None:
        if words.job != self._job or self._table is not self._photos.table:
            return
        if self._table.set_keywords(words.by_row) and self._filters.text.text().strip():
            self._photos.rearrange()

    @Slot(int)
    def _go_on(self, job: int) -> None:
        if job == self._job:
            self._is_reading = False
            self._read_missing()
