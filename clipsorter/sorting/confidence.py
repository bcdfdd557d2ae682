"""Honest numbers: how right the answers are, measured on what the user decided, and what is still worth asking."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.classifier import Ranking

FEWEST = 8  # decisions on a category below which nothing is said of its precision
_Z = 1.96  # of a 95 % interval
_BINS = 10

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of `count` decided photos that are surely in a category, `right` are; `low` to `high` is a 95 % interval."""

    right: int
    count: int
    low: float
    high: float

    @property
    def is_too_few(self) -> bool:
        """Tell whether there are too few to say anything."""
        return self.count < FEWEST


@dataclass(frozen=True, slots=True, eq=False)
class Decided:
    """M photos of which the user said something, each judged by C categories as if that had not been said.

    bool [M, C] each: `is_told`: it is known whether the photo belongs to a category; `is_there`: it does.
    """

    answers: Ranking
    is_told: NDArray[np.bool_]
    is_there: NDArray[np.bool_]

    def precision(self, column: int) -> Precision:
        """Estimate the precision of a category at its threshold."""
        rows = np.flatnonzero(self.is_told[:, column])
        said = np.where(self.answers.is_sure[rows], self.answers.best[rows, 0], -1)
        return precision_of(said, np.where(self.is_there[rows, column], column, -2), column)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """How sure the model is of one category, where nothing but a threshold keeps it from giving that answer.

    `confidence` float32 [n] of decided photos, each judged without itself, and `is_right` bool [n]; `others` float32
    [m] of photos that are not decided.
    """

    confidence: Floats
    is_right: NDArray[np.bool_]
    others: Floats

    def threshold(self, precision: float) -> float | None:
        """Return the least threshold, in whole per cent, that gives decided photos a precision; None if none does."""
        found = threshold_for(precision, _whole_percents(self.confidence), self.is_right)
        return None if found is None else round(found, 2)

    def precision_from(self, threshold: float) -> Precision:
        """Estimate the precision from a threshold on."""
        said = np.where(_whole_percents(self.confidence) >= threshold, 0, -1)
        return precision_of(said, np.where(self.is_right, 0, -2), 0)

    def count_from(self, threshold: float) -> int:
        """Return how many photos that are not decided would surely be in the category from a threshold on."""
        return int((_whole_percents(self.others) >= threshold).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What an edit changes: rows that a category gains and loses, int64 [n] each."""

    gained: NDArray[np.int64]
    lost: NDArray[np.int64]


def precision_of(said: NDArray[np.int64], truth: NDArray[np.int64], column: int) -> Precision:
    """Estimate the precision of a category from decided photos: what is said of each, −1 for unsure, and the truth.

    What is said must not come from the decision itself: leave each photo out of its own examples. The interval is
    Wilson's (1927), which stays inside 0..1 and is honest for few photos.
    """
    mine = said == column
    count, right = int(mine.sum()), int((mine & (truth == column)).sum())
    if not count:
        return Precision(0, 0, 0.0, 1.0)
    share, spread = right / count, _Z**2 / count
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * (share * (1 - share) / count + spread / (4 * count)) ** 0.5
    return Precision(right, count, max(0.0, middle - half), min(1.0, middle + half))


def calibration_error(confidence: Floats, is_right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over ten bins: how far, on average, a confidence is from its truth."""
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(float(confidence[bins == each].mean()) - float(is_right[bins == each].mean())) * int((bins == each).sum())
        for each in np.unique(bins)
    ]
    return float(sum(gaps)) / max(1, len(confidence))


def threshold_for(precision: float, confidence: Floats, is_right: NDArray[np.bool_]) -> float | None:
    """Return the least confidence from which on the decided photos have a precision, 0..1; None if none reaches it."""
    order = np.argsort(-confidence, kind="stable")
    reached = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    is_end = np.append(confidence[order][1:] < confidence[order][:-1], True)  # photos of one confidence go together
    enough = np.flatnonzero((reached >= precision) & is_end)
    return float(confidence[order][enough[-1]]) if len(enough) else None


def questions(probability: Floats, vectors: Floats, count: int = 10) -> NDArray[np.int64]:
    """Return the rows whose answers say most: unsure between the best two, and unlike each other; int64 [≤ count].

    `probability` float32 [N, C], `vectors` unit float32 [N, E]. Greedy: uncertainty × distance to what was chosen.
    """
    best = np.sort(probability, axis=1)
    lead = best[:, -1] - best[:, -2] if best.shape[1] > 1 else np.abs(2 * best[:, -1] - 1)
    doubt = np.clip(1 - lead, 0, 1)
    distance = np.ones(len(doubt), np.float32)
    chosen: list[int] = []
    for _ in range(min(count, len(doubt))):
        value = doubt * distance
        value[chosen] = -1
        chosen.append(int(value.argmax()))
        distance = np.minimum(distance, np.clip(1 - vectors @ vectors[chosen[-1]], 0, 1))
    return np.array(chosen, np.int64)


def difference(before: NDArray[np.int64], after: NDArray[np.int64], category: int) -> Difference:
    """Return the rows that are in a category only after an edit, and only before it.

    `before` and `after` int64 [N] are the categories that photos are in, -1 for none.
    """
    was, is_now = before == category, after == category
    return Difference(np.flatnonzero(is_now & ~was), np.flatnonzero(was & ~is_now))


def _whole_percents(confidence: Floats) -> Floats:
    """Round down to what can be written as a threshold; the hair allows for what float32 makes of 0.63."""
    rounded: Floats = (np.floor(100 * confidence.astype(np.float64) + 1e-4) / 100).astype(np.float32)
    return rounded
