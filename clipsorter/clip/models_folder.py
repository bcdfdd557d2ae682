"""The models folder changes by one program at a time, and no file there bears its name before it is proved."""

import errno
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clipsorter.durable import flush_names, write_atomically
from clipsorter.errors import UsageError

MARGIN_BYTES = 64 * 2**20  # left free beside a new model, so that the rest of the system can go on
_LOCK = ".lock"
_MEMORY = ".sha256.json"
_FULL = {errno.ENOSPC, errno.EDQUOT}

logger = logging.getLogger(__name__)


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Hold the models folder, made if need be, for one change.

    Raises UsageError at once, without waiting, when another thread or program holds it: a download may take an hour.
    """
    # Not thread-local: a download is a generator, which another thread may finish.
    lock = FileLock(folder / _LOCK, blocking=False, thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            "Another Clipsorter is fetching or importing a model right now; try again when it is done."
        ) from error
    except OSError as error:
        raise failure_at(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def failure_at(path: Path, error: OSError) -> UsageError:
    """Say why a file of the models folder can't be read or written, and what helps."""
    if error.errno in _FULL:
        return UsageError(f"The disk of {path} is full. Free some space, then try again.")
    return UsageError(
        f"{path} can't be read or written ({error.strerror or error}). Check the permissions, then try again."
    )


def demand_space(folder: Path, needed_bytes: int, what: str) -> None:
    """Raise UsageError with both sizes unless `needed_bytes` and a margin are free on the folder's disk."""
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes + MARGIN_BYTES:
        raise UsageError(
            f"{what} needs {in_mb(needed_bytes + MARGIN_BYTES)} of free space on the disk of {folder}, "
            f"which has {in_mb(free_bytes)}. Free some space, then try again."
        )


def in_mb(size_bytes: int) -> str:
    """Give a size as people read it; megabytes of 2**20 bytes, as on the model cards."""
    return f"{size_bytes / 2**20:,.0f} MB"


def part_of(target: Path) -> Path:
    """Return the name under which a file is filled until it is proved."""
    return target.with_name(f"{target.name}.part")


def put_in_place(part: Path, target: Path) -> None:
    """Give a proved file its final name, once all of it is on the disk; raise UsageError if that fails."""
    try:
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
        flush_names(target.parent)
    except OSError as error:
        raise failure_at(target, error) from error


def sha256_of(path: Path) -> str:
    """Read a file through and return its SHA-256 as 64 hexadecimal digits; OSError if it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_sha256(path: Path, folder: Path) -> str:
    """Return a file's SHA-256, from the memory in the models folder while size and time are those it was read at.

    Hashing 350 MB takes a good part of a second at every start otherwise. OSError if the file can't be read.
    """
    before = path.stat()
    remembered = _memory(folder).get(_key(path))
    if isinstance(remembered, list) and remembered[:-1] == [before.st_size, before.st_mtime_ns]:
        return str(remembered[-1])
    sha256 = sha256_of(path)
    after = path.stat()
    if (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns):  # else it is being written
        remember_sha256(path, sha256, after, folder)
    return sha256


def remember_sha256(path: Path, sha256: str, stat: os.stat_result, folder: Path) -> None:
    """Note the SHA-256 of a file together with the size and time it had then."""
    _save_memory(_memory(folder) | {_key(path): [stat.st_size, stat.st_mtime_ns, sha256]}, folder)


def forget_sha256(path: Path, folder: Path) -> None:
    """Have the file hashed again the next time."""
    _save_memory({key: entry for key, entry in _memory(folder).items() if key != _key(path)}, folder)


def _key(path: Path) -> str:
    return str(path.absolute())


def _memory(folder: Path) -> dict[str, object]:
    """Read what is remembered; a damaged memory is an empty one."""
    try:
        memory = json.loads((folder / _MEMORY).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        logger.info("memory of SHA-256 not used: %s", error)
        return {}
    return memory if isinstance(memory, dict) else {}


def _save_memory(memory: dict[str, object], folder: Path) -> None:
    """Keep the memory; a folder that can't be written costs only time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / _MEMORY, json.dumps(memory, indent=1))
    except OSError as error:
        logger.info("memory of SHA-256 not kept: %s", error)
