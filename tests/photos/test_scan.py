import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from clipsorter.errors import UsageError
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import PHOTO_SUFFIXES, RAW_SUFFIXES, Unreadable, scan


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode("utf-8", "surrogateescape"))


def found(folder: Path, roots: Path | list[Path] | None = None, recursive: bool = True) -> list[str]:
    """Return the relative paths of what a scan finds, which all must be photos."""
    items = list(scan(folder if roots is None else roots, recursive=recursive))
    assert [item for item in items if not isinstance(item, Photo)] == []
    return [item.path.relative_to(folder).as_posix() for item in items]


def test_files_come_before_folders_in_natural_order(tmp_path: Path) -> None:
    names = [
        "IMG_2.jpg",
        "IMG_10.jpg",
        "img_1.jpg",
        "b/1.jpg",
        "a/z/0.jpg",
        "a/9.jpg",
        "a/10.jpg",
        "Zoo.jpg",
        "c10/x.jpg",
    ]
    touch(tmp_path, *names, "c9/x.jpg")
    assert found(tmp_path) == [
        *("img_1.jpg", "IMG_2.jpg", "IMG_10.jpg", "Zoo.jpg"),
        *("a/9.jpg", "a/10.jpg", "a/z/0.jpg", "b/1.jpg", "c9/x.jpg", "c10/x.jpg"),
    ]


def test_photo_carries_size_time_and_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "a.jpg")
    os.utime(tmp_path / "a.jpg", ns=(1, 1_234_567_890_123_456_700))
    monkeypatch.chdir(tmp_path)
    (photo,) = scan(Path())
    status = (tmp_path / "a.jpg").stat()
    assert photo == Photo(tmp_path / "a.jpg", 5, status.st_mtime_ns)


def test_only_picture_suffixes_count_in_any_case(tmp_path: Path) -> None:
    touch(tmp_path, "a.JPG", "b.HeIc", "c.NEF", "d.txt", "e.xmp", "f.mov", "g.jpg.part", "jpg", "h.psd", "i.avif")
    assert found(tmp_path) == ["a.JPG", "b.HeIc", "c.NEF", "i.avif"]
    assert RAW_SUFFIXES < PHOTO_SUFFIXES
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in PHOTO_SUFFIXES)
    assert {".jpg", ".png", ".gif", ".bmp", ".tiff", ".webp", ".hif", ".mpo", ".jxl"} <= PHOTO_SUFFIXES - RAW_SUFFIXES
    assert {".cr2", ".cr3", ".nef", ".arw", ".raf", ".orf", ".rw2", ".dng", ".kdc"} <= RAW_SUFFIXES


