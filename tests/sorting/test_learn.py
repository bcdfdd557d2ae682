from dataclasses import replace

import numpy as np
import pytest

from clipsorter.sorting.examples import Examples
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import judge, near_by, nearest_examples

SIDE = 16


def cloud(generator, centre, count, side=SIDE):
    """Draw unit vectors around the axis of a number."""
    vectors = generator.normal(0, 0.12, (count, side)).astype(np.float32)
    vectors[:, centre] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def photos():
    """Return vectors of 30 photos of three kinds, and which kind each is."""
    generator = np.random.default_rng(0)
    return np.concatenate([cloud(generator, kind, 10) for kind in range(3)]), np.repeat([0, 1, 2], 10)


def alike(generator, count):
    """Draw unit vectors of three kinds that differ a little, and in which most has nothing to do with the kind."""
    kinds = np.arange(count) % 3
    vectors = generator.normal(0, 0.05, (count, 24))
    vectors[:, 3:9] += generator.normal(0, 0.6, (count, 6))
    vectors[np.arange(count), kinds] += 0.4
    vectors[:, -1] += 1
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), kinds


def said(kinds, right, count=3):
    """Return words that give the right kind a share, and the rest to the others."""
    words = np.full((len(kinds), count), (1 - right) / (count - 1), np.float32)
    words[np.arange(len(kinds)), kinds] = right
    return words


def taught(vectors, words, rows, columns, is_positive=True):
    none = np.zeros(len(rows), bool)
    return Examples(vectors[rows], words[rows], none, np.array(columns), np.full(len(rows), is_positive))


def judged(vectors, words, lesson):
    return judge(lesson, words, np.zeros(len(words), bool), near_by(lesson, vectors @ lesson.examples.vectors.T))


def test_names_that_say_nothing_are_learned_from_one_example_each(photos):
    vectors, kinds = photos
    words = np.zeros((30, 3), np.float32)
    lesson = learn(taught(vectors, words, [0, 10, 20], [0, 1, 2]), np.zeros(3, bool), Pool(vectors, words))
    assert lesson.weight == 1
    assert (judged(vectors, words, lesson).probability.argmax(axis=1) == kinds).all()


def test_photo_unlike_all_examples_is_left_to_nobody(photos):
    vectors, _ = photos
    words = np.zeros((30, 2), np.float32)
    lesson = learn(taught(vectors, words, [0, 1, 10, 11], [0, 0, 1, 1]), np.zeros(2, bool), Pool(vectors, words))
    answer = judged(vectors, words, lesson)
    assert answer.none_wins[20:].all()
    assert not answer.none_wins[:20].any()
    assert (answer.probability[20:].max(axis=1) < 0.5).all()


def test_good_words_are_left_alone_whatever_was_taught(photos):
    vectors, kinds = photos
    words = said(kinds, 0.9)
    rows = [*range(5), *range(10, 15), *range(20, 25)]
    lesson = learn(taught(vectors, words, rows, kinds[rows]), np.ones(3, bool), Pool(vectors, words))
    assert lesson.changes_nothing
    assert judged(vectors, words, lesson).probability is words


def test_one_corrected_photo_changes_nothing_else(photos):
    vectors, kinds = photos
    words = said(kinds, 0.7)
    lesson = learn(taught(vectors, words, [0], [1]), np.ones(3, bool), Pool(vectors, words))
    assert lesson.changes_nothing


def test_words_that_are_wrong_give_way_to_examples(photos):
    vectors, kinds = photos
    words = said((kinds + 1) % 3, 0.8)
    rows = [0, 1, 2, 10, 11, 12, 20, 21, 22]
    lesson = learn(taught(vectors, words, rows, kinds[rows]), np.ones(3, bool), Pool(vectors, words))
    assert lesson.weight > 0
    assert (judged(vectors, words, lesson).probability.argmax(axis=1) == kinds).all()


def test_rex_wins_against_dogs_and_the_other_categories_keep_their_photos(photos):
    """Kind 0 is a dog that the words put among the dogs, category 1; no word tells that it is category 0."""
    vectors, kinds = photos
    words = said(np.where(kinds == 0, 1, kinds), 0.9)
    words[:, 0] = 0
    known = np.array([False, True, True])
    lesson = learn(taught(vectors, words, [0, 1, 2], [0, 0, 0]), known, Pool(vectors, words))
    assert not lesson.is_worded[0]
    best = judged(vectors, words, lesson).probability.argmax(axis=1)
    assert (best == kinds).all()


