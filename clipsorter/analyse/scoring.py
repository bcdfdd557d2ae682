"""Answers from stored vectors: arithmetic only, no photo is opened."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Example, Question
from clipsorter.blocks import each_block
from clipsorter.clip.encoder import Encoder, Scores
from clipsorter.sorting.classifier import Ranking, rank
from clipsorter.sorting.examples import Examples, Near
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import Judged, Lesson, judge, judge_words, near_by

Vectors = NDArray[np.float32]


def score(encoder: Encoder, embeddings: Vectors, question: Question, lesson: Lesson | None = None) -> Ranking:
    """Judge any number of stored vectors, float32 [N, D]; an edit of a category costs this and its new prompts.

    A `lesson` of the same question makes examples count beside words. Give the same array again rather than parts of
    it: an encoder may remember what it made of it.
    """
    scores = encoder.score(embeddings, question.categories)
    if lesson is None or lesson.is_words_alone:
        return ranked(scores, question, lesson)
    cosines = encoder.compare(embeddings, lesson.examples.vectors)
    return ranked(scores, question, lesson, near_some=lambda rows: near_by(lesson, cosines[rows]))


def ranked(
    scores: Scores,
    question: Question,
    lesson: Lesson | None,
    logs: Vectors | None = None,
    near_some: Callable[[slice], Near] | None = None,
) -> Ranking:
    """Judge photos and rank what fits them, some rows at a time.

    `logs` float32 [N, C] are the logarithms of what words say, if they are known already. `near_some` tells of some
    rows how near they are to examples; it is not needed where words alone count.
    """
    names = [category.name for category in question.categories]
    own_min = [category.threshold for category in question.categories]
    shape = min(question.top, len(names)), len(scores.none_wins)
    best, is_sure = np.empty(shape, np.int64).T, np.empty(shape[1], bool)
    probability, similarity = (np.empty(shape, np.float32).T for _ in range(2))

    def work(rows: slice) -> None:
        words, none_wins = scores.probability[rows], scores.none_wins[rows]
        said = Judged(words, none_wins)
        if lesson is not None:
            known = None if logs is None else logs[rows]
            if near_some is None:
                said = judge_words(lesson, words, none_wins, known)
            else:
                said = judge(lesson, words, none_wins, near_some(rows), known)
        found = rank(
            scores.similarity[rows], said.probability, said.none_wins, names, question.thresholds, question.top,
            own_min, said.plain,
        )  # fmt: skip
        best[rows], is_sure[rows] = found.best, found.is_sure
        probability[rows], similarity[rows] = found.probability, found.similarity

    each_block(shape[1], work)
    return Ranking(names, best, probability, similarity, is_sure)


def teach(
    encoder: Encoder, question: Question, examples: Sequence[Example], pool: Vectors, pool_words: Vectors | None = None
) -> Lesson | None:
    """Learn the categories of a question from those of the examples that belong to it; None if none does.

    `pool`, float32 [P, D], are some photos of all kinds; `pool_words` float32 [P, C] what words say of them, if that
    is known already.
    """
    places = {category.name: place for place, category in enumerate(question.categories)}
    meant = [example for example in examples if example.category in places]
    if not meant:
        return None
    vectors = np.stack([example.embedding for example in meant])
    said = encoder.score(vectors, question.categories)
    given = Examples(
        encoder.example_space(vectors),
        said.probability,
        said.none_wins,
        np.array([places[example.category] for example in meant]),
        np.array([example.is_positive for example in meant]),
    )
    if pool_words is None:
        pool_words = encoder.score(pool, question.categories).probability
    unknown = set(encoder.unknown(question.categories))
    is_known = np.array([category.name not in unknown for category in question.categories])
    return learn(given, is_known, Pool(encoder.example_space(pool), pool_words))
