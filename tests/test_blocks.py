import numpy as np
import pytest

from clipsorter.blocks import each_block, products


@pytest.mark.parametrize("count", [0, 1, 32_768, 32_769, 150_000])
def test_each_row_is_worked_on_once(count):
    times = np.zeros(count, int)

    def work(block):
        times[block] += 1
        assert block.stop - block.start == len(times[block])

    each_block(count, work)
    assert (times == 1).all()


def test_a_failure_in_a_block_is_not_lost():
    def work(block):
        if block.start:
            raise MemoryError

    with pytest.raises(MemoryError):
        each_block(70_000, work)


@pytest.mark.parametrize(("some", "many"), [(0, 3), (1, 0), (3, 5), (2, 70_000)])
def test_products_are_those_of_one_multiplication(some, many):
    generator = np.random.default_rng(0)
    vectors = [generator.standard_normal((count, 16), dtype=np.float32) for count in (some, many)]
    found = products(*vectors)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, vectors[0] @ vectors[1].T, atol=1e-5)
