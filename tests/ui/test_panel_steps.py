"""F6 goes round the panels."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    qtbot.waitUntil(lambda: window.photos.rowCount() == 4, timeout=60_000)
    window.activateWindow()
    window.grid.setFocus()
    qtbot.waitUntil(window.grid.hasFocus)
    return window


def press(qtbot, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, modifier)
    return QApplication.focusWidget()


def test_f6_goes_from_panel_to_panel_and_round(window, qtbot):
    found = [press(qtbot) for _ in range(5)]
    assert found == [
        window.preview.picture, window.folders.tree, window.panel.line, window.filters.checked, window.grid
    ]  # fmt: skip
    assert window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # without it, no ring is drawn
    window.categories.add(["cats"])
    assert press(qtbot, Qt.KeyboardModifier.ShiftModifier) is window.filters.checked
    assert press(qtbot, Qt.KeyboardModifier.ShiftModifier) is window.panel.list


def test_panel_that_is_hidden_is_passed_over(window, qtbot):
    window.actions_.preview.setChecked(False)
    window.actions_.left.setChecked(False)
    assert press(qtbot) is window.filters.checked
    assert press(qtbot) is window.grid
    window.large.open()
    assert press(qtbot) is window.large
