"""Reads whole photos and their facts for the preview, away from the window's thread, and a few ahead."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image, ImageOps
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from clipsorter.errors import PhotoError
from clipsorter.metadata.reading import read_keywords
from clipsorter.photos.decode import decode
from clipsorter.photos.decoder_pool import DecoderApart
from clipsorter.photos.facts import Facts, read_facts
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import IN_CLOUD, is_placeholder

SIZES = (640, 1280, 1920, 2560, 3840)  # the longer side of a picture for the screen
_SHARE = 0.4  # of those pixels is what `decode` is asked for: it gives a multiple, so that there is enough to resize
_APART_SIDE = 768
_STRIP = 64
_FULL_PIXELS = 64_000_000  # a picture of which each pixel is asked for takes 4 bytes for each: 256 MB at most
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A photo that is to be read with a longer side of `pixels`, or as it is if `is_full`."""

    photo: Photo
    pixels: int
    is_proven: bool
    is_full: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a wish: a picture with its facts, or a reason that goes on after “it”."""

    wish: Wish
    image: QImage = field(default_factory=QImage)
    facts: Facts = field(default_factory=Facts)
    keywords: tuple[str, ...] = ()
    reason: str = ""

    def serves(self, pixels: int) -> bool:
        """Tell whether the picture is as large as that, or as large as the photo itself."""
        return (
            bool(self.reason)
            or self.wish.pixels >= pixels
            or max(self.image.width(), self.image.height()) < (self.wish.pixels)
        )


class PhotoReader(QObject):
    """Reads what was last asked, and keeps the last pictures up to `max_bytes`, but never a full one.

    The first wish has a thread of its own, so that it never waits for what is read ahead.
    """

    arrived = Signal(object)  # Reading

    _read = Signal(object)

    def __init__(self, max_bytes: int = 96 * 2**20, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._max_bytes = max_bytes
        self._kept: OrderedDict[Photo, Reading] = OrderedDict()
        self._first: list[Wish] = []
        self._ahead: list[Wish] = []
        self._at_work: set[Wish] = set()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="preview")
        self._thread_ahead = ThreadPoolExecutor(1, thread_name_prefix="preview-ahead")
        self._apart = DecoderApart(_APART_SIDE)
        self._is_closed = False
        self._read.connect(self._keep)

    def get(self, photo: Photo, pixels: int) -> Reading | None:
        """Return what was read of a photo, if that is large enough."""
        reading = self._kept.get(photo)
        if reading is None or not reading.serves(pixels):
            return None
        self._kept.move_to_end(photo)
        return reading

    def ask(self, wishes: Sequence[Wish]) -> None:
        """Read these soon, the first first; what was asked before and has not begun is left."""
        if self._is_closed:
            return
        with self._lock:
            self._first = [wish for wish in wishes[:1] if self._is_new(wish)]
            self._ahead = [wish for wish in wishes[1:] if self._is_new(wish)]
            count = len(self._ahead)
        self._thread.submit(self._serve, True)
        for _ in range(count):
            self._thread_ahead.submit(self._serve, False)

    def close(self) -> None:
        """End the threads and the process apart."""
        self._is_closed = True
        self._apart.close()
        for threads in (self._thread, self._thread_ahead):
            threads.shutdown(wait=True, cancel_futures=True)

    def _is_new(self, wish: Wish) -> bool:
        return wish not in self._at_work and (wish.is_full or self.get(wish.photo, wish.pixels) is None)

    def _serve(self, is_first: bool) -> None:
        """Read what waits, in a thread."""
        with self._lock:
            waiting = self._first if is_first else self._ahead
            if not waiting or self._is_closed:
                return
            wish = waiting.pop(0)
            self._at_work.add(wish)
        try:
            reading = self._look_at(wish)
        except PhotoError as error:
            reading = Reading(wish, reason=str(error))
        except MemoryError:
            reading = Reading(wish, reason="needs more memory than there is now")
        finally:
            with self._lock:
                self._at_work.discard(wish)
        if not self._is_closed:
            with suppress(RuntimeError):  # the window has just gone
                self._read.emit(reading)

    def _look_at(self, wish: Wish) -> Reading:
        photo = wish.photo
        if is_placeholder(photo.path):
            raise PhotoError(IN_CLOUD)
        if wish.is_full:
            return self._look_at_all(wish)
        # A photo that was not looked at yet may kill its decoder.
        side = int(_SHARE * wish.pixels)
        picture = decode(photo.path, side) if wish.is_proven else self._apart.decode(photo)
        return Reading(wish, _to_screen(picture, wish.pixels), _facts_of(photo), _keywords_of(photo))

    def _look_at_all(self, wish: Wish) -> Reading:
        """Read each pixel, or as many as memory may be spent on."""
        facts = read_facts(wish.photo.path)
        width, height = max(1, facts.width_pixels), max(1, facts.height_pixels)
        scale = min(1.0, (_FULL_PIXELS / (width * height)) ** 0.5)
        picture = decode(wish.photo.path, max(1, int(scale * min(width, height))))
        longest = max(1, int(scale * max(width, height))) if scale < 1 else max(picture.size)
        return Reading(wish, _to_screen(picture, longest), facts, _keywords_of(wish.photo))

    @Slot(object)
    def _keep(self, reading: Reading) -> None:
        if not reading.wish.is_full:
            photo = reading.wish.photo
            known = self._kept.get(photo)
            if known is None or known.reason or reading.wish.pixels > known.wish.pixels:
                self._kept[photo] = reading
            self._kept.move_to_end(photo)
            while len(self._kept) > 1 and sum(kept.image.sizeInBytes() for kept in self._kept.values()) > (
                self._max_bytes
            ):
                self._kept.popitem(last=False)
        self.arrived.emit(reading)


def _to_screen(picture: Image.Image, pixels: int) -> QImage:
    """Return an RGB picture in the format that is painted quickest, made smaller if a side is longer than wanted.

    In strips, since a picture with all pixels should not be in memory three times.
    """
    if max(picture.size) > pixels:
        picture = ImageOps.contain(picture, (pixels, pixels), Image.Resampling.HAMMING)
    image = QImage(*picture.size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise MemoryError
    bits, line_bytes = memoryview(image.bits()), image.bytesPerLine()
    for top in range(0, picture.height, _STRIP):
        bottom = min(top + _STRIP, picture.height)
        strip = picture.crop((0, top, picture.width, bottom)).convert("RGBA").tobytes("raw", "BGRA")
        bits[top * line_bytes : bottom * line_bytes] = strip
    return image


def _facts_of(photo: Photo) -> Facts:
    try:
        return read_facts(photo.path)
    except PhotoError as error:  # it was decoded a moment ago
        _log.info("%s has no facts: it %s", photo.path, error)
        return Facts()


def _keywords_of(photo: Photo) -> tuple[str, ...]:
    return next(read_keywords([photo.path])).words
