import numpy as np

from clipsorter.analyse import Question, score
from clipsorter.sorting.category import parse_categories
from clipsorter.sorting.classifier import NO_BAND, Thresholds
from tests.colour_encoder import ColourEncoder


def test_stored_vectors_are_ranked_without_their_photos():
    question = Question(parse_categories(["red", "green", "blue"]), NO_BAND, top=2)
    ranking = score(ColourEncoder(), np.array([[0, 0, 1], [1, 0, 0]], np.float32), question)
    assert [ranking.decision(row).category for row in range(2)] == ["blue", "red"]
    assert ranking.best.shape == (2, 2)


def test_no_photos_give_an_empty_ranking():
    question = Question(parse_categories(["red"]), NO_BAND)
    assert len(score(ColourEncoder(), np.empty((0, 3), np.float32), question)) == 0


def test_threshold_of_a_category_counts_before_that_of_the_model():
    vectors = np.array([[0, 0, 1], [1, 0, 0]], np.float32)
    question = Question(parse_categories(["red @100%", "green", "blue"]), Thresholds(0.3, 0.1), top=2)
    sure = Question(parse_categories(["red", "green", "blue"]), Thresholds(0.3, 0.1), top=2)
    assert score(ColourEncoder(), vectors, sure).is_sure.tolist() == [True, True]
    assert score(ColourEncoder(), vectors, question).is_sure.tolist() == [True, False]
