"""Photos go to the trash with what belongs to them, and nothing is ever deleted."""

import subprocess
import sys
import threading

import pytest

from clipsorter.apply import Progress, Stayed, Trashed, bundles_around, trash
from clipsorter.errors import UsageError


@pytest.fixture
def folder(clipsorter_home, monkeypatch):
    """Return a folder of photos on the same disk as the trash of a user of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(clipsorter_home / "share"))
    folder = clipsorter_home / "photos"
    folder.mkdir()
    for name in ("A.NEF", "A.JPG", "A.xmp", "B.jpg"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def test_companions_belong_to_the_photos_that_are_chosen(folder):
    (bundle,) = bundles_around([folder / "A.JPG"])
    assert [path.name for path in bundle.files] == ["A.NEF", "A.JPG", "A.xmp"]
    assert len(bundles_around([folder / "A.JPG", folder / "A.NEF", folder / "B.jpg"])) == 2
    assert bundles_around([folder / "gone.jpg"]) == []


def test_folder_that_can_not_be_read_is_named(folder):
    with pytest.raises(UsageError, match=r"B\.jpg can't be read"):
        bundles_around([folder / "B.jpg" / "C.jpg"])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is not below XDG_DATA_HOME")
def test_a_bundle_lands_in_the_trash_whole(folder, clipsorter_home):
    script = "import sys, threading, pathlib; from clipsorter.apply import *; " + (
        "print(list(trash(bundles_around([pathlib.Path(sys.argv[1])]), threading.Event())))"
    )
    # In a process of its own: where the trash is, is read from the environment once.
    subprocess.run([sys.executable, "-c", script, str(folder / "A.JPG")], check=True, timeout=60)
    assert [path.name for path in folder.iterdir()] == ["B.jpg"]
    files = clipsorter_home / "share" / "Trash" / "files"
    assert {path.name: path.read_text(encoding="utf-8") for path in files.iterdir()} == {
        "A.NEF": "A.NEF", "A.JPG": "A.JPG", "A.xmp": "A.xmp",
    }  # fmt: skip


def test_what_can_not_be_moved_stays_and_is_told(folder):
    bundles = bundles_around([folder / "B.jpg"])
    (folder / "B.jpg").unlink()
    stayed, progress = trash(bundles, threading.Event())
    assert isinstance(stayed, Stayed)
    assert stayed.photo == folder / "B.jpg"
    assert progress == Progress(1, 1)


def test_cancel_ends_it_between_bundles(folder):
    cancel = threading.Event()
    cancel.set()
    assert list(trash(bundles_around([folder / "B.jpg"]), cancel)) == []
    assert not any(isinstance(event, Trashed) for event in trash(bundles_around([folder / "A.JPG"]), cancel))
    assert (folder / "A.JPG").exists()
