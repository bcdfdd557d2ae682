"""Pictures for what is on the screen now: the last asked come first, old wishes are dropped, memory is bounded."""

from collections import OrderedDict, deque
from collections.abc import Hashable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from clipsorter.photos.photo import Photo
from clipsorter.ui.pictures import PictureReader

_SIZES = (256, 512)
_FITTED_BYTES = 32 * 2**20  # a large screen full


class PictureLoader(QObject):
    """Reads pictures in threads of its own, the last asked first; of many wishes only the newest are kept."""

    loaded = Signal(object, int, object)  # Photo, pixels, QImage

    def __init__(self, reader: PictureReader, threads: int, wishes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._wishes: deque[tuple[Photo, int, bool]] = deque(maxlen=wishes)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="picture")
        self._is_closed = False

    def ask(self, photo: Photo, pixels: int, is_proven: bool) -> tuple[Photo, int] | None:
        """Read a picture soon, before all that was asked earlier; return the wish that is dropped for it, if any."""
        if self._is_closed:
            return None
        dropped = None
        if len(self._wishes) == self._wishes.maxlen:
            with suppress(IndexError):  # all were read meanwhile
                dropped = self._wishes.popleft()[:2]
        self._wishes.append((photo, pixels, is_proven))
        self._threads.submit(self._serve)
        return dropped

    def wishes(self) -> set[tuple[Photo, int]]:
        """Return what waits."""
        return {(photo, pixels) for photo, pixels, _ in list(self._wishes)}

    def close(self) -> None:
        """End the threads."""
        self._is_closed = True
        self._wishes.clear()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._reader.close()

    def _serve(self) -> None:
        """Read the newest wish, in a thread."""
        try:
            photo, pixels, is_proven = self._wishes.pop()
        except IndexError:  # it was pushed out
            return
        image = self._reader.read(photo, pixels, is_proven)
        if not self._is_closed:
            with suppress(RuntimeError):  # the window has just gone
                self.loaded.emit(photo, pixels, image)


class Thumbnails(QObject):
    """Gives pictures at once if they are in memory, else later."""

    arrived = Signal(object)  # Photo

    def __init__(self, loader: PictureLoader, max_bytes: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = loader
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._fitted: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._fitted_bytes = 0
        self._asked: set[Hashable] = set()
        self._doubtful: set[Hashable] = set()  # asked before the photo was looked at
        loader.loaded.connect(self._keep)

    def get(self, photo: Photo, pixels: int, is_proven: bool) -> QPixmap | None:
        """Return the picture, at most `pixels` a side; an empty one if it can't be read, None if it is not here yet."""
        size = next((size for size in _SIZES if size >= pixels), _SIZES[-1])
        key = (photo, size)
        if is_proven and key in self._doubtful and key not in self._asked:
            self._doubtful.discard(key)
            if key in self._kept and self._kept[key].isNull():
                del self._kept[key]  # it could not be read apart, but it can be read after all
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._fit(photo, self._kept[key], pixels)
        if key not in self._asked:
            self._asked.add(key)
            if not is_proven:
                self._doubtful.add(key)
            self._asked.discard(self._loader.ask(photo, size, is_proven))
        return None

    def _fit(self, photo: Photo, picture: QPixmap, pixels: int) -> QPixmap:
        """Return a picture at the size it is drawn at; scaled at each drawing, that took most of the time."""
        if max(picture.width(), picture.height()) <= pixels:
            return picture
        key = (photo, pixels)
        if key not in self._fitted:
            wanted = QSize(pixels, pixels)
            fitted = picture.scaled(
                wanted, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._fitted[key] = fitted
            self._fitted_bytes += _bytes(fitted)
            while self._fitted_bytes > _FITTED_BYTES and len(self._fitted) > 1:
                self._fitted_bytes -= _bytes(self._fitted.popitem(last=False)[1])
        self._fitted.move_to_end(key)
        return self._fitted[key]

    @Slot(object, int, object)
    def _keep(self, photo: Photo, pixels: int, image: QImage) -> None:
        key = (photo, pixels)
        self._asked.discard(key)
        if key in self._kept:
            return
        self._kept[key] = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        self._bytes += image.sizeInBytes()
        while self._bytes > self._max_bytes and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self._bytes -= _bytes(old)
        self.arrived.emit(photo)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * max(1, picture.depth() // 8)
