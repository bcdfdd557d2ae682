"""What a plan needs to know of the disk, read once and remembered: the plan itself looks at nothing."""

import os
import stat
import sys
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

from clipsorter.errors import PhotoError
from clipsorter.photos.fingerprint import full_hash
from clipsorter.photos.placeholder import is_placeholder


class Kind(Enum):
    """What a name in a folder stands for; a link is a link, wherever it leads."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"


def list_folder(folder: Path) -> dict[str, Kind]:
    """Return every name in a folder, hidden ones too, and its kind; nothing if the folder is not there.

    Raises PhotoError if the folder can't be read, or is no folder.
    """
    try:
        with os.scandir(folder) as entries:
            return {entry.name: _kind(entry) for entry in entries}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise PhotoError(f"can't be read: {getattr(error, 'strerror', None) or error}") from error


def _kind(entry: "os.DirEntry[str]") -> Kind:
    if entry.is_symlink() or _is_junction(entry):
        return Kind.LINK
    if entry.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if entry.is_file(follow_symlinks=False) else Kind.OTHER


def _is_junction(entry: "os.DirEntry[str]") -> bool:
    """Tell a folder of Windows that leads elsewhere without being a symbolic link."""
    if sys.platform == "win32":
        return entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    return False


class Disk:
    """The real disk as a plan asks for it. Answers are remembered: take a new one for each plan."""

    def __init__(self) -> None:
        self._listings: dict[Path, Mapping[str, Kind]] = {}
        self._sizes: dict[Path, int] = {}
        self._contents: dict[Path, bytes] = {}

    def listing(self, folder: Path) -> Mapping[str, Kind]:
        """Return every name in a folder and its kind, nothing if it is not there; raise PhotoError."""
        if folder not in self._listings:
            self._listings[folder] = list_folder(folder)
        return self._listings[folder]

    def size(self, path: Path) -> int:
        """Return the size of a file in bytes; raise PhotoError if it can't be told."""
        if path not in self._sizes:
            try:
                self._sizes[path] = path.stat().st_size
            except OSError as error:
                raise PhotoError(f"can't be read: {error.strerror or error}") from error
        return self._sizes[path]

    def content(self, path: Path) -> bytes:
        """Return the hash of all of a file, equal only for the same content; raise PhotoError.

        A file whose content lies in the cloud has none here: a plan downloads nothing.
        """
        if path not in self._contents:
            if is_placeholder(path):
                raise PhotoError("can't be read: its content is only in the cloud")
            self._contents[path] = full_hash(path)
        return self._contents[path]
