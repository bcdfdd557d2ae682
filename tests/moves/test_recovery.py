"""What a crash leaves at any call of a move, of its taking back, and of the recovery itself."""

import os
import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest

from clipsorter.errors import LibraryError, UsageError
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal, Outcome
from clipsorter.moves.step import Kind
from tests.moves.disks import WatchedDisk
from tests.moves.trees import files, photos_with_companions, sort, start_again, tree, undo, wanted, write


class Crash(BaseException):
    """Ends a run as a loss of power does: nothing that is written in Python comes after it."""


class CrashingDisk(WatchedDisk):
    def __init__(self, at, *, is_before):
        super().__init__()
        self.at, self.is_before = at, is_before

    def before(self, number, name):
        if number > self.at or (number == self.at and self.is_before):
            raise Crash

    def after(self, number, name):
        if number >= self.at:
            raise Crash


@pytest.fixture(params=["rename", "carry", "copy"])
def place(request, in_memory, tmp_path, monkeypatch):
    monkeypatch.setattr("clipsorter.moves.copying._CHUNK_BYTES", 4096)
    if request.param == "carry":
        request.getfixturevalue("other_volume")
    folder = in_memory / "photos"
    dest = (tmp_path if request.param == "carry" else in_memory) / "sorted"
    photos_with_companions(folder)
    return "copy" if request.param == "copy" else "move", folder, dest


@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
def test_a_crash_at_any_call_leaves_the_old_or_the_new_state(place, in_memory, is_before):
    mode, folder, dest = place
    old = tree(folder)
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        bundle = wanted(*[(path, dest / "dogs" / path.name) for path in sorted(folder.glob("a.*"))])
        disk = CrashingDisk(at, is_before=is_before)
        try:
            sort(home, folder, dest, [bundle], mode=mode, disk=disk)
        except Crash:
            pass
        else:
            break
        for again in count():  # the recovery may be broken off at any call, too
            try:
                _, in_flight = start_again(home, CrashingDisk(again, is_before=is_before))
            except Crash:
                continue
            break
        assert in_flight == []
        moved = {dest / "dogs" / path.name: entry for path, entry in old.items()}
        found = files(tree(folder, dest))
        assert found in (old, moved, old | moved if mode == "copy" else moved), disk.calls[at]
        assert start_again(home) == ([], [])
        undo(home, 1)
        assert tree(folder) == old
        assert not dest.exists() or not files(tree(dest))
    assert at > 5


def test_what_lies_on_a_missing_drive_stays_open(in_memory, tmp_path):
    folder, dest = in_memory / "drive" / "photos", in_memory / "drive" / "sorted"
    photo = write(folder / "a.jpg", b"a")

    class AfterRename(WatchedDisk):
        def after(self, number, name):
            if name == "rename":
                raise Crash

    with pytest.raises(Crash):
        sort(tmp_path, folder, dest, [wanted((photo, dest / "dogs" / "a.jpg"))], disk=AfterRename())
    assert (dest / "dogs" / "a.jpg").exists()
    (in_memory / "drive").rename(in_memory / "unplugged")
    [outcome], in_flight = start_again(tmp_path)
    assert outcome.state == "intended"
    assert "connect it" in outcome.failure
    assert len(in_flight) == 1
    (in_memory / "unplugged").rename(in_memory / "drive")
    [outcome], in_flight = start_again(tmp_path)
    assert (outcome.state, in_flight) == ("done", [])


def test_a_photo_that_the_user_deleted_after_a_crash_is_not_waited_for(in_memory):
    folder, dest = in_memory / "photos", in_memory / "sorted"
    photo = write(folder / "a.jpg", b"a")

    class BeforeRename(WatchedDisk):
        def before(self, number, name):
            if name == "make_folder":
                raise Crash

    with pytest.raises(Crash):
        sort(in_memory, folder, dest, [wanted((photo, dest / "a.jpg"))], disk=BeforeRename())
    photo.unlink()
    [outcome], in_flight = start_again(in_memory)
    assert (outcome.state, in_flight) == ("back", [])
    assert "no longer there" in outcome.failure


def test_the_empty_place_of_a_missing_drive_is_no_sign_that_the_source_was_removed(other_volume, tmp_path):
    folder, dest = other_volume / "camera", tmp_path / "sorted"
    photo = write(folder / "a.jpg", b"a")

    class BeforeRemoval(WatchedDisk):
        def before(self, number, name):
            if name == "unlink":
                raise Crash

    with pytest.raises(Crash):
        sort(tmp_path, folder, dest, [wanted((photo, dest / "a.jpg"))], disk=BeforeRemoval())
    folder.rename(other_volume / "unplugged")
    (tmp_path / "place").mkdir()
    folder.symlink_to(tmp_path / "place")  # an empty folder of another volume, as where a drive was mounted
    [outcome], _ = start_again(tmp_path)
    assert outcome.state == "intended"
    folder.unlink()
    (other_volume / "unplugged").rename(folder)
    [outcome], _ = start_again(tmp_path)
    assert outcome.state == "done"
    assert list(folder.iterdir()) == []


