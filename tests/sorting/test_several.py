from dataclasses import replace

import numpy as np
import pytest

from clipsorter.sorting.examples import near
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.several import Fit, fit, fits_of, present, with_word
from tests.sorting.test_learn import cloud, taught

NAMES = ("dogs", "beach", "food")


def fitting(*rows, least=0.5, own=(None, None, None)):
    probability = np.array(rows, np.float32)
    return fit(probability / 2, probability, NAMES, least, own)


def test_each_category_is_decided_by_itself():
    found = fitting([0.9, 0.8, 0.1], [0.2, 0.3, 0.4], [1, 1, 1])
    assert found.fits.tolist() == [[True, True, False], [False] * 3, [True] * 3]


def test_a_threshold_of_its_own_takes_the_place_of_the_common_one():
    found = fitting([0.7, 0.7, 0.7], own=(0.75, None, 0.2), least=0.6)
    assert found.fits.tolist() == [[False, True, True]]
    assert fitting([0.2, 0.2, 0.2], own=(0.75, None, 0.2), least=0.6).fits.tolist() == [[False, False, True]]


def test_what_has_no_probability_at_all_fits_under_no_threshold():
    assert fitting([0, 0.01, 0], least=0, own=(0, None, None)).fits.tolist() == [[False, True, False]]


def test_fits_come_the_surest_first_with_their_numbers():
    first, second, third = fits_of(fitting([0.6, 0.1, 0.8], [0.1, 0.1, 0.1], [0.5, 0.6, 0.7]))
    assert [each.category for each in first] == ["food", "dogs"]
    assert first[0] == Fit("food", pytest.approx(0.8), pytest.approx(0.4), "model")
    assert second == []
    assert [each.category for each in third] == ["food", "beach", "dogs"]


def test_no_photos_have_no_fits():
    empty = np.empty((0, 3), np.float32)
    assert fits_of(fit(empty, empty, NAMES, 0.5, [None] * 3)) == []


def test_a_decided_photo_surely_has_its_category_and_keeps_what_else_fits():
    fits = [Fit("beach", 0.9, 0.3), Fit("food", 0.6, 0.2)]
    assert with_word(fits, decided=["dogs"]) == (Fit("dogs", 0, 0, "human"), *fits)
    assert with_word(fits, decided=["food"]) == (Fit("food", 0.6, 0.2, "human"), Fit("beach", 0.9, 0.3))


def test_a_photo_never_has_what_it_was_refused():
    fits = [Fit("beach", 0.9), Fit("food", 0.6)]
    assert with_word(fits, refused={"beach"}) == (Fit("food", 0.6),)
    assert with_word(fits, Fit("dogs", 0.7), refused={"beach", "food", "dogs"}) == ()


def test_the_one_category_that_is_sure_is_always_there_but_once():
    beach, dogs = Fit("beach", 0.9), Fit("dogs", 0.55)
    assert with_word([beach], dogs) == (dogs, beach)
    assert with_word([beach], Fit("beach", 0.6)) == (beach,)


@pytest.fixture
def photos():
    """Return vectors of 20 photos of two kinds, then one that shows both, and one that shows neither."""
    generator = np.random.default_rng(0)
    kinds = np.concatenate([cloud(generator, kind, 10) for kind in range(2)])
    both = kinds[:10].mean(axis=0) + kinds[10:].mean(axis=0)
    return np.concatenate([kinds, [both / np.linalg.norm(both)], cloud(generator, 5, 1)]).astype(np.float32)


def lesson_of(photos, words, rows, columns, is_known):
    return learn(taught(photos, words, rows, columns), np.array(is_known), Pool(photos, words))


def shown(photos, words, lesson):
    return present(lesson, words, near(photos @ lesson.examples.vectors.T, lesson.examples, words.shape[1]))


def test_a_photo_like_the_examples_of_two_categories_is_in_both(photos):
    words = np.zeros((22, 2), np.float32)
    lesson = lesson_of(photos, words, [0, 1, 2, 10, 11, 12], [0, 0, 0, 1, 1, 1], [False, False])
    found = shown(photos, words, lesson)
    assert (found[:10] > 0.5).tolist() == [[True, False]] * 10
    assert (found[10:20] > 0.5).tolist() == [[False, True]] * 10
    assert (found[20] > 0.5).all()
    assert (found[21] < 0.1).all()


def test_what_was_not_taught_is_judged_by_its_words(photos):
    words = np.zeros((22, 2), np.float32)
    words[:, 1] = np.linspace(0, 1, 22)
    lesson = lesson_of(photos, words, [0, 1, 2], [0, 0, 0], [False, True])
    assert lesson.weight > 0
    found = shown(photos, words, lesson)
    assert np.array_equal(found[:, 1], words[:, 1])
    assert (found[:10, 0] > 0.5).all()


def test_words_and_examples_are_pooled_by_the_weight_of_the_lesson(photos):
    words = np.full((22, 2), 0.3, np.float32)
    lesson = lesson_of(photos, words, [0, 1, 2, 10, 11, 12], [0, 0, 0, 1, 1, 1], [True, True])
    words_say = np.log(0.3 / 0.7)
    examples_say = np.log(1 / shown(photos, words, replace(lesson, weight=1.0)) - 1)
    odds = -0.25 * examples_say + 0.75 * words_say
    found = shown(photos, words, replace(lesson, weight=0.25))
    assert np.allclose(found, 1 / (1 + np.exp(-odds)), atol=1e-4)
    assert np.array_equal(shown(photos, words, replace(lesson, weight=0.0)), words)


def test_a_photo_like_one_that_was_refused_is_not_there(photos):
    words = np.full((22, 2), 0.9, np.float32)
    lesson = lesson_of(photos, words, [0, 10], [0, 1], [True, True])
    refusing = replace(lesson, examples=taught(photos, words, [0], [0], is_positive=False))
    found = present(refusing, words, near(photos @ photos[:1].T, refusing.examples, 2))
    assert found[0, 0] < 0.1
    assert found[21, 0] == pytest.approx(0.9)
    assert (found[:, 1] == words[:, 1]).all()
