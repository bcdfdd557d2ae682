"""Arithmetic on very many photos, block by block, so that what is in work stays in the processor's cache."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

_ROWS = 32_768  # so many that threads seldom wait for the interpreter between two steps; a quarter takes half more
_MOST_THREADS = 4  # the memory is what more of them would wait for


def each_block(count: int, work: Callable[[slice], None], rows: int = _ROWS) -> None:
    """Have `work` do at most some rows at a time, in threads: NumPy lets go of the interpreter meanwhile."""
    threads = min(-(-count // rows), os.cpu_count() or 1, _MOST_THREADS)
    if threads < 2:
        for first in range(0, count, rows):
            work(slice(first, min(first + rows, count)))
        return
    rounds = -(-count // (threads * rows))
    ends = [count * number // (threads * rounds) for number in range(threads * rounds + 1)]  # all have as much to do
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, map(slice, ends[:-1], ends[1:])):  # raises what a block raised
            pass


def products(some: NDArray[np.float32], very_many: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the scalar products of M vectors [M, D] with N [N, D], float32 [M, N]; what lies along memory is N."""
    found = np.empty((len(some), len(very_many)), np.float32)

    def work(rows: slice) -> None:
        np.matmul(some, very_many[rows].T, out=found[:, rows])

    each_block(len(very_many), work)
    return found
