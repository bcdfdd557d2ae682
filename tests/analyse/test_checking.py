import csv
from pathlib import Path

import numpy as np
import pytest

from clipsorter.analyse import Question, score
from clipsorter.analyse.checking import Checked, Checking, check
from clipsorter.photos.decode import decode
from clipsorter.sorting.category import Category
from clipsorter.sorting.checkup import Ambiguous, BetterPhrase, Nothing, Overlap, Split, Unknown
from clipsorter.sorting.classifier import Thresholds

PHOTOS = Path(__file__).parents[3] / "shared" / "photos" / "imagenet"
CRANE_BIRD, CONSTRUCTION_CRANE = 134, 517  # classes of the network


@pytest.fixture(scope="module")
def photos(starter):
    """Return the vectors of 120 photos of single objects, float32 [120, 1280]."""
    if not PHOTOS.is_dir():
        pytest.skip(f"needs the photos of {PHOTOS}")
    with (PHOTOS / "labels.csv").open(encoding="utf-8") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    return starter.embed(np.stack([starter.preprocess(decode(PHOTOS / name, 224)) for name in names]))


@pytest.fixture(scope="module")
def cranes(starter):
    """Return vectors that the network takes for eight birds and eight machines, both called crane."""
    weights = starter._network.classifier.weight.detach().numpy()
    noise = np.random.default_rng(0).standard_normal((16, weights.shape[1]))
    directions = weights[[CRANE_BIRD] * 8 + [CONSTRUCTION_CRANE] * 8]
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return np.maximum(9 * directions + 0.1 * noise, 0).astype(np.float32)


def findings(encoder, vectors, names, decided=None, taught=()):
    card = encoder.card
    question = Question(tuple(map(Category, names)), Thresholds(card.min_probability, card.min_margin), 5)
    ranking = score(encoder, vectors, question)
    decided = np.full(len(vectors), -1) if decided is None else np.array(decided)
    checked = Checked(question, vectors, ranking, decided, frozenset(taught))
    return [found for found in check(encoder, checked) if not isinstance(found, Checking)]


def of_kind(found, kind):
    return [each for each in found if isinstance(each, kind)]


def test_puppy_overlaps_dog_and_cat_does_not(starter, photos):
    found = of_kind(findings(starter, photos, ["dog", "puppy", "cat", "car", "flower", "food"]), Overlap)
    assert [(each.kept, each.other) for each in found] == [("dog", "puppy")]
    assert found[0].likeness > 0.8
    assert found[0].prompts == ("a photo of a dog", "a photo of a puppy")


def test_synonyms_overlap_and_neighbours_do_not(starter, photos):
    names = "car automobile truck boat ship shoes sneakers bag backpack clock piano guitar".split()
    pairs = {frozenset((each.kept, each.other)) for each in of_kind(findings(starter, photos, names), Overlap)}
    synonyms = {("car", "automobile"), ("shoes", "sneakers"), ("bag", "backpack")}
    assert pairs == {frozenset(pair) for pair in synonyms}


def test_category_that_no_photo_shows_is_found(starter, photos):
    found = of_kind(findings(starter, photos, ["animals", "vehicles", "rocket"]), Nothing)
    assert [(each.category, each.total) for each in found] == [("rocket", 120)]


def test_mixed_category_is_split_and_a_plain_one_is_not(starter, photos):
    names = ["animals", "vehicles", "food", "clothing", "buildings", "landscape", "electronics", "furniture", "people"]
    (split,) = of_kind(findings(starter, photos, names), Split)
    assert split.category == "animals"
    assert [part.name for part in split.parts][:2] == ["dog", "bird"]
    dogs, birds = (set(part.photos.tolist()) for part in split.parts[:2])
    assert dogs <= set(range(12, 20))  # of 120, in the order of the classes
    assert birds <= {2, 4, 5, 9, 10, 11}
    assert sum(len(part.photos) for part in split.parts) <= split.count
    dogs = np.concatenate([photos[12:19]] * 4)
    assert of_kind(findings(starter, dogs, ["dog", "cat"]), Split) == []


def test_word_that_means_nothing_is_named_unless_it_was_taught(starter, photos):
    assert [each.category for each in of_kind(findings(starter, photos, ["animals", "Rex"]), Unknown)] == ["Rex"]
    assert of_kind(findings(starter, photos, ["animals", "Rex"], taught=["Rex"]), Unknown) == []


def test_decided_photos_show_that_a_phrase_is_better_than_its_ambiguous_noun(starter, cranes):
    (found,) = of_kind(findings(starter, cranes, ["crane", "building"], [0] * 8 + [1] * 8), BetterPhrase)
    assert (found.category, found.phrase) == ("crane", "crane bird")
    assert (found.decided, found.right, found.wrong) == (16, 8, 0)
    assert (found.right_by_name, found.wrong_by_name) == (8, 8)


def test_without_decisions_all_meanings_are_told_and_none_is_preferred(starter, cranes):
    found = findings(starter, cranes, ["crane", "building"])
    assert of_kind(found, BetterPhrase) == []
    (meanings,) = of_kind(found, Ambiguous)
    assert {part.name: sorted(part.photos.tolist()) for part in meanings.parts} == {
        "crane bird": list(range(8)),
        "construction crane": list(range(8, 16)),
    }
    both = [0, *[-1] * 7, 0, *[-1] * 7]  # a bird and a machine, put there by the user
    assert of_kind(findings(starter, cranes, ["crane", "building"], both), Ambiguous) == []
    assert of_kind(findings(starter, cranes[:8], ["crane", "building"]), Ambiguous) == []


def test_kinds_of_one_thing_are_no_meanings(starter, photos):
    names = ["dog", "cat", "bird", "bear", "ball", "clock", "car", "boat", "shoe"]
    assert of_kind(findings(starter, np.concatenate([photos] * 3), names), Ambiguous) == []


def test_nothing_is_said_without_photos_or_categories(starter):
    assert findings(starter, np.empty((0, 1280), np.float32), ["dog"]) == []
