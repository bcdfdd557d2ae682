import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from clipsorter.errors import LibraryError, UsageError
from clipsorter.library.backup import backups
from clipsorter.library.decisions import CategorySet, Decisions, Provenance
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo


def opened(folder: Path) -> Decisions:
    return Decisions.open(folder / "data" / "decisions.db", folder / "data" / "backups")


def photo(path: Path, content: bytes) -> FingerprintedPhoto:
    return FingerprintedPhoto(Photo(path, 1, 1), content.ljust(16))


def said(decisions: Decisions, entry: FingerprintedPhoto) -> dict[str, bool]:
    found = decisions.labels([entry])
    return {label.category: label.is_positive for labelled in found for label in labelled.labels}


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "data" / "decisions.db")) as connection:
        return connection.execute(query).fetchall()


def test_label_is_there_after_reopening_and_the_last_word_counts(tmp_path: Path) -> None:
    dog, cat = photo(tmp_path / "dog.jpg", b"dog"), photo(tmp_path / "cat.jpg", b"cat")
    with opened(tmp_path) as decisions:
        decisions.record_labels([dog, cat], "Dog", is_positive=True)
        decisions.record_labels([cat], "Dog", is_positive=False)
        decisions.record_labels([cat], "Cat", is_positive=True)
    with opened(tmp_path) as decisions:
        assert said(decisions, dog) == {"Dog": True}
        assert said(decisions, cat) == {"Dog": False, "Cat": True}
        assert decisions.labels([photo(tmp_path / "other.jpg", b"other")]) == []


def test_forgotten_label_leaves_what_the_photo_is_not(tmp_path: Path) -> None:
    dog, cat = photo(tmp_path / "dog.jpg", b"dog"), photo(tmp_path / "cat.jpg", b"cat")
    with opened(tmp_path) as decisions:
        decisions.record_labels([dog, cat], "Dog", is_positive=True)
        decisions.record_labels([dog], "Cat", is_positive=False)
        decisions.forget_labels([dog])
        assert said(decisions, dog) == {"Cat": False}
        assert said(decisions, cat) == {"Dog": True}


def test_label_follows_a_photo_that_was_moved_outside(tmp_path: Path) -> None:
    before, after = tmp_path / "before.jpg", tmp_path / "after.jpg"
    before.write_bytes(b"dog")
    with opened(tmp_path) as decisions:
        decisions.record_labels([photo(before, b"dog")], "Dog", is_positive=True)
        before.rename(after)
        assert said(decisions, photo(after, b"dog")) == {"Dog": True}
        assert said(decisions, photo(before, b"the next photo of that name")) == {}


def test_label_stays_when_another_program_writes_into_the_photo(tmp_path: Path) -> None:
    path, copy = tmp_path / "dog.jpg", tmp_path / "copy.jpg"
    for file in (path, copy):
        file.write_bytes(b"dog")
    with opened(tmp_path) as decisions:
        decisions.record_labels([photo(path, b"dog")], "Dog", is_positive=True)
        assert said(decisions, photo(copy, b"dog")) == {"Dog": True}
        written = photo(path, b"dog with keywords")
        assert said(decisions, written) == {"Dog": True}
        decisions.record_labels([written], "Dog", is_positive=False)
        decisions.record_labels([written], "Cat", is_positive=True)
        assert said(decisions, written) == {"Dog": False, "Cat": True}


def test_renamed_categories_take_all_that_was_said_with_them_and_the_newer_word_stays(tmp_path: Path) -> None:
    dog, wolf, cat = (photo(tmp_path / f"{name}.jpg", name.encode()) for name in ("dog", "wolf", "cat"))
    with opened(tmp_path) as decisions:
        decisions.record_labels([dog], "Dog", is_positive=True)
        decisions.record_labels([wolf], "Hound", is_positive=True)
        decisions.record_labels([wolf], "Dog", is_positive=False)
        decisions.record_labels([cat], "Cat", is_positive=True)
        assert decisions.count_labels(["Dog", "Cat", "Nobody"]) == 3
        assert decisions.rename_categories({"Dog": "Hound", "Nobody": "x", "Cat": "Cat"}) == 2
        assert decisions.count_labels(["Dog"]) == 0
    with opened(tmp_path) as decisions:
        assert said(decisions, dog) == {"Hound": True}
        assert said(decisions, wolf) == {"Hound": False}
        assert said(decisions, cat) == {"Cat": True}


def test_categories_can_change_names_with_each_other(tmp_path: Path) -> None:
    dog, cat = photo(tmp_path / "dog.jpg", b"dog"), photo(tmp_path / "cat.jpg", b"cat")
    with opened(tmp_path) as decisions:
        decisions.record_labels([dog], "A", is_positive=True)
        decisions.record_labels([cat], "A/A", is_positive=True)
        decisions.rename_categories({"A": "A/A", "A/A": "A/A/A"})
        assert said(decisions, dog) == {"A/A": True}
        assert said(decisions, cat) == {"A/A/A": True}
        decisions.rename_categories({"A/A": "A/A/A", "A/A/A": "A/A"})
        assert said(decisions, dog) == {"A/A/A": True}


def test_deleted_category_set_is_gone(tmp_path: Path) -> None:
    with opened(tmp_path) as decisions:
        decisions.save_set(CategorySet("Animals", "Dog\n"))
        decisions.delete_set("Animals")
        decisions.delete_set("Animals")
        assert decisions.sets() == []


