"""The vectors of a folder in one growing matrix, so that an edit of the categories is one multiplication."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Vectors:
    """Rows of photos, and their vectors float32 [N, D] in the same order."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.matrix = np.empty((0, 0), np.float32)  # the same array until something is added: encoders remember it
        self._store = self.matrix
        self._place_of: dict[int, int] = {}

    def append(self, rows: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, D]; the matrix grows by doubling."""
        filled, needed = len(self.rows), len(self.rows) + len(rows)
        if needed > len(self._store):
            store = np.empty((max(needed, 2 * len(self._store), 1024), vectors.shape[1]), np.float32)
            if filled:
                store[:filled] = self._store[:filled]
            self._store = store
        self._store[filled:needed] = vectors
        self._place_of.update(zip(rows, range(filled, needed), strict=True))
        self.rows += rows
        self.matrix = self._store[:needed]

    def of(self, row: int) -> NDArray[np.float32] | None:
        """Return the vector of a photo, float32 [D], None if it has none."""
        place = self._place_of.get(row)
        return None if place is None else self.matrix[place]
