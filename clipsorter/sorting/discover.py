"""Groups of photos without any words: spherical k-means on the vectors in which examples are compared.

Written out here in a few lines: scikit-learn, which has it too, brings SciPy along, almost 200 MB together.
"""

from collections.abc import Callable, Generator, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clipsorter.blocks import products

MOST_GROUPS = 24

_ROUNDS = 25
_SAMPLE = 8192  # photos by which the groups are found; all are then put into them
_BLOCK = 1024
_Result = TypeVar("_Result")


def suggested_count(photos: int) -> int:
    """Return how many groups so many photos may make: as many as half of them have a root, 2 to 24."""
    return int(np.clip(round((photos / 2) ** 0.5), 2, MOST_GROUPS))


def group_vectors(vectors: NDArray[np.float32], count: int, seed: int = 0) -> list[NDArray[np.int64]]:
    """Put unit vectors [N, E] into at most `count` groups, as `group_in_steps` does."""
    return result_of(group_in_steps(len(vectors), lambda rows: vectors[rows], count, seed))


def group_in_steps(
    photos: int, vectors_of: Callable[[NDArray[np.int64] | slice], NDArray[np.float32]], count: int, seed: int = 0
) -> Generator[float, None, list[NDArray[np.int64]]]:
    """Put photos into at most `count` groups, the same ones at each call; yield how far that is, 0 to 1.

    `vectors_of` rows gives their unit vectors [n, E]. Returns the rows of each group, the most central first, the
    largest group first. Spherical k-means (Dhillon and Modha 2001) from centres that lie far apart (k-means++, Arthur
    and Vassilvitskii 2007).
    """
    if not photos:
        return []
    rng = np.random.default_rng(seed)
    chosen = np.arange(photos) if photos <= _SAMPLE else np.sort(rng.choice(photos, _SAMPLE, replace=False))
    count = min(count, len(chosen))
    done, total = 0, len(_blocks(len(chosen))) + count + _ROUNDS + len(_blocks(photos))
    parts = []
    for block in _blocks(len(chosen)):
        parts.append(vectors_of(chosen[block]))
        done += 1
        yield done / total
    sample = np.concatenate(parts)
    centres = sample[:0]
    for first in _first_centres(sample, count, rng):
        centres = sample[first]
        done += 1
        yield done / total
    numbers = np.full(len(sample), -1)
    for _ in range(_ROUNDS):
        before, (numbers, _) = numbers, _nearest(sample, centres)
        if np.array_equal(before, numbers):
            break
        sums = (numbers == np.arange(len(centres))[:, None]).astype(np.float32) @ sample
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 0, sums / np.maximum(length, 1e-9), centres)
        done += 1
        yield done / total
    numbers, cosine = np.empty(photos, np.int64), np.empty(photos, np.float32)
    for block in _blocks(photos):
        numbers[block], cosine[block] = _nearest(vectors_of(block), centres)
        done += 1
        yield done / total
    groups = [np.flatnonzero(numbers == number) for number in range(len(centres))]
    groups = [rows[np.argsort(-cosine[rows], kind="stable")] for rows in groups if len(rows)]
    return sorted(groups, key=lambda rows: (-len(rows), int(rows.min())))


def result_of(steps: Generator[object, None, _Result]) -> _Result:
    """Take all steps at once, and return what they lead to."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result


def _blocks(count: int) -> list[slice]:
    return [slice(first, first + _BLOCK) for first in range(0, count, _BLOCK)]


def _first_centres(vectors: NDArray[np.float32], count: int, rng: np.random.Generator) -> Iterator[list[int]]:
    """Choose rows as centres, each with a chance that grows with its distance from those before; yield those so far."""
    chosen = [int(rng.integers(len(vectors)))]
    distance = np.full(len(vectors), np.inf)
    yield chosen
    while len(chosen) < count:
        distance = np.minimum(distance, np.maximum(1 - products(vectors[chosen[-1:]], vectors)[0], 0))
        if distance.sum() <= 1e-6:  # only copies are left
            return
        chosen.append(int(rng.choice(len(vectors), p=distance / distance.sum())))
        yield chosen


def _nearest(
    vectors: NDArray[np.float32], centres: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the nearest centre of each vector and their cosine, int64 [N] and float32 [N]."""
    cosine = products(centres, vectors)
    return cosine.argmax(axis=0), cosine.max(axis=0)
