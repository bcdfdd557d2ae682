"""Learns categories from a person's examples: how near photos are to them, and how much that counts beside words.

Evidence for a category is ½ (cosine to the mean of its examples + cosine to the nearest one), on one scale for all
categories: 0 is what two photos by chance have in common, 1 what examples have in common with the others of their
category. Words and examples are pooled as P ∝ P_words^(1−w) · P_examples^w. Leave-one-out picks w: the least weight
under which the examples, each judged without itself, are clearly better named. So a few examples change nothing where
the words are good. Categories without examples take part with the few photos that fit their words best.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

# Measured by `python -m tests.benchmarks.teaching`; neighbouring values change little.
_SHARPNESS = 4.0  # of the softmax over evidence
_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0)
_CLEARLY = 1.0  # natural log units over all examples: less may be chance
_SURE = 0.6  # an example that is named with more is no better for it
_LEAST_SHARE = 1e-4  # a word's share below which it says no more
_TYPICAL_OWN = 0.55  # of the way from chance to 1: what examples have in common, where each category has only one
_LEAST_SCALE = 0.05
_ROWS_AT_ONCE = 4096
_STAND_INS, _STAND_IN_SHARE = 4, 0.5
_PAIRS = 2000

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """M examples of C categories: unit vectors float32 [M, E], `words` float32 [M, C]: what words say of them.

    `category` int64 [M] is a column of `words`; `is_positive` bool [M]: the photo belongs there, or it does not.
    """

    vectors: Floats
    words: Floats
    category: NDArray[np.int64]
    is_positive: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What was learned, ready to judge photos by their cosines to the M `examples` (those given, then stand-ins).

    `weight` 0..1 is how much examples count beside words. Of the categories, bool [C] each: `is_worded`: the words are
    heard; `is_known`: they mean something to the model; `is_taught`: there are examples of its own. `chance` and `own`
    are the cosines that become evidence 0 and 1.
    """

    examples: Examples
    is_given: NDArray[np.bool_]
    is_worded: NDArray[np.bool_]
    is_known: NDArray[np.bool_]
    is_taught: NDArray[np.bool_]
    weight: float
    chance: float
    own: float

    @property
    def changes_nothing(self) -> bool:
        """Tell whether photos are judged by words alone."""
        return self.weight == 0 and bool(self.examples.is_positive.all())


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """How N photos fit C categories by words and examples: shares float32 [N, C], and where nothing fits, bool [N]."""

    probability: Floats
    none_wins: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Some photos of all kinds, to know what is chance: unit vectors float32 [P, E] and their words float32 [P, C]."""

    vectors: Floats
    words: Floats


def learn(examples: Examples, is_known: NDArray[np.bool_], pool: Pool) -> Lesson:
    """Learn from examples; `is_known` bool [C] tells whose words mean something to the model.

    One example alone is heard only where the words mean nothing: that it helps can't be seen without a second one.
    """
    count = len(is_known)
    positive = examples.is_positive
    taught = np.bincount(examples.category[positive], minlength=count)
    chance = _chance(examples, pool)
    everyone = _with_stand_ins(examples, (taught == 0) & is_known, pool) if taught.any() else examples
    is_given = np.arange(len(everyone.category)) < len(examples.category)
    gram = everyone.vectors @ everyone.vectors.T
    left_out = _closeness(gram, everyone, count, gram, leave_out=True)
    rows = np.flatnonzero(everyone.is_positive)
    own = left_out[rows, everyone.category[rows]]
    has_other = np.isfinite(own)
    is_own_known = has_other & is_given[rows]
    typical = float(own[is_own_known].mean()) if is_own_known.any() else chance + _TYPICAL_OWN * (1 - chance)
    scale = chance, max(typical, chance + _LEAST_SCALE)
    lesson = Lesson(everyone, is_given, is_known | (taught == 0), is_known, taught > 0, 0.0, *scale)
    if not taught.any():
        return lesson
    return _weigh(lesson, left_out[rows[has_other]], rows[has_other])


def judge(lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], cosines: Floats) -> Judged:
    """Judge N photos by what words say, float32 [N, C], and by their cosines to the examples, float32 [N, M]."""
    if not len(lesson.examples.category) or lesson.changes_nothing:
        return Judged(words, word_none)
    count = words.shape[1]
    gram = lesson.examples.vectors @ lesson.examples.vectors.T
    return judge_closeness(
        lesson, words, word_none,
        _closeness(cosines, lesson.examples, count, gram), nearest(cosines, lesson.examples, count),
    )  # fmt: skip


def judge_closeness(
    lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], closeness: Floats, refusals: tuple[Floats, Floats]
) -> Judged:
    """Judge as `judge` does, from closeness to categories [N, C] and from the nearest yes and no of each, [N, C]."""
    judged = Judged(np.empty_like(words, order="C"), np.empty(len(words), bool))
    for first in range(0, len(words), _ROWS_AT_ONCE):  # so that all of a block stays in the processor's cache
        rows = slice(first, first + _ROWS_AT_ONCE)
        yes, no = refusals
        judged.probability[rows], judged.none_wins[rows] = _judge_block(
            lesson, words[rows], word_none[rows], closeness[rows], yes[rows], no[rows]
        )
    return judged


def _judge_block(
    lesson: Lesson, words: Floats, word_none: NDArray[np.bool_], closeness: Floats, yes: Floats, no: Floats
) -> tuple[Floats, NDArray[np.bool_]]:
    probability, near = words, np.zeros(len(words), np.float32)
    if lesson.weight > 0:
        evidence = _scaled(lesson, closeness)
        near = np.clip(evidence[:, lesson.is_taught].max(axis=1), 0, 1)
        inside = 1 - (1 - np.minimum(words @ lesson.is_worded.astype(np.float32), 1)) * (1 - near)
        probability = _pooled(lesson, words, evidence, lesson.weight, lesson.is_worded)
        probability *= inside[:, None]
    if not lesson.examples.is_positive.all():
        probability = probability * _allowed(lesson, yes, no)
    none_wins = (1 - probability.sum(axis=1) > probability.max(axis=1)) | (word_none & (near < 0.5))
    return probability, none_wins


def nearest(cosines: Floats, examples: Examples, count: int) -> tuple[Floats, Floats]:
    """Return the cosine to the nearest photo that belongs to a category, and that doesn't, float32 [N, C]; −1: none."""
    found = []
    for is_wanted in (examples.is_positive, ~examples.is_positive):
        best = np.full((len(cosines), count), -1, np.float32)
        for column in np.unique(examples.category[is_wanted]):
            mine = np.flatnonzero(is_wanted & (examples.category == column))
            best[:, column] = cosines[:, mine].max(axis=1)
        found.append(best)
    return found[0], found[1]


