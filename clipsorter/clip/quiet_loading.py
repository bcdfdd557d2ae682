"""Loads torch and a model so that other threads go on meanwhile: Python would make a window wait for half a second."""

import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Before `import torch` these are what it loads itself, in its order, but with all other threads of Python halted.
_LIBRARIES = (("torch_global_deps", "RTLD_GLOBAL"), ("torch_python", "RTLD_LOCAL"))


@contextmanager
def quiet_loading() -> Iterator[None]:
    """Load torch's libraries ahead, and collect no garbage inside; what was made then is never searched for garbage.

    A collection among the hundreds of thousands of objects of torch halts all threads for 60 ms, and each later one
    would again. Objects are still freed when nothing refers to them. For one thread at a time.
    """
    _load_libraries()
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def _load_libraries() -> None:
    """Let the system load torch's libraries; where that fails, `import torch` does it as ever, or says why not.

    A C function that is called through ctypes lets other threads run, `ctypes.CDLL` and an import do not. On Windows
    torch loads its libraries in this way itself.
    """
    spec = importlib.util.find_spec("torch")
    if "torch" in sys.modules or spec is None or spec.origin is None or sys.platform == "win32":
        return
    load = ctypes.CDLL(None).dlopen
    load.argtypes, load.restype = (ctypes.c_char_p, ctypes.c_int), ctypes.c_void_p
    suffix = "dylib" if sys.platform == "darwin" else "so"
    for name, scope in _LIBRARIES:
        library = Path(spec.origin).with_name("lib") / f"lib{name}.{suffix}"
        load(os.fsencode(library), os.RTLD_NOW | getattr(os, scope))
