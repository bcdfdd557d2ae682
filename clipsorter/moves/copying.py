"""One verified copy: written beside its target under a name of its own, flushed, read again, and only then believed."""

import errno
import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.disk import Disk
from clipsorter.moves.step import Kind, Snapshot, Step

_CHUNK_BYTES = 2**20
_COARSEST_TIME_NS = 2 * 10**9  # FAT keeps every second second
_NOT_KEPT = frozenset({errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})  # by disks without, or for the system alone


def copy_verified(disk: Disk, step: Step) -> Step:
    """Copy the source to `step.part` and return the step with the SHA-256 and the time of that copy.

    Both were read from the disk again. Raises MoveError if the source changes meanwhile or the copy differs, OSError as
    the disk does; what is left of the copy then is for `take_back`.
    """
    source = disk.open(step.source)
    try:
        _refuse_change(disk, source, step)
        part = disk.create(step.part)
        try:
            digest = _pour(disk, source, part)
            status = disk.opened_status(source)
            dress(disk, step.source, step.part, status, is_only_copy=step.kind is Kind.CARRY)
            disk.set_times(step.part, status.st_atime_ns, step.mtime_ns)
            disk.flush(part)
        finally:
            disk.close(part)
        _refuse_change(disk, source, step)
    finally:
        disk.close(source)
    status = disk.status(step.part)
    if status.st_size != step.before.size or digest_of(disk, step.part) != digest:
        raise MoveError(f"the copy on that disk differs from what was written: check the disk ({step.part.parent})")
    if abs(status.st_mtime_ns - step.mtime_ns) > _COARSEST_TIME_NS:
        raise MoveError(f"that disk doesn't keep the time of a file ({step.part.parent})")
    return replace(step, sha256=digest, copy_mtime_ns=status.st_mtime_ns)


def digest_of(disk: Disk, path: Path) -> bytes:
    """Return the SHA-256 of a file; raise OSError."""
    digest = hashlib.sha256()
    descriptor = disk.open(path)
    try:
        while data := disk.read(descriptor, _CHUNK_BYTES):
            digest.update(data)
    finally:
        disk.close(descriptor)
    return digest.digest()


def _refuse_change(disk: Disk, source: int, step: Step) -> None:
    if not Snapshot.of(disk.opened_status(source)).is_same_state(step.before):
        raise MoveError(f"it has changed while it was being copied ({step.source})")


def _pour(disk: Disk, source: int, part: int) -> bytes:
    """Copy all bytes and return their SHA-256."""
    digest = hashlib.sha256()
    while data := disk.read(source, _CHUNK_BYTES):
        digest.update(data)
        rest = memoryview(data)
        while rest:
            rest = rest[disk.write(part, rest) :]
    return digest.digest()


def dress(disk: Disk, source: Path, copy: Path, status: os.stat_result, *, is_only_copy: bool) -> None:
    """Give a copy the attributes and permissions of its source; refuse to lose some where it is to be the only one."""
    disk.copy_metadata(source, copy)
    for name, value in disk.attributes(source).items():
        try:
            disk.set_attribute(copy, name, value)
        except OSError as error:
            if error.errno not in _NOT_KEPT:
                raise
            if is_only_copy and name.startswith("user."):  # the rest belongs to the system
                raise MoveError(
                    f"it carries “{name}”, which that disk can't keep: copy it instead, or choose another disk"
                ) from error
    try:
        disk.set_mode(copy, stat.S_IMODE(status.st_mode))
    except OSError as error:
        if error.errno not in _NOT_KEPT:  # a disk without permissions
            raise
