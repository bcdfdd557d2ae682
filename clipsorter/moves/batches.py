"""Bundles in batches: journaled together, then moved one by one, flushed together, and struck off together.

What holds at any instant, also when the power fails: no file is touched before its intent is on the disk; no intent is
struck off before the names it changed are; a copy is verified before its source loses its name. What is batched is
only how many intents share a flush.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from clipsorter.errors import ClipsorterError, LibraryError, MoveError
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal, Outcome
from clipsorter.moves.move import carry_out, is_other_volume, settle
from clipsorter.moves.reasons import sentence
from clipsorter.moves.rewrite import settle_edits
from clipsorter.moves.step import Bundle, Kind

_BUNDLES = 128
_COPIED_BYTES = 64 * 2**20  # so that a cancel, and whoever watches, waits for little


def carry_out_all(
    journal: Journal, disk: Disk, run_id: int, examined: Iterable[Bundle | Outcome], cancel: threading.Event
) -> Iterator[Outcome]:
    """Carry out bundles, and pass on those that were refused; yield how each ended, after the journal knows.

    `cancel` is read between bundles; what was not begun then is as if it had never been asked. Raises LibraryError if
    the journal can't be used; what is in flight then is brought to rest by `recover`.
    """
    batch: list[Bundle | Outcome] = []
    weight = 0
    for item in examined:
        if cancel.is_set():
            break
        batch.append(item)
        if isinstance(item, Bundle):
            weight += sum(step.before.size for step in item.steps if step.kind is not Kind.RENAME)
        if len(batch) >= _BUNDLES or weight >= _COPIED_BYTES:
            yield from carry_out_batch(journal, disk, run_id, batch, cancel, _carry_out_one)
            batch, weight = [], 0
    if batch:
        yield from carry_out_batch(journal, disk, run_id, batch, cancel, _carry_out_one)


def carry_out_batch(
    journal: Journal,
    disk: Disk,
    run_id: int,
    batch: Sequence[Bundle | Outcome],
    cancel: threading.Event,
    carry_out_one: Callable[[Journal, Disk, Bundle], Outcome],
) -> list[Outcome]:
    """Carry out a batch, and return how each ended; what was not begun at a cancel is struck off. As above."""
    outcomes = [item for item in batch if isinstance(item, Outcome)]
    waiting = journal.intend(run_id, [item for item in batch if isinstance(item, Bundle)])
    for position, bundle in enumerate(waiting):
        if cancel.is_set():
            journal.forget(waiting[position:])
            break
        outcomes.append(carry_out_one(journal, disk, bundle))
    outcomes = _flush(disk, outcomes)
    journal.settle(run_id, outcomes)
    return outcomes


def _carry_out_one(journal: Journal, disk: Disk, bundle: Bundle) -> Outcome:
    latest = bundle

    def note(verified: Bundle) -> None:
        nonlocal latest
        latest = verified
        journal.note_steps(verified)

    try:
        return Outcome(carry_out(disk, bundle, note), "done")
    except (OSError, MoveError, LibraryError) as error:
        failure: OSError | ClipsorterError = error
    if is_other_volume(failure) and any(step.kind is Kind.RENAME for step in bundle.steps):
        return _carry_instead(journal, disk, bundle, failure)
    return bring_to_rest(disk, latest, sentence(failure))


def _carry_instead(journal: Journal, disk: Disk, bundle: Bundle, failure: OSError | ClipsorterError) -> Outcome:
    """Copy and remove what looked like one volume and isn't, as with folders that are mounted a second time."""
    rest = bring_to_rest(disk, bundle, sentence(failure))
    if rest.state != "back":
        return rest
    steps = tuple(replace(step, kind=Kind.CARRY) if step.kind is Kind.RENAME else step for step in bundle.steps)
    carried = replace(bundle, steps=steps)
    try:
        journal.note_steps(carried)
    except LibraryError as error:
        return Outcome(bundle, "back", str(error))
    return _carry_out_one(journal, disk, carried)


def bring_to_rest(disk: Disk, bundle: Bundle, failure: str) -> Outcome:
    """Finish a bundle or take it back, and say why it came to that; it stays open if neither can be done now."""
    try:
        settled = settle_edits(disk, bundle) if bundle.edits else settle(disk, bundle)
    except (OSError, MoveError) as error:
        open_end = f"it could not be put back yet: {sentence(error)}"
        return Outcome(bundle, "intended", f"{failure}; and {open_end}" if failure else open_end)
    return Outcome(bundle, "done" if settled.is_done else "back", "; ".join(filter(None, (failure, *settled.notes))))


def _flush(disk: Disk, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Flush the folders that were changed; what can't be flushed stays open, and the next start looks at it again."""
    failed: dict[Path, OSError] = {}
    for folder in dict.fromkeys(folder for outcome in outcomes for folder in _changed_folders(outcome)):
        try:
            disk.flush_folder(folder)
        except FileNotFoundError:
            continue  # it was to be made for what went back
        except OSError as error:
            failed[folder] = error
    return [_unless_flushed(outcome, failed) for outcome in outcomes] if failed else list(outcomes)


def _changed_folders(outcome: Outcome) -> Iterator[Path]:
    """Return the folders in which names were changed, also back again; of a refused bundle there are none."""
    if outcome.state == "intended" or not outcome.bundle.bundle_id:
        return
    for step in outcome.bundle.steps:
        if step.kind is not Kind.REMOVE:
            yield step.target.parent
        if step.kind is not Kind.COPY:
            yield step.source.parent
        if step.info is not None:
            yield step.info.parent
    yield from (folder.parent for folder in outcome.bundle.folders)
    yield from (edit.path.parent for edit in outcome.bundle.edits)


def _unless_flushed(outcome: Outcome, failed: dict[Path, OSError]) -> Outcome:
    for folder in _changed_folders(outcome):
        if folder in failed:
            failure = f"the disk does not confirm where it is now: {sentence(failed[folder])}"
            return replace(outcome, state="intended", failure="; ".join(filter(None, (outcome.failure, failure))))
    return outcome
