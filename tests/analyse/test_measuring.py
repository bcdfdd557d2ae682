import numpy as np
import pytest

from clipsorter.analyse import Example, Question
from clipsorter.analyse.measuring import decided_photos, questions_about
from clipsorter.analyse.scoring import teach
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds, rank
from tests.colour_encoder import ColourEncoder

QUESTION = Question([Category("red"), Category("green"), Category("blue")], Thresholds(0.5, 0.1), top=3)
RED, GREEN, BLUE = (1, 0, 0), (0, 1, 0), (0, 0, 1)


def example(number, category, vector, is_positive=True):
    return Example(bytes([number]) * 16, None, category, is_positive, np.array(vector, np.float32))


def decided(examples):
    lesson = teach(ColourEncoder(), QUESTION, examples, np.eye(3, dtype=np.float32)[np.arange(30) % 3])
    return decided_photos(lesson, QUESTION, examples)


def test_each_decided_photo_counts_once_and_by_what_was_said_of_it():
    found = decided([
        example(1, "red", RED), example(2, "red", (0.99, 0.14, 0)), example(3, "green", (0.98, 0, 0.2)),
        example(3, "red", (0.98, 0, 0.2), is_positive=False), example(4, "blue", RED, is_positive=False),
    ])  # fmt: skip
    assert len(found.answers) == 4
    assert found.is_there.astype(int).tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 0]]
    assert found.is_told.astype(int).tolist() == [[1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 0, 1]]
    precision = found.precision(0)
    assert (precision.right, precision.count) == (2, 3)  # the third is called red, and is green


def test_threshold_of_a_category_decides_what_counts_as_its_answer():
    examples = [example(number, "red", RED) for number in range(9)]
    assert decided(examples).precision(0).count == 9
    strict = Question([Category("red", threshold=1.0), *QUESTION.categories[1:]], QUESTION.thresholds)
    lesson = teach(ColourEncoder(), strict, examples, np.eye(3, dtype=np.float32))
    assert decided_photos(lesson, strict, examples).precision(0).count == 0


@pytest.fixture
def answers():
    """Return 40 photos with a share of 0.05 to 0.95 for the first of two categories; sure from 0.7 on."""
    share = np.linspace(0.05, 0.95, 40, dtype=np.float32)
    probability = np.stack([share, 1 - share], axis=1)
    return rank(probability, probability, np.zeros(40, bool), ["red", "green"], Thresholds(0.7, 0.1))


def vectors(count=40):
    drawn = np.random.default_rng(0).random((count, 3), np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def test_half_of_the_questions_are_sure_and_half_unsure_and_none_is_closed(answers):
    is_open = np.ones(40, bool)
    is_open[[20, 35]] = False
    rows = questions_about(ColourEncoder(), vectors(), answers, 0, is_open)
    assert len(set(rows.tolist())) == 10
    assert is_open[rows].all()
    assert (answers.best[rows, 0] == 0).all()
    assert answers.is_sure[rows].sum() == 5


def test_second_best_guesses_fill_up_and_what_is_far_off_is_no_question(answers):
    is_open = np.ones(40, bool)
    is_open[20:] = False  # where it is the best
    rows = questions_about(ColourEncoder(), vectors(), answers, 0, is_open)
    share = np.linspace(0.05, 0.95, 40)
    assert len(rows) == 10
    assert (share[rows] >= 0.1).all()
    assert len(questions_about(ColourEncoder(), vectors(), answers, 0, np.zeros(40, bool))) == 0
