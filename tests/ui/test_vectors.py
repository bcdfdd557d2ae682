import numpy as np

from clipsorter.ui.vectors import Vectors


def test_vectors_are_there_in_order_through_growth():
    generator, vectors, parts = np.random.default_rng(0), Vectors(), []
    for number in range(40):
        parts.append(generator.random((97, 8), dtype=np.float32))
        vectors.append(range(97 * number, 97 * (number + 1)), parts[-1])
    assert vectors.rows == list(range(97 * 40))
    assert np.array_equal(vectors.matrix, np.concatenate(parts))


def test_matrix_is_the_same_array_until_something_is_added():
    vectors = Vectors()
    vectors.append([0], np.ones((1, 4), np.float32))
    assert vectors.matrix is vectors.matrix
