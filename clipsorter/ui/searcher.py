"""The worker's side of the search box: ranks the photos of the folder for the newest question."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse import rank_vectors, sought_by, unknown_phrases, vector_of
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.errors import ClipsorterError
from clipsorter.sorting.query import Query, parse_query
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import Findings
from clipsorter.ui.open_folder import OpenFolder
from clipsorter.ui.sentences import say_sentence

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_TOP = 200


class Searcher(Errand):
    """Lives in the worker's thread; of several questions that wait, only the last is answered."""

    found = Signal(object)  # Findings

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._number = 0
        self._text = ""
        self._is_asked = False

    @property
    def is_due(self) -> bool:
        """Tell whether something waits for an answer, and there are a folder and a model."""
        return self._is_asked and self._worker.loader.model is not None and self._worker.folder.path is not None

    @Slot(int, str)
    def ask(self, number: int, text: str) -> None:
        """Look for this as soon as there is time; an empty text asks for nothing."""
        self._number, self._text, self._is_asked = number, text, bool(text)
        self.woken.emit()

    def step(self, deadline_s: float) -> None:
        """Answer from the vectors that are there by now; tell in a sentence what can't be answered."""
        model, folder = self._worker.loader.model, self._worker.folder
        if model is None:
            return
        self._is_asked = False
        query = parse_query(self._text)
        try:
            self.found.emit(self._answer(query, model, folder))
        except ClipsorterError as error:
            self.found.emit(Findings(self._number, problem=say_sentence(str(error))))

    def _answer(self, query: Query, model: ReadyModel, folder: OpenFolder) -> Findings:
        vectors = folder.vectors
        unknown, total = unknown_phrases(model.encoder, query), len(vectors.rows)
        if query.is_empty or not total or (len(unknown) == len(query.phrases) and not query.photos):
            return Findings(self._number, total=total, unknown=unknown)
        likes = [_vector_of(like.path, model, folder) for like in query.photos]
        sought = sought_by(query, np.concatenate(likes) if likes else None)
        places, _ = rank_vectors(model.encoder, vectors.matrix, sought, _TOP)
        return Findings(self._number, [vectors.rows[place] for place in places.tolist()], total, unknown)


def _vector_of(path: Path, model: ReadyModel, folder: OpenFolder) -> NDArray[np.float32]:
    """Return the stored vector of a photo [1, D]; one that is not of this folder is looked at."""
    path = path if folder.path is None else folder.path / path
    vector = folder.vectors.of(folder.row_of.get(path, -1))
    return vector_of(path, model.encoder, tuning=model.tuning).embeddings if vector is None else vector[None]
