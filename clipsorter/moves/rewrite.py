"""One photo and its sidecars get other bytes, all of them or none: forward, or back.

In this order, so that at no instant a file is neither whole and old nor whole and new:

1. the journal has the way back of each file (`Edit.way_back`);
2. the new bytes are written beside each file, flushed, read again, and compared;
3. each file is looked at once more, all its bytes, and replaced in one indivisible step; files that are to be gone go.

What a crash left is told by the bytes on the disk: `settle_edits` decides by them alone.
"""

import hashlib
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.copying import digest_of, dress
from clipsorter.moves.difference import difference, original
from clipsorter.moves.disk import Disk
from clipsorter.moves.evidence import look
from clipsorter.moves.move import Settled
from clipsorter.moves.step import Bundle, Content, Edit


def edit_of(path: Path, old: bytes | None, old_mtime_ns: int, new: bytes | None, new_mtime_ns: int) -> Edit:
    """Return the edit that gives a file other bytes; None is no file. Both times in nanoseconds."""
    return Edit(
        path,
        _content(old, old_mtime_ns),
        _content(new, new_mtime_ns),
        None if old is None else difference(old, new or b""),
    )


def carry_out_edits(disk: Disk, bundle: Bundle, contents: Mapping[str, bytes]) -> None:
    """Write the new bytes, by the token of each edit, of one photo's files; raise OSError or MoveError.

    Then `settle_edits` brings the files to rest.
    """
    for edit in bundle.edits:
        if edit.new is not None:
            _write(disk, bundle, edit, contents[edit.token], edit.new)
    for edit in bundle.edits:
        _refuse_change(disk, edit)
        if edit.new is None:
            disk.unlink(edit.path)
        elif edit.old is None:
            disk.rename(edit.part, edit.path)
        else:
            disk.replace(edit.part, edit.path)


def settle_edits(disk: Disk, bundle: Bundle) -> Settled:
    """Bring an interrupted bundle of edits to rest: done if all files are new, else all old again.

    Raises OSError or MoveError if that can't be done now; may be called again at any time. A file that something else
    changed meanwhile is left alone, and named.
    """
    for edit in bundle.edits:
        if look(disk, edit.path.parent) is None or not _holds_something(edit):
            raise MoveError(f"its drive or folder can't be reached: connect it ({edit.path.parent})")
        with suppress(FileNotFoundError):
            disk.unlink(edit.part)
    if all(is_now(disk, edit.path, edit.new) for edit in bundle.edits):
        return Settled(is_done=True)
    notes = [_take_back(disk, bundle, edit) for edit in reversed(bundle.edits)]
    return Settled(is_done=False, notes=tuple(note for note in notes if note))


def is_now(disk: Disk, path: Path, content: Content | None) -> bool:
    """Tell whether a file has these bytes, or is not there if there is to be none."""
    status = look(disk, path)
    if status is None or content is None:
        return status is None and content is None
    return status.size == content.size and digest_of(disk, path) == content.sha256


def bytes_of(disk: Disk, path: Path) -> bytes:
    """Return all of a file; raise OSError."""
    descriptor = disk.open(path)
    parts = []
    try:
        while data := disk.read(descriptor, 2**20):
            parts.append(data)
    finally:
        disk.close(descriptor)
    return b"".join(parts)


def old_bytes(disk: Disk, edit: Edit) -> bytes:
    """Return what a file was before an edit, from what it is now; raise MoveError if that is not what it became."""
    assert edit.old is not None
    new = b"" if edit.new is None else bytes_of(disk, edit.path)
    if edit.new is not None and hashlib.sha256(new).digest() != edit.new.sha256:
        raise MoveError(f"it has changed since ({edit.path})")
    try:
        old = original(edit.way_back or b"", new)
    except ValueError as error:
        raise MoveError(f"{error} ({edit.path})") from error
    if hashlib.sha256(old).digest() != edit.old.sha256:
        raise MoveError(f"what was kept of it is damaged ({edit.path})")
    return old


def _content(data: bytes | None, mtime_ns: int) -> Content | None:
    return None if data is None else Content(len(data), mtime_ns, hashlib.sha256(data).digest())


def _holds_something(edit: Edit) -> bool:
    """Tell whether anything is in the folder: an empty one may be the place of a drive that is not connected."""
    if edit.old is None:
        return True
    with os.scandir(edit.path.parent) as entries:
        return next(entries, None) is not None


def _write(disk: Disk, bundle: Bundle, edit: Edit, data: bytes, content: Content) -> None:
    """Write bytes beside a file, with its permissions, owner and attributes, or those of the photo if it is new."""
    like = edit.path if look(disk, edit.path) is not None else bundle.photo
    part = disk.create(edit.part)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[disk.write(part, rest) :]
        if like is not None:
            status = disk.status(like)
            _keep_owner(disk, edit.part, status)
            if like == edit.path:
                dress(disk, like, edit.part, status, is_only_copy=True)
            else:
                disk.set_mode(edit.part, stat.S_IMODE(status.st_mode) & 0o666)
        disk.set_times(edit.part, content.mtime_ns, content.mtime_ns)
        disk.flush(part)
    finally:
        disk.close(part)
    if digest_of(disk, edit.part) != content.sha256:
        raise MoveError(f"that disk gives back other bytes than were written: check it ({edit.path.parent})")


def _keep_owner(disk: Disk, part: Path, status: os.stat_result) -> None:
    if os.name == "nt" or (status.st_uid, status.st_gid) == (os.geteuid(), os.getegid()):
        return
    with suppress(PermissionError, OSError):  # only some users may give files away; the bytes matter more
        disk.set_owner(part, status.st_uid, status.st_gid)


def _refuse_change(disk: Disk, edit: Edit) -> None:
    """Raise MoveError unless a file is, byte for byte, what was read when its new bytes were made."""
    before = look(disk, edit.path)
    is_same = is_now(disk, edit.path, edit.old)
    if not is_same or look(disk, edit.path) != before:
        raise MoveError(f"it has changed since it was looked at: look again ({edit.path})")


def _take_back(disk: Disk, bundle: Bundle, edit: Edit) -> str:
    """Make one file old again; return what the user should know."""
    if is_now(disk, edit.path, edit.old):
        return ""
    if not is_now(disk, edit.path, edit.new):
        return f"{edit.path} was changed by something else meanwhile, and is left as it is"
    if edit.old is None:
        disk.unlink(edit.path)
        return ""
    _write(disk, bundle, edit, old_bytes(disk, edit), edit.old)
    if edit.new is None:
        disk.rename(edit.part, edit.path)
    else:
        disk.replace(edit.part, edit.path)
    return ""
