"""What a decision costs: N stored vectors × 20 categories, of which 10 are taught with 10 examples each, and one more.

The vectors are random and seeded: this measures speed and memory, not meaning. `512` is a CLIP (its scores by a
random text matrix), `1664` the real starter, whose example space has so many dimensions. `many` is a CLIP again, with
32 examples in each of five categories that are much alike: a regression tells them apart.

usage: python -m tests.benchmarks.learning [--photos N]
"""

import argparse
import statistics
import time
import tracemalloc
from pathlib import Path

import numpy as np

from clipsorter.analyse import Example, Question
from clipsorter.analyse.rescoring import Rescoring
from clipsorter.blocks import products
from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.encoder import Scores
from clipsorter.clip.shelf import Bytes
from clipsorter.clip.starter import Starter
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds

NAMES = (
    "dogs", "cats", "people", "food", "flowers", "cars", "buildings", "mountains", "beach", "forest", "sunset",
    "documents", "computers", "insects", "airplanes", "snow", "birds", "fish", "boats", "furniture",
)  # fmt: skip
ROUNDS = 9
AT_ONCE = 4096


class Cosines:
    """Scores like CLIP, by random texts."""

    card = ModelCard("random", "Random", "nothing", 224, 512, min_probability=0.5, min_margin=0.1)
    key = "random"

    def __init__(self, generator):
        self._texts = unit(generator.standard_normal((len(NAMES), 512), dtype=np.float32))

    def unknown(self, categories):
        return []

    def score(self, embeddings, categories):
        similarity = products(self._texts, embeddings)
        probability = np.exp(20 * (similarity - similarity.max(axis=0)))
        probability /= probability.sum(axis=0)
        return Scores(similarity.T, probability.T, np.zeros(len(embeddings), bool))

    def example_space(self, embeddings):
        return embeddings

    def compare(self, embeddings, examples):
        return products(examples, embeddings).T

    def shelf(self):
        return Shelved()


class Shelved(Bytes):
    """Compares as the shelf of CLIP does."""

    def compare(self, examples):
        return self.closer_products(examples)


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def much_alike(generator, photos, kinds):
    """Draw photos of which the first are of the kinds 0, 1, 2 … 0, 1 …, and in which most has nothing to do with it."""
    matrix = generator.normal(0, 0.02, (photos, 512)).astype(np.float32)
    matrix[:, kinds : kinds + 6] += generator.normal(0, 0.6, (photos, 6))
    matrix[np.arange(photos), np.arange(photos) % kinds] += 0.4
    return unit(matrix)


def measure(encoder, matrix, title, taught=10, count=100):
    question = Question([Category(name) for name in NAMES], Thresholds(0.5, 0.1), top=5)
    # Wrong on purpose, so that words give way to examples and all is computed. The newest come first, as in the window.
    examples = [
        Example(row.to_bytes(16, "little"), Path(), NAMES[row % taught], True, matrix[row])
        for row in reversed(range(count + ROUNDS))
    ]
    shelf = encoder.shelf()
    for first in range(0, len(matrix), AT_ONCE):
        shelf.add(matrix[first : first + AT_ONCE])
    kept = Rescoring(shelf)
    started_s = time.perf_counter()
    kept.answer(encoder, matrix, question, [])
    words_s = time.perf_counter() - started_s
    tracemalloc.start()
    kept.answer(encoder, matrix, question, examples[-count:])
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    taken_s = []
    for more in range(1, ROUNDS + 1):
        started_s = time.perf_counter()
        kept.answer(encoder, matrix, question, examples[-count - more :])
        taken_s.append(time.perf_counter() - started_s)
    lesson = kept.lesson
    print(
        f"{title:8}{len(matrix):>9}{1000 * words_s:>12.0f} ms{1000 * statistics.median(taken_s):>12.0f} ms"
        f"{1000 * min(taken_s):>10.0f} ms{held / 2**20:>10.0f} MB   weight {lesson.weight}"
        f"{'' if lesson.regression is None else ', regression'}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    photos = parser.parse_args().photos
    generator = np.random.default_rng(0)
    print(f"{'':8}{'photos':>9}{'words only':>15}{'one decision':>15}{'best':>13}{'kept for it':>13}")
    matrix = unit(generator.standard_normal((photos, 512), dtype=np.float32))
    measure(Cosines(generator), matrix, "512")
    matrix = generator.random((photos, 1280), np.float32)
    measure(Starter(), matrix, "1664")
    measure(Cosines(generator), much_alike(generator, photos, 5), "many", 5, 160)


if __name__ == "__main__":
    main()
