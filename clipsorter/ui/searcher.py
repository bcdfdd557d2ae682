"""The worker's side of the search box: ranks the photos of the folder, or all that were looked at."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot

from clipsorter.analyse import LibraryShelf, sought_by, unknown_phrases, vector_of
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.errors import ClipsorterError
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.sorting.query import Query, parse_query
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import Findings
from clipsorter.ui.open_folder import OpenFolder
from clipsorter.ui.sentences import say_sentence

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

NOT_THERE = "is not there now"
CHANGED = "changed since it was looked at"
TOP = 200


class Searcher(Errand):
    """Lives in the worker's thread; of several questions that wait, only the last is answered."""

    found = Signal(object)  # Findings

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._number = 0
        self._text = ""
        self._is_asked = self._is_everywhere = False
        self._library: LibraryShelf | None = None

    @property
    def is_due(self) -> bool:
        """Tell whether something waits for an answer, and there are a model and photos to search."""
        has_photos = self._is_everywhere or self._worker.folder.path is not None
        return self._is_asked and has_photos and self._worker.loader.model is not None

    @Slot(int, str, bool)
    def ask(self, number: int, text: str, is_everywhere: bool) -> None:
        """Look for this as soon as there is time, in the folder or everywhere; an empty text asks for nothing."""
        self._number, self._text, self._is_everywhere = number, text, is_everywhere
        self._is_asked = bool(text)
        self.woken.emit()

    def step(self, deadline_s: float) -> None:
        """Answer from the vectors that are there by now; tell in a sentence what can't be answered."""
        model, folder = self._worker.loader.model, self._worker.folder
        if model is None:
            return
        try:
            if not self._is_ready(model, folder, deadline_s):
                return
            self._is_asked = False
            self.found.emit(self._answer(parse_query(self._text), model, folder))
        except ClipsorterError as error:
            self._is_asked = False
            self.found.emit(Findings(self._number, problem=say_sentence(str(error))))

    @Slot()
    def drop(self) -> None:
        """Leave what is asked for."""
        self._is_asked = False

    def let_go(self) -> None:
        """Empty the shelf of everything: it is filled anew with what the next model sees."""
        self._library = None

    def _is_ready(self, model: ReadyModel, folder: OpenFolder, deadline_s: float) -> bool:
        """Put vectors on the shelf until the deadline; tell whether all are there."""
        if not self._is_everywhere:
            return self._worker.shelf.fill(model.encoder, folder.vectors, deadline_s)
        if self._worker.index is None:
            return False
        if self._library is None or self._library.encoder is not model.encoder:
            self._library = LibraryShelf(model.encoder, self._worker.index)
        while self._library.read():
            if time.monotonic() > deadline_s:
                self.found.emit(Findings(self._number, read=len(self._library)))
                return False
        return True

    def _answer(self, query: Query, model: ReadyModel, folder: OpenFolder) -> Findings:
        library = self._library if self._is_everywhere else None
        total = len(folder.vectors.rows) if library is None else len(library)
        unknown = unknown_phrases(model.encoder, query)
        if query.is_empty or not total or (len(unknown) == len(query.phrases) and not query.photos):
            return Findings(self._number, total=total, unknown=unknown)
        likes = [vector_in(like.path, model, folder) for like in query.photos]
        sought = sought_by(query, np.concatenate(likes) if likes else None)
        if library is not None:
            found = library.best(sought, TOP)
            rows = self._rows_of([FingerprintedPhoto(each.photo, each.fingerprint) for each in found],
                                 np.stack([each.embedding for each in found])) if found else []  # fmt: skip
        else:
            places = self._worker.shelf.best(sought, TOP)
            rows = [folder.vectors.rows[place] for place in places.tolist()]
        return Findings(self._number, rows, total, unknown)

    def _rows_of(self, found: list[FingerprintedPhoto], vectors: NDArray[np.float32]) -> list[int]:
        """Return the rows of photos from everywhere; say of those from elsewhere whether they are there."""
        folder = self._worker.folder
        rows, new = [], []
        for place, named in enumerate(found):
            row = folder.row_elsewhere(named.photo)
            rows.append(row)
            if folder.is_elsewhere(row):
                if reason := _why_not_there(named.photo):
                    folder.failures[row] = reason
                elif folder.vector(row) is None:
                    new.append(place)
        if new:
            self._worker.take([found[place] for place in new], vectors[new], is_elsewhere=True)
        self._worker.tell()  # of new rows before of what is found there
        return rows


def _why_not_there(photo: Photo) -> str:
    """Return why a photo can't be shown as it was looked at, "" if it can."""
    try:
        status = os.stat(photo.path)  # noqa: PTH116  hundreds at once
    except OSError:
        return NOT_THERE
    return "" if (status.st_size, status.st_mtime_ns) == (photo.size, photo.mtime_ns) else CHANGED


def vector_in(path: Path, model: ReadyModel, folder: OpenFolder) -> NDArray[np.float32]:
    """Return the stored vector of a photo [1, D]; one that is not of this folder is looked at."""
    path = path if folder.path is None else folder.path / path
    vector = folder.vector(folder.row_of.get(path, -1))
    return vector_of(path, model.encoder, tuning=model.tuning).embeddings if vector is None else vector[None]
