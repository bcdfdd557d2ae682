"""The lines above the photos, in the real window."""

import pytest
from PySide6.QtCore import Qt

from clipsorter.ui.filter_bar import FilterBar
from clipsorter.ui.photo_order import Grouping, Order
from clipsorter.ui.photo_table import Counts, State
from tests.ui.test_window import answer, names_shown, row_of, type_categories, wait_for_end


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    type_categories(qtbot, window, "cats, coffee, elephants")
    window.grid.setFocus()
    return window


def test_slider_shows_what_the_model_is_so_sure_of_and_its_button_turns_it_round(window, qtbot):
    share = window.filters.share
    share.slider.setValue(50)
    assert names_shown(window) == ["chelsea.png", "coffee.png"]
    qtbot.mouseClick(share.turn, Qt.MouseButton.LeftButton)
    assert names_shown(window) == ["rocket.jpg"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert len(names_shown(window)) == 4
    assert share.range() == (0, 1)


def test_slider_turned_round_at_its_end_leaves_out_nothing(window, qtbot):
    qtbot.mouseClick(window.filters.share.turn, Qt.MouseButton.LeftButton)
    assert window.filters.share.slider.value() == 100
    assert len(names_shown(window)) == 4
    assert not window.filters.is_filtering()


def test_share_that_no_photo_has_says_so_and_leads_back(window, qtbot):
    window.filters.share.slider.setValue(100)
    assert window.stack.currentWidget() is window.empty
    qtbot.mouseClick(window.empty.button, Qt.MouseButton.LeftButton)
    assert len(names_shown(window)) == 4


def test_corrected_photos_are_offered_once_there_are_some(window, qtbot):
    button = window.filters._group.button(window.filters._corrected)
    assert not button.isVisible()
    window.grid.choose(row_of(window, "chelsea.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_1)  # as the model has it
    window.grid.choose(row_of(window, "coffee.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_3)
    qtbot.waitUntil(button.isVisible)
    assert button.text() == "Corrected 1"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert names_shown(window) == ["coffee.png"]


def test_review_under_headings_goes_on_where_the_photo_was(window, qtbot):
    window.filters.choose_grouping(Grouping.CATEGORY)
    assert names_shown(window) == ["chelsea.png", "coffee.png", "rocket.jpg", "broken.jpg"]
    window.grid.choose(row_of(window, "chelsea.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_3)
    assert [(group.name or group.state.name, group.count) for group in window.photos.groups] == [
        ("coffee", 1), ("elephants", 1), ("UNSURE", 1), ("FAILED", 1),
    ]  # fmt: skip
    assert window.grid.current_row() == row_of(window, "coffee.png")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert window.grid.current_row() == row_of(window, "chelsea.png")


def test_decision_about_several_is_one_step_back(window, qtbot):
    window.grid.selectAll()
    qtbot.keyClick(window.grid, Qt.Key.Key_3)
    assert answer(window, "rocket.jpg") == (State.BY_YOU, "elephants")
    assert answer(window, "broken.jpg") == (State.FAILED, None)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answer(window, "rocket.jpg") == (State.UNSURE, None)
    assert sorted(window.grid.chosen_rows()) == [
        row_of(window, name) for name in ("chelsea.png", "coffee.png", "rocket.jpg")
    ]


def test_unsure_review_works_under_headings(window, qtbot):
    window.filters.choose_grouping(Grouping.FOLDER)
    qtbot.keyClick(window.grid, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert names_shown(window) == ["rocket.jpg"]
    assert window.filters.sort_order() is Order.LEAST_SURE


def test_end_of_a_review_brings_back_the_order_before_it(window, qtbot):
    window.filters.choose_order(Order.NAME_BACKWARDS)
    for _ in range(2):  # going through them again is still the same review
        qtbot.keyClick(window.grid, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert window.filters.sort_order() is Order.LEAST_SURE
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.filters.sort_order() is Order.NAME_BACKWARDS
    assert names_shown(window) == ["rocket.jpg", "coffee.png", "chelsea.png", "broken.jpg"]


def test_order_and_headings_are_there_after_a_restart_but_not_those_of_a_review(window, open_main, qtbot):
    window.filters.choose_order(Order.OLDEST)
    window.filters.choose_grouping(Grouping.CATEGORY)
    qtbot.keyClick(window.grid, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    window.close()
    again = open_main()
    assert again.filters.sort_order() is Order.OLDEST
    assert again.filters.group_by() is Grouping.CATEGORY
    wait_for_end(qtbot, again, 4)
    qtbot.waitUntil(lambda: [group.name for group in again.photos.groups] == ["cats", "coffee", "", ""])


def test_order_that_does_not_exist_is_that_of_the_folder(clipsorter_home, open_main):
    (clipsorter_home / "config").mkdir()
    (clipsorter_home / "config" / "settings.json").write_text('{"order": "ODD", "grouping": "x"}', encoding="utf-8")
    window = open_main()
    assert window.filters.sort_order() is Order.FOLDER
    assert window.filters.group_by() is Grouping.NONE


def test_states_take_more_lines_where_one_is_too_narrow(qtbot):
    bar = FilterBar()
    qtbot.addWidget(bar)
    bar.show_counts(Counts(900, dict.fromkeys(State, 150), {}, corrected=20))
    bar.resize(900, 80)
    bar.show()
    buttons = bar._group.buttons()
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 1)
    bar.resize(270, 110)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) > 1)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)


def test_narrow_bar_keeps_what_leaves_photos_out(window):
    window.filters.share.slider.setValue(50)
    window.filters.resize(200, 60)
    assert not window.filters.order.isVisible()
    assert window.filters.share.isVisible()
    window.filters.reset()
    window.filters.resize(210, 60)
    assert not window.filters.share.isVisible()
