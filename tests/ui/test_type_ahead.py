"""Letters that are typed in the grid find a category; only Enter decides."""

import pytest
from PySide6.QtCore import Qt

from clipsorter.ui.photo_table import State
from clipsorter.ui.type_ahead import matches
from tests.ui.test_window import answer, row_of, type_categories, wait_for_end

NAMES = ["dogs", "Animals/Dog", "Donuts", "cats", "2024 in dots"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("d", ["dogs", "Donuts", "Animals/Dog"]),
        ("DO", ["dogs", "Donuts", "Animals/Dog"]),
        ("dog", ["dogs", "Animals/Dog"]),
        ("animals/d", ["Animals/Dog"]),
        ("2024 ", ["2024 in dots"]),
        ("x", []),
    ],
)
def test_beginning_of_a_name_or_of_its_last_part_finds_it(typed, expected):
    assert matches(typed, NAMES) == expected


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window with cats, coffee and elephants, and with chelsea.png chosen."""
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    type_categories(qtbot, window, "cats, coffee, elephants, unicorns 2")
    window.grid.choose(row_of(window, "chelsea.png"))
    window.grid.setFocus()
    return window


def line(window):
    return window.actions_.photo.type_ahead.line


def test_letters_show_a_category_and_enter_takes_it(window, qtbot):
    qtbot.keyClicks(window.grid, "cof")
    assert line(window).isVisible()
    assert "coffee" in line(window).text()
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")
    assert not line(window).isVisible()
    assert window.grid.current_row() == row_of(window, "coffee.png")


def test_arrow_down_goes_to_the_next_that_begins_so(window, qtbot):
    qtbot.keyClicks(window.grid, "c")
    qtbot.keyClick(window.grid, Qt.Key.Key_Down)
    assert "coffee, 2 of 2" in line(window).text()
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")


def test_whole_name_decides_nothing_and_escape_leaves_only_the_letters(window, qtbot):
    window.filters.choose_state(State.SURE)
    qtbot.keyClicks(window.grid, "coffee")
    qtbot.keyClick(window.grid, Qt.Key.Key_Escape)
    assert not line(window).isVisible()
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert window.filters.is_filtering()
    qtbot.keyClick(window.grid, Qt.Key.Key_Escape)
    assert not window.filters.is_filtering()


def test_letter_of_an_earlier_key_is_only_a_letter_and_digits_belong_to_the_name(window, qtbot):
    qtbot.keyClicks(window.grid, "unicorns 2")
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert not window.filters.is_filtering()
    assert not window.large.isVisible()
    qtbot.keyClick(window.grid, Qt.Key.Key_Backspace)
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "unicorns 2")


def test_nothing_begins_like_that_and_enter_does_nothing(window, qtbot):
    qtbot.keyClicks(window.grid, "xq")
    assert "No category" in line(window).text()
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    qtbot.keyClick(window.grid, Qt.Key.Key_Backspace)
    qtbot.keyClick(window.grid, Qt.Key.Key_Backspace)
    assert not line(window).isVisible()


def test_other_photo_or_other_place_forgets_the_letters(window, qtbot):
    qtbot.keyClicks(window.grid, "cof")
    qtbot.keyClick(window.grid, Qt.Key.Key_Right)
    assert not line(window).isVisible()
    qtbot.keyClicks(window.grid, "cof")
    middle = window.grid.visualRect(window.grid.currentIndex()).center()
    qtbot.mouseClick(
        window.grid.viewport(),
        Qt.MouseButton.LeftButton,
        pos=middle,
    )
    assert not line(window).isVisible()
    qtbot.keyClicks(window.grid, "cof")
    window.panel.line.setFocus()
    assert not line(window).isVisible()
