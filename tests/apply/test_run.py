"""From a plan to photos in their places and back, with the books that follow them."""

import threading

import numpy as np
import pytest

from clipsorter.apply import Books, Done, Finished, Stayed, apply, history, last_undoable, recover_at_start, undo
from clipsorter.errors import UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.moves.lock import sorting_alone
from clipsorter.photos.disk import Disk
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.sorting.plan import Assignment, State
from clipsorter.sorting.planning import plan_sorting
from tests.moves.disks import WatchedDisk
from tests.moves.trees import files, tree, write

KEY = "encoder"


@pytest.fixture
def places(tmp_path):
    folder, dest = tmp_path / "photos", tmp_path / "sorted"
    for name in "abcd":
        write(folder / f"{name}.jpg", name.encode() * 100)
    write(folder / "a.xmp", b"<x/>")
    return folder, dest


@pytest.fixture
def books(tmp_path):
    with Index.open(tmp_path / "index.db") as index, Decisions.open(tmp_path / "decisions.db", tmp_path / "b") as said:
        yield Books(tmp_path / "journal.db", index, said)


def plan_of(folder, dest, category="dogs"):
    photos = [photo for photo in scan(folder) if isinstance(photo, Photo)]
    plan = plan_sorting([Assignment(photo.path, State.MODEL, category, 0.9) for photo in photos], dest, Disk())
    return plan, {photo.path: photo for photo in photos}


def run(events):
    """Return the events by kind, and the report."""
    events = list(events)
    assert isinstance(events[-1], Finished)
    return (
        [each for each in events if isinstance(each, Done)],
        [e for e in events if isinstance(e, Stayed)],
        events[-1].report,
    )


def carry_out(folder, dest, books, **options):
    plan, looked_at = plan_of(folder, dest)
    return run(apply(plan, books, folder=folder, looked_at=looked_at, **{"mode": "move"} | options))


def test_a_plan_is_carried_out_and_taken_back(places, books):
    folder, dest = places
    before = tree(folder)
    done, stayed, report = carry_out(folder, dest, books)
    assert (report.bundles, report.done, report.files, report.not_begun) == (4, 4, 5, 0)
    assert (len(done), stayed) == (4, [])
    assert {path.name for path in files(tree(dest / "dogs"))} == {path.name for path in before}
    _, _, report = run(undo(books))
    assert (report.kind, report.done, report.files) == ("undo", 4, 5)
    assert tree(folder) == before
    assert not dest.exists()
    with pytest.raises(UsageError, match="nothing to undo"):
        list(undo(books))


def test_a_copy_leaves_the_photos_and_its_undo_takes_the_copies(places, books):
    folder, dest = places
    before = tree(folder)
    _, _, report = carry_out(folder, dest, books, mode="copy")
    assert report.files == 5
    assert tree(folder) == before
    assert len(files(tree(dest))) == 5
    run(undo(books, report.run_id))
    assert tree(folder) == before
    assert not dest.exists()


def test_vectors_and_labels_go_with_the_photos(places, books):
    folder, dest = places
    photos = [photo for photo in scan(folder) if isinstance(photo, Photo)]
    named = [FingerprintedPhoto(photo, fingerprint(photo.path)) for photo in photos]
    books.index.add([EmbeddedPhoto(n.photo, n.fingerprint, np.ones(4, np.float32)) for n in named], KEY)
    books.decisions.record_labels(named[:1], "dogs", is_positive=True)
    carry_out(folder, dest, books)
    moved = [photo for photo in scan(dest) if isinstance(photo, Photo)]
    assert [known.photo for known in books.index.split(moved, KEY).known] == moved
    assert books.index.split(photos, KEY).known == []
    edited = FingerprintedPhoto(moved[0], b"another content!")  # another program wrote keywords into it since
    assert [labelled.category for labelled in books.decisions.labels([edited])] == ["dogs"]
    run(undo(books))
    assert [known.photo for known in books.index.split(photos, KEY).known] == photos


