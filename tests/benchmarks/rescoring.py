"""What an edit of the categories costs: N stored vectors × 20 categories, 512 dimensions, ViT-B/32's shapes.

The weights are random and seeded: this measures speed, not meaning. `prompts` is the text tower for one new category,
`scores` the whole of scoring and ranking for a window (the two best of each photo).

usage: python tests/benchmarks/rescoring.py [--sizes N …] [--json FILE]
"""

import argparse
import json
import statistics
import time
from pathlib import Path

import numpy as np
import torch

from clipsorter.analyse import Question, score
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.model import CLIP, Architecture
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds

CATEGORIES = [Category(f"thing number {number}") for number in range(20)]
ROUNDS = 7


def seeded_encoder() -> ClipEncoder:
    """Make a ViT-B/32 with seeded random weights."""
    torch.manual_seed(0)
    network = CLIP(Architecture(512, 224, 12, 768, 32, 77, 49408, 512, 12)).eval().requires_grad_(False)
    for parameter in network.parameters():
        parameter.normal_(std=0.02)
    network.logit_scale.fill_(4.6052)
    return ClipEncoder(network, catalog()["ViT-B/32"], "cpu")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    encoder = seeded_encoder()
    question = Question(CATEGORIES, Thresholds(0.5, 0.15), top=2)
    score(encoder, np.zeros((1, 512), np.float32), question)
    generator = np.random.default_rng(0)
    vectors = generator.standard_normal((max(options.sizes), 512), dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    print(f"{'photos':>9}{'prompts':>12}{'scores':>12}{'product alone':>15}")
    rows = []
    texts = np.ascontiguousarray(vectors[: len(CATEGORIES)].T)
    for size in options.sizes:
        prompts_s, scores_s, product_s = [], [], []
        for number in range(ROUNDS):
            edited = Question([*CATEGORIES[1:], Category(f"edit {size} {number}")], question.thresholds, top=2)
            started_s = time.perf_counter()
            score(encoder, vectors[:1], edited)
            prompted_s = time.perf_counter()
            score(encoder, vectors[:size], edited)
            scored_s = time.perf_counter()
            vectors[:size] @ texts
            product_s.append(time.perf_counter() - scored_s)
            prompts_s.append(prompted_s - started_s)
            scores_s.append(scored_s - prompted_s)
        row = {"photos": size}
        for name, values in (("prompts_s", prompts_s), ("scores_s", scores_s), ("product_s", product_s)):
            row[name] = statistics.median(values)
        rows.append(row)
        print(
            f"{size:>9}{1000 * row['prompts_s']:>9.1f} ms{1000 * row['scores_s']:>9.1f} ms"
            f"{1000 * row['product_s']:>12.1f} ms",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