def test_what_is_not_this_takes_the_like_of_it_out(photos):
    vectors, kinds = photos
    words = said(kinds, 0.9)
    lesson = learn(taught(vectors, words, [0], [0], is_positive=False), np.ones(3, bool), Pool(vectors, words))
    answer = judged(vectors, words, lesson).probability
    assert answer[0, 0] == 0
    assert (answer[10:, 1:] == words[10:, 1:]).all()


def test_nothing_taught_is_words_alone():
    no, columns = np.empty(0, bool), np.empty(0, np.int64)
    none = Examples(np.empty((0, SIDE), np.float32), np.empty((0, 2), np.float32), no, columns, no)
    empty = Pool(np.empty((0, SIDE), np.float32), np.empty((0, 2), np.float32))
    assert learn(none, np.zeros(2, bool), empty).changes_nothing


def test_why_names_the_nearest_examples_where_they_decided(photos):
    vectors, _ = photos
    words = np.zeros((30, 3), np.float32)
    rows = [0, 1, 2, 3, 10, 20]
    lesson = learn(taught(vectors, words, rows, [0, 0, 0, 0, 1, 2]), np.zeros(3, bool), Pool(vectors, words))
    cosines = vectors[5] @ lesson.examples.vectors.T
    named = nearest_examples(lesson, cosines, 0)
    assert len(named) == 3
    assert named == sorted(range(4), key=lambda row: -cosines[row])[:3]


def test_many_examples_tell_apart_what_is_much_alike():
    vectors, kinds = alike(np.random.default_rng(0), 360)
    words = np.zeros((360, 3), np.float32)
    lesson = learn(taught(vectors, words, range(60), kinds[:60]), np.zeros(3, bool), Pool(vectors, words))
    assert lesson.regression is not None
    evidence_alone = judged(vectors[60:], words[60:], replace(lesson, regression=None)).probability
    assert (evidence_alone.argmax(axis=1) == kinds[60:]).mean() < 0.8
    assert (judged(vectors[60:], words[60:], lesson).probability.argmax(axis=1) == kinds[60:]).mean() > 0.9


def test_regression_is_left_out_where_words_or_evidence_name_the_examples():
    generator = np.random.default_rng(0)
    vectors, kinds = alike(generator, 60)
    words = said(kinds, 0.9)
    lesson = learn(taught(vectors, words, range(60), kinds), np.ones(3, bool), Pool(vectors, words))
    assert lesson.is_words_alone
    assert lesson.regression is None
    vectors = np.concatenate([cloud(generator, kind, 20) for kind in range(3)])
    words = np.zeros((60, 3), np.float32)
    lesson = learn(taught(vectors, words, range(60), np.repeat([0, 1, 2], 20)), np.zeros(3, bool), Pool(vectors, words))
    assert lesson.regression is None


def test_regression_is_left_out_where_examples_have_nothing_in_common():
    vectors = cloud(np.random.default_rng(0), 0, 60)
    words = np.zeros((60, 3), np.float32)
    kinds = np.arange(60) % 3
    lesson = learn(taught(vectors, words, range(60), kinds), np.zeros(3, bool), Pool(vectors, words))
    assert lesson.regression is None


def test_category_with_few_examples_keeps_its_photos_beside_a_regression():
    """The fourth kind is like none of the others, and has three examples."""
    generator = np.random.default_rng(0)
    vectors, kinds = alike(generator, 150)
    vectors, kinds = np.concatenate([vectors, cloud(generator, 12, 20, 24)]), np.append(kinds, [3] * 20)
    words = np.zeros((170, 4), np.float32)
    rows = [*range(90), 150, 151, 152]
    lesson = learn(taught(vectors, words, rows, kinds[rows]), np.zeros(4, bool), Pool(vectors, words))
    assert lesson.regression is not None
    assert lesson.regression.columns.tolist() == [0, 1, 2]
    best = judged(vectors, words, lesson).probability.argmax(axis=1)
    assert (best[150:] == 3).all()
    assert (best[90:150] == kinds[90:150]).mean() > 0.9


def test_what_is_not_this_takes_the_like_of_it_out_of_a_regression_too():
    vectors, kinds = alike(np.random.default_rng(0), 91)
    words = np.zeros((91, 3), np.float32)
    rows = [*range(90), 90]
    given = taught(vectors, words, rows, kinds[rows])
    lesson = learn(given, np.zeros(3, bool), Pool(vectors, words))
    assert lesson.regression is not None
    mine = int(kinds[90])
    assert judged(vectors[90:], words[90:], lesson).probability[0].argmax() == mine
    given.is_positive[90] = False
    lesson = learn(given, np.zeros(3, bool), Pool(vectors, words))
    assert lesson.regression is not None
    assert judged(vectors[90:], words[90:], lesson).probability[0, mine] == 0
