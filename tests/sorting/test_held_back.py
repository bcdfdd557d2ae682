"""Each example judged without itself, beside a lesson that never saw it."""

from dataclasses import fields, replace

import numpy as np
import pytest

from clipsorter.sorting.examples import Examples, near, near_others
from clipsorter.sorting.held_back import held_back
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import judge, near_by
from clipsorter.sorting.regression import regress

SIDE, KINDS = 8, 3


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def drawn(count, seed=0):
    """Draw photos of three kinds, words that name two thirds of them rightly, and the kinds."""
    generator = np.random.default_rng(seed)
    kinds = np.arange(count) % KINDS
    vectors = unit(np.eye(SIDE)[kinds] + generator.normal(0, 0.3, (count, SIDE))).astype(np.float32)
    words = unit(generator.random((count, KINDS)) + 1.5 * np.eye(KINDS)[kinds]).astype(np.float32)
    words /= words.sum(axis=1, keepdims=True)
    return vectors, words, kinds


def examples_of(count, is_positive=None):
    vectors, words, kinds = drawn(count)
    is_positive = np.ones(count, bool) if is_positive is None else is_positive
    return Examples(vectors, words, np.zeros(count, bool), kinds, is_positive)


def without(examples, row):
    keep = np.arange(len(examples.category)) != row
    return Examples(*(getattr(examples, field.name)[keep] for field in fields(examples)))


def pool():
    vectors, words, _ = drawn(60, seed=1)
    return Pool(vectors, words)


def test_others_are_near_as_if_the_example_had_never_been_given():
    examples = examples_of(12, np.arange(12) < 9)
    found = near_others(examples, KINDS)
    for row in range(12):
        rest = without(examples, row)
        alone = near(examples.vectors[row : row + 1] @ rest.vectors.T, rest, KINDS)
        for name in ("closeness", "yes", "no"):
            np.testing.assert_allclose(getattr(found, name)[row], getattr(alone, name)[0], atol=1e-5)


@pytest.mark.parametrize("is_known", [True, False])
def test_answer_is_that_of_a_lesson_without_the_example(is_known):
    examples = examples_of(12)
    lesson = replace(learn(examples, np.full(KINDS, is_known), pool()), weight=0.5 if is_known else 1.0)
    found = held_back(lesson)
    for row in range(12):
        rest = replace(lesson, examples=without(lesson.examples, row))
        cosines = examples.vectors[row : row + 1] @ rest.examples.vectors.T
        alone = judge(rest, examples.words[row : row + 1], np.zeros(1, bool), near_by(rest, cosines))
        np.testing.assert_allclose(found.probability[row], alone.probability[0], atol=1e-4)
        assert found.none_wins[row] == alone.none_wins[0]
    assert found.is_fair.all()


def test_the_only_example_of_unknown_words_is_not_named_by_itself():
    vectors, words, kinds = drawn(7)
    words[:, 0] = 0
    rows = [0, 1, 2, 4, 5]  # one photo of kind 0, two of each other
    given = Examples(vectors[rows], words[rows], np.zeros(5, bool), kinds[rows], np.ones(5, bool))
    lesson = learn(given, np.array([False, True, True]), pool())
    found = held_back(lesson)
    assert found.is_fair.tolist() == [False, True, True, True, True]
    assert found.probability[0, 0] < 0.05
    assert np.isnan(found.evidence[0, 0])
    assert np.isfinite(found.evidence[1:]).all()


def test_what_else_was_said_of_the_same_photo_is_left_out_too():
    vectors, words, kinds = drawn(6)
    rows = [0, 0, 1, 2, 3, 4, 5]  # the first photo is of kind 0, and is said not to be of kind 1
    columns = np.array([0, 1, *kinds[1:6]])
    is_positive = np.array([True, False, True, True, True, True, True])
    lesson = learn(
        Examples(vectors[rows], words[rows], np.zeros(7, bool), columns, is_positive), np.ones(KINDS, bool), pool()
    )
    assert (near_others(lesson.examples, KINDS).no[:2] == -1).all()
    assert held_back(lesson).is_positive.tolist() == is_positive.tolist()


def test_stand_ins_are_compared_with_but_not_answered():
    vectors, words, kinds = drawn(9)
    rows = [0, 3]  # of kind 0 only
    given = Examples(vectors[rows], words[rows], np.zeros(2, bool), kinds[rows], np.ones(2, bool))
    lesson = learn(given, np.ones(KINDS, bool), pool())
    assert len(lesson.examples.category) > 2
    found = held_back(lesson)
    assert found.category.tolist() == [0, 0]
    assert np.isfinite(found.evidence).all()


def test_words_alone_are_given_back_as_they_are():
    examples = examples_of(6)
    lesson = replace(learn(examples, np.ones(KINDS, bool), pool()), weight=0.0)
    np.testing.assert_array_equal(held_back(lesson).probability, examples.words)


def test_answer_with_a_regression_is_nearly_that_of_a_lesson_without_the_example():
    """A fifth of the others are held back with it: shares differ by less than 0.05 on average, 0.5 at most."""
    generator = np.random.default_rng(0)
    kinds = np.arange(60) % KINDS
    vectors = generator.normal(0, 0.05, (60, 24))
    vectors[:, 3:9] += generator.normal(0, 0.6, (60, 6))  # most has nothing to do with the kind
    vectors[np.arange(60), kinds] += 0.4
    vectors, words = unit(vectors).astype(np.float32), np.zeros((60, KINDS), np.float32)
    is_known, photos = np.zeros(KINDS, bool), Pool(vectors, words)
    lesson = learn(Examples(vectors, words, np.zeros(60, bool), kinds, np.ones(60, bool)), is_known, photos)
    assert lesson.regression is not None
    found, differences = held_back(lesson), []
    for row in range(60):
        rest = without(lesson.examples, row)
        other = regress(rest, np.ones(59, bool), KINDS)
        fresh = replace(lesson, examples=rest, is_given=np.ones(59, bool), regression=other)
        alone = judge(fresh, words[:1], np.zeros(1, bool), near_by(fresh, vectors[row : row + 1] @ rest.vectors.T))
        differences.append(np.abs(found.probability[row] - alone.probability[0]))
    assert np.mean(differences) < 0.05
    assert np.max(differences) < 0.5
