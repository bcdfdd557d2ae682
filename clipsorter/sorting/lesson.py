"""What was learned of categories from words and examples, and how photos are judged by it.

Evidence for a category is closeness on one scale for all categories: 0 is what two photos by chance have in common,
1 what examples have in common with the others of their category. Words and examples are pooled as
P ∝ P_words^(1−w) · P_examples^w.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.calibration import UNCORRECTED, Calibration
from clipsorter.sorting.examples import Examples, Floats, Near, near

LEAST_SHARE = 1e-4  # a word's share below which it says no more
_SHARPNESS = 4.0  # of the softmax over evidence; neighbouring values change little
_ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What was learned, ready to judge photos by their cosines to the M `examples` (those given, then stand-ins).

    `weight` 0..1 is how much examples count beside words. Of the categories, bool [C] each: `is_worded`: the words are
    heard; `is_known`: they mean something to the model; `is_taught`: there are examples of its own. `chance` and `own`
    are the cosines that become evidence 0 and 1. `calibration` corrects the shares that come out of it all.
    """

    examples: Examples
    is_given: NDArray[np.bool_]
    is_worded: NDArray[np.bool_]
    is_known: NDArray[np.bool_]
    is_taught: NDArray[np.bool_]
    weight: float
    chance: float
    own: float
    calibration: Calibration = UNCORRECTED

    @property
    def is_words_alone(self) -> bool:
        """Tell whether photos are judged by words, whatever examples they are like."""
        return self.weight == 0 and bool(self.examples.is_positive.all())

    @property
    def changes_nothing(self) -> bool:
        """Tell whether answers are those of the words, uncorrected."""
        return self.is_words_alone and self.calibration.changes_nothing


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """How N photos fit C categories by words and examples: shares float32 [N, C], and where nothing fits, bool [N]."""

    probability: Floats
    none_wins: NDArray[np.bool_]


def judge(lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], cosines: Floats) -> Judged:
    """Judge N photos by what words say, float32 [N, C], and by their cosines to the examples, float32 [N, M]."""
    if lesson.is_words_alone:
        return judge_words(lesson, words, word_none)
    return judge_near(lesson, words, word_none, near(cosines, lesson.examples, words.shape[1]))


def judge_words(lesson: Lesson, words: Floats, word_none: NDArray[np.bool_]) -> Judged:
    """Judge by words alone; what is said where nothing fits stays."""
    return Judged(lesson.calibration.apply(words), word_none)


def judge_near(lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], found: Near) -> Judged:
    """Judge as `judge` does, by how near photos are to examples."""
    judged = Judged(np.empty_like(words, order="C"), np.empty(len(words), bool))
    for first in range(0, len(words), _ROWS_AT_ONCE):  # so that all of a block stays in the processor's cache
        rows = slice(first, first + _ROWS_AT_ONCE)
        part = Near(found.closeness[rows], found.yes[rows], found.no[rows])
        judged.probability[rows], judged.none_wins[rows] = _judge_block(lesson, words[rows], word_none[rows], part)
    return judged


def _judge_block(
    lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], found: Near
) -> tuple[Floats, NDArray[np.bool_]]:
    probability, likeness = words, np.zeros(len(words), np.float32)
    if lesson.weight > 0:
        evidence = scaled(lesson, found.closeness)
        likeness = np.clip(np.fmax.reduce(evidence[:, lesson.is_taught], axis=1, initial=0), 0, 1)
        inside = 1 - (1 - np.minimum(words @ lesson.is_worded.astype(np.float32), 1)) * (1 - likeness)
        probability = pooled(lesson, words, evidence, lesson.weight, lesson.is_worded)
        probability *= inside[:, None]
    if not lesson.examples.is_positive.all():
        probability = probability * _allowed(lesson, found)
    none_wins = (1 - probability.sum(axis=1) > probability.max(axis=1)) | (word_none & (likeness < 0.5))
    return lesson.calibration.apply(probability), none_wins


def nearest_examples(lesson: Lesson, cosines: Floats, column: int, most: int = 3) -> list[int]:
    """Return which given examples of a category one photo, by its cosines [M], is most like; nearest first.

    None if it was words that decided.
    """
    if lesson.weight == 0 or not lesson.is_taught[column]:
        return []
    mine = lesson.examples.of(column)
    mine = mine[lesson.is_given[mine]]
    halfway = (lesson.chance + lesson.own) / 2
    if lesson.is_worded[column] and cosines[mine].max(initial=-1) < halfway:
        return []
    return [int(row) for row in mine[np.argsort(-cosines[mine])[:most]]]


def scaled(lesson: Lesson, closeness: Floats) -> Floats:
    """Return closeness, or cosines, as evidence: 0 is chance, 1 like examples of one category."""
    evidence: Floats = (closeness - np.float32(lesson.chance)) / np.float32(lesson.own - lesson.chance)
    return evidence


def pooled(
    lesson: Lesson, words: Floats, evidence: Floats, weight: float, is_worded: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Pool words and evidence to shares that sum to 1, [N, C].

    Where words say nothing of a category they don't speak against it either: it gets the best share of the others.
    Where there is no evidence, it is halfway; unknown words without an example stay out.
    """
    shares: Floats = np.log(np.maximum(words, np.float32(LEAST_SHARE)))
    if not is_worded.any():
        shares[:] = 0
    elif not is_worded.all():
        best = shares[:, is_worded].max(axis=1, keepdims=True)
        shares[:, ~is_worded] = np.maximum(shares[:, ~is_worded], best)
    shares *= np.float32(1 - weight)
    seen = evidence * np.float32(_SHARPNESS)
    seen[np.isnan(seen)] = _SHARPNESS / 2
    seen[:, ~lesson.is_taught & ~lesson.is_known] = -np.inf
    seen -= seen.max(axis=1, keepdims=True)
    seen -= np.log(np.exp(seen).sum(axis=1, keepdims=True))
    np.maximum(seen, np.float32(np.log(LEAST_SHARE)), out=seen)
    seen *= np.float32(weight)
    shares += seen
    shares -= shares.max(axis=1, keepdims=True)
    np.exp(shares, out=shares)
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _allowed(lesson: Lesson, found: Near) -> Floats:
    """Return 1, or less, down to 0, where a photo is nearer to one that doesn't belong than to any that does."""
    yes, no = scaled(lesson, found.yes), scaled(lesson, found.no)
    allowed: Floats = np.clip(1 - 2 * (no - np.maximum(yes, np.float32(0.5))), 0, 1)
    return allowed
