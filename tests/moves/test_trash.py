"""Photos go to the trash as the journal knows it, and come back from there, after a crash at any call, too."""

import errno
import os
import sys
import threading
from configparser import ConfigParser
from itertools import count
from pathlib import Path
from urllib.parse import unquote

import pytest

from clipsorter.moves.disk import Disk
from clipsorter.moves.journal import Journal
from clipsorter.moves.step import Kind
from clipsorter.moves.trash import carry_out_trash
from clipsorter.moves.trash_note import trash_of
from tests.moves.disks import TwoVolumes
from tests.moves.test_recovery import Crash, CrashingDisk
from tests.moves.trees import OLD_NS, files, photos_with_companions, start_again, tree, undo, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")


@pytest.fixture
def trash(in_memory, monkeypatch):
    """Return a trash of its own, on the volume of `in_memory`."""
    monkeypatch.setenv("XDG_DATA_HOME", str(in_memory / "share"))
    return in_memory / "share" / "Trash"


def throw(home, bundles, *, disk=None, dest=None, mode="move"):
    """Carry out a run to the trash; return its id and the outcomes."""
    folder = Path(os.path.commonpath([path.parent for files in bundles for path in files]))
    with Journal.open(home / "journal.db") as journal:
        run_id = journal.start_run("trash", mode, folder, dest or (folder if mode == "give" else trash_of(folder)))
        outcomes = list(carry_out_trash(journal, disk or Disk(), journal.run(run_id), bundles, threading.Event()))
        journal.finish_run(run_id)
    return run_id, outcomes


def notes(trash):
    """Return what a desktop reads: the files of a trash, each with the place that it would be put back to."""
    found = {}
    for note in (trash / "info").iterdir():
        parser = ConfigParser(interpolation=None)
        parser.optionxform = str
        parser.read(note, encoding="utf-8")
        assert parser["Trash Info"]["DeletionDate"][10] == "T"
        found[note.name.removesuffix(".trashinfo")] = unquote(parser["Trash Info"]["Path"])
    assert set(found) == {path.name for path in (trash / "files").iterdir()}
    return found


def test_files_lie_in_the_trash_as_the_desktop_has_it_and_come_back(in_memory, trash, tmp_path):
    photos = photos_with_companions(in_memory / "photos")
    odd = write(in_memory / "photos" / "50 % ä\nb.jpg", b"odd")
    before = tree(in_memory / "photos")
    run_id, outcomes = throw(tmp_path, [photos, [odd]])
    assert [outcome.state for outcome in outcomes] == ["done", "done"]
    assert tree(in_memory / "photos") == {}
    assert notes(trash) == {path.name: str(path) for path in [*photos, odd]}
    assert (trash.stat().st_mode & 0o777, (trash / "info").stat().st_mode & 0o777) == (0o700, 0o700)
    with Journal.open(tmp_path / "journal.db") as journal:
        assert (journal.run(run_id).kind, journal.run(run_id).is_undoable) == ("trash", True)
    assert {outcome.state for outcome in undo(tmp_path, run_id)} == {"done"}
    assert tree(in_memory / "photos") == before
    assert notes(trash) == {}


def test_files_of_one_name_lie_side_by_side(in_memory, trash, tmp_path):
    photos = [write(in_memory / "photos" / folder / "a.jpg", folder.encode()) for folder in ("x", "y")]
    long = write(in_memory / "photos" / f"{'ä' * 125}.jpg", b"long")
    throw(tmp_path, [[photos[0]]])
    run_id, outcomes = throw(tmp_path, [[photos[1]], [long]])
    assert [outcome.state for outcome in outcomes] == ["done", "done"]
    assert sorted(notes(trash).values()) == sorted(map(str, (*photos, long)))
    assert sorted(path.name for path in (trash / "files").iterdir()) == ["a.2.jpg", "a.jpg", f"{'ä' * 120}.jpg"]
    undo(tmp_path, run_id)
    assert photos[1].read_bytes() == b"y"
    assert long.read_bytes() == b"long"
    assert list(notes(trash).values()) == [str(photos[0])]


