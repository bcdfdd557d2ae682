"""What would be, if: the worker judges by categories that don't count, and the answers that do stay as they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal, Slot

from clipsorter.errors import ClipsorterError
from clipsorter.sorting.category import Category
from clipsorter.ui.errand import Errand
from clipsorter.ui.judge import Judge
from clipsorter.ui.news import Supposed

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

Categories = tuple[Category, ...]


class Supposer(Errand):
    """Lives in the worker's thread. Of what one asker supposes, only the newest is judged.

    Each asker has a judge, who remembers what is the same from one letter to the next, until the asker is done.
    """

    supposed = Signal(object)  # Supposed

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._judges: dict[str, Judge] = {}
        self._waiting: dict[str, tuple[int, Categories, Sequence[str]]] = {}

    @property
    def is_due(self) -> bool:
        """Tell whether something is supposed, and can be judged."""
        return bool(self._waiting) and self._worker.loader.model is not None and self._worker.decisions is not None

    @Slot(str, int, object, object)
    def suppose(self, asker: str, number: int, categories: Categories, words: Sequence[str]) -> None:
        """Judge all photos so far as if these were the categories; look whether the model knows each of the words."""
        self._waiting[asker] = number, categories, words
        self.woken.emit()

    @Slot(str)
    def forget(self, asker: str) -> None:
        """Suppose nothing more, and remember nothing of it."""
        self._waiting.pop(asker, None)
        self._judges.pop(asker, None)

    def step(self, deadline_s: float) -> None:
        """Judge what one asker supposes."""
        worker, model = self._worker, self._worker.loader.model
        if model is None or worker.index is None or worker.decisions is None:
            return
        if not model.encoder.prepare(worker.folder.vectors.matrix, deadline_s):
            return
        asker = next(iter(self._waiting))
        number, categories, words = self._waiting.pop(asker)
        judge, encoder = self._judges.setdefault(asker, Judge(worker.settings)), model.encoder
        judge.configure(worker.settings)
        judge.refused = worker.judge.refused
        judge.ask(number, categories)
        vectors = worker.folder.vectors
        try:
            judge.learn(encoder, worker.index, worker.decisions)
            ranking = judge.answer_all(encoder, vectors).ranking
            unknown = judge.unknown(encoder), encoder.unknown([Category(word, (word,)) for word in words])
        except ClipsorterError as error:  # a prompt that is too long
            self.supposed.emit(Supposed(asker, number, problem=str(error)))
            return
        rows = np.array(vectors.rows, np.int64)
        self.supposed.emit(Supposed(asker, number, rows, ranking, *unknown))
        if judge.is_due and asker not in self._waiting:  # examples that this model never saw are looked at in turns
            self._waiting[asker] = number, categories, words
