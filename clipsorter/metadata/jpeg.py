"""JPEG: the XMP packet is one segment, IPTC one resource of Photoshop's; all other segments keep their bytes.

Formats: ITU T.81 annex B (segments), Adobe's XMP specification part 3, and Photoshop's image resources.
"""

import hashlib
import itertools
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from clipsorter.errors import MetadataError
from clipsorter.metadata.blocks import Blocks

START = b"\xff\xd8\xff"
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF = b"Exif\0\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_PICTURES = b"MPF\0"
_APP0, _APP1, _APP2, _APP13, _SCAN, _END = 0xE0, 0xE1, 0xE2, 0xED, 0xDA, 0xD9
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_IPTC, _IPTC_DIGEST = 0x0404, 0x0425
_LARGEST = 0xFFFF - 2


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    stop: int
    marker: int
    body: bytes


def read(data: bytes) -> Blocks:
    """Return what a JPEG holds; raise MetadataError if its segments are damaged."""
    xmp = iptc = b""
    for segment in _segments(data):
        if segment.marker == _APP1 and segment.body.startswith(_XMP) and not xmp:
            xmp = segment.body[len(_XMP) :]
    resources = _resources(b"".join(_photoshop_parts(data)))
    for number, _, body in resources:
        if number == _IPTC and not iptc:
            iptc = body
    return Blocks(xmp, iptc)


def write(data: bytes, blocks: Blocks) -> bytes:
    """Return the file with these blocks; an empty one is left as it is.

    Raises MetadataError if a block is too large for a segment, or where offsets of other programs would break.
    """
    if blocks.xmp:
        data = _with_xmp(data, blocks.xmp)
    if blocks.iptc:
        data = _with_iptc(data, blocks.iptc)
    return data


def _segments(data: bytes) -> Iterator[_Segment]:
    """Yield the segments before the first scan."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise MetadataError("its segments are damaged")
        marker = data[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker in _STANDALONE:
            place += 2
            continue
        if marker in (_SCAN, _END):
            return
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        stop = place + 2 + length
        if length < 2 or stop > len(data):
            raise MetadataError("its segments are damaged")
        yield _Segment(place, stop, marker, data[place + 4 : stop])
        place = stop
    raise MetadataError("it ends before its picture")


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > _LARGEST:
        raise MetadataError("its keywords don't fit into a JPEG, which has room for 64 KB")
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _with_xmp(data: bytes, packet: bytes) -> bytes:
    """Put the packet in place of the one before, or behind Exif, where other programs have it."""
    segments = list(_segments(data))
    new = _segment(_APP1, _XMP + packet)
    old = next((each for each in segments if each.marker == _APP1 and each.body.startswith(_XMP)), None)
    if old is not None:
        start, stop = old.start, old.stop
    else:
        heads = [each for each in segments[:3] if each.marker == _APP0 or each.body.startswith(_EXIF)]
        start = stop = heads[-1].stop if heads else 2
    return _spliced(data, start, stop, new)


def _with_iptc(data: bytes, iptc: bytes) -> bytes:
    """Put the IPTC block into the Photoshop segment that there is; others keep their bytes."""
    parts = [each for each in _segments(data) if each.marker == _APP13 and each.body.startswith(_PHOTOSHOP)]
    if not parts:
        new = _segment(_APP13, _PHOTOSHOP + _resource(_IPTC, b"\0\0", iptc))
        heads = [each for each in _segments(data) if each.marker in (_APP0, _APP1)]
        place = heads[-1].stop if heads else 2
        return _spliced(data, place, place, new)
    if any(one.stop != other.start for one, other in itertools.pairwise(parts)):
        raise MetadataError("its Photoshop resources are scattered")
    body = b""
    is_written = False
    for number, name, content in _resources(b"".join(part.body[len(_PHOTOSHOP) :] for part in parts)):
        if number == _IPTC and not is_written:
            is_written = True
            body += _resource(number, name, iptc)
        elif number == _IPTC_DIGEST:  # else Photoshop would take IPTC and XMP for parted
            body += _resource(number, name, hashlib.md5(iptc, usedforsecurity=False).digest())
        else:
            body += _resource(number, name, content)
    if not is_written:
        body += _resource(_IPTC, b"\0\0", iptc)
    room = _LARGEST - len(_PHOTOSHOP)
    new = b"".join(
        _segment(_APP13, _PHOTOSHOP + body[start : start + room]) for start in range(0, len(body), room)
    )  # fmt: skip
    return _spliced(data, parts[0].start, parts[-1].stop, new)


def _spliced(data: bytes, start: int, stop: int, new: bytes) -> bytes:
    """Replace bytes, unless pictures behind the first one are found by an offset that counts across them."""
    is_moved = len(new) != stop - start
    if is_moved and any(
        each.marker == _APP2 and each.body.startswith(_PICTURES) and each.start < stop for each in _segments(data)
    ):
        raise MetadataError("it holds several pictures, of which the later ones would not be found again")
    return data[:start] + new + data[stop:]


def _photoshop_parts(data: bytes) -> Iterator[bytes]:
    for segment in _segments(data):
        if segment.marker == _APP13 and segment.body.startswith(_PHOTOSHOP):
            yield segment.body[len(_PHOTOSHOP) :]


def _resources(body: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return number, name (a Pascal string, padded) and content of each image resource."""
    found, place = [], 0
    while place + 12 <= len(body):
        if body[place : place + 4] != b"8BIM":
            raise MetadataError("its Photoshop resources are damaged")
        number = int.from_bytes(body[place + 4 : place + 6], "big")
        name_size = (body[place + 6] + 2) & ~1
        name = body[place + 6 : place + 6 + name_size]
        place += 6 + name_size
        size = int.from_bytes(body[place : place + 4], "big")
        content = body[place + 4 : place + 4 + size]
        if len(content) != size:
            raise MetadataError("its Photoshop resources are damaged")
        found.append((number, name, content))
        place += 4 + size + size % 2
    return found


def _resource(number: int, name: bytes, content: bytes) -> bytes:
    padding = b"\0" * (len(content) % 2)
    return b"8BIM" + struct.pack(">H", number) + name + struct.pack(">I", len(content)) + content + padding
