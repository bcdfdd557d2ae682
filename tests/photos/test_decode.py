import functools
import io
import os
import random
import struct
import subprocess
import sys
import warnings
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil
import pytest
import skimage.data
from numpy.typing import NDArray
from PIL import Image, ImageCms

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode

Pixels = NDArray[np.uint8]
Make = Callable[[], bytes]

# Under pytest, warnings are collected whatever the program's own filter says.
pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
    pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning"),
]

COFFEE: Pixels = skimage.data.coffee()  # 600 x 400
GRAY: Pixels = np.asarray(Image.fromarray(COFFEE).convert("L"))
ALPHA: Pixels = np.broadcast_to(np.linspace(0, 255, 600).astype(np.uint8), (400, 600)).copy()
MASK = ALPHA[..., None].astype(float) / 255
ON_WHITE = (COFFEE * MASK + 255 * (1 - MASK)).astype(np.uint8)
GRAY_ON_WHITE = (GRAY * MASK[..., 0] + 255 * (1 - MASK[..., 0])).astype(np.uint8)


def picture(pixels: NDArray[np.generic] = COFFEE, mode: str | None = None) -> Image.Image:
    image = Image.fromarray(pixels)
    return image if mode is None else image.convert(mode)


def difference(image: Image.Image, expected: NDArray[np.generic]) -> float:
    assert image.mode == "RGB"
    expected = expected if expected.ndim == 3 else np.dstack([expected] * 3)
    assert image.size == (expected.shape[1], expected.shape[0])
    return float(np.abs(np.asarray(image).astype(float) - expected).mean())


