import pytest

from clipsorter.moves.journal import Journal
from tests.moves.disks import WatchedDisk
from tests.moves.trees import OLD_NS, files, photos_with_companions, sort, tree, undo, wanted, write


@pytest.fixture
def places(tmp_path):
    folder, dest = tmp_path / "photos", tmp_path / "sorted"
    for name in "abc":
        write(folder / name / f"{name}.jpg", name.encode() * 1000)
    (folder / "empty").mkdir()
    return folder, dest


def bundles(folder, dest):
    return [wanted((path, dest / "dogs" / path.name)) for path in sorted(folder.rglob("*.jpg"))]


def test_undo_restores_the_tree_with_its_empty_folders(places, tmp_path):
    folder, dest = places
    before = tree(folder)
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    assert files(tree(folder)) == {}
    assert {undone.state for undone in undo(tmp_path, run_id)} == {"done"}
    assert tree(folder) == before
    assert not dest.exists()
    assert undo(tmp_path, run_id) == []


def test_undo_refuses_what_changed_and_names_it(places, tmp_path):
    folder, dest = places
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    write(dest / "dogs" / "a.jpg", b"edited")
    write(dest / "dogs" / "b.jpg", (dest / "dogs" / "b.jpg").read_bytes(), OLD_NS + 1)
    outcomes = {undone.bundle.steps[0].source.name: undone for undone in undo(tmp_path, run_id)}
    assert {name: undone.state for name, undone in outcomes.items()} == {
        "a.jpg": "back",
        "b.jpg": "back",
        "c.jpg": "done",
    }
    assert str(dest / "dogs" / "a.jpg") in outcomes["a.jpg"].failure
    assert (dest / "dogs" / "a.jpg").read_bytes() == b"edited"
    with Journal.open(tmp_path / "journal.db") as journal:
        run = journal.run(run_id)
        assert (run.done, run.undone, run.is_undoable) == (3, 1, True)
    write(dest / "dogs" / "b.jpg", b"b" * 1000, OLD_NS)
    assert {undone.state for undone in undo(tmp_path, run_id)} == {"back", "done"}


def test_a_bundle_with_a_changed_companion_stays_together(tmp_path):
    folder, dest = tmp_path / "photos", tmp_path / "sorted"
    photos = photos_with_companions(folder)
    run_id, _ = sort(tmp_path, folder, dest, [wanted(*[(photo, dest / photo.name) for photo in photos])])
    write(dest / "a.xmp", b"<edited/>", OLD_NS + 5)
    [undone] = undo(tmp_path, run_id)
    assert undone.state == "back"
    assert str(dest / "a.xmp") in undone.failure
    assert len(files(tree(dest))) == 3


def test_chosen_files_go_back_and_the_rest_stays(places, tmp_path):
    folder, dest = places
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    undo(tmp_path, run_id, files=[dest / "dogs" / "b.jpg"])
    assert {path.name for path in files(tree(folder))} == {"b.jpg"}
    undo(tmp_path, run_id, files=[folder / "c" / "c.jpg"])
    assert {path.name for path in files(tree(folder))} == {"b.jpg", "c.jpg"}
    assert (dest / "dogs" / "a.jpg").exists()


def test_an_old_place_that_is_taken_is_not_overwritten(places, tmp_path):
    folder, dest = places
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    write(folder / "a" / "a.jpg", b"new")
    outcomes = undo(tmp_path, run_id)
    assert sorted(undone.state for undone in outcomes) == ["back", "done", "done"]
    assert (folder / "a" / "a.jpg").read_bytes() == b"new"
    assert (dest / "dogs" / "a.jpg").exists()


def test_folders_that_are_gone_are_made_again(places, tmp_path):
    folder, dest = places
    before = tree(folder)
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    for name in "abc":
        (folder / name).rmdir()
    assert {undone.state for undone in undo(tmp_path, run_id)} == {"done"}
    assert tree(folder) == before


def test_folders_with_something_else_in_them_stay(places, tmp_path):
    folder, dest = places
    (dest / "mine").mkdir(parents=True)
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest))
    write(dest / "dogs" / "note.txt", b"keep")
    undo(tmp_path, run_id)
    assert set(tree(dest)) == {dest / "mine", dest / "dogs", dest / "dogs" / "note.txt"}


def test_undone_copies_are_removed_only_if_both_are_unchanged(places, tmp_path):
    folder, dest = places
    before = tree(folder)
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest), mode="copy")
    assert tree(folder) == before
    (folder / "a" / "a.jpg").unlink()
    status = (folder / "b" / "b.jpg").stat()
    write(folder / "b" / "b.jpg", b"B" * 1000)
    assert (folder / "b" / "b.jpg").stat().st_size == status.st_size
    outcomes = {undone.bundle.steps[0].source.name: undone for undone in undo(tmp_path, run_id)}
    assert {name: undone.state for name, undone in outcomes.items()} == {
        "a.jpg": "back",
        "b.jpg": "back",
        "c.jpg": "done",
    }
    assert "the only one" in outcomes["a.jpg"].failure
    assert {path.name for path in files(tree(dest))} == {"a.jpg", "b.jpg"}


def test_a_copy_changed_behind_its_size_and_time_is_kept(places, tmp_path):
    folder, dest = places
    run_id, _ = sort(tmp_path, folder, dest, bundles(folder, dest), mode="copy")
    write(dest / "dogs" / "a.jpg", b"x" * 1000)
    assert "back" in {undone.state for undone in undo(tmp_path, run_id)}
    assert (dest / "dogs" / "a.jpg").read_bytes() == b"x" * 1000


def test_undo_brings_back_the_exact_time_from_a_coarse_disk(tmp_path, other_volume):
    folder = tmp_path / "photos"
    photo = write(folder / "a.jpg", b"a")
    before = tree(folder)

    class Coarse(WatchedDisk):
        def set_times(self, path, atime_ns, mtime_ns):
            super().set_times(path, atime_ns, mtime_ns - mtime_ns % (2 * 10**9))

    run_id, [outcome] = sort(tmp_path, folder, other_volume, [wanted((photo, other_volume / "a.jpg"))], disk=Coarse())
    assert outcome.state == "done"
    assert (other_volume / "a.jpg").stat().st_mtime_ns != OLD_NS
    assert [undone.state for undone in undo(tmp_path, run_id)] == ["done"]
    assert tree(folder) == before


def test_history_lists_runs_with_counts(places, tmp_path):
    folder, dest = places
    first, _ = sort(tmp_path, folder, dest, bundles(folder, dest)[:2])
    undo(tmp_path, first)
    with Journal.open(tmp_path / "journal.db") as journal:
        undone, sorted_ = journal.history()
        assert (undone.kind, undone.undoes, undone.done) == ("undo", first, 2)
        assert (sorted_.kind, sorted_.done, sorted_.undone, sorted_.files) == ("sort", 2, 2, 2)
        assert not sorted_.is_undoable
        assert sorted_.dest == dest
        assert journal.run(99) is None
