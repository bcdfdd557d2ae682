import shutil

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from clipsorter.ui.photo_model import Role


def shown(window):
    model = window.photos
    return [model.index(place).data(Role.PHOTO).path.name for place in range(model.rowCount())]


def search(window, qtbot, text):
    window.search.leave()
    assert not window.search.heading.isVisible()
    qtbot.keyClicks(window.search.box, text)
    qtbot.waitUntil(window.search.heading.isVisible, timeout=20_000)


def test_best_photos_come_first_as_it_is_typed(searched, qtbot):
    assert not searched.search.is_everywhere
    search(searched, qtbot, "cat")
    assert shown(searched)[0] == "chelsea.png"
    assert len(shown(searched)) == 3  # the broken one has no vector
    assert "“cat”" in searched.search.words.text()
    search(searched, qtbot, "coffee -cat")
    qtbot.waitUntil(lambda: shown(searched)[0] == "coffee.png")
    assert shown(searched)[-1] == "chelsea.png"


def test_escape_leaves_the_search_and_all_photos_are_back(searched, qtbot):
    before = shown(searched)
    search(searched, qtbot, "rocket")
    assert not searched.filters.order.isEnabled()
    searched.actions_.back.trigger()
    assert shown(searched) == before
    assert not searched.search.heading.isVisible()
    assert searched.search.box.text() == ""
    assert searched.filters.order.isEnabled()


def test_the_line_above_counts_what_was_found(searched, qtbot):
    everything = searched.filters.checked
    qtbot.waitUntil(lambda: everything.text() == "All 4")
    search(searched, qtbot, "cat")
    qtbot.waitUntil(lambda: everything.text() == "All 3")
    searched.search.leave()
    searched.search.show_rows("one of them", np.array([0]))
    qtbot.waitUntil(lambda: everything.text() == "All 1")
    searched.search.leave()
    qtbot.waitUntil(lambda: everything.text() == "All 4")


def test_a_narrow_window_has_room_for_sentences_and_their_buttons(searched, qtbot):
    search(searched, qtbot, "cat")
    searched.notices.tell("Something went well. " * 4, QAction("Something that can be done next"))
    place, label = searched.search.scope, searched.notices._label
    for width, is_narrow in ((1320, False), (600, True), (1320, False)):
        searched.resize(width, 700)
        qtbot.waitUntil(
            lambda is_narrow=is_narrow: (searched.search.words.y() > place.geometry().bottom()) is is_narrow
        )
        qtbot.waitUntil(
            lambda is_narrow=is_narrow: (searched.notices.button.y() > label.geometry().bottom()) is is_narrow
        )
        assert searched.width() == width


def test_filter_counts_within_the_search(searched, qtbot):
    search(searched, qtbot, "cat")
    searched.filters.text.setText("coffee")
    qtbot.waitUntil(lambda: shown(searched) == ["coffee.png"])


def test_unknown_words_are_named(searched, qtbot):
    search(searched, qtbot, "xqzzy")
    assert "“xqzzy”" in searched.search.words.text()
    assert shown(searched) == []
    search(searched, qtbot, '"xqzzy" cat')
    qtbot.waitUntil(lambda: len(shown(searched)) == 3)
    assert "passed over" in searched.search.words.text()


def test_similar_photos_are_found_from_the_menu(open_main, photos, qtbot):
    with Image.open(photos / "chelsea.png") as picture:
        picture.convert("RGB").resize((300, 200)).save(photos / "zz a cat.jpg")
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    row = next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == "chelsea.png")
    window.grid.setCurrentIndex(window.photos.place_of(row))
    window.actions_.photo.similar.trigger()
    qtbot.waitUntil(lambda: shown(window)[:2] == ["chelsea.png", "zz a cat.jpg"])
    assert window.search.box.text() == 'like:"chelsea.png"'


def choose(window, *names):
    rows = [row for row, photo in enumerate(window.photos.table.photos) if photo.path.name in names]
    window.grid.choose_rows(np.array(rows))


