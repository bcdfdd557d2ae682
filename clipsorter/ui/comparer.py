"""The worker's side of the duplicates: compares the photos of the folder, a step at a time, between other things."""

import threading
import time
from collections.abc import Generator
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from clipsorter import paths
from clipsorter.analyse import Compared, Comparing, find_duplicates
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.metadata.reading import PraiseReader
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.duplicates import DuplicateGroup
from clipsorter.ui.errand import Errand

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_TELL_EVERY_S = 0.1
_THUMBNAIL_BYTES = 2**40  # nothing is put there, so nothing is thrown out


class Comparer(Errand):
    """Lives in the worker's thread; a new question takes the place of the one before."""

    paced = Signal(float)  # 0 to 1
    found = Signal(object, int)  # groups, and how many photos were compared

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._cancel = threading.Event()
        self._is_asked = False
        self._events: Generator[Comparing | DuplicateGroup, None, None] | None = None
        self._groups: list[DuplicateGroup] = []
        self._count, self._next_tell_s = 0, 0.0

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to compare, and a model."""
        return self.is_awaited and self._worker.loader.model is not None

    @property
    def is_awaited(self) -> bool:
        """Tell whether there is something to compare."""
        return self._is_asked or self._events is not None

    @Slot(object)
    def ask(self, cancel: threading.Event) -> None:
        """Compare the photos of the open folder that are looked at by now, until `cancel` is set."""
        self.drop()
        self._cancel, self._is_asked = cancel, True
        self.woken.emit()

    @Slot()
    def drop(self) -> None:
        """Leave what is under way, and end its threads."""
        if self._events is not None:
            self._events.close()
        self._events, self._is_asked = None, False

    def step(self, deadline_s: float) -> None:
        """Go on until a point in time of the monotonic clock."""
        if (model := self._worker.loader.model) is None:
            return
        if self._events is None:
            self._begin(model)
        self._go_on(deadline_s)

    def _begin(self, model: ReadyModel) -> None:
        folder = self._worker.folder
        photos, names, vectors = folder.photos, folder.names, folder.vectors
        places = [place for place, row in enumerate(vectors.rows) if row in names]
        rows = [vectors.rows[place] for place in places]
        matrix = vectors.matrix if len(places) == len(vectors.rows) else vectors.matrix[places]
        compared = Compared([photos[row] for row in rows], [names[row] for row in rows], matrix)
        thumbnails = ThumbnailCache(paths.cache_dir() / "thumbnails", _THUMBNAIL_BYTES)
        self._is_asked, self._groups, self._count = False, [], len(rows)
        least = model.encoder.card.min_alike
        self._events = find_duplicates(compared, least, thumbnails, self._cancel, PraiseReader())

    def _go_on(self, deadline_s: float) -> None:
        for event in self._events or ():
            if isinstance(event, DuplicateGroup):
                self._groups.append(event)
            elif time.monotonic() >= self._next_tell_s:
                self._next_tell_s = time.monotonic() + _TELL_EVERY_S
                self.paced.emit(event.done)
            if time.monotonic() > deadline_s:
                return
        self.drop()
        if not self._cancel.is_set():
            self.found.emit(self._groups, self._count)
