"""Chooses where a model runs: a GPU that is there and large enough, else the CPU."""

import logging
from typing import Literal

import torch

logger = logging.getLogger(__name__)

DeviceChoice = Literal["auto", "cpu", "cuda", "mps"]
_SLACK = 0.9  # a card sold with 8 GB reports a little less


def choose_device(wanted: str | torch.device, title: str, needed_gb: float) -> str:
    """Return `cuda`, `mps` or `cpu`; a GPU that is missing or too small is said in the log and the CPU taken.

    `wanted` is a DeviceChoice or names a device as torch does, such as `cuda:0`; of several GPUs the first is taken.
    """
    wanted = str(wanted).partition(":")[0]
    if wanted == "cpu":
        return "cpu"
    if wanted in ("auto", "cuda") and torch.cuda.is_available():
        total_gb = torch.cuda.get_device_properties(0).total_memory / 1e9
        if total_gb >= needed_gb * _SLACK:
            return "cuda"
        logger.warning(
            "The GPU has %.1f GB of memory and %s needs about %.0f GB, so it runs on the CPU. "
            "A smaller model, such as ViT-B/32, may fit the GPU.", total_gb, title, needed_gb,
        )  # fmt: skip
        return "cpu"
    if wanted in ("auto", "mps") and torch.backends.mps.is_available():
        return "mps"
    if wanted != "auto":
        logger.warning("There is no %s device that this PyTorch can use, so the model runs on the CPU.", wanted.upper())
    return "cpu"


def is_out_of_memory(error: RuntimeError) -> bool:
    """Tell whether a GPU's memory was too small; on MPS only the message says so."""
    return isinstance(error, torch.OutOfMemoryError) or "out of memory" in str(error).lower()


def free_cached_memory() -> None:
    """Give back the memory of GPUs that torch keeps for later."""
    torch.cuda.empty_cache()
    if torch.backends.mps.is_available():
        torch.mps.empty_cache()


def describe_devices() -> str:
    """Name what this PyTorch can compute on, for a bug report."""
    if torch.cuda.is_available():
        gpu = torch.cuda.get_device_properties(0)
        return f"{gpu.name}, {gpu.total_memory / 1e9:.1f} GB, CUDA {torch.version.cuda}"
    if torch.backends.mps.is_available():
        return "Apple GPU (MPS)"
    return f"CPU only, {torch.get_num_threads()} threads"
