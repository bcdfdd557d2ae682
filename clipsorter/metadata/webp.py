"""WebP: the XMP packet is one chunk of the RIFF file, announced by a flag; all other chunks keep their bytes."""

import io
import struct
from collections.abc import Iterator

from PIL import Image

from clipsorter.errors import MetadataError
from clipsorter.metadata.blocks import Blocks

START = b"RIFF"
_KIND = b"WEBP"
_HAS_XMP, _HAS_ALPHA = 0x04, 0x10


def is_webp(data: bytes) -> bool:
    """Tell whether the content is a WebP file."""
    return data[:4] == START and data[8:12] == _KIND


def read(data: bytes) -> Blocks:
    """Return what a WebP holds; raise MetadataError if its chunks are damaged."""
    return Blocks(next((content for kind, content in _chunks(data) if kind == b"XMP "), b""))


def write(data: bytes, blocks: Blocks) -> bytes:
    """Return the file with this packet; WebP has no IPTC."""
    if not blocks.xmp:
        return data
    chunks = [(kind, content) for kind, content in _chunks(data) if kind != b"XMP "]
    if chunks[0][0] == b"VP8X":
        header = chunks[0][1]
        chunks[0] = b"VP8X", bytes([header[0] | _HAS_XMP]) + header[1:]
    else:
        chunks.insert(0, (b"VP8X", _extended_header(data)))
    chunks.append((b"XMP ", blocks.xmp))
    body = b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for kind, content in chunks
    )
    behind = data[_stop(data) :]
    return START + struct.pack("<I", len(body) + 4) + _KIND + body + behind


def _stop(data: bytes) -> int:
    return min(8 + int.from_bytes(data[4:8], "little"), len(data))


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place, stop = 12, _stop(data)
    while place + 8 <= stop:
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + size > stop:
            raise MetadataError("its chunks are damaged")
        yield data[place : place + 4], data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2
    if place == 12:
        raise MetadataError("its chunks are damaged")


def _extended_header(data: bytes) -> bytes:
    """Return what a plain file needs before it may hold XMP: flags, and the size less one in 24 bits each."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            flags = _HAS_XMP | (_HAS_ALPHA if image.mode == "RGBA" else 0)
    except (OSError, ValueError) as error:
        raise MetadataError("its picture is damaged") from error
    return bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
