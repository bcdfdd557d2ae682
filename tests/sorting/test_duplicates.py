from pathlib import Path

import numpy as np
import pytest

from clipsorter.photos.photo import Photo
from clipsorter.sorting.duplicates import Copy, Groups, near_pairs, propose_best


def vectors(count, dimensions, seed=0):
    """Return unit vectors in scenes of five, as photos have them."""
    rng = np.random.default_rng(seed)
    scenes = rng.standard_normal((count // 5 + 1, dimensions))
    found = scenes[np.arange(count) // 5] + 0.4 * rng.standard_normal((count, dimensions))
    found = rng.permutation(found / np.linalg.norm(found, axis=1, keepdims=True))
    return found.astype(np.float32)


def found_by(matrix, least, together=None):
    numbers = np.arange(len(matrix)) if together is None else together
    steps = near_pairs(matrix, least, numbers)
    return {pair for step in steps for pair in zip(step.one.tolist(), step.other.tolist(), strict=True)}


@pytest.mark.parametrize(("count", "dimensions"), [(700, 256), (2500, 128), (300, 8)])
def test_pairs_are_those_of_comparing_all(count, dimensions):
    matrix = vectors(count, dimensions)
    cosine = np.triu(matrix @ matrix.T, 1)
    sure = set(zip(*(each.tolist() for each in np.nonzero(cosine >= 0.851)), strict=True))
    possible = set(zip(*(each.tolist() for each in np.nonzero(cosine >= 0.849)), strict=True))
    assert len(sure) > count
    assert sure <= found_by(matrix, 0.85) <= possible
    assert sure <= found_by(matrix.astype(np.float16), 0.85) <= possible


def test_pairs_that_are_together_are_left_out():
    matrix = np.ones((4, 16), np.float32) / 4
    assert len(found_by(matrix, 0.9)) == 6
    assert found_by(matrix, 0.9, np.array([0, 0, 0, 3])) == {(0, 3), (1, 3), (2, 3)}


def test_what_is_joined_on_the_way_is_not_compared_again():
    matrix, groups, compared = np.ones((5000, 8), np.float32) / np.sqrt(8), Groups(5000), 0
    for step in near_pairs(matrix, 0.9, groups.numbers):
        compared += len(step.one)
        for one, other in zip(step.one.tolist(), step.other.tolist(), strict=True):
            groups.join(one, other)
    assert [len(group) for group in groups.groups()] == [5000]
    assert compared < 100_000  # of 12 million


def test_one_photo_has_no_pairs():
    assert found_by(np.ones((1, 8), np.float32), 0.5) == set()
    assert found_by(np.ones((0, 8), np.float32), 0.5) == set()


def test_groups_are_joined_by_chains():
    groups = Groups(7)
    for pair in ((5, 6), (0, 2), (2, 4), (0, 4)):
        groups.join(*pair)
    assert groups.groups() == [[0, 2, 4], [5, 6]]
    groups.join(6, 0)
    assert groups.groups() == [[0, 2, 4, 5, 6]]
    assert groups.numbers[1] != groups.numbers[3] != groups.numbers[0]


def copy(name="a.jpg", size=1000, **facts):
    return Copy(Photo(Path("/photos") / name, size, 5), **{"width_pixels": 400, "height_pixels": 300, **facts})


@pytest.mark.parametrize(
    ("copies", "best"),
    [
        ([copy(), copy(width_pixels=800)], 1),
        ([copy(sharpness=10), copy(sharpness=80)], 1),
        ([copy(rating=4), copy(width_pixels=800, sharpness=90)], 0),
        ([copy(sharpness=90), copy(keywords=2)], 1),
        ([copy(width_pixels=800), copy(keywords=2)], 0),
        ([copy(size=500), copy(size=900)], 1),
        ([copy("a (1).jpg"), copy("a.jpg")], 1),
        ([copy("b.jpg"), copy("a.jpg")], 1),
    ],
    ids=[
        "larger",
        "sharper",
        "rated",
        "with keywords",
        "larger than what has them",
        "less compressed",
        "named first",
        "in order",
    ],
)
def test_best_is_proposed(copies, best):
    assert propose_best(copies) == best
