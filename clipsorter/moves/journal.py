"""The journal: what was to be moved and what was, kept so that a crash or a change of mind loses nothing.

An intent is durable before the first change that it covers, and "done" is written only after the folders concerned
were flushed. Intents and ends of many bundles share a transaction; so a crash leaves at most one batch of intents
without an end, and of each the disk itself tells how far it came (`evidence`). Commits are flushed (synchronous=FULL).

The SHA-256 of a file is known where its bytes were read, that is of every copy. A rename reads nothing, and a photo of
50 MB would have to be read for it: there, size and time tell whether a file is still the one that was moved.
"""

import logging
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, Self

from clipsorter.library.database import DamagedError, Database, opening
from clipsorter.moves.journal_rows import (
    put_bundle,
    put_files,
    read_edits,
    read_files,
    read_written,
    storable,
)
from clipsorter.moves.schema import JOURNAL
from clipsorter.moves.step import Bundle, Written

RunKind = Literal["sort", "tag", "untag", "trash", "undo"]
Mode = Literal["move", "copy", "edit", "give"]
_log = logging.getLogger(__name__)

_COUNTS = """
    SELECT runs.run_id, runs.kind, runs.mode, runs.folder, runs.dest, started_ns, finished_ns, runs.undoes,
        COUNT(*) FILTER (WHERE state = 'done'), COUNT(*) FILTER (WHERE state = 'back'),
        COUNT(*) FILTER (WHERE state = 'intended'), COUNT(*) FILTER (WHERE state = 'done' AND EXISTS (
            SELECT 1 FROM bundles undoing WHERE undoing.undoes = bundles.bundle_id AND undoing.state = 'done')),
        COALESCE(SUM((SELECT COUNT(*) FROM files WHERE files.bundle_id = bundles.bundle_id AND state = 'done')
            + (SELECT COUNT(*) FROM edits WHERE edits.bundle_id = bundles.bundle_id AND state = 'done')), 0),
        was_broken_off
    FROM runs LEFT JOIN bundles ON bundles.run_id = runs.run_id
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A sort, a tagging, the removal of a run's tags, a way to the trash, or the undo of one of these.

    It counts how many bundles came to which end; `undone` of the `done` were taken back.
    """

    run_id: int
    kind: RunKind
    mode: Mode
    folder: Path
    dest: Path
    started_ns: int
    finished_ns: int | None
    undoes: int | None
    done: int
    failed: int
    in_flight: int
    undone: int
    files: int
    was_broken_off: bool

    @property
    def is_undoable(self) -> bool:
        return self.kind != "undo" and self.mode != "give" and self.done > self.undone


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a bundle ended: at its target, back where it was, or still open until its drive or disk allows an end."""

    bundle: Bundle
    state: Literal["done", "back", "intended"]
    failure: str = ""


class Journal:
    """The journal, for one thread of one process; others may read it meanwhile, and only one sorts (`lock`).

    Paths are absolute. Every method raises LibraryError if the file can't be used.
    """

    def __init__(self, database: Database, notices: tuple[str, ...] = ()) -> None:
        self._database = database
        self.path = database.path
        self.notices = notices

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the journal.

        A damaged file is set aside; `notices` says so, for the user. Raises UsageError for a file of a newer version.
        """
        with opening(path, JOURNAL.title):
            try:
                return cls(Database(path, JOURNAL))
            except DamagedError as error:
                notice = f"The journal was damaged: it is kept as {error.aside}. Earlier sorts can't be undone."
                _log.warning("%s", notice)
            return cls(Database(path, JOURNAL), (notice,))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start_run(self, kind: RunKind, mode: Mode, folder: Path, dest: Path, undoes: int | None = None) -> int:
        """Note the start of a run and return its id."""
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (kind, mode, folder, dest, started_ns, undoes) VALUES (?, ?, ?, ?, ?, ?)",
                (kind, mode, os.fsencode(folder), os.fsencode(dest), time.time_ns(), undoes),
            )
            return int(cursor.lastrowid or 0)

    def finish_run(self, run_id: int) -> None:
        """Note the end of a run; one without goes on, or was broken off."""
        with self._database.writing() as connection:
            connection.execute("UPDATE runs SET finished_ns = ? WHERE run_id = ?", (time.time_ns(), run_id))

    def unfinished(self) -> dict[int, set[Path]]:
        """Return the runs without an end, and the folders of their files before and after.

        To whoever holds the lock, they were broken off.
        """
        folders: dict[int, set[Path]] = {}
        with self._database.reading() as connection:
            for (run_id,) in connection.execute("SELECT run_id FROM runs WHERE finished_ns IS NULL").fetchall():
                rows = connection.execute(
                    "SELECT source, target FROM files JOIN bundles USING (bundle_id) WHERE run_id = ?", (run_id,)
                )
                folders[run_id] = {Path(os.fsdecode(path)).parent for row in rows for path in row}
        return folders

    def finish_broken_off(self, run_ids: Iterable[int]) -> None:
        """Note of runs that they broke off, and the time at which that was seen, if all their bundles are at rest."""
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE runs SET finished_ns = ?, was_broken_off = 1 WHERE run_id = ? AND NOT EXISTS ("
                "SELECT 1 FROM bundles WHERE bundles.run_id = runs.run_id AND state = 'intended')",
                [(time.time_ns(), run_id) for run_id in run_ids],
            )

    def intend(self, run_id: int, bundles: Sequence[Bundle]) -> list[Bundle]:
        """Keep what is about to be done and return the bundles with their ids. One transaction."""
        intended = []
        with self._database.writing() as connection:
            for bundle in bundles:
                bundle_id = put_bundle(connection, run_id, bundle, "intended", "")
                connection.executemany(
                    "INSERT INTO folders (path, run_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    [(os.fsencode(folder), run_id) for folder in bundle.folders],
                )
                intended.append(replace(bundle, bundle_id=bundle_id))
        return intended

    def note_steps(self, bundle: Bundle) -> None:
        """Keep what was learnt of a bundle's files in place of what was intended: verified copies, other kinds."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM files WHERE bundle_id = ?", (bundle.bundle_id,))
            put_files(connection, bundle)

    def settle(self, run_id: int, outcomes: Iterable[Outcome]) -> None:
        """Keep how bundles ended, also those that were refused before they were intended. One transaction."""
        with self._database.writing() as connection:
            for outcome in outcomes:
                if outcome.bundle.bundle_id:
                    connection.execute(
                        "UPDATE bundles SET state = ?, failure = ? WHERE bundle_id = ?",
                        (outcome.state, storable(outcome.failure), outcome.bundle.bundle_id),
                    )
                else:
                    put_bundle(connection, run_id, outcome.bundle, outcome.state, outcome.failure)

    def forget(self, bundles: Iterable[Bundle]) -> None:
        """Strike intents that were never begun, after a cancel. One transaction."""
        with self._database.writing() as connection:
            for table in ("files", "edits", "written", "bundles"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE bundle_id = ?", [(bundle.bundle_id,) for bundle in bundles]
                )

    def in_flight(self) -> list[tuple[int, Bundle]]:
        """Return the bundles without an end, each with its run, the latest first."""
        return self._bundles("state = 'intended' ORDER BY bundle_id DESC", ())

    def undoable(self, run_id: int) -> list[Bundle]:
        """Return the bundles of a run that are done and not undone, the latest first."""
        condition = (
            "run_id = ? AND state = 'done' AND NOT EXISTS (SELECT 1 FROM bundles undoing"
            " WHERE undoing.undoes = bundles.bundle_id AND undoing.state = 'done') ORDER BY bundle_id DESC"
        )
        return [bundle for _, bundle in self._bundles(condition, (run_id,))]

    def failures(self, run_id: int) -> list[tuple[Bundle, str]]:
        """Return the bundles of a run that stayed where they were, and why."""
        bundles = self._bundles("run_id = ? AND state = 'back' ORDER BY bundle_id", (run_id,))
        with self._database.reading() as connection:
            reasons = dict(
                connection.execute("SELECT bundle_id, failure FROM bundles WHERE run_id = ?", (run_id,)).fetchall()
            )
        return [(bundle, reasons[bundle.bundle_id]) for _, bundle in bundles]

    def history(self) -> list[Run]:
        """Return all runs, the latest first."""
        with self._database.reading() as connection:
            rows = connection.execute(f"{_COUNTS} GROUP BY runs.run_id ORDER BY runs.run_id DESC").fetchall()
        return [_run(row) for row in rows]

    def run(self, run_id: int) -> Run | None:
        """Return one run, or None if there is none of this number."""
        with self._database.reading() as connection:
            row = connection.execute(f"{_COUNTS} WHERE runs.run_id = ? GROUP BY runs.run_id", (run_id,)).fetchone()
        return _run(row) if row else None

    def written(self, run_id: int | None = None) -> list[tuple[int, Path, Written]]:
        """Return bundle, photo and category of what a run wrote, or all did, and what was not taken back, in order."""
        condition = " AND run_id = ?" if run_id is not None else ""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT bundle_id, photo, written.category, decided_by FROM bundles JOIN written USING (bundle_id)"
                " WHERE state = 'done' AND NOT EXISTS (SELECT 1 FROM bundles undoing"
                f" WHERE undoing.undoes = bundles.bundle_id AND undoing.state = 'done'){condition} ORDER BY bundle_id",
                () if run_id is None else (run_id,),
            ).fetchall()
        return [(bundle_id, Path(os.fsdecode(photo)), Written(name, by)) for bundle_id, photo, name, by in rows]

    def places_now(self, places: Iterable[tuple[int, Path]]) -> dict[Path, Path]:
        """Return where files are by now that were at a place as of a bundle, as far as runs moved them since.

        What is in a trash is where it was before: there it is missing, or is back.
        """
        begun = {path: bundle_id for bundle_id, path in places}
        now = {path: path for path in begun}  # from where it is to where it was
        with self._database.reading() as connection:
            moves = connection.execute(
                "SELECT bundle_id, source, target FROM files JOIN bundles USING (bundle_id)"
                " WHERE state = 'done' AND kind IN ('rename', 'carry') AND info IS NULL ORDER BY file_id"
            )
            for bundle_id, source, target in moves:
                was = now.get(Path(os.fsdecode(source)))
                if was is not None and begun[was] < bundle_id:
                    del now[Path(os.fsdecode(source))]
                    now[Path(os.fsdecode(target))] = was
        return {was: path for path, was in now.items()}

    def made_folders(self) -> set[Path]:
        """Return the folders that runs made, or were about to make, and that were not removed since."""
        with self._database.reading() as connection:
            return {Path(os.fsdecode(row[0])) for row in connection.execute("SELECT path FROM folders")}

    def disown_folders(self, folders: Iterable[Path]) -> None:
        """Forget folders that were removed, or made by someone else after all."""
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM folders WHERE path = ?", [(os.fsencode(folder),) for folder in folders])

    def _bundles(self, condition: str, values: tuple[int, ...]) -> list[tuple[int, Bundle]]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT run_id, bundle_id, category, reason, undoes, photo FROM bundles WHERE {condition}", values
            ).fetchall()
            return [
                (
                    run_id,
                    Bundle(
                        read_files(connection, bundle_id), category, reason, (), undoes, bundle_id,
                        None if photo is None else Path(os.fsdecode(photo)),
                        read_edits(connection, bundle_id), read_written(connection, bundle_id),
                    ),
                )
                for run_id, bundle_id, category, reason, undoes, photo in rows
            ]  # fmt: skip


def _run(row: tuple[Any, ...]) -> Run:
    run_id, kind, mode, folder, dest, *rest, was_broken_off = row
    places = Path(os.fsdecode(folder)), Path(os.fsdecode(dest))
    return Run(run_id, kind, mode, *places, *rest, bool(was_broken_off))  # type: ignore[call-arg]
