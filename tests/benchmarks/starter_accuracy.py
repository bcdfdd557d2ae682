"""Measure how often the starter names photos rightly: `python tests/benchmarks/starter_accuracy.py PHOTOS`.

PHOTOS is a folder with camera/ (ordinary photos, for which this file has the truth) and imagenet/ (single objects,
lists.json and lists.csv: category lists as users type them, and the photos with a clear answer in each). Prints for
each list how many first answers are right, and with the unsure band of the starter's card how many are sure and right,
sure and wrong, unsure. Photos of none of the categories should be unsure: "filed" says how many are not. The last
lines give each category of each list alone. The single objects may be ones that the network was trained on: the
ordinary photos are the ones to believe.
"""

import argparse
import csv
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import skimage
from numpy.typing import NDArray

from clipsorter.clip.starter import Starter
from clipsorter.photos.decode import decode
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Ranking, Thresholds, rank

NAMES = (
    "dogs", "cats", "people", "food", "flowers", "cars", "buildings", "landscape", "beach", "forest", "sunset",
    "documents", "computers", "insects", "airplanes", "snow",
)  # fmt: skip
# What each photo shows, "|" between answers that are both right, "" for none of the names. One of each picture.
CAMERA = {
    "Landscape_1.jpg": "landscape",
    "aarhus.jpg": "sunset",
    "classic-car.heic": "cars",
    "fin de journée.jpg": "sunset",
    "orientation-90.jpg": "computers",
    "without_exif.jpg": "",
    "IMG_20180725_163423.jpg": "landscape",
    "heic-iphone7.heic": "beach|sunset",
    "door-knocker.jpg": "",
    "sky.jpg": "",
    "greyhounds-looking-for-a-table.heic": "dogs",
    "tahoe-gps.jpg": "snow|forest",
    "cat.hif": "cats",
    "pug.heic": "dogs",
    "arrow.heic": "documents",
    "flower_small.cmyk.jpg": "flowers",
    "flower.png.im_q85_gray.jpg": "flowers",
    "hdr_room.png": "",
    "bicycles.jxl": "",
    "Channel_digital_image_CMYK_color_no_profile.jpg": "people|dogs",
    "bee_animated.gif": "insects",
    "black kitty.jpeg": "cats",
    "books.jpg": "",
    "cake.jpg": "food",
    "camera lens.jpg": "",
    "cautious cat.jpg": "cats",
    "tree.webp": "snow|forest",
    "chess-knight.tiff": "",
    "chess-queen.gif": "",
    "chessboard with rocks.JPG": "",
    "rot0mir0.avif": "landscape",
    "sugarshack.mpo": "buildings|snow|forest",
    "xmp_tags_orientation.png": "flowers",
    "fox.profile0.8bpc.yuv420.avif": "",
    "RAW_KODAK_DC50_é.KDC": "buildings",
    "colorchart.dng": "",
    "Issue 266.jpg": "computers",
    "Canon EOS 1000D.jpg": "people",
    "Nikon Coolpix P7000.webp": "buildings",
    "IMG_2927.HEIC": "",
}
SCIKIT_IMAGE = {
    "astronaut.png": "people",
    "camera.png": "people",
    "chelsea.png": "cats",
    "coffee.png": "food",
    "page.png": "documents",
    "rocket.jpg": "",
    "motorcycle_left.png": "",
    "coins.png": "",
    "grass.png": "",
    "brick.png": "",
    "moon.png": "",
    "clock_motion.png": "",
}

Truth = Sequence[frozenset[str]]


def embed(starter: Starter, paths: Iterable[Path]) -> NDArray[np.float32]:
    pixels = [starter.preprocess(decode(path, starter.card.resolution)) for path in paths]
    return starter.embed(np.stack(pixels))


def judge(starter: Starter, features: NDArray[np.float32], names: Sequence[str]) -> Ranking:
    scores = starter.score(features, [Category(name) for name in names])
    band = Thresholds(starter.card.min_probability, starter.card.min_margin)
    return rank(scores.similarity, scores.probability, scores.none_wins, names, band)


