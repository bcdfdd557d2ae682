"""Learns categories from a person's examples: how much they count beside words.

Leave-one-out picks the weight: the least one under which the examples, each judged without itself, are clearly better
named. So a few examples change nothing where the words are good. Categories without examples take part with the few
photos that fit their words best. Where two or more categories have many examples, a regression on them is heard if it
names them clearly better still. From 20 decisions on, percentages are corrected by how often they came true.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.calibration import UNCORRECTED, fit_calibration
from clipsorter.sorting.examples import Examples, Floats, near_others
from clipsorter.sorting.held_back import held_back
from clipsorter.sorting.lesson import LEAST_SHARE, Lesson, evidence_logs, logs_of, pooled_logs, scaled
from clipsorter.sorting.regression import regress

# Measured by `clipsorter evaluate`; neighbouring values change little.
_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
_CLEARLY = 1.0  # natural log units over all examples: less may be chance
_SURE = 0.6  # an example that is named with more is no better for it
_TYPICAL_OWN = 0.55  # of the way from chance to 1: what examples have in common, where each category has only one
_LEAST_SCALE = 0.05
_STAND_INS, _STAND_IN_SHARE = 4, 0.5
_FEWEST_POOLED, _PAIRS = 20, 2000


@dataclass(frozen=True, eq=False)
class Pool:
    """Some photos of all kinds, to know what is chance: unit vectors float32 [P, E] and their words float32 [P, C]."""

    vectors: Floats
    words: Floats

    @cached_property
    def chance(self) -> float | None:
        """The cosine of two photos by chance: the median over pairs; None of too few photos."""
        if len(self.vectors) < _FEWEST_POOLED:
            return None
        first, second = np.random.default_rng(0).integers(0, len(self.vectors), (2, _PAIRS))
        pairs = np.einsum("ij,ij->i", self.vectors[first], self.vectors[second])[first != second]
        return float(np.median(pairs))


def learn(examples: Examples, is_known: NDArray[np.bool_], pool: Pool) -> Lesson:
    """Learn from examples; `is_known` bool [C] tells whose words mean something to the model.

    One example alone is heard only where the words mean nothing: that it helps can't be seen without a second one.
    """
    count = len(is_known)
    positive = examples.is_positive
    taught = np.bincount(examples.category[positive], minlength=count)
    chance = _chance(examples) if pool.chance is None else pool.chance
    everyone = _with_stand_ins(examples, (taught == 0) & is_known, pool) if taught.any() else examples
    is_given = np.arange(len(everyone.category)) < len(examples.category)
    others = near_others(everyone, count)
    left_out = others.closeness
    rows = np.flatnonzero(everyone.is_positive)
    own = left_out[rows, everyone.category[rows]]
    has_other = np.isfinite(own)
    is_own_known = has_other & is_given[rows]
    typical = float(own[is_own_known].mean()) if is_own_known.any() else chance + _TYPICAL_OWN * (1 - chance)
    scale = chance, max(typical, chance + _LEAST_SCALE)
    lesson = Lesson(everyone, is_given, is_known | (taught == 0), is_known, taught > 0, 0.0, *scale)
    if not taught.any():
        return lesson
    lesson = _weigh(lesson, left_out[rows[has_other]], rows[has_other])
    found = held_back(lesson, others)
    fair = found.is_fair
    return replace(
        lesson, calibration=fit_calibration(found.probability[fair], found.category[fair], found.is_positive[fair])
    )


def _chance(examples: Examples) -> float:
    """Return the cosine of two photos by chance: the median over examples of unlike categories."""
    is_other = examples.category[:, None] != examples.category[None, :]
    cosines = examples.cosines[is_other]
    return float(np.median(cosines)) if len(cosines) else 0.0


def _with_stand_ins(examples: Examples, is_bare: NDArray[np.bool_], pool: Pool) -> Examples:
    """Add a few photos of the pool that fit the words of each category without examples, and are unlike examples."""
    shown = examples.vectors[examples.is_positive].T
    chosen: list[int] = []
    category: list[int] = []
    for column in np.flatnonzero(is_bare).tolist():
        order = np.argsort(-pool.words[:, column], kind="stable")[: 8 * _STAND_INS]
        order = order[pool.words[order, column] >= _STAND_IN_SHARE]
        likeness = (pool.vectors[order] @ shown).max(axis=1)
        order = order[np.argsort(likeness, kind="stable")][:_STAND_INS]  # Rex may be what fits “dogs” best
        chosen += order.tolist()
        category += [column] * len(order)
    return Examples(
        np.concatenate([examples.vectors, pool.vectors[chosen].reshape(-1, examples.vectors.shape[1])]),
        np.concatenate([examples.words, pool.words[chosen].reshape(-1, len(is_bare))]),
        np.concatenate([examples.word_none, np.zeros(len(chosen), bool)]),
        np.concatenate([examples.category, np.array(category, np.int64)]),
        np.concatenate([examples.is_positive, np.ones(len(chosen), bool)]),
    )


def _weigh(lesson: Lesson, closeness: Floats, rows: NDArray[np.int64]) -> Lesson:
    """Choose the weight, whose words are heard, and regression, by how well examples are named without themselves.

    Stand-ins count only where they lose: that they are named is what they were chosen for.
    """
    evidence, words = scaled(lesson, closeness), lesson.examples.words[rows]
    logs, seen = logs_of(words).T, {False: evidence_logs(lesson, evidence.T)}  # True: by the regression, too
    category, is_given = lesson.examples.category[rows], lesson.is_given[rows]

    def pooled_by(tried: Lesson) -> Floats:
        return pooled_logs(tried, logs, seen[tried.regression is not None])

    def named_rightly(tried: Lesson) -> int:
        return int((pooled_by(tried).argmax(axis=0) == category)[is_given].sum())

    def likelihood(tried: Lesson) -> Floats:
        pooled = pooled_by(tried)
        shares = UNCORRECTED.shares(pooled, np.ones(len(rows), np.float32))[category, np.arange(len(rows))]
        named: Floats = np.log(np.clip(shares, LEAST_SHARE, _SURE))
        return named

    def is_clearly_better(new: Floats, old: Floats) -> bool:
        gain = new - old
        return float(np.where(is_given, gain, np.minimum(gain, 0)).sum()) > _CLEARLY

    def best_weight(tried: Lesson) -> tuple[Lesson, Floats]:
        # What has no words is seen by examples only.
        weights: tuple[float, ...] = _WEIGHTS if tried.is_worded.all() else _WEIGHTS[2:]
        if not (tried.is_worded & tried.is_known).any():
            weights = _WEIGHTS[-1:]
        chosen = replace(tried, weight=weights[0])
        reached = likelihood(chosen)
        for weight in weights[1:]:
            other = replace(tried, weight=weight)
            if is_clearly_better(value := likelihood(other), reached):
                chosen, reached = other, value
        return chosen, reached

    chosen, reached = best_weight(lesson)
    for column in np.flatnonzero(lesson.is_worded & lesson.is_taught):
        mine = words[category == column]
        if not len(mine) or np.median(mine[:, column]) >= 0.5:
            continue
        is_worded = chosen.is_worded.copy()
        is_worded[column] = False
        other, value = best_weight(replace(lesson, is_worded=is_worded))
        if is_clearly_better(value, reached):
            chosen, reached = other, value
    if is_clearly_better(np.full_like(reached, np.log(_SURE)), reached):  # else it can't be clearly better
        regression = regress(lesson.examples, lesson.is_given, len(lesson.is_known))
        if regression is not None:
            other = replace(chosen, regression=regression)
            seen[True] = evidence_logs(other, evidence.T, regression.held_back[rows])
            other, value = best_weight(other)
            if is_clearly_better(value, reached) and named_rightly(other) >= named_rightly(chosen):
                chosen = other
    return chosen
