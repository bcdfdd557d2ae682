import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from clipsorter.errors import UsageError
from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import WantedBundle, WantedFile
from clipsorter.moves.journal import Journal
from clipsorter.moves.lock import sorting_alone
from clipsorter.moves.rename import rename_exclusively
from tests.moves.disks import TwoVolumes, WatchedDisk
from tests.moves.trees import OLD_NS, files, photos_with_companions, sort, start_again, tree, undo, wanted, write


@pytest.fixture
def places(tmp_path):
    folder, dest = tmp_path / "photos", tmp_path / "sorted"
    folder.mkdir()
    return folder, dest


def test_rename_refuses_an_existing_target(tmp_path):
    one, other = write(tmp_path / "one", b"1"), write(tmp_path / "other", b"2")
    with pytest.raises(FileExistsError):
        rename_exclusively(one, other)
    assert (one.read_bytes(), other.read_bytes()) == (b"1", b"2")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    with pytest.raises(FileExistsError):
        rename_exclusively(one, tmp_path / "nowhere")
    assert rename_exclusively(one, tmp_path / "new")
    assert not one.exists()


def test_where_no_rename_refuses_a_second_name_does(tmp_path, monkeypatch):
    monkeypatch.setattr("clipsorter.moves.disk.rename_exclusively", lambda source, target: False)
    one, other = write(tmp_path / "one", b"1"), write(tmp_path / "other", b"2")
    with pytest.raises(FileExistsError):
        Disk().rename(one, other)
    Disk().rename(one, tmp_path / "new")
    assert files(tree(tmp_path)).keys() == {other, tmp_path / "new"}


def test_a_disk_that_can_neither_is_named(places, monkeypatch):
    folder, dest = places

    class Poor(Disk):
        def link(self, source, target):
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("clipsorter.moves.disk.rename_exclusively", lambda source, target: False)
    photo = write(folder / "a.jpg", b"a")
    _, [outcome] = sort(dest.parent, folder, dest, [wanted((photo, dest / "a.jpg"))], disk=Poor())
    assert outcome.state == "back"
    assert "can't rename without the risk of overwriting" in outcome.failure
    assert photo.read_bytes() == b"a"


def test_what_looks_like_one_volume_and_is_two_is_carried(places, tmp_path):
    folder, dest = places
    old = tree(folder) | tree(*[path.parent for path in photos_with_companions(folder)][:1])
    bundle = wanted(*[(path, dest / "dogs" / path.name) for path in old])
    disk = TwoVolumes(folder, dest)
    run_id, [outcome] = sort(tmp_path, folder, dest, [bundle], disk=disk)
    assert (outcome.state, {step.kind for step in outcome.bundle.steps}) == ("done", {"carry"})
    assert files(tree(dest)) == {dest / "dogs" / path.name: entry for path, entry in old.items()}
    assert tree(folder) == {}
    assert [undone.state for undone in undo(tmp_path, run_id, disk=disk)] == ["done"]
    assert tree(folder) == old
    assert not dest.exists()


def test_a_target_that_appears_at_the_last_moment_is_not_overwritten(places, tmp_path):
    folder, dest = places
    photos = photos_with_companions(folder)
    old = tree(folder)

    class Rival(WatchedDisk):
        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 2:
                write(dest / "a.nef", b"another")

    bundle = wanted(*[(path, dest / path.name) for path in sorted(photos)])
    _, [outcome] = sort(tmp_path, folder, dest, [bundle], disk=Rival())
    assert outcome.state == "back"
    assert "nothing is ever overwritten" in outcome.failure
    assert tree(folder) == old
    assert {path.name: entry[0] for path, entry in files(tree(dest)).items()} == {"a.nef": b"another"}


@pytest.mark.parametrize("mode", ["move", "copy"])
def test_an_identical_file_of_someone_else_at_the_target_is_left_alone(places, tmp_path, mode):
    folder, dest = places
    photo = write(folder / "a.jpg", b"same")

    class Rival(WatchedDisk):
        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 1:
                write(dest / "a.jpg", b"same")

    _, [outcome] = sort(tmp_path, folder, dest, [wanted((photo, dest / "a.jpg"))], mode=mode, disk=Rival())
    assert outcome.state == "back"
    assert set(files(tree(folder, dest))) == {photo, dest / "a.jpg"}


def test_a_photo_that_changes_while_it_is_carried_stays(places, tmp_path, other_volume):
    folder, _ = places
    photo = write(folder / "a.jpg", b"before")

    class Editor(WatchedDisk):
        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 2:  # the copy has its name, the source still has its
                write(photo, b"edited", OLD_NS + 1)

    _, [outcome] = sort(tmp_path, folder, other_volume, [wanted((photo, other_volume / "a.jpg"))], disk=Editor())
    assert outcome.state == "back"
    assert "has changed" in outcome.failure
    assert photo.read_bytes() == b"edited"
    assert tree(other_volume) == {}


