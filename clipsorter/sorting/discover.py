"""Groups of photos without any words: spherical k-means on the vectors in which examples are compared.

Written out here in a few lines: scikit-learn, which has it too, brings SciPy along, almost 200 MB together.
"""

import numpy as np
from numpy.typing import NDArray

MOST_GROUPS = 24

_ROUNDS = 25
_SAMPLE = 20_000  # photos by which the groups are found; all are then put into them
_BLOCK = 8192


def suggested_count(photos: int) -> int:
    """Return how many groups so many photos may make: as many as half of them have a root, 2 to 24."""
    return int(np.clip(round((photos / 2) ** 0.5), 2, MOST_GROUPS))


def group_vectors(vectors: NDArray[np.float32], count: int, seed: int = 0) -> list[NDArray[np.int64]]:
    """Put unit vectors [N, E] into at most `count` groups; the same ones at each call.

    Returns the rows of each group, the most central first, the largest group first. Spherical k-means (Dhillon and
    Modha 2001) from centres that lie far apart (k-means++, Arthur and Vassilvitskii 2007).
    """
    if not len(vectors):
        return []
    rng = np.random.default_rng(seed)
    few = len(vectors) <= _SAMPLE
    sample = vectors if few else vectors[np.sort(rng.choice(len(vectors), _SAMPLE, replace=False))]
    centres = _first_centres(sample, min(count, len(sample)), rng)
    numbers = np.full(len(sample), -1)
    for _ in range(_ROUNDS):
        before, (numbers, _) = numbers, _nearest(sample, centres)
        if np.array_equal(before, numbers):
            break
        sums = np.zeros_like(centres)
        np.add.at(sums, numbers, sample)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 0, sums / np.maximum(length, 1e-9), centres)
    numbers, cosine = _nearest(vectors, centres)
    groups = [np.flatnonzero(numbers == number) for number in range(len(centres))]
    groups = [rows[np.argsort(-cosine[rows], kind="stable")] for rows in groups if len(rows)]
    return sorted(groups, key=lambda rows: (-len(rows), int(rows.min())))


def _first_centres(vectors: NDArray[np.float32], count: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Choose photos as centres, each with a chance that grows with its distance from those before."""
    chosen = [int(rng.integers(len(vectors)))]
    distance = np.full(len(vectors), np.inf)
    while len(chosen) < count:
        distance = np.minimum(distance, np.maximum(1 - vectors @ vectors[chosen[-1]], 0))
        if distance.sum() <= 1e-6:  # only copies are left
            break
        chosen.append(int(rng.choice(len(vectors), p=distance / distance.sum())))
    return vectors[chosen].astype(np.float32)


def _nearest(
    vectors: NDArray[np.float32], centres: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the nearest centre of each vector and their cosine, int64 [N] and float32 [N]."""
    numbers, cosine = np.empty(len(vectors), np.int64), np.empty(len(vectors), np.float32)
    for first in range(0, len(vectors), _BLOCK):
        products = vectors[first : first + _BLOCK] @ centres.T
        numbers[first : first + _BLOCK] = products.argmax(axis=1)
        cosine[first : first + _BLOCK] = products.max(axis=1)
    return numbers, cosine