def png(header: tuple[int, int, int, int], *chunks: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of width, height, bit depth and colour type, with the chunks given."""
    head = struct.pack(">IIBBBBB", *header, 0, 0, 0)
    parts = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in [(b"IHDR", head), *chunks, (b"IEND", b"")]
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def png_16_bit_rgb() -> bytes:
    deep = (COFFEE.astype(">u2") * 257).reshape(400, -1)
    rows = b"".join(b"\0" + row.tobytes() for row in deep)
    return png((600, 400, 16, 2), (b"IDAT", zlib.compress(rows, 1)))


def saved(image: Image.Image, kind: str, **options: object) -> Make:
    """Return a function that encodes the picture once, when it is first called."""

    @functools.cache
    def encode() -> bytes:
        file = io.BytesIO()
        image.save(file, kind, **options)
        return file.getvalue()

    return encode


def exif(orientation: int) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags.tobytes()


FORMATS = {
    "jpeg": ("a.jpg", saved(picture(), "JPEG", quality=95), COFFEE, 4),
    "jpeg, progressive": ("a.jpeg", saved(picture(), "JPEG", quality=95, progressive=True), COFFEE, 4),
    "jpeg, gray": ("a.jpg", saved(picture(GRAY), "JPEG", quality=95), GRAY, 2),
    "jpeg, cmyk": ("a.jpg", saved(picture(COFFEE, "CMYK"), "JPEG", quality=95), COFFEE, 4),
    "multi-picture": ("a.mpo", saved(picture(), "MPO", save_all=True, append_images=[picture(GRAY, "RGB")]), COFFEE, 6),
    "png": ("a.png", saved(picture(), "PNG"), COFFEE, 0),
    "png named jpg": ("a.jpg", saved(picture(), "PNG"), COFFEE, 0),
    "png, gray": ("a.png", saved(picture(GRAY), "PNG"), GRAY, 0),
    "png, 1 bit": ("a.png", saved(picture(GRAY, "1"), "PNG"), np.asarray(picture(GRAY, "1").convert("L")), 0),
    "png, 16 bits gray": ("a.png", saved(picture(GRAY.astype(np.uint16) * 257), "PNG"), GRAY, 0),
    "png, 16 bits colour": ("a.png", png_16_bit_rgb, COFFEE, 0),
    "png, palette": ("a.png", saved(picture().quantize(256), "PNG"), COFFEE, 8),
    "png, alpha": ("a.png", saved(picture(np.dstack([COFFEE, ALPHA])), "PNG"), ON_WHITE, 1),
    "png, gray and alpha": (
        "a.png",
        saved(Image.merge("LA", (picture(GRAY), picture(ALPHA))), "PNG"),
        GRAY_ON_WHITE,
        1,
    ),
    "gif": ("a.gif", saved(picture(), "GIF"), COFFEE, 12),
    "gif, animated": ("a.gif", saved(picture(), "GIF", save_all=True, append_images=[picture(GRAY)]), COFFEE, 12),
    "bmp": ("a.bmp", saved(picture(), "BMP"), COFFEE, 0),
    "tiff": ("a.tif", saved(picture(), "TIFF"), COFFEE, 0),
    "tiff, big-endian lzw": ("a.tiff", saved(picture(), "TIFF", compression="tiff_lzw"), COFFEE, 0),
    "tiff, cmyk": ("a.tif", saved(picture(COFFEE, "CMYK"), "TIFF"), COFFEE, 2),
    "tiff, 16 bits": ("a.tif", saved(picture(GRAY.astype(np.uint16) * 257), "TIFF"), GRAY, 0),
    "tiff, 12 of 16 bits": ("a.tif", saved(picture(GRAY.astype(np.uint16) * 16), "TIFF"), GRAY, 0),
    "tiff, 32 bits": ("a.tif", saved(picture(GRAY.astype(np.int32) * 2**15), "TIFF"), GRAY // 2, 2),
    "tiff, float": ("a.tif", saved(picture(GRAY.astype(np.float32) / 255), "TIFF"), GRAY, 1),
    "tiff, float of any range": ("a.tif", saved(picture(GRAY.astype(np.float32) * 1e6), "TIFF"), GRAY, 1),
    "webp": ("a.webp", saved(picture(), "WEBP", quality=95), COFFEE, 4),
    "webp, alpha": (
        "a.webp",
        saved(picture(np.dstack([COFFEE, ALPHA])), "WEBP", lossless=True, exact=True),
        ON_WHITE,
        1,
    ),
    "webp, animated": (
        "a.webp",
        saved(picture(), "WEBP", save_all=True, append_images=[picture(GRAY, "RGB")]),
        COFFEE,
        6,
    ),
    "heic": ("a.heic", saved(picture(), "HEIF", quality=90), COFFEE, 4),
    "hif": ("a.HIF", saved(picture(), "HEIF", quality=90), COFFEE, 4),
    "heic, alpha": ("a.heic", saved(picture(np.dstack([COFFEE, ALPHA])), "HEIF", quality=90), ON_WHITE, 5),
    "avif": ("a.avif", saved(picture(), "AVIF", quality=90, speed=10), COFFEE, 5),
    "jpeg xl": ("a.jxl", saved(picture(), "JXL", quality=95, effort=1), COFFEE, 4),
}


@pytest.mark.parametrize(("name", "make", "expected", "tolerance"), FORMATS.values(), ids=FORMATS)
def test_every_format_and_mode_gives_the_same_rgb(
    tmp_path: Path, name: str, make: Make, expected: Pixels, tolerance: float
) -> None:
    (tmp_path / name).write_bytes(make())
    assert difference(decode(tmp_path / name, 400), expected) <= tolerance


def test_lab_tiff_is_converted(tmp_path: Path) -> None:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    in_lab = ImageCms.profileToProfile(picture(), srgb, lab, outputMode="LAB")
    assert in_lab is not None
    in_lab.save(tmp_path / "a.tif")
    assert difference(decode(tmp_path / "a.tif", 400), COFFEE) < 3


def test_transparent_colours_of_palettes_become_white(tmp_path: Path) -> None:
    image = Image.new("P", (40, 30), 0)
    image.putpalette([10, 20, 30, 200, 0, 0])
    image.paste(1, (20, 0, 40, 30))
    for name in ("a.png", "a.gif"):
        image.save(tmp_path / name, transparency=0)
        result = decode(tmp_path / name, 30)
        assert (result.getpixel((5, 5)), result.getpixel((30, 5))) == ((255, 255, 255), (200, 0, 0))
    picture().save(tmp_path / "keyed.png", transparency=tuple(int(v) for v in COFFEE[0, 0]))
    assert decode(tmp_path / "keyed.png", 400).getpixel((0, 0)) == (255, 255, 255)


def test_float_pictures_with_holes_are_no_trouble(tmp_path: Path) -> None:
    values = GRAY.astype(np.float32) / 255
    values[:10] = np.nan
    values[10:20] = np.inf
    picture(values).save(tmp_path / "a.tif")
    expected = GRAY.copy()
    expected[:20] = 0
    assert difference(decode(tmp_path / "a.tif", 400), expected) < 1


ORIENTED = {
    "a.jpg": {"quality": 95},
    "a.png": {},
    "a.webp": {"quality": 95},
    "a.tif": {"compression": "tiff_lzw"},
    "a.heic": {"quality": 90},
    "a.avif": {"quality": 90, "speed": 10},
    "lossless.jxl": {"effort": 1},
}
# What turns an upright picture into the one that a camera stores together with each orientation.
STORED: dict[int, Callable[[Pixels], Pixels]] = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.transpose(1, 0, 2),
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: upright[::-1, ::-1].transpose(1, 0, 2),
    8: lambda upright: np.rot90(upright, -1),
}


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("name", [name for name in ORIENTED if not name.endswith(".jxl")])
def test_every_orientation_of_every_format_comes_out_upright(tmp_path: Path, name: str, orientation: int) -> None:
    small = np.asarray(picture().resize((150, 100)))
    stored = picture(np.ascontiguousarray(STORED[orientation](small)))
    stored.save(tmp_path / name, exif=exif(orientation), **ORIENTED[name])
    assert difference(decode(tmp_path / name, 100), small) < 10


def test_orientation_of_a_jpeg_inside_jpeg_xl_counts(tmp_path: Path) -> None:
    stored = picture(np.ascontiguousarray(np.rot90(COFFEE, 1)))
    stored.save(tmp_path / "a.jpg", exif=exif(6), quality=95)
    with Image.open(tmp_path / "a.jpg") as jpeg, warnings.catch_warnings(action="ignore"):
        jpeg.save(tmp_path / "a.jxl", lossless_jpeg=True)
    assert difference(decode(tmp_path / "a.jxl", 400), COFFEE) < 4


@pytest.mark.parametrize("orientation", [0, 9, 300])
def test_orientations_out_of_range_leave_the_picture_as_it_is(tmp_path: Path, orientation: int) -> None:
    picture().save(tmp_path / "a.jpg", exif=exif(orientation), quality=95)
    assert difference(decode(tmp_path / "a.jpg", 400), COFFEE) < 4


def test_orientation_in_xmp_counts_where_exif_has_none(tmp_path: Path) -> None:
    xmp = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="3"/></rdf:RDF></x:xmpmeta>'
    )
    picture(np.ascontiguousarray(COFFEE[::-1, ::-1])).save(tmp_path / "a.jpg", xmp=xmp.encode(), quality=95)
    assert difference(decode(tmp_path / "a.jpg", 400), COFFEE) < 4


def test_damaged_exif_does_not_lose_the_photo(tmp_path: Path) -> None:
    for index, junk in enumerate([b"", b"junk", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff" + b"\x01" * 40]):
        path = tmp_path / f"{index}.jpg"
        picture().save(path, exif=b"Exif\0\0" + junk, quality=95)
        assert difference(decode(path, 400), COFFEE) < 4


def swapped_profile() -> bytes:
    """Return an sRGB profile in which red and green have changed places."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    renamed = profile.replace("sRGB".encode("utf-16-be"), "test".encode("utf-16-be"))
    return renamed.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.heic", "a.avif", "a.tif"])
def test_embedded_profiles_are_converted_to_srgb(tmp_path: Path, name: str) -> None:
    image = Image.new("RGB", (64, 48), (220, 30, 40))
    image.save(tmp_path / name, icc_profile=swapped_profile(), quality=95)
    red, green, blue = decode(tmp_path / name, 48).getpixel((20, 20))
    assert max(red, blue) < 100
    assert green > 150


@pytest.mark.parametrize("profile", [b"junk", swapped_profile()[:200], b"\0" * 200])
def test_damaged_or_unfitting_profiles_do_not_lose_the_photo(tmp_path: Path, profile: bytes) -> None:
    picture().save(tmp_path / "a.jpg", icc_profile=profile, quality=95)
    assert difference(decode(tmp_path / "a.jpg", 400), COFFEE) < 4
    picture(GRAY).save(tmp_path / "gray.jpg", icc_profile=swapped_profile(), quality=95)
    assert difference(decode(tmp_path / "gray.jpg", 400), GRAY) < 2


def test_nothing_of_the_file_but_its_pixels_is_kept(tmp_path: Path) -> None:
    for name in ("a.jpg", "a.png"):
        picture().save(tmp_path / name, exif=exif(1), icc_profile=swapped_profile(), comment="secret", dpi=(72, 72))
        result = decode(tmp_path / name, 400)
        assert type(result) is Image.Image
        assert result.info == {}
        saved = io.BytesIO()
        result.save(saved, "JPEG")
        assert {"exif", "icc_profile", "comment"}.isdisjoint(Image.open(saved).info)


@pytest.mark.parametrize(("name", "min_side"), [("a.jpg", 224), ("a.png", 224), ("a.webp", 336), ("a.jpg", 512)])
def test_large_photos_are_scaled_but_never_below_what_is_asked(tmp_path: Path, name: str, min_side: int) -> None:
    large = picture().resize((3001, 2003), Image.Resampling.BICUBIC)
    large.save(tmp_path / name, quality=90)
    result = decode(tmp_path / name, min_side)
    assert min_side * 2 <= min(result.size) <= 5 * min_side
    assert result.width / result.height == pytest.approx(3001 / 2003, rel=0.01)
    expected = np.asarray(large.resize((336, 224), Image.Resampling.BICUBIC))
    assert difference(result.resize((336, 224), Image.Resampling.BICUBIC), expected) < 1.5


def test_small_photos_are_left_at_their_size(tmp_path: Path) -> None:
    for size in ((1, 1), (3, 2), (100, 50)):
        Image.new("RGB", size, "red").save(tmp_path / "a.png")
        assert decode(tmp_path / "a.png", 224).size == size


@pytest.mark.parametrize(
    ("size", "expected"), [((20000, 1), (20, 1)), ((2, 9000), (2, 40)), ((6000, 300), (6000, 300))]
)
def test_of_a_long_strip_the_middle_is_given(tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]) -> None:
    strip = Image.new("RGB", size, "black")
    strip.paste("white", (size[0] // 2 - 20, size[1] // 2 - 20, size[0] // 2 + 20, size[1] // 2 + 20))
    strip.save(tmp_path / "a.png")
    result = decode(tmp_path / "a.png", 224)
    assert result.size == expected
    assert result.getpixel((result.width // 2, result.height // 2)) == (255, 255, 255)


CUT = [name for name in FORMATS if name not in ("multi-picture", "gif, animated")]  # there the first picture is whole


@pytest.mark.parametrize("share", [0.3, 0.6, 0.97])
@pytest.mark.parametrize("kind", CUT)
def test_a_file_that_is_cut_is_reported_not_half_read(tmp_path: Path, kind: str, share: float) -> None:
    name, make, _, _ = FORMATS[kind]
    path, whole = tmp_path / name, make()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(PhotoError, match=r"^is (cut short|damaged)$"):
        decode(path, 224)


def test_data_that_a_phone_appends_to_a_heic_are_no_damage(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.heic", quality=90)
    with (tmp_path / "a.heic").open("ab") as file:
        file.write(b"\x7f\xff\xff\xffsefd" + b"camera's own" * 20)
    assert difference(decode(tmp_path / "a.heic", 400), COFFEE) < 4


BOMB_ROW = b"\0" * (30_000 // 8 + 1)
BAD = {
    "empty": (b"", "is empty"),
    "text": (b"Dear diary, this is no picture." * 40, "is not a picture of a known kind"),
    "other binary": (b"%PDF-1.7\n" + bytes(range(256)) * 4, "is not a picture of a known kind"),
    "postscript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "is not a picture of a known kind"),
    "only a signature": (b"\xff\xd8\xff", "is (damaged|cut short)"),
    "no size": (png((0, 0, 8, 2), (b"IDAT", zlib.compress(b""))), "is damaged"),
    "bomb of pixels": (
        png((30_000, 30_000, 1, 0), (b"IDAT", zlib.compress(BOMB_ROW * 30_000))),
        "has more pixels than are safe to open",
    ),
    "too large for its kind": (
        png((16_000, 16_000, 8, 2), (b"IDAT", zlib.compress(b""))),
        "has 256 megapixels, more than the 225 that are safe to open",
    ),
    "bomb of text": (
        png((1, 1, 8, 0), (b"zTXt", b"note\0\0" + zlib.compress(b"a" * 20_000_000)), (b"IDAT", zlib.compress(b"\0\0"))),
        "unpacks to more than is safe to open",
    ),
    "flipped bit": (
        (whole := png_16_bit_rgb())[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "is damaged",
    ),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_what_is_no_good_picture_gets_a_plain_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=f"^{reason}$"):
        decode(path, 224)


def test_what_cannot_be_opened_gets_a_plain_reason(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="^is no longer there$"):
        decode(tmp_path / "gone.jpg", 224)
    (tmp_path / "folder.jpg").mkdir()
    with pytest.raises(PhotoError, match=r"^can't be read: |^may not be read: "):
        decode(tmp_path / "folder.jpg", 224)


def test_jpeg_xl_without_its_plug_in_is_named_as_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.jxl").write_bytes(FORMATS["jpeg xl"][1]())
    code = (
        "import sys; sys.modules['pillow_jxl'] = None\n"
        "from pathlib import Path; from clipsorter.errors import PhotoError\n"
        "from clipsorter.photos.decode import decode; from clipsorter.photos.scan import scan\n"
        "print(list(scan(Path(sys.argv[1]))))\n"
        "try: decode(Path(sys.argv[1]) / 'a.jxl', 100)\n"
        "except PhotoError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    found, reason = done.stdout.splitlines()
    assert found == "[]"
    assert "pillow-jxl-plugin" in reason


NAMES = [
    "日本語.jpg",
    "emoji 🐈📷.jpg",
    "  leading.jpg",
    "caf\u00e9.png",
    "cafe\u0301.webp",
    "-dash.heic",
    "100%s%n.avif",
]


@pytest.mark.parametrize("name", NAMES)
def test_awkward_names_are_decoded(tmp_path: Path, name: str) -> None:
    picture().save(tmp_path / name)
    assert decode(tmp_path / name, 224).size == (600, 400)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("suffix", ["jpg", "tif", "heic", "avif", "jxl"])
def test_names_that_are_not_unicode_are_decoded(tmp_path: Path, suffix: str) -> None:
    picture().save(tmp_path / f"a.{suffix}")
    path = tmp_path / os.fsdecode(b"\xff\xe9." + suffix.encode())
    (tmp_path / f"a.{suffix}").rename(path)
    assert decode(path, 224).size == (600, 400)


def test_many_threads_get_what_one_gets(tmp_path: Path) -> None:
    paths = []
    for kind in ("jpeg, cmyk", "png, palette", "tiff, big-endian lzw", "webp, animated", "heic", "avif", "jpeg xl"):
        name, make, _, _ = FORMATS[kind]
        paths.append(tmp_path / f"{len(paths)}{name}")
        paths[-1].write_bytes(make())
    paths.append(tmp_path / "profile.jpg")
    picture().save(paths[-1], icc_profile=swapped_profile())
    alone = [np.asarray(decode(path, 100)) for path in paths]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda path: np.asarray(decode(path, 100)), paths * 12))
    assert all(np.array_equal(alone[index % len(paths)], pixels) for index, pixels in enumerate(together))


def test_no_file_stays_open(tmp_path: Path) -> None:
    paths = []
    for kind in CUT:
        name, make, _, _ = FORMATS[kind]
        whole, cut = tmp_path / f"{len(paths)}{name}", tmp_path / f"{len(paths)}cut{name}"
        whole.write_bytes(make())
        cut.write_bytes(make()[:3000])
        paths += [whole, cut]
    kept = []
    for path in paths:
        try:
            kept.append(decode(path, 100))
        except PhotoError as error:
            kept.append(error)
    assert [file.path for file in psutil.Process().open_files() if file.path.startswith(str(tmp_path))] == []


def test_nothing_is_written_to_the_terminal(tmp_path: Path) -> None:
    picture().save(tmp_path / "lzw.tif", compression="tiff_lzw")
    whole = (tmp_path / "lzw.tif").read_bytes()
    (tmp_path / "cut.tif").write_bytes(whole[:3000])
    (tmp_path / "damaged.tif").write_bytes(whole[:3000] + b"\x55" * 2000 + whole[5000:])
    picture().save(tmp_path / "exif.jpg", exif=b"Exif\0\0II*\0\x08\0\0\0\x09\0\x12\x01\x03\0")
    (tmp_path / "channels.tif").write_bytes(
        whole.replace(struct.pack("<HHII", 277, 3, 1, 3), b"\x15\x01\3\0\1\0\0\0\xff\xff\0\0")
    )
    (tmp_path / "large.png").write_bytes(png((13_000, 13_000, 1, 0), (b"IDAT", zlib.compress(b"\0" * 13_000 * 1626))))
    code = (
        "import sys; from pathlib import Path; from clipsorter.errors import PhotoError\n"
        "from clipsorter.photos.decode import decode\n"
        "for path in sorted(Path(sys.argv[1]).iterdir()):\n"
        "    try: decode(path, 100)\n"
        "    except PhotoError: pass\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_is_damaged_ends_in_a_picture_or_a_reason(tmp_path: Path, kind: str) -> None:
    name, make, _, _ = FORMATS[kind]
    path, whole = tmp_path / name, make()
    dice = random.Random(kind)
    for _ in range(12):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 4, 20))):
            where = dice.randrange(min(len(whole), dice.choice((64, 600, len(whole)))))
            damaged[where : where + dice.choice((1, 4))] = dice.choice((b"\xff" * 4, b"\0", dice.randbytes(2), b""))
        path.write_bytes(damaged)
        try:
            result = decode(path, 100)
        except PhotoError as error:
            assert str(error).startswith(("is ", "has ", "unpacks ", "can't "))
        else:
            assert result.mode == "RGB"
