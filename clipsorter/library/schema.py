"""The tables of both databases, as numbered migrations.

Append only: a released migration is never edited. A new version is one more entry here and one more dump, made by that
version, in `tests/library/fixtures`. Only SQL of SQLite 3.31 is used, which the oldest supported systems bring.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Schema:
    """A database's name in messages and its migrations; the nth leads to version n (`PRAGMA user_version`).

    A commit survives the death of the process either way; the last ones survive a loss of power only with `FULL`.
    """

    title: str
    migrations: tuple[str, ...]
    synchronous: Literal["NORMAL", "FULL"]

    @property
    def version(self) -> int:
        return len(self.migrations)


# Vectors belong to a content, not to a path: moved, renamed and duplicate photos share one. A path is its folder (with
# the closing separator) and its name, both as the bytes of the file system. The unique key of `embeddings` answers
# "is it known?" without touching the pages that hold the vectors.
_INDEX_1 = """
CREATE TABLE folders (
    folder_id INTEGER PRIMARY KEY,
    path BLOB NOT NULL UNIQUE
);
CREATE TABLE contents (
    content_id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE
);
CREATE TABLE photos (
    photo_id INTEGER PRIMARY KEY,
    folder_id INTEGER NOT NULL REFERENCES folders (folder_id),
    name BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content_id INTEGER REFERENCES contents (content_id),
    failure TEXT,
    decoding INTEGER CHECK (decoding IN (1, 2)), -- 1: being decoded, 2: it was when a process died
    is_missing INTEGER NOT NULL DEFAULT 0 CHECK (is_missing IN (0, 1)),
    UNIQUE (folder_id, name)
);
CREATE INDEX photos_by_content ON photos (content_id);
CREATE INDEX photos_in_decoding ON photos (decoding) WHERE decoding IS NOT NULL;
CREATE TABLE encoders (
    encoder_id INTEGER PRIMARY KEY,
    encoder_key TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL
);
CREATE TABLE embeddings (
    embedding_id INTEGER PRIMARY KEY,
    encoder_id INTEGER NOT NULL REFERENCES encoders (encoder_id),
    content_id INTEGER NOT NULL REFERENCES contents (content_id) ON DELETE CASCADE,
    vector BLOB NOT NULL, -- little-endian float16
    UNIQUE (content_id, encoder_id)
);
"""

_DECISIONS_1 = """
CREATE TABLE photos (
    photo_id INTEGER PRIMARY KEY,
    fingerprint BLOB NOT NULL UNIQUE,
    path BLOB NOT NULL -- where it was last seen
);
CREATE INDEX photos_by_path ON photos (path);
CREATE TABLE labels (
    photo_id INTEGER NOT NULL REFERENCES photos (photo_id),
    category TEXT NOT NULL,
    is_positive INTEGER NOT NULL CHECK (is_positive IN (0, 1)),
    decided_ns INTEGER NOT NULL,
    PRIMARY KEY (photo_id, category)
) WITHOUT ROWID;
CREATE TABLE category_sets (
    name TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    saved_ns INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    model TEXT NOT NULL,
    started_ns INTEGER NOT NULL,
    finished_ns INTEGER,
    photo_count INTEGER NOT NULL DEFAULT 0,
    failed_count INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE provenance (
    run_id INTEGER NOT NULL REFERENCES runs (run_id),
    photo_id INTEGER NOT NULL REFERENCES photos (photo_id),
    category TEXT NOT NULL,
    probability REAL NOT NULL,
    similarity REAL NOT NULL,
    prompt TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by IN ('model', 'human')),
    PRIMARY KEY (run_id, photo_id, category)
) WITHOUT ROWID;
"""

INDEX = Schema("index", (_INDEX_1,), "NORMAL")
DECISIONS = Schema("decisions", (_DECISIONS_1,), "FULL")
