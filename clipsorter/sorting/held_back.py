"""What is said of a person's examples when each is judged as if it had never been given: the honest test of answers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.examples import Floats, Near, near_others
from clipsorter.sorting.lesson import Lesson, judge, scaled


@dataclass(frozen=True, slots=True, eq=False)
class HeldBack:
    """The M given examples of a lesson, in their order, each judged without itself.

    `probability` and `plain` float32 [M, C] (before any correction) and `none_wins` bool [M] are as judging gives them;
    `evidence` float32 [M, C] is how near each is to the other examples (nan without any). `category` int64 [M] and
    `is_positive` bool [M] are what the person said. `is_fair` bool [M]: something else tells of its category, words or
    another example.
    """

    probability: Floats
    plain: Floats
    none_wins: NDArray[np.bool_]
    evidence: Floats
    category: NDArray[np.int64]
    is_positive: NDArray[np.bool_]
    is_fair: NDArray[np.bool_]


def held_back(lesson: Lesson, found: Near | None = None) -> HeldBack:
    """Judge the given examples, each without all that was said of its photo; what was fitted on them all stays.

    A regression judges an example by what it learned from four fifths of them, those of its photo left out.
    `found` is how near they are to the others, if that is known already.
    """
    examples = lesson.examples
    found = near_others(examples, len(lesson.is_known)) if found is None else found
    closeness = found.closeness.copy()
    closeness[np.isnan(closeness) & ~lesson.is_known] = -1  # no word and no other example: it can't be there
    logits = None if lesson.regression is None else lesson.regression.held_back
    judged = judge(lesson, examples.words, examples.word_none, Near(closeness, found.yes, found.no, logits))
    given = np.flatnonzero(lesson.is_given)
    category = examples.category[given]
    has_other = np.isfinite(found.closeness[given, category])
    return HeldBack(
        judged.probability[given],
        (judged.probability if judged.plain is None else judged.plain)[given],
        judged.none_wins[given],
        scaled(lesson, found.closeness)[given],
        category,
        examples.is_positive[given],
        has_other | lesson.is_known[category],
    )
