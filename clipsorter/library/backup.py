"""Copies of the decisions, which can't be made again: a few dated ones, and the way back to the newest sound one."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from clipsorter.errors import LibraryError
from clipsorter.library.database import files_of, is_sound

_KEPT = 5


def write_backup(database: Path, folder: Path, today: date) -> Path:
    """Write today's copy, in place of an earlier one of today, and remove all but the newest five; raise LibraryError.

    The copy appears whole or not at all, and holds every commit up to its start.
    """
    target = folder / f"{database.stem}-{today.isoformat()}{database.suffix}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        os.close(handle)
        try:
            _copy(database, Path(name))
            Path(name).replace(target)
        finally:
            Path(name).unlink(missing_ok=True)
        for old in backups(database, folder)[_KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"No backup could be written to {folder} ({error}): check its disk.") from error
    return target


def has_backup(database: Path, folder: Path, today: date) -> bool:
    """Tell whether today's copy is there."""
    return any(path.stem.endswith(today.isoformat()) for path in backups(database, folder))


def restore_backup(database: Path, folder: Path) -> Path | None:
    """Put the newest sound copy where a database is gone; return the copy, or None if there is none."""
    for backup in backups(database, folder):
        if not is_sound(backup):
            continue
        partial = database.with_name(f"{database.name}.part")
        try:
            shutil.copyfile(backup, partial)
            for log in files_of(database)[1:]:
                log.unlink(missing_ok=True)  # it belongs to the file that is gone, and would damage this one
            partial.replace(database)
        except OSError as error:
            raise LibraryError(f"The backup could not be put back ({error}): copy {backup} to {database}.") from error
        return backup
    return None


def backups(database: Path, folder: Path) -> list[Path]:
    """Return the copies of a database, the newest first."""
    return sorted(folder.glob(f"{database.stem}-????-??-??{database.suffix}"), reverse=True)


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete without a log beside it
    with target.open("rb+") as file:
        os.fsync(file.fileno())