def test_a_source_that_vanishes_while_it_is_carried_leaves_its_copy(places, tmp_path, other_volume):
    folder, _ = places
    photo = write(folder / "a.jpg", b"precious")

    class Thief(WatchedDisk):
        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 2:
                photo.unlink()

    _, [outcome] = sort(tmp_path, folder, other_volume, [wanted((photo, other_volume / "a.jpg"))], disk=Thief())
    assert outcome.state == "done"
    assert [entry[0] for entry in files(tree(other_volume)).values()] == [b"precious"]


@pytest.mark.parametrize("mode", ["move", "copy"])
def test_a_source_that_vanishes_from_a_bundle_leaves_its_copy_and_says_so(places, tmp_path, other_volume, mode):
    folder, _ = places
    photos = sorted(photos_with_companions(folder))

    class Thief(WatchedDisk):
        def after(self, number, name):
            if name == "rename" and self.calls.count("rename") == 1:
                photos[0].unlink()

        def before(self, number, name):
            if name == "rename" and self.calls.count("rename") == 3 and mode == "copy":
                write(other_volume / "a.xmp", b"another")

    bundle = wanted(*[(path, other_volume / path.name) for path in photos])
    _, [outcome] = sort(tmp_path, folder, other_volume, [bundle], mode=mode, disk=Thief())
    assert outcome.state == "back"
    assert f"its copy is kept: {other_volume / 'a.jpg'}" in outcome.failure
    assert {path.name for path in folder.iterdir()} == {"a.nef", "a.xmp"}
    assert (other_volume / "a.jpg").read_bytes() == b"jpeg" * 1000
    assert not list(other_volume.glob(".clipsorter-*"))


def test_a_photo_that_changed_since_it_was_looked_at_stays(places, tmp_path):
    folder, dest = places
    photo = write(folder / "a.jpg", b"before")
    bundle = wanted((photo, dest / "a.jpg"))
    write(photo, b"after!", OLD_NS + 1)
    _, [outcome] = sort(tmp_path, folder, dest, [bundle])
    assert (outcome.state, "has changed since it was looked at" in outcome.failure) == ("back", True)
    assert photo.exists()
    assert not dest.exists()


def test_links_are_not_followed(places, tmp_path):
    folder, dest = places
    elsewhere = write(tmp_path / "elsewhere" / "a.jpg", b"a")
    (folder / "link.jpg").symlink_to(elsewhere)
    (folder / "linked").symlink_to(elsewhere.parent)
    dest.mkdir()
    (dest / "dogs").symlink_to(elsewhere.parent)
    photo = write(folder / "b.jpg", b"b")
    before = tree(tmp_path)
    bundles = [
        wanted((folder / "link.jpg", dest / "1.jpg")),
        wanted((folder / "linked" / "a.jpg", dest / "2.jpg")),
        wanted((photo, dest / "dogs" / "b.jpg")),
        wanted((photo, dest / ".." / "b.jpg")),
        wanted((photo, tmp_path / "outside.jpg")),
        wanted((elsewhere, dest / "3.jpg")),
    ]
    home = tmp_path.with_name("journal-of-links")
    home.mkdir()
    _, outcomes = sort(home, folder, dest, bundles)
    assert [outcome.state for outcome in outcomes] == ["back"] * 6
    sentences = [outcome.failure.replace(str(tmp_path), "") for outcome in outcomes]
    assert sum("links are not followed" in sentence for sentence in sentences) == 4
    assert sum("its target lies outside" in sentence for sentence in sentences) == 2
    assert tree(tmp_path) == before


def test_a_hard_link_keeps_its_other_name(places, tmp_path, other_volume):
    folder, dest = places
    photo = write(folder / "a.jpg", b"a")
    twin = tmp_path / "twin.jpg"
    os.link(photo, twin)
    run_id, [outcome] = sort(tmp_path, folder, dest, [wanted((photo, dest / "a.jpg"))])
    assert outcome.state == "done"
    assert twin.samefile(dest / "a.jpg")
    undo(tmp_path, run_id)
    _, [outcome] = sort(tmp_path, folder, other_volume, [wanted((photo, other_volume / "a.jpg"))])
    assert outcome.state == "done"
    assert (twin.read_bytes(), twin.stat().st_nlink) == (b"a", 1)


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux gives Python extended attributes")
def test_attributes_that_the_other_disk_cannot_keep_hold_a_move_back(places, tmp_path, other_volume):
    folder, _ = places
    photo = write(folder / "a.jpg", b"a")
    os.setxattr(photo, "user.xdg.tags", b"holiday")

    class Plain(Disk):
        def set_attribute(self, path, name, value):
            raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP), str(path))

    bundle = [wanted((photo, other_volume / "a.jpg"))]
    _, [outcome] = sort(tmp_path, folder, other_volume, bundle, disk=Plain())
    assert (outcome.state, "user.xdg.tags" in outcome.failure) == ("back", True)
    assert photo.exists()
    _, [outcome] = sort(tmp_path, folder, other_volume, bundle, disk=Plain(), mode="copy")
    assert outcome.state == "done"


