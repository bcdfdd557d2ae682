"""What goes into the index and comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.photo import Photo


@dataclass(frozen=True, slots=True)
class KnownPhoto:
    """A photo whose vector is in the index, by `photo_id`; `fingerprint` (16 bytes) names its content."""

    photo: Photo
    photo_id: int
    fingerprint: bytes


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedPhoto:
    """A photo with its new vector, float32 [D]."""

    photo: Photo
    fingerprint: bytes
    embedding: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FailedPhoto:
    """A photo that can't be decoded, and why; `fingerprint` is None if it could not even be read."""

    photo: Photo
    reason: str
    fingerprint: bytes | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Photos sorted by what the index knows of them, each list in the order given.

    `known` have their vector; `failed` could not be decoded before and have not changed since; `suspect` were being
    decoded when a process died, and one of them may have killed it; `new` are to be looked at.
    """

    known: list[KnownPhoto]
    failed: list[FailedPhoto]
    suspect: list[Photo]
    new: list[Photo]


@dataclass(frozen=True, slots=True, eq=False)
class Embeddings:
    """Vectors, float32 [N, D] and contiguous; row i belongs to the photo `photo_ids[i]`, int64 [N]."""

    photo_ids: NDArray[np.int64]
    matrix: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """How much is in the index; `vectors` counts by encoder key, `size_bytes` is what it takes on the disk."""

    photos: int
    failed: int
    missing: int
    vectors: Mapping[str, int]
    size_bytes: int
