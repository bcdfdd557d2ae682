"""A few small pictures beside each other, each of which says what it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from clipsorter.photos.photo import Photo
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails


class PictureRow(QWidget):
    """Has room for some photos, and shows as many as there are."""

    def __init__(self, thumbnails: Thumbnails, most: int, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._pixels = thumbnails, pixels
        self._photos: Sequence[Photo] = ()
        self.pictures = [QLabel() for _ in range(most)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for picture in self.pictures:
            picture.setFixedSize(pixels, pixels)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row.addWidget(picture)
        row.addStretch(1)
        thumbnails.arrived.connect(self._take_picture)
        self.show_photos((), ())

    @property
    def count(self) -> int:
        """Return how many photos are shown."""
        return len(self._photos)

    def show_photos(self, photos: Sequence[Photo], tips: Sequence[str]) -> None:
        """Show photos, with a text for the mouse on each."""
        self._photos = photos[: len(self.pictures)]
        for place, picture in enumerate(self.pictures):
            is_used = place < len(self._photos)
            picture.setVisible(is_used)
            if is_used:
                picture.setToolTip(tips[place])
                picture.setAccessibleName(self._photos[place].path.name)
                picture.setAccessibleDescription(tips[place])
                self._draw(place)

    @Slot(object)
    def _take_picture(self, photo: Photo) -> None:
        for place, each in enumerate(self._photos):
            if each == photo:
                self._draw(place)

    def _draw(self, place: int) -> None:
        """Draw a picture as sharp as the screen is, if it is here."""
        ratio = self.devicePixelRatioF()
        found = self._thumbnails.get(self._photos[place], round(ratio * self._pixels), is_proven=True)
        picture = QPixmap(found) if found is not None else QPixmap()  # a copy: others draw the same one
        picture.setDevicePixelRatio(ratio)
        self.pictures[place].setPixmap(picture)
