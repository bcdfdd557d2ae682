"""What the user said of categories, across all folders, and the vectors of those photos: what is learned from."""

import os
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.library.rows import find_encoder


@dataclass(frozen=True, slots=True)
class Said:
    """That a photo, by the fingerprint of its content and where it was last seen, belongs to a category or doesn't."""

    fingerprint: bytes
    path: Path
    category: str
    is_positive: bool
    decided_ns: int = 0


def said_of(decisions: Decisions, categories: Iterable[str], most: int | None = None) -> list[Said]:
    """Return what was said of categories, the newest first; at most so many of each kind for each of them."""
    found: list[Said] = []
    with decisions._database.reading() as connection:
        for category, is_positive in product(categories, (1, 0)):
            rows = connection.execute(
                "SELECT fingerprint, path, decided_ns FROM labels JOIN photos USING (photo_id)"
                " WHERE category = ? AND is_positive = ? ORDER BY decided_ns DESC, photo_id DESC LIMIT ?",
                (category, is_positive, -1 if most is None else most),
            )
            found += [Said(name, Path(os.fsdecode(path)), category, bool(is_positive), ns) for name, path, ns in rows]
    return found


def forget_said(decisions: Decisions, said: Sequence[Said]) -> None:
    """Take back what was said, as if it had not been."""
    with decisions._database.writing() as connection:
        connection.executemany(
            "DELETE FROM labels WHERE category = ?"
            " AND photo_id IN (SELECT photo_id FROM photos WHERE fingerprint = ? OR path = ?)",
            [(each.category, each.fingerprint, os.fsencode(each.path)) for each in said],
        )


def say_again(decisions: Decisions, said: Sequence[Said]) -> None:
    """Say what was taken back, as of the time when it was said first; what was said since stays."""
    with decisions._database.writing() as connection:
        connection.executemany(
            "INSERT INTO photos (fingerprint, path) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [(each.fingerprint, os.fsencode(each.path)) for each in said],
        )
        connection.executemany(
            "INSERT INTO labels (photo_id, category, is_positive, decided_ns)"
            " SELECT photo_id, ?, ?, ? FROM photos WHERE fingerprint = ? ON CONFLICT DO NOTHING",
            [(each.category, each.is_positive, each.decided_ns or time.time_ns(), each.fingerprint) for each in said],
        )


def vectors_of(index: Index, fingerprints: Collection[bytes], encoder_key: str) -> dict[bytes, NDArray[np.float32]]:
    """Return the vectors of contents, float32 [D] each, of those that have one for this encoder."""
    found = {}
    with index._database.reading() as connection:
        encoder_id, _ = find_encoder(connection, encoder_key)
        for fingerprint in fingerprints:
            row = connection.execute(
                "SELECT vector FROM embeddings JOIN contents USING (content_id)"
                " WHERE fingerprint = ? AND encoder_id = ?",
                (fingerprint, encoder_id),
            ).fetchone()
            if row is not None:
                found[fingerprint] = np.frombuffer(row[0], "<f2").astype(np.float32)
    return found


def sample(index: Index, encoder_key: str, count: int) -> NDArray[np.float32]:
    """Return the vectors of some photos of all there are, spread evenly, float32 [≤ count, D]."""
    with index._database.reading() as connection:
        encoder_id, dimensions = find_encoder(connection, encoder_key)
        ids = [row[0] for row in connection.execute(
            "SELECT embedding_id FROM embeddings WHERE encoder_id = ? ORDER BY embedding_id", (encoder_id,)
        )]  # fmt: skip
        chosen = ids[:: max(1, -(-len(ids) // count))]
        vectors = [
            connection.execute("SELECT vector FROM embeddings WHERE embedding_id = ?", (each,)).fetchone()[0]
            for each in chosen
        ]
    return np.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), dimensions).astype(np.float32)
