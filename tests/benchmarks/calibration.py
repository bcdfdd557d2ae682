"""Whether a percentage comes true: expected calibration error on held-back decisions, raw and with the temperature.

PHOTOS is the folder of tests/benchmarks/starter_accuracy.py. For each list with 40 photos or more, half of the photos
are decided and fit the temperature, the other half is held back: the mean over 20 draws. The last line takes the
held-back photos of all lists with 20 decisions and more together, each with the temperature of its list.

usage: python -m tests.benchmarks.calibration PHOTOS
"""

import argparse
import csv
import json
from pathlib import Path

import numpy as np

from clipsorter.clip.starter import Starter
from clipsorter.sorting.category import Category
from clipsorter.sorting.confidence import calibration_error, fit_temperature, warmed
from tests.benchmarks.starter_accuracy import embed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    folder = parser.parse_args().photos / "imagenet"
    starter = Starter()
    rows = list(csv.DictReader((folder / "lists.csv").open(encoding="utf-8")))
    files = sorted({row["file"] for row in rows})
    features = dict(zip(files, embed(starter, (folder / name for name in files)), strict=True))
    print(f"{'':24}{'photos':>7}{'raw':>8}{'fitted':>8}{'temperature':>13}")
    together: list[list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = [[] for _ in range(20)]
    for title, names in json.loads((folder / "lists.json").read_text(encoding="utf-8")).items():
        mine = [row for row in rows if row["list"] == title]
        if len(mine) < 40:
            continue
        truth = np.array([names.index(row["category"]) for row in mine])
        matrix = np.stack([features[row["file"]] for row in mine])
        probability = starter.score(matrix, [Category(name) for name in names]).probability
        generator, errors = np.random.default_rng(0), []
        for draw in range(20):
            order = generator.permutation(len(mine))
            decided, held = order[: len(mine) // 2], order[len(mine) // 2 :]
            temperature = fit_temperature(probability[decided], truth[decided])
            is_right = probability[held].argmax(axis=1) == truth[held]
            raw, fitted = (shares.max(axis=1) for shares in (probability[held], warmed(probability[held], temperature)))
            together[draw].append((raw, fitted, is_right))
            errors.append((calibration_error(raw, is_right), calibration_error(fitted, is_right), temperature))
        means = np.mean(errors, axis=0)
        print(f"{title:24}{len(mine):7}{means[0]:8.3f}{means[1]:8.3f}{means[2]:13.2f}", flush=True)
    pooled = [[np.concatenate(part) for part in zip(*draw, strict=True)] for draw in together]
    raw, fitted = (np.mean([calibration_error(draw[part], draw[2]) for draw in pooled]) for part in (0, 1))
    print(f"{'together':24}{len(pooled[0][0]):7}{raw:8.3f}{fitted:8.3f}")


if __name__ == "__main__":
    main()
