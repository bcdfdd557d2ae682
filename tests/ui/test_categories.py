"""The panel of categories in the real window: by mouse, by key, and in the dialog of one category."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit

from clipsorter.sorting.category import Category
from clipsorter.ui.category_rows import box_of
from clipsorter.ui.photo_table import State
from clipsorter.ui.theme import CATEGORY_COLOURS
from tests.ui.test_window import WAIT_MS, answer, row_of, wait_for_end

NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.restore("cats\nDrinks/coffee\nelephants\n", "")
    wait_for_end(qtbot, window, 4)
    wait_for_answer(qtbot, window, "chelsea.png", State.SURE)
    return window


def wait_for_answer(qtbot, window, name, state):
    qtbot.waitUntil(lambda: answer(window, name)[0] == state, timeout=WAIT_MS)


def middle_of(window, path):
    return window.panel.list.visualRect(window.categories.index_of(path)).center()


def hold(window, paths, place):
    """Hold files above the list, as a drag does; return whether they may fall there, and what is dragged."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    view = window.panel.list
    view.dragEnterEvent(QDragEnterEvent(place, Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS))
    move = QDragMoveEvent(place, Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS)
    view.dragMoveEvent(move)
    return move.isAccepted(), mime


def drop(window, paths, place):
    accepted, mime = hold(window, paths, place)
    event = QDropEvent(QPointF(place), Qt.DropAction.CopyAction, mime, LEFT, NO_KEYS)
    window.panel.list.dropEvent(event)
    return accepted and event.isAccepted()


def type_name(qtbot, window, text):
    editor = window.panel.list.findChild(QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)


def test_photos_that_are_dropped_on_a_category_are_decided_and_that_is_undone(window, photos):
    grid = window.grid
    grid.choose(row_of(window, "rocket.jpg"))
    urls = window.photos.mimeData([grid.currentIndex()]).urls()
    assert drop(window, [url.toLocalFile() for url in urls], middle_of(window, "elephants"))
    assert answer(window, "rocket.jpg") == (State.BY_YOU, "elephants")
    assert drop(window, [photos / "coffee.png", photos / "broken.jpg"], middle_of(window, "Drinks/coffee"))
    assert answer(window, "coffee.png") == (State.BY_YOU, "Drinks/coffee")
    assert answer(window, "broken.jpg")[0] == State.FAILED
    window.review.stack.undo()
    window.review.stack.undo()
    assert answer(window, "rocket.jpg") == (State.UNSURE, None)
    assert answer(window, "coffee.png") == (State.SURE, "Drinks/coffee")


def test_category_lights_up_under_photos_and_nothing_else_takes_them(window, photos):
    delegate = window.panel.list.itemDelegate()
    assert hold(window, [photos / "coffee.png"], middle_of(window, "cats"))[0]
    assert delegate.drop_target == "cats"
    for place in (middle_of(window, "Drinks"), QPoint(20, window.panel.list.viewport().height() - 2)):
        assert not hold(window, [photos / "coffee.png"], place)[0]
        assert delegate.drop_target == ""
        assert not drop(window, [photos / "coffee.png"], place)
    assert answer(window, "coffee.png") == (State.SURE, "Drinks/coffee")


def test_category_falls_where_it_is_let_go(window):
    view = window.panel.list
    for path, row, above, lines in (
        ("elephants", "cats", -15, ["elephants", "cats", "Drinks/coffee"]),
        ("cats", "elephants", 15, ["Drinks/coffee", "elephants", "cats"]),
        ("cats", "Drinks/coffee", -15, ["Drinks/cats", "Drinks/coffee", "elephants"]),
        ("cats", "Drinks", 0, ["Drinks/coffee", "Drinks/cats", "elephants"]),
        ("cats", "elephants", 0, ["Drinks/coffee", "elephants", "cats"]),
    ):
        mime = window.categories.mimeData([window.categories.index_of(path)])
        place = middle_of(window, row) + QPoint(0, above)
        view.dragEnterEvent(QDragEnterEvent(place, Qt.DropAction.MoveAction, mime, LEFT, NO_KEYS))
        view.dragMoveEvent(QDragMoveEvent(place, Qt.DropAction.MoveAction, mime, LEFT, NO_KEYS))
        view.dropEvent(QDropEvent(QPointF(place), Qt.DropAction.MoveAction, mime, LEFT, NO_KEYS))
        assert window.categories.lines() == lines
        window.review.stack.undo()
    view.choose("cats")
    window.categories.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, window.categories.index_of("Drinks"))
    assert view.current_path == "Drinks/cats"
    window.review.stack.undo()
    assert view.current_path == "cats"


def test_photos_of_another_folder_are_not_taken_and_that_is_said(window, tmp_path):
    drop(window, [tmp_path / "coffee.png"], middle_of(window, "cats"))
    assert answer(window, "coffee.png") == (State.SURE, "Drinks/coffee")
    assert "Not in the open folder" in window.notices.text


def test_click_on_the_box_switches_off_and_the_photos_are_judged_anew(window, qtbot):
    view = window.panel.list
    place = box_of(view.visualRect(window.categories.index_of("cats"))).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    assert [category.name for category in window.categories.categories()] == ["Drinks/coffee", "elephants"]
    qtbot.waitUntil(lambda: "cats" not in window.photos.table.names, timeout=WAIT_MS)
    assert answer(window, "chelsea.png")[1] is None
    assert not window.filters.is_filtering()
    view.setFocus()
    view.choose("cats")
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.SURE, "cats"), timeout=WAIT_MS)


