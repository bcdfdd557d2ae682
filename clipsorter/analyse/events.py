"""What the read side is asked, and what it tells whoever listens."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Ranking, Thresholds


@dataclass(frozen=True, slots=True)
class Found:
    """Photos were found in the folder; their answers come later."""

    photos: Sequence[Photo]


@dataclass(frozen=True, slots=True, eq=False)
class Embedded:
    """Photos have their vectors, float32 [N, D], new or from the index.

    `fingerprints` name their contents, for thumbnails and decisions; it is empty where a run remembers nothing.
    """

    photos: Sequence[Photo]
    embeddings: NDArray[np.float32]
    fingerprints: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Photos have their answers; row i of the ranking belongs to photo i."""

    photos: Sequence[Photo]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Failed:
    """A photo, or a folder, could not be read; `f"{path} {reason}"` reads as a sentence. The others go on."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is: photos done, in all (None while not yet counted), new ones a second, seconds left."""

    done: int
    total: int | None
    rate: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over: every photo found is in one of the first two numbers, unless it was cancelled.

    `known` of the embedded ones had their vector from the index.
    """

    embedded: int
    failed: int
    known: int
    cancelled: bool


Event = Found | Embedded | Scored | Failed | Progress | Finished


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each photo; at most `top` predictions come with each answer."""

    categories: Sequence[Category]
    thresholds: Thresholds
    top: int = 5


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A photo that the user named, `is_positive`, or of which the user said that it is not this; vector float32 [D].

    `fingerprint` names its content, `path` is where it was last seen.
    """

    fingerprint: bytes
    path: Path
    category: str
    is_positive: bool
    embedding: NDArray[np.float32]
