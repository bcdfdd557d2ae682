"""Every category that fits a photo, each decided by itself and by its own threshold: for keywords, not for folders.

A category that was taught has evidence from its examples: closeness, as in lesson.py, but on a scale that does not
depend on how alike the examples are. It is pooled with the words in log odds, with the weight of the lesson.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.examples import Floats, Near
from clipsorter.sorting.lesson import LEAST_SHARE, Lesson, allowed

# Measured by `python -m tests.benchmarks.several`; neighbouring values change little.
_LEAST_ALIKE = 0.5  # of the way from chance to 1: photos of one category have at least so much in common
_HALFWAY, _SHARPNESS = 0.6, 8.0  # the evidence that is as likely as not, and log odds for each unit of it


@dataclass(frozen=True, slots=True, eq=False)
class Fitting:
    """Which of C categories fit N photos.

    `probability` float32 [N, C], each of itself: rows sum to anything; `similarity` float32 [N, C]; `fits` bool [N, C].
    """

    names: Sequence[str]
    probability: Floats
    similarity: Floats
    fits: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Fit:
    """One category of several that a photo has, and who says so; 0 where the model says nothing of it."""

    category: str
    probability: float = 0.0
    similarity: float = 0.0
    decided_by: Literal["model", "human"] = "model"


def present(lesson: Lesson, words: Floats, found: Near) -> Floats:
    """Return how surely N photos show each category, float32 [N, C], from what words say alone and from examples."""
    probability = words.copy()
    if lesson.weight > 0:
        like = max(lesson.own - lesson.chance, _LEAST_ALIKE * (1 - lesson.chance))
        for column in np.flatnonzero(lesson.is_taught):
            evidence = (found.closeness[:, column] - np.float32(lesson.chance)) / np.float32(like)
            odds = _SHARPNESS * (evidence - _HALFWAY)
            if lesson.is_worded[column]:
                said = np.clip(words[:, column], LEAST_SHARE, 1 - LEAST_SHARE)
                odds = lesson.weight * odds + (1 - lesson.weight) * np.log(said / (1 - said))
            probability[:, column] = np.exp(-np.logaddexp(0, -odds))
    if not lesson.examples.is_positive.all():
        probability *= allowed(lesson, found).T
    return probability


def fit(
    similarity: Floats, probability: Floats, names: Sequence[str], least: float, own_min: Sequence[float | None]
) -> Fitting:
    """Decide each category by itself: by its own least probability in `own_min`, or else by `least`, 0..1."""
    thresholds = np.array([least if own is None else own for own in own_min], np.float32)
    return Fitting(names, probability, similarity, (probability >= thresholds) & (probability > 0))


def fits_of(fitting: Fitting) -> list[list[Fit]]:
    """Return what fits each of N photos, the surest first."""
    found: list[list[Fit]] = [[] for _ in range(len(fitting.fits))]
    rows, columns = np.nonzero(fitting.fits)
    shares, likeness = fitting.probability[rows, columns], fitting.similarity[rows, columns]
    order = np.lexsort((-shares, rows))
    for row, column, share, like in zip(
        rows[order].tolist(), columns[order].tolist(), shares[order].tolist(), likeness[order].tolist(), strict=True
    ):
        found[row].append(Fit(fitting.names[column], share, like))
    return found


def with_word(
    fits: Sequence[Fit], best: Fit | None = None, decided: Collection[str] = (), refused: Collection[str] = ()
) -> tuple[Fit, ...]:
    """Return the categories of one photo: where the user put it, then what fits, but nothing that the user refused.

    `best` is the one category that the model is sure of where there can be but one: it is there in any case, so that
    a photo loses nothing by being in several.
    """
    if best is None and not decided and not refused:  # nearly all photos, and there may be a hundred thousand
        return tuple(fits)
    by_name = {each.category: each for each in fits}
    if best is not None and best.category not in by_name:
        by_name = {best.category: best, **by_name}
    said = [replace(by_name.pop(name, Fit(name)), decided_by="human") for name in decided]
    return (*said, *(each for each in by_name.values() if each.category not in refused))
