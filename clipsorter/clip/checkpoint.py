"""Reads a model file as tensors and nothing else, whatever container it comes in.

Three containers are in use: OpenAI's TorchScript archive, a state dict saved by torch, and safetensors. None of them
is allowed to run code here: the first is read by `torchscript.py`, the second with `weights_only=True`. The shapes of
the tensors tell the architecture.
"""

import json
import math
import pickle
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import safetensors
import torch
from safetensors import safe_open
from torch import Tensor

from clipsorter.clip import torchscript
from clipsorter.clip.catalog import Activation
from clipsorter.clip.model import CLIP, HEAD_WIDTH, Architecture
from clipsorter.errors import CheckpointError

# OpenAI's archives carry these beside the weights; batch counters only matter to training.
_NOT_WEIGHTS = {"input_resolution", "context_length", "vocab_size"}
_WRAPPERS = ("state_dict", "model_state_dict", "model")
_MAX_WRAPPERS = 3  # around each other; a hostile file may hold a dict that holds itself
_SAFETENSORS_DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64,
}  # fmt: skip
_MAX_VIT_WIDTH = 1024  # wider published towers (ViT-H, g, G) have heads of other widths, which no shape tells


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """The weights of a CLIP model under their published names, in the dtypes of the file, and what they form."""

    state: dict[str, Tensor]
    architecture: Architecture


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint without running any code from it; raise CheckpointError with a sentence if it is no CLIP."""
    try:
        state = _read_tensors(path)
    except OSError as error:
        raise CheckpointError(f"{path} can't be read: {error.strerror or error}.") from error
    state = _published_names(state, path)
    return Checkpoint(state, infer_architecture(state, path))


def build_model(
    checkpoint: Checkpoint, activation: Activation, device: str = "cpu", dtype: torch.dtype = torch.float32
) -> CLIP:
    """Make the network on the meta device and give it the checkpoint's tensors, which are used up one by one.

    So memory peaks near the size of the finished model. Raises CheckpointError if a tensor is missing, surplus, or
    of the wrong shape.
    """
    with torch.device("meta"):
        model = CLIP(checkpoint.architecture, activation)
    state, wanted = checkpoint.state, model.state_dict()
    for name in wanted.keys() - state.keys():
        if name.endswith("num_batches_tracked"):
            state[name] = torch.tensor(0)
    _demand_same(wanted, state)
    tensors = {}
    for name, like in wanted.items():
        tensor = state.pop(name)
        tensors[name] = tensor.to(device, dtype if like.is_floating_point() else like.dtype).contiguous()
        del tensor
    model.load_state_dict(tensors, strict=True, assign=True)
    return model.eval().requires_grad_(False)


def _demand_same(wanted: Mapping[str, Tensor], state: Mapping[str, Tensor]) -> None:
    """Compare names and shapes, naming the first difference."""
    missing, surplus = sorted(wanted.keys() - state.keys()), sorted(state.keys() - wanted.keys())
    if missing or surplus:
        what = f"{missing[0]} is missing" if missing else f"{surplus[0]} is unknown"
        raise CheckpointError(f"The model file does not hold a CLIP network of a known kind: {what}.")
    for name, like in wanted.items():
        if like.shape != state[name].shape:
            raise CheckpointError(
                f"The model file contradicts itself: {name} has the shape {list(state[name].shape)}, "
                f"the rest asks for {list(like.shape)}."
            )


def _read_tensors(path: Path) -> dict[str, Tensor]:
    """Tell the container by its content, and read it."""
    with path.open("rb") as file:
        start = file.read(9)
    if start[:4] == b"PK\x03\x04":
        return _read_zip(path)
    if start[8:] == b"{":
        return _read_safetensors(path)
    if start[:1] == b"\x80":
        return _read_state_dict(path)
    raise CheckpointError(
        f"{path.name} is not a model file: neither a torch file nor safetensors. Was the download cut short?"
    )


def _read_zip(path: Path) -> dict[str, Tensor]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if "/code/" not in entry.filename]  # never read
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries):
                raise CheckpointError(f"{path.name} is not a model file that torch wrote: its records are compressed.")
            if sum(entry.file_size for entry in entries) > path.stat().st_size:
                raise CheckpointError(f"{path.name} lies about the size of its records; it was not loaded.")
            if any(entry.filename.endswith("/constants.pkl") for entry in entries):
                return torchscript.read_archive(archive)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise CheckpointError(f"{path.name} is damaged or cut short: {error}. Fetch it again.") from error
    return _read_state_dict(path)


def _read_safetensors(path: Path) -> dict[str, Tensor]:
    """Let the library check the header, then read tensor by tensor: its memory map would stay with the weights."""
    state = {}
    try:
        with safe_open(path, framework="pt") as checked:
            names = list(checked.keys())
        with path.open("rb") as file:
            header_bytes = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(header_bytes))
            for name in names:
                begin, end = header[name]["data_offsets"]
                data = bytearray(end - begin)
                file.seek(8 + header_bytes + begin)
                file.readinto(data)
                dtype = _SAFETENSORS_DTYPES[header[name]["dtype"]]
                state[name] = torch.frombuffer(data, dtype=dtype).reshape(header[name]["shape"])
    except (safetensors.SafetensorError, ValueError, RuntimeError) as error:
        raise CheckpointError(f"{path.name} is damaged or cut short: {error}. Fetch it again.") from error
    except KeyError as error:
        raise CheckpointError(f"{path.name} holds numbers of the kind {error}, which no CLIP model has.") from error
    return state


def _read_state_dict(path: Path) -> dict[str, Tensor]:
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise CheckpointError(
            f"{path.name} wants to run code, or holds more than weights; it was not loaded. "
            "Get the model from a source that you trust, as safetensors if there is a choice."
        ) from error
    except (RuntimeError, ValueError, EOFError, KeyError, TypeError, AttributeError, IndexError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CheckpointError(f"{path.name} is damaged or cut short: {reason}. Fetch it again.") from error
    state = _unwrap(loaded)
    if state is None:
        raise CheckpointError(f"{path.name} holds no weights: it is not a state dict of a model.")
    storages = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in state.values()}
    if sum(storages.values()) > path.stat().st_size:
        raise CheckpointError(f"{path.name} lies about the size of its tensors; it was not loaded.")
    return state


def _unwrap(loaded: Any) -> dict[str, Tensor] | None:
    """Find the state dict in what a training run saved: bare, or under one of the usual keys."""
    for _ in range(_MAX_WRAPPERS):
        if isinstance(loaded, Mapping):
            loaded = next((loaded[name] for name in _WRAPPERS if isinstance(loaded.get(name), Mapping)), loaded)
    if not isinstance(loaded, Mapping) or not loaded:
        return None
    if not all(isinstance(name, str) and _is_plain(tensor) for name, tensor in loaded.items()):
        return None
    return dict(loaded)


def _is_plain(value: object) -> bool:
    """Tell whether it is a tensor with its numbers in memory: sparse, quantized and meta ones are in no model."""
    return (
        isinstance(value, Tensor)
        and value.layout == torch.strided
        and value.device.type == "cpu"
        and not value.is_quantized
        and not value.is_nested
    )


def _published_names(state: dict[str, Tensor], path: Path) -> dict[str, Tensor]:
    """Drop what is no weight and the prefix of a parallel training run; name the packed projections as modules."""
    names = {name: name.removeprefix("module.") for name in state}
    if any(name.startswith("vision_model.") for name in names.values()):
        raise CheckpointError(
            f"{path.name} is in the layout of Hugging Face's transformers; take the model's OpenAI or OpenCLIP file."
        )
    return {
        re.sub(r"\.attn\.in_proj_(weight|bias)$", r".attn.in_proj.\1", short): state[name]
        for name, short in names.items()
        if short not in _NOT_WEIGHTS and not short.endswith("attn_mask")
    }


def infer_architecture(state: Mapping[str, Tensor], path: Path) -> Architecture:
    """Read the hyperparameters off the tensor shapes; raise CheckpointError if they are those of no known CLIP."""
    try:
        text_width = state["ln_final.weight"].shape[0]
        context_length = state["positional_embedding"].shape[0]
        vocabulary = state["token_embedding.weight"].shape[0]
        text_layers = _count(state, r"transformer\.resblocks\.(\d+)\.")
        embed_dim = state["text_projection"].shape[1]
        if "visual.proj" in state:
            vision_width, _, patch, _ = state["visual.conv1.weight"].shape
            side = math.isqrt(state["visual.positional_embedding"].shape[0] - 1)
            vision_layers: int | tuple[int, int, int, int]
            vision_layers, resolution = _count(state, r"visual\.transformer\.resblocks\.(\d+)\."), side * patch
            known = vision_width <= _MAX_VIT_WIDTH and patch > 0
        else:
            vision_width, patch = state["visual.layer1.0.conv1.weight"].shape[0], 0
            resolution = 32 * math.isqrt(state["visual.attnpool.positional_embedding"].shape[0] - 1)
            one, two, three, four = (_count(state, rf"visual\.layer{n}\.(\d+)\.") for n in range(1, 5))
            vision_layers, known = (one, two, three, four), min(one, two, three, four) > 0
    except (KeyError, IndexError, ValueError) as error:
        raise CheckpointError(
            f"{path.name} is not a CLIP model of a known architecture ({error} not found as expected)."
        ) from error
    if not known or text_width % HEAD_WIDTH or vision_width % (HEAD_WIDTH if patch else 2) or resolution < 1:
        raise CheckpointError(
            f"{path.name} has an image tower of width {vision_width} and a text tower of width {text_width}: "
            "not one of the nine architectures that Clipsorter knows (ViT-B, ViT-L, RN50 to RN50x64)."
        )
    return Architecture(
        embed_dim=embed_dim,
        resolution=resolution,
        vision_layers=vision_layers,
        vision_width=vision_width,
        patch=patch,
        context_length=context_length,
        vocabulary=vocabulary,
        text_width=text_width,
        text_layers=text_layers,
    )


def _count(state: Mapping[str, Tensor], pattern: str) -> int:
    """Count the numbered layers that match; numbers with a gap show up when the network is filled."""
    return len({match[1] for name in state if (match := re.match(pattern, name))})
