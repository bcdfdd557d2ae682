"""Photos to the trash of the system, with what belongs to them: from there the user can have them back."""

import os
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from send2trash import TrashPermissionError, send2trash

from clipsorter.apply.events import Progress, Stayed
from clipsorter.errors import PhotoError, UsageError
from clipsorter.photos.bundle import Bundle, bundles_in
from clipsorter.photos.disk import Kind, list_folder


@dataclass(frozen=True, slots=True)
class Trashed:
    """All files of a bundle are in the trash."""

    files: tuple[Path, ...]


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


def trash(bundles: Sequence[Bundle], cancel: threading.Event) -> Iterator[Trashed | Stayed | Progress]:
    """Move bundles to the trash one by one, and tell what became of each; never delete anything.

    `cancel` is read between bundles.
    """
    for done, bundle in enumerate(bundles, start=1):
        if cancel.is_set():
            return
        yield _trash_one(bundle)
        yield Progress(done, len(bundles))


def _trash_one(bundle: Bundle) -> Trashed | Stayed:
    """Put companions into the trash after their photo: one that is left behind there is found beside its place."""
    for position, path in enumerate(bundle.files):
        try:
            send2trash(path)
        except TrashPermissionError:
            return Stayed(bundle.photo, _with_rest("its disk has no trash", bundle.files[:position]), is_open=False)
        except OSError as error:
            reason = error.strerror or (os.strerror(error.errno) if error.errno else str(error))
            return Stayed(bundle.photo, _with_rest(reason, bundle.files[:position]), is_open=False)
    return Trashed(bundle.files)


def _with_rest(reason: str, gone: Sequence[Path]) -> str:
    names = ", ".join(path.name for path in gone)
    return f"{reason}; already in the trash, from where you can take it back: {names}" if names else reason
