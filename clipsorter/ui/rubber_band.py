"""A rectangle that the mouse draws over a view that scrolls, and that scrolls it at the edges."""

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal, Slot
from PySide6.QtWidgets import QAbstractScrollArea

from clipsorter.ui.grid_layout import Box

_TICK_MS = 16
_EDGE = 24  # pixels from the edge of the view; from there on it scrolls, the faster the farther
_SLOWNESS = 3


class RubberBand(QObject):
    """Spans from where it was begun to where the mouse is; both move with what is scrolled."""

    moved = Signal()

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view = view
        self.is_active = False
        self._start = self._end = QPoint()  # from the top of what is scrolled
        self._mouse = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._scroll)

    def begin(self, mouse: QPoint) -> None:
        """Begin at a point of the viewport."""
        self.is_active = True
        self._mouse = mouse
        self._start = self._end = self._scrolled(mouse)

    def move(self, mouse: QPoint) -> None:
        """Draw to a point, in the viewport or beyond."""
        self._mouse = mouse
        self._end = self._scrolled(mouse)
        if self._beyond():
            self._timer.start()
        self.moved.emit()

    def end(self) -> None:
        """Be gone."""
        self.is_active = False
        self._timer.stop()

    def box(self) -> Box:
        """Return what it spans, from the top of what is scrolled."""
        left, right = sorted((self._start.x(), self._end.x()))
        top, bottom = sorted((self._start.y(), self._end.y()))
        return Box(left, top, right - left + 1, bottom - top + 1)

    def in_view(self) -> QRect:
        """Return what it spans in the viewport."""
        box = self.box()
        return QRect(box.x, box.y - self._view.verticalScrollBar().value(), box.width, box.height)

    def _scrolled(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() + self._view.verticalScrollBar().value())

    def _beyond(self) -> int:
        """Return how many pixels the mouse is beyond the edge, negative at the top."""
        y, bottom = self._mouse.y(), self._view.viewport().height() - _EDGE
        return min(0, y - _EDGE) + max(0, y - bottom)

    @Slot()
    def _scroll(self) -> None:
        beyond = self._beyond()
        bar = self._view.verticalScrollBar()
        before = bar.value()
        step = beyond // _SLOWNESS if beyond > 0 else -(-beyond // _SLOWNESS)
        bar.setValue(before + step)
        if bar.value() == before:
            self._timer.stop()
            return
        self._end = self._scrolled(self._mouse)
        self.moved.emit()
