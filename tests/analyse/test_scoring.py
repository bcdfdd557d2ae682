import numpy as np

from clipsorter.analyse import Question, scoring
from clipsorter.analyse.scoring import score
from clipsorter.sorting.category import parse_categories
from clipsorter.sorting.classifier import NO_BAND
from tests.colour_encoder import ColourEncoder


def test_blocks_give_what_one_piece_gives(monkeypatch):
    embeddings = np.random.default_rng(0).random((1000, 3), dtype=np.float32)
    question = Question(parse_categories(["red", "green", "blue"]), NO_BAND, top=2)
    whole = score(ColourEncoder(), embeddings, question)
    monkeypatch.setattr(scoring, "_BLOCK", 64)
    parts = score(ColourEncoder(), embeddings, question)
    for name in ("best", "probability", "similarity", "is_sure"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))
    assert len(parts) == 1000


def test_no_photos_give_an_empty_ranking():
    question = Question(parse_categories(["red"]), NO_BAND)
    assert len(score(ColourEncoder(), np.empty((0, 3), np.float32), question)) == 0
