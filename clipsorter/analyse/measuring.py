"""What a user's decisions tell of the answers, and the photos that are still worth asking about."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Example, Question
from clipsorter.clip.encoder import Encoder
from clipsorter.sorting.classifier import Ranking, rank
from clipsorter.sorting.confidence import Decided, questions
from clipsorter.sorting.held_back import held_back
from clipsorter.sorting.lesson import Lesson

_CONSIDERED = 2000  # photos of each kind, the most doubtful: comparing all of a large folder takes seconds
_LEAST_SHARE = 0.1  # of a second-best guess that is worth a question


def decided_photos(lesson: Lesson, question: Question, examples: Sequence[Example]) -> Decided:
    """Judge the photos that a lesson was learned from, each without itself; `examples` as the lesson was given them.

    Where a photo belongs tells of every category; where it doesn't, of that one alone.
    """
    found = held_back(lesson)
    first: dict[bytes, int] = {}
    photo = np.array([first.setdefault(example.fingerprint, len(first)) for example in examples])
    is_told, is_there = (np.zeros((len(first), len(question.categories)), bool) for _ in range(2))
    is_told[photo[found.is_positive]] = True
    is_told[photo, found.category] = True
    is_there[photo[found.is_positive], found.category[found.is_positive]] = True
    is_told[photo[~found.is_fair]] = False
    rows = np.unique(photo, return_index=True)[1]  # what was said of the same photo has the same answer
    names = [category.name for category in question.categories]
    own_min = [category.threshold for category in question.categories]
    shares, plain = found.probability[rows], found.plain[rows]
    answers = rank(shares, shares, found.none_wins[rows], names, question.thresholds, 1, own_min, plain)
    return Decided(answers, is_told, is_there)


def questions_about(
    encoder: Encoder,
    embeddings: NDArray[np.float32],
    answers: Ranking,
    column: int,
    is_open: NDArray[np.bool_],
    count: int = 10,
) -> NDArray[np.int64]:
    """Return the rows of stored vectors [N, D] to ask about, int64 [≤ count]; `is_open` bool [N]: may be asked.

    Half of them are unsure, from which most is learned, and half are sure, though least so: without these nobody
    could tell how often the category is right. Where one kind is short the other fills up, then second-best guesses.
    """
    is_best = answers.best[:, 0] == column
    share = np.where(answers.best == column, answers.probability, 0).max(axis=1)

    def choose(is_meant: NDArray[np.bool_]) -> NDArray[np.int64]:
        rows = np.flatnonzero(is_meant & is_open)
        rows = rows[np.argsort(np.abs(2 * share[rows] - 1), kind="stable")[:_CONSIDERED]]
        if not len(rows):
            return rows
        return rows[questions(share[rows, None], encoder.example_space(embeddings[rows]), count)]

    unsure, sure = choose(is_best & ~answers.is_sure), choose(is_best & answers.is_sure)
    unsure = unsure[: max(count // 2, count - len(sure))]
    chosen = np.concatenate([unsure, sure[: count - len(unsure)]])
    if len(chosen) < count:
        chosen = np.concatenate([chosen, choose(~is_best & (share >= _LEAST_SHARE))[: count - len(chosen)]])
    return chosen
