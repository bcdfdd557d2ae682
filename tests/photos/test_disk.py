"""What a plan is told of the disk: every name and its kind, sizes and contents, each read once."""

import os
import sys

import pytest

from clipsorter.errors import PhotoError
from clipsorter.photos import disk as disk_module
from clipsorter.photos.disk import Disk, Kind, list_folder


def test_listing_names_everything_and_its_kind(tmp_path):
    (tmp_path / "A.jpg").write_bytes(b"one")
    (tmp_path / ".hidden").write_bytes(b"")
    (tmp_path / "album").mkdir()
    (tmp_path / "link.jpg").symlink_to(tmp_path / "A.jpg")
    (tmp_path / "linked album").symlink_to(tmp_path / "album")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    assert list_folder(tmp_path) == {
        "A.jpg": Kind.FILE,
        ".hidden": Kind.FILE,
        "album": Kind.FOLDER,
        "link.jpg": Kind.LINK,
        "linked album": Kind.LINK,
        "nowhere": Kind.LINK,
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    assert list_folder(tmp_path) == {"pipe.jpg": Kind.OTHER}


def test_folder_that_is_not_there_is_empty(tmp_path):
    assert list_folder(tmp_path / "not yet" / "made") == {}


def test_file_is_no_folder(tmp_path):
    (tmp_path / "A.jpg").write_bytes(b"")
    with pytest.raises(PhotoError, match="can't be read"):
        list_folder(tmp_path / "A.jpg")
    with pytest.raises(PhotoError, match="can't be read"):
        list_folder(tmp_path / "a\0b")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
def test_folder_that_may_not_be_read_is_said(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o300)
    with pytest.raises(PhotoError, match="Permission denied"):
        list_folder(tmp_path / "closed")


def test_contents_are_equal_only_for_the_same_bytes(tmp_path):
    for name, content in {"A": b"one" * 100_000, "B": b"one" * 100_000, "C": b"one" * 99_999 + b"two"}.items():
        (tmp_path / name).write_bytes(content)
    disk = Disk()
    assert disk.size(tmp_path / "A") == disk.size(tmp_path / "C") == 300_000
    assert disk.content(tmp_path / "A") == disk.content(tmp_path / "B") != disk.content(tmp_path / "C")


def test_answers_are_those_of_the_first_time(tmp_path):
    disk = Disk()
    assert disk.listing(tmp_path) == {}
    (tmp_path / "A.jpg").write_bytes(b"one")
    assert disk.listing(tmp_path) == {}
    assert Disk().listing(tmp_path) == {"A.jpg": Kind.FILE}


def test_file_that_is_gone_is_said(tmp_path):
    with pytest.raises(PhotoError):
        Disk().size(tmp_path / "gone.jpg")
    with pytest.raises(PhotoError):
        Disk().content(tmp_path / "gone.jpg")


def test_content_in_the_cloud_is_not_fetched(tmp_path, monkeypatch):
    (tmp_path / "A.jpg").write_bytes(b"one")
    monkeypatch.setattr(disk_module, "is_placeholder", lambda path: path.name == "A.jpg")
    with pytest.raises(PhotoError, match="only in the cloud"):
        Disk().content(tmp_path / "A.jpg")
