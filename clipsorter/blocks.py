"""Arithmetic on very many photos, block by block, so that what is in work stays in the processor's cache."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_ROWS = 16_384  # so many that threads seldom wait for the interpreter between two steps; 8192 take half more
_MOST_THREADS = 4  # the memory is what more of them would wait for


def each_block(count: int, work: Callable[[slice], None], rows: int = _ROWS) -> None:
    """Have `work` do some rows at a time, in threads: NumPy lets go of the interpreter meanwhile."""
    blocks = [slice(first, min(first + rows, count)) for first in range(0, count, rows)]
    threads = min(len(blocks), os.cpu_count() or 1, _MOST_THREADS)
    if threads < 2:
        for block in blocks:
            work(block)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, blocks):  # raises what a block raised
            pass
