"""Bundles as rows of the journal, and back: paths are the bytes of the file system, whatever they mean as text."""

import os
import sqlite3
from dataclasses import replace
from pathlib import Path

from clipsorter.moves.step import Bundle, Content, Edit, Kind, Snapshot, Step, Written


def put_bundle(connection: sqlite3.Connection, run_id: int, bundle: Bundle, state: str, failure: str) -> int:
    """Put in a bundle with its files, edits and words; return its id."""
    cursor = connection.execute(
        "INSERT INTO bundles (run_id, category, reason, state, failure, undoes, photo) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            run_id, storable(bundle.category), storable(bundle.reason), state, storable(failure), bundle.undoes,
            None if bundle.photo is None else os.fsencode(bundle.photo),
        ),
    )  # fmt: skip
    bundle_id = int(cursor.lastrowid or 0)
    _put_edits(connection, bundle_id, bundle)
    put_files(connection, replace(bundle, bundle_id=bundle_id))
    return bundle_id


def storable(text: str) -> str:
    """Return a sentence as SQLite takes it: a name in it may be no valid text."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def put_files(connection: sqlite3.Connection, bundle: Bundle) -> None:
    """Put in the files of a bundle that has its id."""
    connection.executemany(
        "INSERT INTO files (bundle_id, kind, source, target, token, size, mtime_ns, device, inode, given_mtime_ns,"
        " sha256, copy_mtime_ns, info) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                bundle.bundle_id,
                step.kind.value,
                os.fsencode(step.source),
                os.fsencode(step.target),
                step.token,
                step.before.size,
                step.before.mtime_ns,
                str(step.before.device),
                str(step.before.inode),
                step.mtime_ns,
                step.sha256,
                step.copy_mtime_ns,
                None if step.info is None else os.fsencode(step.info),
            )
            for step in bundle.steps
        ],
    )


def read_files(connection: sqlite3.Connection, bundle_id: int) -> tuple[Step, ...]:
    """Return the steps of a bundle in order."""
    rows = connection.execute(
        "SELECT kind, source, target, size, mtime_ns, device, inode, given_mtime_ns, sha256, copy_mtime_ns, token,"
        " info FROM files WHERE bundle_id = ? ORDER BY file_id",
        (bundle_id,),
    )
    return tuple(
        Step(
            Kind(kind),
            Path(os.fsdecode(source)),
            Path(os.fsdecode(target)),
            Snapshot(size, mtime_ns, int(device), int(inode)),
            given_mtime_ns,
            sha256,
            copy_mtime_ns,
            token,
            None if info is None else Path(os.fsdecode(info)),
        )
        for (
            kind, source, target, size, mtime_ns, device, inode, given_mtime_ns, sha256, copy_mtime_ns, token, info
        ) in rows
    )  # fmt: skip


def _put_edits(connection: sqlite3.Connection, bundle_id: int, bundle: Bundle) -> None:
    connection.executemany(
        "INSERT INTO edits (bundle_id, path, token, old_size, old_mtime_ns, old_sha256, new_size, new_mtime_ns,"
        " new_sha256, way_back) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                bundle_id, os.fsencode(edit.path), edit.token,
                *_content_values(edit.old), *_content_values(edit.new), edit.way_back,
            )
            for edit in bundle.edits
        ],
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO written (bundle_id, category, decided_by) VALUES (?, ?, ?)",
        [(bundle_id, written.category, written.decided_by) for written in bundle.written],
    )


def _content_values(content: Content | None) -> tuple[int | None, int | None, bytes | None]:
    return (None, None, None) if content is None else (content.size, content.mtime_ns, content.sha256)


def read_edits(connection: sqlite3.Connection, bundle_id: int) -> tuple[Edit, ...]:
    """Return the edits of a bundle in order."""
    rows = connection.execute(
        "SELECT path, token, way_back, old_size, old_mtime_ns, old_sha256, new_size, new_mtime_ns, new_sha256"
        " FROM edits WHERE bundle_id = ? ORDER BY edit_id",
        (bundle_id,),
    )
    return tuple(
        Edit(Path(os.fsdecode(path)), _content(*values[:3]), _content(*values[3:]), way_back, token)
        for path, token, way_back, *values in rows
    )


def _content(size: int | None, mtime_ns: int | None, sha256: bytes | None) -> Content | None:
    return None if size is None or mtime_ns is None or sha256 is None else Content(size, mtime_ns, sha256)


def read_written(connection: sqlite3.Connection, bundle_id: int) -> tuple[Written, ...]:
    """Return the words that a bundle writes."""
    rows = connection.execute("SELECT category, decided_by FROM written WHERE bundle_id = ?", (bundle_id,))
    return tuple(Written(category, decided_by) for category, decided_by in rows)
