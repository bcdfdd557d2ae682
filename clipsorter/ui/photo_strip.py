"""Photos of the folder side by side, each with a line of text: in dialogs that speak of a few of them."""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from clipsorter.photos.photo import Photo
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_ROW = Qt.ItemDataRole.UserRole


class PhotoStrip(QListWidget):
    """A double click or Return asks for a photo by its row."""

    wanted = Signal(int)

    def __init__(
        self, photos: PhotoModel, thumbnails: Thumbnails, name: str, pixels: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._photos, self._thumbnails, self._pixels = photos, thumbnails, pixels
        self.setAccessibleName(name)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(QSize(pixels, pixels))
        self.setGridSize(QSize(pixels + GRID, pixels + self.fontMetrics().lineSpacing() + 2 * GRID))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.itemActivated.connect(self._want)
        thumbnails.arrived.connect(self._take_picture)

    def show_photos(self, photos: Iterable[tuple[int, str]]) -> None:
        """Show photos by their rows, each with a text."""
        self.clear()
        for row, text in photos:
            item = QListWidgetItem(text)
            item.setData(_ROW, row)
            item.setToolTip(f"{self._photos.table.photos[row].path.name}: {self._photos.describe(row)}")
            self.addItem(item)
            self._draw(item)

    def rows(self) -> list[int]:
        """Return the rows of the photos that are shown."""
        return [int(self.item(place).data(_ROW)) for place in range(self.count())]

    def current_photo(self) -> int:
        """Return the row of the photo that has the keyboard, or −1."""
        item = self.currentItem()
        return int(item.data(_ROW)) if item is not None else -1

    def _draw(self, item: QListWidgetItem) -> None:
        photo = self._photos.table.photos[item.data(_ROW)]
        picture = self._thumbnails.get(photo, self._pixels, is_proven=True)
        item.setIcon(QIcon(_framed(picture, self._pixels)))

    @Slot(object)
    def _take_picture(self, photo: Photo) -> None:
        for place in range(self.count()):
            row = self.item(place).data(_ROW)
            if row < len(self._photos.table.photos) and self._photos.table.photos[row] == photo:
                self._draw(self.item(place))

    @Slot(QListWidgetItem)
    def _want(self, item: QListWidgetItem) -> None:
        self.wanted.emit(int(item.data(_ROW)))


def _framed(picture: QPixmap | None, pixels: int) -> QPixmap:
    """Put a picture, which may not be here yet, into the middle of a square, so that all texts are in one line."""
    square = QPixmap(pixels, pixels)
    square.fill(Qt.GlobalColor.transparent)
    if picture is not None and not picture.isNull():
        painter = QPainter(square)
        painter.drawPixmap((pixels - picture.width()) // 2, (pixels - picture.height()) // 2, picture)
        painter.end()
    return square
