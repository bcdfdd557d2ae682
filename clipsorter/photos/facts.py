"""What a photo's file says of it without its pixels being decoded: size, time, camera, exposure."""

import contextlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import exiv2
import rawpy
from PIL import ExifTags, Image, UnidentifiedImageError

from clipsorter.errors import PhotoError
from clipsorter.exiv2_lock import EXIV2
from clipsorter.photos.container import jxl_metadata, jxl_size, png_exif
from clipsorter.photos.decode import DECODER_ERRORS, FORMATS, TIFF_SIGNATURES, orientation_of, reason_of
from clipsorter.photos.placeholder import IN_CLOUD, is_placeholder
from clipsorter.photos.raw import is_raw_content
from clipsorter.photos.scan import RAW_SUFFIXES
from clipsorter.photos.taken import parse_time, time_of_xmp

Tag = ExifTags.Base
Tags = Mapping[int, object]

_XMP_TAG = 700
_RATING_TAG = 0x4746
_XMP_RATING = re.compile(r"\bxmp:Rating\s*(?:=\s*[\"']|>\s*)(-?\d(?:\.\d)?)")
_LONGEST_XMP = 2**20
_ISO_IS_ELSEWHERE = 65535  # Exif 2.3: the number had no room in its 16 bits
_LONGEST_TEXT = 80
_COMPANY_WORDS = frozenset("ag camera co company corp corporation electronics gmbh imaging inc ltd optical".split())
_TIMES = (  # time, fraction of its second, and offset, the best first
    (Tag.DateTimeOriginal, Tag.SubsecTimeOriginal, Tag.OffsetTimeOriginal),
    (Tag.DateTimeDigitized, Tag.SubsecTimeDigitized, Tag.OffsetTimeDigitized),
)
_EXIV2_KEYS = {
    "Exif.Image.Make": Tag.Make,
    "Exif.Image.Model": Tag.Model,
    **{
        f"Exif.Photo.{key}": tag
        for key, tag in {
            "DateTimeOriginal": Tag.DateTimeOriginal, "SubSecTimeOriginal": Tag.SubsecTimeOriginal,
            "OffsetTimeOriginal": Tag.OffsetTimeOriginal, "DateTimeDigitized": Tag.DateTimeDigitized,
            "SubSecTimeDigitized": Tag.SubsecTimeDigitized, "OffsetTimeDigitized": Tag.OffsetTimeDigitized,
            "LensModel": Tag.LensModel, "ExposureTime": Tag.ExposureTime, "FNumber": Tag.FNumber,
            "ISOSpeedRatings": Tag.ISOSpeedRatings, "RecommendedExposureIndex": Tag.RecommendedExposureIndex,
            "FocalLength": Tag.FocalLength,
        }.items()
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file says of its photo; what it doesn't say is 0, empty or None. A `rating` is 1 to 5 stars.

    The size is that of the whole picture as it is shown, upright. `taken` has a time zone where the file names an
    offset; it is never a time of the file system.
    """

    width_pixels: int = 0
    height_pixels: int = 0
    taken: datetime | None = None
    camera: str = ""
    lens: str = ""
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    rating: int = 0

    @property
    def taken_local(self) -> datetime | None:
        """Return the time that clocks showed there, by which photos with and without an offset can be sorted."""
        return self.taken.replace(tzinfo=None) if self.taken else None


@dataclass(frozen=True, slots=True)
class Praise:
    """What people said of a photo: `rating` is the stars of its sidecars, None if they speak of none."""

    rating: int | None = None
    keywords: int = 0


def read_facts(path: Path) -> Facts:
    """Return what the file says; damaged parts of it count as not there.

    Safe to call from many threads. Raise PhotoError where the file can't be opened or is no picture; its message goes
    on after the photo's name: "is no longer there".
    """
    if is_placeholder(path):
        raise PhotoError(IN_CLOUD)
    try:
        with path.open("rb") as file:
            return _read(file, path)
    except DECODER_ERRORS as error:
        raise PhotoError(reason_of(error)) from error


def _read(file: BinaryIO, path: Path) -> Facts:
    is_named_raw = path.suffix.lower() in RAW_SUFFIXES
    if size := jxl_size(file):
        exif, xmp = jxl_metadata(file)
        return replace(_facts(_tags_of(exif), xmp), width_pixels=size[0], height_pixels=size[1])
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            if not is_raw_content(image) and not (is_named_raw and image.format == "TIFF"):
                return _read_picture(image, file)
    except UnidentifiedImageError as error:
        file.seek(0)
        if not is_named_raw and not file.read(4).startswith(TIFF_SIGNATURES):
            raise PhotoError("is damaged, or not a picture of a known kind") from error
    return _read_raw(file, path)


def _read_picture(image: Image.Image, file: BinaryIO) -> Facts:
    """Read a picture that Pillow has opened; PNG's own `getexif` would decode all of it to find what follows."""
    if image.format == "PNG" and "exif" not in image.info and (exif := png_exif(file)):
        image.info["exif"] = exif
    tags: dict[int, object] = {}
    is_turned = False
    with contextlib.suppress(*DECODER_ERRORS):  # damaged Exif
        read = Image.Image.getexif(image)
        tags = _flat(read)
        # Of a TIFF, Pillow gives the size as it is shown.
        is_turned = image.format != "TIFF" and orientation_of(image, read) in (5, 6, 7, 8)
    width, height = reversed(image.size) if is_turned else image.size
    xmp = image.info.get("xmp") or tags.get(_XMP_TAG)
    return replace(_facts(tags, xmp), width_pixels=width, height_pixels=height)


def _read_raw(file: BinaryIO, path: Path) -> Facts:
    """Read a RAW file: its Exif with Pillow if it is a TIFF, which reads no more than that, else with exiv2."""
    file.seek(0)
    is_tiff = file.read(4).startswith(TIFF_SIGNATURES)
    file.seek(0)
    tags: dict[int, object] = {}
    if is_tiff:
        with contextlib.suppress(*DECODER_ERRORS):
            exif = Image.Exif()
            exif.load_from_fp(file)
            tags = _flat(exif)
    else:
        tags = _tags_by_exiv2(file.read())
    file.seek(0)
    is_nameable = str(path).isprintable()  # LibRaw opens no name that is not UTF-8
    with rawpy.imread(str(path) if is_nameable else file) as sensor:
        sizes = sensor.sizes
    is_turned = sizes.flip in (5, 6)  # a quarter, in the way of dcraw
    width, height = (sizes.height, sizes.width) if is_turned else (sizes.width, sizes.height)
    return replace(_facts(tags, tags.get(_XMP_TAG)), width_pixels=width, height_pixels=height)


def _tags_of(exif: bytes) -> dict[int, object]:
    with contextlib.suppress(*DECODER_ERRORS):
        read = Image.Exif()
        read.load(exif)
        return _flat(read)
    return {}


def _flat(exif: Image.Exif) -> dict[int, object]:
    """Return the tags of the file's own directory, and over them those of Exif's."""
    tags: dict[int, object] = dict(exif)
    with contextlib.suppress(*DECODER_ERRORS):
        tags.update(exif.get_ifd(ExifTags.IFD.Exif))
    return tags


def _tags_by_exiv2(data: bytes) -> dict[int, object]:
    try:
        with EXIV2:
            image = exiv2.ImageFactory.open(data)
            image.readMetadata()
            found = {each.key(): each.toString() for each in image.exifData() if each.key() in _EXIV2_KEYS}
    except (exiv2.Exiv2Error, ValueError, RuntimeError):
        return {}
    return {_EXIV2_KEYS[key]: value for key, value in found.items()}


def _facts(tags: Tags, xmp: object) -> Facts:
    iso = _number(tags.get(Tag.ISOSpeedRatings))
    if iso == _ISO_IS_ELSEWHERE:
        iso = _number(tags.get(Tag.RecommendedExposureIndex)) or iso
    return Facts(
        taken=next(_times(tags), None) or time_of_xmp(xmp),
        camera=_camera(_text(tags.get(Tag.Make)), _text(tags.get(Tag.Model))),
        lens=_text(tags.get(Tag.LensModel)),
        exposure_s=_number(tags.get(Tag.ExposureTime)),
        f_number=_number(tags.get(Tag.FNumber)),
        iso=round(iso) if iso else None,
        focal_mm=_number(tags.get(Tag.FocalLength)),
        rating=_rating(tags, xmp),
    )


def stars_in(xmp: object) -> int | None:
    """Return the stars of an XMP packet, 0 to 5, None if it speaks of none; -1, for a rejected photo, is none of 5."""
    text = xmp[:_LONGEST_XMP].decode("utf-8", "replace") if isinstance(xmp, bytes) else xmp
    found = _XMP_RATING.search(text[:_LONGEST_XMP]) if isinstance(text, str) else None
    return min(max(int(float(found[1])), 0), 5) if found else None


def _rating(tags: Tags, xmp: object) -> int:
    """Return the stars of XMP, else those of Exif."""
    stars = stars_in(xmp)
    return min(int(_number(tags.get(_RATING_TAG)) or 0), 5) if stars is None else stars


def _times(tags: Tags) -> Iterator[datetime]:
    for time, fraction, offset in _TIMES:
        if taken := parse_time(_text(tags.get(time)), _text(tags.get(fraction)), _text(tags.get(offset))):
            yield taken


def _camera(make: str, model: str) -> str:
    """Join make and model: "Canon" and "Canon EOS 80D" are one name, "OLYMPUS IMAGING CORP." goes by its first word."""
    words = [word for word in make.split() if word.casefold().strip(".,") not in _COMPANY_WORDS]
    named = model.casefold().split()
    if any(word.casefold() in named for word in words):
        return model
    return " ".join([*words, model]).strip()


def _text(value: object) -> str:
    """Return what can be shown of a value that may be anything."""
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return ""
    shown = "".join(sign if sign.isprintable() else " " for sign in value.partition("\0")[0])
    return " ".join(shown.split())[:_LONGEST_TEXT]


def _number(value: object) -> float | None:
    """Return a positive finite number, also where it is the first of several or written as a fraction."""
    if isinstance(value, tuple | list) and value:
        value = value[0]
    try:
        if isinstance(value, str):
            above, _, below = value.split()[0].partition("/")
            number = float(above) / float(below or 1)
        else:
            number = float(value)  # type: ignore[arg-type]  # a ratio, or anything
    except (TypeError, ValueError, ArithmeticError, IndexError):
        return None
    return number if math.isfinite(number) and number > 0 else None
