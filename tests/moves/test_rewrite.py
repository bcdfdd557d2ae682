"""New bytes for a photo and its sidecars, all or none, whatever fails and wherever it is broken off."""

import errno
import os
import stat
import subprocess
import sys
import threading
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from clipsorter.moves.difference import original
from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal
from clipsorter.moves.step import Written
from clipsorter.moves.tag import WantedEdit, carry_out_rewritings, rewriting, take_back_edits
from tests.moves.disks import FailingDisk, WatchedDisk
from tests.moves.test_recovery import Crash, CrashingDisk
from tests.moves.trees import files, start_again, tree, write

NEW_NS = 1_600_000_000_000_000_000


@pytest.fixture
def folder(in_memory):
    """Return a folder with a photo and a sidecar; another sidecar is to be made."""
    folder = in_memory / "photos"
    photo = write(folder / "a.jpg", b"pixels" * 500)
    write(folder / "a.xmp", b"<x/>")
    if hasattr(os, "setxattr"):
        os.setxattr(photo, "user.note", b"mine")
    return folder


def plan(folder):
    def edit(name, new, new_ns):
        path = folder / name
        old = path.read_bytes() if path.exists() else None
        return WantedEdit(path, old, new, path.stat().st_mtime_ns if old is not None else 0, new_ns)

    photo = folder / "a.jpg"
    return rewriting(
        photo,
        [
            edit("a.jpg", b"keywords" + photo.read_bytes(), photo.stat().st_mtime_ns),
            edit("a.xmp", b"<x>dog</x>", NEW_NS),
            edit("a.jpg.xmp", b"<new/>", NEW_NS),
        ],
        [Written("dog", "model")],
    )


def write_tags(home, folder, disk=None, planned=None):
    with Journal.open(home / "journal.db") as journal:
        run_id = journal.start_run("tag", "edit", folder, folder)
        planned = planned or [partial(plan, folder)]
        outcomes = list(carry_out_rewritings(journal, disk or Disk(), run_id, planned, threading.Event()))
        journal.finish_run(run_id)
    return run_id, outcomes


def undo(home, run_id, disk=None):
    with Journal.open(home / "journal.db") as journal:
        run = journal.run(run_id)
        undo_id = journal.start_run("undo", "edit", run.folder, run.folder, run_id)
        return list(take_back_edits(journal, disk or Disk(), run, undo_id, threading.Event()))


def expected(home, folder):
    """Return the tree as it is and as it shall be; it is as it was in the end."""
    home.mkdir()
    old = tree(folder)
    run_id, [outcome] = write_tags(home, folder)
    assert outcome.state == "done"
    new = tree(folder)
    [undone] = undo(home, run_id)
    assert undone.state == "done"
    assert tree(folder) == old
    return old, new


def test_new_bytes_keep_time_permissions_and_attributes_and_go_back(folder, in_memory):
    old, new = expected(in_memory / "home", folder)
    photo = folder / "a.jpg"
    assert new[photo] == (b"keywords" + old[photo][0], *old[photo][1:])
    assert new[folder / "a.xmp"][:2] == (b"<x>dog</x>", NEW_NS)
    made = new[folder / "a.jpg.xmp"]
    assert made[0] == b"<new/>"
    assert stat.S_IMODE(made[2]) == 0o640
    with Journal.open(in_memory / "home" / "journal.db") as journal:
        undone, run = journal.history()
        assert (run.kind, run.done, run.undone, run.files, undone.kind) == ("tag", 1, 1, 3, "undo")
        assert journal.written(run.run_id) == []


@pytest.mark.parametrize(("code", "for_ever"), [(errno.ENOSPC, False), (errno.EACCES, False), (errno.EROFS, True)])
def test_any_call_may_fail(folder, in_memory, code, for_ever):
    old, new = expected(in_memory / "first", folder)
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        disk = FailingDisk(at, code, for_ever=for_ever)
        run_id, [outcome] = write_tags(home, folder, disk)
        if disk.failed is None and at >= len(disk.calls):
            break
        if outcome.state != "done":
            assert "injected" in outcome.failure
        _, in_flight = start_again(home)
        assert in_flight == []
        assert files(tree(folder)) in (files(old), files(new)), disk.failed
        if tree(folder) == new:
            assert [again.state for again in undo(home, run_id)] == ["done"]
        assert tree(folder) == old
    assert at > 20


