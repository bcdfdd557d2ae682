"""TIFF and DNG: the XMP packet and the IPTC block are entries of the first directory.

What is there keeps its bytes and its place, since notes of camera makers hold offsets that nobody can follow: new
blocks, and a directory that gets an entry more, are appended, and what points to them is changed.
"""

import struct
from dataclasses import dataclass

from clipsorter.errors import MetadataError
from clipsorter.metadata.blocks import Blocks

STARTS = (b"II*\0", b"MM\0*")
_XMP, _IPTC = 700, 33723
_BYTE, _LONG, _UNDEFINED = 1, 4, 7
_SIZES = {_BYTE: 1, 2: 1, _UNDEFINED: 1, _LONG: 4}
_LARGEST = 2**32 - 1


@dataclass(frozen=True, slots=True)
class _Entry:
    tag: int
    kind: int
    count: int
    place: int  # of the entry in the file
    value: bytes  # its last four bytes


def read(data: bytes) -> Blocks:
    """Return what a TIFF holds; raise MetadataError if its first directory is damaged."""
    entries = {entry.tag: entry for entry in _directory(data)}
    return Blocks(_content(data, entries.get(_XMP)), _content(data, entries.get(_IPTC)))


def write(data: bytes, blocks: Blocks) -> bytes:
    """Return the file with these blocks; an empty one is left as it is. Raises MetadataError if it gets too large."""
    changed = bytearray(data)
    for tag, block in ((_XMP, blocks.xmp), (_IPTC, blocks.iptc)):
        if block:
            _put(changed, tag, block)
    if len(changed) > _LARGEST:
        raise MetadataError("it would get larger than a TIFF can be")
    return bytes(changed)


def has_tag(data: bytes, tag: int) -> bool:
    """Tell whether the first directory has an entry; raise MetadataError if it is damaged."""
    return any(entry.tag == tag for entry in _directory(data))


def _order(data: bytes | bytearray) -> str:
    return "<" if data[:2] == b"II" else ">"


def _directory(data: bytes | bytearray) -> list[_Entry]:
    order = _order(data)
    try:
        (start,) = struct.unpack_from(order + "I", data, 4)
        (count,) = struct.unpack_from(order + "H", data, start)
        entries = []
        for place in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, size, value = struct.unpack_from(order + "HHI4s", data, place)
            entries.append(_Entry(tag, kind, size, place, value))
    except struct.error as error:
        raise MetadataError("its directory is damaged") from error
    return entries


def _content(data: bytes | bytearray, entry: _Entry | None) -> bytes:
    if entry is None:
        return b""
    size = entry.count * _SIZES.get(entry.kind, 0)
    if size <= 4:
        return entry.value[:size]
    (start,) = struct.unpack(_order(data) + "I", entry.value)
    if start + size > len(data):
        raise MetadataError("its directory is damaged")
    return bytes(data[start : start + size])


def _put(data: bytearray, tag: int, block: bytes) -> None:
    """Append a block, and have the directory point to it."""
    order = _order(data)
    entry = next((each for each in _directory(data) if each.tag == tag), None)
    # IPTC is often an array of longs, whose count says how many there are.
    kind = entry.kind if entry is not None and entry.kind in _SIZES else _BYTE if tag == _XMP else _UNDEFINED
    if kind == _LONG:
        block += b"\0" * (-len(block) % 4)
    while len(block) <= 4:
        block += b" " if tag == _XMP else b"\0"
    place = _appended(data, block)
    packed = struct.pack(order + "HHII", tag, kind, len(block) // _SIZES[kind], place)
    if entry is not None:
        data[entry.place : entry.place + 12] = packed
        return
    (start,) = struct.unpack_from(order + "I", data, 4)
    entries = [bytes(data[each.place : each.place + 12]) for each in _directory(data)]
    end = start + 2 + 12 * len(entries)
    entries = sorted([*entries, packed], key=lambda each: struct.unpack_from(order + "H", each))
    directory = struct.pack(order + "H", len(entries)) + b"".join(entries) + bytes(data[end : end + 4])
    struct.pack_into(order + "I", data, 4, _appended(data, directory))


def _appended(data: bytearray, block: bytes) -> int:
    """Append at an even place, as the format wants it; return the place."""
    if len(data) % 2:
        data += b"\0"
    place = len(data)
    data += block
    return place
