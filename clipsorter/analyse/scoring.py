"""Answers from stored vectors: arithmetic only, no photo is opened."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Example, Question
from clipsorter.clip.encoder import Encoder, Scores
from clipsorter.sorting.classifier import Ranking, rank
from clipsorter.sorting.examples import Examples
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import Judged, Lesson, judge, judge_words

Vectors = NDArray[np.float32]


def score(encoder: Encoder, embeddings: Vectors, question: Question, lesson: Lesson | None = None) -> Ranking:
    """Judge any number of stored vectors, float32 [N, D]; an edit of a category costs this and its new prompts.

    A `lesson` of the same question makes examples count beside words. Give the same array again rather than parts of
    it: an encoder may remember what it made of it.
    """
    scores = encoder.score(embeddings, question.categories)
    judged = Judged(scores.probability, scores.none_wins)
    if lesson is not None and lesson.is_words_alone:
        judged = judge_words(lesson, scores.probability, scores.none_wins)
    elif lesson is not None:
        cosines = encoder.compare(embeddings, lesson.examples.vectors)
        judged = judge(lesson, scores.probability, scores.none_wins, cosines)
    return ranked(scores, judged, question)


def ranked(scores: Scores, judged: Judged, question: Question) -> Ranking:
    """Rank what was judged."""
    names = [category.name for category in question.categories]
    own_min = [category.threshold for category in question.categories]
    return rank(
        scores.similarity, judged.probability, judged.none_wins, names, question.thresholds, question.top, own_min,
        judged.plain,
    )  # fmt: skip


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
