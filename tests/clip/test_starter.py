"""The starter as a whole, with its real weights, on photos that scikit-image carries."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import skimage
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from clipsorter.clip.starter import Starter
from clipsorter.paths import resource
from tests.composed import BUNDLED, person_beside_coffee

PHOTOS = ("astronaut.png", "chelsea.png", "coffee.png", "page.png", "coins.png", "brick.png", "motorcycle_left.png")
NAMES = ("people", "cats", "food", "documents", "dogs", "buildings", "forest", "sunset")


@dataclass(frozen=True)
class Named:
    name: str
    prompts: tuple[str, ...] = ()


def named(*names):
    return [Named(name) for name in names]


@pytest.fixture(scope="module")
def starter():
    return Starter()


@pytest.fixture(scope="module")
def pixels(starter):
    folder = Path(skimage.__file__).with_name("data")
    return np.stack([starter.preprocess(Image.open(folder / name).convert("RGB")) for name in PHOTOS])


@pytest.fixture(scope="module")
def features(starter, pixels):
    return starter.embed(pixels)


def is_sure(starter, scores):
    return (scores.probability.max(axis=1) >= starter.card.min_probability) & ~scores.none_wins


@pytest.mark.parametrize("size", [(224, 224), (640, 480), (1, 1), (3, 900), (5000, 20)])
def test_pictures_of_every_size_become_the_square(starter, size):
    pixels = starter.preprocess(Image.new("RGB", size, (10, 200, 30)))
    assert pixels.shape == (224, 224, 3)
    assert pixels.dtype == np.uint8
    assert (pixels == (10, 200, 30)).all()


def test_square_is_the_middle_seven_eighths_of_the_shorter_side(starter):
    picture = Image.new("RGB", (512, 256), "red")
    picture.paste("blue", (144, 16, 368, 240))
    assert (starter.preprocess(picture) == (0, 0, 255)).all()
    picture.paste("red", (144, 16, 145, 240))
    assert (starter.preprocess(picture)[:, 0] == (255, 0, 0)).all()


def test_gray_pictures_are_taken(starter):
    assert starter.preprocess(Image.new("L", (300, 300), 77)).tolist() == [[[77] * 3] * 224] * 224


def test_features_are_those_of_each_photo_alone(starter, pixels, features):
    assert features.shape == (len(PHOTOS), starter.card.embed_dim)
    assert features.dtype == np.float32
    many = starter.embed(np.concatenate([pixels, pixels, pixels]))
    alone = np.concatenate([starter.embed(pixel[None]) for pixel in pixels])
    assert np.allclose(many, np.concatenate([alone] * 3), atol=1e-4)
    assert starter.embed(pixels[:0]).shape == (0, starter.card.embed_dim)


def test_second_starter_says_the_same(starter, pixels, features):
    other = Starter()
    assert np.array_equal(other.embed(pixels), features)
    assert np.array_equal(
        other.score(features, named(*NAMES)).probability, starter.score(features, named(*NAMES)).probability
    )
    assert other.key == starter.key
    assert other.device == "cpu"


def test_everyday_photos_are_named(starter, features):
    scores = starter.score(features, named(*NAMES))
    answers = [NAMES[best] for best in scores.probability.argmax(axis=1)]
    assert answers[:4] == ["people", "cats", "food", "documents"]
    assert is_sure(starter, scores)[:4].all()
    assert [NAMES[best] for best in scores.similarity.argmax(axis=1)[:4]] == answers[:4]


def test_photos_of_something_else_are_unsure(starter, features):
    sure = is_sure(starter, starter.score(features, named(*NAMES)))
    assert not sure[PHOTOS.index("coins.png") :].any()


@pytest.mark.parametrize("name", ["dogs", "airplanes", "turtles", "sunset", "musical instruments", "rabbit"])
def test_lone_category_does_not_get_what_it_is_not(starter, features, name):
    scores = starter.score(features, named(name))
    assert scores.probability.max() < 0.5
    assert scores.none_wins.all()


@pytest.mark.parametrize(("name", "photo"), [("cats", "chelsea.png"), ("pets", "chelsea.png"), ("people", PHOTOS[0])])
def test_lone_category_gets_what_it_is(starter, features, name, photo):
    sure = is_sure(starter, starter.score(features, named(name)))
    assert np.flatnonzero(sure).tolist() == [PHOTOS.index(photo)]


def test_category_written_twice_is_a_tie(starter, features):
    cat = starter.score(features, named("cat", "food", "Pets/Cat")).probability[PHOTOS.index("chelsea.png")]
    assert cat[0] == cat[2] > 0.35  # so that the lead is too small to be sure: it can't know which one is meant


def test_category_in_singular_and_plural_shares_what_one_would_have(starter, features):
    cat = starter.score(features, named("cats", "food", "cat")).probability[PHOTOS.index("chelsea.png")]
    assert cat[0] + cat[2] > 0.8
    assert cat.sum() <= 1


def test_unknown_categories_are_named_and_score_nothing(starter, features):
    categories = named("People/Anna", "cats", "love", "food")
    assert starter.unknown(categories) == ["People/Anna", "love"]
    scores = starter.score(features, categories)
    assert not scores.probability[:, [0, 2]].any()
    assert not scores.similarity[:, [0, 2]].any()
    expected = starter.score(features, named("cats", "food")).probability
    assert np.allclose(scores.probability[:, [1, 3]], expected, atol=1e-5)


def test_no_category_that_is_known_leaves_everything_to_none(starter, features):
    scores = starter.score(features, named("love", "xyzzyq"))
    assert not scores.probability.any()
    assert scores.none_wins.all()


def slow_score(starter, feature, names):
    """Judge one photo by single words, with loops and in double precision, from the files alone."""
    folder = resource("starter")
    tables, head = np.load(folder / "classes.npz"), np.load(folder / "heads.npz")
    keys = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
    kinds = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
    concepts = json.loads((folder / "concepts.json").read_text(encoding="utf-8"))
    unit = lambda v: np.asarray(v, float) / np.linalg.norm(np.asarray(v, float))  # noqa: E731
    soft = lambda v: np.exp(v - v.max()) / np.exp(v - v.max()).sum()  # noqa: E731
    logits = (
        starter._network.classifier.weight.double().numpy() @ feature
        + starter._network.classifier.bias.double().numpy()
    )
    p, sharp = soft(logits), soft(1.25 * logits)
    q = soft(head["weights"].astype(float) @ np.concatenate([unit(feature), np.sqrt(p)]) + head["bias"])
    words = [unit(np.load(folder / f"words-{keys.index(n) // 5000}.npy")[keys.index(n) % 5000]) for n in names]
    score, other = np.zeros(len(names)), q[-1]
    for held, name, vector in zip(q, concepts, tables["concepts"], strict=False):
        cosines = np.array([unit(vector) @ word for word in words])
        listed = np.array(
            [1.0 if n in concepts[name]["words"] else concepts[name].get("broader", {}).get(n, 0) for n in names]
        )
        listed = np.maximum(listed, [0.5 * (n in concepts[name].get("narrower", [])) for n in names])
        meant = np.maximum(listed, 1 / (1 + np.exp(-(cosines - 0.75) / 0.04)))
        weight = meant * np.exp((cosines + 0.3 * listed) / 0.05)
        score += held * meant.max() * weight / weight.sum()
        other += held * (1 - meant.max()) * concepts[name].get("goes_back", False)
    for index, vector in enumerate(tables["classes"]):
        cosines = np.array([unit(vector) @ word for word in words])
        is_kind = [any(a <= index <= b for a, b in kinds.get(n, [])) for n in names]
        affinity = cosines + 0.3 * (np.array(is_kind) & (cosines >= 0.3))
        background = 0.65 - 0.025 * np.log(len(names))
        score += other * sharp[index] * soft(np.append(affinity, background) / 0.05)[:-1]
    return score


def test_score_equals_the_formula_computed_slowly(starter, features):
    names = ("people", "cat", "food", "document", "building")
    scores = starter.score(features, named(*names))
    for row in range(4):
        assert np.allclose(scores.probability[row], slow_score(starter, features[row].astype(float), names), atol=2e-3)


def test_photos_are_judged_alike_in_small_and_large_matrices(starter, features):
    many = np.tile(features, (1200, 1))  # more than one block
    categories = named(*NAMES)
    expected = starter.score(features, categories)
    scores = starter.score(many, categories)
    assert np.allclose(scores.probability, np.tile(expected.probability, (1200, 1)), atol=1e-4)
    assert np.allclose(scores.similarity, np.tile(expected.similarity, (1200, 1)), atol=1e-4)


def test_changed_vectors_are_judged_anew(starter, features):
    matrix = features.copy()
    before = starter.score(matrix, named(*NAMES)).probability
    matrix[:] = features[::-1]
    assert np.allclose(starter.score(matrix, named(*NAMES)).probability, before[::-1], atol=1e-4)


def test_stored_half_precision_is_good_enough(starter, features):
    whole = starter.score(features, named(*NAMES)).probability
    assert np.allclose(starter.score(features.astype(np.float16), named(*NAMES)).probability, whole, atol=5e-3)


def test_no_photos_are_no_rows(starter):
    scores = starter.score(np.zeros((0, 1280), np.float32), named(*NAMES))
    assert scores.probability.shape == scores.similarity.shape == (0, len(NAMES))
    assert scores.none_wins.shape == (0,)


def test_example_space_has_unit_vectors(starter, features):
    space = starter.example_space(np.concatenate([features, np.zeros((1, 1280), np.float32)]))
    assert space.shape == (len(PHOTOS) + 1, 1280 + 384)
    assert space.dtype == np.float32
    assert np.allclose(np.linalg.norm(space, axis=1), 1, atol=1e-5)


def test_example_space_tells_a_flipped_photo_from_another(starter, pixels):
    space = starter.example_space(starter.embed(np.concatenate([pixels, pixels[:, :, ::-1]])))
    cosines = space[: len(PHOTOS)] @ space[len(PHOTOS) :].T
    assert cosines.argmax(axis=1).tolist() == list(range(len(PHOTOS)))


@settings(max_examples=40, deadline=None)
@given(
    names=st.lists(st.sampled_from([*NAMES, "dog", "animals", "love"]) | st.text(max_size=12), min_size=1, max_size=9),
    seed=st.integers(0, 2**31),
)
def test_whatever_the_names_probabilities_sum_to_at_most_one(starter, names, seed):
    features = np.random.default_rng(seed).exponential(0.4, (3, 1280)).astype(np.float32)
    scores = starter.score(features, named(*names))
    assert scores.probability.shape == (3, len(names))
    assert np.isfinite(scores.probability).all()
    assert scores.probability.min() >= 0
    assert scores.probability.sum(axis=1).max() <= 1 + 1e-4
    assert np.abs(scores.similarity).max() <= 1 + 1e-4
    rest = 1 - scores.probability.sum(axis=1)
    assert (scores.none_wins == (rest > scores.probability.max(axis=1))).all()


def test_compare_gives_the_cosines_of_the_example_space(starter, features):
    space = starter.example_space(features)
    np.testing.assert_allclose(starter.compare(features, space[:3]), space @ space[:3].T, atol=1e-4)


@pytest.fixture(scope="module")
def composed(starter):
    """Return the features of a person beside a cup of coffee, and of both alone."""
    alone = [Image.open(BUNDLED / name).convert("RGB") for name in ("astronaut.png", "coffee.png")]
    return starter.embed(np.stack([starter.preprocess(picture) for picture in (person_beside_coffee(), *alone)]))


def test_a_person_beside_a_cup_is_both(starter, composed):
    asked = named("people", "coffee", "cats", "airplanes")
    fits = starter.presence(composed, asked).probability >= starter.card.min_presence
    assert fits.tolist() == [[True, True, False, False], [True, False, False, False], [False, True, False, False]]
    shares = starter.score(composed[:1], asked).probability[0]
    assert shares[1] < 0.4 < shares[0]  # where there can be but one, the other is out of the question


def test_of_two_things_that_share_the_classes_each_is_found(starter):
    cup, cat = (Image.open(BUNDLED / name).convert("RGB") for name in ("coffee.png", "chelsea.png"))
    both = Image.new("RGB", (560, 448))
    for place, picture in enumerate((cup, cat)):
        both.paste(ImageOps.fit(picture, (280, 448)), (280 * place, 0))
    features = starter.embed(np.stack([starter.preprocess(picture) for picture in (both, cup, cat)]))
    asked = named("coffee", "cats", "dogs", "teapots", "airplanes")
    fits = starter.presence(features, asked).probability >= starter.card.min_presence
    assert [np.flatnonzero(row).tolist() for row in fits] == [[0, 1], [0], [1]]
    assert starter.score(features[:1], asked).probability.max() < 0.5


def test_presence_of_a_category_is_the_same_whatever_else_is_asked(starter, composed):
    together = starter.presence(composed, named("people", "coffee", "food", "cup", "love"))
    for column, name in enumerate(("people", "coffee", "food", "cup")):
        alone = starter.presence(composed, named(name))
        assert np.allclose(together.similarity[:, column], alone.similarity[:, 0], atol=1e-6)
        assert np.allclose(together.probability[:, column], alone.probability[:, 0], atol=1e-6)
    assert not together.probability[:, 4].any()


def test_presence_in_small_and_large_matrices(starter, features):
    many = np.tile(features, (1200, 1))  # more than one block
    expected = starter.presence(features, named(*NAMES))
    found = starter.presence(many, named(*NAMES))
    assert np.allclose(found.probability, np.tile(expected.probability, (1200, 1)), atol=1e-4)
    assert found.probability.min() >= 0
    assert found.probability.max() <= 1