def test_photos_are_added_to_the_words_in_the_box(searched, qtbot):
    searched.search.box.setText("cat")
    choose(searched, "coffee.png", "rocket.jpg")
    searched.actions_.photo.similar.trigger()
    assert searched.search.box.text() == 'cat like:"coffee.png" like:"rocket.jpg"'
    qtbot.waitUntil(lambda: len(shown(searched)) == 3 and shown(searched)[0] != "chelsea.png", timeout=20_000)
    assert "“cat, like coffee.png, like rocket.jpg”" in searched.search.words.text()
    searched.search.box.setText('like:"coffee.png"')
    choose(searched, "rocket.jpg")
    searched.actions_.photo.similar.trigger()
    assert searched.search.box.text() == 'like:"rocket.jpg"'


def test_dropped_photo_counts_beside_the_words(searched, qtbot, photos):
    search(searched, qtbot, "cat")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(photos / "rocket.jpg"))])
    point, action = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point.toPoint(), action, mime, left, none)
    QApplication.sendEvent(searched.search.box, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(searched.search.box, QDropEvent(point, action, mime, left, none))
    assert searched.search.box.text() == 'cat like:"rocket.jpg"'
    assert searched.folder == photos


def test_key_leads_to_the_box_in_a_narrow_window(searched, qtbot):
    searched.resize(420, 500)
    qtbot.waitUntil(lambda: not searched.search.box.isVisible())
    searched.activateWindow()
    searched.search.begin()
    qtbot.waitUntil(searched.search.box.hasFocus)
    qtbot.keyClicks(searched.search.box, "cat")
    qtbot.waitUntil(lambda: shown(searched)[0] == "chelsea.png", timeout=20_000)


def test_photo_that_is_not_there_is_said(searched, qtbot):
    search(searched, qtbot, "like:gone.jpg")
    assert "gone.jpg" in searched.search.words.text()


def test_key_leads_to_the_box_and_return_to_the_photos(searched, qtbot):
    searched.activateWindow()
    searched.search.begin()
    qtbot.waitUntil(searched.search.box.hasFocus)
    qtbot.keyClick(searched.search.box, Qt.Key.Key_Return)
    qtbot.waitUntil(searched.grid.hasFocus)


def test_another_folder_begins_without_a_search(searched, qtbot, tmp_path, photos):
    search(searched, qtbot, "cat")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(photos / "rocket.jpg", other)
    with qtbot.waitSignal(searched.session.ended, timeout=60_000):
        searched.open_folder(other)
    assert searched.search.box.text() == ""
    assert shown(searched) == ["rocket.jpg"]


def test_what_was_found_is_seen_from_the_best_on_and_return_goes_there(searched, qtbot):
    searched.resize(900, 500)
    searched.grid.set_zoom(400)  # one photo a line
    last = shown(searched)[-1]
    searched.grid.choose(searched.photos.row_at(searched.photos.rowCount() - 1))
    qtbot.waitUntil(lambda: searched.grid.verticalOffset() > 0)
    search(searched, qtbot, "cat")
    assert searched.grid.verticalOffset() == 0
    assert searched.photos.photo(searched.grid.current_row()).path.name == last
    qtbot.keyClick(searched.search.box, Qt.Key.Key_Return)
    assert searched.photos.photo(searched.grid.current_row()).path.name == "chelsea.png"
    searched.activateWindow()
    searched.search.begin()
    qtbot.waitUntil(searched.search.box.hasFocus)
    searched.search.box.setText("coffee")
    qtbot.keyClick(searched.search.box, Qt.Key.Key_Return)  # before the answer is there
    qtbot.waitUntil(
        lambda: searched.photos.photo(searched.grid.current_row()).path.name == "coffee.png", timeout=20_000
    )
    searched.grid.choose(searched.photos.row_at(2))
    searched.search._look_again(None)  # as when more photos came: who looks at the third one stays there
    before = searched.grid.verticalOffset()
    assert before > 0
    qtbot.wait(500)
    assert searched.grid.verticalOffset() == before
