"""Reads the tensors of a TorchScript archive without running the program in it.

OpenAI published CLIP as such archives. `torch.jit.load` would compile and run their code; here the zip records are
read directly and the module tree is unpickled with an allow-list that makes tensors and inert nodes, nothing else.
"""

import io
import pickle
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from clipsorter.errors import CheckpointError

_MAX_PROGRAM_BYTES = 64 * 2**20  # the pickled tree of the largest model is under 1 MB
_DTYPES = {
    "FloatStorage": torch.float32,
    "HalfStorage": torch.float16,
    "BFloat16Storage": torch.bfloat16,
    "DoubleStorage": torch.float64,
    "LongStorage": torch.int64,
    "IntStorage": torch.int32,
    "ShortStorage": torch.int16,
    "CharStorage": torch.int8,
    "ByteStorage": torch.uint8,
    "BoolStorage": torch.bool,
}


# What a damaged or hostile pickle makes the unpickler, or torch behind an allowed name, raise.
_DAMAGE = (pickle.UnpicklingError, EOFError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError,
           MemoryError, RuntimeError)  # fmt: skip


class _Node:
    """A module of the archive, reduced to its attributes."""

    def __init__(self) -> None:
        self.attributes: dict[str, Any] = {}

    def __setstate__(self, state: object) -> None:
        if not isinstance(state, dict):
            raise pickle.UnpicklingError("a module without plain attributes")
        self.attributes = state


@dataclass(frozen=True, slots=True)
class _StorageType:
    dtype: torch.dtype


def read_archive(archive: zipfile.ZipFile) -> dict[str, Tensor]:
    """Return the parameters and buffers of an archive by their dotted names, in the dtypes of the file.

    Raises CheckpointError if the archive asks for anything but tensors, or its sizes don't add up.
    """
    name = next((n for n in archive.namelist() if n.count("/") == 1 and n.endswith("/data.pkl")), None)
    if name is None:
        raise CheckpointError(f"{archive.filename} is a TorchScript archive without a module in it.")
    if archive.getinfo(name).file_size > _MAX_PROGRAM_BYTES:
        raise CheckpointError(f"{archive.filename} describes far more than a CLIP model; it was not loaded.")
    try:
        root = _Unpickler(archive, name.removesuffix(".pkl")).load()
    except _DAMAGE as error:
        raise CheckpointError(
            f"{archive.filename} is damaged, or holds more than weights ({error}); it was not loaded."
        ) from error
    return _collect(root)


def _collect(root: object) -> dict[str, Tensor]:
    """Walk the tree of modules; without recursion, since a hostile tree may be deep or run in a circle."""
    state: dict[str, Tensor] = {}
    seen: set[int] = set()
    waiting = [("", root)]
    while waiting:
        prefix, node = waiting.pop()
        if not isinstance(node, _Node) or id(node) in seen:
            continue
        seen.add(id(node))
        for name, value in node.attributes.items():
            if isinstance(value, Tensor):
                state[f"{prefix}{name}"] = value
            else:
                waiting.append((f"{prefix}{name}.", value))
    return state


def _as_list(values: list[Any]) -> list[Any]:
    """Stand in for the typed lists that TorchScript writes."""
    return values


class _Unpickler(pickle.Unpickler):
    """Builds tensors, plain containers and inert nodes; every other name in the pickle is refused."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        super().__init__(io.BytesIO(archive.read(folder + ".pkl")))
        self._archive, self._folder = archive, folder
        self._storages: dict[str, Tensor] = {}

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] == "__torch__":
            return _Node
        if module == "torch" and name in _DTYPES:
            return _StorageType(_DTYPES[name])
        allowed: dict[tuple[str, str], Callable[..., Any]] = {
            ("torch._utils", "_rebuild_tensor_v2"): self._build_tensor,
            ("collections", "OrderedDict"): OrderedDict,
            ("torch.jit._pickle", "build_intlist"): _as_list,
            ("torch.jit._pickle", "build_doublelist"): _as_list,
            ("torch.jit._pickle", "build_boollist"): _as_list,
            ("torch.jit._pickle", "build_tensorlist"): _as_list,
        }
        if (module, name) not in allowed:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return allowed[module, name]

    def persistent_load(self, pid: Any) -> Tensor:
        """Read one storage record as a flat tensor."""
        kind, storage, key, _, count = pid
        if kind != "storage" or not isinstance(storage, _StorageType) or not isinstance(key, str):
            raise pickle.UnpicklingError("a reference that is no storage")
        if key not in self._storages:
            data = bytearray(self._archive.read(f"{self._folder}/{key}"))
            if len(data) != count * storage.dtype.itemsize:
                raise pickle.UnpicklingError(f"storage {key} is not as long as it says")
            self._storages[key] = torch.frombuffer(data, dtype=storage.dtype) if data else torch.empty(0)
        return self._storages[key]

    def _build_tensor(
        self, storage: Tensor, offset: int, size: tuple[int, ...], stride: tuple[int, ...], *_: Any
    ) -> Tensor:
        """View a storage in a shape; strides that would leave it are refused by torch itself."""
        if not isinstance(storage, Tensor) or min(offset, *size, *stride, 0) < 0 or len(size) != len(stride):
            raise pickle.UnpicklingError("a tensor that is not made of a storage")
        if 0 not in size:
            last = offset + sum((extent - 1) * step for extent, step in zip(size, stride, strict=True))
            if last >= storage.numel():
                raise pickle.UnpicklingError("a tensor larger than its storage")
        return storage.as_strided(size, stride, offset)
