"""A photo file as an upright RGB picture that is large enough, or one short reason why not."""

import contextlib
import ctypes
import logging
import os
import struct
import threading
import warnings
import zlib
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pillow_heif
import rawpy
from PIL import Image, ImageFile, UnidentifiedImageError, _imaging
from PIL.ExifTags import Base as Tag

from clipsorter.errors import PhotoError
from clipsorter.photos.colour import to_averageable, to_srgb
from clipsorter.photos.container import is_cut_short, jxl_size
from clipsorter.photos.raw import develop, is_raw_content, largest_preview
from clipsorter.photos.scan import RAW_SUFFIXES

try:
    import pillow_jxl  # noqa: F401  (importing it teaches Pillow to read JPEG XL)
except ImportError:
    _JPEG_XL: tuple[str, ...] = ()
else:
    _JPEG_XL = ("JXL",)

# Settings of the libraries are the process's: made once, here, since decode runs in many threads.
pillow_heif.register_heif_opener()
ImageFile.LOAD_TRUNCATED_IMAGES = False
_MAX_BYTES = 2**31
# One decode stays below 2 GB: bytes a pixel at the peak were JPEG 0.2, progressive 6, HEIF 8, AVIF and JPEG XL 12,
# WebP 16, others 4, with transparency 8. The largest phone sensors have 200 megapixels.
_MAX_MEGAPIXELS = {"JPEG": 300, "MPO": 300, "HEIF": 200, "AVIF": 150, "JXL": 150, "WEBP": 100}
_MAX_MEGAPIXELS_OTHERS = 225
Image.MAX_IMAGE_PIXELS = max(_MAX_MEGAPIXELS.values()) * 1_000_000 // 2  # Pillow refuses above twice its limit
# What libraries would write to the terminal about odd files: Python's warnings, log lines that nobody handles, and
# libtiff's own messages (where it can't be reached, as on Windows, they stay).
warnings.filterwarnings("ignore", module=r"(PIL|pillow_heif|pillow_jxl)(\.|$)")
logging.getLogger("PIL").addHandler(logging.NullHandler())
with contextlib.suppress(OSError, AttributeError):
    ctypes.CDLL(_imaging.__file__).TIFFSetErrorHandler(None)

# Only what a camera or a phone may have made: Pillow would also open PostScript (by running Ghostscript) and more.
FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "HEIF", "AVIF", *_JPEG_XL)
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF", b"\xff\x0a")
TIFF_SIGNATURES = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

# Scaled decoding stops at this multiple of min_side, since what is scaled by its decoder alone differs from what is
# resized with care: tests/benchmarks/decoding.py.
_MARGIN = 2.5
# A strip of 20000 x 1 resized to a shorter side of 224 would have 4.5 million columns.
_MAX_ASPECT = 20
# Pictures that are still larger than this when they are decoded wait for each other, or memory would not be bounded.
_GIANT_PIXELS = 40_000_000
_one_giant_at_a_time = threading.Lock()

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# What decoders of other people raise on damaged files: the border to them is here.
DECODER_ERRORS = (
    OSError,  # cut or damaged pixels, unknown formats, and the file system itself
    SyntaxError,  # Pillow's word for a header that makes no sense
    ValueError,  # text blocks that unpack to too much, sizes out of range, libheif
    TypeError,  # a tag of another type than its readers expect
    LookupError,  # a tag or table that should be there and is not
    AttributeError,  # the same, where the reader expected an object
    ArithmeticError,  # sizes of zero, numbers too large for C
    AssertionError,  # Pillow checks some of its own expectations so
    EOFError,
    struct.error,
    zlib.error,
    RuntimeError,  # libjxl, libheif; also NotImplementedError, for a rare sub-format
    MemoryError,
    Image.DecompressionBombError,
    rawpy.LibRawError,
)


def decode(path: Path, min_side: int) -> Image.Image:
    """Return the photo upright, RGB, in sRGB, with a shorter side of at least min_side pixels where the file has it.

    JPEGs are decoded at a fraction of their size, others are reduced, to a small multiple of min_side. Animations
    give their first picture, RAW files their largest preview or, where that is too small, the sensor's picture. Of a
    strip longer than 20 times its width the middle is given. Nothing of the file but its pixels is kept.
    Safe to call from many threads. Raise PhotoError, whose message goes on after the photo's name: "is cut short".
    """
    try:
        with path.open("rb") as file:
            return _decode(file, path.suffix.lower() in RAW_SUFFIXES, min_side)
    except PhotoError:
        raise
    except DECODER_ERRORS as error:
        raise PhotoError(reason_of(error)) from error


