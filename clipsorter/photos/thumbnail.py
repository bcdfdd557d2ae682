"""Small pictures on disk, so that a photo that was decoded once is shown again without decoding it.

JPEG of quality 80: 0.5 ms and 35 KiB for 512 pixels, where WebP takes 4 ms for 28 KiB or 18 ms for 22 KiB
(`tests/benchmarks/library.py` prints the figures of this machine).
"""

import io
import logging
import os
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from PIL.Image import Image, Resampling

from clipsorter.photos.scan import CACHE_SIGNATURE, CACHE_TAG

THUMBNAIL_PIXELS = 512

_QUALITY = 80
_KEEP_SHARE = 0.9  # of the limit: room enough that the folder is walked once in thousands of writes
_TOUCH_AFTER_S = 3600.0  # a use within the hour is no news, and a touch is a write
_log = logging.getLogger(__name__)


class ThumbnailCache:
    """A folder of thumbnails named by fingerprint, held below a size; the least recently used go first.

    May be used by several threads and processes. It is a cache: a full or read-only disk costs the thumbnail only.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = threading.Lock()
        self._room_bytes: int | None = None  # what may be written until the folder is walked; None: not walked yet

    def get(self, fingerprint: bytes) -> Path | None:
        """Return the thumbnail's file if there is one, and count that as a use."""
        path = self._path(fingerprint)
        try:
            status = path.stat()
            if time.time() - status.st_mtime > _TOUCH_AFTER_S:
                os.utime(path)
        except OSError:
            return None
        return path if status.st_size else None

    def put(self, fingerprint: bytes, picture: Image) -> Path | None:
        """Keep a thumbnail of a decoded, upright picture; return its file, or None where it could not be written."""
        encoded = encode_thumbnail(picture)
        path = self._path(fingerprint)
        try:
            self._make_folder(path.parent)
            _write(path, encoded)
        except OSError as error:
            _log.info("no thumbnail was kept: %s", error)
            return None
        self._account(len(encoded))
        return path

    def renew(self, old: bytes, new: bytes) -> None:
        """Let the thumbnail of one content serve another that looks the same."""
        try:
            content = self._path(old).read_bytes()
            path = self._path(new)
            self._make_folder(path.parent)
            _write(path, content)
        except OSError:
            return  # it is made again when it is wanted
        self._account(len(content))

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if not (tag := self._folder / CACHE_TAG).exists():
            tag.write_bytes(CACHE_SIGNATURE + b"\n# Thumbnails of Clipsorter, which can be made again\n")

    def size_bytes(self) -> int:
        """Return how much all thumbnails take; walks through the folder."""
        return sum(size for _, size, _ in _files(self._folder))

    def empty(self) -> None:
        """Delete all thumbnails; one that another program has open stays."""
        for _, _, path in _files(self._folder):
            with suppress(OSError):
                Path(path).unlink()

    def _path(self, fingerprint: bytes) -> Path:
        name = fingerprint.hex()
        return self._folder / name[:2] / f"{name[2:]}.jpg"

    def _account(self, written_bytes: int) -> None:
        with self._lock:
            if self._room_bytes is not None:
                self._room_bytes -= written_bytes
            if self._room_bytes is None or self._room_bytes < 0:
                self._room_bytes = self._max_bytes - self._evict()

    def _evict(self) -> int:
        """Remove the least recently used if the folder is over its limit; return the bytes that are left."""
        files = sorted(_files(self._folder))
        total_bytes = sum(size for _, size, _ in files)
        if total_bytes <= self._max_bytes:
            return total_bytes
        for _, size, path in files:
            if total_bytes <= self._max_bytes * _KEEP_SHARE:
                break
            with suppress(OSError):  # another process was faster, or has it open
                Path(path).unlink()
                total_bytes -= size
        return total_bytes


def encode_thumbnail(picture: Image) -> bytes:
    """Return the picture as a JPEG of at most 512 pixels a side, never enlarged, with its colour profile."""
    scale = min(1.0, THUMBNAIL_PIXELS / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    is_rgb = picture.mode == "RGB"
    # Hamming is as sharp as bicubic when shrinking and costs as little as bilinear.
    small = (picture if is_rgb else picture.convert("RGB")).resize(size, Resampling.HAMMING, reducing_gap=1.5)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=_QUALITY, icc_profile=picture.info.get("icc_profile") if is_rgb else None)
    return buffer.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Write the file whole or not at all: no reader ever sees half a thumbnail."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _files(folder: Path) -> Iterator[tuple[float, int, str]]:
    """Yield last use, size and path of every file two levels down."""
    with suppress(OSError), os.scandir(folder) as shards:
        for shard in shards:
            with suppress(OSError), os.scandir(shard.path) as entries:
                for entry in entries:
                    with suppress(OSError):
                        status = entry.stat()
                        yield status.st_mtime, status.st_size, entry.path
