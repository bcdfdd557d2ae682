"""What would be, if: the worker judges by categories that don't count, and the answers that do stay as they are."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.errors import ClipsorterError
from clipsorter.sorting.category import Category
from clipsorter.ui.errand import Errand, go_on
from clipsorter.ui.judge import Judge
from clipsorter.ui.news import Supposed
from clipsorter.ui.vectors import Vectors

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

Categories = tuple[Category, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    asker: str
    number: int
    categories: Categories
    words: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class _UnderWay:
    """What is judged for one asker, of a model and the vectors of a folder."""

    asked: _Asked
    of: tuple[ReadyModel, Vectors]
    steps: Generator[None, None, Supposed]


class Supposer(Errand):
    """Lives in the worker's thread. Of what one asker supposes, only the newest is judged: it ends what was under way.

    Each asker has a judge, who remembers what is the same from one letter to the next, until the asker is done.
    """

    supposed = Signal(object)  # Supposed

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._judges: dict[str, Judge] = {}
        self._waiting: dict[str, _Asked] = {}
        self._under_way: _UnderWay | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether something is supposed, and can be judged."""
        worker, is_asked = self._worker, bool(self._waiting) or self._under_way is not None
        return is_asked and worker.loader.model is not None and worker.decisions is not None

    @Slot(str, int, object, object)
    def suppose(self, asker: str, number: int, categories: Categories, words: Sequence[str]) -> None:
        """Judge all photos so far as if these were the categories; look whether the model knows each of the words."""
        self._leave(asker)
        self._waiting[asker] = _Asked(asker, number, categories, words)
        self.woken.emit()

    @Slot(str)
    def forget(self, asker: str) -> None:
        """Suppose nothing more, and remember nothing of it."""
        self._leave(asker)
        self._waiting.pop(asker, None)
        self._judges.pop(asker, None)

    def _leave(self, asker: str) -> None:
        if self._under_way is not None and self._under_way.asked.asker == asker:
            self._under_way = None

    @Slot()
    def drop(self) -> None:
        """Leave all that is supposed."""
        self._waiting.clear()
        self._under_way = None

    def let_go(self) -> None:
        """Begin anew with the next model."""
        if self._under_way is not None:
            self._waiting.setdefault(self._under_way.asked.asker, self._under_way.asked)
        self._under_way = None
        self._judges.clear()

    def step(self, deadline_s: float) -> None:
        """Go on with what one asker supposes, until about a point in time of the monotonic clock."""
        worker, model = self._worker, self._worker.loader.model
        if model is None or worker.index is None or worker.decisions is None:
            return
        vectors = worker.folder.vectors
        if self._under_way is not None and self._under_way.of != (model, vectors):  # another folder, or model
            self._waiting.setdefault(self._under_way.asked.asker, self._under_way.asked)
            self._under_way = None
        if self._under_way is None:
            if not model.encoder.prepare(vectors.matrix, deadline_s):
                return
            asked = self._waiting.pop(next(iter(self._waiting)))
            self._under_way = _UnderWay(asked, (model, vectors), self._judge(asked, model, vectors))
        asked = self._under_way.asked
        try:
            if (supposed := go_on(self._under_way.steps, deadline_s)) is None:
                return
        except ClipsorterError as error:  # a prompt that is too long
            supposed = Supposed(asked.asker, asked.number, problem=str(error))
        self._under_way = None
        self.supposed.emit(supposed)
        if not supposed.problem and self._judges[asked.asker].is_due:  # examples that are new are looked at in turns
            self._waiting.setdefault(asked.asker, asked)

    def _judge(self, asked: _Asked, model: ReadyModel, vectors: Vectors) -> Generator[None, None, Supposed]:
        worker, encoder = self._worker, model.encoder
        assert worker.index is not None
        assert worker.decisions is not None
        if asked.asker not in self._judges:
            self._judges[asked.asker] = worker.judge.beside()
        judge = self._judges[asked.asker]
        judge.configure(worker.settings)
        judge.refused = worker.judge.refused
        judge.ask(asked.number, asked.categories)
        judge.learn(encoder, worker.index, worker.decisions)
        rows = np.array(vectors.rows, np.int64)
        yield
        answers = yield from judge.answer_in_steps(encoder, vectors)
        yield
        unknown = judge.unknown(encoder), encoder.unknown([Category(word, (word,)) for word in asked.words])
        return Supposed(asked.asker, asked.number, rows, answers.ranking, *unknown)
