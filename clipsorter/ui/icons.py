"""The project's line icons, drawn in the colour that text has now: light, dark, high contrast, or disabled."""

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clipsorter.paths import resource

_INK = b'stroke="#000"'  # how each drawing says where the colour goes


def icon(name: str) -> QIcon:
    """Return the icon of resources/icons with this name; it follows each change of the palette by itself."""
    return QIcon(_LineIcon(resource(f"icons/{name}.svg").read_bytes()))


def app_icon() -> QIcon:
    """Return the picture that stands for the program."""
    return QIcon(str(resource("clipsorter.svg")))


class _LineIcon(QIconEngine):
    """Draws one SVG of lines; Qt asks it anew for each size, so that it is sharp on every screen."""

    def __init__(self, drawing: bytes) -> None:
        super().__init__()
        self._drawing = drawing
        self._inked: dict[str, QSvgRenderer] = {}

    def clone(self) -> QIconEngine:
        """Return the same icon again."""
        return _LineIcon(self._drawing)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it as a square in the middle of the room given."""
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        self._renderer(_ink(mode)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw it on nothing."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def _renderer(self, ink: QColor) -> QSvgRenderer:
        if (known := self._inked.get(ink.name())) is not None:
            return known
        inked = self._drawing.replace(_INK, f'stroke="{ink.name()}"'.encode())
        self._inked[ink.name()] = renderer = QSvgRenderer(QByteArray(inked))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        return renderer


def _ink(mode: QIcon.Mode) -> QColor:
    groups = QPalette.ColorGroup
    group = groups.Disabled if mode is QIcon.Mode.Disabled else groups.Active
    role = QPalette.ColorRole.HighlightedText if mode is QIcon.Mode.Selected else QPalette.ColorRole.ButtonText
    return QGuiApplication.palette().color(group, role)
