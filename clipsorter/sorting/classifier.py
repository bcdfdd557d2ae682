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


def decide(
    similarity: NDArray[np.float32],
    probability: NDArray[np.float32],
    none_wins: NDArray[np.bool_],
    names: Sequence[str],
    thresholds: Thresholds,
    top: int = 5,
) -> list[Decision]:
    """Decide for N photos from the scores [N, C] of C categories.

    A photo is unsure if the best probability or its lead over the second is under the threshold, or if "none of
    these" fits better than every category. `NO_BAND` always gives the best answer that has any probability at all.
    """
    shown = min(top, len(names))
    compared = min(max(2, shown), len(names))  # the lead needs the second
    best = np.argpartition(-probability, compared - 1, axis=1)[:, :compared]
    order = np.argsort(-np.take_along_axis(probability, best, axis=1), axis=1, kind="stable")
    best = np.take_along_axis(best, order, axis=1)
    probabilities = np.take_along_axis(probability, best, axis=1)
    similarities = np.take_along_axis(similarity, best, axis=1)
    margin = probabilities[:, 0] - (probabilities[:, 1] if compared > 1 else 0)
    if thresholds == NO_BAND:
        sure = probabilities[:, 0] > 0
    else:
        sure = (probabilities[:, 0] >= thresholds.min_probability) & (margin >= thresholds.min_margin) & ~none_wins
    return [
        Decision(
            names[best[row, 0]] if sure[row] else None,
            tuple(
                Prediction(names[column], float(p), float(s))
                for column, p, s in zip(best[row, :shown], probabilities[row], similarities[row], strict=False)
            ),
        )
        for row in range(len(best))
    ]
