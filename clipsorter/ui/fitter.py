"""The worker's side of tagging by several categories: finds all that fits each photo of the folder."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from clipsorter.errors import ClipsorterError
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import AllFits, failure_of

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker


class Fitter(Errand):
    """Lives in the worker's thread; of several questions that wait, only the last is answered."""

    found = Signal(object)  # AllFits
    failed = Signal(object)  # Failure

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._number: int | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether it was asked, and there is a model, or none to wait for."""
        loader = self._worker.loader
        return self._number is not None and (loader.model is not None or loader.failure is not None)

    @Slot(int)
    def ask(self, number: int) -> None:
        """Look as soon as there is time at the photos of the open folder that have their vectors by then."""
        self._number = number
        self.woken.emit()

    def step(self, deadline_s: float) -> None:
        """Answer at once: it is arithmetic on what is in memory."""
        number, self._number = self._number, None
        model, judge, vectors = self._worker.loader.model, self._worker.judge, self._worker.folder.vectors
        if number is None:
            return
        try:
            several = self._worker.lessons.several()
            fitting = judge.fit_all(model.encoder, vectors) if model is not None else None
        except ClipsorterError as error:
            self.failed.emit(failure_of(error))
            return
        rows = list(vectors.rows) if fitting is not None else []
        self.found.emit(AllFits(number, judge.answered, rows, fitting, dict(judge.refused), several))
