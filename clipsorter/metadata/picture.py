"""A picture file's own keywords: read from any format, written into those where that is safe, and proved afterwards."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import exiv2
import rawpy
from PIL import Image, ImageChops

from clipsorter.errors import MetadataError
from clipsorter.exiv2_lock import EXIV2
from clipsorter.metadata import iptc, jpeg, png, tiff, webp
from clipsorter.metadata.blocks import Blocks
from clipsorter.metadata.keywords import Field, Fields
from clipsorter.metadata.packet import edited_packet, read_packet

_TIFFS = {".tif", ".tiff", ".dng"}  # many a RAW file is a TIFF by content
_DNG_VERSION = 50706
_COMPARABLE = frozenset({"L", "RGB", "RGBA", "CMYK", "YCbCr"})  # a fifth of the time that taking out bytes takes
_KEYWORD_KEYS = frozenset(field.value for field in Field)
_MOVING_KEYS = {  # where blocks lie, how IPTC's characters are written, and which version of it a new block is
    "Exif.Image.XMLPacket", "Exif.Image.IPTCNAA", "Iptc.Envelope.CharacterSet", "Iptc.Application2.RecordVersion",
}  # fmt: skip


class _Format(Protocol):
    """A module that finds the blocks of a file format, and puts others in."""

    def read(self, data: bytes, /) -> Blocks: ...
    def write(self, data: bytes, blocks: Blocks, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Content:
    """All that exiv2 finds in a file, to be compared; keyword fields are not in it."""

    values: tuple[tuple[str, str], ...]
    profile: bytes
    thumbnails: tuple[str, ...]


def read_fields(data: bytes, suffix: str) -> Fields:
    """Return the keyword fields inside a picture file of any format that is known.

    Raises MetadataError if they are damaged; a file without any, or of a format without, has none.
    """
    file_format = _format_of(data, suffix)
    if file_format is None:
        return _foreign_fields(data)
    blocks = file_format.read(data)
    fields = dict(read_packet(blocks.xmp))
    if blocks.iptc and (keywords := iptc.read_keywords(blocks.iptc)):
        fields[Field.IPTC] = keywords
    if keywords := _xp_keywords(data):
        fields[Field.XP_KEYWORDS] = keywords
    return fields


def can_hold(data: bytes, suffix: str) -> bool:
    """Tell whether keywords may be written into the file: JPEG, TIFF, PNG, WebP and DNG, by content, not by name."""
    return _format_of(data, suffix) is not None


def is_dng(data: bytes) -> bool:
    """Tell whether a TIFF is a DNG."""
    return data[:4] in tiff.STARTS and tiff.has_tag(data, _DNG_VERSION)


def has_iptc(data: bytes, suffix: str) -> bool:
    """Tell whether there is an IPTC block, which then gets the keywords, too."""
    file_format = _format_of(data, suffix)
    return file_format is not None and bool(file_format.read(data).iptc)


def edited_picture(data: bytes, suffix: str, fields: Fields, *, is_proved: bool = True) -> bytes:
    """Return the file with these keyword fields and all else as it was, which is proved before it is returned.

    The proof reads both files with exiv2 and decodes both pictures; only what is not to be written may go without it.
    Raises MetadataError if the file can't hold them, or if anything else would change.
    """
    file_format = _format_of(data, suffix)
    if file_format is None:
        raise MetadataError("it is of a format into which keywords are not written")
    blocks = file_format.read(data)
    block = blocks.iptc
    if Field.IPTC in fields and file_format in (jpeg, tiff):
        block = iptc.with_keywords(block, fields[Field.IPTC])
    changed = file_format.write(data, Blocks(edited_packet(blocks.xmp, fields), block))
    if is_proved:
        _prove(data, changed, suffix, fields)
    return changed


def _format_of(data: bytes, suffix: str) -> _Format | None:
    if data.startswith(jpeg.START):
        return jpeg
    if data.startswith(png.START):
        return png
    if webp.is_webp(data):
        return webp
    return tiff if data[:4] in tiff.STARTS and suffix.casefold() in _TIFFS else None


def _opened(data: bytes) -> exiv2.Image:
    # From memory, never by name: exiv2 reads some names as addresses.
    image = exiv2.ImageFactory.open(data)
    image.readMetadata()
    return image


def _foreign_fields(data: bytes) -> Fields:
    """Read what exiv2 finds in formats that are never written to: RAW, HEIC, AVIF, JPEG XL and others."""
    try:
        with EXIV2:
            image = _opened(data)
            packet = image.xmpPacket()
            keywords = tuple(each.toString() for each in image.iptcData() if each.key() == Field.IPTC.value)
    except (exiv2.Exiv2Error, ValueError, RuntimeError):
        return {}
    fields = dict(read_packet(packet.encode()))
    if keywords:
        fields[Field.IPTC] = keywords
    return fields


def _xp_keywords(data: bytes) -> tuple[str, ...]:
    """Return the keywords that Windows writes into Exif, UTF-16 with semicolons between."""
    try:
        with EXIV2:
            exif = _opened(data).exifData()
            found = exif.findKey(exiv2.ExifKey(Field.XP_KEYWORDS.value))
            if found == exif.end():
                return ()
            raw = bytes(int(part) for part in found.toString().split())
    except (exiv2.Exiv2Error, ValueError, RuntimeError):
        return ()
    text = raw.decode("utf-16-le", "replace").rstrip("\0")
    return tuple(word.strip() for word in text.split(";") if word.strip())


def _prove(before: bytes, after: bytes, suffix: str, fields: Fields) -> None:
    """Raise MetadataError if the new file lacks a keyword, or anything of the old one."""
    found = read_fields(after, suffix)
    for field, items in fields.items():
        if field not in (Field.IPTC, Field.XP_KEYWORDS, Field.ACDSEE) and found.get(field, ()) != items:
            raise MetadataError("its keywords could not be written")
    if _content(before) != _content(after) or not _is_same_picture(before, after):
        raise MetadataError("more than its keywords would have changed")


def _content(data: bytes) -> _Content:
    try:
        with EXIV2:
            image = _opened(data)
            values = [
                (each.key(), each.toString())
                for each in (*image.exifData(), *image.iptcData(), *image.xmpData())
                if not _may_change(each.key())
            ]
            profile = bytes(image.iccProfile().data()) if image.iccProfileDefined() else b""
            previews = exiv2.PreviewManager(image)
            thumbnails = tuple(
                hashlib.sha256(bytes(previews.getPreviewImage(each).data())).hexdigest()
                for each in previews.getPreviewProperties()
            )
    except (exiv2.Exiv2Error, ValueError, RuntimeError) as error:
        raise MetadataError("what else stands in it can't be read") from error
    return _Content(tuple(sorted(values)), profile, thumbnails)


def _may_change(key: str) -> bool:
    """Tell whether a value may change: keywords themselves, where blocks lie, and the mark for IPTC's characters."""
    return key.partition("[")[0] in _KEYWORD_KEYS or key in _MOVING_KEYS


