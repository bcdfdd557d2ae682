"""Measure a search over many photos, after its words are encoded: `python tests/benchmarks/search.py [PHOTOS]`.

Vectors are random unit vectors of CLIP's length; a random direction stands for the words. Prints milliseconds of the
best and the middle of 15 searches, for plain float32, for float16 by torch, and for what the program does (bytes, and
the best 1,024 exactly), and how many of the true best 100 that finds. `load` is the time until the first search can
begin. PHOTOS is 1,000,000 unless given; memory for 2.6 kB a photo is needed.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from clipsorter.analyse import rank_vectors
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import Sought
from clipsorter.clip.vectors import unit

_DIMENSIONS, _TOP = 512, 100


class Directions(ClipEncoder):
    """The real encoder without a network: words are vectors that were encoded before."""

    def __init__(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        self._card, self._shelved = catalog()["ViT-B/32"], None
        self._prompt_vectors = vectors


def unit_vectors(count: int) -> NDArray[np.float32]:
    rng, vectors = np.random.default_rng(0), np.empty((count, _DIMENSIONS), np.float32)
    for first in range(0, count, 50_000):
        part = vectors[first : first + 50_000]
        part[:] = unit(rng.standard_normal(part.shape, np.float32))
    return vectors


def clock(title: str, search: Callable[[], NDArray[np.int64]], truth: set[int]) -> None:
    start = time.perf_counter()
    found = search()
    load_s, taken_ms = time.perf_counter() - start, []
    for _ in range(15):
        start = time.perf_counter()
        found = search()
        taken_ms.append(1000 * (time.perf_counter() - start))
    right = len(truth.intersection(found.tolist()))
    print(f"{title:24}{load_s:9.2f}{min(taken_ms):9.1f}{statistics.median(taken_ms):9.1f}{right:9}")


def largest(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    return np.argpartition(scores, len(scores) - _TOP)[-_TOP:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=int, nargs="?", default=1_000_000)
    vectors = unit_vectors(parser.parse_args().photos)
    words = unit(np.random.default_rng(1).standard_normal(_DIMENSIONS, np.float32))
    truth = set(largest(vectors @ words).tolist())
    print(f"{len(vectors):,} photos, {torch.get_num_threads()} threads")
    print(f"{'':24}{'load s':>9}{'best ms':>9}{'mid ms':>9}{'of 100':>9}")
    clock("float32", lambda: largest(vectors @ words), truth)
    half, half_words = torch.from_numpy(vectors).half(), torch.from_numpy(words).half()[None]
    clock(
        "float16 (torch)",
        lambda: largest(torch.nn.functional.linear(half_words, half)[0].float().numpy()),
        truth,
    )
    encoder = Directions({"a photo of a cat": words})
    sought = Sought((("cat", 1.0),), np.empty((0, 0), np.float32))
    clock("the program", lambda: rank_vectors(encoder, vectors, sought, _TOP)[0], truth)


if __name__ == "__main__":
    main()
