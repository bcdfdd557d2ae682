import numpy as np
import pytest

from clipsorter.sorting.classifier import Thresholds, rank
from clipsorter.sorting.confidence import (
    Decided,
    Evidence,
    difference,
    precision_of,
    questions,
    threshold_for,
)


def test_precision_has_an_interval_and_says_when_it_is_too_few():
    said, truth = np.array([0] * 10 + [1, -1]), np.array([0] * 9 + [1, 1, 0])
    found = precision_of(said, truth, 0)
    assert (found.right, found.count, found.is_too_few) == (9, 10, False)
    assert (found.low, found.high) == (pytest.approx(0.596, abs=1e-3), pytest.approx(0.982, abs=1e-3))
    assert precision_of(said, truth, 1).is_too_few
    assert (precision_of(said, truth, 2).low, precision_of(said, truth, 2).high) == (0, 1)


def test_precision_counts_only_photos_of_which_something_is_known():
    shares = np.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.4, 0.6], [0.9, 0.1]], np.float32)
    answers = rank(shares, shares, np.zeros(5, bool), ["a", "b"], Thresholds(0.75, 0.1))
    is_there = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [0, 0]], bool)
    is_told = np.array([[1, 1], [1, 1], [1, 1], [1, 1], [0, 1]], bool)  # the last one is only known not to be “b”
    found = Decided(answers, is_told, is_there).precision(0)
    assert (found.right, found.count) == (1, 2)
    assert Decided(answers, is_told, is_there).precision(1).count == 0


def test_evidence_gives_a_threshold_that_can_be_written_and_what_it_does():
    confidence = np.array([0.95, 0.9, 0.63, 0.629, 0.5], np.float32)
    evidence = Evidence(
        confidence, np.array([True, True, True, False, False]), np.array([0.4, 0.6305, 0.7], np.float32)
    )
    assert evidence.threshold(0.9) == pytest.approx(0.63)
    assert (evidence.precision_from(0.63).right, evidence.precision_from(0.63).count) == (3, 3)
    assert evidence.count_from(0.63) == 2
    assert evidence.threshold(0.75) == pytest.approx(0.62)
    found = evidence.precision_from(0.62)
    assert (found.right, found.count, found.is_too_few) == (3, 4, True)
    assert Evidence(confidence, np.zeros(5, bool), confidence).threshold(0.8) is None


def test_threshold_is_the_least_that_gives_the_precision():
    confidence = np.array([0.9, 0.8, 0.8, 0.6, 0.4], np.float32)
    is_right = np.array([True, True, False, True, False])
    assert threshold_for(0.75, confidence, is_right) == pytest.approx(0.6)
    assert threshold_for(1.0, confidence, is_right) == pytest.approx(0.9)
    assert threshold_for(0.5, confidence, ~is_right) is None


def test_questions_are_doubtful_and_unlike():
    probability = np.array([[0.5, 0.5], [0.5, 0.5], [0.52, 0.48], [0.99, 0.01]], np.float32)
    vectors = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    assert questions(probability, vectors, 2).tolist() == [0, 2]
    assert len(questions(probability, vectors)) == 4


def test_difference_tells_what_an_edit_gains_and_loses():
    before, after = np.array([0, 0, 1, -1, 1]), np.array([0, 1, 0, 0, -1])
    found = difference(before, after, 0)
    assert (found.gained.tolist(), found.lost.tolist()) == ([2, 3], [1])
    found = difference(before, after, 1)
    assert (found.gained.tolist(), found.lost.tolist()) == ([1], [2, 4])
