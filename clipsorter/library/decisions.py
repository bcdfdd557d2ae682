"""The decisions: what the user said of photos, and what was done when and why. Nothing here can be made again."""

import logging
import os
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, Self

from clipsorter.errors import LibraryError
from clipsorter.library.backup import has_backup, restore_backup, write_backup
from clipsorter.library.database import Database, is_sound, opening, set_aside, stored_version
from clipsorter.library.schema import DECISIONS
from clipsorter.photos.fingerprint import FingerprintedPhoto

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Label:
    """What the user said of one photo: it belongs to the category, or it does not."""

    category: str
    is_positive: bool
    decided_ns: int


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo and all the user said of it, by category."""

    photo: FingerprintedPhoto
    labels: tuple[Label, ...]

    @property
    def category(self) -> str | None:
        """The category that the user named last."""
        return self.categories[-1] if self.categories else None

    @property
    def categories(self) -> tuple[str, ...]:
        """All categories that the user named, the last one at the end."""
        positive = (label for label in self.labels if label.is_positive)
        return tuple(label.category for label in sorted(positive, key=lambda label: label.decided_ns))

    @property
    def refused(self) -> frozenset[str]:
        """The categories to which the photo does not belong."""
        return frozenset(label.category for label in self.labels if not label.is_positive)


@dataclass(frozen=True, slots=True)
class CategorySet:
    """Categories under a name, in the text form of a categories file."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why a photo got a category in a run: probability 0..1, similarity -1..1, the prompt that fitted best."""

    photo: FingerprintedPhoto
    category: str
    probability: float
    similarity: float
    prompt: str
    decided_by: Literal["model", "human"]


