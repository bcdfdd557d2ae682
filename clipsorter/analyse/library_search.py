"""Searches all photos that were ever looked at, wherever they lie: their vectors on a shelf, read once."""

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.search import best_on
from clipsorter.clip.encoder import Encoder, Sought
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.everywhere import photos_of, vectors_after
from clipsorter.library.index import Index

_AT_ONCE = 512  # vectors: some 30 ms of the starter


class LibraryShelf:
    """The photos that one encoder has seen; where they are is asked of the index each time, since they move."""

    def __init__(self, encoder: Encoder, index: Index) -> None:
        self.encoder = encoder
        self._index = index
        self._shelf = encoder.shelf()
        self._ids: list[int] = []

    def __len__(self) -> int:
        return len(self._ids)

    def read(self) -> bool:
        """Take in some of the photos that came since; tell whether there were any. Raises LibraryError."""
        new = vectors_after(self._index, self.encoder.key, self._ids[-1] if self._ids else 0, _AT_ONCE)
        if len(new.photo_ids):
            self._ids += new.photo_ids.tolist()
            self._shelf.add(new.matrix)
        return len(new.photo_ids) > 0

    def best(self, sought: Sought, top: int) -> list[EmbeddedPhoto]:
        """Return the `top` best photos, best first. Raises LibraryError."""
        places = best_on(self._shelf, self.encoder, sought, top, self._vectors_of)
        return photos_of(self._index, [self._ids[place] for place in places.tolist()], self.encoder.key)

    def _vectors_of(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Read vectors again, float32 [places, D]; what is no longer in the index is like nothing."""
        ids = [self._ids[place] for place in places.tolist()]
        found = self._index.embeddings(ids, self.encoder.key)
        vectors = np.zeros((len(ids), self.encoder.card.embed_dim), np.float32)
        vectors[np.isin(ids, found.photo_ids)] = found.matrix
        return vectors
