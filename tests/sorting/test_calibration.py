"""Percentages after a correction: nearer to the truth, in the order they had, and only from enough decisions."""

import numpy as np
import pytest

from clipsorter.sorting.calibration import UNCORRECTED, Calibration, fit_calibration
from clipsorter.sorting.confidence import calibration_error
from clipsorter.sorting.examples import Examples
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import judge, near_by


def answers(count, seed, *, right, share, none=0.0):
    """Draw answers that are right with a probability, and give their best category a share."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(0, 3, count)
    said = np.where(generator.random(count) < right, truth, (truth + 1) % 3)
    probability = np.full((count, 3), (1 - share - none) / 2, np.float32)
    probability[np.arange(count), said] = share
    return probability, truth


def corrected_by(calibration, probability):
    return calibration.shares(np.log(np.maximum(probability, 1e-6)).T, probability.sum(axis=1)).T


def fitted(probability, truth):
    return fit_calibration(probability, truth, np.ones(len(truth), bool))


@pytest.mark.parametrize(
    "drawn", [{"right": 0.7, "share": 0.97}, {"right": 0.7, "share": 0.5}, {"right": 0.95, "share": 0.6, "none": 0.3}]
)
def test_confidence_comes_true_on_other_photos(drawn):
    calibration = fitted(*answers(150, 0, **drawn))
    probability, truth = answers(1000, 1, **drawn)
    is_right = probability.argmax(axis=1) == truth
    corrected = corrected_by(calibration, probability)
    assert (corrected.argmax(axis=1) == probability.argmax(axis=1)).all()
    assert corrected.sum(axis=1).max() <= 1 + 1e-5
    raw, found = (calibration_error(shares.max(axis=1), is_right) for shares in (probability, corrected))
    assert found < 0.65 * raw


def test_order_in_a_row_stays():
    probability = np.random.default_rng(0).dirichlet(np.ones(6), 200).astype(np.float32)[:, :5]
    for calibration in (Calibration(0.5, -2.0), Calibration(2.0, 1.0)):
        corrected = corrected_by(calibration, probability)
        assert (np.argsort(corrected, axis=1) == np.argsort(probability, axis=1)).all()


def test_nothing_corrected_is_the_same_shares():
    probability = np.random.default_rng(0).dirichlet(np.ones(4), 50).astype(np.float32)[:, :3]
    for calibration in (UNCORRECTED, Calibration(1.0, 1e-9)):
        np.testing.assert_allclose(corrected_by(calibration, probability), probability, atol=1e-5)


def test_few_decisions_correct_nothing():
    probability, truth = answers(40, 0, right=0.7, share=0.97)
    assert fitted(probability[:19], truth[:19]).changes_nothing
    assert not fitted(probability, truth).changes_nothing
    is_positive = np.arange(40) < 19
    assert fit_calibration(probability, truth, is_positive).changes_nothing


def test_a_refusal_that_was_sure_to_belong_lowers_what_is_sure():
    probability, truth = answers(60, 0, right=1, share=0.8)
    refused = np.arange(60) % 3 == 0
    lowered = fit_calibration(probability, truth, ~refused)
    trusted = fitted(probability, truth)
    assert corrected_by(lowered, probability).max() < corrected_by(trusted, probability).max()


def test_words_alone_are_corrected_by_what_was_decided():
    """The words name all photos rightly with a share of 0.6, and examples add nothing."""
    probability, truth = answers(60, 0, right=1, share=0.6)
    vectors = np.random.default_rng(1).normal(size=(60, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    none = np.zeros(60, bool)
    examples = Examples(vectors[:30], probability[:30], none[:30], truth[:30], np.ones(30, bool))
    lesson = learn(examples, np.ones(3, bool), Pool(vectors, probability))
    assert lesson.is_words_alone
    assert not lesson.changes_nothing
    shown = judge(lesson, probability, none, near_by(lesson, vectors @ lesson.examples.vectors.T))
    assert (shown.probability.max(axis=1) > 0.7).all()
    assert (shown.none_wins == none).all()
