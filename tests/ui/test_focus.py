"""Whoever goes by keyboard sees where they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from clipsorter.ui.focus import FocusRing, _Ring


@pytest.fixture
def pair(qapp, qtbot):
    """Return two buttons in a window, and a ring that goes with the keyboard."""
    rings = FocusRing(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.buttons = QPushButton("one"), QPushButton("two")
    layout = QVBoxLayout(window)
    for button in window.buttons:
        layout.addWidget(button)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    qapp.focusChanged.disconnect(rings._move)
    rings.deleteLater()


def ringed(window):
    return [button.text() for button in window.buttons if any(ring.isVisible() for ring in button.findChildren(_Ring))]


def test_ring_goes_with_the_tab_key(pair, qtbot):
    pair.buttons[0].setFocus()
    assert ringed(pair) == []  # the mouse or the program itself needs no ring
    qtbot.keyClick(pair.buttons[0], Qt.Key.Key_Tab)
    assert ringed(pair) == ["two"]
    qtbot.keyClick(pair.buttons[1], Qt.Key.Key_Backtab)
    assert ringed(pair) == ["one"]


def test_ring_is_drawn_at_the_edge_and_grows_with_its_widget(pair, qtbot):
    qtbot.keyClick(pair.buttons[0], Qt.Key.Key_Tab)
    button = next(button for button in pair.buttons if button.hasFocus())
    pair.resize(pair.width() + 100, pair.height() + 50)
    qtbot.waitUntil(lambda: button.findChild(_Ring).size() == button.size())
    image = button.grab().toImage()
    accent = button.palette().highlight().color()
    assert image.pixelColor(1, button.height() // 2) == accent
    assert image.pixelColor(button.width() - 2, button.height() // 2) == accent


def test_ring_does_not_take_the_mouse(pair, qtbot):
    qtbot.keyClick(pair.buttons[0], Qt.Key.Key_Tab)
    clicked = []
    button = next(button for button in pair.buttons if button.hasFocus())
    button.clicked.connect(lambda: clicked.append(True))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicked == [True]
