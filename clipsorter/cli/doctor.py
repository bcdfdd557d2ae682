"""`clipsorter doctor`: what a bug report needs, and how fast this machine is."""

import argparse
import os
import platform
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from PIL import Image

from clipsorter import __version__, paths
from clipsorter.analyse import Progress, analyse
from clipsorter.cli.model import chosen_encoder
from clipsorter.cli.text import counted, printable
from clipsorter.clip import store
from clipsorter.clip.device import describe_devices
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import Tuning, tune
from clipsorter.errors import ClipsorterError
from clipsorter.photos.decode import decode
from clipsorter.settings import load_settings, settings_file

_PACKAGES = ("torch", "numpy", "Pillow", "pillow-heif", "pillow-jxl-plugin", "rawpy", "exiv2", "PySide6-Essentials")
_MEASURE_S = 1.5
_RUN_S = 4.0
_PHOTOS = 100
_PHOTOS_COPIED = 10  # where a file can't have several names; a copy takes 3 MB
_WIDTH, _HEIGHT = 4000, 3000


def doctor(options: argparse.Namespace) -> int:
    """Print versions, folders and models, then measure the chosen model on a drawn 12-megapixel JPEG."""
    settings = load_settings()
    _section("Versions")
    _line("Clipsorter", __version__)
    _line("Python", f"{platform.python_version()} on {platform.platform()}")
    _line("Processor", f"{platform.processor() or platform.machine()}, {counted(os.cpu_count() or 1, 'core')}")
    for package in _PACKAGES:
        _line(package, _version(package))
    _section("Folders")
    _line("Settings", f"{settings_file()}{'' if settings_file().exists() else ' (defaults; no file yet)'}")
    _line("Models", str(paths.models_dir()))
    _line("Data", str(paths.data_dir()))
    _line("Cache", str(paths.cache_dir()))
    _line("Log", str(paths.log_dir()))
    _section("Models")
    for model in store.installed():
        _line(model.card.id, f"{model.where}, {model.card.embed_dim} numbers a photo")
    _section("Speed")
    _line("PyTorch computes on", describe_devices())
    encoder = chosen_encoder(options, settings)
    _line("Model", f"{encoder.card.title} on {encoder.device.upper()}")
    _measure(encoder)
    return 0


def _measure(encoder: Encoder) -> None:
    """Time decoding and encoding apart, then both together as a run does them."""
    tuning = tune(encoder)
    _line("Tuning", f"{tuning.encoders} × {counted(tuning.threads, 'thread')} to encode, with "
                    f"{counted(tuning.batch, 'photo')} at once; {tuning.decoders} to decode")  # fmt: skip
    with _drawn_photos() as photo:
        pixels = encoder.preprocess(decode(photo, encoder.card.resolution))
        decode_s = _median_s(lambda: encoder.preprocess(decode(photo, encoder.card.resolution)))
        embed_s = _median_s(lambda: encoder.embed(np.stack([pixels] * tuning.batch))) / tuning.batch
        rate = _run_rate(photo.parent, encoder, tuning)
    _line("Decode", f"{1000 * decode_s:.0f} ms for a JPEG of {_WIDTH} × {_HEIGHT}, in one thread")
    _line("Encode", f"{1000 * embed_s:.0f} ms, {1 / embed_s:.1f} img/s, in one of {tuning.encoders} calls at once")
    _line("Together", f"{rate:.1f} photos/s")


def _run_rate(folder: Path, encoder: Encoder, tuning: Tuning) -> float:
    """Return the photos a second of a real run without the index, stopped after a few seconds."""
    rate, cancel, started_s = 0.0, threading.Event(), time.perf_counter()
    for event in analyse(folder, encoder, tuning=tuning, cancel=cancel):
        if isinstance(event, Progress):
            rate = event.rate or rate
        if time.perf_counter() - started_s > _RUN_S:
            cancel.set()
    return rate


@contextmanager
def _drawn_photos() -> Iterator[Path]:
    """Give one of many photos in a folder of their own; raise ClipsorterError if there is no room for them."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
            photo = Path(folder) / "drawn.jpg"
            _draw_photo(photo)
            _multiply(photo)
        except OSError as error:
            raise ClipsorterError(
                "The speed can't be measured, as no photo can be drawn in the folder for temporary files: "
                f"{error.strerror}. Make room there, or name another in TMPDIR."
            ) from error
        yield photo


def _multiply(photo: Path) -> None:
    """Give a photo many names beside its own, or where that can't be, a few copies."""
    try:
        for number in range(_PHOTOS - 1):
            photo.with_name(f"link{number}.jpg").hardlink_to(photo)
    except OSError:
        for number in range(_PHOTOS_COPIED):
            shutil.copyfile(photo, photo.with_name(f"copy{number}.jpg"))


def _draw_photo(path: Path) -> None:
    """Write a JPEG with the size and the noise of a camera's."""
    noise = np.random.default_rng(1).normal(0, 6, (_HEIGHT, _WIDTH, 1))
    slope = np.linspace(0, 200, _WIDTH)[None, :, None] + np.array([20.0, 10.0, 0.0])
    Image.fromarray((slope + noise).clip(0, 255).astype(np.uint8)).save(path, quality=90)


def _median_s(work: Callable[[], object]) -> float:
    """Return the median duration, in seconds, of repeating some work for about two seconds, after one warm-up."""
    work()
    durations_s: list[float] = []
    while sum(durations_s) < _MEASURE_S or len(durations_s) < 3:
        started_s = time.perf_counter()
        work()
        durations_s.append(time.perf_counter() - started_s)
    return statistics.median(durations_s)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _section(title: str) -> None:
    print(f"{title}", flush=True)


def _line(name: str, value: str) -> None:
    sys.stdout.write(f"  {name:<20}{printable(value)}\n")
    sys.stdout.flush()
