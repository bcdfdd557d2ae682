"""The icons are one set, and follow the palette."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPalette

from clipsorter.paths import resource
from clipsorter.ui.icons import app_icon, icon

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


@pytest.fixture
def painted(qapp):
    """Give the application a palette that the test may change, and its own one back afterwards."""
    before = qapp.palette()
    yield qapp
    qapp.setPalette(before)


def inks(picture):
    image = picture.toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", NAMES)
def test_drawing_has_the_grid_and_the_stroke_of_the_set(name, qapp):
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    assert 'viewBox="0 0 24 24"' in text
    assert re.findall(r'stroke-width="([^"]+)"', text) == ["1.7"]
    assert re.findall(r'(?:stroke|fill)="([^"]+)"', text) == ["none", "#000"]
    assert inks(icon(name).pixmap(QSize(48, 48)))


def test_icon_follows_the_palette_and_what_is_disabled(painted):
    colours, picture = QPalette(), icon("close")
    colours.setColor(QPalette.ColorRole.ButtonText, QColor("#123456"))
    colours.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText, QColor("#aabbcc"))
    painted.setPalette(colours)
    assert inks(picture.pixmap(QSize(48, 48))) == {"#123456"}
    assert inks(picture.pixmap(QSize(48, 48), QIcon.Mode.Disabled)) == {"#aabbcc"}
    colours.setColor(QPalette.ColorRole.ButtonText, QColor("#ffffff"))
    painted.setPalette(colours)
    assert inks(picture.pixmap(QSize(48, 48))) == {"#ffffff"}


def test_copy_of_an_icon_outlives_the_first(qapp):
    copies = [QIcon(icon("open")) for _ in range(50)]
    copies[0].addFile(str(resource("clipsorter.svg")))  # makes Qt clone the engine
    assert all(not copy.pixmap(QSize(24, 24)).isNull() for copy in copies)


def test_icon_is_sharp_on_a_dense_screen(qapp):
    assert icon("open").pixmap(QSize(24, 24), 2.0).size() == QSize(48, 48)


@pytest.mark.parametrize("side", [16, 24, 48, 256])
def test_program_has_a_picture_in_each_size(side, qapp):
    assert len(inks(app_icon().pixmap(QSize(side, side)))) > 3


def test_every_icon_that_is_asked_for_is_there():
    source = Path(__file__).parents[2] / "clipsorter" / "ui"
    text = "\n".join(path.read_text(encoding="utf-8") for path in source.glob("*.py"))
    asked = set(re.findall(r'\bicon\("([a-z-]+)"\)', text))
    assert asked
    assert asked <= set(NAMES)
