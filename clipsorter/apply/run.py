"""One run: plan → intent in the journal → verified move → done in the journal → index and labels follow."""

import threading
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Literal

from clipsorter.apply.books import Books, files_of
from clipsorter.apply.events import Begun, Done, Event, Finished, Progress, Report, Stayed
from clipsorter.apply.history import last_undoable
from clipsorter.apply.recovery import recover_in_flight
from clipsorter.apply.telling import tell_tagging
from clipsorter.errors import UsageError
from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import WantedBundle, WantedFile
from clipsorter.moves.journal import Journal, Mode, Outcome, Run, RunKind
from clipsorter.moves.lock import sorting_alone
from clipsorter.moves.sort import carry_out_run
from clipsorter.moves.tag import is_meant, take_back_edits
from clipsorter.moves.undo import take_back
from clipsorter.photos.photo import Photo
from clipsorter.sorting.plan import Plan, PlannedBundle

_FOLLOWED_AT_ONCE = 128


def apply(
    plan: Plan,
    books: Books,
    *,
    folder: Path,
    mode: Literal["move", "copy"],
    looked_at: Mapping[Path, Photo],
    cancel: threading.Event | None = None,
    disk: Disk | None = None,
) -> Generator[Event, None, None]:
    """Carry out a plan for the photos below `folder`, and yield events until `Finished`.

    `looked_at` are the photos as they were when they were judged: one that has changed since stays. `cancel` is read
    between bundles. Raises UsageError if another process is moving photos, LibraryError if the journal can't be used;
    what is in flight then is brought to rest at the next start.
    """
    disk = disk or Disk()
    with sorting_alone(books.journal_file), Journal.open(books.journal_file) as journal:
        recovered = recover_in_flight(journal, books, disk).sentences()  # of a run that broke off since the start
        run = start_run(journal, "sort", mode, folder, plan.destination)
        wanted = (_wanted(bundle, looked_at) for bundle in plan.bundles)
        outcomes = carry_out_run(journal, disk, run, wanted, cancel or threading.Event())
        yield from tell_moves(journal, books, run, len(plan.bundles), outcomes, recovered)


def undo(
    books: Books,
    run_id: int | None = None,
    *,
    files: Collection[Path] | None = None,
    cancel: threading.Event | None = None,
    disk: Disk | None = None,
) -> Generator[Event, None, None]:
    """Take back a run, or the last one not undone yet, or of it only the bundles of `files`; yield events as `apply`.

    Raises UsageError if there is nothing to undo.
    """
    disk, cancel = disk or Disk(), cancel or threading.Event()
    with sorting_alone(books.journal_file), Journal.open(books.journal_file) as journal:
        recovered = recover_in_flight(journal, books, disk).sentences()
        run = last_undoable(journal.history(), run_id)
        meant = _count_meant(journal, run, files)
        if not meant:
            raise UsageError(f"In run {run.run_id} there is none of these photos to take back.")
        undoing = start_run(journal, "undo", run.mode, run.dest, run.folder, run.run_id)
        if run.mode == "edit":
            outcomes = take_back_edits(journal, disk, run, undoing.run_id, cancel, files)
            yield from tell_tagging(journal, books, undoing, meant, outcomes)
            return
        outcomes = take_back(journal, disk, run, undoing.run_id, cancel, files)
        yield from tell_moves(journal, books, undoing, meant, outcomes, recovered)


def start_run(journal: Journal, kind: RunKind, mode: Mode, folder: Path, dest: Path, undoes: int | None = None) -> Run:
    """Note the start of a run, and return it."""
    run_id = journal.start_run(kind, mode, folder, dest, undoes)
    run = journal.run(run_id)
    assert run is not None
    return run


def _wanted(bundle: PlannedBundle, looked_at: Mapping[Path, Photo]) -> WantedBundle:
    files = []
    for file in bundle.files:
        photo = looked_at.get(file.source)
        known = (photo.size, photo.mtime_ns) if photo else (None, None)
        files.append(WantedFile(file.source, file.target, *known))
    return WantedBundle(tuple(files), bundle.category, bundle.reason)


def _count_meant(journal: Journal, run: Run, files: Collection[Path] | None) -> int:
    if files is None:
        return len(journal.undoable(run.run_id))
    if run.mode == "edit":
        return sum(is_meant(bundle, files) for bundle in journal.undoable(run.run_id))
    return sum(
        any(path in files for pair in files_of(bundle) for path in pair) for bundle in journal.undoable(run.run_id)
    )


def tell_moves(
    journal: Journal,
    books: Books,
    run: Run,
    bundles: int,
    outcomes: Generator[Outcome, None, None],
    recovered: Sequence[str],
) -> Iterator[Event]:
    """Turn outcomes into events, let the other books follow in groups, and close the run with its report."""
    yield Begun(run.run_id, bundles)
    counts = {"done": 0, "back": 0, "intended": 0}
    files = 0
    notices = dict.fromkeys(recovered)
    group: list[Outcome] = []
    with closing(outcomes):
        for ended, outcome in enumerate(outcomes, start=1):
            counts[outcome.state] += 1
            group.append(outcome)
            if outcome.state == "done":
                files += len(outcome.bundle.steps)
                yield Done(files_of(outcome.bundle), outcome.bundle.category)
            else:
                yield Stayed(outcome.bundle.steps[0].source, outcome.failure, outcome.state == "intended")
            if len(group) >= _FOLLOWED_AT_ONCE:
                notices |= dict.fromkeys(books.follow(group))
                group = []
            yield Progress(ended, bundles)
    notices |= dict.fromkeys(books.follow(group))
    journal.finish_run(run.run_id)
    yield Finished(
        Report(
            run.run_id, run.kind, run.mode, bundles,
            counts["done"], files, counts["back"], counts["intended"], tuple(notices),
        )
    )  # fmt: skip
