"""One photo at the size of its panel, and why it is where it is."""

from PySide6.QtCore import QDateTime, QLocale, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from clipsorter.photos.photo import Photo
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_table import Guess, State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import PictureLoader, Thumbnails

_LOAD_AFTER_MS = 60  # a key that is held down runs past photos
_BAR_ROW = 40


class Picture(QWidget):
    """Draws a picture as large as it fits, never larger than it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap = QPixmap()
        self._is_rough = False
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_picture(self, pixmap: QPixmap, is_rough: bool) -> None:
        """Show a picture; a rough one is a small one that is drawn large until the real one comes."""
        self.pixmap, self._is_rough = pixmap, is_rough
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        if self.pixmap.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self.pixmap.size() / (1 if self._is_rough else self.devicePixelRatioF())
        if self._is_rough or size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(self.rect().center())
        painter.drawPixmap(place, self.pixmap)


class Bars(QWidget):
    """The best categories of a photo as bars: the share of each, and how similar photo and words are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Guess, QColor]] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_guesses(self, rows: list[tuple[Guess, QColor]]) -> None:
        """Show these, best first."""
        self._rows = rows
        self.setAccessibleName(", ".join(f"{guess.category} {guess.probability:.0%}" for guess, _ in rows))
        self.setFixedHeight(_BAR_ROW * len(rows))
        self.setToolTip(
            self.tr("The bar is the share of the answer; “similar” is how close photo and words are, −1 to 1.")
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, per cent and bar of each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, quiet = (
            self.palette().color(role) for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText)
        )
        for number, (guess, colour) in enumerate(self._rows):
            box = QRect(0, number * _BAR_ROW, self.width(), _BAR_ROW - GRID)
            percent = self.tr("{percent} %").format(percent=round(100 * guess.probability))
            top = QRect(box.x(), box.y(), box.width(), 20)
            painter.setPen(text)
            painter.drawText(top, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, percent)
            left = top.adjusted(0, 0, -48, 0)
            name = self.fontMetrics().elidedText(guess.category, Qt.TextElideMode.ElideRight, left.width() - 96)
            painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(quiet)
            similar = self.tr("similar {value}").format(value=QLocale().toString(guess.similarity, "f", 2))
            painter.drawText(left, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, similar)
            painter.setPen(Qt.PenStyle.NoPen)
            groove = QRect(box.x(), box.y() + 22, box.width(), 6)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(groove, 3, 3)
            groove.setWidth(max(2, round(groove.width() * guess.probability)))
            painter.setBrush(colour)
            painter.drawRoundedRect(groove, 3, 3)


class Preview(QWidget):
    """The photo that has the keyboard."""

    def __init__(
        self,
        model: PhotoModel,
        categories: CategoryModel,
        thumbnails: Thumbnails,
        loader: PictureLoader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._categories, self._thumbnails, self._loader = model, categories, thumbnails, loader
        self._row = -1
        self._photo: Photo | None = None
        self._picture = Picture()
        self._heading, self._facts = QLabel(), QLabel()
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self._bars = Bars()
        for label in (self._heading, self._facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._picture, 1)
        layout.addWidget(self._heading)
        layout.addWidget(self._bars)
        layout.addWidget(self._facts)
        self.setAccessibleName(self.tr("Preview"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOAD_AFTER_MS)
        self._timer.timeout.connect(self._load)
        loader.loaded.connect(self._take_picture)
        self.show_row(-1)

    def sizeHint(self) -> QSize:
        """Return a width in which a photo can be judged."""
        return QSize(320, 400)

    def show_row(self, row: int) -> None:
        """Show a row of the table, -1 for none; the picture follows."""
        photo = self._model.photo(row) if 0 <= row < len(self._model.table.photos) else None
        is_other = photo != self._photo
        self._row, self._photo = row if photo else -1, photo
        self.refresh()
        if not is_other:
            return
        rough = None
        if photo is not None and self._model.table.state(row) is not State.FAILED:
            rough = self._thumbnails.get(photo, 256, self._is_proven())
            self._timer.start()
        self._picture.show_picture(rough or QPixmap(), is_rough=True)

    @Slot()
    def refresh(self) -> None:
        """Show what is known now of the same photo."""
        if self._photo is None:
            self._heading.setText(self.tr("Choose a photo to see it here."))
            self._bars.show_guesses([])
            self._facts.setText("")
            return
        guesses = self._model.table.guesses(self._row)
        self._bars.show_guesses([(guess, self._categories.colour_of(guess.category)) for guess in guesses])
        words = self._model.describe(self._row)
        self._heading.setText(words[:1].upper() + words[1:])
        self._facts.setText("\n".join(self._facts_of(self._photo)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Read the picture anew in the size that is needed now."""
        super().resizeEvent(event)
        if self._photo is not None:
            self._timer.start()

    def _facts_of(self, photo: Photo) -> list[str]:
        if not photo.mtime_ns:
            return [str(photo.path)]
        date = QLocale().toString(
            QDateTime.fromMSecsSinceEpoch(photo.mtime_ns // 10**6), QLocale.FormatType.ShortFormat
        )
        return [photo.path.name, f"{date} · {QLocale().formattedDataSize(photo.size)}", str(photo.path.parent)]

    def _is_proven(self) -> bool:
        return self._model.table.state(self._row) is not State.WAITING

    def _pixels(self) -> int:
        return round(max(self._picture.width(), self._picture.height()) * self.devicePixelRatioF())

    @Slot()
    def _load(self) -> None:
        if self._photo is not None and self._model.table.state(self._row) is not State.FAILED:
            self._loader.ask(self._photo, self._pixels(), self._is_proven())

    @Slot(object, int, object)
    def _take_picture(self, photo: Photo, pixels: int, image: QImage) -> None:
        if photo != self._photo or image.isNull():
            return
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(1.0)
        self._picture.show_picture(pixmap, is_rough=False)
