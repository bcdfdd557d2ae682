"""What the worker knows of the folder that is open, and what of it the window has yet to be told.

Photos from elsewhere that a search of everything found are rows as well, with vectors apart: nothing that is asked of
the folder counts them.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.vectors import Vectors


class OpenFolder:
    """The photos of one job, by row in the order found; `path` is None where no folder is open."""

    def __init__(self, job: int, path: Path | None, is_recursive: bool, cancel: threading.Event) -> None:
        self.job, self.path, self.is_recursive, self.cancel = job, path, is_recursive, cancel
        self.photos: list[Photo] = []
        self.row_of: dict[Path, int] = {}
        self.names: dict[int, bytes] = {}  # what a photo's content is known by
        self.vectors, self.vectors_elsewhere = Vectors(), Vectors()
        self.failures: dict[int, str] = {}
        self.labels: dict[int, str] = {}
        self.outranked: dict[int, str] = {}  # by row: the category that was given after it had been refused
        self.several: set[int] = set()  # rows of photos for which more than one category was named, as by keywords
        self.replaced: dict[int, tuple[str, ...]] = {}  # by row: those, the last one at the end, before another came
        self.answers: list[Answers] = []
        self._new: list[Photo] = []
        self._known: list[int] = []
        self._all_elsewhere: set[int] = set()
        self._elsewhere: list[int] = []
        self._is_anew = False

    @property
    def count(self) -> int:
        """Return how many photos the folder has."""
        return len(self.photos) - len(self._all_elsewhere)

    def row(self, photo: Photo) -> int:
        """Return the row of a photo, a new one if it was not listed."""
        row = self.row_of.get(photo.path)
        if row is None:
            row = self.row_of[photo.path] = len(self.photos)
            self.photos.append(photo)
            self._new.append(photo)
        return row

    def row_elsewhere(self, photo: Photo) -> int:
        """Return the row of a photo that was found by a search of everything, a new one if it is not of the folder."""
        is_new = photo.path not in self.row_of
        row = self.row(photo)
        if is_new:
            self._elsewhere.append(row)
            self._all_elsewhere.add(row)
        return row

    def is_elsewhere(self, row: int) -> bool:
        """Tell whether a photo is not of the folder."""
        return row in self._all_elsewhere

    def vector(self, row: int) -> NDArray[np.float32] | None:
        """Return the vector of a photo, float32 [D], None if it has none yet."""
        vector = self.vectors.of(row)
        return self.vectors_elsewhere.of(row) if vector is None else vector

    def named(self, row: int) -> FingerprintedPhoto:
        """Return a photo with the name of its content; raise PhotoError if it can't be read."""
        photo = self.photos[row]
        return FingerprintedPhoto(photo, self.names.get(row) or fingerprint(photo.path))

    def take(
        self, photos: Sequence[FingerprintedPhoto], vectors: NDArray[np.float32], is_elsewhere: bool = False
    ) -> list[int]:
        """Keep the vectors of photos, float32 [photos, D]; return their rows."""
        rows = [self.row(named.photo) for named in photos]
        self._known += rows
        (self.vectors_elsewhere if is_elsewhere else self.vectors).append(rows, vectors)
        self.names.update((row, named.fingerprint) for row, named in zip(rows, photos, strict=True))
        return rows

    def look_anew(self, cancel: threading.Event) -> None:
        """Forget what a model saw and said: another one looks at the photos until `cancel` is set."""
        self.cancel, self._is_anew = cancel, True
        self.vectors, self.vectors_elsewhere = Vectors(), Vectors()
        self._known.clear()
        self.answers.clear()

    def take_news(self) -> Batch | None:
        """Return all that happened since the last time, None if nothing did."""
        news = (self._new, self._known, self.failures, self.labels, self.answers, self._is_anew, self._elsewhere)
        if not any(news):
            return None
        self._new, self._known, self.failures, self.labels, self.answers = [], [], {}, {}, []
        self._is_anew, self._elsewhere = False, []
        return Batch(self.job, *news)
