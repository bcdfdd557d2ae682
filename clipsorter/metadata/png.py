"""PNG: the XMP packet is one `iTXt` chunk; all other chunks keep their bytes."""

import struct
import zlib
from collections.abc import Iterator

from clipsorter.errors import MetadataError
from clipsorter.metadata.blocks import Blocks

START = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"XML:com.adobe.xmp\0"
_LARGEST_PACKET = 2**26


def read(data: bytes) -> Blocks:
    """Return what a PNG holds; raise MetadataError if its chunks are damaged."""
    for kind, _, _, body in _chunks(data):
        if kind == b"iTXt" and body.startswith(_KEYWORD):
            return Blocks(_text(body[len(_KEYWORD) :]))
    return Blocks()


def write(data: bytes, blocks: Blocks) -> bytes:
    """Return the file with this packet; PNG has no IPTC."""
    if not blocks.xmp:
        return data
    content = _KEYWORD + b"\0\0\0\0" + blocks.xmp  # not compressed, no language, no translated keyword
    body = b"iTXt" + content
    new = struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
    place = 0
    for kind, start, stop, content in _chunks(data):
        if kind == b"iTXt" and content.startswith(_KEYWORD):
            return data[:start] + new + data[stop:]
        if kind == b"IHDR":
            place = stop
    return data[:place] + new + data[place:]


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int, bytes]]:
    """Yield kind, start, stop and content of each chunk."""
    place = len(START)
    while place + 12 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        stop = place + 12 + size
        if stop > len(data):
            break
        kind = data[place + 4 : place + 8]
        yield kind, place, stop, data[place + 8 : stop - 4] if kind == b"iTXt" else b""
        if kind == b"IEND":
            return
        place = stop
    raise MetadataError("its chunks are damaged")


def _text(rest: bytes) -> bytes:
    is_compressed = rest[:1] == b"\1"
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise MetadataError("its XMP is damaged")
    if not is_compressed:
        return parts[2]
    try:
        return zlib.decompressobj().decompress(parts[2], _LARGEST_PACKET)
    except zlib.error as error:
        raise MetadataError("its XMP is damaged") from error
