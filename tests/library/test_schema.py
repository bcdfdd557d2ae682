import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clipsorter.errors import LibraryError
from clipsorter.library.database import Database
from clipsorter.library.decisions import CategorySet, Decisions
from clipsorter.library.index import Index
from clipsorter.library.schema import DECISIONS, INDEX, Schema
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo

_FIXTURES = Path(__file__).parent / "fixtures"
_PHOTO = Photo(Path("/photos/2024/a.jpg"), size=1234, mtime_ns=5678)
_FINGERPRINT = bytes(range(16))


def version_files(schema: Schema) -> list[Path]:
    """Return the dumps of a database by version; each was made by the program of that version."""
    return sorted(_FIXTURES.glob(f"{schema.title}-v*.sql"))


def restored(dump: Path, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        version = int(re.findall(r"\d+", dump.stem)[-1])
        assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


@pytest.mark.parametrize("schema", [INDEX, DECISIONS], ids=lambda schema: schema.title)
def test_there_is_a_file_of_each_version(schema: Schema) -> None:
    names = [f"{schema.title}-v{number}.sql" for number in range(1, schema.version + 1)]
    assert [dump.name for dump in version_files(schema)] == names


@pytest.mark.skipif(_PHOTO.path.drive != "" or not _PHOTO.path.is_absolute(), reason="the files hold POSIX paths")
@pytest.mark.parametrize("dump", version_files(INDEX), ids=lambda dump: dump.stem)
def test_index_of_each_version_opens_with_its_photos(dump: Path, tmp_path: Path) -> None:
    with Index.open(restored(dump, tmp_path / "index.db")) as index:
        (known,) = index.split([_PHOTO], "encoder").known
        assert known.fingerprint == _FINGERPRINT
        assert index.embeddings([known.photo_id], "encoder").matrix.tolist() == [[0.5, -0.5, 0.25, 1.0]]
        (failed,) = index.split([replace(_PHOTO, path=Path("/photos/bad.jpg"))], "encoder").failed
        assert failed.reason == "It is truncated."
        assert index.verify() == []


@pytest.mark.skipif(_PHOTO.path.drive != "" or not _PHOTO.path.is_absolute(), reason="the files hold POSIX paths")
@pytest.mark.parametrize("dump", version_files(DECISIONS), ids=lambda dump: dump.stem)
def test_decisions_of_each_version_open_with_their_labels(dump: Path, tmp_path: Path) -> None:
    with Decisions.open(restored(dump, tmp_path / "decisions.db"), tmp_path / "backups") as decisions:
        (labelled,) = decisions.labels([FingerprintedPhoto(_PHOTO, _FINGERPRINT)])
        assert [(label.category, label.is_positive) for label in labelled.labels] == [("Dog", True), ("Cat", False)]
        assert decisions.sets() == [CategorySet("Animals", "Dog\nCat\n")]
        assert decisions.verify() == []


@pytest.mark.parametrize("schema", [INDEX, DECISIONS], ids=lambda schema: schema.title)
def test_migrated_database_has_the_tables_of_a_new_one(schema: Schema, tmp_path: Path) -> None:
    Database(tmp_path / "new.db", schema).close()
    for dump in version_files(schema):
        old = restored(dump, tmp_path / f"{dump.stem}.db")
        Database(old, schema).close()
        assert tables(old) == tables(tmp_path / "new.db")


def test_next_version_is_one_more_migration_and_keeps_the_data(tmp_path: Path) -> None:
    path = restored(version_files(INDEX)[-1], tmp_path / "index.db")
    migrations = (*INDEX.migrations, "ALTER TABLE photos ADD COLUMN stars INTEGER NOT NULL DEFAULT 3")
    database = Database(path, replace(INDEX, migrations=migrations))
    with database.reading() as connection:
        assert connection.execute("SELECT DISTINCT stars FROM photos").fetchall() == [(3,)]
        assert connection.execute("PRAGMA user_version").fetchone()[0] == INDEX.version + 1
    database.close()


def test_migration_that_fails_leaves_the_old_version_whole(tmp_path: Path) -> None:
    path = restored(version_files(INDEX)[-1], tmp_path / "index.db")
    before = tables(path)
    migrations = (*INDEX.migrations, "DROP TABLE embeddings; ALTER TABLE nothing ADD COLUMN stars INTEGER")
    with pytest.raises(LibraryError):
        Database(path, replace(INDEX, migrations=migrations))
    assert tables(path) == before
    with Index.open(path) as index:
        ids = [known.photo_id for known in index.split([_PHOTO], "encoder").known]
        assert np.isfinite(index.embeddings(ids, "encoder").matrix).all()
        assert len(ids) == 1


def test_database_uses_a_log_and_checks_references(tmp_path: Path) -> None:
    database = Database(tmp_path / "index.db", INDEX)
    with database.unwrapped() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    with pytest.raises(sqlite3.IntegrityError), database.writing() as connection:
        connection.execute("INSERT INTO photos (folder_id, name, size, mtime_ns) VALUES (77, X'61', 1, 1)")
    database.close()
