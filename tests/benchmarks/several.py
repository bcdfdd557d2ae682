"""Measure how rightly several categories are found in one photo: `python -m tests.benchmarks.several PHOTOS`.

PHOTOS is the folder of starter_accuracy.py. Two of its photos side by side are a photo of two categories; so are some
as they are. For each least probability it prints precision and recall over all photos and categories, then those of
the one category that sorting is sure of. The truth of ordinary photos names what is plainest in them, so what else is
rightly found there counts as wrong. "Examples" are the same lists under names that say nothing, with so many
photos of each category as examples: what is tested are the others, alone and side by side.
"""

import argparse
import csv
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skimage
from numpy.typing import NDArray
from PIL import Image

from clipsorter.analyse import Example, Question, score, teach
from clipsorter.analyse.fitting import fit
from clipsorter.clip.starter import Starter
from clipsorter.photos.decode import decode
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds
from tests.benchmarks.starter_accuracy import CAMERA, NAMES, SCIKIT_IMAGE

_LEAST = (0.3, 0.4, 0.5, 0.6, 0.7)
_PAIRS, _PAIRS_OF_A_LIST = 120, 30
_SIDE = (280, 448)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture, its feature float32 [1280], and what it shows."""

    picture: Image.Image
    feature: NDArray[np.float32]
    truth: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Photos by their features float32 [N, 1280], what they show, and the names that are asked for."""

    names: Sequence[str]
    features: NDArray[np.float32]
    truth: Sequence[frozenset[str]]


def embed(starter: Starter, pictures: Sequence[Image.Image]) -> NDArray[np.float32]:
    return starter.embed(np.stack([starter.preprocess(picture) for picture in pictures]))


def side_by_side(one: Image.Image, other: Image.Image) -> Image.Image:
    both = Image.new("RGB", (2 * _SIDE[0], _SIDE[1]))
    for place, picture in enumerate((one, other)):
        width = min(picture.width, picture.height * _SIDE[0] / _SIDE[1])
        height = width * _SIDE[1] / _SIDE[0]
        left, top = (picture.width - width) / 2, (picture.height - height) / 2
        box = tuple(round(each) for each in (left, top, left + width, top + height))
        both.paste(picture.crop(box).resize(_SIDE, Image.Resampling.BICUBIC), (place * _SIDE[0], 0))
    return both


def pairs(starter: Starter, names: Sequence[str], photos: Sequence[Shown], count: int) -> Trial:
    draw = random.Random(1)
    drawn: list[tuple[Shown, Shown]] = []
    while len(drawn) < count:
        one, other = draw.sample(photos, 2)
        if one.truth and other.truth and one.truth != other.truth:
            drawn.append((one, other))
    features = embed(starter, [side_by_side(one.picture, other.picture) for one, other in drawn])
    return Trial(names, features, [one.truth | other.truth for one, other in drawn])


def singles(names: Sequence[str], photos: Sequence[Shown]) -> Trial:
    return Trial(names, np.stack([each.feature for each in photos]), [each.truth for each in photos])


def counted(fits: NDArray[np.bool_], trial: Trial) -> NDArray[np.int64]:
    """Return how many are right, wrong and missed."""
    is_true = np.array([[name in shown for name in trial.names] for shown in trial.truth])
    return np.array([(fits & is_true).sum(), (fits & ~is_true).sum(), (~fits & is_true).sum()])


def line(title: str, sums: Mapping[object, NDArray[np.int64]]) -> str:
    shares = [
        f"{right / max(1, right + wrong):.2f}/{right / (right + missed):.2f}" for right, wrong, missed in sums.values()
    ]
    return f"{title:32}" + "".join(f"{each:>11}" for each in shares)


def words(starter: Starter, trials: Sequence[Trial]) -> dict[object, NDArray[np.int64]]:
    sums: dict[object, NDArray[np.int64]] = {least: np.zeros(3, np.int64) for least in (*_LEAST, "one-of")}
    band = Thresholds(starter.card.min_probability, starter.card.min_margin)
    for trial in trials:
        question = Question([Category(name) for name in trial.names], band, 1)
        found = fit(starter, trial.features, question, 0.5).probability
        for least in _LEAST:
            sums[least] += counted(found >= least, trial)
        ranking = score(starter, trial.features, question)
        sums["one-of"] += counted(ranking.is_sure[:, None] & (ranking.best == np.arange(len(trial.names))), trial)
    return sums


