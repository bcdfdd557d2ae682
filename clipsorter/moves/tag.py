"""One run of edits, as tags are, and its way back, from what is wanted to how each bundle ended."""

import threading
from collections.abc import Callable, Collection, Generator, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from clipsorter.errors import ClipsorterError, MoveError
from clipsorter.moves.batches import bring_to_rest, carry_out_batch
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal, Outcome, Run
from clipsorter.moves.reasons import sentence
from clipsorter.moves.rewrite import bytes_of, carry_out_edits, edit_of, is_now, old_bytes
from clipsorter.moves.step import Bundle, Edit, Written

_PHOTOS = 16
_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A photo's edits, worked out, and the new bytes of each by its token."""

    bundle: Bundle
    contents: dict[str, bytes]

    @property
    def size(self) -> int:
        return sum(len(content) for content in self.contents.values())


@dataclass(frozen=True, slots=True)
class WantedEdit:
    """A file and its new bytes, with those that were read and their time; None is no file."""

    path: Path
    old: bytes | None
    new: bytes | None
    old_mtime_ns: int
    new_mtime_ns: int


def rewriting(photo: Path, edits: Iterable[WantedEdit], written: Iterable[Written] = ()) -> Rewriting:
    """Return what a photo's files are to become."""
    made, contents = [], {}
    for each in edits:
        edit = edit_of(each.path, each.old, each.old_mtime_ns, each.new, each.new_mtime_ns)
        made.append(edit)
        if each.new is not None:
            contents[edit.token] = each.new
    return Rewriting(Bundle((), photo=photo, edits=tuple(made), written=tuple(written)), contents)


def refuse_edit(photo: Path, failure: str) -> Outcome:
    """Return that a photo and its sidecars stay as they are, and why."""
    return Outcome(Bundle((), photo=photo), "back", failure)


def carry_out_rewritings(
    journal: Journal,
    disk: Disk,
    run_id: int,
    planned: Iterable[Callable[[], Rewriting | Outcome | None]],
    cancel: threading.Event,
) -> Generator[Outcome, None, None]:
    """Plan and carry out each edit, and yield how it ended, after the journal knows; raise LibraryError.

    A plan is made as late as possible, and again if a photo before it shares a file with it; None is nothing to do.
    `cancel` is read between photos.
    """
    batch: list[Rewriting | Outcome] = []
    paths: set[Path] = set()
    weight = 0
    for plan in planned:
        if cancel.is_set():
            break
        item = plan()
        is_refused = isinstance(item, Outcome)  # perhaps for what a photo before it is about to change
        if paths and (is_refused or (isinstance(item, Rewriting) and paths & _paths(item))):
            yield from _carry_out(journal, disk, run_id, batch, cancel)
            batch, paths, weight = [], set(), 0
            item = plan()
        if item is None:
            continue
        batch.append(item)
        if isinstance(item, Rewriting):
            paths |= _paths(item)
            weight += item.size
        if len(batch) >= _PHOTOS or weight >= _BYTES:
            yield from _carry_out(journal, disk, run_id, batch, cancel)
            batch, paths, weight = [], set(), 0
    if batch:
        yield from _carry_out(journal, disk, run_id, batch, cancel)


def take_back_edits(
    journal: Journal, disk: Disk, run: Run, undo_id: int, cancel: threading.Event, files: Collection[Path] | None = None
) -> Generator[Outcome, None, None]:
    """Give the files of a run their old bytes and times again, as the run `undo_id`; or only some of its photos.

    A photo of which a file has changed since is left as it is, with its sidecars, and named. Raises LibraryError.
    """
    bundles = [bundle for bundle in journal.undoable(run.run_id) if files is None or is_meant(bundle, files)]
    yield from carry_out_rewritings(
        journal, disk, undo_id, [partial(_way_back, disk, bundle) for bundle in bundles], cancel
    )


def is_meant(bundle: Bundle, files: Collection[Path]) -> bool:
    """Tell whether a bundle of edits is about one of these files."""
    return bundle.photo in files or any(edit.path in files for edit in bundle.edits)


def _way_back(disk: Disk, bundle: Bundle) -> Rewriting | Outcome:
    assert bundle.photo is not None
    try:
        # What is to be gone goes last: till then all can be taken back.
        edits = [_back(disk, edit) for edit in sorted(bundle.edits, key=lambda edit: edit.old is None)]
    except (OSError, MoveError) as error:
        refused = refuse_edit(bundle.photo, sentence(error))
        return replace(refused, bundle=replace(refused.bundle, undoes=bundle.bundle_id))
    back = rewriting(bundle.photo, edits)
    return replace(back, bundle=replace(back.bundle, undoes=bundle.bundle_id))


def _back(disk: Disk, edit: Edit) -> WantedEdit:
    if not is_now(disk, edit.path, edit.new):
        raise MoveError(f"it has changed since, or a later sort moved it: then undo that first ({edit.path})")
    now = None if edit.new is None else bytes_of(disk, edit.path)
    now_ns = 0 if edit.new is None else disk.status(edit.path).st_mtime_ns
    old = None if edit.old is None else old_bytes(disk, edit)
    return WantedEdit(edit.path, now, old, now_ns, 0 if edit.old is None else edit.old.mtime_ns)


def _paths(item: Rewriting) -> set[Path]:
    return {edit.path for edit in item.bundle.edits}


def _carry_out(
    journal: Journal, disk: Disk, run_id: int, batch: Iterable[Rewriting | Outcome], cancel: threading.Event
) -> list[Outcome]:
    batch = list(batch)
    contents = {token: data for item in batch if isinstance(item, Rewriting) for token, data in item.contents.items()}

    def carry_out_one(_: Journal, disk: Disk, bundle: Bundle) -> Outcome:
        try:
            carry_out_edits(disk, bundle, contents)
        except (OSError, MoveError) as error:
            failure: OSError | ClipsorterError = error
        else:
            return Outcome(bundle, "done")
        return bring_to_rest(disk, bundle, sentence(failure))

    entries = [item.bundle if isinstance(item, Rewriting) else item for item in batch]
    return carry_out_batch(journal, disk, run_id, entries, cancel, carry_out_one)
