"""Draws the four states of a photo as four shapes, so that nobody needs to tell colours apart."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache, QPolygonF

from clipsorter.ui.photo_table import State

_FAILED = QColor("#c0392b")


def draw_mark(painter: QPainter, box: QRect, state: State, colour: QColor, quiet: QColor) -> None:
    """Draw a dot (sure), a ring with ? (unsure), a square with ✓ (by you), or a triangle with ! (failed).

    Each is drawn once and then copied: Qt shares the work of a round shape among threads, and waiting for them cost
    more than all else in a screen of photos while the cores were busy.
    """
    ratio = painter.device().devicePixelRatio()
    key = f"mark {state} {box.width()} {box.height()} {colour.rgba()} {quiet.rgba()} {ratio}"
    pixmap = QPixmap()
    if not QPixmapCache.find(key, pixmap):
        pixmap = QPixmap(box.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        fresh = QPainter(pixmap)
        fresh.setFont(painter.font())
        _draw(fresh, QRect(QPoint(), box.size()), state, colour, quiet)
        fresh.end()
        QPixmapCache.insert(key, pixmap)
    painter.drawPixmap(box.topLeft(), pixmap)


def _draw(painter: QPainter, box: QRect, state: State, colour: QColor, quiet: QColor) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QRectF(box).adjusted(1, 1, -1, -1)
    font = painter.font()
    font.setPixelSize(max(8, box.height() * 3 // 4))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(Qt.PenStyle.NoPen)
    if state is State.SURE:
        painter.setPen(QPen(quiet, 1))  # a dot of the colour of what is chosen would be lost in it
        painter.setBrush(colour)
        painter.drawEllipse(shape.adjusted(2, 2, -2, -2))
    elif state is State.BY_YOU:
        painter.setPen(QPen(quiet, 1))
        painter.setBrush(colour)
        painter.drawRoundedRect(shape, 3, 3)
        painter.setPen(QPen(QColor("white"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        x, y, width = shape.x(), shape.y(), shape.width()
        painter.drawPolyline(
            QPolygonF([
                QPointF(x + 0.25 * width, y + 0.52 * width),
                QPointF(x + 0.44 * width, y + 0.70 * width),
                QPointF(x + 0.76 * width, y + 0.32 * width),
            ])
        )  # fmt: skip
    elif state is State.UNSURE:
        painter.setPen(QPen(quiet, 1.2))
        painter.drawEllipse(shape)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")
    elif state is State.FAILED:
        painter.setBrush(_FAILED)
        painter.drawPolygon(QPolygonF([
            QPointF(shape.center().x(), shape.top()), shape.bottomRight(), shape.bottomLeft(),
        ]))  # fmt: skip
        painter.setPen(QColor("white"))
        painter.drawText(box.adjusted(0, 2, 0, 2), Qt.AlignmentFlag.AlignCenter, "!")
