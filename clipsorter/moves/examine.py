"""Looks at each file just before it is moved: it must be what was meant, and both places where they seem to be."""

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clipsorter.errors import MoveError
from clipsorter.moves.disk import Disk
from clipsorter.moves.evidence import look
from clipsorter.moves.journal import Outcome
from clipsorter.moves.reasons import sentence
from clipsorter.moves.step import Bundle, Kind, Snapshot, Step

_UNKNOWN = Snapshot(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file and where it is to go; `size` and `mtime_ns`, if known, are those of the file that was looked at.

    `info` is its note in a trash, into which it goes or from which it comes.
    """

    source: Path
    target: Path
    size: int | None = None
    mtime_ns: int | None = None
    info: Path | None = None


@dataclass(frozen=True, slots=True)
class WantedBundle:
    """Files that are to go together, the leading one first, and why."""

    files: tuple[WantedFile, ...]
    category: str = ""
    reason: str = ""


class Examiner:
    """Turns what is wanted into steps, or into a refusal with a reason, for one run."""

    def __init__(self, disk: Disk, folder: Path, dest: Path, mode: Literal["move", "copy", "give"]) -> None:
        """Let files be taken from below `folder` and be put below `dest`, both absolute, and nowhere else."""
        self._disk = disk
        self._folder, self._dest = folder, dest
        self._mode = mode
        self._real_folder, self._real_dest = folder.resolve(), dest.resolve()
        self._sound_sources: set[Path] = set()
        self._devices: dict[Path, int] = {}

    def examine(self, wanted: WantedBundle) -> Bundle | Outcome:
        """Return the steps of a bundle, or that it stays and why. Changes nothing."""
        try:
            steps = tuple(self._step(file) for file in wanted.files)
            folders = dict.fromkeys(
                folder for step in steps for folder in missing_folders(self._disk, step.target.parent)
            )
        except (OSError, MoveError) as error:
            return refuse(wanted, sentence(error))
        return Bundle(steps, wanted.category, wanted.reason, tuple(folders))

    def _step(self, file: WantedFile) -> Step:
        before = self._source(file)
        if self._mode == "give":
            return Step(Kind.GIVE, file.source, file.source, before, before.mtime_ns)
        device = self._target_device(file)
        way = Kind.RENAME if device == before.device else Kind.CARRY
        kind = Kind.COPY if self._mode == "copy" else way
        return Step(kind, file.source, file.target, before, before.mtime_ns, info=file.info)

    def _source(self, file: WantedFile) -> Snapshot:
        folder = file.source.parent
        if folder not in self._sound_sources:
            if not folder.resolve().is_relative_to(self._real_folder):
                raise MoveError(f"it lies outside {self._folder}, behind a link, and links are not followed")
            self._sound_sources.add(folder)
        status = self._disk.status(file.source)
        if stat.S_ISLNK(status.st_mode):
            raise MoveError(f"it is a link to another place, and links are not followed ({file.source})")
        if not stat.S_ISREG(status.st_mode):
            raise MoveError(f"it is no file ({file.source})")
        if file.size not in (None, status.st_size) or file.mtime_ns not in (None, status.st_mtime_ns):
            raise MoveError(f"it has changed since it was looked at: look again ({file.source})")
        return Snapshot.of(status)

    def _target_device(self, file: WantedFile) -> int:
        """Return the volume of the target; refuse a place outside the destination and one that is taken."""
        folder = file.target.parent
        if folder not in self._devices:
            if not folder.is_relative_to(self._dest) or ".." in folder.parts:
                raise MoveError(f"its target lies outside {self._dest} ({file.target})")
            existing = nearest_existing(self._disk, folder)
            if existing.is_relative_to(self._dest) and not existing.resolve().is_relative_to(self._real_dest):
                raise MoveError(f"{existing} is a link that leads out of {self._dest}, and links are not followed")
            device = existing.stat().st_dev
            if existing != folder:
                return device  # it is about to be made, and may become something else until then
            self._devices[folder] = device
        if look(self._disk, file.target) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file.target))
        return self._devices[folder]


def refuse(wanted: WantedBundle, failure: str) -> Outcome:
    """Return that a bundle stays, and why."""
    steps = tuple(Step(Kind.RENAME, file.source, file.target, _UNKNOWN, 0) for file in wanted.files)
    return Outcome(Bundle(steps, wanted.category, wanted.reason), "back", failure)


def missing_folders(disk: Disk, folder: Path) -> list[Path]:
    """Return which folders have to be made for this one to be there, outermost first."""
    missing = []
    while look(disk, folder) is None:
        missing.append(folder)
        folder = folder.parent
    return missing[::-1]


def nearest_existing(disk: Disk, folder: Path) -> Path:
    """Return the folder itself, or the closest one above it that is there."""
    missing = missing_folders(disk, folder)
    return missing[0].parent if missing else folder
