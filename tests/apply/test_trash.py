"""Photos go to the trash with what belongs to them, through the journal, and nothing is ever deleted."""

import subprocess
import sys
import threading

import pytest

from clipsorter.apply import Begun, Books, Done, Finished, Stayed, bundles_around, history, last_undoable, trash, undo
from clipsorter.errors import UsageError
from tests.moves.trees import tree

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder of photos on the same disk as the trash of a user of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("A.NEF", "A.JPG", "A.xmp", "B.jpg"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.fixture
def books(tmp_path):
    return Books(tmp_path / "journal.db")


def in_trash(home):
    files = home / "share" / "Trash" / "files"
    return {path.name: path.read_text(encoding="utf-8") for path in files.iterdir()}


def test_companions_belong_to_the_photos_that_are_chosen(folder):
    (bundle,) = bundles_around([folder / "A.JPG"])
    assert [path.name for path in bundle.files] == ["A.NEF", "A.JPG", "A.xmp"]
    assert len(bundles_around([folder / "A.JPG", folder / "A.NEF", folder / "B.jpg"])) == 2
    assert bundles_around([folder / "gone.jpg"]) == []


def test_folder_that_can_not_be_read_is_named(folder):
    with pytest.raises(UsageError, match=r"B\.jpg can't be read"):
        bundles_around([folder / "B.jpg" / "C.jpg"])


@linux
def test_a_bundle_lands_in_the_trash_whole_and_undo_takes_it_back(folder, books, tmp_path):
    before = tree(folder)
    begun, done, _, finished = trash(bundles_around([folder / "A.JPG"]), books)
    assert isinstance(begun, Begun)
    assert isinstance(done, Done)
    assert (finished.report.kind, finished.report.done, finished.report.files) == ("trash", 1, 3)
    assert [path.name for path in folder.iterdir()] == ["B.jpg"]
    assert in_trash(tmp_path) == {"A.NEF": "A.NEF", "A.JPG": "A.JPG", "A.xmp": "A.xmp"}
    [run] = history(books.journal_file)
    assert (run.kind, run.folder, run.dest) == ("trash", folder, tmp_path / "share" / "Trash")
    *_, finished = undo(books)
    assert (finished.report.done, finished.report.files, finished.report.stayed) == (1, 3, 0)
    assert tree(folder) == before
    assert in_trash(tmp_path) == {}


@linux
def test_one_photo_of_several_comes_back(folder, books, tmp_path):
    list(trash(bundles_around([folder / "A.JPG", folder / "B.jpg"]), books))
    list(undo(books, files={folder / "B.jpg"}))
    assert [path.name for path in folder.iterdir()] == ["B.jpg"]
    assert len(in_trash(tmp_path)) == 3


def test_what_is_gone_meanwhile_is_told(folder, books):
    bundles = bundles_around([folder / "B.jpg"])
    (folder / "B.jpg").unlink()
    _, stayed, _, finished = trash(bundles, books)
    assert isinstance(stayed, Stayed)
    assert stayed.photo == folder / "B.jpg"
    assert (finished.report.done, finished.report.stayed) == (0, 1)


def test_cancel_ends_it_between_bundles(folder, books):
    cancel = threading.Event()
    cancel.set()
    *_, finished = trash(bundles_around([folder / "B.jpg"]), books, cancel=cancel)
    assert isinstance(finished, Finished)
    assert finished.report.not_begun == 1
    assert (folder / "B.jpg").exists()


@linux
def test_a_trash_that_keeps_its_places_to_itself_is_in_the_history_and_the_system_has_the_way_back(
    folder, books, tmp_path
):
    script = "import sys, pathlib; from clipsorter.apply import *; " + (
        "print(list(trash(bundles_around([pathlib.Path(sys.argv[1])]), Books(pathlib.Path(sys.argv[2])), mode='give')))"
    )
    # In a process of its own: where the trash is, send2trash reads from the environment once.
    command = [sys.executable, "-c", script, str(folder / "A.JPG"), str(books.journal_file)]
    subprocess.run(command, check=True, timeout=60)
    assert [path.name for path in folder.iterdir()] == ["B.jpg"]
    assert len(in_trash(tmp_path)) == 3
    [run] = history(books.journal_file)
    assert (run.kind, run.done, run.files, run.is_undoable) == ("trash", 1, 3, False)
    with pytest.raises(UsageError, match="nothing to undo"):
        last_undoable([run])
    with pytest.raises(UsageError, match=r"only your system.*Put Back.*Restore"):
        last_undoable([run], run.run_id)
