"""A journal of each older version opens, with its runs and the way back of each."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clipsorter.library.database import Database
from clipsorter.moves.journal import Journal
from clipsorter.moves.schema import JOURNAL

FIXTURES = Path(__file__).parent / "fixtures"  # dumps, each made by the program of its version
VERSIONS = range(1, JOURNAL.version + 1)


def restored(version, folder):
    path = folder / f"journal-v{version}.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / f"journal-v{version}.sql").read_text(encoding="utf-8"))
        assert connection.execute("PRAGMA user_version").fetchone()[0] == version
    return path


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()


def test_there_is_a_file_of_each_version():
    assert {path.name for path in FIXTURES.iterdir()} == {f"journal-v{version}.sql" for version in VERSIONS}


@pytest.mark.parametrize("version", VERSIONS)
def test_migrated_journal_has_the_tables_of_a_new_one(version, tmp_path):
    Database(tmp_path / "new.db", JOURNAL).close()
    old = restored(version, tmp_path)
    Database(old, JOURNAL).close()
    assert tables(old) == tables(tmp_path / "new.db")


@pytest.mark.parametrize("version", VERSIONS)
def test_runs_of_each_version_are_there_and_what_is_not_undone_can_be(version, tmp_path):
    with Journal.open(restored(version, tmp_path)) as journal:
        runs = journal.history()
        assert [run.run_id for run in runs] == list(range(len(runs), 0, -1))
        assert not journal.in_flight()
        for run in (run for run in runs if run.kind != "undo"):
            assert len(journal.undoable(run.run_id)) == run.done - run.undone
        assert {run.kind for run in runs} >= {"sort", "undo", *(["tag"] if version > 1 else [])}
        if version > 3:
            [bundle] = journal.undoable(next(run.run_id for run in runs if run.kind == "trash"))
            assert [step.source.name for step in bundle.steps] == ["chelsea.png"]
