"""Searches that are kept, and that follow the photos of the folder."""

import shutil
from pathlib import Path

import numpy as np
import skimage
from PySide6.QtCore import QMetaObject, Qt

from clipsorter.settings import load_settings
from clipsorter.ui.photo_model import Role
from clipsorter.ui.saved_searches import Saved

PICTURES = Path(skimage.__file__).with_name("data")


def shown(window):
    model = window.photos
    return [model.index(place).data(Role.PHOTO).path.name for place in range(model.rowCount())]


def save(window, qtbot, text):
    qtbot.keyClicks(window.search.box, text)
    qtbot.waitUntil(lambda: window.search.heading.isVisible() and window.saved.save.isEnabled(), timeout=20_000)
    window.saved.save.trigger()
    qtbot.waitUntil(lambda: window.saved.list.topLevelItem(0).text(1) != "", timeout=20_000)


def count(window, place=0):
    return window.saved.list.topLevelItem(place).text(1)


def click(window, qtbot, place=0):
    area = window.saved.list.visualItemRect(window.saved.list.topLevelItem(place))
    qtbot.mouseClick(window.saved.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def test_saved_search_shows_what_fits_and_not_the_best_of_all(searched, qtbot):
    assert not searched.saved.section.isVisible()
    save(searched, qtbot, "cat")
    assert searched.saved.section.isVisible()
    assert count(searched) == "1"
    assert not searched.saved.save.isEnabled()
    searched.search.leave()
    click(searched, qtbot)
    assert shown(searched) == ["chelsea.png"]
    assert searched.search.box.text() == "cat"
    assert "1 of 3" in searched.search.words.text()
    searched.actions_.back.trigger()
    assert len(shown(searched)) == 4


def test_all_that_fits_is_shown_whatever_was_left_out_before(searched, qtbot):
    save(searched, qtbot, "cat")
    searched.search.leave()
    assert not searched.saved.list.selectedItems()
    searched.filters.text.setText("rocket")
    qtbot.waitUntil(lambda: shown(searched) == ["rocket.jpg"])
    click(searched, qtbot)
    assert shown(searched) == ["chelsea.png"]
    assert searched.saved.list.selectedItems()
    searched.actions_.back.trigger()
    assert len(shown(searched)) == 4
    assert not searched.saved.list.selectedItems()


def test_count_and_photos_follow_new_photos_and_those_that_go(searched, qtbot, photos):
    save(searched, qtbot, "cat")
    searched.search.leave()
    shutil.copy(PICTURES / "chelsea.png", photos / "zz another cat.png")
    searched.rescan()
    qtbot.waitUntil(lambda: count(searched) == "2", timeout=60_000)
    click(searched, qtbot)
    assert sorted(shown(searched)) == ["chelsea.png", "zz another cat.png"]
    row = next(row for row, photo in enumerate(searched.photos.table.photos) if photo.path.name == "chelsea.png")
    searched.photos.lose(np.array([row]))
    assert count(searched) == "1"
    assert shown(searched) == ["zz another cat.png"]


def test_shown_photos_follow_while_they_come(open_main, photos, qtbot, tmp_path):
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    save(window, qtbot, "coffee")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(PICTURES / "coffee.png", other / "cup.png")
    shutil.copy(PICTURES / "rocket.jpg", other)
    window.open_folder(other)
    click(window, qtbot)
    qtbot.waitUntil(lambda: shown(window) == ["cup.png"], timeout=60_000)
    assert count(window) == "1"


def test_words_left_out_keep_photos_out(searched, qtbot):
    save(searched, qtbot, "cat -animal")
    assert count(searched) == "0"


def test_search_by_a_photo_says_that_it_is_the_best_of_all(searched, qtbot):
    save(searched, qtbot, "like:coffee.png")
    click(searched, qtbot)
    assert shown(searched)[0] == "coffee.png"
    assert len(shown(searched)) == 3
    assert "3 of 3" in searched.search.words.text()


def test_name_of_a_photo_is_kept_as_it_is(searched):
    query = 'like:"two  spaces.jpg"'
    searched.search.box.setText(query)
    searched.saved.save.trigger()
    assert searched.saved.searches == (Saved(query, query),)


def test_rename_and_delete_are_kept_and_undone(searched, qtbot):
    save(searched, qtbot, "cat")
    searched.saved.list.topLevelItem(0).setText(0, "  Our   cat ")
    assert searched.saved.searches == (Saved("Our cat", "cat"),)
    assert load_settings().saved_searches == "Our cat\tcat"
    searched.saved.list.setCurrentItem(searched.saved.list.topLevelItem(0))
    searched.saved.remove.trigger()
    assert searched.saved.searches == ()
    assert not searched.saved.section.isVisible()
    searched.undo_stack.undo()
    assert searched.saved.searches == (Saved("Our cat", "cat"),)
    assert count(searched) == "1"
    searched.undo_stack.undo()
    assert searched.saved.searches == (Saved("cat", "cat"),)


def test_saved_searches_are_there_after_a_restart(open_main, photos, qtbot):
    first = open_main(photos)
    with qtbot.waitSignal(first.session.ended, timeout=60_000):
        pass
    save(first, qtbot, "rocket")
    first.close()
    second = open_main(photos)
    qtbot.waitUntil(lambda: count(second) == "1", timeout=60_000)


def test_typing_on_leaves_the_saved_search(searched, qtbot):
    save(searched, qtbot, "cat")
    click(searched, qtbot)
    assert len(shown(searched)) == 1
    qtbot.keyClicks(searched.search.box, " coffee")
    qtbot.waitUntil(lambda: len(shown(searched)) == 3, timeout=20_000)
    assert searched.saved.save.isEnabled()


def test_after_a_step_that_failed_new_photos_are_searched_again(searched, qtbot, photos):
    save(searched, qtbot, "cat")
    worker = searched.session.worker
    QMetaObject.invokeMethod(worker.saved_searcher, "drop", Qt.ConnectionType.BlockingQueuedConnection)
    shutil.copy(PICTURES / "chelsea.png", photos / "zz another cat.png")
    searched.rescan()
    qtbot.waitUntil(lambda: count(searched) == "2", timeout=60_000)
