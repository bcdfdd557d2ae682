"""What was learned of categories from words and examples, and how photos are judged by it.

Evidence for a category is closeness on one scale for all categories: 0 is what two photos by chance have in common,
1 what examples have in common with the others of their category. Among categories with many examples a regression may
tell which one it is, and evidence only that it is one of them. Words and examples are pooled as
P ∝ P_words^(1−w) · P_examples^w.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.calibration import UNCORRECTED, Calibration
from clipsorter.sorting.examples import Examples, Floats, Near, near
from clipsorter.sorting.regression import Regression, told_apart

LEAST_SHARE = 1e-4  # a word's share below which it says no more
_SHARPNESS = 4.0  # of the softmax over evidence; neighbouring values change little


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What was learned, ready to judge photos by their cosines to the M `examples` (those given, then stand-ins).

    `weight` 0..1 is how much examples count beside words. Of the categories, bool [C] each: `is_worded`: the words are
    heard; `is_known`: they mean something to the model; `is_taught`: there are examples of its own. `chance` and `own`
    are the cosines that become evidence 0 and 1. `regression` is there where it names examples better than evidence.
    `calibration` corrects the shares that come out of it all.
    """

    examples: Examples
    is_given: NDArray[np.bool_]
    is_worded: NDArray[np.bool_]
    is_known: NDArray[np.bool_]
    is_taught: NDArray[np.bool_]
    weight: float
    chance: float
    own: float
    regression: Regression | None = None
    calibration: Calibration = UNCORRECTED

    @property
    def is_shown(self) -> NDArray[np.bool_]:
        """Tell which categories have positive examples, given or standing in, bool [C]."""
        return np.bincount(self.examples.category[self.examples.is_positive], minlength=len(self.is_known)) > 0

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
    """How N photos fit C categories by words and examples: shares float32 [N, C], and where nothing fits, bool [N].

    `plain` float32 [N, C] are the shares before they were corrected by decisions; None if they were not.
    """

    probability: Floats
    none_wins: NDArray[np.bool_]
    plain: Floats | None = None


def near_by(lesson: Lesson, cosines: Floats) -> Near:
    """Return how near N photos are to the categories, by their cosines to the examples, float32 [N, M]."""
    found = near(cosines, lesson.examples, len(lesson.is_known))
    return found if lesson.regression is None else replace(found, logits=cosines @ lesson.regression.duals)


def judge_words(lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], logs: Floats | None = None) -> Judged:
    """Judge by words alone, as `judge` does; where nothing fits stays as they say."""
    if lesson.calibration.changes_nothing:
        return Judged(words, word_none)
    logs = logs_of(words) if logs is None else logs
    shares = lesson.calibration.shares(logs.T, np.minimum(words.sum(axis=1), 1))
    return Judged(shares.T, word_none, words)


def judge(
    lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], found: Near, logs: Floats | None = None
) -> Judged:
    """Judge N photos by what words say, float32 [N, C], and by how near they are to examples.

    `logs` float32 [N, C] are the logarithms of what words say, if they are known already. A category lies along memory,
    in what comes in and goes out: steps along it are many times faster than across it.
    """
    if lesson.is_words_alone:
        return judge_words(lesson, words, word_none, logs)
    words, logs = words.T, (logs_of(words) if logs is None else logs).T
    inside, likeness = np.minimum(words.sum(axis=0), 1), np.zeros(words.shape[1], np.float32)
    if lesson.weight > 0:
        evidence = scaled(lesson, found.closeness.T)
        likeness = np.clip(np.fmax.reduce(evidence[lesson.is_taught], axis=0, initial=0), 0, 1)
        heard = inside if lesson.is_worded.all() else np.minimum(words[lesson.is_worded].sum(axis=0), 1)
        inside = 1 - (1 - heard) * (1 - likeness)
        logs = pooled_logs(lesson, logs, evidence_logs(lesson, evidence, found.logits))
    plain = UNCORRECTED.shares(logs, inside)
    is_corrected = not lesson.calibration.changes_nothing
    corrected = lesson.calibration.corrected(plain, logs, inside) if is_corrected else None
    none_wins = (1 - inside > plain.max(axis=0)) | (word_none & (likeness < 0.5))
    if lesson.weight == 0:
        plain = words.copy()
    if not lesson.examples.is_positive.all():
        share = allowed(lesson, found)
        plain *= share
        if corrected is not None:
            corrected *= share
        none_wins |= 1 - plain.sum(axis=0) > plain.max(axis=0)
    return Judged(plain.T, none_wins) if corrected is None else Judged(corrected.T, none_wins, plain.T)


def logs_of(words: Floats) -> Floats:
    """Return the logarithms of what words say, float32 [N, C], a category along memory."""
    logs = np.maximum(words.T, np.float32(LEAST_SHARE), order="C")
    np.log(logs, out=logs)
    return logs.T


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


def evidence_logs(lesson: Lesson, evidence: Floats, logits: Floats | None = None) -> Floats:
    """Return the logarithms of shares by evidence, float32 [C, N] each; the lesson's weight has no say in them.

    `logits` float32 [N, R] are those of the lesson's regression: they deal out anew what its categories have together.
    Where there is no evidence, it is halfway; unknown words without an example stay out.
    """
    shown, halfway, least = lesson.is_shown, np.float32(_SHARPNESS / 2), np.float32(np.log(LEAST_SHARE))
    others = lesson.is_known & ~shown
    seen = evidence[shown]
    seen *= np.float32(_SHARPNESS)
    most = seen.max(axis=0, initial=halfway if others.any() else -np.inf)
    if np.isnan(most).any():
        np.copyto(seen, halfway, where=np.isnan(seen))
        most = seen.max(axis=0, initial=halfway if others.any() else -np.inf)
    powers = np.exp(seen - most)
    total = np.log(powers.sum(axis=0) + others.sum() * np.exp(halfway - most)) + most
    seen -= total
    if lesson.regression is not None and logits is not None:
        rows = np.flatnonzero(np.isin(np.flatnonzero(shown), lesson.regression.columns))
        together = np.log(np.maximum(powers[rows].sum(axis=0), np.finfo(np.float32).tiny)) + (most - total)
        seen[rows] = told_apart(together, logits.T)
    np.maximum(seen, least, out=seen)
    if shown.all():
        return seen
    logs: Floats = np.full(evidence.shape, least)
    logs[shown] = seen
    logs[others] = np.maximum(halfway - total, least)
    return logs


def pooled_logs(lesson: Lesson, words: Floats, seen: Floats) -> Floats:
    """Pool the logarithms of words with those of evidence, but for the sum of a photo: float32 [C, N] each.

    Where words say nothing of a category they don't speak against it either: it gets the best share of the others.
    """
    weight, is_worded = np.float32(lesson.weight), lesson.is_worded
    logs: Floats = weight * seen
    if weight == 1 or not is_worded.any():
        return logs
    words = words * (1 - weight)
    if not is_worded.all():
        words[~is_worded] = np.maximum(words[~is_worded], words[is_worded].max(axis=0))
    logs += words
    return logs


def allowed(lesson: Lesson, found: Near) -> Floats:
    """Return 1, or less, down to 0, where a photo is nearer to one that doesn't belong than one that does; [C, N]."""
    yes, no = scaled(lesson, found.yes.T), scaled(lesson, found.no.T)
    share: Floats = np.clip(1 - 2 * (no - np.maximum(yes, np.float32(0.5))), 0, 1)
    return share