def _is_same_picture(before: bytes, after: bytes) -> bool:
    """Tell whether all pictures of both files decode to the same pixels; raise MetadataError if one does not decode."""
    try:
        with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
            is_same = _are_same_frames(old, new)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        if not is_dng(before):
            raise MetadataError("its picture can't be decoded") from error
        is_same = True  # only the sensor's data counts then
    return is_same and (not is_dng(before) or _sensor_data(before) == _sensor_data(after))


def _are_same_frames(old: Image.Image, new: Image.Image) -> bool:
    count = getattr(old, "n_frames", 1)
    if getattr(new, "n_frames", 1) != count:
        return False
    with ThreadPoolExecutor(2) as decoders:  # Pillow decodes both at once
        for number in range(count):
            old.seek(number)
            new.seek(number)
            list(decoders.map(lambda image: image.load(), (old, new)))
            if (old.mode, old.size) != (new.mode, new.size):
                return False
            if old.mode in _COMPARABLE:
                is_same = ImageChops.difference(old, new).getbbox(alpha_only=False) is None
            else:
                is_same = old.tobytes() == new.tobytes()
            if not is_same:
                return False
    return True


def _sensor_data(data: bytes) -> bytes:
    try:
        with rawpy.imread(io.BytesIO(data)) as sensor:
            return bytes(sensor.raw_image.tobytes())
    except rawpy.LibRawError as error:
        raise MetadataError("its picture can't be decoded") from error