class Decisions:
    """The decisions, for one thread of one process; any number of others may use the same file.

    Photos have absolute paths. Every method raises LibraryError if the file can't be used.
    """

    def __init__(self, database: Database, backup_folder: Path, notices: tuple[str, ...]) -> None:
        self._database = database
        self._backup_folder = backup_folder
        self.notices = notices

    @classmethod
    def open(cls, path: Path, backup_folder: Path) -> Self:
        """Open or create the decisions; back them up first if that was not done today, or if a migration is due.

        A damaged file is set aside, and the newest sound backup takes the place of one that is damaged or gone;
        `notices` says so, for the user. Raises UsageError for a file of a newer version.
        """
        notices = []
        with opening(path, DECISIONS.title):
            if path.exists() and not is_sound(path):
                notices.append(f"The decisions were damaged: the file is kept as {set_aside(path)}.")
            if not path.exists() and (backup := restore_backup(path, backup_folder)):
                notices.append(f"The decisions were restored from the backup {backup}.")
            if path.exists():
                notices += _back_up_if_due(path, backup_folder)
            for notice in notices:
                _log.warning(notice)
            return cls(Database(path, DECISIONS), backup_folder, tuple(notices))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def record_labels(self, photos: Sequence[FingerprintedPhoto], category: str, *, is_positive: bool) -> None:
        """Keep what the user says of photos, in place of what was said of them and this category before."""
        self._follow(photos)
        now_ns = time.time_ns()
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT INTO labels (photo_id, category, is_positive, decided_ns) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (photo_id, category) DO UPDATE SET"
                " is_positive = excluded.is_positive, decided_ns = excluded.decided_ns",
                [(_put_photo(connection, photo), category, is_positive, now_ns) for photo in photos],
            )

    def forget_labels(self, photos: Sequence[FingerprintedPhoto]) -> None:
        """Take back where the user said photos belong, as if it had not been said; what they are not stays."""
        self._follow(photos)
        with self._database.writing() as connection:
            connection.executemany(
                "DELETE FROM labels WHERE is_positive = 1"
                " AND photo_id IN (SELECT photo_id FROM photos WHERE fingerprint = ? OR path = ?)",
                [(photo.fingerprint, os.fsencode(photo.photo.path)) for photo in photos],
            )

    def labels(self, photos: Sequence[FingerprintedPhoto]) -> list[LabelledPhoto]:
        """Return those of the photos of which the user said something, with the newest word on each category.

        A photo is recognised by its content, and, since other programs write keywords into photos, by the path where
        a labelled content was last seen. That path follows a photo that was moved.
        """
        with self._database.reading() as connection:
            if connection.execute("SELECT 1 FROM labels LIMIT 1").fetchone() is None:
                return []
        self._follow(photos)
        labelled = []
        with self._database.reading() as connection:
            for photo in photos:
                rows = connection.execute(
                    "SELECT category, is_positive, decided_ns FROM labels JOIN photos USING (photo_id)"
                    " WHERE fingerprint = ? OR path = ? ORDER BY decided_ns",
                    (photo.fingerprint, os.fsencode(photo.photo.path)),
                )
                newest = {category: Label(category, bool(yes), decided_ns) for category, yes, decided_ns in rows}
                if newest:
                    labelled.append(LabelledPhoto(photo, tuple(newest.values())))
        return labelled

    def count_labels(self, categories: Collection[str]) -> int:
        """Return how many times the user named these categories."""
        with self._database.reading() as connection:
            return sum(
                connection.execute("SELECT COUNT(*) FROM labels WHERE category = ?", (category,)).fetchone()[0]
                for category in categories
            )

    def rename_categories(self, new_names: Mapping[str, str]) -> int:
        """Put all that was said of categories under their new names, at once, and return how much that was.

        Where a photo has a word under the new name already, the newer one stays.
        """
        renames = {old: new for old, new in new_names.items() if old != new}
        with self._database.writing() as connection:
            moved = []
            for old, new in renames.items():
                rows = connection.execute(
                    "SELECT photo_id, is_positive, decided_ns FROM labels WHERE category = ?", (old,)
                ).fetchall()
                moved += [(photo_id, new, is_positive, decided_ns) for photo_id, is_positive, decided_ns in rows]
            connection.executemany("DELETE FROM labels WHERE category = ?", [(old,) for old in renames])
            connection.executemany(
                "INSERT INTO labels (photo_id, category, is_positive, decided_ns) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (photo_id, category) DO UPDATE SET"
                " is_positive = excluded.is_positive, decided_ns = excluded.decided_ns"
                " WHERE excluded.decided_ns > labels.decided_ns",
                moved,
            )
        return len(moved)

    def follow(self, places: Sequence[tuple[Path, Path]]) -> None:
        """Let labels go with photos that were moved from the first path to the second. One transaction."""
        if not places:
            return
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE photos SET path = ? WHERE path = ?",
                [(os.fsencode(new), os.fsencode(old)) for old, new in places],
            )

    def renew(self, photos: Sequence[tuple[bytes, FingerprintedPhoto]]) -> None:
        """Let labels stay with photos in whose files only keywords changed; each comes with its old fingerprint.

        The old content keeps its labels too, for copies and for the way back. One transaction.
        """
        if not photos:
            return
        with self._database.writing() as connection:
            for old, photo in photos:
                labels = connection.execute(
                    "SELECT category, is_positive, decided_ns FROM labels JOIN photos USING (photo_id)"
                    " WHERE fingerprint = ? OR path = ?",
                    (old, os.fsencode(photo.photo.path)),
                ).fetchall()
                if not labels:
                    continue
                photo_id = _put_photo(connection, photo)
                connection.executemany(
                    "INSERT INTO labels (photo_id, category, is_positive, decided_ns) VALUES (?, ?, ?, ?)"
                    " ON CONFLICT (photo_id, category) DO UPDATE SET"
                    " is_positive = excluded.is_positive, decided_ns = excluded.decided_ns"
                    " WHERE excluded.decided_ns > labels.decided_ns",
                    [(photo_id, *label) for label in labels],
                )

    def save_set(self, category_set: CategorySet) -> None:
        """Keep a category set, in place of one of the same name."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO category_sets (name, text, saved_ns) VALUES (?, ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET text = excluded.text, saved_ns = excluded.saved_ns",
                (category_set.name, category_set.text, time.time_ns()),
            )

    def sets(self) -> list[CategorySet]:
        """Return the category sets, the last saved first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT name, text FROM category_sets ORDER BY saved_ns DESC, name").fetchall()
        return [CategorySet(name, text) for name, text in rows]

    def delete_set(self, name: str) -> None:
        """Forget a category set, if there is one of this name."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM category_sets WHERE name = ?", (name,))

    def start_run(self, kind: str, model: str) -> int:
        """Note the start of a run, such as `classify`, by a model, and return the run's id."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (kind, model, started_ns) VALUES (?, ?, ?)", (kind, model, time.time_ns())
            )
            return int(cursor.lastrowid or 0)

    def record_provenance(self, run_id: int, entries: Sequence[Provenance]) -> None:
        """Keep why photos got their categories in a run. One transaction."""
        self._follow([entry.photo for entry in entries])
        with self._database.writing() as connection:
            for entry in entries:
                photo_id = _put_photo(connection, entry.photo)
                connection.execute(
                    "INSERT OR REPLACE INTO provenance"
                    " (run_id, photo_id, category, decided_by, probability, similarity, prompt)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (
                        run_id,
                        photo_id,
                        entry.category,
                        entry.decided_by,
                        entry.probability,
                        entry.similarity,
                        entry.prompt,
                    ),
                )

    def finish_run(self, run_id: int, *, photo_count: int, failed_count: int) -> None:
        """Note the end of a run and its counts; a run without an end was broken off."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE runs SET finished_ns = ?, photo_count = ?, failed_count = ? WHERE run_id = ?",
                (time.time_ns(), photo_count, failed_count, run_id),
            )

    def backup(self) -> Path:
        """Write today's backup now and return its path."""
        return write_backup(self._database.path, self._backup_folder, _today())

    def verify(self) -> list[str]:
        """Return what is wrong with the file, a line each; empty if it is sound."""
        return self._database.problems()

    def _follow(self, photos: Sequence[FingerprintedPhoto]) -> None:
        """Bring the last known path up to date for photos that are no longer there; a copy changes nothing."""
        moved = []
        with self._database.reading() as connection:
            for photo in photos:
                path = os.fsencode(photo.photo.path)
                row = connection.execute(
                    "SELECT path FROM photos WHERE fingerprint = ?", (photo.fingerprint,)
                ).fetchone()
                if row and row[0] != path and not os.path.lexists(row[0]):
                    moved.append((path, photo.fingerprint))
        if moved:
            with self._database.writing() as connection:
                connection.executemany("UPDATE photos SET path = ? WHERE fingerprint = ?", moved)


def _put_photo(connection: sqlite3.Connection, photo: FingerprintedPhoto) -> int:
    connection.execute(
        "INSERT INTO photos (fingerprint, path) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (photo.fingerprint, os.fsencode(photo.photo.path)),
    )
    row = connection.execute("SELECT photo_id FROM photos WHERE fingerprint = ?", (photo.fingerprint,)).fetchone()
    return int(row[0])


def _back_up_if_due(path: Path, folder: Path) -> list[str]:
    """Back up what was not backed up today, or is about to be migrated; return what the user should know."""
    is_old = stored_version(path) < DECISIONS.version
    if has_backup(path, folder, _today()) and not is_old:
        return []
    try:
        write_backup(path, folder, _today())
    except LibraryError as error:
        if is_old:
            raise
        return [str(error)]
    return []


def _today() -> date:
    return datetime.now(UTC).date()
