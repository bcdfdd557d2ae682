"""The tables of the journal, as numbered migrations: append only, a released one is never edited.

A new version comes with a dump that it made itself, in `tests/moves/fixtures`.

A path is the bytes of the file system. What was undone is not marked: it has a bundle that undoes it and is done.
"""

from clipsorter.library.schema import Schema

_JOURNAL_1 = """
CREATE TABLE runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('sort', 'undo')),
    mode TEXT NOT NULL CHECK (mode IN ('move', 'copy')),
    folder BLOB NOT NULL,
    dest BLOB NOT NULL,
    started_ns INTEGER NOT NULL,
    finished_ns INTEGER,
    undoes INTEGER REFERENCES runs (run_id)
);
CREATE TABLE bundles (
    bundle_id INTEGER PRIMARY KEY AUTOINCREMENT,
    run_id INTEGER NOT NULL REFERENCES runs (run_id),
    category TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('intended', 'done', 'back')),
    failure TEXT NOT NULL DEFAULT '',
    undoes INTEGER REFERENCES bundles (bundle_id)
);
CREATE INDEX bundles_by_run ON bundles (run_id);
CREATE INDEX bundles_in_flight ON bundles (state) WHERE state = 'intended';
CREATE INDEX bundles_that_undo ON bundles (undoes) WHERE undoes IS NOT NULL;
CREATE TABLE files (
    file_id INTEGER PRIMARY KEY,
    bundle_id INTEGER NOT NULL REFERENCES bundles (bundle_id),
    kind TEXT NOT NULL CHECK (kind IN ('rename', 'copy', 'carry', 'remove')),
    source BLOB NOT NULL,
    target BLOB NOT NULL,
    token TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, -- of the source, as are device and inode
    device TEXT NOT NULL,
    inode TEXT NOT NULL, -- as text: both may need more than 63 bits
    given_mtime_ns INTEGER NOT NULL,
    sha256 BLOB,
    copy_mtime_ns INTEGER
);
CREATE INDEX files_by_bundle ON files (bundle_id);
CREATE TABLE folders (
    path BLOB NOT NULL,
    run_id INTEGER NOT NULL REFERENCES runs (run_id),
    PRIMARY KEY (path, run_id)
) WITHOUT ROWID;
"""
# Tagging: a photo's bundle has edits instead of files. `way_back` gives the old bytes from the new ones.
_JOURNAL_2 = """
CREATE TABLE new_runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('sort', 'tag', 'untag', 'undo')),
    mode TEXT NOT NULL CHECK (mode IN ('move', 'copy', 'edit')),
    folder BLOB NOT NULL,
    dest BLOB NOT NULL,
    started_ns INTEGER NOT NULL,
    finished_ns INTEGER,
    undoes INTEGER REFERENCES runs (run_id)
);
INSERT INTO new_runs SELECT run_id, kind, mode, folder, dest, started_ns, finished_ns, undoes FROM runs;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
ALTER TABLE bundles ADD COLUMN photo BLOB;
CREATE TABLE edits (
    edit_id INTEGER PRIMARY KEY,
    bundle_id INTEGER NOT NULL REFERENCES bundles (bundle_id),
    path BLOB NOT NULL,
    token TEXT NOT NULL,
    old_size INTEGER, -- these three are NULL where there was no file
    old_mtime_ns INTEGER,
    old_sha256 BLOB,
    new_size INTEGER, -- these three are NULL where there is to be none
    new_mtime_ns INTEGER,
    new_sha256 BLOB,
    way_back BLOB
);
CREATE INDEX edits_by_bundle ON edits (bundle_id);
CREATE TABLE written (
    bundle_id INTEGER NOT NULL REFERENCES bundles (bundle_id),
    category TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by IN ('model', 'human')),
    PRIMARY KEY (bundle_id, category)
) WITHOUT ROWID;
"""

# A run that broke off is without an end until the next start has tidied up after it.
_JOURNAL_3 = """
ALTER TABLE runs ADD COLUMN was_broken_off INTEGER NOT NULL DEFAULT 0 CHECK (was_broken_off IN (0, 1));
"""
# The trash. What is given to a trash that keeps its places to itself has its source for its target.
_JOURNAL_4 = """
CREATE TABLE new_runs (
    run_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('sort', 'tag', 'untag', 'trash', 'undo')),
    mode TEXT NOT NULL CHECK (mode IN ('move', 'copy', 'edit', 'give')),
    folder BLOB NOT NULL,
    dest BLOB NOT NULL,
    started_ns INTEGER NOT NULL,
    finished_ns INTEGER,
    undoes INTEGER REFERENCES runs (run_id),
    was_broken_off INTEGER NOT NULL DEFAULT 0 CHECK (was_broken_off IN (0, 1))
);
INSERT INTO new_runs
SELECT run_id, kind, mode, folder, dest, started_ns, finished_ns, undoes, was_broken_off FROM runs;
DROP TABLE runs;
ALTER TABLE new_runs RENAME TO runs;
CREATE TABLE new_files (
    file_id INTEGER PRIMARY KEY,
    bundle_id INTEGER NOT NULL REFERENCES bundles (bundle_id),
    kind TEXT NOT NULL CHECK (kind IN ('rename', 'copy', 'carry', 'remove', 'give')),
    source BLOB NOT NULL,
    target BLOB NOT NULL,
    token TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, -- of the source, as are device and inode
    device TEXT NOT NULL,
    inode TEXT NOT NULL, -- as text: both may need more than 63 bits
    given_mtime_ns INTEGER NOT NULL,
    sha256 BLOB,
    copy_mtime_ns INTEGER,
    info BLOB
);
INSERT INTO new_files
SELECT file_id, bundle_id, kind, source, target, token, size, mtime_ns, device, inode, given_mtime_ns, sha256,
    copy_mtime_ns, NULL FROM files;
DROP TABLE files;
ALTER TABLE new_files RENAME TO files;
CREATE INDEX files_by_bundle ON files (bundle_id);
"""

JOURNAL = Schema("journal", (_JOURNAL_1, _JOURNAL_2, _JOURNAL_3, _JOURNAL_4), "FULL")
