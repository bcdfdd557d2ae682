import time

import numpy as np
import pytest
import torch

from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.sight import Head, Sight
from clipsorter.paths import resource

PAST = 0.0


class Looked:
    """A classifier that counts the photos it is given."""

    def __init__(self):
        self.photos = 0
        self._weights = torch.randn(1280, 1000, generator=torch.Generator().manual_seed(0)) / 20

    def __call__(self, features):
        self.photos += len(features)
        return features @ self._weights


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(resource("starter"))


@pytest.fixture
def looked():
    return Looked()


@pytest.fixture
def sight(looked, lexicon):
    head = Head(torch.ones(18, 2280), torch.arange(18.0), torch.zeros(384))
    return Sight(looked, head, lexicon, "cpu")


@pytest.fixture(scope="module")
def features():
    return np.random.default_rng(0).random((2000, 1280), np.float32)


def is_same(one, other):
    return all(np.allclose(getattr(one, part), getattr(other, part), atol=2e-4) for part in one.__slots__)


def test_photos_are_looked_at_once(sight, looked, features):
    seen = sight.see(features)
    assert looked.photos == 2000
    assert is_same(sight.see(features), seen)
    assert is_same(sight.see(features[700:900]), seen.part(slice(700, 900)))
    assert looked.photos == 2000


def test_shares_and_lengths(sight, features):
    seen = sight.see(features[:50])
    assert np.allclose(seen.classes.astype(np.float32).sum(axis=1), 1, atol=2e-3)
    assert np.allclose(seen.concepts.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(seen.scale[:, 0] * np.linalg.norm(features[:50], axis=1), 1, atol=1e-5)
    assert np.allclose(seen.scale[:, 1] * np.linalg.norm(seen.semantic, axis=1), 1, atol=1e-5)


def test_of_a_matrix_that_grows_only_new_photos_are_looked_at(sight, looked, features):
    store = np.empty((1500, 1280), np.float32)
    for first, last in ((0, 400), (400, 1000)):
        store[first:last] = features[first:last]
        sight.see(store[first:last])  # as they come, and
        sight.see(store[:last])  # all of them
    assert looked.photos == 1000
    larger = np.empty((4000, 1280), np.float32)
    larger[:2000] = features
    del store
    seen = sight.see(larger[:2000])
    assert looked.photos == 2000
    assert is_same(seen, sight.look(features))


def test_an_array_that_holds_other_photos_is_looked_at_anew(sight, looked, features):
    matrix = features[:1000].copy()
    sight.see(matrix)
    matrix[300:] = features[1000:1700]
    seen = sight.see(matrix)
    assert is_same(seen, sight.look(matrix))


def test_a_few_photos_do_not_take_the_place_of_a_folder(sight, looked, features):
    sight.see(features)
    few = features[:3].copy()
    for _ in range(2):
        sight.see(few)
    sight.see(features)
    assert looked.photos == len(features) + 3
    few[1] = features[9]
    assert is_same(sight.see(few), sight.look(few))


def test_another_folder_takes_the_place_of_one_that_was_left(sight, looked, features):
    sight.see(features.copy())
    small = features[100:200].copy()
    sight.see(small)
    before = looked.photos
    sight.see(small)
    assert looked.photos == before


def test_preparing_goes_on_where_it_stopped(sight, looked, features):
    sight.see(features)
    other = np.concatenate([features[::-1], features[5:]])
    before, steps = looked.photos, 1
    while not sight.prepare(other[:3500], PAST):
        steps += 1
    assert looked.photos == before + 3500
    assert steps > 1
    assert sight.prepare(other, time.monotonic() + 60)
    assert looked.photos == before + len(other)
    assert is_same(sight.see(other), sight.look(other))


def test_a_vector_that_is_no_number_is_looked_at_once_as_well(sight, looked, features):
    damaged = features[:10].copy()
    damaged[4] = np.nan
    assert sight.prepare(damaged, PAST)
    assert sight.prepare(damaged, PAST)
    assert looked.photos == 10