def test_category_set_is_replaced_by_name_and_the_last_saved_comes_first(tmp_path: Path) -> None:
    with opened(tmp_path) as decisions:
        decisions.save_set(CategorySet("Animals", "Dog\n"))
        decisions.save_set(CategorySet("Trips", "Beach\nÄlpen\n"))
        decisions.save_set(CategorySet("Animals", "Dog\nCat\n"))
        assert decisions.sets() == [CategorySet("Animals", "Dog\nCat\n"), CategorySet("Trips", "Beach\nÄlpen\n")]


def test_run_keeps_its_counts_and_why_each_photo_was_sorted(tmp_path: Path) -> None:
    dog = photo(tmp_path / "dog.jpg", b"dog")
    with opened(tmp_path) as decisions:
        first = decisions.start_run("classify", "encoder")
        decisions.record_provenance(first, [Provenance(dog, "Dog", 0.9, 0.31, "a photo of a dog", "model")])
        decisions.finish_run(first, photo_count=2, failed_count=1)
        broken_off = decisions.start_run("classify", "encoder")
    assert rows(tmp_path, "SELECT run_id, photo_count, failed_count, finished_ns >= started_ns FROM runs") == [
        (first, 2, 1, 1),
        (broken_off, 0, 0, None),
    ]
    query = "SELECT run_id, category, probability, similarity, prompt, decided_by FROM provenance"
    assert rows(tmp_path, query) == [(first, "Dog", 0.9, 0.31, "a photo of a dog", "model")]


def test_opening_backs_up_once_a_day_and_keeps_five(tmp_path: Path) -> None:
    folder, path = tmp_path / "data" / "backups", tmp_path / "data" / "decisions.db"
    old = [folder / f"decisions-2020-01-0{day}.db" for day in range(1, 8)]
    with opened(tmp_path) as decisions:
        decisions.record_labels([photo(tmp_path / "dog.jpg", b"dog")], "Dog", is_positive=True)
    assert backups(path, folder) == []  # a new database has nothing to back up
    folder.mkdir()
    for file in old:
        file.write_bytes(b"")
    opened(tmp_path).close()
    newest, *others = backups(path, folder)
    assert others == old[:2:-1]
    with opened(tmp_path) as decisions:
        decisions.save_set(CategorySet("Animals", "Dog\n"))
    opened(tmp_path).close()
    with closing(sqlite3.connect(newest)) as copy:
        assert copy.execute("SELECT category FROM labels").fetchall() == [("Dog",)]
        assert copy.execute("SELECT * FROM category_sets").fetchall() == []
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert sorted(file.suffix for file in folder.iterdir()) == [".db"] * 5


def test_backup_by_hand_holds_the_last_commit_of_another_open_connection(tmp_path: Path) -> None:
    with opened(tmp_path) as writing, opened(tmp_path) as decisions:
        writing.save_set(CategorySet("Animals", "Dog\n"))
        with closing(sqlite3.connect(decisions.backup())) as copy:
            assert copy.execute("SELECT name FROM category_sets").fetchall() == [("Animals",)]


@pytest.mark.parametrize("loss", ["overwritten", "truncated", "emptied", "deleted"])
def test_lost_decisions_come_back_from_the_newest_sound_backup(tmp_path: Path, loss: str) -> None:
    path, dog = tmp_path / "data" / "decisions.db", photo(tmp_path / "dog.jpg", b"dog")
    with opened(tmp_path) as decisions:
        decisions.record_labels([dog], "Dog", is_positive=True)
        backup = decisions.backup()
        old_log = path.with_name("decisions.db-wal").read_bytes()
    backup.with_name("decisions-2999-01-01.db").write_bytes(b"a damaged backup" * 1000)
    backup.with_name("decisions-2999-01-02.db").write_bytes(b"")
    content = path.read_bytes()
    if loss == "deleted":
        path.unlink()
        path.with_name("decisions.db-wal").write_bytes(old_log)
    else:
        rest = {"overwritten": b"no database" * 1000, "truncated": content[: len(content) // 2], "emptied": b""}
        path.write_bytes(rest[loss])
    with opened(tmp_path) as decisions:
        assert said(decisions, dog) == {"Dog": True}
        assert str(backup) in decisions.notices[-1]
        assert decisions.verify() == []
    assert len(list(path.parent.glob("decisions.corrupt-*.db"))) == (0 if loss == "deleted" else 1)


def test_decisions_open_though_no_backup_can_be_written(tmp_path: Path) -> None:
    opened(tmp_path).close()
    (tmp_path / "data" / "backups").write_text("a file is in the way", encoding="utf-8")
    with opened(tmp_path) as decisions:
        assert "No backup could be written" in decisions.notices[0]
        with pytest.raises(LibraryError, match="No backup"):
            decisions.backup()


def test_decisions_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "data" / "decisions.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="newer Clipsorter"):
        opened(tmp_path)
    with closing(sqlite3.connect(tmp_path / "data" / "decisions.db")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (99,)


def test_decisions_that_can_not_be_opened_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data" / "decisions.db").mkdir(parents=True)
    (tmp_path / "data" / "decisions.db" / "x").write_bytes(b"")
    with pytest.raises(LibraryError, match=r"decisions\.db can't be opened"):
        opened(tmp_path)
