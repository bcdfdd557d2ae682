"""Dump both databases as this version of the program writes them: run once when a version is released.

`python tests/library/make_fixtures.py` writes `fixtures/NAME-vN.sql`; a file that is there is never written again.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import numpy as np

from clipsorter.library.decisions import CategorySet, Decisions, Provenance
from clipsorter.library.entries import EmbeddedPhoto, FailedPhoto
from clipsorter.library.index import Index
from clipsorter.library.schema import DECISIONS, INDEX
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo

_FIXTURES = Path(__file__).parent / "fixtures"


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    photo = Photo(Path("/photos/2024/a.jpg"), size=1234, mtime_ns=5678)
    with Index.open(folder / "index.db") as index:
        index.add([EmbeddedPhoto(photo, bytes(range(16)), np.array([0.5, -0.5, 0.25, 1.0], np.float32))], "encoder")
        index.fail([FailedPhoto(Photo(Path("/photos/bad.jpg"), 1234, 5678), "It is truncated.")])
    known = FingerprintedPhoto(photo, bytes(range(16)))
    with Decisions.open(folder / "decisions.db", folder / "backups") as decisions:
        decisions.record_labels([known], "Dog", is_positive=True)
        decisions.record_labels([known], "Cat", is_positive=False)
        decisions.save_set(CategorySet("Animals", "Dog\nCat\n"))
        run = decisions.start_run("classify", "encoder")
        decisions.record_provenance(run, [Provenance(known, "Dog", 0.9, 0.3, "a photo of a dog", "model")])
        decisions.finish_run(run, photo_count=2, failed_count=1)
    for schema in (INDEX, DECISIONS):
        target = _FIXTURES / f"{schema.title}-v{schema.version}.sql"
        if target.exists():
            continue
        with closing(sqlite3.connect(folder / f"{schema.title}.db")) as connection:
            lines = [*connection.iterdump(), f"PRAGMA user_version = {schema.version};"]
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
