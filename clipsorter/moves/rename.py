"""A rename that refuses an existing target, in the words of each system: the one call on which all of this rests."""

import ctypes
import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_AT_FDCWD = -100  # linux/fcntl.h
_RENAME_NOREPLACE = 1  # linux/fs.h, see renameat2(2)
_RENAME_EXCL = 4  # sys/stdio.h of macOS, see renamex_np(2)
# What a kernel or a file system answers that does not know the flag.
_UNKNOWN_FLAG = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})


def rename_exclusively(source: Path, target: Path) -> bool:
    """Rename in one indivisible step; return False where this file system can't without the risk of overwriting.

    Raises FileExistsError if the target is there, be it a link that leads nowhere, and OSError as os.rename does.
    """
    if os.name == "nt":
        source.rename(target)  # MoveFileExW without MOVEFILE_REPLACE_EXISTING, which refuses an existing target
        return True
    code = _call(os.fsencode(source), os.fsencode(target))
    if code in _UNKNOWN_FLAG:
        return False
    if code:
        raise OSError(code, os.strerror(code), str(source), None, str(target))
    return True


def _call(source: bytes, target: bytes) -> int:
    """Return 0 or the error number."""
    function = _function()
    if function is None:
        return errno.ENOSYS
    if sys.platform == "darwin":
        failed = function(source, target, ctypes.c_uint(_RENAME_EXCL))
    else:
        failed = function(_AT_FDCWD, source, _AT_FDCWD, target, ctypes.c_uint(_RENAME_NOREPLACE))
    return ctypes.get_errno() if failed else 0


@cache
def _function() -> Any:
    """Return the C function, or None where the C library is too old to have it."""
    library = ctypes.CDLL(None, use_errno=True)
    return getattr(library, "renamex_np" if sys.platform == "darwin" else "renameat2", None)
