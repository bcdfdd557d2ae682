import numpy as np
import pytest

from clipsorter.sorting.discover import MOST_GROUPS, group_vectors, suggested_count


def scenes(sizes, dimensions=32, seed=0):
    """Return unit vectors in well parted scenes of these sizes, and the scene of each."""
    rng = np.random.default_rng(seed)
    scene = np.repeat(np.arange(len(sizes)), sizes)
    rng.shuffle(scene)
    centres = np.linalg.qr(rng.standard_normal((dimensions, len(sizes))))[0].T
    vectors = centres[scene] + 0.05 * rng.standard_normal((len(scene), dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32), scene


def test_scenes_are_found_the_largest_first():
    vectors, scene = scenes([40, 25, 10])
    groups = group_vectors(vectors, 3)
    assert [len(rows) for rows in groups] == [40, 25, 10]
    assert all(len(set(scene[rows])) == 1 for rows in groups)


def test_most_central_photos_come_first():
    vectors, _ = scenes([60, 50])
    rows = group_vectors(vectors, 2)[0]
    centre = vectors[rows].mean(axis=0)
    assert vectors[rows[0]] @ centre > vectors[rows[-1]] @ centre


def test_same_photos_give_the_same_groups():
    vectors, _ = scenes([30, 30, 30])
    first, again = group_vectors(vectors, 3), group_vectors(vectors, 3)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))


def test_each_photo_is_in_one_group_also_beyond_the_sample():
    vectors, _ = scenes([15_000, 9_000], dimensions=8)
    assert sorted(np.concatenate(group_vectors(vectors, 5)).tolist()) == list(range(24_000))


def test_few_or_equal_photos_make_fewer_groups():
    assert group_vectors(np.empty((0, 8), np.float32), 4) == []
    assert len(group_vectors(np.eye(2, dtype=np.float32), 5)) == 2
    assert len(group_vectors(np.ones((9, 4), np.float32) / 2, 5)) == 1


@pytest.mark.parametrize(("photos", "count"), [(1, 2), (50, 5), (10**6, MOST_GROUPS)])
def test_count_grows_with_the_photos(photos, count):
    assert suggested_count(photos) == count
