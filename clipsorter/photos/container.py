"""What the outer structure of a file tells before any pixel is decoded: is it all there, and how large is it."""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

_PIXEL_BOXES = (b"mdat", b"meta", b"jxlc", b"jxlp")
_MAX_METADATA_BYTES = 4 * 2**20
_JXL_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


def is_cut_short(file: BinaryIO) -> bool:
    """Tell whether the file ends before its own structure does; False where the structure doesn't say.

    A HEIC that is cut in half decodes without an error, the missing tiles in one colour; a WebP or TIFF that is cut
    gives an error that doesn't say so. (ISO 14496-12 boxes; RIFF; TIFF 6.0.)
    """
    size = os.fstat(file.fileno()).st_size
    file.seek(0)
    head = file.read(16)
    if head[4:8] in (b"ftyp", b"JXL "):
        # Boxes of other kinds don't count: some phones append data of their own that only look like a box.
        return any(end > size for kind, _, end in _boxes(file, size) if kind in _PIXEL_BOXES)
    if head[:4] == b"RIFF" and len(head) >= 8:
        return int(struct.unpack("<I", head[4:8])[0]) + 8 > size + 1  # some writers forget the byte that pads
    if head[:4] in (b"II*\0", b"MM\0*") and len(head) >= 8:
        return int(struct.unpack("<I" if head[:1] == b"I" else ">I", head[4:8])[0]) >= size
    return False


def jxl_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return width and height of a JPEG XL file as it is shown, None if it is none (ISO 18181-1, 18181-2 boxes).

    The plug-in decodes every pixel as soon as the file is opened, which is too late to refuse a giant.
    """
    file.seek(0)
    head = file.read(12)
    if head[:2] == b"\xff\x0a":
        return _size_header(head[2:])
    if head[4:8] != b"JXL ":
        return None
    for kind, start, _ in _boxes(file, os.fstat(file.fileno()).st_size):
        if kind in (b"jxlc", b"jxlp"):
            file.seek(start + (4 if kind == b"jxlp" else 0))
            codestream = file.read(12)
            return _size_header(codestream[2:]) if codestream[:2] == b"\xff\x0a" else None
    return None


def jxl_metadata(file: BinaryIO) -> tuple[bytes, bytes]:
    """Return the Exif (as a TIFF) and the XMP of a JPEG XL file, empty where there is none or it is compressed."""
    found = {b"Exif": b"", b"xml ": b""}
    for kind, start, end in _boxes(file, os.fstat(file.fileno()).st_size):
        if kind in found:
            file.seek(start)
            found[kind] = file.read(max(0, min(end - start, _MAX_METADATA_BYTES)))
    exif = found[b"Exif"]
    if not exif.startswith((b"II", b"MM")):  # the place of the TIFF comes first, which some writers forget
        exif = exif[4 + int.from_bytes(exif[:4], "big") :]
    return exif, found[b"xml "]


def png_exif(file: BinaryIO) -> bytes:
    """Return the Exif (as a TIFF) of a PNG wherever in the file it is, empty if there is none (PNG 3rd edition)."""
    size = os.fstat(file.fileno()).st_size
    start = 8
    while start + 8 <= size:
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind == b"eXIf":
            return file.read(min(length, _MAX_METADATA_BYTES))
        start += length + 12
    return b""


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start of the content, and declared end of each box of the outermost level."""
    start = 0
    while start + 8 <= size:
        file.seek(start)
        length, kind = struct.unpack(">I4s", file.read(8))
        content = start + 8
        if length == 1:
            extended = file.read(8)
            length = int.from_bytes(extended, "big")
            content += 8
        end = start + length if length else size
        yield kind, content, end
        if end < content:  # damaged: a box shorter than its own head would be walked for ever
            return
        start = end


def _size_header(data: bytes) -> tuple[int, int]:
    bits = int.from_bytes(data, "little")

    def take(count: int) -> int:
        nonlocal bits
        value = bits & ((1 << count) - 1)
        bits >>= count
        return value

    def edge(is_small: bool) -> int:
        return 8 * (take(5) + 1) if is_small else take((9, 13, 18, 30)[take(2)]) + 1

    is_small = bool(take(1))
    height = edge(is_small)
    ratio = take(3)
    if ratio:
        numerator, denominator = _JXL_RATIOS[ratio - 1]
        width = height * numerator // denominator
    else:
        width = edge(is_small)
    has_orientation = not take(1) and take(1)  # of ImageMetadata: not all as usual, and extra fields
    is_turned = bool(has_orientation) and take(3) >= 4  # the orientations of Exif, from 0
    return (height, width) if is_turned else (width, height)
