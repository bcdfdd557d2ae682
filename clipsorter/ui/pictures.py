"""Turns photo files into pictures for the screen, away from the thread of the window."""

from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.decoder_pool import DecoderApart
from clipsorter.photos.fingerprint import fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import is_placeholder
from clipsorter.photos.thumbnail import THUMBNAIL_PIXELS, ThumbnailCache


class PictureReader:
    """Reads pictures, from the cache of thumbnails if one is given. May be used by several threads.

    A photo that was not looked at yet may kill its decoder, so it is decoded in a process apart.
    """

    def __init__(self, min_side: int, cache: ThumbnailCache | None = None) -> None:
        self._min_side = min_side
        self._cache = cache
        self._apart = DecoderApart(min_side)

    def read(self, photo: Photo, pixels: int, is_proven: bool) -> QImage:
        """Return the photo upright, with a longer side of at most `pixels`; an empty picture if it can't be read."""
        try:
            if is_placeholder(photo.path):
                return QImage()
            if self._cache is None:
                return to_qimage(self._decode(photo, is_proven), pixels)
            return self._read_thumbnail(self._cache, photo, pixels, is_proven)
        except PhotoError:
            return QImage()

    def close(self) -> None:
        """End the process apart."""
        self._apart.close()

    def _decode(self, photo: Photo, is_proven: bool) -> Image.Image:
        return decode(photo.path, self._min_side) if is_proven else self._apart.decode(photo)

    def _read_thumbnail(self, cache: ThumbnailCache, photo: Photo, pixels: int, is_proven: bool) -> QImage:
        name = fingerprint(photo.path)
        file = cache.get(name)
        if file is not None and not (image := read_scaled(file, pixels)).isNull():
            return image
        picture = self._decode(photo, is_proven)
        cache.put(name, picture)
        return to_qimage(picture, pixels)


def thumbnail_reader(cache: ThumbnailCache) -> PictureReader:
    """Return a reader of small pictures."""
    return PictureReader(THUMBNAIL_PIXELS // 2, cache)


def read_scaled(file: Path, pixels: int) -> QImage:
    """Read a JPEG at the size wanted, which costs less than reading all of it."""
    reader = QImageReader(str(file))
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > pixels:
        reader.setScaledSize(size.scaled(QSize(pixels, pixels), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def to_qimage(picture: Image.Image, pixels: int) -> QImage:
    """Return an RGB picture as Qt's own, made smaller if a side is longer than wanted."""
    if max(picture.size) > pixels:
        picture = ImageOps.contain(picture, (pixels, pixels), Image.Resampling.HAMMING)
    data = picture.convert("RGB").tobytes()
    image = QImage(data, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return image.copy()  # of its own, since `data` goes
