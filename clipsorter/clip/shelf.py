"""Very many vectors as bytes, so that one of them all is compared in the time that memory needs to be read.

A million vectors of 512 float32 are 2 GB, which two cores read in 150 ms; as int8 they are a quarter. The rounding
moves a cosine by 0.004 at most: good enough to find a shortlist, which is then compared exactly
(`tests/benchmarks/search.py`).

The products are FBGEMM's, a part of torch. Without AVX-512 it takes 60 ms of one core for those, where oneDNN takes 300
and adds in 16 bits, which overflow: that moved a cosine by 0.02. FBGEMM would overflow as well, but for a sought vector
of seven bits.
"""

import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray

_AT_ONCE = 16_384  # vectors that are rounded together; those after the last full block stay as they are
_TINY = np.float32(1e-12)
_HIGHEST = np.float32(63)  # of the seven bits, which begin at -64


class Bytes:
    """A growing number of vectors [N, D], each rounded with a scale of its own: they take N × D bytes."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._waiting: list[NDArray[np.float32]] = []

    def __len__(self) -> int:
        return len(self._blocks) * _AT_ONCE + sum(map(len, self._waiting))

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, D]."""
        waiting, blocks = [*self._waiting, vectors.copy()], []
        if sum(map(len, waiting)) >= _AT_ONCE:
            joined = np.concatenate(waiting)
            whole = len(joined) // _AT_ONCE * _AT_ONCE
            blocks = [_Block(joined[first : first + _AT_ONCE]) for first in range(0, whole, _AT_ONCE)]
            waiting = [joined[whole:].copy()]
        self._waiting = waiting  # last, with the blocks: whoever runs out of memory adds the vectors again
        self._blocks += blocks

    def products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scalar product of a vector [D] with each of them, both rounded: float32 [N]."""
        found = self._threaded(lambda block: block.products(vector))
        found += [vectors @ vector for vectors in self._waiting]
        return np.concatenate(found) if found else np.empty(0, np.float32)

    def closer_products(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scalar products of M vectors [M, D] with each of them, which alone is rounded: float32 [N, M]."""
        found = self._threaded(lambda block: block.closer_products(vectors))
        found += [vectors @ waiting.T for waiting in self._waiting]
        return np.concatenate(found, axis=1).T if found else np.empty((0, len(vectors)), np.float32)

    def _threaded(self, work: Callable[["_Block"], NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        # Threads of our own: those of torch wait for each other after each block, and long where others have a core.
        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            return list(pool.map(work, self._blocks))


class _Block:
    """Vectors [N, D] that are rounded, by bytes where this machine multiplies those faster than float32."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._halves = None
        if not can_shelve():
            self._halves = vectors.astype(np.float16)
            return
        whole = torch.from_numpy(vectors)
        scale = whole.abs().amax(dim=1).clamp_min_(float(_TINY)) / 127
        rounded = (whole / scale[:, None]).round_().to(torch.int8)
        zero = torch.zeros(len(vectors), dtype=torch.int64)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "torch.quantize_per_tensor")  # is to go: then `can_shelve` says no
            weights = torch._make_per_channel_quantized_tensor(rounded, scale.double(), zero, 0)
            self._bytes = torch.ops.quantized.linear_prepack(weights, None)

    def products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Multiply: the photos take the place of a layer's weights here, and the vector that of its only token."""
        if self._halves is not None:
            return np.asarray(self._halves.astype(np.float32) @ vector)
        return self._multiply(vector[None])[0]

    def closer_products(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Multiply by [M, D] in two parts, of which the second is what the rounding of the first left: [M, N]."""
        if self._halves is not None:
            return np.asarray(vectors @ self._halves.astype(np.float32).T)
        scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), _TINY) / _HIGHEST
        high = np.round(vectors / scale)
        low = np.round(2 * _HIGHEST * (vectors / scale - high))
        ends = np.zeros((1, vectors.shape[1]), np.float32)
        ends[0, 0], ends[0, -1] = (
            -_HIGHEST - 1,
            _HIGHEST,
        )  # with 128 steps between them, a step is 1: nothing is rounded
        found = self._multiply(np.concatenate([high, low, ends]))
        high_found, low_found = found[: len(vectors)], found[len(vectors) : -1]
        products: NDArray[np.float32] = scale * (high_found + low_found / (2 * _HIGHEST))
        return products

    def _multiply(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        seven_bits = True
        found: NDArray[np.float32] = torch.ops.quantized.linear_dynamic(
            torch.from_numpy(vectors), self._bytes, seven_bits
        ).numpy()
        return found


def can_shelve() -> bool:
    """Tell whether this machine multiplies bytes faster than float32."""
    return torch.backends.quantized.engine in {"x86", "fbgemm"} and hasattr(torch, "_make_per_channel_quantized_tensor")
