import io
import struct
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import skimage.data
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.raw import largest_preview

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

COFFEE = skimage.data.coffee()  # 600 x 400
_SHORT, _LONG = 3, 4


def jpeg(pixels: np.ndarray, orientation: int | None = None) -> bytes:
    tags = Image.Exif()
    if orientation is not None:
        tags[0x0112] = orientation
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "JPEG", quality=92, exif=tags)
    return file.getvalue()


def directory(entries: dict[int, tuple[int, int]]) -> bytes:
    fields = b"".join(
        struct.pack("<HHIHH", tag, kind, 1, value, 0) if kind == _SHORT else struct.pack("<HHII", tag, kind, 1, value)
        for tag, (kind, value) in sorted(entries.items())
    )
    return struct.pack("<H", len(entries)) + fields + struct.pack("<I", 0)


def raw_file(preview: bytes, orientation: int = 1) -> bytes:
    """Return what cameras write around their sensor's data: a TIFF of a thumbnail, and a JPEG in a sub-directory."""
    thumbnail = bytes(range(192))  # 8 x 8 pixels, by which plain Pillow would judge the photo
    sub = 8 + len(thumbnail)
    jpeg_at = sub + len(directory(dict.fromkeys((254, 259, 513, 514), (_LONG, 0))))
    sub_directory = directory({254: (_LONG, 1), 259: (_SHORT, 6), 513: (_LONG, jpeg_at), 514: (_LONG, len(preview))})
    main = directory(
        {
            **{254: (_LONG, 1), 256: (_SHORT, 8), 257: (_SHORT, 8), 258: (_SHORT, 8), 259: (_SHORT, 1)},
            **{262: (_SHORT, 2), 273: (_LONG, 8), 274: (_SHORT, orientation), 277: (_SHORT, 3), 278: (_SHORT, 8)},
            **{279: (_LONG, len(thumbnail)), 330: (_LONG, sub)},
        }
    )
    head = b"II*\0" + struct.pack("<I", jpeg_at + len(preview))
    return head + thumbnail + sub_directory + preview + main


def difference(image: Image.Image, expected: np.ndarray) -> float:
    assert (image.mode, image.size) == ("RGB", (expected.shape[1], expected.shape[0]))
    return float(np.abs(np.asarray(image).astype(float) - expected).mean())


@pytest.mark.parametrize("name", ["a.nef", "A.ARW", "misnamed.tif"])
def test_the_embedded_preview_is_taken_not_the_thumbnail(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(raw_file(jpeg(COFFEE)))
    with Image.open(tmp_path / name) as image:
        assert image.size == (8, 8)
    assert difference(decode(tmp_path / name, 224), COFFEE) < 5


def test_orientation_of_the_raw_file_turns_a_preview_that_has_none(tmp_path: Path) -> None:
    turned = np.rot90(COFFEE, 1)
    for name, content in {
        "outer.nef": raw_file(jpeg(turned), orientation=6),
        "both.nef": raw_file(jpeg(turned, orientation=6), orientation=6),
        "upright.nef": raw_file(jpeg(COFFEE, orientation=1), orientation=6),
    }.items():
        (tmp_path / name).write_bytes(content)
        assert difference(decode(tmp_path / name, 224), COFFEE) < 5, name


def test_a_preview_that_is_too_small_or_damaged_is_not_taken(tmp_path: Path) -> None:
    content = raw_file(jpeg(COFFEE))
    assert largest_preview(content, 400) is not None
    assert largest_preview(content, 401) is None
    (tmp_path / "a.nef").write_bytes(content)
    with pytest.raises(PhotoError, match="is in no known RAW format"):  # and here is no sensor's data to fall back to
        decode(tmp_path / "a.nef", 401)
    cut = jpeg(COFFEE)[:9000]
    (tmp_path / "b.nef").write_bytes(raw_file(cut))
    with pytest.raises(PhotoError, match="is in no known RAW format"):
        decode(tmp_path / "b.nef", 224)


@pytest.mark.parametrize("content", [b"no camera wrote this" * 100, b"II*\0\x08\0\0\0\0\0", b"FUJIFILMCCD-RAW "])
def test_what_is_only_named_raw_gets_a_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.raf").write_bytes(content)
    with pytest.raises(PhotoError, match="^is "):
        decode(tmp_path / "a.raf", 224)


def test_a_jpeg_named_raw_is_read_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.cr2").write_bytes(jpeg(COFFEE))
    assert difference(decode(tmp_path / "a.cr2", 224), COFFEE) < 5


@pytest.mark.parametrize(
    ("name", "min_side", "size"),
    [
        ("colorchart.dng", 224, (867, 578)),  # half of the sensor's 1734 x 1156
        ("colorchart.dng", 512, (867, 578)),
        ("colorchart.dng", 600, (1734, 1156)),
        ("RAW_KODAK_DC50_é.KDC", 224, (384, 256)),
        ("RAW_KODAK_DC50_é.KDC", 512, (768, 512)),
    ],
)
def test_without_a_preview_the_sensor_is_developed(
    shared_photos: Path, name: str, min_side: int, size: tuple[int, int]
) -> None:
    result = decode(shared_photos / "camera" / name, min_side)
    assert result.mode == "RGB"
    assert result.size == pytest.approx(size, abs=4)
    assert np.asarray(result).std() > 40  # a real picture, neither black nor gray


def test_a_raw_file_is_known_by_its_content_whatever_its_name(shared_photos: Path, tmp_path: Path) -> None:
    for name in ("RAW_KODAK_DC50_é.KDC", "colorchart.dng"):
        original = shared_photos / "camera" / name
        copy = tmp_path / "日本 \udcff.tif"
        copy.write_bytes(original.read_bytes())
        assert np.array_equal(np.asarray(decode(copy, 224)), np.asarray(decode(original, 224)))


@pytest.mark.parametrize("name", ["RAW_KODAK_DC50_é.KDC", "colorchart.dng"])
def test_a_raw_file_that_is_cut_is_reported(shared_photos: Path, tmp_path: Path, name: str) -> None:
    whole = (shared_photos / "camera" / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(PhotoError, match="is damaged or cut short"):
        decode(tmp_path / name, 224)


def test_many_threads_read_raw_files_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.nef"
    path.write_bytes(raw_file(jpeg(COFFEE), orientation=6))
    alone = np.asarray(decode(path, 224))
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: np.asarray(decode(path, 224)), range(200)))
    assert all(np.array_equal(alone, pixels) for pixels in together)
