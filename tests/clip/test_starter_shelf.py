from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from clipsorter.clip.encoder import Sought

PICTURES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png", "motorcycle_left.png", "clock_motion.png")
NONE = np.empty((0, 0), np.float32)


@pytest.fixture(scope="module")
def features(starter):
    folder = Path(skimage.__file__).with_name("data")
    pixels = [starter.preprocess(Image.open(folder / name).convert("RGB")) for name in PICTURES]
    return starter.embed(np.stack(pixels))


def shelved(starter, features):
    shelf = starter.shelf()
    for row in range(len(features)):
        shelf.add(features[row : row + 1])
    return shelf


@pytest.mark.parametrize(
    "phrases", [(("cat", 1.0),), (("people", 1.0), ("cat", -2.0)), (("vehicle", 1.0),), (("xqzzy", 1.0),)]
)
def test_words_find_nearly_what_all_classes_would(starter, features, phrases):
    shelf = shelved(starter, features)
    exact = starter.relevance(features, Sought(phrases, NONE))
    assert len(shelf) == len(features)
    assert shelf.relevance(Sought(phrases, NONE)) == pytest.approx(exact, abs=0.05)


def test_likeness_is_that_of_the_encoder(starter, features):
    sought = Sought((("coffee", 1.0),), features[[0, 3]], (1.0, -0.5))
    assert shelved(starter, features).relevance(sought) == pytest.approx(starter.relevance(features, sought), abs=0.05)
    alone = Sought((), features[:1], (1.0,))
    assert shelved(starter, features).relevance(alone).argmax() == 0


def test_sure_photo_scores_one_at_most(starter, features):
    assert 0.9 < starter.relevance(features, Sought((("cat", 1.0),), NONE)).max() <= 1


def test_nothing_is_found_on_an_empty_shelf(starter):
    assert len(starter.shelf().relevance(Sought((("cat", 1.0),), NONE))) == 0


def test_photos_that_found_no_memory_are_added_again(starter, features, monkeypatch):
    shelf = starter.shelf()
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_side_by_side", lambda *given: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            shelf.add(features)
    shelf.add(features)
    assert len(shelf.relevance(Sought((("cat", 1.0),), NONE))) == len(features)
