"""ExifTool, a reader that shares no code with ours, and pictures of each format that can hold keywords."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

Dump = Callable[[Path], dict[str, Any]]

# What follows from where a block lies, not from what is in it.
_PLACES = ("ThumbnailOffset", "PreviewImageStart", "MPImageStart", "IPTCDigest", "WebP_Flags", "CodedCharacterSet")
_KEYWORDS = (
    "XMP-dc:Main:Subject", "XMP-lr:Main:HierarchicalSubject", "XMP-digiKam:Main:TagsList",
    "XMP-microsoft:Main:LastKeywordXMP", "IPTC:Main:Keywords",
)  # fmt: skip


@pytest.fixture(scope="session")
def exiftool() -> Dump:
    """Return what ExifTool reads in a file, by group and name."""
    if not shutil.which("exiftool"):
        pytest.skip("ExifTool is not installed (Debian: libimage-exiftool-perl)")

    def dump(path: Path) -> dict[str, Any]:
        command = ["exiftool", "-j", "-G1:3", "-a", "-struct", "-n", "-u", "-U", "-charset", "filename=utf8", str(path)]
        result = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        return dict(json.loads(result.stdout)[0])

    return dump


def other_fields(dump: dict[str, Any]) -> dict[str, Any]:
    """Leave out of a dump the keyword fields, the file's own facts, and where things lie."""
    return {
        name: value
        for name, value in dump.items()
        if not name.startswith(("System:", "SourceFile", *_KEYWORDS)) and not name.endswith(_PLACES)
    }


@pytest.fixture(params=["a.jpg", "a.png", "a.webp", "a.tif", "big-endian.tif"])
def picture(request, tmp_path: Path) -> Path:
    """Make a small photo with Exif and a colour profile."""
    path = tmp_path / request.param
    image = Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 50).convert("RGB")
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Maker", "Model é".encode().decode("latin-1")
    if request.param == "big-endian.tif":
        _write_big_endian(path, image)
    else:
        image.save(path, exif=exif, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return path


def _write_big_endian(path: Path, image: Image.Image) -> None:
    """Write a TIFF of one strip, MM, which Pillow itself never writes."""
    pixels = image.tobytes()
    bits = (8).to_bytes(2, "big") * 3
    entries = [
        (256, 3, 1, image.width << 16), (257, 3, 1, image.height << 16), (258, 3, 3, 8 + len(pixels)),
        (259, 3, 1, 1 << 16), (262, 3, 1, 2 << 16), (273, 4, 1, 8), (277, 3, 1, 3 << 16),
        (278, 3, 1, image.height << 16), (279, 4, 1, len(pixels)),
    ]  # fmt: skip
    directory = len(entries).to_bytes(2, "big")
    for tag, kind, count, value in entries:
        directory += tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + count.to_bytes(4, "big")
        directory += value.to_bytes(4, "big")
    start = 8 + len(pixels) + len(bits)
    path.write_bytes(b"MM\0*" + start.to_bytes(4, "big") + pixels + bits + directory + bytes(4))
