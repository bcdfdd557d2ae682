"""Measure how duplicates are found: `python tests/benchmarks/duplicates.py PHOTOS [--vectors N]`.

PHOTOS is a folder with camera/ and imagenet/. Of 30 photos of camera/ and of scikit-image, one of each picture, copies
are written that are half as large, recompressed, cropped by 8 % and turned by 3°; the starter looks at all of them, and
"found" says how many copies are in one group with their photo. Then the 100 pairs of different photos that the starter
holds for the most similar are compared, and 100 drawn pages of text: "taken for copies" should be 0. At last N random
vectors (100,000) of CLIP's length, spread as photos are (a cosine of 0.5 between any two, of more in one scene), a
twentieth of them near copies of others, are paired; "found" is the share of these copies, "memory" the most that the
process took.
"""

import argparse
import math
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import skimage
from numpy.typing import NDArray
from PIL import Image

from clipsorter.analyse import Compared, Embedded, Memory, analyse, find_duplicates
from clipsorter.clip.encoder import load_encoder
from clipsorter.clip.vectors import unit
from clipsorter.errors import PhotoError
from clipsorter.library.index import Index
from clipsorter.photos.decode import decode
from clipsorter.photos.detail import SAME, detail_of, sameness
from clipsorter.photos.look import ALIKE, alikeness, look_of
from clipsorter.sorting.duplicates import DuplicateGroup, Groups, near_pairs
from tests.photos.test_detail import page

# Others of camera/ are the same picture again, turned or converted, or hold less than a picture.
CAMERA = (
    "Landscape_1.jpg", "aarhus.jpg", "classic-car.heic", "fin de journée.jpg", "orientation-90.jpg",
    "IMG_20180725_163423.jpg", "heic-iphone7.heic", "door-knocker.jpg", "sky.jpg",
    "greyhounds-looking-for-a-table.heic", "tahoe-gps.jpg", "cat.hif", "pug.heic", "black kitty.jpeg", "books.jpg",
    "cake.jpg", "camera lens.jpg", "cautious cat.jpg", "tree.webp", "sugarshack.mpo", "hdr_room.png", "bicycles.jxl",
)  # fmt: skip
SCIKIT_IMAGE = (
    "astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg", "motorcycle_left.png", "coins.png",
    "brick.png",
)  # fmt: skip
SIDE = 1600  # pixels, at most


