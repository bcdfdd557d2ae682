"""One bundle on its way, all of it or nothing: forward, to its end, or back.

Forward, in this order, so that at no instant a file is without a verified place:

1. folders are made;
2. files that change volume or are copied grow beside their targets and are verified; the journal notes their SHA-256;
   those on their way to a trash get their note there;
3. every file gets its target's name by a rename that refuses an existing one;
4. what is to be removed is renamed to `gone` beside its place, and looked at again: had it changed, it goes back;
5. the folders of the targets are flushed, and only then `gone` is removed.

Up to the first removal in 5 all of it can be taken back by renames alone; only what a system took into a trash of which
it keeps the places to itself (`Kind.GIVE`) stays there. `settle` decides by what lies on the disk,
not by memory, so that it serves a failure at work and a start after a crash alike.
"""

import errno
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.copying import copy_verified
from clipsorter.moves.disk import Disk
from clipsorter.moves.evidence import is_complete, is_content, is_placed, is_reachable, look, unreachable
from clipsorter.moves.step import Bundle, Kind, Step
from clipsorter.moves.trash_note import drop_notes, is_thrown, write_note


@dataclass(frozen=True, slots=True)
class Settled:
    """How a bundle that was interrupted came to rest, and what the user should know of it."""

    is_done: bool
    notes: tuple[str, ...] = ()


def carry_out(disk: Disk, bundle: Bundle, note_verified: Callable[[Bundle], None]) -> Bundle:
    """Move, copy or remove the files of a bundle; return it with what was learnt of its copies.

    `note_verified` writes that into the journal. Raises OSError or MoveError; then `settle` brings the files to rest.
    """
    for folder in bundle.folders:
        make_folder(disk, folder)
    if any(step.is_copied for step in bundle.steps):
        steps = tuple(copy_verified(disk, step) if step.is_copied else step for step in bundle.steps)
        bundle = replace(bundle, steps=steps)
        note_verified(bundle)
    for step in bundle.steps:
        if is_thrown(step):
            write_note(disk, step)
    for step in bundle.steps:
        _place(disk, step)
    for step in bundle.steps:
        if step.is_removed:
            _stash(disk, step)
    _finish(disk, bundle)
    drop_notes(disk, bundle)
    return bundle


def settle(disk: Disk, bundle: Bundle) -> Settled:
    """Bring an interrupted bundle to rest: to its end if only removals are left, else back to where it was.

    Raises OSError or MoveError if neither can be done now; it may be called again at any time, and any number of times.
    """
    if is_complete(disk, bundle):
        try:
            _finish(disk, bundle)
        except OSError:
            if any(step.is_removed and look(disk, step.gone) is None for step in bundle.steps):
                raise
        else:
            drop_notes(disk, bundle)
            return Settled(is_done=True)
    notes = _take_back(disk, bundle)
    drop_notes(disk, bundle)
    return Settled(is_done=False, notes=notes)


def make_folder(disk: Disk, folder: Path) -> bool:
    """Make a folder unless it is there; tell whether it was made. Raise OSError if something else is in its place."""
    try:
        disk.make_folder(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return False
    return True


def _place(disk: Disk, step: Step) -> None:
    if step.kind in (Kind.RENAME, Kind.GIVE):
        if look(disk, step.source) not in (step.before, None):
            raise MoveError(f"it has changed since it was looked at: look again ({step.source})")
        if step.kind is Kind.GIVE:
            disk.give(step.source)
        else:
            disk.rename(step.source, step.target)
    elif step.is_copied:
        disk.rename(step.part, step.target)
    elif not is_content(disk, step.target, step.sha256):  # REMOVE
        raise MoveError(
            f"the original is gone or has changed, so that the copy is the only one of its kind ({step.target})"
        )


def _stash(disk: Disk, step: Step) -> None:
    disk.rename(step.source, step.gone)
    if look(disk, step.gone) != step.before:
        raise MoveError(f"it has changed while it was being moved ({step.source})")
    if step.kind is Kind.REMOVE and not is_content(disk, step.gone, step.sha256):
        raise MoveError(f"the copy has changed since it was made ({step.source})")


def _finish(disk: Disk, bundle: Bundle) -> None:
    removed = [step for step in bundle.steps if step.is_removed]
    for folder in dict.fromkeys(step.target.parent for step in removed):
        disk.flush_folder(folder)
    for step in removed:
        try:
            disk.unlink(step.gone)
        except FileNotFoundError:
            if look(disk, step.gone) is not None:
                raise


def _take_back(disk: Disk, bundle: Bundle) -> tuple[str, ...]:
    for step in reversed(bundle.steps):
        if step.is_removed and look(disk, step.gone) is not None:
            disk.rename(step.gone, step.source)
    notes = [_unplace(disk, step) for step in reversed(bundle.steps)]
    return tuple(note for note in notes if note)


def _unplace(disk: Disk, step: Step) -> str:
    """Undo `_place`; return what the user should know."""
    if step.kind is Kind.REMOVE:
        return ""
    if step.kind is Kind.RENAME:
        return _rename_back(disk, step)
    if step.kind is Kind.GIVE:
        return _leave_given(disk, step)
    if look(disk, step.source) is None:
        return _keep_copy(disk, step)
    if is_placed(disk, step):
        disk.unlink(step.target)
    if look(disk, step.part) is not None:
        disk.unlink(step.part)
    return ""


def _rename_back(disk: Disk, step: Step) -> str:
    source, target = look(disk, step.source), look(disk, step.target)
    if source is not None:
        if target is not None and target.is_same_file(source) and disk.status(step.target).st_nlink > 1:
            disk.unlink(step.target)  # the second name of a rename in two halves
        return ""
    if is_placed(disk, step):
        disk.rename(step.target, step.source)
        return ""
    if not any(is_reachable(path.parent, step.before.device) for path in (step.source, step.target)):  # one volume
        raise unreachable(step.source.parent)
    return f"{step.source} is no longer there, and not at {step.target} either: something else took it away."


def _leave_given(disk: Disk, step: Step) -> str:
    if look(disk, step.source) is not None:
        return ""
    if not is_reachable(step.source.parent, step.before.device):
        raise unreachable(step.source.parent)
    return f"{step.source.name} is in the trash already: only your system can give it back"


def _keep_copy(disk: Disk, step: Step) -> str:
    """Keep a verified copy whose source something else took away: it may be the only one."""
    if not is_reachable(step.source.parent, step.before.device):
        raise unreachable(step.source.parent)
    if look(disk, step.part) is not None:
        if step.sha256 is None:
            disk.unlink(step.part)
            return ""
        try:
            disk.rename(step.part, step.target)
        except FileExistsError:
            return f"{step.source} was taken away by something else, so its copy is kept: {step.part}."
    if not is_placed(disk, step):
        return f"{step.source} is no longer there: something else took it away."
    return f"{step.source} was taken away by something else, so its copy is kept: {step.target}."


def is_other_volume(error: Exception) -> bool:
    """Tell whether a rename failed because its target lies on another volume after all."""
    return isinstance(error, OSError) and error.errno == errno.EXDEV