def test_a_volume_has_a_trash_of_its_own(other_volume, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    own, home = other_volume.parent / f".Trash-{os.getuid()}", tmp_path / "share" / "Trash"
    is_new = not own.exists()
    name = f"{other_volume.name}.jpg"
    photos = write(other_volume / name, b"other"), write(tmp_path / "photos" / "a.jpg", b"home")
    assert trash_of(other_volume) == own
    run_id, outcomes = throw(tmp_path, [[photo] for photo in photos], dest=Path("/"))
    assert [[step.kind for step in outcome.bundle.steps] for outcome in outcomes] == [[Kind.RENAME]] * 2
    assert notes(home) == {"a.jpg": str(photos[1])}
    assert notes(own)[name] == str(photos[0].relative_to(other_volume.parent))
    undo(tmp_path, run_id)
    assert [photo.read_bytes() for photo in photos] == [b"other", b"home"]
    assert not (own / "info" / f"{name}.trashinfo").exists()
    if is_new:
        for folder in (own / "files", own / "info", own):
            folder.rmdir()


@pytest.fixture
def top(other_volume, tmp_path, monkeypatch):
    """Return the top of a volume that has no home in it: nobody but root may mount one, so a folder says it is one."""
    monkeypatch.setenv("XDG_DATA_HOME", str(other_volume / "share"))
    (folder := tmp_path / "disk").mkdir()
    monkeypatch.setattr(Path, "is_mount", lambda path: path == folder)
    return folder


def shared_trash(top, mode=0o1777):
    """Make the trash that an administrator gives to all users of a volume."""
    (shared := top / ".Trash").mkdir()
    shared.chmod(mode)
    return shared


def test_the_shared_trash_of_a_volume_has_a_part_for_each_user(top, tmp_path):
    mine = shared_trash(top) / str(os.getuid())
    photos = photos_with_companions(top / "photos")
    before = tree(top / "photos")
    run_id, [outcome] = throw(tmp_path, [photos])
    assert outcome.state == "done"
    assert notes(mine) == {path.name: str(path.relative_to(top)) for path in photos}
    assert [path.stat().st_mode & 0o777 for path in (mine, mine / "files", mine / "info")] == [0o700] * 3
    assert not (top / f".Trash-{os.getuid()}").exists()
    assert {outcome.state for outcome in undo(tmp_path, run_id)} == {"done"}
    assert tree(top / "photos") == before
    assert notes(mine) == {}


def test_a_shared_trash_that_others_could_empty_is_not_used(top, tmp_path):
    shared = shared_trash(top, 0o777)  # without the sticky bit
    photo = write(top / "photos" / "a.jpg", b"a")
    run_id, _ = throw(tmp_path, [[photo]])
    assert list(shared.iterdir()) == []
    assert notes(top / f".Trash-{os.getuid()}") == {"a.jpg": "photos/a.jpg"}
    undo(tmp_path, run_id)
    assert photo.read_bytes() == b"a"


def test_a_shared_trash_that_is_a_link_is_not_used(top, tmp_path):
    shared = shared_trash(tmp_path)
    (top / ".Trash").symlink_to(shared)
    assert trash_of(top) == top / f".Trash-{os.getuid()}"
    assert list(shared.iterdir()) == []


def test_a_part_of_the_shared_trash_that_can_not_be_made_is_passed_over(top):
    write(shared_trash(top) / str(os.getuid()), b"in the way")
    assert trash_of(top) == top / f".Trash-{os.getuid()}"


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can give a folder to somebody else")
def test_a_part_of_the_shared_trash_that_is_of_somebody_else_is_passed_over(top):
    (theirs := shared_trash(top) / "0").mkdir()
    os.chown(theirs, 4242, 4242)
    assert trash_of(top) == top / ".Trash-0"


def test_a_trash_of_somebody_else_takes_no_photo(top, tmp_path, monkeypatch):
    photo = write(top / "photos" / "a.jpg", b"a")
    own = os.getuid()
    trash_of(top).rename(top / f".Trash-{own + 1}")
    monkeypatch.setattr(os, "getuid", lambda: own + 1)
    _, [outcome] = throw(tmp_path, [[photo]], dest=top)
    assert outcome.state == "back"
    assert "belongs to somebody else" in outcome.failure
    assert photo.read_bytes() == b"a"


def test_what_only_looks_like_one_volume_is_copied_and_proved(in_memory, trash, tmp_path):
    photo = write(in_memory / "photos" / "a.jpg", b"a" * 9000)
    disk = TwoVolumes(in_memory / "photos", trash)
    run_id, [outcome] = throw(tmp_path, [[photo]], disk=disk)
    assert [step.kind for step in outcome.bundle.steps] == [Kind.CARRY]
    assert notes(trash) == {"a.jpg": str(photo)}
    undo(tmp_path, run_id, disk=disk)
    assert (photo.read_bytes(), photo.stat().st_mtime_ns) == (b"a" * 9000, OLD_NS)
    assert notes(trash) == {}


@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
def test_a_crash_at_any_call_leaves_all_of_it_here_or_there(in_memory, trash, is_before):
    photos = photos_with_companions(in_memory / "photos")
    old = tree(in_memory / "photos")
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        disk = CrashingDisk(at, is_before=is_before)
        try:
            throw(home, [photos], disk=disk)
        except Crash:
            pass
        else:
            break
        assert recovered(home, is_before) == []
        assert len(notes(trash)) in (0, 3)
        assert len(files(tree(in_memory / "photos"))) + len(notes(trash)) == 3
        undo(home, 1)
        assert tree(in_memory / "photos") == old
        assert notes(trash) == {}
    assert at > 12


@pytest.mark.parametrize("is_before", [True, False], ids=["before", "after"])
def test_a_crash_at_any_call_of_the_way_back_leaves_all_of_it_here_or_there(in_memory, trash, is_before):
    photos = photos_with_companions(in_memory / "photos")
    old = tree(in_memory / "photos")
    for at in count():
        home = in_memory / f"home{at}"
        home.mkdir()
        throw(home, [photos])
        try:
            undo(home, 1, disk=CrashingDisk(at, is_before=is_before))
        except Crash:
            pass
        else:
            break
        assert recovered(home, is_before) == []
        undo(home, 1)
        assert tree(in_memory / "photos") == old
        assert not list((trash / "files").iterdir())
    assert at > 12


def recovered(home, is_before):
    """Start again, with a crash at each call of that, too; return what is left in flight."""
    for again in count():
        try:
            return start_again(home, CrashingDisk(again, is_before=is_before))[1]
        except Crash:
            continue
    return None


def test_an_emptied_trash_and_a_taken_place_are_named_and_nothing_is_overwritten(in_memory, trash, tmp_path):
    paths = [write(in_memory / "photos" / f"{name}.jpg", name.encode()) for name in "abc"]
    run_id, _ = throw(tmp_path, [[path] for path in paths])
    (trash / "files" / "a.jpg").unlink()
    write(paths[1], b"another")
    outcomes = {outcome.bundle.steps[0].target.name: outcome for outcome in undo(tmp_path, run_id)}
    assert {name: outcome.state for name, outcome in outcomes.items()} == {
        "a.jpg": "back", "b.jpg": "back", "c.jpg": "done",
    }  # fmt: skip
    assert "trash was emptied" in outcomes["a.jpg"].failure
    assert "nothing is ever overwritten" in outcomes["b.jpg"].failure
    assert paths[1].read_bytes() == b"another"
    assert (trash / "files" / "b.jpg").read_bytes() == b"b"
    with Journal.open(tmp_path / "journal.db") as journal:
        assert (journal.run(run_id).done, journal.run(run_id).undone) == (3, 1)
    paths[1].unlink()
    undo(tmp_path, run_id)
    assert paths[1].read_bytes() == b"b"


def test_a_bundle_comes_back_whole_or_not_at_all(in_memory, trash, tmp_path):
    photos = photos_with_companions(in_memory / "photos")
    run_id, _ = throw(tmp_path, [photos])
    write(trash / "files" / "a.xmp", b"<edited in the trash/>")
    [outcome] = undo(tmp_path, run_id)
    assert outcome.state == "back"
    assert len(notes(trash)) == 3


def test_a_folder_that_is_gone_is_made_again(in_memory, trash, tmp_path):
    photo = write(in_memory / "photos" / "2024" / "a.jpg", b"a")
    run_id, _ = throw(tmp_path, [[photo]])
    photo.parent.rmdir()
    undo(tmp_path, run_id)
    assert photo.read_bytes() == b"a"


def test_a_volume_without_a_trash_keeps_its_photos(in_memory, tmp_path, monkeypatch):
    photo = write(in_memory / "photos" / "a.jpg", b"a")
    (in_memory / "in the way").write_bytes(b"")
    monkeypatch.setenv("XDG_DATA_HOME", str(in_memory / "in the way"))
    _, [outcome] = throw(tmp_path, [[photo]], dest=in_memory)
    assert outcome.state == "back"
    assert "no trash" in outcome.failure
    assert photo.exists()


def test_a_full_disk_is_not_called_one_without_a_trash(in_memory, trash, tmp_path, monkeypatch):
    photo = write(in_memory / "photos" / "a.jpg", b"a")

    def refuse(path, *_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "mkdir", refuse)
        _, [outcome] = throw(tmp_path, [[photo]], dest=in_memory)
    assert (outcome.state, outcome.failure) == ("back", f"the disk is full: free some space there ({trash.parent})")
    assert photo.read_bytes() == b"a"


def test_keywords_are_not_looked_for_in_the_trash(in_memory, trash, tmp_path):
    photo = write(in_memory / "photos" / "a.jpg", b"a")
    run_id, _ = throw(tmp_path, [[photo]])
    with Journal.open(tmp_path / "journal.db") as journal:
        assert journal.places_now([(0, photo)]) == {photo: photo}
    undo(tmp_path, run_id)
    with Journal.open(tmp_path / "journal.db") as journal:
        assert journal.places_now([(0, photo)]) == {photo: photo}


def test_a_note_of_another_program_is_left_alone(in_memory, trash, tmp_path):
    photo = write(in_memory / "photos" / "a.jpg", b"a")
    run_id, _ = throw(tmp_path, [[photo]])
    foreign = "[Trash Info]\nPath=/elsewhere/a.jpg\nDeletionDate=2026-01-01T00:00:00\n"
    (trash / "info" / "a.jpg.trashinfo").write_text(foreign, encoding="utf-8")
    undo(tmp_path, run_id)
    assert (trash / "info" / "a.jpg.trashinfo").read_text(encoding="utf-8") == foreign


@pytest.mark.parametrize("died_at", [0, 1, 2])
def test_a_crash_while_the_system_takes_files_is_told_from_the_disk(in_memory, tmp_path, died_at):
    photos = photos_with_companions(in_memory / "photos")

    class GivesSome(Disk):
        given = 0

        def give(self, path):
            if self.given == died_at:
                raise Crash
            self.given += 1
            path.rename(in_memory / path.name)  # as a trash of which nothing is known

    with pytest.raises(Crash):
        throw(tmp_path, [photos], disk=GivesSome(), mode="give")
    [outcome], in_flight = start_again(tmp_path)
    assert (outcome.state, in_flight) == ("back", [])
    assert [name for name in ("a.nef", "a.jpg") if name in outcome.failure] == ["a.nef", "a.jpg"][:died_at]


def test_what_the_system_took_whole_before_a_crash_is_done(in_memory, tmp_path):
    photo = write(in_memory / "photos" / "a.jpg", b"a")
    write(in_memory / "photos" / "b.jpg", b"b")

    class DiesAfter(Disk):
        def give(self, path):
            path.rename(in_memory / path.name)
            raise Crash

    with pytest.raises(Crash):
        throw(tmp_path, [[photo]], disk=DiesAfter(), mode="give")
    [outcome], _ = start_again(tmp_path)
    assert outcome.state == "done"
