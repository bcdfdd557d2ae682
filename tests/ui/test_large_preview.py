"""Review over the whole window, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from clipsorter.ui.photo_table import State
from tests.ui.test_window import answer, row_of, type_categories, wait_for_end

WAIT_MS = 60_000


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window with a folder that was looked at, at the photo of a cat, which is large."""
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    type_categories(qtbot, window, "cats, coffee, elephants")
    window.grid.setFocus()
    window.grid.choose(row_of(window, "chelsea.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    assert window.large.isVisible()
    return window


def press(qtbot, window, *keys):
    for key in keys:
        qtbot.keyClick(window.large, key)


def shown(window):
    return window.large.picture.photo.path.name


def test_space_shows_the_photo_over_the_whole_window_and_leads_back(window, qtbot):
    assert window.large.size() == window.size()
    assert window.large.hasFocus()
    qtbot.waitUntil(lambda: window.large.picture.image.width() == 451, timeout=WAIT_MS)
    window.resize(1100, 700)
    assert window.large.size() == window.size()
    press(qtbot, window, Qt.Key.Key_Space)
    assert not window.large.isVisible()
    assert window.grid.hasFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.large.isVisible()


def test_escape_closes_it_and_does_nothing_else(window, qtbot):
    window.filters.choose_state(State.SURE)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.filters.is_filtering()


def test_arrows_go_to_the_photos_beside_and_stop_at_the_ends(window, qtbot):
    press(qtbot, window, Qt.Key.Key_Right)
    assert shown(window) == "coffee.png"
    press(qtbot, window, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert shown(window) == "rocket.jpg"
    press(qtbot, window, *[Qt.Key.Key_Left] * 9)
    assert shown(window) == "broken.jpg"
    press(qtbot, window, Qt.Key.Key_Escape)
    assert window.grid.current_row() == row_of(window, "broken.jpg")


def test_photos_beside_are_read_ahead(window, qtbot):
    beside = window.photos.photo(row_of(window, "coffee.png"))
    qtbot.waitUntil(lambda: window.reader.get(beside, 640) is not None, timeout=WAIT_MS)
    press(qtbot, window, Qt.Key.Key_Right)
    assert window.large.picture.image.width() == 600  # at once


def test_photo_that_cannot_be_read_says_why(window, qtbot):
    press(qtbot, window, Qt.Key.Key_Left)
    assert shown(window) == "broken.jpg"
    assert "it is damaged" in window.large.picture._words
    assert "Can't be read" in window.large.accessibleName()


def test_whole_review_works_in_it(window, qtbot):
    press(qtbot, window, Qt.Key.Key_2)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")
    assert shown(window) == "coffee.png"
    press(qtbot, window, Qt.Key.Key_Return)
    assert answer(window, "coffee.png") == (State.BY_YOU, "coffee")
    assert shown(window) == "rocket.jpg"
    press(qtbot, window, Qt.Key.Key_Left, Qt.Key.Key_Backspace)
    assert answer(window, "coffee.png") == (State.SURE, "coffee")
    for _ in range(3):
        qtbot.keyClick(window.large, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert shown(window) == "chelsea.png"
    assert window.large.isVisible()


def test_letters_find_a_category_in_it(window, qtbot):
    qtbot.keyClicks(window.large, "cof")
    line = next(label for label in window.large.findChildren(QLabel) if label.isVisible())
    assert "coffee" in line.text()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not line.isVisible()
    assert window.large.isVisible()
    qtbot.keyClicks(window.large, "el ")
    qtbot.keyClick(window.large, Qt.Key.Key_Backspace)
    press(qtbot, window, Qt.Key.Key_Return)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "elephants")
    assert shown(window) == "coffee.png"


def test_unsure_ones_can_be_reviewed_from_it(window, qtbot):
    qtbot.keyClick(window.large, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert shown(window) == "rocket.jpg"
    assert window.large.hasFocus()
    press(qtbot, window, Qt.Key.Key_1)
    assert answer(window, "rocket.jpg") == (State.BY_YOU, "cats")


def test_last_photo_of_a_review_leaves_a_word(window, qtbot):
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.keyClick(window.grid, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(window.grid, Qt.Key.Key_Space)
    assert shown(window) == "rocket.jpg"
    press(qtbot, window, Qt.Key.Key_1)
    assert window.large.picture.photo is None
    assert "no other photo" in window.large.picture._words
    press(qtbot, window, Qt.Key.Key_Right, Qt.Key.Key_1)
    press(qtbot, window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.empty)


def test_closer_look_moves_by_arrows_and_reads_all_pixels_only_when_asked(window, qtbot):
    press(qtbot, window, Qt.Key.Key_Right)
    picture = window.large.picture
    qtbot.waitUntil(lambda: picture.image.width() == 600, timeout=WAIT_MS)
    assert picture.full.isNull()
    for _ in range(4):
        press(qtbot, window, Qt.Key.Key_Plus)
    assert picture.scale == pytest.approx(1.25**4)
    press(qtbot, window, Qt.Key.Key_Right)
    assert shown(window) == "coffee.png"
    press(qtbot, window, Qt.Key.Key_PageDown)
    assert shown(window) == "rocket.jpg"
    assert picture.is_fitting


def test_all_pixels_of_a_large_photo_come_when_each_is_wanted(open_main, shared_photos, qtbot):
    window = open_main(shared_photos / "camera")
    qtbot.waitUntil(lambda: any(p.path.name == "sky.jpg" for p in window.photos.table.photos), timeout=WAIT_MS)
    window.session.cancel()
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    window.grid.choose(row_of(window, "sky.jpg"))
    window.large.open()
    picture = window.large.picture
    qtbot.waitUntil(lambda: picture.image.width() >= 1280, timeout=WAIT_MS)
    assert picture.image.width() < 4080
    press(qtbot, window, Qt.Key.Key_0)
    assert picture.scale == 1
    qtbot.waitUntil(lambda: picture.full.width() == 4080, timeout=WAIT_MS)
    assert not picture.is_waiting_for_all


def test_keys_and_names_are_told(window):
    assert "1 cats · 2 coffee · 3 elephants · Enter" in window.large.caption.hints()
    assert "cats" in window.large.accessibleName()


def test_other_folder_closes_it(window, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window.open_folder(tmp_path / "empty")
    assert not window.large.isVisible()
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)


def test_path_can_be_copied(window, qtbot, photos, qapp):
    press(qtbot, window, Qt.Key.Key_Escape)
    window.preview._path._copy()
    assert qapp.clipboard().text() == str(photos / "chelsea.png")
