"""RAW files: the preview that the camera embedded, else the sensor's data developed at half size."""

import io
from dataclasses import dataclass

import exiv2
import rawpy
from PIL import Image, TiffImagePlugin

from clipsorter.exiv2_lock import EXIV2

_NEW_SUBFILE_TYPE, _SUB_IFDS, _DNG_VERSION = 254, 330, 50706


@dataclass(frozen=True, slots=True)
class Preview:
    """An embedded picture (JPEG or TIFF) as bytes, and the EXIF orientation of the RAW file around it."""

    data: bytes
    orientation: int


def is_raw_content(image: Image.Image) -> bool:
    """Tell whether what Pillow takes for a TIFF is a RAW file, whose first picture is but a thumbnail."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return False
    tags = image.tag_v2
    is_thumbnail = tags.get(_NEW_SUBFILE_TYPE) == 1 and _SUB_IFDS in tags
    return is_thumbnail or _DNG_VERSION in tags


def largest_preview(data: bytes, min_side: int) -> Preview | None:
    """Return the largest embedded preview of a RAW file, None if none has min_side pixels on its shorter side."""
    try:
        # From memory, never by name: exiv2 reads some names as addresses, and can't open others on Windows.
        with EXIV2:
            image = exiv2.ImageFactory.open(data)
            image.readMetadata()
            previews = exiv2.PreviewManager(image)
            properties = [
                each for each in previews.getPreviewProperties() if min(each.width_, each.height_) >= min_side
            ]
            if not properties:
                return None
            largest = max(properties, key=lambda each: each.width_ * each.height_)
            picture = bytes(previews.getPreviewImage(largest).data())
            return Preview(picture, _orientation(image.exifData()))
    except (exiv2.Exiv2Error, ValueError, RuntimeError):  # a RAW file that exiv2 doesn't know; LibRaw may
        return None


def _orientation(exif: exiv2.ExifData) -> int:
    found = exiv2.orientation(exif)
    return 1 if found == exif.end() else found.toInt64()


def develop(data: bytes, min_side: int) -> Image.Image:
    """Return the sensor's picture, upright RGB in sRGB; raise rawpy.LibRawError.

    At half size, which needs no demosaicing, unless that falls below min_side.
    """
    with rawpy.imread(io.BytesIO(data)) as sensor:
        is_half_enough = min(sensor.sizes.width, sensor.sizes.height) // 2 >= min_side
        pixels = sensor.postprocess(half_size=is_half_enough, use_camera_wb=True)
    # A sensor without colour filters gives one channel.
    return Image.fromarray(pixels if pixels.shape[2] == 3 else pixels[:, :, 0]).convert("RGB")
