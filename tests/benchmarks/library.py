"""Measure the library on this machine: `python tests/benchmarks/library.py [--counts 1000 10000 100000]`.

Prints rows added a second, the time of a second start, bytes a photo and the time to load all vectors, then time and
size of a thumbnail by format.
"""

import argparse
import io
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from PIL import Image

from clipsorter.library.decisions import Decisions
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache, encode_thumbnail

T = TypeVar("T")
_DIMENSIONS = 512
_BATCH = 64
_SPLIT_BATCH = 1000
_PHOTOS_IN_A_FOLDER = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    counts = parser.parse_args().counts
    print(f"{_DIMENSIONS} dimensions, batches of {_BATCH} to mark and add, of {_SPLIT_BATCH} to split\n")
    columns = (
        "photos",
        "add ms/photo",
        "photos/s",
        "start s",
        "adopt s",
        "missing s",
        "load s",
        "labels s",
        "bytes/photo",
    )
    print(" ".join(f"{column:>12}" for column in (*columns, "peak MB")))
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            figures = measure(Path(folder), count)
        print(f"{count:>12} " + " ".join(f"{figure:>12.4g}" for figure in figures) + f" {peak_mb():>12.0f}")
    print()
    measure_thumbnails()


def photos_of(root: Path, count: int) -> list[Photo]:
    return [
        Photo(root / f"2024 folder {n // _PHOTOS_IN_A_FOLDER:04d}" / f"IMG_2024_{n:06d}.JPG", 3_000_000 + n, 10**18 + n)
        for n in range(count)
    ]


def measure(folder: Path, count: int) -> tuple[float, ...]:
    path, root = folder / "index.db", folder / "photos"
    photos = photos_of(root, count)
    fingerprints = [os.urandom(16) for _ in photos]
    vectors = np.random.default_rng(0).normal(size=(_BATCH, _DIMENSIONS)).astype(np.float32)
    with Index.open(path) as index:
        begin_s = time.perf_counter()
        for start in range(0, count, _BATCH):
            batch = photos[start : start + _BATCH]
            index.mark_decoding(batch)
            keys = fingerprints[start : start + _BATCH]
            rows = [EmbeddedPhoto(*entry) for entry in zip(batch, keys, vectors[: len(batch)], strict=True)]
            index.add(rows, "encoder")
        add_s = time.perf_counter() - begin_s
    size_bytes = path.stat().st_size
    photos = photos_of(root, count)  # fresh paths, as a scan makes them

    def second_start() -> list[int]:
        ids = []
        with Index.open(path) as index:
            for start in range(0, count, _SPLIT_BATCH):
                known = index.split(photos[start : start + _SPLIT_BATCH], "encoder").known
                ids += [entry.photo_id for entry in known]
        assert len(ids) == count
        return ids

    start_s, ids = timed(second_start)
    with Index.open(path) as index:
        load_s, found = timed(lambda: index.embeddings(ids, "encoder"))
        assert found.matrix.shape == (count, _DIMENSIONS)
        del found
        moved = photos_of(folder / "renamed", count)
        pairs = [FingerprintedPhoto(photo, key) for photo, key in zip(moved, fingerprints, strict=True)]
        adopt_s, _ = timed(
            lambda: [index.adopt(pairs[n : n + _SPLIT_BATCH], "encoder") for n in range(0, count, _SPLIT_BATCH)]
        )
        assert index.info().vectors == {"encoder": count}
        write_names(photos)
        missing_s, gone = timed(lambda: index.mark_missing(root))
        assert gone == 0
    with Decisions.open(folder / "decisions.db", folder / "backups") as decisions:
        decisions.record_labels(pairs[: count // 10], "Dog", is_positive=True)
        labels_s, _ = timed(lambda: decisions.labels(pairs))
    return add_s / count * 1000, count / add_s, start_s, adopt_s, missing_s, load_s, labels_s, size_bytes / count


def write_names(photos: list[Photo]) -> None:
    for folder in {photo.path.parent for photo in photos}:
        folder.mkdir(parents=True)
    for photo in photos:
        photo.path.touch()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    begin_s = time.perf_counter()
    result = work()
    return time.perf_counter() - begin_s, result


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_thumbnails() -> None:
    picture = camera_like((1000, 750))
    small = Image.open(io.BytesIO(encode_thumbnail(picture)))
    small.load()
    print(f"{'thumbnail':>24} {'ms':>8} {'KiB':>8}")
    formats = {
        "JPEG 75": ("JPEG", {"quality": 75}),
        "JPEG 80": ("JPEG", {"quality": 80}),
        "JPEG 80 progressive": ("JPEG", {"quality": 80, "progressive": True}),
        "WebP 75, method 0": ("WEBP", {"quality": 75, "method": 0}),
        "WebP 75, method 4": ("WEBP", {"quality": 75, "method": 4}),
    }
    for name, (kind, options) in formats.items():
        times_s, size_bytes = [], 0
        for _ in range(15):
            buffer = io.BytesIO()
            seconds, _result = timed(lambda: small.save(buffer, kind, **options))  # noqa: B023
            times_s.append(seconds)
            size_bytes = buffer.tell()
        print(f"{name:>24} {statistics.median(times_s) * 1000:>8.2f} {size_bytes / 1024:>8.1f}")
    with tempfile.TemporaryDirectory() as folder:
        cache = ThumbnailCache(Path(folder), 10**9)
        times_s = [timed(lambda: cache.put(os.urandom(16), picture))[0] for _ in range(50)]
    print(f"{'put, of 1000x750':>24} {statistics.median(times_s) * 1000:>8.2f}")


def camera_like(size: tuple[int, int]) -> Image.Image:
    """Return smooth shapes with a little noise, which compress like a photo."""
    rng = np.random.default_rng(0)
    coarse = Image.fromarray(rng.integers(0, 255, (24, 32, 3), dtype=np.uint8)).resize(size, Image.Resampling.BICUBIC)
    return Image.fromarray(
        np.clip(np.asarray(coarse) + rng.normal(0, 6, (size[1], size[0], 3)), 0, 255).astype(np.uint8)
    )


if __name__ == "__main__":
    main()
