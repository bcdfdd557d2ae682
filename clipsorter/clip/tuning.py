"""How many threads and how large batches suit an encoder on this machine: measured once, and remembered.

On a CPU several calls of `embed` at once, each on one thread, get more done than one call on many threads: no thread
waits for another, so decoders and other programs beside them cost no more than their share. With two threads a call,
beside two decoders and another busy program, a photo took several times as long (tests/benchmarks/encoder.py). Only
where one picture would keep one thread for too long does a call get more of them.
"""

import json
import logging
import math
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from clipsorter import paths
from clipsorter.clip.encoder import Encoder
from clipsorter.durable import write_atomically

logger = logging.getLogger(__name__)

_LONGEST_CALL_S = 0.25  # a user who cancels waits for the call that runs
_CPU_BATCHES = (1, 2, 4, 8, 16)
_GPU_BATCHES = (16, 32, 64, 128, 256)
_WORTHWHILE = 0.97  # a larger batch has to save 3 % of the time
_REPEATS = 3

# What one thread computes, which other programs disturb little; Windows counts it in steps of 16 ms.
thread_clock = time.perf_counter if os.name == "nt" else time.thread_time


@dataclass(frozen=True, slots=True)
class Tuning:
    """What suits an encoder here.

    `threads` of torch in each call of `embed`, `batch` photos in each, `encoders` calls at once, and `decoders`
    threads that decode beside them.
    """

    threads: int
    batch: int
    encoders: int
    decoders: int


def tune(encoder: Encoder) -> Tuning:
    """Return what suits this encoder, from memory or after a second or two of measuring; set torch's threads to it."""
    import torch

    stored = recall("tuning", encoder)
    tuning = _tuning_from(stored)
    if tuning is None:
        tuning = measure(encoder)
        remember("tuning", encoder, asdict(tuning))
    torch.set_num_threads(tuning.threads)  # of this thread, and of those that begin to use torch after it
    return tuning


def measure(encoder: Encoder) -> Tuning:
    """Try batches of drawn noise until a larger one no longer helps or takes too long."""
    import torch

    cores = usable_cores()
    if encoder.device != "cpu":
        batch = _best_batch(encoder, _GPU_BATCHES, time.perf_counter)
        if encoder.device != "cpu":  # else it went to the CPU, for lack of memory
            return Tuning(1, batch, 1, cores)
    torch.set_num_threads(1)
    single_s = _seconds(encoder, 1, thread_clock)
    threads = max(1, min(cores, math.ceil(single_s / _LONGEST_CALL_S)))
    batch = _best_batch(encoder, _CPU_BATCHES, thread_clock) if threads == 1 else 1
    return Tuning(threads, batch, max(1, cores // threads), cores)


def usable_cores() -> int:
    """Count the cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def recall(kind: str, encoder: Encoder) -> dict[str, Any] | None:
    """Return what was remembered of an encoder on this machine; None if nothing was, or the memory is damaged."""
    found = _memory().get(_name(kind, encoder))
    return found if isinstance(found, dict) else None


def remember(kind: str, encoder: Encoder, facts: dict[str, Any]) -> None:
    """Keep facts of an encoder on this machine; a folder that can't be written costs only time."""
    path = _path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(_memory() | {_name(kind, encoder): facts}, indent=1))
    except OSError as error:
        logger.info("tuning not kept: %s", error)


def _best_batch(encoder: Encoder, batches: tuple[int, ...], clock: Callable[[], float]) -> int:
    best, best_s = batches[0], math.inf
    for batch in batches:
        call_s = _seconds(encoder, batch, clock)
        if call_s > _LONGEST_CALL_S and best_s < math.inf:
            break
        if call_s / batch < best_s * _WORTHWHILE:
            best, best_s = batch, call_s / batch
    return best


def _seconds(encoder: Encoder, batch: int, clock: Callable[[], float]) -> float:
    """Return the shortest of a few calls, after one to warm up."""
    side = encoder.card.resolution
    pixels = np.random.default_rng(0).integers(0, 256, (batch, side, side, 3), dtype=np.uint8)
    encoder.embed(pixels)
    times_s = []
    for _ in range(_REPEATS):
        begin_s = clock()
        encoder.embed(pixels)
        times_s.append(clock() - begin_s)
    return min(times_s)


def _tuning_from(facts: dict[str, Any] | None) -> Tuning | None:
    """Read a tuning, None if it is none: four numbers from 1 up."""
    if facts is None or facts.keys() != set(Tuning.__slots__):
        return None
    if not all(type(value) is int and value >= 1 for value in facts.values()):
        return None
    return Tuning(**facts)


def _name(kind: str, encoder: Encoder) -> str:
    """Name what was measured: the models folder may be on a disk that travels between machines."""
    import torch

    machine = f"{_processor()}, {usable_cores()} cores, torch {torch.__version__}"
    return f"{kind}: {encoder.key} on {encoder.device} of {machine}"


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    except OSError:
        return platform.processor() or platform.machine()


def _path() -> Path:
    return paths.cache_dir() / "tuning.json"


def _memory() -> dict[str, Any]:
    try:
        memory = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        logger.info("memory of tuning not used: %s", error)
        return {}
    return memory if isinstance(memory, dict) else {}
