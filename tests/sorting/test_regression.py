"""Multinomial logistic regression on cosines alone, beside scikit-learn's on the vectors."""

import numpy as np
import pytest
import skimage.data
from sklearn.linear_model import LogisticRegression

from clipsorter.clip.starter import Starter
from clipsorter.sorting.examples import Examples
from clipsorter.sorting.regression import fit_duals, regress, softmax, told_apart

PICTURES = (skimage.data.astronaut, skimage.data.coffee, skimage.data.rocket, skimage.data.brick)
SIDE = 224


@pytest.fixture(scope="module")
def crops():
    """Return unit vectors by the starter of 14 crops of each of four pictures, and which picture each is of."""
    generator, pixels = np.random.default_rng(0), []
    for draw in PICTURES:
        picture = np.atleast_3d(draw())[..., :3]
        for _ in range(14):
            top, left = (int(generator.integers(size - SIDE)) for size in picture.shape[:2])
            pixels.append(np.broadcast_to(picture[top : top + SIDE, left : left + SIDE], (SIDE, SIDE, 3)))
    vectors = Starter().embed(np.stack(pixels))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.repeat(np.arange(len(PICTURES)), 14)


def learned_by_scikit(vectors, classes):
    return LogisticRegression(C=10, fit_intercept=False, class_weight="balanced", tol=1e-8, max_iter=5000).fit(
        vectors, classes
    )


def examples_of(vectors, category, is_positive=None):
    nothing = np.zeros((len(vectors), int(category.max()) + 1), np.float32)
    is_positive = np.ones(len(vectors), bool) if is_positive is None else is_positive
    return Examples(vectors, nothing, np.zeros(len(vectors), bool), category, is_positive)


def regressed(vectors, category, is_positive=None):
    return regress(examples_of(vectors, category, is_positive), np.ones(len(vectors), bool), int(category.max()) + 1)


def test_shares_are_those_of_scikit_learn_where_classes_have_unequal_sizes(crops):
    vectors, classes = crops
    number = np.arange(len(classes)) % 14
    is_kept = np.stack([number < np.array(sizes)[classes] for sizes in ([14] * 4, [12, 10, 7, 4], [3, 14, 14, 9])])
    fits = fit_duals(vectors @ vectors.T, classes, is_kept, 1e-4)
    for duals, rows in zip(fits, is_kept, strict=True):
        expected = learned_by_scikit(vectors[rows], classes[rows]).predict_proba(vectors)
        assert expected.max(axis=1).min() < 0.9  # not so sure that all would agree
        np.testing.assert_allclose(softmax(vectors @ vectors.T @ duals), expected, atol=1e-3)


def test_each_example_is_judged_nearly_as_if_it_had_never_been_given(crops):
    """A fifth of the others are held back with it, so shares differ a little: by 0.02 on average."""
    vectors, classes = crops
    found = softmax(regressed(vectors, classes).held_back)
    rows = np.arange(0, len(classes), 3)
    expected = np.stack(
        [
            learned_by_scikit(np.delete(vectors, row, axis=0), np.delete(classes, row)).predict_proba(vectors[[row]])[0]
            for row in rows
        ]
    )
    assert np.abs(found[rows] - expected).mean() < 0.02


def test_example_under_a_wrong_name_is_not_named_so_when_it_is_held_back(crops):
    vectors, classes = crops
    wrong = classes.copy()
    wrong[0] = 1  # a crop of the first picture
    found = regressed(vectors, wrong)
    assert softmax(found.held_back[0])[1] < 0.1
    assert softmax(vectors[0] @ vectors.T @ found.duals)[1] > 0.3  # where it has a say in it


def test_what_else_was_said_of_a_photo_is_held_back_with_it(crops):
    """The first photo is said to be of two categories, and not of a third."""
    vectors, classes = crops
    rows = [*range(len(classes)), 0, 0]
    is_positive = np.array([True] * (len(classes) + 1) + [False])
    found = regressed(vectors[rows], np.array([*classes, 2, 1]), is_positive)
    np.testing.assert_allclose(found.held_back[-2:], found.held_back[[0, 0]], atol=1e-5)
    assert found.held_back[0].argmax() == 0
    assert not found.duals[-1].any()


def test_categories_with_few_examples_take_no_part(crops):
    vectors, classes = crops
    few = np.arange(len(classes)) % 14 < np.array([14, 9, 10, 9])[classes]
    found = regressed(vectors[few], classes[few])
    assert found.columns.tolist() == [0, 2]
    assert found.duals.any(axis=1).tolist() == np.isin(classes[few], [0, 2]).tolist()
    one = np.arange(len(classes)) % 14 < np.array([14, 9, 9, 9])[classes]
    assert regressed(vectors[one], classes[one]) is None


def test_very_many_examples_are_not_all_learned_from_but_the_first_of_each_category():
    vectors = np.random.default_rng(0).normal(size=(400, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = regressed(vectors, np.arange(400) % 10)
    assert found.duals.any(axis=1).tolist() == [True] * 320 + [False] * 80
    assert regressed(vectors, np.arange(400) % 33) is None


def test_what_categories_have_together_is_dealt_out_anew():
    generator = np.random.default_rng(0)
    logs, logits = np.log(generator.random((3, 5), np.float32)), generator.normal(size=(3, 5)).astype(np.float32)
    found = np.exp(told_apart(np.log(np.exp(logs).sum(axis=0)), logits))
    np.testing.assert_allclose(found.sum(axis=0), np.exp(logs).sum(axis=0), rtol=1e-5)
    np.testing.assert_allclose(found / found.sum(axis=0), softmax(logits.T).T, rtol=1e-5)