def closeness_of(cosines: Floats, vectors: Floats) -> Floats:
    """Return ½ (cosine to the mean + cosine to the nearest), float32 [N], from cosines to m examples [m, N]."""
    return _half(cosines.T, vectors @ vectors.T)


def nearest_examples(lesson: Lesson, cosines: Floats, column: int, most: int = 3) -> list[int]:
    """Return which given examples of a category one photo, by its cosines [M], is most like; nearest first.

    None if it was words that decided.
    """
    if lesson.weight == 0 or not lesson.is_taught[column]:
        return []
    examples = lesson.examples
    mine = np.flatnonzero((examples.category == column) & examples.is_positive & lesson.is_given)
    halfway = (lesson.chance + lesson.own) / 2
    if lesson.is_worded[column] and cosines[mine].max(initial=-1) < halfway:
        return []
    return [int(row) for row in mine[np.argsort(-cosines[mine])[:most]]]


def _chance(examples: Examples, pool: Pool) -> float:
    """Return the cosine of two photos by chance: the median over the pool, or over examples of unlike categories."""
    if len(pool.vectors) >= 20:
        first, second = np.random.default_rng(0).integers(0, len(pool.vectors), (2, _PAIRS))
        pairs = np.einsum("ij,ij->i", pool.vectors[first], pool.vectors[second])[first != second]
        return float(np.median(pairs))
    is_other = examples.category[:, None] != examples.category[None, :]
    cosines = (examples.vectors @ examples.vectors.T)[is_other]
    return float(np.median(cosines)) if len(cosines) else 0.0


def _with_stand_ins(examples: Examples, is_bare: NDArray[np.bool_], pool: Pool) -> Examples:
    """Add a few photos of the pool that fit the words of each category without examples, and are unlike examples."""
    likeness = (pool.vectors @ examples.vectors[examples.is_positive].T).max(axis=1)
    chosen: list[int] = []
    category: list[int] = []
    for column in np.flatnonzero(is_bare).tolist():
        order = np.argsort(-pool.words[:, column], kind="stable")[: 8 * _STAND_INS]
        order = order[pool.words[order, column] >= _STAND_IN_SHARE]
        order = order[np.argsort(likeness[order], kind="stable")][:_STAND_INS]  # Rex may be what fits “dogs” best
        chosen += order.tolist()
        category += [column] * len(order)
    return Examples(
        np.concatenate([examples.vectors, pool.vectors[chosen].reshape(-1, examples.vectors.shape[1])]),
        np.concatenate([examples.words, pool.words[chosen].reshape(-1, len(is_bare))]),
        np.concatenate([examples.category, np.array(category, np.int64)]),
        np.concatenate([examples.is_positive, np.ones(len(chosen), bool)]),
    )