def examples(
    starter: Starter, lists: Mapping[str, list[Shown]], count: int
) -> dict[str, dict[object, NDArray[np.int64]]]:
    sums = {kind: {least: np.zeros(3, np.int64) for least in _LEAST} for kind in ("alone", "side by side")}
    for title, photos in lists.items():
        draw = random.Random(title)
        by_name: dict[str, list[Shown]] = {}
        for photo in photos:
            by_name.setdefault(*photo.truth, []).append(photo)
        enough = [draw.sample(mine, len(mine)) for mine in by_name.values() if len(mine) > count]
        if len(enough) < 3:
            continue
        hidden = [f"xq{number}" for number in range(len(enough))]
        question = Question([Category(name) for name in hidden], Thresholds(0.5, 0.1), 1)
        given = [
            Example(f"{name} {row}".encode(), Path(), name, True, mine[row].feature)
            for name, mine in zip(hidden, enough, strict=True)
            for row in range(count)
        ]
        lesson = teach(starter, question, given, np.stack([photo.feature for photo in photos]))
        left = [
            Shown(photo.picture, photo.feature, frozenset((name,)))
            for name, mine in zip(hidden, enough, strict=True)
            for photo in mine[count:]
        ]
        trials = {"alone": singles(hidden, left), "side by side": pairs(starter, hidden, left, _PAIRS_OF_A_LIST)}
        for kind, trial in trials.items():
            found = fit(starter, trial.features, question, 0.5, lesson).probability
            for least in _LEAST:
                sums[kind][least] += counted(found >= least, trial)
    return sums


def read(starter: Starter, paths: Sequence[Path], truths: Sequence[frozenset[str]]) -> list[Shown]:
    pictures = [decode(path, 512).convert("RGB") for path in paths]
    return [Shown(*each) for each in zip(pictures, embed(starter, pictures), truths, strict=True)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    folder = parser.parse_args().photos
    starter, bundled = Starter(), Path(skimage.__file__).with_name("data")
    paths = [*(folder / "camera" / name for name in CAMERA), *(bundled / name for name in SCIKIT_IMAGE)]
    truths = [frozenset(filter(None, each.split("|"))) for each in (*CAMERA.values(), *SCIKIT_IMAGE.values())]
    ordinary = read(starter, paths, truths)
    rows = list(csv.DictReader((folder / "imagenet" / "lists.csv").open(encoding="utf-8")))
    asked = json.loads((folder / "imagenet" / "lists.json").read_text(encoding="utf-8"))
    files = sorted({row["file"] for row in rows})
    shown = dict(
        zip(
            files,
            read(starter, [folder / "imagenet" / file for file in files], [frozenset()] * len(files)),
            strict=True,
        )
    )
    lists = {
        title: [
            Shown(shown[row["file"]].picture, shown[row["file"]].feature, frozenset((row["category"],)))
            for row in rows
            if row["list"] == title
        ]
        for title in asked
    }
    print(f"{'precision/recall, from':32}" + "".join(f"{each:>11}" for each in (*_LEAST, "one-of")))
    print(line("ordinary photos", words(starter, [singles(NAMES, ordinary)])))
    print(line("two of them side by side", words(starter, [pairs(starter, NAMES, ordinary, _PAIRS)])))
    print(line("single objects, all lists", words(starter, [singles(asked[each], lists[each]) for each in lists])))
    mixed = {title: photos for title, photos in lists.items() if len({each.truth for each in photos}) > 2}
    doubles = [pairs(starter, asked[title], photos, _PAIRS_OF_A_LIST) for title, photos in mixed.items()]
    print(line("two of them side by side", words(starter, doubles)))
    for count in (1, 3, 5):
        for kind, sums in examples(starter, mixed, count).items():
            print(line(f"{count} examples, {kind}", sums))


if __name__ == "__main__":
    main()
