"""The worker's side of saved searches: tells which photos of the folder fit each, again and again as photos come."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal, Slot

from clipsorter.analyse import fits_query, sought_by, unknown_phrases
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.errors import ClipsorterError
from clipsorter.sorting.query import Query, parse_query
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import SavedFound
from clipsorter.ui.searcher import TOP, vector_in
from clipsorter.ui.vectors import Vectors

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_AGAIN_MS = 500


class SavedSearcher(Errand):
    """Lives in the worker's thread, and shares the shelf of the search."""

    told = Signal(object)  # SavedFound

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._texts: tuple[str, ...] = ()
        self._told: tuple[object, Vectors | None, int] = None, None, 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.woken)

    @property
    def is_due(self) -> bool:
        """Tell whether photos came since, and enough time has passed."""
        if not self._texts or self._worker.loader.model is None or self._worker.folder.path is None:
            return False
        return self._told != self._now(self._worker.loader.model) and not self._again.isActive()

    @Slot(object)
    def watch(self, texts: Sequence[str]) -> None:
        """Tell of these searches from now on."""
        self._texts, self._told = tuple(texts), (None, None, 0)
        self._again.stop()
        self.woken.emit()

    def drop(self) -> None:
        """Tell nothing of the photos so far; of more of them, or of another folder, it is told again."""
        if (model := self._worker.loader.model) is not None:
            self._told = self._now(model)
        self._again.stop()

    def let_go(self) -> None:
        """Tell all anew by the next model."""
        self._told = None, None, 0

    def step(self, deadline_s: float) -> None:
        """Tell what fits by now."""
        model, folder = self._worker.loader.model, self._worker.folder
        if model is None or not self._worker.shelf.fill(model.encoder, folder.vectors, deadline_s):
            return
        order = np.array(folder.vectors.rows, np.int64)
        rows = {text: order[self._places(parse_query(text), model)] for text in self._texts}
        self._told = self._now(model)
        self._again.start()
        self.told.emit(SavedFound(folder.job, rows, len(order)))

    def _now(self, model: ReadyModel) -> tuple[object, Vectors, int]:
        vectors = self._worker.folder.vectors
        return model.encoder, vectors, len(vectors.rows)

    def _places(self, query: Query, model: ReadyModel) -> NDArray[np.int64]:
        """Return the places of the photos that fit, best first; without a measure, as for likeness, of the best."""
        shelf = self._worker.shelf.filled(model.encoder, self._worker.folder.vectors)
        try:
            likes = [vector_in(like.path, model, self._worker.folder) for like in query.photos]
            sought = sought_by(query, np.concatenate(likes) if likes else None)
            if query.photos:
                return self._worker.shelf.best(sought, TOP)
            unknown, least = unknown_phrases(model.encoder, query), model.encoder.card.min_found
            found = np.flatnonzero(fits_query(shelf, query, unknown, least))
            return found[np.argsort(-shelf.relevance(sought)[found], kind="stable")]
        except ClipsorterError:  # the photo to compare with is gone, or the text is too long: nothing fits then
            return np.empty(0, np.int64)
