"""Pictures a second of each encoder, exact and in int8, beside open_clip and beside the peak of this machine.

One thread is measured by the time that it computes, which other programs disturb little; the whole machine by the
clock, with one call of `embed` a core (open_clip: one call on all cores). Everything is measured in turns; the tables
give medians. The peak is that of one large product of matrices: by torch.mm (MKL) and by oneDNN in float32, in int8.

Weights are random, so that this runs without a download. That makes no difference to the time, but it does to int8:
the activations of a trained network are wilder, and only a trial on its own weights tells whether int8 will do.

usage: python -m tests.benchmarks.encoder [ID …] [--rounds N] [--json FILE]
"""

import argparse
import json
import platform
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from clipsorter.clip import fast  # isort: skip  (before torch: has its waiting threads sleep, for open_clip too)
import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.model import CLIP, VisionTransformer
from clipsorter.clip.starter import Starter
from clipsorter.clip.tuning import _processor, measure, thread_clock, usable_cores
from tests.benchmarks.seeded import open_clip_model, our_model

MODELS = ("starter", "ViT-B/32", "ViT-B/16", "RN50", "ViT-L/14")
SIZE = 2048
Embed = Callable[[NDArray[np.uint8]], object]


def peaks() -> dict[str, float]:
    """Return GFLOP/s of one thread: torch.mm, oneDNN's product, and that of bytes."""
    torch.set_num_threads(1)
    a, b = torch.randn(SIZE, SIZE), torch.randn(SIZE, SIZE)
    bytes_ = torch.randint(-127, 127, (SIZE, SIZE), dtype=torch.int8)
    packed = torch.ops.mkldnn._reorder_linear_weight(b, SIZE)
    products = {
        "torch.mm": lambda: torch.mm(a, b),
        "oneDNN": lambda: torch.ops.mkldnn._linear_pointwise(a, packed, None, "none", [], ""),
        "int8": lambda: torch._int_mm(bytes_, bytes_),
    }
    with torch.inference_mode():
        times_s = in_turns(products, 7, thread_clock)
    return {name: 2 * SIZE**3 / min(values) / 1e9 for name, values in times_s.items()}


def in_turns(works: dict[str, Callable[[], object]], rounds: int, clock: Callable[[], float]) -> dict[str, list[float]]:
    """Time each work once a round, after one to warm up."""
    times_s: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            begin_s = clock()
            work()
            if number:
                times_s[name].append(clock() - begin_s)
    return times_s


def gflop(network: torch.nn.Module, side: int) -> float:
    """Count the work of one picture; with gradients on, since only the plain operators are known to the counter."""
    with sdpa_kernel(SDPBackend.MATH), FlopCounterMode(display=False) as counter:
        network(torch.randn(1, 3, side, side))
    return counter.get_total_flops() / 1e9


def all_cores(embed: Embed, pixels: NDArray[np.uint8], pool: ThreadPoolExecutor) -> Callable[[], object]:
    """Return the work of giving each core the same pictures."""
    return lambda: list(pool.map(embed, [pixels] * usable_cores()))


