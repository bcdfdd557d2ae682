"""Folders that were made for photos, and are removed again when nothing is left in them."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal


def remove_made_folders(journal: Journal, disk: Disk, folders: Iterable[Path]) -> None:
    """Remove these folders and those above them that Clipsorter made and that are empty; all others stay."""
    made = journal.made_folders()
    meant = {above for folder in folders for above in (folder, *folder.parents)} & made
    removed = []
    for folder in sorted(meant, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):  # not empty, or not ours to remove: it stays, as any folder may
            try:
                disk.remove_folder(folder)
            except FileNotFoundError:
                if not folder.parent.is_dir():
                    continue  # perhaps a drive that is not connected
            removed.append(folder)
    if removed:
        journal.disown_folders(removed)