def test_sub_folders_stay_out_when_not_asked_for(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", "sub/b.jpg")
    assert found(tmp_path, recursive=False) == ["a.jpg"]


HIDDEN = (
    ".hidden.jpg ._a.jpg .thumbnails/a.jpg .Trash-1000/files/a.jpg sub/@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg "
    "$RECYCLE.BIN/a.jpg #recycle/a.jpg Bilder.photoslibrary/originals/a.jpg"
)


def test_hidden_and_foreign_folders_are_left_alone(tmp_path: Path) -> None:
    touch(tmp_path, "a.jpg", *HIDDEN.split())
    assert found(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize("name", [".thumbnails", "@eaDir", "Bilder.photoslibrary"])
def test_a_hidden_folder_is_scanned_when_it_is_the_one_asked_for(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"{name}/a.jpg", f"{name}/.b.jpg")
    assert found(tmp_path, [tmp_path / name]) == [f"{name}/a.jpg"]


@pytest.mark.skipif(sys.platform != "win32", reason="only Windows has the attribute")
def test_the_hidden_attribute_of_windows_counts(tmp_path: Path) -> None:
    import ctypes

    touch(tmp_path, "a.jpg", "b.jpg", "sub/c.jpg")
    for name in ("b.jpg", "sub"):
        assert ctypes.windll.kernel32.SetFileAttributesW(str(tmp_path / name), 2)  # type: ignore[attr-defined]
    assert found(tmp_path) == ["a.jpg"]


def test_linked_files_are_photos_and_linked_folders_come_last_and_once(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    touch(tmp_path, "outside/o.jpg", "home/b/real.jpg", "home/z.jpg")
    home = tmp_path / "home"
    (home / "a_link_to_b").symlink_to(home / "b", target_is_directory=True)
    (home / "b" / "up").symlink_to(home, target_is_directory=True)
    (home / "first").symlink_to(outside, target_is_directory=True)
    (home / "second").symlink_to(outside, target_is_directory=True)
    (home / "l.jpg").symlink_to(outside / "o.jpg")
    assert found(home) == ["l.jpg", "z.jpg", "b/real.jpg", "first/o.jpg"]


def test_links_that_lead_nowhere_are_reported_and_only_if_named_like_photos(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nothing.jpg")
    (tmp_path / "circle.jpg").symlink_to(tmp_path / "circle.jpg")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    items = list(scan(tmp_path))
    assert [(type(item), item.path.name) for item in items] == [(Unreadable, "circle.jpg"), (Unreadable, "gone.jpg")]
    assert all(isinstance(item, Unreadable) and item.reason for item in items)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and sockets in the file system")
def test_folders_pipes_and_sockets_named_like_photos_are_not_photos(tmp_path: Path) -> None:
    touch(tmp_path, "folder.jpg/inside.jpg")
    os.mkfifo(tmp_path / "pipe.jpg")
    with socket.socket(socket.AF_UNIX) as server, tempfile.TemporaryDirectory() as short:
        server.bind(str(Path(short) / "s.jpg"))
        assert list(scan(Path(short))) == []
    assert found(tmp_path) == ["folder.jpg/inside.jpg"]
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        scan(tmp_path / "pipe.jpg")


AWKWARD = [
    "日本語の写真.jpg",
    "emoji 🐈📷.jpg",
    "  leading spaces.jpg",
    "semi;colon & amp.jpg",
    "caf\u00e9.jpg",
    "cafe\u0301 NFD.jpg",
    "-dash-first.jpg",
    "$(echo pwned).jpg",
    "100%done%s%n.jpg",
    "²³٣४.jpg",
]


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_names_are_found_as_they_are(tmp_path: Path, name: str) -> None:
    touch(tmp_path, f"sub {name[:-4]}/{name}")
    (photo,) = scan(tmp_path)
    assert isinstance(photo, Photo)
    assert photo.path.read_bytes() == f"sub {name[:-4]}/{name}".encode()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_names_that_are_not_unicode_are_found(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xe9t\xe9.jpg")
    touch(tmp_path, f"{os.fsdecode(b'sub-' + bytes([0xFE]))}/{name}")
    (photo,) = scan(tmp_path)
    assert isinstance(photo, Photo)
    assert os.fsencode(photo.path).endswith(b"/sub-\xfe/\xff\xe9t\xe9.jpg")


def test_single_files_and_several_roots_are_taken_in_order_and_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.jpg", "a/sub/2.jpg", "b/.hidden", "c.jpg")
    a, hidden, c = tmp_path / "a", tmp_path / "b" / ".hidden", tmp_path / "c.jpg"
    assert found(tmp_path, c) == ["c.jpg"]
    roots = [a / "sub", hidden, a, c, a / "1.jpg", a / ".." / "c.jpg"]
    assert found(tmp_path, roots) == ["b/.hidden", "c.jpg", "a/1.jpg", "a/sub/2.jpg"]


@pytest.mark.parametrize("name", ["nothing here", "a.jpg/below a file", "nul\0.jpg"])
def test_a_missing_root_is_refused_before_anything_is_walked(tmp_path: Path, name: str) -> None:
    touch(tmp_path, "a.jpg")
    with pytest.raises(UsageError, match="can't be opened .*: check the spelling"):
        scan([tmp_path, tmp_path / name])


def test_folders_are_read_only_when_their_turn_comes(tmp_path: Path) -> None:
    touch(tmp_path, "first.jpg", "a/1.jpg", "b/2.jpg")
    items = scan(tmp_path)
    assert isinstance(first := next(items), Photo)
    assert first.path.name == "first.jpg"
    touch(tmp_path, "b/late.jpg")
    (tmp_path / "a" / "1.jpg").unlink()
    (tmp_path / "a").rmdir()
    gone, *rest = items
    assert gone == Unreadable(tmp_path / "a", "is not there, or is a link to something that is not there")
    assert [item.path.name for item in rest] == ["2.jpg", "late.jpg"]


def test_a_photo_that_vanishes_after_the_listing_is_reported(tmp_path: Path) -> None:
    touch(tmp_path, "1.jpg", "2.jpg", "3.jpg")
    items = scan(tmp_path)
    next(items)
    (tmp_path / "2.jpg").unlink()
    assert [type(item) for item in items] == [Unreadable, Photo]


@pytest.fixture
def powerless_folder() -> Iterator[Path]:
    """Give a folder in which permissions count, also where the tests are run by the superuser."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions work otherwise here")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def test_an_unreadable_folder_is_reported_and_the_others_go_on(powerless_folder: Path) -> None:
    touch(powerless_folder, "a/1.jpg", "b/2.jpg", "c/3.jpg", "d/4.jpg")
    (powerless_folder / "b").chmod(0)  # can't be listed
    (powerless_folder / "c").chmod(0o644)  # can be listed, but its files can't be looked at
    user = os.geteuid()
    try:
        if user == 0:
            os.seteuid(65534)
        items = list(scan(powerless_folder))
    finally:
        os.seteuid(user)
        for name in "bc":
            (powerless_folder / name).chmod(0o755)
    reason = "may not be read: permission denied"
    b, c = Unreadable(powerless_folder / "b", reason), Unreadable(powerless_folder / "c" / "3.jpg", reason)
    assert [item if isinstance(item, Unreadable) else item.path.name for item in items] == ["1.jpg", b, c, "4.jpg"]
