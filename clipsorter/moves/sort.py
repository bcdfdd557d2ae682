"""One run of moves or copies, from what is wanted to how each bundle ended."""

import threading
from collections.abc import Generator, Iterable
from pathlib import Path

from clipsorter.moves.batches import carry_out_all
from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import Examiner, WantedBundle
from clipsorter.moves.folders import remove_made_folders
from clipsorter.moves.journal import Journal, Outcome, Run


def carry_out_run(
    journal: Journal, disk: Disk, run: Run, wanted: Iterable[WantedBundle], cancel: threading.Event
) -> Generator[Outcome, None, None]:
    """Carry out what is wanted, all of a bundle or nothing, and yield how each ended; raise LibraryError.

    Files are taken from below `run.folder` and put below `run.dest`, and nowhere else.
    """
    examiner = Examiner(disk, run.folder, run.dest, "copy" if run.mode == "copy" else "move")
    examined = (examiner.examine(bundle) for bundle in wanted)
    left: set[Path] = set()
    try:
        for outcome in carry_out_all(journal, disk, run.run_id, examined, cancel):
            left |= {step.target.parent for step in outcome.bundle.steps if outcome.state == "back"}
            yield outcome
    finally:
        remove_made_folders(journal, disk, left)