def _decode(file: BinaryIO, is_named_raw: bool, min_side: int) -> Image.Image:
    size = os.fstat(file.fileno()).st_size
    if size == 0:
        raise PhotoError("is empty")
    if size > _MAX_BYTES:
        raise PhotoError(f"is larger than {_MAX_BYTES >> 30} GB, too much for one picture")
    if is_cut_short(file):
        raise PhotoError("is cut short")
    if size_of_jxl := jxl_size(file):
        if not _JPEG_XL:
            raise PhotoError(
                "is a JPEG XL picture, and the plug-in that reads them (pillow-jxl-plugin) is not installed"
            )
        _refuse_giant("JXL", *size_of_jxl)
    file.seek(0)
    head = file.read(12)
    try:
        with Image.open(file, formats=FORMATS) as image:
            if not is_raw_content(image) and not (is_named_raw and image.format == "TIFF"):
                _refuse_giant(image.format, *image.size)
                return _upright(image, min_side)
    except UnidentifiedImageError as error:
        if not is_named_raw and not head.startswith(TIFF_SIGNATURES):
            is_known = head.startswith(_SIGNATURES) or head[4:8] in (b"ftyp", b"JXL ")
            raise PhotoError("is damaged" if is_known else "is not a picture of a known kind") from error
    file.seek(0)
    try:
        return _decode_raw(file.read(), min_side)
    except rawpy.LibRawFileUnsupportedError as error:
        raise PhotoError("is in no known RAW format" if is_named_raw else "is damaged") from error


def _decode_raw(data: bytes, min_side: int) -> Image.Image:
    preview = largest_preview(data, min_side)
    if preview:
        # A preview that is damaged is no loss while the sensor's data are whole.
        with (
            contextlib.suppress(*DECODER_ERRORS),
            Image.open(BytesIO(preview.data), formats=("JPEG", "TIFF")) as image,
        ):
            return _upright(image, min_side, preview.orientation)
    return _shrink(develop(data, min_side), min_side)


def _upright(image: ImageFile.ImageFile, min_side: int, outer_orientation: int = 1) -> Image.Image:
    """Load an opened picture at a fitting size; outer_orientation counts where it has none of its own."""
    side = int(_MARGIN * min_side)
    full_pixels = image.width * image.height
    image.draft("RGB", (side, side))
    # A progressive JPEG is held at full size by its decoder, whatever size is asked for.
    held_pixels = full_pixels if image.info.get("progressive") else image.width * image.height
    is_giant = held_pixels > _GIANT_PIXELS
    with _one_giant_at_a_time if is_giant else contextlib.nullcontext():
        image.load()
        orientation = orientation_of(image)
        icc_profile = image.info.get("icc_profile")
        picture = _shrink(to_averageable(image), min_side)
    turn = _TURNS.get(orientation or outer_orientation)
    if turn is not None:
        picture = picture.transpose(turn)
    picture = to_srgb(picture, icc_profile)
    # A plain picture: the file's would carry its profile and EXIF into whatever is saved from it.
    picture = picture.copy() if picture is image else picture
    picture.info.clear()
    return picture


def orientation_of(image: Image.Image, exif: Image.Exif | None = None) -> int | None:
    """Return the EXIF (or XMP) orientation that the decoder has not applied itself, None if none is given."""
    if image.format == "HEIF" or (image.format == "JXL" and not getattr(image, "jpeg", False)):
        return 1  # libheif and libjxl turn the picture; what EXIF still says is to be ignored
    try:
        orientation = (image.getexif() if exif is None else exif).get(Tag.Orientation)
    except DECODER_ERRORS:  # damaged EXIF is no reason to lose the photo
        return None
    return orientation if isinstance(orientation, int) else None


def _shrink(picture: Image.Image, min_side: int) -> Image.Image:
    """Cut a strip to its middle, and average blocks of pixels while more than enough are left."""
    width, height = picture.size
    longest = _MAX_ASPECT * min(width, height)
    if max(width, height) > longest:
        new_width, new_height = min(width, longest), min(height, longest)
        left, top = (width - new_width) // 2, (height - new_height) // 2
        picture = picture.crop((left, top, left + new_width, top + new_height))
    factor = min(picture.size) // int(_MARGIN * min_side)
    return picture.reduce(factor) if factor > 1 else picture


def _refuse_giant(kind: str | None, width: int, height: int) -> None:
    limit = _MAX_MEGAPIXELS.get(kind or "", _MAX_MEGAPIXELS_OTHERS)
    if width * height > limit * 1_000_000:
        raise PhotoError(f"has {width * height // 1_000_000} megapixels, more than the {limit} that are safe to open")


def reason_of(error: BaseException) -> str:
    """Put a foreign error into a few plain words that go on after the photo's name."""
    text = str(error).lower()
    match error:
        case FileNotFoundError():
            return "is no longer there"
        case PermissionError():
            return "may not be read: permission denied"
        case OSError(errno=int(), strerror=str() as problem):
            return f"can't be read: {problem}"
        case MemoryError():
            return "needs more memory than there is"
        case Image.DecompressionBombError():
            return "has more pixels than are safe to open"
        case rawpy.LibRawDataError() | rawpy.LibRawIOError():
            return "is damaged or cut short"
        case EOFError():
            return "is cut short"
        case _ if "truncated" in text or "end of file" in text:
            return "is cut short"
        case _ if "too large" in text:
            return "unpacks to more than is safe to open"
        case _:
            return "is damaged"