def test_many_intents_without_an_end_are_each_decided(in_memory, tmp_path):
    folder, dest = in_memory / "photos", in_memory / "sorted"
    photos = [write(folder / f"{number:03}.jpg", b"%d" % number) for number in range(50)]

    class Halfway(WatchedDisk):
        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 26:
                raise Crash

    with pytest.raises(Crash):
        sort(tmp_path, folder, dest, [wanted((photo, dest / photo.name)) for photo in photos], disk=Halfway())
    outcomes, in_flight = start_again(tmp_path)
    assert sorted(outcome.state for outcome in outcomes) == ["back"] * 25 + ["done"] * 25
    assert in_flight == []
    with Journal.open(tmp_path / "journal.db") as journal:
        [run] = journal.history()
        assert (run.done, run.failed, run.in_flight, run.was_broken_off) == (25, 25, 0, True)
    undo(tmp_path, 1)
    assert {path.name for path in folder.iterdir()} == {photo.name for photo in photos}


def test_an_undo_that_broke_off_before_it_removed_folders_is_tidied_up(tmp_path):
    folder, dest = tmp_path / "photos", tmp_path / "sorted"
    photo = write(folder / "a.jpg", b"a")
    run_id, _ = sort(tmp_path, folder, dest, [wanted((photo, dest / "dogs" / "a.jpg"))])

    class BeforeTidying(WatchedDisk):
        def before(self, number, name):
            if name == "remove_folder":
                raise Crash

    with pytest.raises(Crash):
        undo(tmp_path, run_id, disk=BeforeTidying())
    assert (dest / "dogs").exists()
    assert start_again(tmp_path) == ([], [])
    assert not dest.exists()
    with Journal.open(tmp_path / "journal.db") as journal:
        assert [(run.kind, run.was_broken_off) for run in journal.history()] == [("undo", True), ("sort", False)]
        assert journal.unfinished() == {}


def test_a_journal_that_fills_its_disk_leaves_every_photo_somewhere_whole(place, in_memory, monkeypatch):
    mode, folder, dest = place
    old = files(tree(folder))
    bundle = wanted(*[(path, dest / path.name) for path in sorted(folder.glob("a.*"))])

    def full(*_):
        raise LibraryError("The disk is full, the journal can't grow.")

    home = in_memory / "home"
    home.mkdir()
    with monkeypatch.context() as patch, pytest.raises(LibraryError):
        patch.setattr(Journal, "note_steps", full)
        patch.setattr(Journal, "settle", full)
        sort(home, folder, dest, [bundle], mode=mode)
    start_again(home)
    moved = {dest / path.name: entry for path, entry in old.items()}
    assert files(tree(folder, dest)) in (old, moved)


def test_a_damaged_journal_is_kept_aside_and_said(tmp_path):
    (tmp_path / "journal.db").write_bytes(b"no database at all" * 1000)
    with Journal.open(tmp_path / "journal.db") as journal:
        assert "damaged" in journal.notices[0]
        assert journal.history() == []
    assert len(list(tmp_path.glob("journal.corrupt-*"))) == 1


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path):
    with Journal.open(tmp_path / "journal.db") as journal, journal._database.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="newer Clipsorter"):
        Journal.open(tmp_path / "journal.db")


def test_the_journal_keeps_what_a_step_is(tmp_path):
    folder = tmp_path / "photos"
    photo = write(folder / os.fsdecode(b"\xff.jpg"), b"a")
    run_id, [outcome] = sort(
        tmp_path, folder, tmp_path / "sorted", [wanted((photo, tmp_path / "sorted" / "b.jpg"))], mode="copy"
    )
    with Journal.open(tmp_path / "journal.db") as journal:
        [kept] = journal.undoable(run_id)
        assert kept.steps == outcome.bundle.steps
        assert (kept.steps[0].kind, len(kept.steps[0].sha256), kept.category) == (Kind.COPY, 32, "dogs")
        journal.settle(run_id, [Outcome(kept, "back", "why")])
        assert journal.failures(run_id) == [(kept, "why")]


def test_version_1_of_the_journal_is_read(tmp_path):
    script = (Path(__file__).parent / "fixtures" / "journal-v1.sql").read_text(encoding="utf-8")
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "journal.db")], input=script, text=True, check=True)
    with Journal.open(tmp_path / "journal.db") as journal:
        undone, run = journal.history()
        assert (run.kind, run.mode, run.done, run.undone, undone.undoes) == ("sort", "move", 2, 1, run.run_id)
        [bundle] = journal.undoable(run.run_id)
        assert [step.source.name for step in bundle.steps] == ["b.jpg", "b.xmp"]
        assert len(journal.made_folders()) == 1


def test_recovery_with_a_healthy_disk_needs_no_second_start(in_memory):
    folder = in_memory / "photos"
    photos_with_companions(folder)
    assert start_again(in_memory, Disk()) == ([], [])
