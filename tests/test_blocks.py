import numpy as np
import pytest

from clipsorter.blocks import each_block


@pytest.mark.parametrize("count", [0, 1, 8192, 8193, 50_000])
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
        each_block(20_000, work)
