"""All photos of the index, wherever they lie: their vectors in the order of their ids, and the photos of some ids."""

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from clipsorter.library.entries import EmbeddedPhoto, Embeddings
from clipsorter.library.index import Index
from clipsorter.library.rows import find_encoder
from clipsorter.photos.photo import Photo


def vectors_after(index: Index, encoder_key: str, photo_id: int, count: int) -> Embeddings:
    """Return the vectors of the next photos that are not known to be gone; none are left if there are none."""
    with index._database.reading() as connection:
        encoder_id, dimensions = find_encoder(connection, encoder_key)
        rows = connection.execute(
            "SELECT photo_id, embeddings.vector FROM photos"
            " JOIN embeddings ON embeddings.content_id = photos.content_id AND embeddings.encoder_id = ?"
            " WHERE photo_id > ? AND NOT is_missing ORDER BY photo_id LIMIT ?",
            (encoder_id, photo_id, count),
        ).fetchall()
    matrix = np.frombuffer(b"".join([row[1] for row in rows]), "<f2").reshape(len(rows), dimensions)
    return Embeddings(np.array([row[0] for row in rows], np.int64), matrix.astype(np.float32))


def photos_of(index: Index, photo_ids: Sequence[int], encoder_key: str) -> list[EmbeddedPhoto]:
    """Return photos with their vectors, in the order given; those that are there no longer are left out."""
    with index._database.reading() as connection:
        connection.execute("DELETE FROM temp.wanted")
        connection.executemany("INSERT INTO temp.wanted (photo_id) VALUES (?)", ((number,) for number in photo_ids))
        encoder_id, _ = find_encoder(connection, encoder_key)
        rows = connection.execute(
            "SELECT folders.path, photos.name, photos.size, photos.mtime_ns, contents.fingerprint, embeddings.vector"
            " FROM temp.wanted CROSS JOIN photos ON photos.photo_id = wanted.photo_id"
            " JOIN folders USING (folder_id) JOIN contents USING (content_id)"
            " JOIN embeddings ON embeddings.content_id = photos.content_id AND embeddings.encoder_id = ?"
            " ORDER BY wanted.position",
            (encoder_id,),
        ).fetchall()
    return [
        EmbeddedPhoto(
            Photo(Path(os.fsdecode(folder + name)), size, mtime_ns),
            fingerprint,
            np.frombuffer(vector, "<f2").astype(np.float32),
        )
        for folder, name, size, mtime_ns, fingerprint, vector in rows
    ]
