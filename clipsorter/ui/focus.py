"""A ring around what has the keyboard, so that whoever goes by Tab always sees where they are."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QRegion
from PySide6.QtWidgets import QApplication, QWidget

_WIDTH = 2


class FocusRing(QObject):
    """Draws on whatever widget the keyboard comes to; not before somebody has used Tab, as in a browser."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.focusChanged.connect(self._move)

    @Slot(QWidget, QWidget)
    def _move(self, old: QWidget | None, now: QWidget | None) -> None:
        for widget in (old, now):
            for ring in widget.findChildren(_Ring, "", Qt.FindChildOption.FindDirectChildrenOnly) if widget else ():
                ring.hide()
                ring.deleteLater()
        if now is not None and now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            _Ring(now)


class _Ring(QWidget):
    """Lies on a widget and is as large as it; all but its edge is left out, so the widget draws as ever."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        widget.installEventFilter(self)
        self._fit(widget)
        self.show()

    def eventFilter(self, widget: QObject, event: QEvent) -> bool:
        """Follow the widget's size."""
        if event.type() is QEvent.Type.Resize and isinstance(widget, QWidget):
            self._fit(widget)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge."""
        painter = QPainter(self)
        pen = QPen(self.palette().color(QPalette.ColorRole.Highlight), 2 * _WIDTH)
        painter.setPen(pen)
        painter.drawRect(self.rect())

    def _fit(self, widget: QWidget) -> None:
        box = QRect(0, 0, widget.width(), widget.height())
        self.setGeometry(box)
        self.setMask(QRegion(box) - QRegion(box.adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)))
        self.raise_()
