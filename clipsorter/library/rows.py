"""The statements that put a photo, a content or an encoder into the index, or find the one that is there."""

import sqlite3

from clipsorter.library.places import folder_and_name
from clipsorter.photos.photo import Photo

DECODING, INTERRUPTED = 1, 2  # photos.decoding

_SAME_FILE = "size = excluded.size AND mtime_ns = excluded.mtime_ns"
_PUT_PHOTO = f"""
    INSERT INTO photos (folder_id, name, size, mtime_ns, content_id, failure) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (folder_id, name) DO UPDATE SET
        content_id = COALESCE(excluded.content_id, CASE WHEN {_SAME_FILE} THEN content_id END),
        size = excluded.size, mtime_ns = excluded.mtime_ns, failure = excluded.failure, decoding = NULL, is_missing = 0
"""
_MARK_PHOTO = f"""
    INSERT INTO photos (folder_id, name, size, mtime_ns, decoding) VALUES (?, ?, ?, ?, {DECODING})
    ON CONFLICT (folder_id, name) DO UPDATE SET
        content_id = CASE WHEN {_SAME_FILE} THEN content_id END,
        failure = CASE WHEN {_SAME_FILE} THEN failure END,
        size = excluded.size, mtime_ns = excluded.mtime_ns, decoding = {DECODING}, is_missing = 0
"""
_BLOCK = """
    SELECT photo_id, folders.path, photos.name, photos.size, photos.mtime_ns, embeddings.vector
    FROM photos JOIN folders USING (folder_id)
    JOIN embeddings ON embeddings.content_id = photos.content_id AND embeddings.encoder_id = ?
    WHERE photo_id > ? AND NOT is_missing ORDER BY photo_id LIMIT ?
"""


class Folders:
    """The ids of folders during one transaction, made as they are needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._ids: dict[bytes, int] = {}

    def file(self, photo: Photo) -> tuple[int, bytes, int, int]:
        """Return folder_id, name, size and mtime_ns."""
        folder, name = folder_and_name(photo.path)
        if folder not in self._ids:
            self.connection.execute("INSERT INTO folders (path) VALUES (?) ON CONFLICT DO NOTHING", (folder,))
            row = self.connection.execute("SELECT folder_id FROM folders WHERE path = ?", (folder,)).fetchone()
            self._ids[folder] = row[0]
        return self._ids[folder], name, photo.size, photo.mtime_ns


def put_photo(folders: Folders, photo: Photo, content_id: int | None, failure: str | None) -> int:
    """Write what is known of a photo now, take its mark away, and return its id.

    Without a content, the one that it has stays if the file is the same.
    """
    file = folders.file(photo)
    folders.connection.execute(_PUT_PHOTO, (*file, content_id, failure))
    row = folders.connection.execute(
        "SELECT photo_id FROM photos WHERE folder_id = ? AND name = ?", file[:2]
    ).fetchone()
    return int(row[0])


def mark_photo(folders: Folders, photo: Photo) -> None:
    """Mark a photo as being decoded; all else that is known of it stays if the file is the same."""
    folders.connection.execute(_MARK_PHOTO, folders.file(photo))


def take_along(folders: Folders, old: Photo, new: Photo, *, is_copy: bool) -> None:
    """Give a photo at its new place what is known of it at its old one, which it leaves unless it was copied."""
    folder, name = folder_and_name(old.path)
    row = folders.connection.execute(
        "SELECT photo_id, content_id, failure FROM photos JOIN folders USING (folder_id)"
        " WHERE path = ? AND name = ? AND size = ? AND mtime_ns = ?",
        (folder, name, old.size, old.mtime_ns),
    ).fetchone()
    if row is None:
        return
    photo_id, content_id, failure = row
    if not is_copy:
        folders.connection.execute("DELETE FROM photos WHERE photo_id = ?", (photo_id,))
    put_photo(folders, new, content_id, failure)


def renew_content(folders: Folders, old: Photo, new: Photo, fingerprint: bytes) -> None:
    """Give a photo whose keywords alone were changed its new content, with the vectors of the old one."""
    folder, name = folder_and_name(old.path)
    row = folders.connection.execute(
        "SELECT content_id, failure FROM photos JOIN folders USING (folder_id)"
        " WHERE path = ? AND name = ? AND size = ? AND mtime_ns = ?",
        (folder, name, old.size, old.mtime_ns),
    ).fetchone()
    if row is None or row[0] is None:
        return
    content_id, failure = row
    new_id = put_content(folders.connection, fingerprint)
    folders.connection.execute(
        "INSERT INTO embeddings (encoder_id, content_id, vector)"
        " SELECT encoder_id, ?, vector FROM embeddings WHERE content_id = ? ON CONFLICT DO NOTHING",
        (new_id, content_id),
    )
    put_photo(folders, new, new_id, failure)


def put_content(connection: sqlite3.Connection, fingerprint: bytes) -> int:
    """Return the id of a content, a new one if it was not known."""
    connection.execute("INSERT INTO contents (fingerprint) VALUES (?) ON CONFLICT DO NOTHING", (fingerprint,))
    row = connection.execute("SELECT content_id FROM contents WHERE fingerprint = ?", (fingerprint,)).fetchone()
    return int(row[0])


def put_encoder(connection: sqlite3.Connection, encoder_key: str, dimensions: int) -> int:
    """Return the id of an encoder, a new one if it was not known; raise ValueError on another vector length."""
    connection.execute(
        "INSERT INTO encoders (encoder_key, dimensions) VALUES (?, ?) ON CONFLICT DO NOTHING", (encoder_key, dimensions)
    )
    encoder_id, expected = find_encoder(connection, encoder_key)
    if expected != dimensions:
        raise ValueError(f"vectors of {encoder_key} have {expected} dimensions, not {dimensions}")
    return encoder_id


def find_encoder(connection: sqlite3.Connection, encoder_key: str) -> tuple[int, int]:
    """Return id and dimensions of an encoder; of one that has no vectors yet, an id that is none, and 0."""
    row = connection.execute(
        "SELECT encoder_id, dimensions FROM encoders WHERE encoder_key = ?", (encoder_key,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def block_after(
    connection: sqlite3.Connection, encoder_key: str, after: int, count: int
) -> list[tuple[int, bytes, bytes, int, int, bytes]]:
    """Return photo_id, folder, name, size, mtime_ns and vector of the next photos of an encoder, by photo_id."""
    encoder_id, _ = find_encoder(connection, encoder_key)
    return connection.execute(_BLOCK, (encoder_id, after, count)).fetchall()
