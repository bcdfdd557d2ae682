"""The vectors of the open folder in the form in which they are searched, put there a little at a time."""

import time

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Sought, best_on
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.ui.vectors import Vectors

_AT_ONCE = 512  # vectors between two looks at the clock


class FolderShelf:
    """Follows the vectors of a folder; they and the model may be others the next time."""

    def __init__(self) -> None:
        self._of: tuple[ReadyModel, Vectors] | None = None

    def fill(self, model: ReadyModel, vectors: Vectors, deadline_s: float) -> bool:
        """Add what came since, until a point in time of the monotonic clock; tell whether all is there."""
        if self._of is None or self._of[0].encoder is not model.encoder or self._of[1] is not vectors:
            self._of, self.shelf = (model, vectors), model.encoder.shelf()
        while (first := len(self.shelf)) < len(vectors.rows):
            self.shelf.add(vectors.matrix[first : first + _AT_ONCE])
            if time.monotonic() > deadline_s:
                return len(self.shelf) == len(vectors.rows)
        return True

    def best(self, sought: Sought, top: int) -> NDArray[np.int64]:
        """Return the places of the `top` best, best first, once all is there."""
        assert self._of is not None
        model, vectors = self._of
        return best_on(self.shelf, model.encoder, sought, top, lambda places: vectors.matrix[places])
