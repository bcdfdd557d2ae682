"""How the window looks: neutral greys, so that the colours of photos are true, one accent, and an 8-pixel grid."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

GRID = 8
ACCENT = QColor("#2f74d0")
# Okabe and Ito's colours, which colour-blind people tell apart, and two greys of different lightness.
CATEGORY_COLOURS = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b8a800", "#8c8c8c", "#5a4fa2",
)  # fmt: skip

_LIGHT = {"window": "#ececec", "base": "#f7f7f7", "text": "#1d1d1d", "quiet": "#6a6a6a", "button": "#f2f2f2"}
_DARK = {"window": "#2b2b2b", "base": "#212121", "text": "#e6e6e6", "quiet": "#9d9d9d", "button": "#3a3a3a"}


def apply_theme(app: QApplication) -> None:
    """Give the application its greys, light or dark as the system is."""
    app.setStyle("Fusion")
    is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    app.setPalette(palette(is_dark))


def palette(is_dark: bool) -> QPalette:
    """Return the colours of the window."""
    shades = {name: QColor(value) for name, value in (_DARK if is_dark else _LIGHT).items()}
    colours = QPalette(shades["button"], shades["window"])
    role = QPalette.ColorRole
    for target, shade in (
        (role.Window, "window"), (role.Base, "base"), (role.AlternateBase, "window"), (role.Button, "button"),
        (role.Text, "text"), (role.WindowText, "text"), (role.ButtonText, "text"), (role.PlaceholderText, "quiet"),
        (role.ToolTipBase, "base"), (role.ToolTipText, "text"),
    ):  # fmt: skip
        colours.setColor(target, shades[shade])
    for target in (role.Text, role.WindowText, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, target, shades["quiet"])
    colours.setColor(role.Highlight, ACCENT)
    colours.setColor(role.HighlightedText, QColor("white"))
    return colours
