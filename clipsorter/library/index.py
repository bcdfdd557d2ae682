"""The index: which photos were looked at, and their vectors. It may be deleted at any time and is made again.

The way of a batch: `split` → fingerprints of the new ones → `adopt` (moved and copied photos have their vector already)
→ `mark_decoding` → decode and embed → `add` and `fail`, which take the marks away. A photo whose decoding kills the
process keeps its mark, and `split` calls it suspect from the next start on.
"""

import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from clipsorter.library.database import DamagedError, Database, no_lock, opening
from clipsorter.library.entries import EmbeddedPhoto, Embeddings, FailedPhoto, IndexInfo, KnownPhoto, Split
from clipsorter.library.places import folder_and_name, holds_something, may_be_on_a_drive, names_gone, subtree
from clipsorter.library.rows import (
    DECODING,
    INTERRUPTED,
    Folders,
    block_after,
    find_encoder,
    mark_photo,
    put_content,
    put_encoder,
    put_photo,
    renew_content,
    take_along,
)
from clipsorter.library.schema import INDEX
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo

_ROWS_AT_ONCE = 4096
_log = logging.getLogger(__name__)

_LOOK_UP = """
    SELECT photos.photo_id, photos.size, photos.mtime_ns, photos.failure, photos.decoding, contents.fingerprint,
        embeddings.embedding_id IS NOT NULL
    FROM temp.wanted
    LEFT JOIN folders ON folders.path = wanted.folder
    LEFT JOIN photos ON photos.folder_id = folders.folder_id AND photos.name = wanted.name
    LEFT JOIN contents ON contents.content_id = photos.content_id
    LEFT JOIN embeddings ON embeddings.content_id = photos.content_id AND embeddings.encoder_id = ?
    ORDER BY wanted.position
"""
_LOOK_UP_CONTENT = """
    SELECT contents.content_id, embeddings.embedding_id IS NOT NULL, (
        SELECT failure FROM photos WHERE photos.content_id = contents.content_id AND failure IS NOT NULL LIMIT 1)
    FROM contents
    LEFT JOIN embeddings ON embeddings.content_id = contents.content_id AND embeddings.encoder_id = ?
    WHERE contents.fingerprint = ?
"""


