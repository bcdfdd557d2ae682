"""Photos to the trash of the system, with what belongs to them: `undo` has them back, or the user from there."""

import os
import threading
from collections.abc import Collection, Generator, Sequence
from contextlib import suppress
from pathlib import Path

from clipsorter.apply.books import Books
from clipsorter.apply.events import Event
from clipsorter.apply.recovery import recover_in_flight
from clipsorter.apply.run import start_run, tell_moves
from clipsorter.errors import MoveError, PhotoError, UsageError
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal, Mode
from clipsorter.moves.lock import sorting_alone
from clipsorter.moves.trash import TRASH_MODE, carry_out_trash
from clipsorter.moves.trash_note import trash_of
from clipsorter.photos.bundle import Bundle, bundles_in
from clipsorter.photos.disk import Kind, list_folder


def bundles_around(photos: Collection[Path]) -> list[Bundle]:
    """Return the bundles that these photos belong to, each once; photos that are gone have none.

    Raises UsageError if a folder can't be read.
    """
    by_folder: dict[Path, set[str]] = {}
    for photo in photos:
        by_folder.setdefault(photo.parent, set()).add(photo.name)
    found = []
    for folder, names in by_folder.items():
        try:
            listing = list_folder(folder)
        except PhotoError as error:
            raise UsageError(f"{folder} {error}, so what belongs to its photos can't be told.") from error
        files = [name for name, kind in listing.items() if kind in {Kind.FILE, Kind.LINK}]
        for bundle in bundles_in(folder, files, names.intersection(files)):
            if any(path.name in names for path in bundle.files):
                found.append(bundle)
    return found


def trash(
    bundles: Sequence[Bundle],
    books: Books,
    *,
    cancel: threading.Event | None = None,
    disk: Disk | None = None,
    mode: Mode = TRASH_MODE,
) -> Generator[Event, None, None]:
    """Move bundles to the trash, and yield events until `Finished`; never delete anything.

    With the mode `give` the system does it and keeps the places to itself, so that `undo` can't. `cancel` is read
    between bundles. Raises UsageError if another process is moving photos, LibraryError if the journal can't be used;
    what is in flight then is brought to rest at the next start.
    """
    disk, cancel = disk or Disk(), cancel or threading.Event()
    with sorting_alone(books.journal_file), Journal.open(books.journal_file) as journal:
        recovered = recover_in_flight(journal, books, disk).sentences()
        folder = Path(os.path.commonpath([bundle.photo.parent for bundle in bundles]))
        run = start_run(journal, "trash", mode, folder, folder if mode == "give" else _trash_of_all(bundles))
        outcomes = carry_out_trash(journal, disk, run, [bundle.files for bundle in bundles], cancel)
        yield from tell_moves(journal, books, run, len(bundles), outcomes, recovered)


def _trash_of_all(bundles: Sequence[Bundle]) -> Path:
    """Return the trash, or the folder above all of them where the photos are on several volumes."""
    found = set()
    for folder in {bundle.photo.parent for bundle in bundles}:
        with suppress(OSError, MoveError):  # its photos stay, and are told why
            found.add(trash_of(folder))
    return Path(os.path.commonpath(found)) if found else bundles[0].photo.parent