def summarize(title: str, ranking: Ranking, truth: Truth) -> None:
    has_answer = np.array([bool(names) for names in truth])
    is_right = np.array([ranking.names[best] in names for best, names in zip(ranking.best[:, 0], truth, strict=True)])
    sure = ranking.is_sure
    line = f"{title:34}{has_answer.sum():5}"
    for count in (is_right, is_right & sure, ~is_right & sure, ~sure):
        line += f"{count[has_answer].mean():8.2f}"
    if not has_answer.all():
        line += f"   filed {sure[~has_answer].sum()} of {(~has_answer).sum()}"
    print(line)


def ordinary(starter: Starter, photos: Path) -> None:
    bundled = Path(skimage.__file__).with_name("data")
    paths = [*(photos / "camera" / name for name in CAMERA), *(bundled / name for name in SCIKIT_IMAGE)]
    truth = [frozenset(filter(None, each.split("|"))) for each in (*CAMERA.values(), *SCIKIT_IMAGE.values())]
    ranking = judge(starter, embed(starter, paths), NAMES)
    summarize("ordinary photos, 16 names", ranking, truth)
    for row, (path, names) in enumerate(zip(paths, truth, strict=True)):
        decision = ranking.decision(row)
        if not names or decision.predictions[0].category not in names:
            shown = ", ".join(f"{each.category} {each.probability:.2f}" for each in decision.predictions[:2])
            print(f"    {'SURE  ' if decision.category else 'unsure'} {path.name[:34]:34} {shown}")


def single_objects(starter: Starter, folder: Path) -> None:
    lists = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    rows = list(csv.DictReader((folder / "lists.csv").open(encoding="utf-8")))
    files = sorted({row["file"] for row in rows})
    features = dict(zip(files, embed(starter, (folder / name for name in files)), strict=True))
    everything: list[tuple[bool, bool]] = []
    alone = {"found": [], "filed": []}
    for title, names in lists.items():
        chosen = [row for row in rows if row["list"] == title]
        truth = [frozenset((row["category"],)) for row in chosen]
        matrix = np.stack([features[row["file"]] for row in chosen])
        ranking = judge(starter, matrix, names)
        summarize(title, ranking, truth)
        unknown = starter.unknown([Category(name) for name in names])
        if unknown:
            print(f"    unknown: {', '.join(unknown)}")
        right = np.array([names[best] in each for best, each in zip(ranking.best[:, 0], truth, strict=True)])
        everything += zip(right, ranking.is_sure, strict=True)
        for name in names:
            is_this = np.array([name in each for each in truth])
            sure = judge(starter, matrix, [name]).is_sure
            alone["found"] += sure[is_this].tolist()
            alone["filed"] += sure[~is_this].tolist()
    right, sure = np.array(everything).T
    means = (right.mean(), (right & sure).mean(), (~right & sure).mean(), (~sure).mean())
    print(f"{'all lists':34}{len(right):5}" + "".join(f"{each:8.2f}" for each in means))
    print(f"each category alone: found {np.mean(alone['found']):.2f}, others filed {np.mean(alone['filed']):.3f}")


def speed() -> None:
    start = time.perf_counter()
    starter = Starter()
    print(f"loaded in {time.perf_counter() - start:.2f} s")
    pixels = np.random.default_rng(0).integers(0, 256, (64, 224, 224, 3), np.uint8)
    starter.embed(pixels)
    start = time.perf_counter()
    starter.embed(pixels)
    print(f"{64 / (time.perf_counter() - start):.0f} pictures a second on the {starter.device}")
    features = np.random.default_rng(0).random((100_000, 1280), np.float32)
    categories = [Category(name) for name in (*NAMES, "birds", "fish", "boats", "furniture")]
    for title in ("first", "again"):
        start = time.perf_counter()
        starter.score(features, categories)
        print(f"100,000 photos by 20 categories, {title}: {time.perf_counter() - start:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path)
    photos = parser.parse_args().photos
    starter = Starter()
    print(f"{'':34}{'n':>5}{'first':>8}{'right':>8}{'wrong':>8}{'unsure':>8}")
    ordinary(starter, photos)
    single_objects(starter, photos / "imagenet")
    speed()


if __name__ == "__main__":
    main()
