"""From scores to an answer, or to an honest "unsure"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The unsure band: the least probability, and the least lead over the second, both in 0..1."""

    min_probability: float
    min_margin: float


NO_BAND = Thresholds(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One category's score for one photo."""

    category: str
    probability: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What is said of one photo: the category, or None for unsure, and the best predictions, best first."""

    category: str | None
    predictions: tuple[Prediction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """The K best of C categories for N photos, best first, as arrays: a million of them fit.

    `best` int64 [N, K] are columns of `names`; `probability` and `similarity` float32 [N, K] belong to them;
    `is_sure` bool [N] tells whether the first is the answer.
    """

    names: Sequence[str]
    best: NDArray[np.int64]
    probability: NDArray[np.float32]
    similarity: NDArray[np.float32]
    is_sure: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.best)

    def decision(self, row: int) -> Decision:
        """Return what is said of one photo."""
        predictions = tuple(
            Prediction(self.names[column], probability, similarity)
            for column, probability, similarity in zip(
                self.best[row].tolist(),
                self.probability[row].tolist(),
                self.similarity[row].tolist(),
                strict=True,
            )
        )
        return Decision(predictions[0].category if self.is_sure[row] else None, predictions)


def rank(
    similarity: NDArray[np.float32],
    probability: NDArray[np.float32],
    none_wins: NDArray[np.bool_],
    names: Sequence[str],
    thresholds: Thresholds,
    top: int = 5,
    own_min: Sequence[float | None] | None = None,
    plain: NDArray[np.float32] | None = None,
) -> Ranking:
    """Rank C categories for N photos from their scores [N, C], and tell where the best is sure.

    A photo is unsure if the best probability or its lead over the second is under the threshold, or if "none of
    these" fits better than every category. A category's own least probability in `own_min`, 0..1, takes the place of
    the common one. `NO_BAND` outranks all that: it always gives the best answer that has any probability at all.

    Where probabilities were corrected by decisions, `plain` [N, C] are those before, in the same order, and the band
    asks for its due from both: the photos that people decide belong somewhere, which says too little of the others to
    make more of them sure.
    """
    shown = min(top, len(names))
    best, probabilities = _top_columns(probability, min(max(2, shown), len(names)))  # the lead needs the second
    if thresholds == NO_BAND:
        is_sure = probabilities[:, 0] > 0
    else:
        share, lead = probabilities[:, 0], _lead(probabilities)
        if plain is not None:
            before = _picked(plain, best[:, :2])
            share, lead = np.minimum(share, before[:, 0]), np.minimum(lead, _lead(before))
        own = np.array([np.nan if least is None else least for least in own_min or [None] * len(names)], np.float32)
        asked = own[best[:, 0]]
        is_enough = np.where(np.isnan(asked), share >= thresholds.min_probability, probabilities[:, 0] >= asked)
        is_sure = is_enough & (lead >= thresholds.min_margin) & ~none_wins
    best = best[:, :shown]
    return Ranking(names, best, probabilities[:, :shown], _picked(similarity, best), is_sure)


def _lead(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how far the first of [N, K] is before the second, float32 [N]."""
    return probabilities[:, 0] - probabilities[:, 1] if probabilities.shape[1] > 1 else probabilities[:, 0]


def _picked(values: NDArray[np.float32], columns: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the values of some columns of each row, float32 [N, k]."""
    return np.take_along_axis(values.T, columns.T, axis=0).T


def _top_columns(values: NDArray[np.float32], count: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the columns of the largest values of each row, largest first, and these, [N, count]; none is below 0.

    As float64, a value has bits to spare: they take its column, the first one the largest. So what is largest is found
    by maxima and minima alone, along memory, and no two values are the same.
    """
    rows, columns = values.shape
    last = (1 << columns.bit_length()) - 1
    keys = values.T.astype(np.float64)
    bits = keys.view(np.int64)
    bits |= last - np.arange(columns)[:, None]
    top, spare = np.full((count, rows), -1.0), np.empty(rows)
    for number, falling in enumerate(keys):
        *higher, lowest = top[: number + 1]
        for place in higher:
            np.minimum(place, falling, out=spare)
            np.maximum(place, falling, out=place)
            falling, spare = spare, falling  # noqa: PLW2901  the row of keys is used up
        np.maximum(lowest, falling, out=lowest)
    bits = top.view(np.int64)
    best = last - (bits & last)
    bits &= ~last
    return best.T, top.astype(np.float32).T