def compare(model_id: str, rounds: int, peak: dict[str, float]) -> dict[str, float | str]:
    """Measure one model."""
    encoder, theirs = build(model_id)
    tuning = measure(encoder)
    side = encoder.card.resolution
    pixels = np.random.default_rng(0).integers(0, 256, (max(tuning.batch, 2), side, side, 3), dtype=np.uint8)
    embeds: dict[str, Embed] = {"exact": encoder.embed}
    row: dict[str, float | str] = {"model": model_id, "batch": len(pixels)}
    if theirs is not None:
        embeds["open_clip"] = lambda pixels: theirs(normalized(pixels))
    if isinstance(encoder, ClipEncoder):
        visual = encoder._model.visual
        row["gflop"] = gflop(visual, side)
        if isinstance(visual, VisionTransformer):
            network = fast.quantize(visual, encoder._preprocess)
            embeds["int8"] = lambda pixels: network(torch.from_numpy(pixels))
            photos = drawn(encoder)
            row["least_cosine"] = fast.compare(encoder._exact, network, photos).least_cosine
    else:
        row["gflop"] = gflop(encoder._network, side)

    torch.set_num_threads(1)
    with torch.inference_mode():
        works = {name: lambda embed=embed: embed(pixels) for name, embed in embeds.items()}
        for name, times_s in in_turns(works, rounds, thread_clock).items():
            row[f"{name}_ms"] = 1000 * statistics.median(times_s) / len(pixels)
    with ThreadPoolExecutor(usable_cores(), initializer=torch.inference_mode().__enter__) as pool:
        works = {name: all_cores(embed, pixels, pool) for name, embed in embeds.items() if name != "open_clip"}
        for name, times_s in in_turns(works, rounds, time.perf_counter).items():
            row[f"{name}_machine"] = len(pixels) * usable_cores() / statistics.median(times_s)
    if theirs is not None:
        torch.set_num_threads(usable_cores())
        with torch.inference_mode():
            batch = normalized(np.concatenate([pixels] * 16)[:16])
            times_s = in_turns({"open_clip": lambda: theirs(batch)}, max(rounds // 2, 2), time.perf_counter)
        row["open_clip_machine"] = 16 / statistics.median(times_s["open_clip"])
    for name, of in (("exact", "oneDNN"), ("int8", "int8")):
        if f"{name}_ms" in row:
            row[f"{name}_of_peak"] = 1000 * float(row["gflop"]) / float(row[f"{name}_ms"]) / peak[of]
    return row


def build(model_id: str) -> tuple[Encoder, Callable[[torch.Tensor], object] | None]:
    """Return our encoder and open_clip's image tower on the same weights."""
    if model_id == "starter":
        return Starter(), None
    theirs = open_clip_model(model_id)
    network: CLIP = our_model(theirs)
    card = replace(catalog()[model_id], sha256="0" * 64)
    return ClipEncoder(network, card, "cpu"), theirs.encode_image


def normalized(pixels: NDArray[np.uint8]) -> torch.Tensor:
    """Give open_clip what it gets from its transform."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div_(255).sub_(0.45).div_(0.27)


def drawn(encoder: Encoder) -> NDArray[np.uint8]:
    """Return 32 coloured pictures that differ much; not those on which int8 was fitted."""
    side, random = encoder.card.resolution, np.random.default_rng(1)
    pictures = [
        Image.fromarray(random.integers(0, 256, (cells, cells, 3), dtype=np.uint8)).resize((side, side))
        for cells in range(3, 3 + fast.TRIAL_PHOTOS)
    ]
    return np.stack([np.asarray(picture) for picture in pictures])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=MODELS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    peak = peaks()
    print(f"{_processor()}, {usable_cores()} cores, torch {torch.__version__}, Python {platform.python_version()}")
    print("peak of one thread, GFLOP/s: " + ", ".join(f"{name} {value:.0f}" for name, value in peak.items()))
    print("weights are random: in a trained network int8 keeps less of the cosine than here\n")
    print(
        f"{'':10} {'':>6} {'':>5} | {'one thread, ms a picture':^26} | {'of peak':^11} "
        f"| {'machine, pictures/s':^25} | {'int8':^15}"
    )
    print(
        f"{'model':10} {'GFLOP':>6} {'batch':>5} | {'open_clip':>9} {'exact':>8} {'int8':>7} | {'exact':>5} "
        f"{'int8':>5} | {'open_clip':>9} {'exact':>7} {'int8':>7} | {'times':>6} {'cosine':>8}"
    )
    rows = []
    for model_id in options.models:
        row = compare(model_id, options.rounds, peak)
        rows.append(row)
        times = row["exact_ms"] / row["int8_ms"] if "int8_ms" in row else None
        print(
            f"{model_id:10} {row['gflop']:6.1f} {row['batch']:5} | {figure(row.get('open_clip_ms'), 9)} "
            f"{figure(row['exact_ms'], 8)} {figure(row.get('int8_ms'), 7)} | {figure(row['exact_of_peak'], 5, 2)} "
            f"{figure(row.get('int8_of_peak'), 5, 2)} | {figure(row.get('open_clip_machine'), 9)} "
            f"{figure(row['exact_machine'], 7)} {figure(row.get('int8_machine'), 7)} | {figure(times, 6, 2)} "
            f"{figure(row.get('least_cosine'), 8, 5)}",
            flush=True,
        )
    if options.json:
        options.json.write_text(json.dumps({"peak_gflops": peak, "models": rows}, indent=1), encoding="utf-8")


def figure(value: float | str | None, width: int, digits: int = 1) -> str:
    """Set a number in a column, a dash where there is none."""
    return f"{'–':>{width}}" if value is None else f"{value:{width}.{digits}f}"


if __name__ == "__main__":
    main()