def test_several_categories_are_added_in_one_line_and_a_prompt_keeps_its_commas(window, qtbot):
    qtbot.keyClicks(window.panel.line, "fish, Pets/Rex @70% = a dog, brown | a red sofa")
    qtbot.keyClick(window.panel.line, Qt.Key.Key_Return)
    assert window.categories.lines()[3:] == ["fish", "Pets/Rex @70% = a dog, brown | a red sofa"]
    assert window.panel.line.text() == ""


def test_rename_in_place_keeps_the_category_where_it_is(window, qtbot):
    view = window.panel.list
    view.choose("Drinks/coffee")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F2)
    type_name(qtbot, window, "tea")
    qtbot.waitUntil(lambda: window.categories.lines() == ["cats", "Drinks/tea", "elephants"])
    assert view.current_path == "Drinks/tea"
    view.choose("Drinks")
    qtbot.keyClick(view, Qt.Key.Key_Return)  # a heading has nothing to edit but its name
    type_name(qtbot, window, "Hot/Drinks")
    qtbot.waitUntil(lambda: window.categories.lines() == ["cats", "Hot/Drinks/tea", "elephants"])


def test_keys_move_and_delete_and_what_is_folded_stays_so(window, qtbot):
    view = window.panel.list
    view.collapse(window.categories.index_of("Drinks"))
    view.choose("elephants")
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.categories.lines() == ["cats", "elephants", "Drinks/coffee"]
    assert view.current_path == "elephants"
    assert not view.isExpanded(window.categories.index_of("Drinks"))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert window.categories.lines() == ["cats", "Drinks/coffee"]
    assert view.current_path == "Drinks"
    window.review.stack.undo()
    assert window.categories.lines() == ["cats", "elephants", "Drinks/coffee"]


def test_deleted_category_can_be_brought_back_in_another_folder_but_no_decision_is_undone_there(window, tmp_path):
    window.review.put([row_of(window, "rocket.jpg")], "cats")
    window.panel.list.choose("cats")
    window.panel.delete.trigger()
    window.review.put([row_of(window, "rocket.jpg")], "elephants")
    window.open_folder(tmp_path)
    assert window.categories.lines() == ["Drinks/coffee", "elephants"]
    window.review.stack.undo()
    assert window.categories.lines() == ["cats", "Drinks/coffee", "elephants"]
    assert not window.review.stack.canUndo()
    window.review.stack.redo()
    assert window.categories.lines() == ["Drinks/coffee", "elephants"]


def test_row_shows_the_photos_of_all_below_it_also_under_a_new_name(window, qtbot):
    qtbot.mouseClick(window.panel.list.viewport(), LEFT, pos=middle_of(window, "Drinks"))
    assert [window.photos.index(place).data() for place in range(window.photos.rowCount())] == ["coffee.png"]
    window.categories.rename("Drinks", "Beverages")
    assert window.filters.filter().category == "Beverages"
    qtbot.waitUntil(lambda: answer(window, "coffee.png") == (State.SURE, "Beverages/coffee"), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: window.photos.rowCount() == 1)


def test_editor_keeps_prompts_threshold_and_colour_as_one_edit(window, qtbot):
    window.panel.list.choose("cats")
    window.panel.edit.trigger()
    editor = window.panel.editor
    assert editor.isVisible()
    assert not editor.isModal()
    editor.prompts.setPlainText("a cat\na kitten | a tabby")
    editor.as_all.setChecked(False)
    editor.slider.setValue(100)
    editor.colours.button(7).click()
    assert window.categories.categories()[0] == Category("cats")
    editor.keep.click()
    assert window.categories.categories()[0] == Category("cats", ("a cat", "a kitten", "a tabby"), 1.0)
    assert window.categories.colours()[0] == CATEGORY_COLOURS[7]
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.UNSURE, None), timeout=WAIT_MS)
    window.review.stack.undo()
    assert window.categories.categories()[0] == Category("cats")
    assert window.categories.colours()[0] != CATEGORY_COLOURS[7]
    window.panel.edit.trigger()
    assert editor.prompts.toPlainText() == ""
    assert editor.as_all.isChecked()


def test_editor_renames_refuses_twins_and_follows_what_happens_elsewhere(window, qtbot):
    window.panel.list.choose("cats")
    window.panel.edit.trigger()
    editor = window.panel.editor
    editor.name.selectAll()
    qtbot.keyClicks(editor.name, "elephants")
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert "Another category" in editor.message.text()
    assert not editor.keep.isEnabled()
    assert editor.isVisible()
    assert window.categories.lines()[0] == "cats"
    qtbot.keyClicks(editor.name, "!")
    assert editor.message.text() == ""
    qtbot.keyClick(editor.name, Qt.Key.Key_Return)
    assert not editor.isVisible()
    assert window.categories.lines()[0] == "elephants!"
    window.panel.edit.trigger()
    window.categories.rename("elephants!", "kittens")
    assert editor.name.text() == "kittens"
    qtbot.keyClicks(editor.name, "x")
    window.categories.recolour("Drinks/coffee", CATEGORY_COLOURS[8])  # of another category: what is written stays
    assert editor.name.text() == "kittensx"
    editor.close()
    assert window.categories.lines()[0] == "kittens"
    window.panel.edit.trigger()
    assert editor.name.text() == "kittens"
    window.categories.remove("kittens")
    assert not editor.isVisible()
