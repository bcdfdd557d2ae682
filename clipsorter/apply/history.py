"""What was done to photos, and what of it can be taken back."""

from collections.abc import Sequence
from pathlib import Path

from clipsorter.errors import UsageError
from clipsorter.moves.journal import Journal, Run


def history(journal_file: Path) -> list[Run]:
    """Return all runs, the latest first; none if nothing was ever moved. Raises LibraryError."""
    if not journal_file.exists():
        return []
    with Journal.open(journal_file) as journal:
        return journal.history()


def last_undoable(runs: Sequence[Run], run_id: int | None = None) -> Run:
    """Return the run of this number, or the latest that can be undone; raise UsageError if there is none."""
    if run_id is None:
        for run in runs:
            if run.is_undoable:
                return run
        raise UsageError("There is nothing to undo.")
    for run in runs:
        if run.run_id == run_id:
            if run.kind == "undo":
                raise UsageError(f"Run {run_id} was itself an undo: sort again instead.")
            if run.mode == "give" and run.done:
                raise UsageError(
                    f"What run {run_id} put into the trash, only your system can give back: "
                    "choose “Put Back” in the Trash of macOS, “Restore” in the Recycle Bin of Windows."
                )
            if not run.is_undoable:
                raise UsageError(f"There is nothing left to undo in run {run_id}.")
            return run
    raise UsageError(f"There is no run {run_id}: see clipsorter history.")


def tagging_run(journal_file: Path, run_id: int) -> Run:
    """Return the tagging of this number; raise UsageError if there is none."""
    run = next((run for run in history(journal_file) if run.run_id == run_id), None)
    if run is None:
        raise UsageError(f"There is no run {run_id}: see clipsorter history.")
    if run.kind != "tag":
        raise UsageError(f"Run {run_id} wrote no tags: see clipsorter history.")
    return run
