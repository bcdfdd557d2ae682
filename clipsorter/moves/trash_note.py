"""The trash that the desktops of Linux share: where it is, and the note beside each of its files of where that lay.

https://specifications.freedesktop.org/trash-spec/1.0/. Written out here because the journal has to know the place of a
file before it goes there, and because a rename must refuse a name that is taken; send2trash offers neither.
"""

import errno
import os
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from clipsorter.errors import MoveError
from clipsorter.moves.disk import NO_TRASH, Disk
from clipsorter.moves.evidence import look
from clipsorter.moves.step import Bundle, Step

_SUFFIX = ".trashinfo"
_MAX_NAME_BYTES = 255 - len(_SUFFIX)


def trash_of(folder: Path) -> Path:
    """Return the trash for the files of a folder, which is on their volume, made if need be.

    Raises MoveError if the volume has none, OSError if the folder can't be reached, or if there is no room for one.
    """
    device = folder.stat().st_dev
    home = _home_trash()
    nearest = next(each for each in (home, *home.parents) if each.exists())
    try:
        if nearest.stat().st_dev == device:
            home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _made(home)
        return _volume_trash(_top_of(folder), device)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise MoveError(NO_TRASH) from error


def note_of(place: Path) -> Path:
    """Return the note that belongs to a file of a trash."""
    return place.parent.parent / "info" / f"{place.name}{_SUFFIX}"


def free_place(disk: Disk, trash: Path, name: str, taken: set[Path]) -> Path:
    """Return a place for a file of this name, neither `taken` nor there, and take it; raise OSError."""
    stem, suffix = os.fsencode(Path(name).stem), os.fsencode(Path(name).suffix)
    number = 1
    while True:
        ending = (b"" if number == 1 else b".%d" % number) + suffix[:64]
        room = _MAX_NAME_BYTES - len(ending)
        head = stem if len(stem) <= room else stem[:room].decode(errors="ignore").encode()  # no half of a letter
        place = trash / "files" / os.fsdecode(head + ending)
        if place not in taken and look(disk, place) is None and look(disk, note_of(place)) is None:
            taken.add(place)
            return place
        number += 1


def is_thrown(step: Step) -> bool:
    """Tell whether a file is on its way into a trash, rather than out of it or elsewhere."""
    return step.info is not None and step.target == _inside(step.info)


def write_note(disk: Disk, step: Step) -> None:
    """Note where a file lies that is about to be thrown away; raise FileExistsError if another has its place there."""
    assert step.info is not None
    deleted = datetime.now().isoformat(timespec="seconds")  # local time, as the specification has it
    text = f"[Trash Info]\n{_line(step.source, step.info)}\nDeletionDate={deleted}\n"
    note = disk.create(step.info)
    try:
        rest = memoryview(text.encode("ascii"))
        while rest:
            rest = rest[disk.write(note, rest) :]
        disk.flush(note)
    finally:
        disk.close(note)


def drop_notes(disk: Disk, bundle: Bundle) -> None:
    """Remove the notes of files that are not in the trash, or no longer; one that isn't ours stays."""
    for step in bundle.steps:
        if step.info is None:
            continue
        with suppress(OSError):  # a note too many harms nothing
            inside = _inside(step.info)
            if look(disk, inside) is None and _is_ours(disk, step, inside):
                disk.unlink(step.info)


def _is_ours(disk: Disk, step: Step, inside: Path) -> bool:
    """Tell whether a note speaks of the place that this file had, or was to have: a crash may have cut it short."""
    assert step.info is not None
    note = disk.open(step.info)
    try:
        said = disk.read(note, 2**16)
    finally:
        disk.close(note)
    place = step.source if step.target == inside else step.target
    return _line(place, step.info).encode("ascii") in said.splitlines() or b"\nDeletionDate=" not in said


def _home_trash() -> Path:
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".local" / "share") / "Trash"


def _top_of(folder: Path) -> Path:
    folder = folder.resolve()
    return next(each for each in (folder, *folder.parents) if each.is_mount())


def _volume_trash(top: Path, device: int) -> Path:
    """Return the user's part of the trash that all share there, if it is a proper one, else a trash of its own."""
    shared, user = top / ".Trash", str(os.getuid())
    if top.stat().st_dev != device:
        raise MoveError(NO_TRASH)
    with suppress(OSError, MoveError):
        mode = shared.lstat().st_mode
        if stat.S_ISDIR(mode) and mode & stat.S_ISVTX:
            return _made(shared / user)
    return _made(top / f".Trash-{user}")


def _made(trash: Path) -> Path:
    """Make a trash that only this user may look into, unless it is there; refuse what somebody else put in its way."""
    for folder in (trash, trash / "files", trash / "info"):
        folder.mkdir(mode=0o700, exist_ok=True)
    if trash.stat().st_uid != os.getuid():
        raise MoveError(f"its trash belongs to somebody else ({trash})")
    return trash


def _inside(info: Path) -> Path:
    """Return the file of a trash that a note belongs to."""
    return info.parent.parent / "files" / info.name.removesuffix(_SUFFIX)


def _line(place: Path, info: Path) -> str:
    """Return how a note names a place: in the trash of a volume by its way from the top of that volume."""
    trash = info.parent.parent
    top = trash.parent.parent if trash.parent.name == ".Trash" else trash.parent
    is_of_volume = trash.parent.name == ".Trash" or trash.name.startswith(".Trash-")
    real = place.parent.resolve() / place.name
    named = real.relative_to(top) if is_of_volume and real.is_relative_to(top) else real
    return f"Path={quote(os.fsencode(named))}"
