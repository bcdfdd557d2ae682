import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.container import is_cut_short, jxl_size
from clipsorter.photos.decode import decode


def jxl_of(size: tuple[int, int], **options: object) -> bytes:
    pytest.importorskip("pillow_jxl")
    file = io.BytesIO()
    Image.new("L", size).save(file, "JXL", effort=1, **options)
    return file.getvalue()


def size_of(tmp_path: Path, content: bytes) -> tuple[int, int] | None:
    (tmp_path / "a.jxl").write_bytes(content)
    with (tmp_path / "a.jxl").open("rb") as file:
        return jxl_size(file)


SIZES = [(1, 1), (8, 8), (256, 256), (257, 256), (640, 480), (600, 400), (1920, 1080), (513, 9000), (12, 10), (5000, 7)]


@pytest.mark.parametrize("use_container", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_size_of_a_jpeg_xl_is_read_from_its_head(tmp_path: Path, size: tuple[int, int], use_container: bool) -> None:
    assert size_of(tmp_path, jxl_of(size, use_container=use_container)) == size


@pytest.mark.parametrize("orientation", range(1, 9))
def test_size_of_a_jpeg_xl_that_its_decoder_turns_is_that_of_the_turned_picture(
    tmp_path: Path, orientation: int
) -> None:
    # Small, 16 high, no ratio, 24 wide; not all as usual, extra fields, orientation.
    head = 1 | 1 << 1 | 0 << 6 | 2 << 9 | 0 << 14 | 1 << 15 | (orientation - 1) << 16
    expected = (16, 24) if orientation >= 5 else (24, 16)
    assert size_of(tmp_path, b"\xff\x0a" + head.to_bytes(12, "little")) == expected


def test_other_files_have_no_jpeg_xl_size(tmp_path: Path) -> None:
    for content in (
        b"",
        b"\xff\xd8\xff\xe0",
        b"\0\0\0\x0cJXL \r\n\x87\n",
        b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x0cjxlcabcd",
    ):
        assert size_of(tmp_path, content) is None


def test_a_giant_jpeg_xl_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    # Not small, height 2^18 in 30 bits, ratio 1:1: the size is all there is, no decoder could do anything with it.
    head = 0 | 3 << 1 | (2**18 - 1) << 3 | 1 << 33
    (tmp_path / "a.jxl").write_bytes(b"\xff\x0a" + head.to_bytes(12, "little"))
    with pytest.raises(PhotoError, match="^has 68719 megapixels, more than the 150"):
        decode(tmp_path / "a.jxl", 224)


def box(kind: bytes, content: bytes, length: int | None = None) -> bytes:
    return struct.pack(">I4s", len(content) + 8 if length is None else length, kind) + content


FTYP = box(b"ftyp", b"heic\0\0\0\0mif1")
LARGE = struct.pack(">I4sQ", 1, b"mdat", 16 + 100)
CASES = {
    "whole": (FTYP + box(b"mdat", b"x" * 50), False),
    "pixels cut": (FTYP + box(b"mdat", b"x" * 50)[:-1], True),
    "64-bit length, whole": (FTYP + LARGE + b"x" * 100, False),
    "64-bit length, cut": (FTYP + LARGE + b"x" * 99, True),
    "box to the end of the file": (FTYP + box(b"mdat", b"x" * 50, 0), False),
    "box shorter than its head": (FTYP + box(b"free", b"", 2) + box(b"mdat", b"", 99), False),
    "foreign data behind": (FTYP + box(b"mdat", b"x") + b"\x7f\xff\xff\xffsefd", False),
    "riff whole": (b"RIFF" + struct.pack("<I", 24) + b"WEBP" + b"x" * 20, False),
    "riff without its padding": (b"RIFF" + struct.pack("<I", 24) + b"WEBP" + b"x" * 19, False),
    "riff cut": (b"RIFF" + struct.pack("<I", 24) + b"WEBP" + b"x" * 10, True),
    "tiff whose directory is gone": (b"II*\0" + struct.pack("<I", 500) + b"x" * 400, True),
    "big-endian tiff": (b"MM\0*" + struct.pack(">I", 8) + b"x" * 400, False),
    "anything else": (b"GIF89a" + b"x" * 20, False),
    "nearly nothing": (b"RIFF", False),
}


@pytest.mark.parametrize(("content", "expected"), CASES.values(), ids=CASES)
def test_structure_tells_whether_the_end_is_missing(tmp_path: Path, content: bytes, expected: bool) -> None:
    (tmp_path / "a").write_bytes(content)
    with (tmp_path / "a").open("rb") as file:
        assert is_cut_short(file) is expected


def test_random_bytes_behind_a_head_are_walked_to_an_end(tmp_path: Path) -> None:
    dice = np.random.default_rng(0)
    for start in (FTYP, b"\0\0\0\x0cJXL \r\n\x87\n"):
        for _ in range(300):
            (tmp_path / "a").write_bytes(start + dice.integers(0, 3, 200, dtype=np.uint8).tobytes())
            with (tmp_path / "a").open("rb") as file:
                assert is_cut_short(file) in (True, False)
                jxl_size(file)
