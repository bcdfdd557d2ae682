"""The vectors of the open folder in the form in which they are searched, put there a little at a time."""

import time
import weakref
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Slot

from clipsorter.analyse import Sought, best_on
from clipsorter.clip.encoder import Encoder, Shelf
from clipsorter.ui.errand import Errand
from clipsorter.ui.vectors import Vectors

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_AT_ONCE = 512  # vectors between two looks at the clock


class FolderShelf(Errand):
    """Follows the vectors of a folder; they and the model may be others the next time.

    Searches fill it when they need it. Where something was taught, it is filled when there is time: each decision
    compares one more photo with all the others.
    """

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._of: tuple[Encoder, Vectors, Shelf] | None = None
        self._left: weakref.ref[Vectors] | None = None  # for which there was no memory

    @property
    def is_due(self) -> bool:
        """Tell whether photos of a folder in which something was taught are not there yet."""
        model, vectors = self._worker.loader.model, self._worker.folder.vectors
        if model is None or not self._worker.judge.has_examples or (self._left and self._left() is vectors):
            return False
        return len(self.filled(model.encoder, vectors)) < len(vectors.rows)

    @Slot()
    def drop(self) -> None:
        """Leave the rest of this folder's photos where they are: decisions take longer then."""
        self._left = weakref.ref(self._worker.folder.vectors)

    def let_go(self) -> None:
        """Empty the shelf: it is filled anew with what the next model sees."""
        self._of = None

    def step(self, deadline_s: float) -> None:
        """Add some of them."""
        if (model := self._worker.loader.model) is not None:
            self.fill(model.encoder, self._worker.folder.vectors, deadline_s)

    def fill(self, encoder: Encoder, vectors: Vectors, deadline_s: float) -> bool:
        """Add what came since, until a point in time of the monotonic clock; tell whether all is there."""
        shelf = self.filled(encoder, vectors)
        while (first := len(shelf)) < len(vectors.rows):
            shelf.add(vectors.matrix[first : first + _AT_ONCE])
            if time.monotonic() > deadline_s:
                return len(shelf) == len(vectors.rows)
        return True

    def filled(self, encoder: Encoder, vectors: Vectors) -> Shelf:
        """Return the shelf with what is there by now."""
        if self._of is None or self._of[0] is not encoder or self._of[1] is not vectors:
            self._of = encoder, vectors, encoder.shelf()
        return self._of[2]

    def best(self, sought: Sought, top: int) -> NDArray[np.int64]:
        """Return the places of the `top` best, best first, once all is there."""
        assert self._of is not None
        encoder, vectors, shelf = self._of
        return best_on(shelf, encoder, sought, top, lambda places: vectors.matrix[places])
