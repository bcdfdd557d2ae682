"""The worker's side of honest numbers: how right each category is on the user's decisions, and what to ask next."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse.measuring import questions_about
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.confidence import Evidence
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import Inquiry, Measured, Questions, Verdict

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker


class Examiner(Errand):
    """Lives in the worker's thread. All it tells is about answers that were given already."""

    measured = Signal(object)  # Measured
    chosen = Signal(object)  # Questions
    weighed = Signal(object)  # Verdict

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._is_stale = False
        self._asked: Inquiry | None = None
        self._weighed: Inquiry | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether something is to be measured, and there is a model."""
        is_asked = self._is_stale or self._asked is not None or self._weighed is not None
        return is_asked and self._worker.loader.model is not None

    def take_answers(self) -> None:
        """Measure anew: all photos were answered anew."""
        self._is_stale = True

    @Slot(object)
    def ask(self, inquiry: Inquiry) -> None:
        """Choose the photos to ask about."""
        self._asked = inquiry
        self.woken.emit()

    @Slot(object)
    def weigh(self, inquiry: Inquiry) -> None:
        """Tell what all decisions say of a category."""
        self._weighed = inquiry
        self.woken.emit()

    def step(self, deadline_s: float) -> None:
        """Do the first thing that is due."""
        if (model := self._worker.loader.model) is None:
            return
        if self._asked is not None:
            inquiry, self._asked = self._asked, None
            if inquiry.job == self._worker.folder.job:
                self._choose(model, inquiry)
        elif self._weighed is not None:
            inquiry, self._weighed = self._weighed, None
            if inquiry.job == self._worker.folder.job:
                self._weigh(model, inquiry)
        else:
            self._is_stale = False
            self._measure(model)

    def _measure(self, model: ReadyModel) -> None:
        decided = self._worker.judge.decided(model.encoder)
        if decided is None:
            self.measured.emit(Measured({}, 0))
            return
        precisions = {name: decided.precision(column) for column, name in enumerate(decided.answers.names)}
        known = int(decided.is_told.any(axis=1).sum())
        self.measured.emit(Measured(precisions, known if self._worker.judge.is_corrected else 0))

    def _choose(self, model: ReadyModel, inquiry: Inquiry) -> None:
        rows: list[int] = []
        column, vectors = self._worker.judge.column_of(inquiry.category), self._worker.folder.vectors
        if column >= 0 and (answers := self._worker.judge.ranking(model.encoder, vectors)) is not None:
            is_open = self._is_open(inquiry)
            places = questions_about(model.encoder, vectors.matrix, answers, column, is_open)
            rows = [vectors.rows[place] for place in places.tolist()]
        self.chosen.emit(Questions(inquiry, rows))

    def _weigh(self, model: ReadyModel, inquiry: Inquiry) -> None:
        evidence, name = None, inquiry.category
        column, vectors = self._worker.judge.column_of(name), self._worker.folder.vectors
        decided = self._worker.judge.decided(model.encoder, boundless=name)
        if column >= 0 and decided is not None:
            rows = np.flatnonzero(decided.is_told[:, column] & _is_answer(decided.answers, column))
            others = np.empty(0, np.float32)
            if (answers := self._worker.judge.ranking(model.encoder, vectors, boundless=name)) is not None:
                others = answers.probability[self._is_open(inquiry) & _is_answer(answers, column), 0]
            evidence = Evidence(decided.answers.probability[rows, 0], decided.is_there[rows, column], others)
        self.weighed.emit(Verdict(inquiry, evidence))

    def _is_open(self, inquiry: Inquiry) -> NDArray[np.bool_]:
        """Tell of each vector whether its photo is neither closed nor refused, bool [N]."""
        refused = [row for row, names in self._worker.judge.refused.items() if inquiry.category in names]
        is_open: NDArray[np.bool_] = ~np.isin(self._worker.folder.vectors.rows, [*inquiry.closed.tolist(), *refused])
        return is_open


def _is_answer(answers: Ranking, column: int) -> NDArray[np.bool_]:
    is_answer: NDArray[np.bool_] = answers.is_sure & (answers.best[:, 0] == column)
    return is_answer
