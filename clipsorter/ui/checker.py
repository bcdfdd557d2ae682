"""The worker's side of the check of the categories: what is odd about them, and where the user said otherwise."""

import threading
import time
from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse.checking import Checked, Checking, check, without_refused
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.sorting.checkup import placed
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.measure import confusion_of
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import CategoryCheck, Confusion

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

Rows = NDArray[np.int64]


class Checker(Errand):
    """Lives in the worker's thread; a new question takes the place of the one before."""

    paced = Signal(object)  # Checking
    found = Signal(object)  # CategoryCheck: what there is so far, and at last all

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._job = 0
        self._decided: Mapping[str, Rows] = {}
        self._cancel = threading.Event()
        self._is_asked = False
        self._steps: Generator[Checking | CategoryCheck, None, CategoryCheck] | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to check, and a model."""
        return self.is_awaited and self._worker.loader.model is not None

    @property
    def is_awaited(self) -> bool:
        """Tell whether there is something to check."""
        return self._is_asked or self._steps is not None

    @Slot()
    def drop(self) -> None:
        """Leave what is under way."""
        self._steps, self._is_asked = None, False

    @Slot(int, object, object)
    def ask(self, job: int, decided: Mapping[str, Rows], cancel: threading.Event) -> None:
        """Check the categories on the photos that are looked at by now, of which the user decided these rows."""
        self._job, self._decided, self._cancel = job, decided, cancel
        self._steps, self._is_asked = None, True
        self.woken.emit()

    def step(self, deadline_s: float) -> None:
        """Go on until about a point in time of the monotonic clock."""
        model, folder = self._worker.loader.model, self._worker.folder
        if model is None:
            return
        try:
            if self._is_asked:
                self._is_asked, self._steps = False, self._check(model)
            while self._steps is not None:
                if self._cancel.is_set() or folder.job != self._job:
                    self._steps = None
                    return
                news = next(self._steps)
                (self.paced if isinstance(news, Checking) else self.found).emit(news)
                if time.monotonic() > deadline_s:
                    return
        except StopIteration as end:
            self._steps = None
            self.found.emit(end.value)

    def _check(self, model: ReadyModel) -> Generator[Checking | CategoryCheck, None, CategoryCheck]:
        """Give how far it is and what is found so far, and at the end all that was found."""
        judge, vectors = self._worker.judge, self._worker.folder.vectors
        rows, matrix = np.array(vectors.rows, np.int64), vectors.matrix
        yield Checking(0)
        ranking = judge.ranking(model.encoder, vectors)
        question = judge.question(model.encoder)
        if ranking is None or len(ranking) != len(rows):
            return CategoryCheck(self._job, 0, (), None)
        places = {row: place for place, row in enumerate(rows.tolist())}
        ranking = without_refused(
            ranking, {places[row]: names for row, names in judge.refused.items() if row in places}
        )
        columns = {name: column for column, name in enumerate(ranking.names)}
        decided = np.full(len(rows), -1, np.int64)
        for name, meant in self._decided.items():
            if name in columns:
                decided[np.isin(rows, meant)] = columns[name]
        taught = frozenset(judge.example_counts())
        confusion = self._confusion(model, ranking, rows, decided)
        yield (so_far := CategoryCheck(self._job, len(rows), (), confusion, is_over=False))
        for event in check(model.encoder, Checked(question, matrix, ranking, decided, taught)):
            if isinstance(event, Checking):
                yield event
            else:
                yield (so_far := replace(so_far, findings=(*so_far.findings, placed(event, rows))))
        return replace(so_far, is_over=True)

    def _confusion(self, model: ReadyModel, ranking: Ranking, rows: Rows, decided: Rows) -> Confusion:
        """Compare decisions with answers; a photo that the model learned from is judged as if it had not."""
        places = np.flatnonzero(decided >= 0)
        said = np.where(ranking.is_sure[places], ranking.best[places, 0], len(ranking.names))
        held_back = self._worker.judge.held_back(model.encoder)
        names = self._worker.folder.names
        for number, row in enumerate(rows[places].tolist()):
            if (column := held_back.get(names.get(row, b""))) is not None:
                said[number] = column if column >= 0 else len(ranking.names)
        table = confusion_of(decided[places], said, len(ranking.names))
        return Confusion(tuple(ranking.names), rows[places], decided[places], said, table)
