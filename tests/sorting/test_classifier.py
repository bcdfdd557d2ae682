import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clipsorter.sorting.classifier import NO_BAND, Thresholds, rank

NAMES = ["dog", "cat", "car"]
BAND = Thresholds(min_probability=0.5, min_margin=0.2)


def answer(probabilities, thresholds=BAND, none_wins=False, top=5):
    probability = np.array([probabilities], dtype=np.float32)
    names = NAMES[: len(probabilities)]
    return rank(probability / 2, probability, np.array([none_wins]), names, thresholds, top).decision(0)


@pytest.mark.parametrize(
    ("probabilities", "none_wins", "category"),
    [
        ([0.1, 0.8, 0.1], False, "cat"),
        ([0.45, 0.3, 0.25], False, None),  # too little
        ([0.55, 0.4, 0.05], False, None),  # too close
        ([0.1, 0.8, 0.1], True, None),  # nothing fits
        ([0.2, 0.1, 0.1], False, None),  # a model that gives the rest to nobody
        ([0.9], False, "dog"),
    ],
)
def test_band(probabilities, none_wins, category):
    assert answer(probabilities, none_wins=none_wins).category == category


def test_without_the_band_the_best_always_wins():
    assert answer([0.34, 0.33, 0.33], NO_BAND, none_wins=True).category == "dog"


def test_own_threshold_of_a_category_takes_the_place_of_the_common_one():
    probability = np.array([[0.45, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.6], [0.39, 0.3, 0.3]], np.float32)
    nobody = np.zeros(4, bool)
    own_min = [0.3, 0.8, None]
    assert rank(probability, probability, nobody, NAMES, BAND, own_min=own_min).is_sure.tolist() == [1, 1, 1, 0]
    own_min = [0.5, 0.81, 0.7]
    assert rank(probability, probability, nobody, NAMES, BAND, own_min=own_min).is_sure.tolist() == [0, 0, 0, 0]
    assert rank(probability, probability, ~nobody, NAMES, NO_BAND, own_min=own_min).is_sure.all()


def test_a_correction_makes_photos_unsure_but_not_sure_by_the_common_band():
    plain = np.array([[0.4, 0.1, 0.1], [0.8, 0.1, 0.1], [0.1, 0.4, 0.1], [0.6, 0.3, 0.0]], np.float32)
    corrected = np.array([[0.7, 0.1, 0.1], [0.45, 0.1, 0.1], [0.1, 0.7, 0.1], [0.55, 0.36, 0.0]], np.float32)
    nobody = np.zeros(4, bool)
    ranking = rank(corrected, corrected, nobody, NAMES, BAND, plain=plain)
    assert ranking.is_sure.tolist() == [0, 0, 0, 0]
    assert ranking.probability[:, 0] == pytest.approx([0.7, 0.45, 0.7, 0.55])
    ranking = rank(corrected, corrected, nobody, NAMES, BAND, own_min=[None, 0.65, None], plain=plain)
    assert ranking.is_sure.tolist() == [0, 0, 1, 0]  # a threshold of one's own is about what is shown


def test_a_category_that_is_impossible_is_never_given():
    assert answer([0.0, 0.0, 0.0], NO_BAND).category is None


def test_predictions_come_best_first_with_their_similarity():
    first, second = answer([0.1, 0.6, 0.3], top=2).predictions
    assert (first.category, second.category) == ("cat", "car")
    assert (first.probability, first.similarity) == pytest.approx((0.6, 0.3))


@given(
    probability=arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 9)), elements=st.floats(0, 1, width=32)),
    top=st.integers(1, 12),
)
def test_top_k_equals_a_full_sort(probability, top):
    names = [str(column) for column in range(probability.shape[1])]
    nobody = np.zeros(len(probability), dtype=bool)
    ranking = rank(probability, probability, nobody, names, BAND, top)
    assert len(ranking) == len(probability)
    for number, row in enumerate(probability):
        decision = ranking.decision(number)
        assert [p.probability for p in decision.predictions] == sorted(map(float, row), reverse=True)[:top]
        assert all(float(row[int(p.category)]) == p.probability for p in decision.predictions)


@pytest.mark.parametrize("columns", [2, 33, 129])
def test_shares_that_differ_in_their_last_bit_are_told_apart(columns):
    generator = np.random.default_rng(0)
    probability = np.full((200, columns), np.float32(0.25))
    probability[generator.random((200, columns)) < 0.5] = np.nextafter(np.float32(0.25), np.float32(1))
    nobody = np.zeros(200, bool)
    for order in ("C", "F"):
        found = rank(probability.copy(order=order), probability, nobody, [""] * columns, BAND, 5)
        assert (found.probability == np.sort(probability, axis=1)[:, ::-1][:, :5]).all()
