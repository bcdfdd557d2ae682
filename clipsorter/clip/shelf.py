"""Very many vectors as bytes, so that one of them all is compared in the time that memory needs to be read.

A million vectors of 512 float32 are 2 GB, which two cores read in 150 ms; as int8 they are a quarter. The rounding
moves a cosine by 0.004 at most: good enough to find a shortlist, which is then compared exactly
(`tests/benchmarks/search.py`).

The products are FBGEMM's, a part of torch. Without AVX-512 it takes 60 ms of one core for those, where oneDNN takes 300
and adds in 16 bits, which overflow: that moved a cosine by 0.02. FBGEMM would overflow as well, but for a sought vector
of seven bits.
"""

import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from numpy.typing import NDArray

_AT_ONCE = 16_384  # vectors that are rounded together; those after the last full block stay as they are
_TINY = 1e-12


class Bytes:
    """A growing number of vectors [N, D], each rounded with a scale of its own: they take N × D bytes."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._waiting: list[NDArray[np.float32]] = []

    def __len__(self) -> int:
        return len(self._blocks) * _AT_ONCE + sum(map(len, self._waiting))

    def add(self, vectors: NDArray[np.float32]) -> None:
        """Add vectors [n, D]."""
        self._waiting.append(vectors.copy())
        if sum(map(len, self._waiting)) < _AT_ONCE:
            return
        waiting = np.concatenate(self._waiting)
        whole = len(waiting) // _AT_ONCE * _AT_ONCE
        self._blocks += [_Block(waiting[first : first + _AT_ONCE]) for first in range(0, whole, _AT_ONCE)]
        self._waiting = [waiting[whole:].copy()]

    def products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scalar product of a vector [D] with each of them, rounded: float32 [N]."""
        # Threads of our own: those of torch wait for each other after each block, and long where others have a core.
        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            found = list(pool.map(lambda block: block.products(vector), self._blocks))
        found += [vectors @ vector for vectors in self._waiting]
        return np.concatenate(found) if found else np.empty(0, np.float32)


class _Block:
    """Vectors [N, D] that are rounded, by bytes where this machine multiplies those faster than float32."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._halves = None
        if not can_shelve():
            self._halves = vectors.astype(np.float16)
            return
        whole = torch.from_numpy(vectors)
        scale = whole.abs().amax(dim=1).clamp_min_(_TINY) / 127
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
        seven_bits = True
        product = torch.ops.quantized.linear_dynamic(torch.from_numpy(vector)[None], self._bytes, seven_bits)
        found: NDArray[np.float32] = product[0].numpy()
        return found


def can_shelve() -> bool:
    """Tell whether this machine multiplies bytes faster than float32."""
    return torch.backends.quantized.engine in {"x86", "fbgemm"} and hasattr(torch, "_make_per_channel_quantized_tensor")
