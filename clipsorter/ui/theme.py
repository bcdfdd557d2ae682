"""How the window looks: neutral greys, so that the colours of photos are true, one accent, and an 8-pixel grid."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from clipsorter.paths import resource
from clipsorter.ui.focus import FocusRing

GRID = 8
Choice = Literal["system", "light", "dark", "contrast"]
# Okabe and Ito's colours, which colour-blind people tell apart, and two greys of different lightness.
CATEGORY_COLOURS = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#b8a800", "#8c8c8c", "#7b6fd0",
)  # fmt: skip

_LIGHT = {
    "window": "#ececec", "base": "#f7f7f7", "text": "#1d1d1d", "quiet": "#636363", "faint": "#8a8a8a",
    "button": "#f2f2f2", "accent": "#2f74d0", "on_accent": "#ffffff", "link": "#2263b8",
}  # fmt: skip
_DARK = {
    "window": "#2b2b2b", "base": "#212121", "text": "#e6e6e6", "quiet": "#a6a6a6", "faint": "#777777",
    "button": "#3a3a3a", "accent": "#2f74d0", "on_accent": "#ffffff", "link": "#7aaef0",
}  # fmt: skip
_CONTRAST = {
    "window": "#000000", "base": "#000000", "text": "#ffffff", "quiet": "#ffffff", "faint": "#b0b0b0",
    "button": "#000000", "accent": "#ffd800", "on_accent": "#000000", "link": "#ffd800",
}  # fmt: skip
# Fusion draws its outlines darker than the window: in the dark, nobody would see a box that is not ticked.
_DARK_LINES = """
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 12px; height: 12px; border: 1px solid #a6a6a6; background: #212121; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: #777777; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked {
    background: #7aaef0; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { image: url("CHECK"); }
QAbstractItemView::indicator:indeterminate { background: #777777; }
"""
# On black all outlines need to be drawn, in white.
_CONTRAST_LINES = """
QPushButton, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar, QToolTip, QMenu {
    border: 1px solid white; }
QPushButton, QComboBox { padding: 3px 8px; }
QToolButton { border: 1px solid transparent; padding: 3px; }
QPushButton:default { border: 2px solid white; }
QPushButton:disabled, QComboBox:disabled, QLineEdit:disabled { border-color: #b0b0b0; }
QPushButton:pressed, QPushButton:checked { background: #ffd800; color: black; }
QToolButton:checked { border: 2px solid white; padding: 2px; }
QToolButton:hover, QPushButton:hover { border: 1px solid #ffd800; }
QSplitter::handle, QMenu::separator { background: white; }
QMenu::separator { height: 1px; margin: 4px; }
QMenu::item { padding: 4px 24px; }
QMenu::item:selected { background: #ffd800; color: black; }
QProgressBar::chunk { background: #ffd800; }
QSlider::groove:horizontal { height: 2px; background: white; }
QSlider::handle:horizontal { width: 12px; margin: -6px 0; background: #ffd800; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator, QMenu::indicator, QGroupBox::indicator {
    width: 12px; height: 12px; border: 1px solid white; background: black; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QAbstractItemView::indicator:checked,
QMenu::indicator:checked, QGroupBox::indicator:checked { background: #ffd800; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:checked { image: url("CHECK"); }
QHeaderView::section { background: black; border: 0; border-bottom: 1px solid white; padding: 3px; }
QTabBar::tab { border: 1px solid white; padding: 4px 12px; }
QTabBar::tab:selected { background: #ffd800; color: black; }
QScrollBar:vertical { width: 14px; }
QScrollBar:horizontal { height: 14px; }
QScrollBar::handle { background: #808080; border: 1px solid white; min-height: 24px; min-width: 24px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
"""


def apply_theme(app: QApplication, choice: Choice = "system") -> "Theme":
    """Dress the application, and return what dresses it anew; with `system` it follows the system while it runs."""
    theme = app.findChild(Theme) or Theme(app)
    theme.choose(choice)
    return theme


def heighten(dialog: QWidget) -> None:
    """Make a dialog that is shown high enough for the lines that wrap in it: Qt does not count those."""
    if layout := dialog.layout():
        dialog.resize(dialog.width(), max(dialog.height(), layout.totalHeightForWidth(dialog.width())))


def palette(shades: dict[str, str]) -> QPalette:
    """Return the colours of the window."""
    colours = QPalette(QColor(shades["button"]), QColor(shades["window"]))
    role = QPalette.ColorRole
    for target, shade in (
        (role.Window, "window"), (role.Base, "base"), (role.AlternateBase, "window"), (role.Button, "button"),
        (role.Text, "text"), (role.WindowText, "text"), (role.ButtonText, "text"), (role.BrightText, "text"),
        (role.PlaceholderText, "quiet"), (role.ToolTipBase, "base"), (role.ToolTipText, "text"),
        (role.Highlight, "accent"), (role.HighlightedText, "on_accent"), (role.Link, "link"),
    ):  # fmt: skip
        colours.setColor(target, QColor(shades[shade]))
    for target in (role.Text, role.WindowText, role.ButtonText):
        colours.setColor(QPalette.ColorGroup.Disabled, target, QColor(shades["faint"]))
    return colours


class Theme(QObject):
    """Remembers what was chosen, for when the system changes its mind."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = "system"
        app.setStyle("Fusion")
        self._ring = FocusRing(app)
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @Slot(str)
    def choose(self, choice: Choice) -> None:
        """Show this theme from now on."""
        self._choice = choice
        self._ask_system(choice)
        self._dress()

    def _ask_system(self, choice: Choice) -> None:
        """Let title bars and the system's own dialogs be of the same kind."""
        scheme = Qt.ColorScheme
        wanted = {"light": scheme.Light, "dark": scheme.Dark, "contrast": scheme.Dark}
        self._app.styleHints().setColorScheme(wanted.get(choice, scheme.Unknown))

    @Slot()
    def _follow(self) -> None:
        if self._choice == "system":
            self._dress()

    def _dress(self) -> None:
        hints = self._app.styleHints()
        kind = self._choice
        if kind == "system":
            kind = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
            if hasattr(hints, "accessibility"):  # Qt 6.10
                wish = hints.accessibility().contrastPreference()
                kind = "contrast" if wish is Qt.ContrastPreference.HighContrast else kind
        self._app.setPalette(palette({"light": _LIGHT, "dark": _DARK, "contrast": _CONTRAST}[kind]))
        lines = {"light": "", "dark": _DARK_LINES, "contrast": _CONTRAST_LINES}[kind]
        lines = lines.replace("CHECK", resource("icons/check.svg").as_posix())
        if self._app.styleSheet() != lines:
            self._app.setStyleSheet(lines)
        for widget in self._app.allWidgets():
            if own := widget.styleSheet():  # Qt would leave it in the colours that it was made with
                widget.setStyleSheet(own)
