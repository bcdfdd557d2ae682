import numpy as np
import pytest

from clipsorter.clip.shelf import Shelf, can_shelve

pytestmark = pytest.mark.skipif(not can_shelve(), reason="this machine has no fast products of bytes")


def test_rounded_products_are_near_the_exact_ones():
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((1000, 512), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert np.abs(Shelf(vectors).products(vectors[7]) - vectors @ vectors[7]).max() < 0.01


def test_length_of_the_vector_is_kept():
    vectors = np.eye(64, dtype=np.float32)
    wanted = np.linspace(-3, 3, 64, dtype=np.float32)
    assert Shelf(vectors).products(wanted) == pytest.approx(wanted, abs=0.02)
    assert Shelf(vectors).products(np.zeros(64, np.float32)) == pytest.approx(0)
