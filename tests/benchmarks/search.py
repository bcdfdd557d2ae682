"""Measure a search over many photos, after its words are encoded: `python -m tests.benchmarks.search [PHOTOS]`.

For CLIP, vectors are random unit vectors of its length, and a random direction stands for the words. For the starter,
features are mixtures of two of scikit-image's pictures each, which are less sure than real ones. Prints milliseconds of
the best and the middle of 15 searches, how much of that this process computed (which counts where other programs have
the cores as well: divide by the threads for what an idle machine needs), the middle of what it takes the same threads
to read bytes alone, one for each dimension of each photo, how many of the true best 200 it finds, and what a photo
takes in memory. PHOTOS is 1,000,000 for CLIP and 50,000 for the starter unless given: the starter takes
minutes to look at a million. The truth is asked of the first 20,000.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import skimage
import torch
from numpy.typing import NDArray
from PIL import Image

from clipsorter.analyse import best_on, rank_vectors
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import Encoder, Sought, load_encoder
from clipsorter.clip.vectors import unit

_TOP, _ROUNDS, _TRUTH, _AT_ONCE = 200, 15, 20_000, 4096
_PICTURES = ("chelsea.png", "coffee.png", "rocket.jpg", "astronaut.png", "motorcycle_left.png", "page.png", "coins.png")
_NONE = np.empty((0, 0), np.float32)

Floats = NDArray[np.float32]


class Directions(ClipEncoder):
    """The real encoder without a network: words are vectors that were encoded before."""

    def __init__(self, vectors: dict[str, Floats]) -> None:
        self._card = catalog()["ViT-B/32"]
        self._prompt_vectors = vectors


def random_vectors(count: int) -> Iterator[Floats]:
    rng = np.random.default_rng(0)
    for first in range(0, count, _AT_ONCE):
        yield unit(rng.standard_normal((min(_AT_ONCE, count - first), 512), np.float32))


def mixtures(starter: Encoder, count: int) -> Iterator[Floats]:
    folder, rng = Path(skimage.__file__).with_name("data"), np.random.default_rng(0)
    pixels = [starter.preprocess(Image.open(folder / name).convert("RGB")) for name in _PICTURES]
    features = starter.embed(np.stack(pixels))
    for first in range(0, count, _AT_ONCE):
        one, other = rng.integers(len(features), size=(2, min(_AT_ONCE, count - first)))
        share = rng.random((len(one), 1), np.float32)
        yield share * features[one] + (1 - share) * features[other]


def reading_ms(numbers: NDArray[np.int64]) -> float:
    """Return how long it takes to read numbers."""
    start_s = time.perf_counter()
    with ThreadPoolExecutor(torch.get_num_threads()) as pool:
        for _ in pool.map(np.max, np.array_split(numbers, 64)):
            pass
    return 1000 * (time.perf_counter() - start_s)


def measure(
    encoder: Encoder, parts: Callable[[int], Iterator[Floats]], count: int, searches: dict[str, Sought]
) -> None:
    before_bytes = psutil.Process().memory_info().rss
    shelf, start_s = encoder.shelf(), time.perf_counter()
    for part in parts(count):
        shelf.add(part)
    load_s = time.perf_counter() - start_s
    taken_bytes = psutil.Process().memory_info().rss - before_bytes
    some, small = np.concatenate(list(parts(_TRUTH))), encoder.shelf()
    small.add(some)
    as_bytes = np.ones((count, some.shape[1] // 8), np.int64)
    for title, sought in searches.items():
        best_on(shelf, encoder, sought, _TOP, lambda places: some[places % len(some)])
        taken_ms, computed_ms, read_ms = [], [], []
        for _ in range(_ROUNDS):
            read_ms.append(reading_ms(as_bytes))
            start_s, computed_s = time.perf_counter(), time.process_time()
            best_on(shelf, encoder, sought, _TOP, lambda places: some[places % len(some)])
            taken_ms.append(1000 * (time.perf_counter() - start_s))
            computed_ms.append(1000 * (time.process_time() - computed_s))
        found = best_on(small, encoder, sought, _TOP, lambda places: some[places])
        right = len(set(rank_vectors(encoder, some, sought, _TOP)[0].tolist()).intersection(found.tolist()))
        print(
            f"{title:20}{count:11,}{load_s:9.1f}{min(taken_ms):9.1f}{statistics.median(taken_ms):9.1f}"
            f"{min(computed_ms):9.1f}{statistics.median(read_ms):9.1f}{right:9}{taken_bytes / count:9.0f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=int, nargs="?")
    parser.add_argument("--only", choices=("clip", "starter"))
    options = parser.parse_args()
    print(f"{torch.get_num_threads()} threads")
    heads = (
        ("photos", 11),
        ("load s", 9),
        ("best ms", 9),
        ("mid ms", 9),
        ("cpu ms", 9),
        ("read ms", 9),
        (f"of {_TOP}", 9),
        ("bytes", 9),
    )
    print(" " * 20 + "".join(f"{head:>{width}}" for head, width in heads))
    if options.only != "clip":
        starter = load_encoder("starter")
        photo = next(mixtures(starter, 1))
        searches = {
            "starter, one word": Sought((("cat", 1.0),), _NONE),
            "starter, two words": Sought((("cat", 1.0), ("people", -1.0)), _NONE),
            "starter, a photo": Sought((), photo, (1.0,)),
        }
        measure(starter, lambda count: mixtures(starter, count), options.photos or 50_000, searches)
    if options.only != "starter":
        words = unit(np.random.default_rng(1).standard_normal(512, np.float32))
        clip = Directions({"a photo of a cat": words})
        measure(clip, random_vectors, options.photos or 1_000_000, {"CLIP, words": Sought((("cat", 1.0),), _NONE)})


if __name__ == "__main__":
    main()
