"""The themes can be read, and change while the program runs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QRadioButton, QTreeView

from clipsorter.ui import theme
from clipsorter.ui.theme import CATEGORY_COLOURS, apply_theme

ROLE = QPalette.ColorRole


@pytest.fixture
def dressed(qapp):
    """Give the application back its own look after a test."""
    palette, style = qapp.palette(), qapp.style().objectName()
    yield qapp
    apply_theme(qapp, "system")
    qapp.findChild(theme.Theme).deleteLater()
    qapp.setStyle(style)
    qapp.setPalette(palette)


def luminance(colour):
    """Return the relative luminance as WCAG 2.2 defines it."""
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("choice", "least"), [("light", 4.5), ("dark", 4.5), ("contrast", 12.0)])
def test_text_can_be_read_on_its_ground(choice, least, dressed):
    apply_theme(dressed, choice)
    colours = dressed.palette()
    for text, ground in (
        (ROLE.Text, ROLE.Base), (ROLE.WindowText, ROLE.Window), (ROLE.ButtonText, ROLE.Button),
        (ROLE.PlaceholderText, ROLE.Base), (ROLE.PlaceholderText, ROLE.Window),
        (ROLE.HighlightedText, ROLE.Highlight), (ROLE.ToolTipText, ROLE.ToolTipBase), (ROLE.Link, ROLE.Base),
    ):  # fmt: skip
        assert contrast(colours.color(text), colours.color(ground)) >= least, (text, ground)


@pytest.mark.parametrize("choice", ["light", "dark", "contrast"])
def test_focus_ring_stands_out(choice, dressed):
    apply_theme(dressed, choice)
    colours = dressed.palette()
    assert contrast(colours.color(ROLE.Highlight), colours.color(ROLE.Base)) >= 3


@pytest.mark.parametrize("choice", ["dark", "contrast"])
@pytest.mark.parametrize("colour", CATEGORY_COLOURS)
def test_category_stands_out_in_the_dark(colour, choice, dressed):
    apply_theme(dressed, choice)
    assert contrast(colour, dressed.palette().color(ROLE.Base)) >= 3


def test_theme_changes_while_the_program_runs(dressed):
    apply_theme(dressed, "light")
    light = dressed.palette().color(ROLE.Window)
    apply_theme(dressed, "contrast")
    assert dressed.palette().color(ROLE.Window) == QColor("black")
    assert dressed.styleSheet()
    apply_theme(dressed, "light")
    assert dressed.palette().color(ROLE.Window) == light
    assert not dressed.styleSheet()


def test_system_is_followed_and_a_choice_is_kept(dressed, monkeypatch):
    hints = dressed.styleHints()
    apply_theme(dressed, "system")
    hints.setColorScheme(Qt.ColorScheme.Dark)
    dressed.processEvents()
    if hints.colorScheme() is not Qt.ColorScheme.Dark:
        pytest.skip("this platform of Qt has no colour scheme")
    dark = dressed.palette().color(ROLE.Window)
    assert luminance(dark) < 0.1
    apply_theme(dressed, "light")
    light = dressed.palette().color(ROLE.Window)
    hints.setColorScheme(Qt.ColorScheme.Dark)
    dressed.processEvents()
    assert dressed.palette().color(ROLE.Window) == light


def test_widget_with_a_style_of_its_own_follows_too(dressed, qtbot):
    apply_theme(dressed, "light")
    tree = QTreeView()
    tree.setStyleSheet("QTreeView::item { padding: 4px 0; }")
    qtbot.addWidget(tree)
    tree.show()
    light = tree.palette().base().color()
    apply_theme(dressed, "dark")
    assert tree.palette().base().color() == dressed.palette().base().color() != light


def test_box_has_a_tick_in_high_contrast(dressed, qtbot):
    apply_theme(dressed, "contrast")
    box = QCheckBox()
    qtbot.addWidget(box)
    box.setChecked(True)
    picture = box.grab().toImage()
    yellow = [(x, y) for x in range(picture.width()) for y in range(picture.height())
              if picture.pixelColor(x, y) == QColor("#ffd800")]  # fmt: skip
    (left, right), (top, bottom) = ((min(places), max(places)) for places in zip(*yellow, strict=True))
    inside = [picture.pixelColor(x, y).lightness() for x in range(left, right + 1) for y in range(top, bottom + 1)]
    assert min(inside) < 60


@pytest.mark.parametrize("choice", ["dark", "contrast"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_box_that_is_not_ticked_can_be_seen_in_the_dark(kind, choice, dressed, qtbot):
    apply_theme(dressed, choice)
    box = kind()
    qtbot.addWidget(box)
    picture, ground = box.grab().toImage(), dressed.palette().color(ROLE.Window)
    middle = picture.height() // 2
    assert max(contrast(picture.pixelColor(x, middle), ground) for x in range(picture.width())) >= 3
