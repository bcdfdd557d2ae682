import numpy as np
import pytest

from clipsorter.clip import shelf
from clipsorter.clip.shelf import Bytes
from clipsorter.clip.vectors import unit


@pytest.fixture(params=["bytes", "halves"])
def small_blocks(request, monkeypatch):
    """Round already after a few vectors, by bytes and as machines without fast products of bytes do."""
    monkeypatch.setattr(shelf, "_AT_ONCE", 256)
    if request.param == "halves":
        monkeypatch.setattr(shelf, "can_shelve", lambda: False)
    elif not shelf.can_shelve():
        pytest.skip("this machine has no fast products of bytes")


@pytest.mark.usefixtures("small_blocks")
def test_rounded_products_are_near_the_exact_ones_however_they_came():
    vectors = unit(np.random.default_rng(0).standard_normal((1000, 512), np.float32))
    shelved = Bytes()
    for first, last in ((0, 1), (1, 300), (300, 900), (900, 900), (900, 1000)):
        shelved.add(vectors[first:last])
    assert len(shelved) == 1000
    assert np.abs(shelved.products(vectors[7]) - vectors @ vectors[7]).max() < 0.01


@pytest.mark.usefixtures("small_blocks")
def test_where_only_one_side_is_rounded_products_are_nearer():
    vectors = unit(np.random.default_rng(0).standard_normal((1000, 512), np.float32))
    sought = np.concatenate([vectors[:5], 20 * vectors[5:7], np.zeros((1, 512), np.float32)])
    shelved = Bytes()
    shelved.add(vectors)
    found, exact = shelved.closer_products(sought), vectors @ sought.T
    assert found.shape == (1000, 8)
    np.testing.assert_allclose(found[:, :5], exact[:, :5], atol=2e-3)
    np.testing.assert_allclose(found[:, 5:], exact[:, 5:], atol=4e-2)  # 20 times as long
    rough = np.stack([shelved.products(each) for each in sought[:5]], axis=1)
    assert np.square(found[:, :5] - exact[:, :5]).sum() <= np.square(rough - exact[:, :5]).sum()


@pytest.mark.usefixtures("small_blocks")
def test_length_of_the_vector_is_kept():
    shelved, wanted = Bytes(), np.linspace(-3, 3, 64, dtype=np.float32)
    shelved.add(np.tile(np.eye(64, dtype=np.float32), (4, 1)))
    assert shelved.products(wanted)[:64] == pytest.approx(wanted, abs=0.03)  # of seven bits
    assert shelved.products(np.zeros(64, np.float32)) == pytest.approx(0)


@pytest.mark.usefixtures("small_blocks")
def test_sum_of_the_largest_products_does_not_overflow():
    shelved, alike = Bytes(), unit(np.ones((256, 512), np.float32))
    shelved.add(alike)
    assert shelved.products(alike[0]) == pytest.approx(1, abs=0.01)


def test_nothing_is_on_an_empty_shelf():
    assert Bytes().closer_products(np.ones((2, 4), np.float32)).shape == (0, 2)
    assert len(Bytes()) == len(Bytes().products(np.ones(4, np.float32))) == 0


@pytest.mark.usefixtures("small_blocks")
def test_vectors_that_found_no_memory_are_added_again(monkeypatch):
    vectors = unit(np.random.default_rng(0).standard_normal((600, 512), np.float32))
    shelved = Bytes()
    shelved.add(vectors[:200])
    with monkeypatch.context() as patch:
        patch.setattr(shelf, "_Block", lambda vectors: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            shelved.add(vectors[200:])
    assert len(shelved) == 200
    shelved.add(vectors[200:])
    assert len(shelved) == 600
    assert np.abs(shelved.products(vectors[7]) - vectors @ vectors[7]).max() < 0.01
