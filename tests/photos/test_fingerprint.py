from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.fingerprint import fingerprint, full_hash


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("size", [0, 1, 65_536, 131_072, 131_073, 1_000_000])
def test_fingerprint_is_of_the_content_not_of_the_path(tmp_path: Path, size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    first, second = written(tmp_path / "a.jpg", content), written(tmp_path / "b.jpg", content)
    assert fingerprint(first) == fingerprint(second)
    assert len(fingerprint(first)) == 16
    assert fingerprint(written(second, content + b"x")) != fingerprint(first)


def test_change_at_either_end_changes_the_fingerprint(tmp_path: Path) -> None:
    content = bytes(300_000)
    path = written(tmp_path / "a.jpg", content)
    seen = {fingerprint(path)}
    for position in (0, 65_535, 300_000 - 65_536, 299_999):
        changed = bytearray(content)
        changed[position] = 1
        seen.add(fingerprint(written(path, bytes(changed))))
    assert len(seen) == 5


def test_big_photo_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    with path.open("wb") as file:
        file.truncate(2**40)  # a sparse terabyte: reading it would not end
    assert len(fingerprint(path)) == 16


@pytest.mark.parametrize("suffix", [".bmp", ".TIF", ".ppm"])
def test_uncompressed_pictures_that_differ_in_the_middle_differ(tmp_path: Path, suffix: str) -> None:
    page = Image.new("RGB", (400, 600), "white")
    page.save(tmp_path / f"first{suffix}")
    page.paste("black", (100, 290, 300, 310))
    page.save(tmp_path / f"second{suffix}")
    assert (tmp_path / f"first{suffix}").stat().st_size == (tmp_path / f"second{suffix}").stat().st_size
    assert fingerprint(tmp_path / f"first{suffix}") != fingerprint(tmp_path / f"second{suffix}")


def test_full_hash_sees_the_middle(tmp_path: Path) -> None:
    first = written(tmp_path / "a.jpg", bytes(300_000))
    second = written(tmp_path / "b.jpg", bytes(150_000) + b"x" + bytes(149_999))
    assert fingerprint(first) == fingerprint(second)
    assert full_hash(first) != full_hash(second)


@pytest.mark.parametrize("read", [fingerprint, full_hash])
def test_missing_file_and_folder_are_one_sentence(tmp_path: Path, read: Callable[[Path], bytes]) -> None:
    for path in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(PhotoError, match="can't be read"):
            read(path)
