"""Very many unit vectors as bytes, so that one of them all is compared in the time that memory needs to be read.

A million vectors of 512 float32 are 2 GB, which two cores read in 150 ms; as int8 they are a quarter. The rounding
moves a cosine by 0.002 at most: good enough to find a shortlist, which is then compared exactly
(`tests/benchmarks/search.py`).
"""

import numpy as np
import torch
from numpy.typing import NDArray

from clipsorter.clip.linear import HAS_ONEDNN

_AT_ONCE = 65_536
_TINY = 1e-12


class Shelf:
    """Vectors [N, D], each with a scale of its own; they take N × D bytes."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        """Round the vectors; takes seconds for a million."""
        rounded = torch.empty(vectors.shape, dtype=torch.int8)
        self._scale = torch.empty(len(vectors))
        for first in range(0, len(vectors), _AT_ONCE):
            part = torch.from_numpy(vectors[first : first + _AT_ONCE])
            scale = part.abs().amax(dim=1).clamp_min_(_TINY) / 127
            rounded[first : first + len(part)] = (part / scale[:, None]).round_()
            self._scale[first : first + len(part)] = scale
        self._zero = torch.zeros(len(vectors), dtype=torch.int32)
        self._bytes = torch.ops.onednn.qlinear_prepack(rounded, None)

    def products(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the scalar product of a vector [D] with each on the shelf, rounded: float32 [N].

        The photos take the place of a layer's weights here, and the vector that of its only token.
        """
        token = torch.from_numpy(vector)[None]
        scale = float(token.abs().max().clamp_min(_TINY)) / 127
        shifted = (token / scale + 128.5).to(torch.uint8)
        product = torch.ops.onednn.qlinear_pointwise(
            shifted, scale, 128, self._bytes, self._scale, self._zero,
            None, 1.0, 0, torch.float32, "none", [], "",
        )  # fmt: skip
        found: NDArray[np.float32] = product[0].numpy()
        return found


def can_shelve() -> bool:
    """Tell whether this machine multiplies bytes faster than float32."""
    return HAS_ONEDNN and hasattr(torch.ops.onednn, "qlinear_pointwise")