@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
@pytest.mark.parametrize("way", ["forward", "back"])
def test_a_crash_at_any_call_leaves_all_old_or_all_new(folder, in_memory, is_before, way):
    old, new = expected(in_memory / "first", folder)
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        disk = CrashingDisk(at, is_before=is_before)
        try:
            if way == "back":
                write_tags(home, folder)
                undo(home, 1, disk)
            else:
                write_tags(home, folder, disk)
        except Crash:
            pass
        else:
            break
        for again in count():
            try:
                _, in_flight = start_again(home, CrashingDisk(again, is_before=is_before))
            except Crash:
                continue
            break
        assert in_flight == []
        found = tree(folder)
        assert found in (old, new), disk.calls[at]
        with Journal.open(home / "journal.db") as journal:
            assert bool(journal.undoable(1)) == (found == new)
        undo(home, 1)
        assert tree(folder) == old
    assert at > 20


def test_what_changed_since_is_left_and_named(folder, in_memory):
    run_id, _ = write_tags(in_memory, folder)
    write(folder / "a.xmp", b"edited by another program")
    before = tree(folder)
    [outcome] = undo(in_memory, run_id)
    assert outcome.state == "back"
    assert str(folder / "a.xmp") in outcome.failure
    assert tree(folder) == before


def test_a_photo_that_changes_while_its_tags_are_made_keeps_the_change(folder, in_memory):
    class Meanwhile(WatchedDisk):
        def before(self, number, name):
            if name == "create" and self.calls.count("create") == 1:
                write(folder / "a.jpg", b"PIXELS" * 500)

    _, [outcome] = write_tags(in_memory, folder, Meanwhile())
    assert outcome.state == "back"
    assert "has changed" in outcome.failure
    assert {path.name: entry[0] for path, entry in tree(folder).items()} == {
        "a.jpg": b"PIXELS" * 500, "a.xmp": b"<x/>",
    }  # fmt: skip


def test_two_photos_may_share_a_sidecar(folder, in_memory):
    old = tree(folder)

    def appended(photo, word):
        path = folder / "a.xmp"
        before = path.read_bytes()
        return rewriting(photo, [WantedEdit(path, before, before + word, path.stat().st_mtime_ns, NEW_NS)])

    planned = [partial(appended, folder / "a.jpg", b"dog"), partial(appended, folder / "a.heic", b"cat")]
    run_id, outcomes = write_tags(in_memory, folder, planned=planned)
    assert [outcome.state for outcome in outcomes] == ["done", "done"]
    assert (folder / "a.xmp").read_bytes() == b"<x/>dogcat"
    assert [outcome.state for outcome in undo(in_memory, run_id)] == ["done", "done"]
    assert tree(folder) == old


def test_version_3_of_the_journal_is_read(tmp_path):
    script = (Path(__file__).parent / "fixtures" / "journal-v3.sql").read_text(encoding="utf-8")
    program = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript(sys.stdin.read())"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "journal.db")], input=script, text=True, check=True)
    with Journal.open(tmp_path / "journal.db") as journal:
        undone, run, sort = journal.history()
        assert [(each.kind, each.mode) for each in (undone, run, sort)] == [
            ("undo", "edit"), ("tag", "edit"), ("sort", "move"),
        ]  # fmt: skip
        assert (run.done, run.undone, run.files) == (2, 1, 4)
        [bundle] = journal.undoable(run.run_id)
        assert bundle.photo == Path("/photos/b.jpg")
        assert [(edit.path.name, edit.old is None, edit.new is None) for edit in bundle.edits] == [
            ("b.jpg", False, False), ("b.jpg.xmp", True, False),
        ]  # fmt: skip
        photo = b"keywords" + b"b" * 1000
        assert original(bundle.edits[0].way_back, photo) == b"b" * 1000
        assert [written.category for _, _, written in journal.written(run.run_id)] == ["Animals/Dog"]
