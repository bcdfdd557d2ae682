"""The window as a person uses it, from the first start to the next one."""

import subprocess
import sys
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QSlider, QWidget

from clipsorter.settings import load_settings
from clipsorter.ui import app, status
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.photo_order import Order
from clipsorter.ui.photo_table import State

WAIT_MS = 60_000


def names_shown(window):
    return [window.photos.index(place).data() for place in range(window.photos.rowCount())]


def row_of(window, name):
    return next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == name)


def answer(window, name):
    row = row_of(window, name)
    return window.photos.table.state(row), window.photos.table.category(row)


def wait_for_end(qtbot, window, count):
    qtbot.waitUntil(lambda: not window.session.is_busy and len(window.photos.table.photos) == count, timeout=WAIT_MS)


def type_categories(qtbot, window, text):
    before = window.photos.table.question
    window.panel.line.setFocus()
    qtbot.keyClicks(window.panel.line, text)
    qtbot.keyClick(window.panel.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.photos.table.question > before, timeout=WAIT_MS)


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window with a folder that was looked at, and categories that were typed."""
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    type_categories(qtbot, window, "cats, coffee, elephants")
    window.grid.setFocus()
    return window


def test_first_start_says_what_to_do(open_main):
    window = open_main()
    assert window.stack.currentWidget() is window.empty
    assert window.empty.button.isVisible()
    assert "Open" in window.empty.button.text()


def test_folder_and_categories_give_answers_and_counts(window):
    assert names_shown(window) == ["broken.jpg", "chelsea.png", "coffee.png", "rocket.jpg"]
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert answer(window, "coffee.png") == (State.SURE, "coffee")
    assert answer(window, "rocket.jpg") == (State.UNSURE, None)
    assert answer(window, "broken.jpg") == (State.FAILED, None)
    window._settle()
    counts = [window.categories.index(row).data(CategoryRole.COUNT) for row in range(3)]
    assert counts == [1, 1, 0]
    assert "4 photos" in window.status.words
    assert "1 can't be read" in window.status.words


def test_photos_are_counted_before_the_model_is_there(open_main, photos, qtbot):
    window = open_main()
    said = []
    window.session.paced.connect(lambda pace: said.append((window.status.words, window.status.model_words)))
    window.open_folder(photos)
    wait_for_end(qtbot, window, 4)
    words, model = said[0]
    assert words == "0 of 4"
    assert not model.startswith("Starter")


def test_edit_of_a_category_answers_anew_without_a_run(window, qtbot):
    before = window.photos.table.question
    window.categories.setData(window.categories.index(0), "animals")
    qtbot.waitUntil(lambda: window.photos.table.question > before)
    assert answer(window, "chelsea.png") == (State.SURE, "animals")
    assert not window.session.is_busy


def test_word_that_the_model_does_not_know_is_marked(window, qtbot):
    type_categories(qtbot, window, "xyzzy")
    index = window.categories.index(3)
    qtbot.waitUntil(lambda: "does not know" in index.data(Qt.ItemDataRole.ToolTipRole))


def test_key_decides_and_moves_on_and_undo_takes_it_back(window, qtbot):
    window.grid.choose(row_of(window, "chelsea.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_2)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")
    assert window.grid.current_row() == row_of(window, "coffee.png")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    assert window.grid.current_row() == row_of(window, "chelsea.png")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")


def test_accept_and_take_back(window, qtbot):
    row = row_of(window, "rocket.jpg")
    window.grid.choose(row)
    suggested = window.photos.table.guesses(row)[0].category
    qtbot.keyClick(window.grid, Qt.Key.Key_Return)
    assert answer(window, "rocket.jpg") == (State.BY_YOU, suggested)
    window.grid.choose(row)
    qtbot.keyClick(window.grid, Qt.Key.Key_Backspace)
    assert answer(window, "rocket.jpg") == (State.UNSURE, None)


def test_photo_that_failed_gets_no_decision(window, qtbot):
    window.grid.choose(row_of(window, "broken.jpg"))
    qtbot.keyClick(window.grid, Qt.Key.Key_1)
    assert answer(window, "broken.jpg") == (State.FAILED, None)


def test_all_is_there_after_a_restart(window, open_main, qtbot):
    window.categories.recolour("cats", "#009e73")
    window.grid.choose(row_of(window, "rocket.jpg"))
    qtbot.keyClick(window.grid, Qt.Key.Key_3)
    window.grid.choose(row_of(window, "coffee.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_1)
    window.grid.set_zoom(200)
    folder = window.folder
    window.review.stack.undo()
    window.close()

    again = open_main()
    wait_for_end(qtbot, again, 4)
    qtbot.waitUntil(lambda: bool(again.photos.table.names), timeout=WAIT_MS)
    assert again.folder == folder
    assert again.categories.lines() == ["cats", "coffee", "elephants"]
    assert again.categories.colour_of("cats").name() == "#009e73"
    assert again.grid.zoom == 200
    assert answer(again, "rocket.jpg") == (State.BY_YOU, "elephants")
    assert answer(again, "coffee.png") == (State.SURE, "coffee")


def test_filters_show_and_hide(window, qtbot):
    window.filters.choose_state(State.FAILED)
    assert names_shown(window) == ["broken.jpg"]
    window.panel.chosen.emit("cats")
    window.filters.choose_state(None)
    assert names_shown(window) == ["chelsea.png"]
    window.filters.reset()
    qtbot.keyClicks(window.filters.text, "OFF")
    qtbot.waitUntil(lambda: names_shown(window) == ["coffee.png"])
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert len(names_shown(window)) == 4


def test_filter_without_a_photo_says_so_and_leads_back(window, qtbot):
    window.filters.choose_state(State.BY_YOU)
    assert window.stack.currentWidget() is window.empty
    qtbot.mouseClick(window.empty.button, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.grid
    assert len(names_shown(window)) == 4


def test_unsure_review_goes_on_to_the_next_photo(window, qtbot):
    qtbot.keyClick(window.grid, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert names_shown(window) == ["rocket.jpg"]
    assert window.filters.sort_order() is Order.LEAST_SURE
    assert window.grid.current_row() == row_of(window, "rocket.jpg")
    qtbot.keyClick(window.grid, Qt.Key.Key_1)
    assert names_shown(window) == []
    window.review.stack.undo()
    assert names_shown(window) == ["rocket.jpg"]


def test_preview_shows_the_photo_and_why(window, qtbot):
    window.grid.choose(row_of(window, "chelsea.png"))
    preview = window.preview
    qtbot.waitUntil(lambda: preview.picture.image.width() > 256, timeout=WAIT_MS)
    assert "cats" in preview._bars.accessibleName()
    assert preview._name.text() == "chelsea.png"
    assert "451 × 300" in preview._facts.text()


def test_preview_is_never_drawn_with_its_parts_above_each_other(window):
    window.grid.clearSelection()
    window.preview.show_row(-1)
    window.preview.layout().activate()
    window.preview.show_row(row_of(window, "chelsea.png"))
    preview = window.preview
    parts = [preview._heading, preview._bars, preview._name, preview._facts, preview._path]
    assert all(above.geometry().bottom() < below.y() for above, below in pairwise(parts))


def test_folder_with_nothing_and_folder_that_is_gone_say_so(open_main, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window = open_main(tmp_path / "empty")
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert "no photos" in window.empty._heading.text()
    window.open_folder(tmp_path / "gone")
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert "not there" in window.empty._heading.text()
    assert "can't be opened" in window.notices.text


def test_dropped_folder_opens(open_main, photos, qtbot):
    window = open_main()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos / "coffee.png"))])
    buttons = Qt.MouseButton.LeftButton
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, buttons, Qt.KeyboardModifier.NoModifier))
    assert window.folder == photos
    wait_for_end(qtbot, window, 4)


def test_other_folder_drops_what_still_comes_from_the_one_before(open_main, photos, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window = open_main(photos)
    window.open_folder(tmp_path / "empty")
    window.open_folder(photos)
    window.open_folder(tmp_path / "empty")
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert window.photos.table.photos == []


def test_decision_made_before_the_photo_was_looked_at_is_kept(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["cats", "coffee"])
    qtbot.waitUntil(lambda: len(window.photos.table.photos) == 4, timeout=WAIT_MS)
    window.grid.choose(row_of(window, "chelsea.png"))
    window.review.assign(1)
    wait_for_end(qtbot, window, 4)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "coffee")


def test_category_twice_is_refused_in_a_sentence(window, qtbot):
    window.panel.line.setFocus()
    qtbot.keyClicks(window.panel.line, "Cats")
    qtbot.keyClick(window.panel.line, Qt.Key.Key_Return)
    assert window.notices.text == "The category “Cats” is in the list already."
    assert window.categories.rowCount() == 3


def test_damaged_settings_open_an_empty_window(clipsorter_home, open_main):
    (clipsorter_home / "config").mkdir()
    (clipsorter_home / "config" / "settings.json").write_text(
        '{"window": "?? ??", "categories": "a\\na", "category_colours": "no", "zoom_pixels": 7}', encoding="utf-8"
    )
    window = open_main()
    assert window.categories.rowCount() == 0
    assert window.grid.zoom >= 80


def test_model_that_is_not_here_is_said_and_another_answers(clipsorter_home, open_main, qtbot):
    (clipsorter_home / "config").mkdir()
    (clipsorter_home / "config" / "settings.json").write_text('{"model": "ViT-B/32"}', encoding="utf-8")
    window = open_main()
    qtbot.waitUntil(lambda: window.status.model_words.startswith("Starter"), timeout=WAIT_MS)
    assert window.notices.text == "ViT-B/32 is not on this computer, so Starter answers."


def test_settings_that_cannot_be_saved_do_not_keep_the_window_open(clipsorter_home, open_main):
    (clipsorter_home / "config").write_text("in the way", encoding="utf-8")
    window = open_main()
    window.close()
    assert not window.isVisible()


def test_every_control_has_a_name_for_screen_readers(window):
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QAbstractItemView | QComboBox | QLineEdit | QSlider)
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.isVisible()
        and not isinstance(widget.parent(), QLineEdit)
    ]
    assert nameless == []


def test_importing_the_window_imports_no_torch():
    program = "import sys, clipsorter.ui.app; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


def test_no_display_is_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert app.run([]) == 2
    assert "no display" in capsys.readouterr().err


@pytest.mark.parametrize(("left_s", "words"), [(40, "40 s left"), (200, "3 min left"), (7800, "2 h 10 min left")])
def test_time_left_is_said_as_people_say_it(qtbot, left_s, words):
    bar = status.Status()
    qtbot.addWidget(bar)
    assert bar._time_left(left_s) == words


def test_settings_remember_the_folder(window, photos):
    window.close()
    assert load_settings().folder == str(photos)


def state_button(window, state):
    return window.filters._group.button(window.filters._states.index(state))


def test_journey_over_real_photos_from_the_first_start_to_the_second(open_main, shared_photos, qtbot):
    window = open_main()
    assert window.stack.currentWidget() is window.empty
    window.open_folder(shared_photos)
    type_categories(qtbot, window, "dogs, cats, food, flowers")
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=120_000)

    table, counts = window.photos.table, window.photos.table.counts()
    assert counts.total > 200
    assert counts.states[State.SURE] + counts.states[State.UNSURE] + counts.states[State.FAILED] == counts.total
    assert all(counts.categories[name][0] for name in ("dogs", "cats", "food", "flowers"))
    assert all(table.reasons[row] for row in range(counts.total) if table.state(row) is State.FAILED)

    window.grid.setFocus()
    cat, other = [row for row in range(counts.total) if table.category(row) == "cats"][:2]
    window.grid.choose(cat)
    qtbot.keyClick(window.grid, Qt.Key.Key_1)
    assert (table.state(cat), table.category(cat)) == (State.BY_YOU, "dogs")
    qtbot.waitUntil(lambda: state_button(window, State.BY_YOU).text() == "By you 1")
    qtbot.mouseClick(state_button(window, State.BY_YOU), Qt.MouseButton.LeftButton)
    assert names_shown(window) == [table.photos[cat].path.name]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.photos.rowCount() == counts.total

    window.grid.choose(other)
    qtbot.keyClick(window.grid, Qt.Key.Key_3)
    assert (table.state(other), table.category(other)) == (State.BY_YOU, "food")
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (table.state(other), table.category(other)) == (State.SURE, "cats")

    before = {photo.path: (table.state(row), table.category(row)) for row, photo in enumerate(table.photos)}
    window.close()
    again = open_main()
    wait_for_end(qtbot, again, counts.total)
    table = again.photos.table
    qtbot.waitUntil(lambda: bool(table.names), timeout=WAIT_MS)
    assert again.categories.lines() == ["dogs", "cats", "food", "flowers"]
    assert before == {photo.path: (table.state(row), table.category(row)) for row, photo in enumerate(table.photos)}
    qtbot.waitUntil(lambda: state_button(again, State.BY_YOU).text() == "By you 1")


def test_run_that_is_stopped_ends_soon_and_says_how_to_go_on(open_main, photos, qtbot):
    window = open_main()
    qtbot.waitUntil(lambda: "Starter" in window.status.model_words, timeout=WAIT_MS)
    window.open_folder(photos)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert "F5" in window.status.words
    window.rescan()
    wait_for_end(qtbot, window, 4)
    assert "F5" not in window.status.words


def test_narrow_window_takes_words_off_the_buttons_and_keeps_the_search_box(window, qtbot):
    window.resize(1400, 700)
    qtbot.waitUntil(lambda: window.width() == 1400)
    window.resize(760, 700)
    qtbot.waitUntil(window.search.box.isVisible)
    edge = window.search.box.mapTo(window, window.search.box.rect().topRight()).x()
    assert 0 < edge < 760


def test_looking_again_keeps_the_photo_that_had_the_keyboard(open_main, photos, qtbot):
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    window.grid.choose(row_of(window, "rocket.jpg"))
    (photos / "chelsea.png").unlink()
    window.rescan()
    wait_for_end(qtbot, window, 3)
    assert window.photos.photo(window.grid.current_row()).path.name == "rocket.jpg"
    assert window.preview._row == window.grid.current_row()
