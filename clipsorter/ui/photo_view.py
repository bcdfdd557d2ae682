"""A picture that fits its room, or is looked at closely: zoomed by wheel and keys, moved by dragging."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from clipsorter.ui.theme import GRID

_STEP = 1.25
_CLOSEST = 8.0
_NEARLY = 1.001
_TO_MOVE = 0.15  # of what is seen, by one press of an arrow
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
_LARGER, _SMALLER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


class PhotoView(QWidget):
    """Draws one picture. At scale 1, a pixel of the photo takes one of the screen.

    The size of the photo counts, not that of the picture that is here of it: a small one is shown until there is a
    better one.
    """

    full_wanted = Signal()  # what is here of the photo is not enough for the scale

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image, self.full = QImage(), QImage()
        self._size = QSizeF()
        self._is_rough = False
        self._is_asked = self.is_waiting_for_all = False
        self._scale: float | None = None  # None: as it fits
        self._centre = QPointF()
        self._held: QPointF | None = None
        self._words = ""
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_words(self, words: str) -> None:
        """Show a sentence in place of a picture; an empty one leaves the room empty."""
        self.show_image(QImage(), QSizeF())
        self._words = words
        self.update()

    def show_image(self, image: QImage, size: QSizeF, is_rough: bool = False) -> None:
        """Show another photo as it fits; a rough picture is drawn large until the real one comes."""
        self._scale, self._held = None, None
        self._is_asked = self.is_waiting_for_all = False
        self.full = QImage()
        self.improve(image, size, is_rough)

    def improve(self, image: QImage, size: QSizeF, is_rough: bool = False) -> None:
        """Show a better picture of the same photo, whose true size is `size`; place and scale stay."""
        known = QSizeF(image.size())
        is_of_that_shape = not size.isEmpty() and abs(size.width() * known.height() - size.height() * known.width()) < (
            0.02 * size.width() * known.height()
        )
        self._words = ""
        self.image, self._size, self._is_rough = image, size if is_of_that_shape else known, is_rough
        self._settle()

    def show_full(self, image: QImage) -> None:
        """Take the picture with all pixels; an empty one means that there is none to be had."""
        self.full, self.is_waiting_for_all = image, False
        self.update()

    @property
    def scale(self) -> float:
        """Return how many pixels of the screen a pixel of the photo takes."""
        return self._fitting() if self._scale is None else self._scale

    @property
    def is_fitting(self) -> bool:
        """Tell whether all of the photo is seen."""
        return self._scale is None

    def zoom(self, scale: float | None, at: QPointF | None = None) -> None:
        """Look closer or from farther away, None for all of it; the point of the widget `at` stays where it is."""
        if self.image.isNull() or self._is_rough:
            return
        fitting = self._fitting()
        if scale is None or scale <= fitting * _NEARLY:
            self._scale = None
        else:
            at = at or QRectF(self.rect()).center()
            before = self._photo_point(at)
            self._scale = min(max(scale, fitting), _CLOSEST)
            offset = (at - QRectF(self.rect()).center()) * (self.devicePixelRatioF() / self._scale)
            self._centre = before - offset
        self._settle()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom where the mouse is."""
        self.zoom(self.scale * _STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between all of it and each pixel."""
        self.zoom(1.0 if self.is_fitting and self._fitting() < 1 else None, event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() is Qt.MouseButton.LeftButton and not self.is_fitting:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held."""
        if self._held is not None:
            self._move((self._held - event.position()) * (self.devicePixelRatioF() / self.scale))
            self._held = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self._settle()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that are meant for the picture from the menus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.wants(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move."""
        if not self.press(event):
            super().keyPressEvent(event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; tell whether it means anything here."""
        if not self.wants(event):
            return False
        key = event.key()
        if key in _LARGER:
            self.zoom(self.scale * _STEP)
        elif key in _SMALLER:
            self.zoom(self.scale / _STEP)
        elif key == Qt.Key.Key_0:
            self.zoom(1.0 if self.is_fitting else None)
        else:
            right, down = _ARROWS[Qt.Key(key)]
            seen = QPointF(self.width(), self.height()) * (self.devicePixelRatioF() / self.scale)
            self._move(QPointF(right * seen.x(), down * seen.y()) * _TO_MOVE)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the picture."""
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the part of the picture that is seen, and how close it is."""
        painter = QPainter(self)
        if self.image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
            box = self.rect().adjusted(GRID, GRID, -GRID, -GRID)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._image_for(self.scale)
        place = self._place()
        seen = place.intersected(QRectF(self.rect()))
        ratio = image.width() / place.width()
        source = QRectF((seen.topLeft() - place.topLeft()) * ratio, seen.size() * ratio)
        painter.drawImage(seen, image, source)
        if not self.is_fitting:
            self._draw_scale(painter)

    def _draw_scale(self, painter: QPainter) -> None:
        words = self.tr("{percent} %").format(percent=round(100 * self.scale))
        if self.is_waiting_for_all:
            words = self.tr("{percent} %, reading all pixels …").format(percent=round(100 * self.scale))
        box = self.fontMetrics().boundingRect(words).adjusted(-GRID, -GRID // 2, GRID, GRID // 2)
        box.moveBottomLeft(self.rect().bottomLeft())
        box.translate(GRID, -GRID)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key means something to the picture now."""
        if self.image.isNull() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier & ~(
            Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        key = event.key()
        return key in (*_LARGER, *_SMALLER, Qt.Key.Key_0) or (key in _ARROWS and not self.is_fitting)

    def _fitting(self) -> float:
        if self._size.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        fitting = min(self.width() * ratio / self._size.width(), self.height() * ratio / self._size.height())
        return fitting if self._is_rough else min(1.0, fitting)

    def _place(self) -> QRectF:
        """Return where all of the photo lies, in the widget's own measure."""
        scale = self.scale / self.devicePixelRatioF()
        place = QRectF(QPointF(), self._size * scale)
        middle = QRectF(self.rect()).center()
        if self.is_fitting:
            place.moveCenter(middle)
        else:
            place.moveTopLeft(middle - self._centre * scale)
        return place

    def _photo_point(self, at: QPointF) -> QPointF:
        return (at - self._place().topLeft()) * (self.devicePixelRatioF() / self.scale)

    def _image_for(self, scale: float) -> QImage:
        is_enough = self.full.isNull() or self.image.width() >= self._size.width() * scale
        return self.image if is_enough else self.full

    def _move(self, by: QPointF) -> None:
        self._centre += by
        self._settle()

    def _settle(self) -> None:
        """Keep the picture in its room, ask for more of it if it is looked at closely, and draw."""
        if self._scale is not None and self._scale <= self._fitting() * _NEARLY:
            self._scale = None
        if self._scale is not None:
            self._centre = self._kept_inside(self._centre)
            if not self._is_asked and self.image.width() < self._size.width() * min(1.0, self._scale) / _NEARLY:
                self._is_asked = self.is_waiting_for_all = True
                self.full_wanted.emit()
        if self._held is None:
            self.setCursor(Qt.CursorShape.ArrowCursor if self.is_fitting else Qt.CursorShape.OpenHandCursor)
        self.update()

    def _kept_inside(self, centre: QPointF) -> QPointF:
        half = QPointF(self.width(), self.height()) * (self.devicePixelRatioF() / self.scale / 2)
        kept = []
        for wanted, room, whole in (
            (centre.x(), half.x(), self._size.width()), (centre.y(), half.y(), self._size.height()),
        ):  # fmt: skip
            kept.append(whole / 2 if 2 * room >= whole else min(max(wanted, room), whole - room))
        return QPointF(*kept)