def test_copies_are_known_without_being_looked_at(places, books):
    folder, dest = places
    photos = [photo for photo in scan(folder) if isinstance(photo, Photo)]
    books.index.add([EmbeddedPhoto(p, fingerprint(p.path), np.ones(4, np.float32)) for p in photos], KEY)
    carry_out(folder, dest, books, mode="copy")
    both = [*photos, *(photo for photo in scan(dest) if isinstance(photo, Photo))]
    assert len(both) == 8
    assert [known.photo for known in books.index.split(both, KEY).known] == both


def test_a_photo_that_changed_since_it_was_judged_stays_and_is_named(places, books):
    folder, dest = places
    plan, looked_at = plan_of(folder, dest)
    write(folder / "b.jpg", b"edited", 1)
    _, stayed, report = run(apply(plan, books, folder=folder, looked_at=looked_at, mode="move"))
    assert [each.photo for each in stayed] == [folder / "b.jpg"]
    assert "has changed" in stayed[0].reason
    assert (report.done, report.stayed, report.still_open, report.not_begun) == (3, 1, 0, 0)


def test_what_a_cancel_left_is_counted(places, books):
    folder, dest = places
    cancel = threading.Event()

    class Cancelling(WatchedDisk):
        def after(self, number, name):
            if name == "rename":
                cancel.set()

    _, _, report = carry_out(folder, dest, books, cancel=cancel, disk=Cancelling())
    assert (report.bundles, report.done, report.not_begun) == (4, 1, 3)
    assert len(files(tree(folder))) + len(files(tree(dest))) == 5


def test_chosen_files_are_taken_back(places, books):
    folder, dest = places
    carry_out(folder, dest, books)
    _, _, report = run(undo(books, files=[dest / "dogs" / "a.jpg"]))
    assert (report.bundles, report.done, report.files) == (1, 1, 2)
    assert {path.name for path in files(tree(folder))} == {"a.jpg", "a.xmp"}


def test_a_listener_that_leaves_early_leaves_whole_bundles(places, books):
    folder, dest = places
    before = files(tree(folder))
    plan, looked_at = plan_of(folder, dest)
    events = apply(plan, books, folder=folder, looked_at=looked_at, mode="move")
    next(events)
    next(events)
    events.close()
    assert recover_at_start(books) is None
    assert len(files(tree(folder)) | files(tree(dest))) == len(before)
    run(undo(books))
    assert files(tree(folder)) == before


def test_while_one_sorts_another_is_refused(places, books):
    folder, dest = places
    with sorting_alone(books.journal_file), pytest.raises(UsageError, match="Another Clipsorter"):
        carry_out(folder, dest, books)


def test_without_a_journal_there_is_no_history_and_none_is_made(tmp_path):
    books = Books(tmp_path / "data" / "journal.db")
    assert history(books.journal_file) == []
    assert recover_at_start(books) is None
    assert list(tmp_path.iterdir()) == []


def test_which_run_can_be_undone(places, books):
    folder, dest = places
    carry_out(folder, dest, books)
    run(undo(books))
    runs = history(books.journal_file)
    for number, says in ((1, "nothing left"), (2, "was itself an undo"), (3, "no run 3")):
        with pytest.raises(UsageError, match=says):
            last_undoable(runs, number)


def test_what_a_run_left_in_flight_is_brought_to_rest_before_the_next(places, books):
    folder, dest = places

    class Crash(BaseException):
        pass

    class AfterRename(WatchedDisk):
        def after(self, number, name):
            if name == "rename":
                raise Crash

    with pytest.raises(Crash):
        carry_out(folder, dest, books, disk=AfterRename())
    assert not (folder / "a.jpg").exists()
    _, _, report = carry_out(folder, dest / "elsewhere", books)
    assert (report.bundles, report.done) == (3, 3)
    assert any("interrupted" in notice for notice in report.notices)
    assert {path.name for path in files(tree(folder))} == {"a.jpg", "a.xmp"}
