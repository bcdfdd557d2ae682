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
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from PIL import Image

from clipsorter import __version__, paths
from clipsorter.analyse import Progress, analyse
from clipsorter.clip import store
from clipsorter.clip.device import describe_devices
from clipsorter.clip.encoder import Encoder, load_encoder
from clipsorter.clip.tuning import tune
from clipsorter.photos.decode import decode
from clipsorter.settings import load_settings, settings_file

_PACKAGES = ("torch", "numpy", "Pillow", "pillow-heif", "pillow-jxl-plugin", "rawpy", "exiv2", "PySide6-Essentials")
_MEASURE_S = 1.5
_RUN_S = 4.0
_COPIES = 100
_WIDTH, _HEIGHT = 4000, 3000


def doctor(options: argparse.Namespace) -> int:
    """Print versions, folders and models, then measure the chosen model on a drawn 12-megapixel JPEG."""
    settings = load_settings()
    _section("Versions")
    _line("Clipsorter", __version__)
    _line("Python", f"{platform.python_version()} on {platform.platform()}")
    _line("Processor", f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores")
    for package in _PACKAGES:
        _line(package, _version(package))
    _section("Folders")
    _line("Settings", f"{settings_file()}{'' if settings_file().exists() else ' (defaults; no file yet)'}")
    for name, folder in (("Models", paths.models_dir()), ("Data", paths.data_dir()), ("Cache", paths.cache_dir())):
        _line(name, str(folder))
    _section("Models")
    for model in store.installed():
        _line(model.card.id, f"{model.where}, {model.card.embed_dim} numbers a photo")
    _section("Speed")
    _line("PyTorch computes on", describe_devices())
    encoder = load_encoder(
        options.model or settings.model or store.default_model().card.id, options.device or settings.device
    )
    _line("Model", f"{encoder.card.title} on {encoder.device.upper()}")
    _measure(encoder)
    return 0


def _measure(encoder: Encoder) -> None:
    """Time decoding and encoding apart, then both together as a run does them."""
    tuning = tune(encoder)
    _line("Tuning", f"{tuning.encoders} × {tuning.threads} threads encode {tuning.batch} photos at once, "
                    f"{tuning.decoders} decode")  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        photo = Path(name) / "drawn.jpg"
        _draw_photo(photo)
        for number in range(_COPIES):
            shutil.copyfile(photo, Path(name) / f"copy{number}.jpg")
        pixels = encoder.preprocess(decode(photo, encoder.card.resolution))
        decode_s = _median_s(lambda: encoder.preprocess(decode(photo, encoder.card.resolution)))
        embed_s = _median_s(lambda: encoder.embed(np.stack([pixels] * tuning.batch))) / tuning.batch
        rate = _run_rate(Path(name), encoder)
    _line("Decode", f"{1000 * decode_s:.0f} ms for a JPEG of {_WIDTH} × {_HEIGHT}, in one thread")
    _line("Encode", f"{1000 * embed_s:.0f} ms, {1 / embed_s:.1f} img/s, in one of {tuning.encoders} calls at once")
    _line("Together", f"{rate:.1f} photos/s")


def _run_rate(folder: Path, encoder: Encoder) -> float:
    """Return the photos a second of a real run without the index, stopped after a few seconds."""
    rate, cancel, started_s = 0.0, threading.Event(), time.perf_counter()
    for event in analyse(folder, encoder, cancel=cancel):
        if isinstance(event, Progress):
            rate = event.rate or rate
        if time.perf_counter() - started_s > _RUN_S:
            cancel.set()
    return rate


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
    sys.stdout.write(f"  {name:<20}{value}\n")
    sys.stdout.flush()
