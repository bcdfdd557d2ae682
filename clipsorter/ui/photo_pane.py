"""Shows the photo of a row: at once what is in memory, then a sharp picture, then all pixels where they are wanted."""

from collections.abc import Sequence

from PySide6.QtCore import QSizeF, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clipsorter.photos.facts import Facts
from clipsorter.photos.photo import Photo
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_reader import SIZES, PhotoReader, Reading, Wish
from clipsorter.ui.photo_table import State
from clipsorter.ui.photo_view import PhotoView
from clipsorter.ui.reason_words import say_reason
from clipsorter.ui.thumbnails import Thumbnails

_LOAD_AFTER_MS = 60  # a key that is held down runs past photos
_ROUGH_PIXELS = (256, 512)  # as the grid keeps them, on plain and on fine screens


class PhotoPane(PhotoView):
    """A view of one photo of the table."""

    facts_read = Signal()

    def __init__(
        self, model: PhotoModel, thumbnails: Thumbnails, reader: PhotoReader, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model, self._thumbnails, self._reader = model, thumbnails, reader
        self._row = -1
        self._neighbours: Sequence[int] = ()
        self.photo: Photo | None = None
        self.facts = Facts()
        self.keywords: tuple[str, ...] = ()
        self.is_reading = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOAD_AFTER_MS)
        self._timer.timeout.connect(self._load)
        self.full_wanted.connect(self._load_all)
        reader.arrived.connect(self._take)
        thumbnails.arrived.connect(self._show_rough)

    def show_row(self, row: int, neighbours: Sequence[int] = ()) -> bool:
        """Show a row of the table, -1 for none, and read its neighbours after it; tell whether it is another photo."""
        photo = self._model.photo(row) if 0 <= row < len(self._model.table.photos) else None
        is_other = photo != self.photo
        self._row, self.photo, self._neighbours = row if photo else -1, photo, neighbours
        if is_other:
            self.facts, self.keywords = Facts(), ()
            self._begin()
        return is_other

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read the picture anew if a larger one is needed now."""
        super().resizeEvent(event)
        self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was not read while nobody could see it."""
        super().showEvent(event)
        self._timer.start()

    def _begin(self) -> None:
        self.is_reading = False
        if self.photo is None:
            self.show_words("")
            return
        if self._has_failed():
            self._say_reason(self._model.table.reasons.get(self._row, ""))
            return
        if (reading := self._reader.get(self.photo, 0)) is not None:
            self._show(reading, is_new=True)
        else:
            self.is_reading = True
            self.show_words(self.tr("Reading the photo …"))
            self._show_rough()
        self._timer.start()

    @Slot()
    def _show_rough(self) -> None:
        """Show a thumbnail where there is nothing better yet."""
        if self.photo is None or not self.image.isNull() or self._has_failed() or not self.is_reading:
            return
        for pixels in _ROUGH_PIXELS:
            rough = self._thumbnails.get(self.photo, pixels, self._is_proven(self._row))
            if rough is not None and not rough.isNull():
                self.show_image(rough.toImage(), QSizeF(), is_rough=True)
                return

    def _has_failed(self) -> bool:
        return self._model.table.state(self._row) is State.FAILED

    def _is_proven(self, row: int) -> bool:
        return self._model.table.state(row) is not State.WAITING

    def _pixels(self) -> int:
        needed = max(self.width(), self.height()) * self.devicePixelRatioF()
        return next((size for size in SIZES if size >= needed), SIZES[-1])

    @Slot()
    def _load(self) -> None:
        if self.photo is None or not self.isVisible() or self._has_failed():
            return
        count = len(self._model.table.photos)
        rows = [self._row, *(row for row in self._neighbours if 0 <= row < count)]
        self._reader.ask([
            Wish(self._model.photo(row), self._pixels(), self._is_proven(row))
            for row in rows
            if self._model.table.state(row) is not State.FAILED
        ])  # fmt: skip

    @Slot()
    def _load_all(self) -> None:
        if self.photo is not None:
            self._reader.ask([Wish(self.photo, 0, is_proven=True, is_full=True)])

    @Slot(object)
    def _take(self, reading: Reading) -> None:
        if reading.wish.photo != self.photo:
            return
        if reading.wish.is_full:
            if self.is_waiting_for_all:
                self.show_full(reading.image)
        else:
            self._show(reading, is_new=False)

    def _show(self, reading: Reading, is_new: bool) -> None:
        self.is_reading = False
        self.facts, self.keywords = reading.facts, reading.keywords
        if reading.reason:
            self._say_reason(reading.reason)
        else:
            size = QSizeF(reading.facts.width_pixels, reading.facts.height_pixels)
            (self.show_image if is_new else self.improve)(reading.image, size)
        self.facts_read.emit()

    def _say_reason(self, reason: str) -> None:
        self.show_words(self.tr("This photo can't be shown: {reason}.").format(reason=say_reason(reason)))
