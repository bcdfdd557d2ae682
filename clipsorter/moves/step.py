"""What is to happen to one file, and to the files that go together: the words in which the journal speaks."""

import os
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal


class Kind(StrEnum):
    """The ways of a file: renamed on its volume, copied, carried to another volume, or a copy that is removed.

    Or it is given to the trash of a system that keeps its place there to itself.
    """

    RENAME = "rename"
    COPY = "copy"
    CARRY = "carry"
    REMOVE = "remove"
    GIVE = "give"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A file as it was: if nothing of it differs, it has not changed."""

    size: int
    mtime_ns: int
    device: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Snapshot":
        """Take it from what the system says."""
        return cls(status.st_size, status.st_mtime_ns, status.st_dev, status.st_ino)

    def is_same_file(self, other: "Snapshot") -> bool:
        """Tell whether both are one file, changed or not."""
        return (self.device, self.inode) == (other.device, other.inode)

    def is_same_state(self, other: "Snapshot") -> bool:
        """Tell whether both have one size and time, as a file keeps them through renames and remounts."""
        return (self.size, self.mtime_ns) == (other.size, other.mtime_ns)


@dataclass(frozen=True, slots=True)
class Step:
    """One file on its way. `sha256` is known from the moment its copy is verified, always for REMOVE.

    A copy gets the time `mtime_ns`, and really has `copy_mtime_ns` where the disk is coarser. For REMOVE, `target` is
    the original, which must be there for the copy to be removed; for GIVE it is the source again. `info` is the note in
    a trash, at the target or the source, of where the file lay (`trash_note`).
    """

    kind: Kind
    source: Path
    target: Path
    before: Snapshot
    mtime_ns: int
    sha256: bytes | None = None
    copy_mtime_ns: int | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(8))
    info: Path | None = None

    @property
    def part(self) -> Path:
        """The neighbour of the target in which a copy grows until it is verified."""
        return self.target.with_name(f".clipsorter-{self.token}.part")

    @property
    def gone(self) -> Path:
        """The neighbour of the source as which it waits to be removed until everything else is in place."""
        return self.source.with_name(f".clipsorter-{self.token}.gone")

    @property
    def is_copied(self) -> bool:
        return self.kind in (Kind.COPY, Kind.CARRY)

    @property
    def is_removed(self) -> bool:
        return self.kind in (Kind.CARRY, Kind.REMOVE)


@dataclass(frozen=True, slots=True)
class Content:
    """A file by what is in it; the time goes with it."""

    size: int
    mtime_ns: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Edit:
    """A file that gets other bytes where it is; None is no file. `way_back` gives the old bytes (`difference`)."""

    path: Path
    old: Content | None
    new: Content | None
    way_back: bytes | None
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    @property
    def part(self) -> Path:
        """The neighbour in which the new bytes are written and verified."""
        return self.path.with_name(f".clipsorter-{self.token}.part")


@dataclass(frozen=True, slots=True)
class Written:
    """A category whose keyword a photo did not have and gets, and who said that it belongs there."""

    category: str
    decided_by: Literal["model", "human"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that move together or not at all, why, and the folders that have to be made for them, outermost first.

    `undoes` is the bundle of an earlier run that this one takes back. A bundle has steps, or the edits of one `photo`
    and its sidecars, with the categories that are `written` by them.
    """

    steps: tuple[Step, ...]
    category: str = ""
    reason: str = ""
    folders: tuple[Path, ...] = ()
    undoes: int | None = None
    bundle_id: int = 0
    photo: Path | None = None
    edits: tuple[Edit, ...] = ()
    written: tuple[Written, ...] = ()
