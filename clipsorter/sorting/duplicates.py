"""Which photos are copies of one another, or shots of one moment, and which of them is the one to keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from clipsorter.blocks import each_block
from clipsorter.photos.photo import Photo

_BLOCK = 2048  # photos compared with as many others at once: 16 MiB of products
_FILTER_DIMENSIONS = 96
_ROWS_AT_ONCE = 512  # of them in one thread
_TILE = 128
_SAMPLE = 8192  # photos by which the directions of the filter are chosen
_CHECKED_AT_ONCE = 256  # so little that whoever looks at each pair is done with it in a moment
_SLACK = 1e-3  # of a squared distance: float32 and float16


class Kind(Enum):
    """Why photos are in one group."""

    EXACT = "exact"  # the same file, byte by byte
    NEAR = "near"  # one picture, at another size or quality, cut or turned a little
    BURST = "burst"  # shots of one moment


@dataclass(frozen=True, slots=True)
class Copy:
    """A photo of a group, and what speaks for it; what its files don't say is 0 or None."""

    photo: Photo
    width_pixels: int = 0
    height_pixels: int = 0
    sharpness: float = 0.0
    rating: int = 0
    taken: datetime | None = None
    keywords: int = 0


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Photos of which one may be enough; `best` is the number of the one that is proposed to stay."""

    kind: Kind
    copies: tuple[Copy, ...]
    best: int


def propose_best(copies: Sequence[Copy]) -> int:
    """Return the number of the best rated copy, else the largest, with the most keywords, or the sharpest.

    Of equals it is the oldest and first named.
    """

    def merit(number: int) -> tuple[float, ...]:
        copy = copies[number]
        pixels = copy.width_pixels * copy.height_pixels
        return (copy.rating, pixels, copy.keywords, round(copy.sharpness), copy.photo.size, -copy.photo.mtime_ns)

    best = max(merit(number) for number in range(len(copies)))
    equals = [number for number in range(len(copies)) if merit(number) == best]
    return min(equals, key=lambda number: (len(copies[number].photo.path.name), str(copies[number].photo.path)))


class Groups:
    """Joins things by pairs; `numbers` int64 [N] tells which are together."""

    def __init__(self, count: int) -> None:
        self.numbers = np.arange(count)
        self._members: dict[int, list[int]] = {}

    def join(self, one: int, other: int) -> None:
        """Put the groups of two things together; the smaller one takes the number of the larger."""
        first, second = int(self.numbers[one]), int(self.numbers[other])
        if first == second:
            return
        large, small = self._members.pop(first, [first]), self._members.pop(second, [second])
        number = first
        if len(large) < len(small):
            large, small, number = small, large, second
        self.numbers[small] = number
        self._members[number] = large + small

    def groups(self) -> list[list[int]]:
        """Return the groups of two and more, ascending inside and by their first."""
        return sorted(sorted(members) for members in self._members.values())


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of rows int64 [P] whose cosine is high enough, and the share of all comparisons that is done."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    done: float


def near_pairs(vectors: NDArray[np.floating], least: float, together: NDArray[np.int64]) -> Iterator[Pairs]:
    """Yield all pairs of unit vectors [N, D], float16 or float32, whose cosine is `least` or more.

    Pairs that `together` [N] gives one number are left out; it may change between two steps. Memory is bounded by the
    block. Rows are first compared in the 96 directions in which they differ most: a distance can only shrink there,
    so |Px - Py|² > 2 - 2 least rules a pair out for certain, at a fifth of the cost or less.
    """
    count, most = len(vectors), 2 - 2 * least + _SLACK
    if count < 2:
        return
    # |Px - Py|² <= most as one product: Px·Py - |Px|²/2 - |Py|²/2 >= -most/2
    mean, directions = _filter(vectors)
    left, none = np.empty((count, directions.shape[1]), np.float32), np.empty(0, np.int64)
    for first in range(0, count, _BLOCK):
        left[first : first + _BLOCK] = (vectors[first : first + _BLOCK].astype(np.float32) - mean) @ directions
        yield Pairs(none, none, 0.0)
    half = (left * left).sum(axis=1, keepdims=True) / 2
    ones = np.ones_like(half)
    left, right = np.hstack([left, -half, ones]), np.hstack([left, ones, -half])
    blocks = [slice(first, min(first + _BLOCK, count)) for first in range(0, count, _BLOCK)]
    done, total = 0, len(blocks) * (len(blocks) + 1) // 2
    for number, rows in enumerate(blocks):
        for columns in blocks[number:]:
            one, other = _large_products(left[rows], right[columns], -most / 2)
            one, other = one + rows.start, other + columns.start
            one, other = one[one < other], other[one < other]
            by_tile = np.lexsort((other, one, other // _TILE, one // _TILE))  # few rows at once: they may be looked at
            done += 1
            yield from _checked(vectors, least, together, one[by_tile], other[by_tile], done / total)


def _large_products(
    left: NDArray[np.float32], right: NDArray[np.float32], least: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for which rows of [N, D] and [M, D] the scalar product is `least` or more, int64 [P] each."""
    found: dict[int, NDArray[np.int64]] = {}

    def work(rows: slice) -> None:
        found[rows.start] = np.flatnonzero(left[rows] @ right.T >= least) + rows.start * len(right)

    each_block(len(left), work, _ROWS_AT_ONCE)
    return np.divmod(np.concatenate([found[first] for first in sorted(found)]), len(right))


def _filter(vectors: NDArray[np.floating]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the mean of vectors, and the directions of their largest variance, float32 [D] and [D, 96]."""
    step = max(1, len(vectors) // _SAMPLE)
    sample = vectors[::step].astype(np.float32)
    mean = sample.mean(axis=0)
    _, directions = np.linalg.eigh((sample - mean).T @ (sample - mean))
    return mean, np.ascontiguousarray(directions[:, -_FILTER_DIMENSIONS:], np.float32)


def _checked(
    vectors: NDArray[np.floating],
    least: float,
    together: NDArray[np.int64],
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    done: float,
) -> Iterator[Pairs]:
    """Yield those of the pairs that are near for certain, a part at a time."""
    if not len(one):
        yield Pairs(one, other, done)
    for first in range(0, len(one), _CHECKED_AT_ONCE):
        a, b = one[first : first + _CHECKED_AT_ONCE], other[first : first + _CHECKED_AT_ONCE]
        is_open = together[a] != together[b]
        a, b = a[is_open], b[is_open]
        cosine = np.einsum("pd,pd->p", vectors[a].astype(np.float32), vectors[b].astype(np.float32))
        yield Pairs(a[cosine >= least], b[cosine >= least], done)
