"""Our own cost of a photo, from 1,000 to 100,000: an encoder that costs nothing, pictures of 16 × 16.

For each size: the first index, a second start, and a start after 1 % changed, each in a process of its own; bytes a
photo in the index, and the peak memory over what the process held before. A vector has 512 dimensions.

usage: python tests/benchmarks/scale.py [--sizes N …] [--json FILE]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from clipsorter.analyse import Embedded, Finished, Memory, analyse
from clipsorter.clip.catalog import catalog
from clipsorter.clip.tuning import Tuning
from clipsorter.library.index import Index
from clipsorter.photos.thumbnail import ThumbnailCache

DIMENSIONS = 512
PER_FOLDER = 500


class FreeEncoder:
    """Embeds by one small matrix product."""

    card = replace(catalog()["ViT-B/32"], id="free", resolution=16)
    device = "cpu"
    key = "free"

    def __init__(self) -> None:
        self._projection = np.random.default_rng(0).normal(size=(768, DIMENSIONS)).astype(np.float32)

    def preprocess(self, image: Image.Image) -> np.ndarray:
        return np.array(image.resize((16, 16)))

    def embed(self, pixels: np.ndarray) -> np.ndarray:
        embeddings = pixels.reshape(len(pixels), 768).astype(np.float32) @ self._projection
        return embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)


def draw(folder: Path, numbers: range, seed: int = 0) -> None:
    """Write PNGs that differ in every pixel, 500 to a folder."""
    for number in numbers:
        target = folder / f"{number // PER_FOLDER:04}" / f"IMG_{number:06}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        noise = np.random.default_rng([seed, number]).integers(0, 256, (16, 16, 3), dtype=np.uint8)
        Image.fromarray(noise).save(target, compress_level=0)


def step(folder: Path, home: Path) -> dict[str, float]:
    """Run one analysis in this process."""
    encoder = FreeEncoder()
    process = psutil.Process()
    before = process.memory_info().rss
    started_s = time.perf_counter()
    with Index.open(home / "index.db") as index:
        memory = Memory(index, ThumbnailCache(home / "thumbnails", 2**31))
        count = 0
        for event in analyse(folder, encoder, memory=memory, tuning=Tuning(1, 16, 2, 2)):
            if isinstance(event, Embedded):
                count += len(event.photos)
            elif isinstance(event, Finished):
                new = event.embedded - event.known
    duration_s = time.perf_counter() - started_s
    assert count == event.embedded
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    peak = next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    return {"duration_s": duration_s, "photos": count, "new": new, "peak_mb": (peak - before) / 2**20}


def measure(size: int) -> dict[str, float]:
    """Measure one size in a fresh folder."""
    with tempfile.TemporaryDirectory() as name:
        folder, home = Path(name) / "photos", Path(name) / "home"
        home.mkdir()
        draw(folder, range(size))
        command = [sys.executable, __file__, "--step", str(folder), str(home)]

        def run() -> dict[str, float]:
            return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

        first, second = run(), run()
        draw(folder, range(0, size, 100), seed=1)
        for number in range(0, size, 100):
            os.utime(folder / f"{number // PER_FOLDER:04}" / f"IMG_{number:06}.png", ns=(number, number))
        changed = run()
        assert (first["new"], second["new"], changed["new"]) == (size, 0, len(range(0, size, 100)))
        bytes_a_photo = sum(file.stat().st_size for file in home.glob("index.db*")) / size
    return {
        "photos": size,
        "first_ms_a_photo": 1000 * first["duration_s"] / size,
        "second_start_s": second["duration_s"],
        "changed_start_s": changed["duration_s"],
        "bytes_a_photo": bytes_a_photo,
        "peak_mb": max(run["peak_mb"] for run in (first, second, changed)),
    }


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--json", type=Path)
    parser.add_argument("--step", type=Path, nargs=2)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(step(*options.step)))
        return
    print(f"{'photos':>8}{'first':>15}{'second start':>14}{'1 % changed':>13}{'index':>14}{'peak':>9}")
    rows = []
    for size in options.sizes:
        row = measure(size)
        rows.append(row)
        print(
            f"{size:>8}{row['first_ms_a_photo']:>9.2f} ms/ph{row['second_start_s']:>12.2f} s"
            f"{row['changed_start_s']:>11.2f} s{row['bytes_a_photo']:>9.0f} B/ph{row['peak_mb']:>6.0f} MB",
            flush=True,
        )
    print(f"slope of the first index: {rows[-1]['first_ms_a_photo'] / rows[0]['first_ms_a_photo']:.2f}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
