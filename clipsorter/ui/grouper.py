"""The worker's side of Discover: puts the photos of the folder into groups, a step at a time, between other things."""

import time
from collections.abc import Generator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse.discovering import PhotoGroup, discover
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import Grouped

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_TELL_EVERY_S = 0.1


class Grouper(Errand):
    """Lives in the worker's thread; a new question takes the place of the one before."""

    paced = Signal(int, float)  # the number of a question, and how far its answer is, 0 to 1
    grouped = Signal(object)  # Grouped

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._number, self._count = 0, 0
        self._is_asked = False
        self._steps: Generator[float, None, list[PhotoGroup]] | None = None
        self._rows = np.empty(0, np.int64)
        self._next_tell_s = 0.0

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to group, and a model."""
        return self.is_awaited and self._worker.loader.model is not None

    @property
    def is_awaited(self) -> bool:
        """Tell whether there is something to group."""
        return self._is_asked or self._steps is not None

    @Slot(int, int)
    def ask(self, number: int, count: int) -> None:
        """Put the photos that are looked at by now into so many groups; 0 leaves the number open."""
        self._number, self._count = number, count
        self._steps, self._is_asked = None, True
        self.woken.emit()

    @Slot()
    def drop(self) -> None:
        """Leave what is under way."""
        self._steps, self._is_asked = None, False

    def step(self, deadline_s: float) -> None:
        """Go on until a point in time of the monotonic clock."""
        if self._steps is None:
            if (model := self._worker.loader.model) is None:
                return
            vectors = self._worker.folder.vectors
            self._is_asked, self._rows = False, np.array(vectors.rows, np.int64)
            self._steps = discover(model.encoder, vectors.matrix, self._count or None)
        while self._steps is not None and time.monotonic() < deadline_s:
            try:
                done = next(self._steps)
            except StopIteration as end:
                self._steps = None
                groups = [replace(group, rows=self._rows[group.rows]) for group in end.value]
                self.grouped.emit(Grouped(self._number, groups, len(self._rows)))
                return
            if time.monotonic() >= self._next_tell_s:
                self._next_tell_s = time.monotonic() + _TELL_EVERY_S
                self.paced.emit(self._number, done)
