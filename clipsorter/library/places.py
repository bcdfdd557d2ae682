"""Where photos lie, as the bytes of the file system: every name makes the round trip, also one that is no text."""

import os
from collections.abc import Collection
from pathlib import Path

_SEPARATOR = os.fsencode(os.sep)
_DRIVES = (b"/media/", b"/mnt/", b"/net/", b"/run/", b"/Volumes/")  # where systems connect drives


def folder_and_name(path: Path) -> tuple[bytes, bytes]:
    """Split an absolute path into its folder, with the closing separator, and its name; raise ValueError."""
    if not path.is_absolute():
        raise ValueError(f"not an absolute path: {path}")
    folder, separator, name = os.fsencode(path).rpartition(_SEPARATOR)
    return folder + separator, name


def subtree(root: Path) -> tuple[bytes, bytes]:
    """Return the bounds of all folders at and below an absolute root: first <= folder < last."""
    first = os.fsencode(root.absolute())
    if not first.endswith(_SEPARATOR):  # as `/` does
        first += _SEPARATOR
    return first, first[:-1] + bytes([first[-1] + 1])


def holds_something(folder: Path | bytes) -> bool:
    """Tell whether it is a folder with anything in it: an empty one may be where a missing drive is mounted."""
    try:
        with os.scandir(folder) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def may_be_on_a_drive(folder: bytes) -> bool:
    """Tell whether a folder lies where drives appear and vanish: there, one that is gone says nothing of its photos."""
    return folder.startswith(_DRIVES)


def names_gone(folder: bytes, names: Collection[bytes]) -> set[bytes] | None:
    """Return which of the names are no longer in the folder, or None if that can't be told.

    It can't if the folder is empty or can't be read, or if it is gone and the nearest one that is left is so.
    """
    try:
        with os.scandir(folder) as entries:
            present = {entry.name for entry in entries}
    except FileNotFoundError:
        return set(names) if holds_something(_nearest_left(folder)) else None
    except OSError:
        return None
    return set(names) - present if present else None


def _nearest_left(folder: bytes) -> bytes:
    """Return the closest folder above that is there, be it a link that leads nowhere."""
    while folder and not os.path.lexists(folder.rstrip(_SEPARATOR) or folder):
        parent, separator, _ = folder.rstrip(_SEPARATOR).rpartition(_SEPARATOR)
        folder = parent + separator
    return folder
