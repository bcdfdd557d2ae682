"""Whether a percentage comes true: expected calibration error on held-back decisions, raw and corrected.

PHOTOS is the folder of tests/benchmarks/starter_accuracy.py. Of each list with 25 photos or more, and of the camera's
photos, half, but 20 at least, are decided and fit the correction; the others are held back. Means over the draws, by
words and by words with the examples that the decided photos are. `worse` is the share of draws in which the correction
made the error larger; `strangers` is the error where half as many photos of none of the categories are among those
held back, none of them decided, as in a folder; `wrong` how many of the held-back photos are sure and wrong; `filed`
how many strangers are sure. Strangers are the photos that a list has no clear answer for, so some fit it after all.

usage: python -m tests.benchmarks.calibration PHOTOS [--draws 50]
"""

import argparse
import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import skimage

from clipsorter.clip.starter import Starter
from clipsorter.sorting.calibration import UNCORRECTED
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds, rank
from clipsorter.sorting.confidence import calibration_error
from clipsorter.sorting.examples import Examples
from clipsorter.sorting.learn import Pool, learn
from clipsorter.sorting.lesson import judge, near_by
from tests.benchmarks.starter_accuracy import CAMERA, NAMES, SCIKIT_IMAGE, embed


def lists_of(starter, photos):
    """Yield each list: title, names, features, truth as columns; −1 is none of them."""
    folder = photos / "imagenet"
    rows = list(csv.DictReader((folder / "lists.csv").open(encoding="utf-8")))
    files = sorted({row["file"] for row in rows})
    features = dict(zip(files, embed(starter, (folder / name for name in files)), strict=True))
    for title, names in json.loads((folder / "lists.json").read_text(encoding="utf-8")).items():
        mine = [row for row in rows if row["list"] == title]
        if len(mine) >= 25:
            shown = [row["file"] for row in mine]
            strangers = [name for name in files if name not in shown]
            truth = [names.index(row["category"]) for row in mine] + [-1] * len(strangers)
            yield title, names, np.stack([features[name] for name in shown + strangers]), np.array(truth)
    bundled = Path(skimage.__file__).with_name("data")
    paths = [*(photos / "camera" / name for name in CAMERA), *(bundled / name for name in SCIKIT_IMAGE)]
    first = [each.split("|")[0] for each in (*CAMERA.values(), *SCIKIT_IMAGE.values())]
    yield "camera", NAMES, embed(starter, paths), np.array([NAMES.index(each) if each else -1 for each in first])


def measure(starter, names, matrix, truth, draws):
    """Return for each draw, raw and corrected, by words and with examples: error, strangers, wrong, filed."""
    categories = [Category(name) for name in names]
    words, space = starter.score(matrix, categories), starter.example_space(matrix)
    unknown = set(starter.unknown(categories))
    is_known = np.array([name not in unknown for name in names])
    band = Thresholds(starter.card.min_probability, starter.card.min_margin)
    shown, nowhere = np.flatnonzero(truth >= 0), np.flatnonzero(truth < 0)
    generator, found = np.random.default_rng(0), []
    for _ in range(draws):
        order = generator.permutation(shown)
        decided, held = np.split(order, [max(20, len(order) // 2)])
        mixed = np.append(held, generator.choice(nowhere, min(len(nowhere), len(held) // 2), replace=False))
        examples = Examples(
            space[decided], words.probability[decided], words.none_wins[decided], truth[decided],
            np.ones(len(decided), bool),
        )  # fmt: skip
        taught = learn(examples, is_known, Pool(space, words.probability))
        row = []
        for lesson in (replace(taught, weight=0.0), taught):
            for calibration in (UNCORRECTED, taught.calibration):
                cosines = space @ lesson.examples.vectors.T
                corrected = replace(lesson, calibration=calibration)
                judged = judge(corrected, words.probability, words.none_wins, near_by(lesson, cosines))
                best = judged.probability.argmax(axis=1)
                shares = judged.probability.max(axis=1)
                error, strange = (calibration_error(shares[some], best[some] == truth[some]) for some in (held, mixed))
                ranking = rank(words.similarity, judged.probability, judged.none_wins, names, band, plain=judged.plain)
                wrong = (ranking.is_sure & (best != truth))[held].mean()
                row.append((error, strange, wrong, ranking.is_sure[nowhere].mean()))
        found.append(row)
    return np.array(found)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path)
    parser.add_argument("--draws", type=int, default=50)
    options = parser.parse_args()
    starter, means = Starter(), []
    heads = [f"{title:>16}" for title in ("raw, corrected", "with strangers", "wrong", "filed")]
    print(f"{'':24}{'held':>5}{'':9}{''.join(heads)}{'worse':>8}")
    for title, names, matrix, truth in lists_of(starter, options.photos):
        found = measure(starter, names, matrix, truth, options.draws)
        worse = (found[:, 1::2, 0] > found[:, ::2, 0] + 0.005).mean(axis=0)
        means.append(found.mean(axis=0))
        held = int((truth >= 0).sum()) - max(20, int((truth >= 0).sum()) // 2)
        tell(f"{title:24}{held:5}", means[-1], worse)
    tell(f"{'mean of the lists':29}", np.mean(means, axis=0), ("", ""))


def tell(title, means, worse):
    for kind, raw in (("words", 0), ("taught", 2)):
        pairs = "".join(f"{before:9.3f}{after:7.3f}" for before, after in zip(means[raw], means[raw + 1], strict=True))
        print(f"{title if kind == 'words' else '':29}   {kind:6}{pairs}{worse[raw // 2]:8}", flush=True)


if __name__ == "__main__":
    main()