def _closeness(cosines: Floats, examples: Examples, count: int, gram: Floats, *, leave_out: bool = False) -> Floats:
    """Return ½ (cosine to the mean + cosine to the nearest) of each category, float32 [N, C]; nan without examples.

    With `leave_out` the photos are the examples themselves, and none is compared with itself.
    """
    close = np.full((len(cosines), count), np.nan, np.float32)
    for column in np.unique(examples.category[examples.is_positive]):
        mine = np.flatnonzero(examples.is_positive & (examples.category == column))
        close[:, column] = _half(cosines[:, mine], gram[np.ix_(mine, mine)])
        if leave_out:
            for place, row in enumerate(mine):
                others = np.delete(mine, place)
                cosine = cosines[row : row + 1, others]
                close[row, column] = _half(cosine, gram[np.ix_(others, others)])[0] if len(others) else np.nan
    return close


def _half(cosines: Floats, gram: Floats) -> Floats:
    """Return ½ (cosine to the mean + cosine to the nearest) from cosines [N, m] and those among the m [m, m]."""
    length = max(float(gram.mean()) ** 0.5, 1e-6) if gram.mean() > 0 else 1e-6
    half: Floats = 0.5 * (cosines.mean(axis=1) / length + cosines.max(axis=1))
    return half


def _scaled(lesson: Lesson, closeness: Floats) -> Floats:
    scaled: Floats = (closeness - np.float32(lesson.chance)) / np.float32(lesson.own - lesson.chance)
    return scaled


def _pooled(
    lesson: Lesson, words: Floats, evidence: Floats, weight: float, is_worded: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Pool words and evidence to shares that sum to 1, [N, C].

    Where words say nothing of a category they don't speak against it either: it gets the best share of the others.
    Where there is no evidence, it is halfway; unknown words without an example stay out.
    """
    pooled: Floats = np.log(np.maximum(words, np.float32(_LEAST_SHARE)))
    if not is_worded.any():
        pooled[:] = 0
    elif not is_worded.all():
        best = pooled[:, is_worded].max(axis=1, keepdims=True)
        pooled[:, ~is_worded] = np.maximum(pooled[:, ~is_worded], best)
    pooled *= np.float32(1 - weight)
    seen = evidence * np.float32(_SHARPNESS)
    seen[np.isnan(seen)] = _SHARPNESS / 2
    seen[:, ~lesson.is_taught & ~lesson.is_known] = -np.inf
    seen -= seen.max(axis=1, keepdims=True)
    seen -= np.log(np.exp(seen).sum(axis=1, keepdims=True))
    np.maximum(seen, np.float32(np.log(_LEAST_SHARE)), out=seen)
    seen *= np.float32(weight)
    pooled += seen
    pooled -= pooled.max(axis=1, keepdims=True)
    np.exp(pooled, out=pooled)
    pooled /= pooled.sum(axis=1, keepdims=True)
    return pooled


def _allowed(lesson: Lesson, yes: Floats, no: Floats) -> Floats:
    """Return 1, or less, down to 0, where a photo is nearer to one that doesn't belong than to any that does."""
    yes, no = _scaled(lesson, yes), _scaled(lesson, no)
    allowed: Floats = np.clip(1 - 2 * (no - np.maximum(yes, np.float32(0.5))), 0, 1)
    return allowed


def _weigh(lesson: Lesson, closeness: Floats, rows: NDArray[np.int64]) -> Lesson:
    """Choose the weight, and whose words are heard, by how well examples are named without themselves.

    Stand-ins count only where they lose: that they are named is what they were chosen for.
    """
    evidence, words = _scaled(lesson, closeness), lesson.examples.words[rows]
    category, is_given = lesson.examples.category[rows], lesson.is_given[rows]

    def likelihood(weight: float, is_worded: NDArray[np.bool_]) -> Floats:
        shares = _pooled(lesson, words, evidence, weight, is_worded)[np.arange(len(rows)), category]
        named: Floats = np.log(np.clip(shares, _LEAST_SHARE, _SURE))
        return named

    def is_clearly_better(new: Floats, old: Floats) -> bool:
        gain = new - old
        return float(np.where(is_given, gain, np.minimum(gain, 0)).sum()) > _CLEARLY

    def best_weight(is_worded: NDArray[np.bool_]) -> tuple[float, Floats]:
        weights: tuple[float, ...] = (
            _WEIGHTS if is_worded.all() else _WEIGHTS[2:]
        )  # what has no words is seen by examples only
        if not (is_worded & lesson.is_known).any():
            weights = _WEIGHTS[-1:]
        chosen, reached = weights[0], likelihood(weights[0], is_worded)
        for weight in weights[1:]:
            if is_clearly_better(value := likelihood(weight, is_worded), reached):
                chosen, reached = weight, value
        return chosen, reached

    is_worded = lesson.is_worded.copy()
    weight, reached = best_weight(is_worded)
    for column in np.flatnonzero(is_worded & lesson.is_taught):
        mine = words[category == column]
        if not len(mine) or np.median(mine[:, column]) >= 0.5:
            continue
        trial = is_worded.copy()
        trial[column] = False
        other, value = best_weight(trial)
        if is_clearly_better(value, reached):
            is_worded, weight, reached = trial, other, value
    return replace(lesson, is_worded=is_worded, weight=weight)
