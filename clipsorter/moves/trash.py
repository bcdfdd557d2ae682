"""One run to the trash: each photo with what belongs to it, from where the journal or the system gives them back."""

import sys
import threading
from collections.abc import Generator, Iterable, Sequence
from functools import cache
from pathlib import Path

from clipsorter.errors import MoveError
from clipsorter.moves.batches import carry_out_all
from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import Examiner, WantedBundle, WantedFile, refuse
from clipsorter.moves.journal import Journal, Mode, Outcome, Run
from clipsorter.moves.reasons import sentence
from clipsorter.moves.step import Bundle
from clipsorter.moves.trash_note import free_place, note_of, trash_of

# Finder and Explorer keep the place of a file in their trash to themselves.
TRASH_MODE: Mode = "give" if sys.platform in ("darwin", "win32") else "move"


def carry_out_trash(
    journal: Journal, disk: Disk, run: Run, bundles: Iterable[Sequence[Path]], cancel: threading.Event
) -> Generator[Outcome, None, None]:
    """Move files below `run.folder` to the trash, all that go together or none, and yield how each bundle ended.

    With the mode `give` the system does it, one file after the other. Raises LibraryError.
    """
    examined = _given(disk, run, bundles) if run.mode == "give" else _thrown(disk, run, bundles)
    yield from carry_out_all(journal, disk, run.run_id, examined, cancel)


def _given(disk: Disk, run: Run, bundles: Iterable[Sequence[Path]]) -> Iterable[Bundle | Outcome]:
    examiner = Examiner(disk, run.folder, run.dest, "give")
    for files in bundles:
        yield examiner.examine(_wanted([WantedFile(path, path) for path in files]))


def _thrown(disk: Disk, run: Run, bundles: Iterable[Sequence[Path]]) -> Iterable[Bundle | Outcome]:
    examiner = Examiner(disk, run.folder, run.dest, "move")
    find, taken = cache(trash_of), set[Path]()
    for files in bundles:
        try:
            places = [free_place(disk, find(path.parent), path.name, taken) for path in files]
        except (OSError, MoveError) as error:
            yield refuse(_wanted([WantedFile(path, path) for path in files]), sentence(error))
            continue
        pairs = zip(files, places, strict=True)
        yield examiner.examine(_wanted([WantedFile(path, place, info=note_of(place)) for path, place in pairs]))


def _wanted(files: Iterable[WantedFile]) -> WantedBundle:
    return WantedBundle(tuple(files), reason="trash")