def changed(picture: Image.Image) -> Iterator[tuple[str, Image.Image, int]]:
    """Yield name, picture and JPEG quality of each copy."""
    width, height = picture.size
    yield "half as large", picture.resize((width // 2, height // 2)), 90
    yield "recompressed", picture, 35
    x, y = round(width * 0.04), round(height * 0.04)
    yield "cropped by 8 %", picture.crop((x, y, width - x, height - y)), 90
    keep = 1 - math.tan(math.radians(3)) * max(width / height, height / width)
    x, y = round(width * (1 - keep) / 2), round(height * (1 - keep) / 2)
    turned = picture.rotate(3, Image.Resampling.BICUBIC)
    yield "turned by 3°", turned.crop((x, y, width - x, height - y)), 90


def originals(photos: Path) -> list[Path]:
    bundled = Path(skimage.__file__).with_name("data")
    return [*(photos / "camera" / name for name in CAMERA), *(bundled / name for name in SCIKIT_IMAGE)]


def looked_at(folder: Path, index: Index) -> Compared:
    events = [
        event for event in analyse(folder, load_encoder("starter"), memory=Memory(index)) if isinstance(event, Embedded)
    ]
    return Compared(
        [photo for event in events for photo in event.photos],
        [name for event in events for name in event.fingerprints],
        np.concatenate([event.embeddings for event in events]),
    )


def copies(photos: Path, folder: Path) -> None:
    kinds: dict[str, list[str]] = {}
    for number, path in enumerate(originals(photos)):
        picture = decode(path, SIDE).convert("RGB")
        picture.thumbnail((SIDE, SIDE))
        picture.save(folder / f"{number:02}.jpg", quality=92)
        for kind, (title, copy, quality) in enumerate(changed(picture)):
            copy.save(folder / f"{number:02} {kind}.jpg", quality=quality)
            kinds.setdefault(title, []).append(f"{number:02} {kind}.jpg")
    with Index.open(folder / "index.db") as index:
        compared = looked_at(folder, index)
    least = load_encoder("starter").card.min_alike
    groups = [
        {copy.photo.path.name for copy in event.copies}
        for event in find_duplicates(compared, least)
        if isinstance(event, DuplicateGroup)
    ]
    wrong = sum(len({name[:2] for name in group}) > 1 for group in groups)
    for title, names in kinds.items():
        missed = [name for name in names if not any({name, f"{name[:2]}.jpg"} <= group for group in groups)]
        missing = ", ".join(originals(photos)[int(name[:2])].name for name in missed)
        print(f"{title:20} found {len(names) - len(missed)} of {len(names)}   {missing}")
    print(f"{'groups':20} {len(groups)}, of different photos {wrong}")


def similar(photos: Path) -> None:
    encoder, pixels, looks = load_encoder("starter"), [], []
    for path in [*originals(photos), *sorted((photos / "imagenet").glob("*.JPEG"))]:
        try:
            picture = decode(path, 512)
        except PhotoError:
            continue
        pixels.append(encoder.preprocess(picture))
        looks.append(look_of(picture))
    vectors = unit(encoder.embed(np.stack(pixels)))
    cosine = np.triu(vectors @ vectors.T, 1)
    pairs = [divmod(int(place), len(vectors)) for place in np.argsort(-cosine, axis=None)[:100]]
    found = np.array([(cosine[pair], alikeness(looks[pair[0]], looks[pair[1]]).alike) for pair in pairs])
    taken = int(((found[:, 0] >= encoder.card.min_alike) & (found[:, 1] >= ALIKE)).sum())
    print(
        f"{'100 similar pairs':20} taken for copies {taken}; "
        f"cosine {found[:, 0].min():.2f} to {found[:, 0].max():.2f}, "
        f"alike up to {found[:, 1].max():.2f}"
    )


def pages() -> None:
    sheets = [page(seed) for seed in range(100)]
    looks, details = [look_of(sheet) for sheet in sheets], [detail_of(sheet) for sheet in sheets]
    alike, taken = 0, 0
    for one, other in combinations(range(len(sheets)), 2):
        likeness = alikeness(looks[one], looks[other])
        if likeness.alike >= ALIKE:
            alike += 1
            first, second = (other, one) if likeness.is_of_other else (one, other)
            taken += (sameness(details[first], details[second], likeness.view) or 0) >= SAME
    print(f"{'100 pages of text':20} taken for copies {taken}; pairs that look alike {alike}")


def photo_like(count: int) -> tuple[NDArray[np.float16], NDArray[np.int64], NDArray[np.int64]]:
    """Return vectors, the rows that are near copies, and the rows of which they are."""
    rng, dimensions = np.random.default_rng(0), 512
    spread = (1 + np.arange(dimensions)) ** -0.5
    scenes = rng.standard_normal((count // 50 + 1, dimensions), np.float32) * spread
    vectors = np.empty((count, dimensions), np.float16)
    for first in range(0, count, 10_000):
        part = vectors[first : first + 10_000]
        own = 0.65 * rng.standard_normal(part.shape, np.float32) * spread
        part[:] = unit(scenes[rng.integers(0, len(scenes), len(part))] + own + 1.28 * spread)
    copy = rng.choice(count, count // 20, replace=False)
    source = rng.choice(np.setdiff1d(np.arange(count), copy), len(copy))
    noise = 0.01 * rng.standard_normal((len(copy), dimensions))
    vectors[copy] = unit(vectors[source].astype(np.float32) + noise.astype(np.float32))
    return vectors, copy, source


def pairing(count: int) -> None:
    vectors, copy, source = photo_like(count)
    groups, start = Groups(count), time.perf_counter()
    for pairs in near_pairs(vectors, 0.9, groups.numbers):
        for one, other in zip(pairs.one.tolist(), pairs.other.tolist(), strict=True):
            groups.join(one, other)
    taken_s = time.perf_counter() - start
    found = (groups.numbers[copy] == groups.numbers[source]).mean()
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} vectors paired in {taken_s:.1f} s; found {found:.3f}; memory {memory_mb:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos", type=Path, nargs="?")
    parser.add_argument("--vectors", type=int, default=100_000)
    options = parser.parse_args()
    if options.photos:
        with tempfile.TemporaryDirectory() as folder:
            copies(options.photos, Path(folder))
        similar(options.photos)
    pages()
    if options.vectors:
        pairing(options.vectors)


if __name__ == "__main__":
    main()
