"""Photos that show categories, and how near other photos are to them.

Closeness to a category is ½ (cosine to the mean of its examples + cosine to the nearest of them).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

SAME = 1 - 1e-5  # cosine from which on two vectors are of one photo
_LEAST_LENGTH = 1e-3  # of a sum of vectors, which may cancel out

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Examples:
    """M examples of C categories: unit vectors float32 [M, E], and what words say of them.

    `words` float32 [M, C] are shares, `word_none` bool [M] tells where words fit “none of these” best. `category`
    int64 [M] is a column of `words`; `is_positive` bool [M]: the photo belongs there, or it does not.
    """

    vectors: Floats
    words: Floats
    word_none: NDArray[np.bool_]
    category: NDArray[np.int64]
    is_positive: NDArray[np.bool_]

    @cached_property
    def cosines(self) -> Floats:
        """The cosines of each to each, float32 [M, M]."""
        return np.asarray(self.vectors @ self.vectors.T)

    def of(self, column: int, *, is_positive: bool = True) -> NDArray[np.int64]:
        """Return the rows of the photos that belong to a category, or that don't."""
        return np.flatnonzero((self.category == column) & (self.is_positive == is_positive))


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """How near N photos are to C categories, float32 [N, C] each.

    `closeness` is nan without examples; `yes` and `no` are the cosines to the nearest photo that belongs to a category
    and that doesn't, −1 without any. `logits` float32 [N, R] are those of a regression of R categories.
    """

    closeness: Floats
    yes: Floats
    no: Floats
    logits: Floats | None = None


def near(cosines: Floats, examples: Examples, count: int) -> Near:
    """Compare N photos with examples of `count` categories, by their cosines float32 [N, M]."""
    found = _nothing_near(len(cosines), count)
    for column in range(count):
        if len(mine := examples.of(column)):
            total, found.yes[:, column] = cosines[:, mine].sum(axis=1), cosines[:, mine].max(axis=1)
            length = length_of(examples.vectors[mine])
            closeness_of(total, found.yes[:, column], length, out=found.closeness[:, column])
        if len(mine := examples.of(column, is_positive=False)):
            found.no[:, column] = cosines[:, mine].max(axis=1)
    return found


def near_others(examples: Examples, count: int) -> Near:
    """Compare M examples with all but themselves; what else was said of the same photo is left out, too."""
    cosines = examples.cosines
    is_same = cosines > SAME
    others = np.where(is_same, np.float32(-1), cosines)
    found = _nothing_near(len(cosines), count)
    for column in range(count):
        if len(mine := examples.of(column)):
            found.yes[:, column] = others[:, mine].max(axis=1)
            # |Σ without k times v|² = |Σ|² − 2k Σ·v + k²: no sum is made anew for each example.
            left_out = is_same[:, mine].sum(axis=1)
            along = cosines[:, mine].sum(axis=1)
            squared = cosines[np.ix_(mine, mine)].sum() - 2 * left_out * along + left_out**2
            mean = (along - left_out) / np.maximum(np.sqrt(np.maximum(squared, 0)), _LEAST_LENGTH)
            close = 0.5 * (mean + found.yes[:, column])
            found.closeness[:, column] = np.where(left_out < len(mine), close, np.nan)
        if len(mine := examples.of(column, is_positive=False)):
            found.no[:, column] = others[:, mine].max(axis=1)
    return found


def length_of(vectors: Floats) -> float:
    """Return the length of the sum of vectors [m, E]."""
    return max(float(np.linalg.norm(vectors.sum(axis=0))), _LEAST_LENGTH)


def closeness_of(total: Floats, most: Floats, length: float, out: Floats) -> None:
    """Find the closeness of N photos to one category, `out` float32 [N].

    `total` and `most`, float32 [N] each, are the sum and the largest of their cosines to its vectors, and `length` that
    of the sum of these.
    """
    np.divide(total, np.float32(length), out=out)
    out += most
    out *= np.float32(0.5)


def _nothing_near(size: int, count: int) -> Near:
    return Near(*(np.full((size, count), value, np.float32) for value in (np.nan, -1, -1)))