class Index:
    """The index, for one thread of one process; any number of others may use the same file.

    Photos have absolute paths. Every method raises LibraryError if the file can't be used.
    """

    def __init__(self, database: Database, notices: tuple[str, ...] = ()) -> None:
        self._database = database
        self._decoding_lock = FileLock(f"{database.path}.decoding.lock")
        self.notices = notices
        with database.unwrapped() as connection:
            connection.execute("CREATE TEMP TABLE wanted (position INTEGER PRIMARY KEY, photo_id, folder, name)")
        self._suspect_of_the_dead()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or create the index.

        A damaged file is set aside; `notices` says so, for the user. Raises UsageError for a file of a newer version.
        """
        with opening(path, INDEX.title):
            try:
                return cls(Database(path, INDEX))
            except DamagedError as error:
                notice = f"The index was damaged: it is kept as {error.aside}, and the photos are looked at again."
                _log.warning("%s", notice)
            return cls(Database(path, INDEX), (notice,))

    def close(self) -> None:
        """Close the file."""
        self._database.close()
        self._decoding_lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def split(self, photos: Sequence[Photo], encoder_key: str) -> Split:
        """Sort photos by what is known of them; writes nothing. A changed size or time makes a photo new."""
        split = Split([], [], [], [])
        with self._database.reading() as connection:
            connection.execute("DELETE FROM temp.wanted")
            connection.executemany(
                "INSERT INTO temp.wanted (folder, name) VALUES (?, ?)",
                (folder_and_name(photo.path) for photo in photos),
            )
            rows = connection.execute(_LOOK_UP, find_encoder(connection, encoder_key)[:1]).fetchall()
        for photo, row in zip(photos, rows, strict=True):
            photo_id, size, mtime_ns, failure, decoding, fingerprint, has_vector = row
            if (size, mtime_ns) != (photo.size, photo.mtime_ns):
                split.new.append(photo)
            elif has_vector:
                split.known.append(KnownPhoto(photo, photo_id, fingerprint))
            elif failure is not None:
                split.failed.append(FailedPhoto(photo, failure, fingerprint))
            elif decoding == INTERRUPTED:
                split.suspect.append(photo)
            else:
                split.new.append(photo)
        return split

    def adopt(self, photos: Sequence[FingerprintedPhoto], encoder_key: str) -> Split:
        """Give photos the vector, or the failure, of a content that is already known: they were moved or copied.

        What remains `new` has to be decoded. A failed photo that is to be tried again must not come here: it would be
        given its own failure. One transaction.
        """
        split = Split([], [], [], [])
        with self._database.writing() as connection:
            encoder_id, _ = find_encoder(connection, encoder_key)
            folders = Folders(connection)
            for entry in photos:
                content = connection.execute(_LOOK_UP_CONTENT, (encoder_id, entry.fingerprint)).fetchone()
                content_id, has_vector, failure = content or (None, False, None)
                if has_vector:
                    photo_id = put_photo(folders, entry.photo, content_id, None)
                    split.known.append(KnownPhoto(entry.photo, photo_id, entry.fingerprint))
                elif failure is not None:
                    put_photo(folders, entry.photo, content_id, failure)
                    split.failed.append(FailedPhoto(entry.photo, failure, entry.fingerprint))
                else:
                    split.new.append(entry.photo)
        return split

    def mark_decoding(self, photos: Sequence[Photo]) -> None:
        """Note, before it begins, that photos are being decoded. One transaction."""
        self._hold_decoding_lock()
        with self._database.writing() as connection:
            folders = Folders(connection)
            for photo in photos:
                mark_photo(folders, photo)

    def unmark_decoding(self, photos: Sequence[Photo]) -> None:
        """Take marks away from photos that were left alone after all, as after a cancel. One transaction."""
        with self._database.writing() as connection:
            folders = Folders(connection)
            connection.executemany(
                "UPDATE photos SET decoding = NULL WHERE folder_id = ? AND name = ?",
                (folders.file(photo)[:2] for photo in photos),
            )

    def add(self, photos: Sequence[EmbeddedPhoto], encoder_key: str) -> list[KnownPhoto]:
        """Keep new vectors, as float16, and return the photos as known, in the same order. One transaction.

        Where another process has just added the same content, its vector stays. Raises ValueError if a vector is not
        finite or has another length than the encoder's earlier ones.
        """
        if not photos:
            return []
        with np.errstate(over="ignore"):  # the check below sees it
            vectors = np.stack([entry.embedding for entry in photos]).astype("<f2")
        if not np.isfinite(vectors).all():
            raise ValueError("an embedding is not finite")
        known = []
        with self._database.writing() as connection:
            encoder_id = put_encoder(connection, encoder_key, vectors.shape[1])
            folders = Folders(connection)
            for entry, vector in zip(photos, vectors, strict=True):
                content_id = put_content(connection, entry.fingerprint)
                photo_id = put_photo(folders, entry.photo, content_id, None)
                connection.execute(
                    "INSERT INTO embeddings (encoder_id, content_id, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    (encoder_id, content_id, vector.tobytes()),
                )
                known.append(KnownPhoto(entry.photo, photo_id, entry.fingerprint))
        return known

    def fail(self, photos: Sequence[FailedPhoto]) -> None:
        """Remember why photos can't be decoded, until they change. One transaction.

        Meant for what lies in the file itself: a disk that went away is no failure of its photos.
        """
        with self._database.writing() as connection:
            folders = Folders(connection)
            for entry in photos:
                content_id = None if entry.fingerprint is None else put_content(connection, entry.fingerprint)
                put_photo(folders, entry.photo, content_id, entry.reason)

    def follow(self, places: Sequence[tuple[Photo, Photo]], *, is_copy: bool = False) -> None:
        """Let what is known of photos go from where they were to where they are now. One transaction.

        A file that is not in the index, or was not the same when it was, is left out.
        """
        if not places:
            return
        with self._database.writing() as connection:
            folders = Folders(connection)
            for old, new in places:
                take_along(folders, old, new, is_copy=is_copy)

    def renew(self, photos: Sequence[tuple[Photo, FingerprintedPhoto]]) -> None:
        """Let what is known of photos stay theirs when only keywords in their files changed. One transaction.

        Each comes as it was and as it is. The old content keeps its vectors too, for copies and for the way back, as
        long as `clean` leaves them.
        """
        if not photos:
            return
        with self._database.writing() as connection:
            folders = Folders(connection)
            for old, new in photos:
                renew_content(folders, old, new.photo, new.fingerprint)

    def embeddings(self, photo_ids: Sequence[int], encoder_key: str) -> Embeddings:
        """Return the vectors of photos, in the order given; photos without one for this encoder are left out.

        The float16 rounding of the disk is not undone: a unit vector comes back with a length within 0.001 of 1.
        """
        with self._database.reading() as connection:
            connection.execute("DELETE FROM temp.wanted")
            connection.executemany("INSERT INTO temp.wanted (photo_id) VALUES (?)", ((number,) for number in photo_ids))
            encoder_id, dimensions = find_encoder(connection, encoder_key)
            ids = np.empty(len(photo_ids), np.int64)
            matrix = np.empty((len(photo_ids), dimensions), np.float32)
            filled = 0
            cursor = connection.execute(
                "SELECT photos.photo_id, embeddings.vector FROM temp.wanted"
                " CROSS JOIN photos ON photos.photo_id = wanted.photo_id"
                " CROSS JOIN embeddings ON embeddings.content_id = photos.content_id AND embeddings.encoder_id = ?"
                " ORDER BY wanted.position",
                (encoder_id,),
            )
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                part = slice(filled, filled + len(rows))
                ids[part] = [row[0] for row in rows]
                matrix[part] = np.frombuffer(b"".join([row[1] for row in rows]), "<f2").reshape(len(rows), dimensions)
                filled += len(rows)
        return Embeddings(ids[:filled], matrix[:filled])

    def blocks(self, encoder_key: str) -> Iterator[tuple[list[Photo], NDArray[np.float32]]]:
        """Yield all photos that are not known to be gone, with their vectors float32 [n, D], some thousand at a time.

        Each block is read on its own, so others may write meanwhile, and the whole never lies in memory.
        """
        after = 0
        while True:
            with self._database.reading() as connection:
                rows = block_after(connection, encoder_key, after, _ROWS_AT_ONCE)
            if not rows:
                return
            after = rows[-1][0]
            vectors = np.frombuffer(b"".join([row[-1] for row in rows]), "<f2").reshape(len(rows), -1)
            yield [Photo(Path(os.fsdecode(row[1] + row[2])), *row[3:5]) for row in rows], vectors.astype(np.float32)

    def mark_missing(self, root: Path) -> int:
        """Mark the photos at and below a folder that are gone, unmark those that are back; return how many are gone.

        Lists each known folder once, whatever a scan has seen. Nothing is marked where that can't be told, as when a
        drive is not connected: the root or a folder in it is unreachable or empty.
        """
        if not holds_something(root):
            return 0
        with self._database.reading() as connection:
            folders = connection.execute(
                "SELECT folder_id, path FROM folders WHERE path >= ? AND path < ?", subtree(root)
            ).fetchall()
        gone_count = 0
        for folder_id, folder in folders:
            photos = self._look_again(folder_id, folder)
            gone_count += sum(is_gone for _, is_gone, _ in photos)
            changes = [(is_gone, photo_id) for photo_id, is_gone, was_marked in photos if is_gone != was_marked]
            if changes:
                with self._database.writing() as connection:
                    connection.executemany("UPDATE photos SET is_missing = ? WHERE photo_id = ?", changes)
        return gone_count

    def _look_again(self, folder_id: int, folder: bytes) -> list[tuple[int, bool, bool]]:
        """Return of each photo of a folder photo_id, whether it is gone, whether it was marked; none if unknown."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, photo_id, is_missing FROM photos WHERE folder_id = ?", (folder_id,)
            ).fetchall()
        gone = names_gone(folder, [row[0] for row in rows])
        if gone is None:
            return []
        return [(photo_id, name in gone, bool(was_marked)) for name, photo_id, was_marked in rows]

    def clean(self) -> int:
        """Delete the photos that are gone, and what no photo needs any more; return how many photos it were.

        Every known folder is listed again: a mark may be old, and a whole folder that was renamed or deleted was
        never marked. Such a one counts unless it lies where drives are connected; of those, only marked photos do.
        """
        with self._database.reading() as connection:
            folders = connection.execute("SELECT folder_id, path FROM folders").fetchall()
        gone, back = [], []
        for folder_id, folder in folders:
            is_certain = not may_be_on_a_drive(folder)
            for photo_id, is_gone, was_marked in self._look_again(folder_id, folder):
                if is_gone and (was_marked or is_certain):
                    gone.append((photo_id,))
                elif was_marked and not is_gone:
                    back.append((photo_id,))
        with self._database.writing() as connection:
            connection.executemany("UPDATE photos SET is_missing = 0 WHERE photo_id = ?", back)
            connection.executemany("DELETE FROM photos WHERE photo_id = ?", gone)
            connection.execute(
                "DELETE FROM contents WHERE NOT EXISTS (SELECT * FROM photos WHERE content_id = contents.content_id)"
            )
            connection.execute("DELETE FROM folders WHERE folder_id NOT IN (SELECT folder_id FROM photos)")
        with self._database.unwrapped() as connection:
            connection.execute("PRAGMA incremental_vacuum").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(gone)

    def info(self) -> IndexInfo:
        """Count what is there."""
        with self._database.reading() as connection:
            photos, failed, missing = connection.execute(
                "SELECT COUNT(*), COUNT(failure), COALESCE(SUM(is_missing), 0) FROM photos"
            ).fetchone()
            vectors = connection.execute(
                "SELECT encoder_key, COUNT(content_id) FROM encoders LEFT JOIN embeddings USING (encoder_id)"
                " GROUP BY encoder_id ORDER BY encoder_key"
            ).fetchall()
        return IndexInfo(photos, failed, missing, dict(vectors), self._database.size_bytes())

    def verify(self) -> list[str]:
        """Return what is wrong with the file, a line each; empty if it is sound."""
        return self._database.problems()

    def _hold_decoding_lock(self) -> bool:
        """Try to be the process whose life stands for all that decode; the system takes the lock from the dead."""
        if self._decoding_lock.is_locked:
            return True
        try:
            self._decoding_lock.acquire(blocking=False)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            raise no_lock(self._database.path, error) from error
        return True

    def _suspect_of_the_dead(self) -> None:
        """Make suspects of the photos that a process was decoding when it died, unless one may still be at it."""
        if not self._hold_decoding_lock():
            return
        with self._database.writing() as connection:
            connection.execute("UPDATE photos SET decoding = ? WHERE decoding = ?", (INTERRUPTED, DECODING))
        self._decoding_lock.release()
