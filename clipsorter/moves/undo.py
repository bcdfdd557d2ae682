"""Taking back what a run did, days later: each file goes home, if it is still the one that was moved."""

import threading
from collections.abc import Collection, Generator
from dataclasses import replace
from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.batches import carry_out_all
from clipsorter.moves.disk import Disk
from clipsorter.moves.evidence import is_content, look
from clipsorter.moves.examine import Examiner, WantedBundle, WantedFile, refuse
from clipsorter.moves.folders import remove_made_folders
from clipsorter.moves.journal import Journal, Outcome, Run
from clipsorter.moves.reasons import sentence
from clipsorter.moves.step import Bundle, Kind, Snapshot, Step


def take_back(
    journal: Journal, disk: Disk, run: Run, undo_id: int, cancel: threading.Event, files: Collection[Path] | None = None
) -> Generator[Outcome, None, None]:
    """Take back a run, as the run `undo_id`, or only the bundles that hold some of `files`, by old or new path.

    Moved files go back to where they were, with their time; copies are removed, if the original is there and both are
    unchanged, byte for byte. A bundle stays whole: if one of its files has changed, none of it is touched. Folders
    that were made are removed if nothing is left in them. Raises LibraryError.
    """
    examiner = Examiner(disk, run.dest, run.folder, "move")
    bundles = [bundle for bundle in journal.undoable(run.run_id) if files is None or _is_meant(bundle, files)]
    examined = (_examine(disk, examiner, bundle) for bundle in bundles)
    emptied: set[Path] = set()
    try:
        for outcome in carry_out_all(journal, disk, undo_id, examined, cancel):
            emptied |= {step.source.parent for step in outcome.bundle.steps if outcome.state == "done"}
            emptied |= {step.target.parent for step in outcome.bundle.steps if outcome.state == "back"}
            yield outcome
    finally:
        remove_made_folders(journal, disk, emptied)


def _is_meant(bundle: Bundle, files: Collection[Path]) -> bool:
    return any(step.source in files or step.target in files for step in bundle.steps)


def _examine(disk: Disk, examiner: Examiner, bundle: Bundle) -> Bundle | Outcome:
    """Return the way back of a bundle, or why there is none."""
    files = tuple(WantedFile(step.target, step.source, info=step.info) for step in bundle.steps)
    wanted = WantedBundle(files, bundle.category, "undo")
    try:
        found = [_unchanged(disk, step) for step in bundle.steps]
    except (OSError, MoveError) as error:
        return _undoing(refuse(wanted, sentence(error)), bundle)
    if all(step.kind is Kind.COPY for step in bundle.steps):
        steps = tuple(
            Step(Kind.REMOVE, step.target, step.source, now, now.mtime_ns, step.sha256)
            for step, now in zip(bundle.steps, found, strict=True)
        )
        return Bundle(steps, bundle.category, wanted.reason, undoes=bundle.bundle_id)
    way = examiner.examine(wanted)
    if isinstance(way, Outcome):
        return _undoing(way, bundle)
    steps = tuple(
        replace(back, mtime_ns=step.before.mtime_ns) for back, step in zip(way.steps, bundle.steps, strict=True)
    )
    return replace(way, steps=steps, undoes=bundle.bundle_id)


def _unchanged(disk: Disk, step: Step) -> Snapshot:
    """Return what lies at the target; raise MoveError if it isn't what was put there."""
    now = look(disk, step.target)
    if now is None and step.info is not None:
        raise MoveError(f"it is no longer in the trash: the trash was emptied, or gave it back already ({step.target})")
    if now is None:
        raise MoveError(
            f"it is no longer where it was put; if a later sort moved it on, undo that first ({step.target})"
        )
    is_known = step.sha256 is not None
    expected_ns = step.before.mtime_ns if step.copy_mtime_ns is None else step.copy_mtime_ns
    if now.size != step.before.size or (not is_known and now.mtime_ns != expected_ns):
        raise MoveError(f"it has changed since ({step.target})")
    if is_known and not is_content(disk, step.target, step.sha256):
        raise MoveError(f"its content has changed since ({step.target})")
    return now


def _undoing(outcome: Outcome, bundle: Bundle) -> Outcome:
    return replace(outcome, bundle=replace(outcome.bundle, undoes=bundle.bundle_id))