def test_a_name_of_255_bytes_and_one_that_is_no_text_are_moved(places, other_volume, tmp_path):
    folder, _ = places
    names = [b"\xff\xfe.jpg", "é".encode() * 125 + b"a.jpg", "🐈 Ünï.jpg".encode()]
    photos = [write(folder / os.fsdecode(name), name) for name in names]
    assert max(len(name) for name in names) == 255
    bundles = [wanted((photo, other_volume / "x" / photo.name)) for photo in photos]
    run_id, outcomes = sort(tmp_path, folder, other_volume, bundles)
    assert {outcome.state for outcome in outcomes} == {"done"}
    assert {entry[0] for entry in files(tree(other_volume)).values()} == set(names)
    assert {undone.state for undone in undo(tmp_path, run_id)} == {"done"}
    assert {path.name for path in folder.iterdir()} == {photo.name for photo in photos}


def test_why_a_photo_stays_is_kept_also_if_its_name_is_no_text(places, tmp_path):
    folder, dest = places
    missing = folder / os.fsdecode(b"\xff.jpg")
    run_id, _ = sort(tmp_path, folder, dest, [WantedBundle((WantedFile(missing, dest / "a.jpg"),), "\udcff")])
    with Journal.open(tmp_path / "journal.db") as journal:
        [(bundle, failure)] = journal.failures(run_id)
    assert bundle.steps[0].source == missing
    assert "\\udcff.jpg" in failure


def test_a_cancel_stops_after_the_bundle_in_flight(places, tmp_path):
    folder, dest = places
    cancel = threading.Event()

    class Cancelling(WatchedDisk):
        def after(self, number, name):
            if name == "rename" and self.calls.count("rename") == 3:
                cancel.set()

    photos = [write(folder / f"{number}.jpg", b"%d" % number) for number in range(10)]
    bundles = [wanted((photo, dest / photo.name)) for photo in photos]
    run_id, outcomes = sort(tmp_path, folder, dest, bundles, disk=Cancelling(), cancel=cancel)
    assert [outcome.state for outcome in outcomes] == ["done"] * 3
    assert len(list(folder.iterdir())) == 7
    with Journal.open(tmp_path / "journal.db") as journal:
        run = journal.run(run_id)
        assert (run.done, run.failed, run.in_flight, run.files) == (3, 0, 0, 3)


def test_only_one_sorts_at_a_time(tmp_path):
    journal = tmp_path / "journal.db"
    with sorting_alone(journal), pytest.raises(UsageError, match="Another Clipsorter"), sorting_alone(journal):
        pass
    with sorting_alone(tmp_path / "journal.db"):
        pass


def test_another_process_waits_its_turn_and_a_dead_one_holds_up_nobody(tmp_path):
    journal = tmp_path / "journal.db"
    program = "import sys; from pathlib import Path; from clipsorter.moves.lock import sorting_alone\n"
    program += "with sorting_alone(Path(sys.argv[1])): print('holds', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(journal)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "holds\n"
        with pytest.raises(UsageError, match="Another Clipsorter"), sorting_alone(journal):
            pass
        other.kill()
    with sorting_alone(journal):
        pass


def test_a_journal_that_cannot_grow_stops_before_anything_is_touched(places, tmp_path):
    folder, dest = places
    photo = write(folder / "a.jpg", b"a")
    with Journal.open(tmp_path / "journal.db") as journal:
        journal.start_run("sort", "move", folder, dest)
    with pytest.raises(AttributeError):  # not a bundle: the intent fails inside its transaction
        sort(tmp_path, folder, dest, [WantedBundle((WantedFile(photo, dest / "a.jpg"),)), None])
    assert photo.exists()
    assert start_again(tmp_path)[1] == []


def test_paths_in_sentences_are_those_of_the_photo(places, tmp_path):
    folder, dest = places
    _, [outcome] = sort(tmp_path, folder, dest, [WantedBundle((WantedFile(folder / "never.jpg", dest / "never.jpg"),))])
    assert outcome.failure == f"it is no longer there, or its folder is gone ({folder / 'never.jpg'})"
    assert isinstance(outcome.bundle.steps[0].source, Path)
