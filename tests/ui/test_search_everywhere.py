"""A search of everything that was looked at: photos of other folders beside those of the open one."""

import shutil
from pathlib import Path

import pytest
import skimage
from PySide6.QtCore import Qt

from clipsorter.ui.photo_model import Role
from clipsorter.ui.photo_table import State

PICTURES = Path(skimage.__file__).with_name("data")


@pytest.fixture
def elsewhere(tmp_path):
    """Return a folder with a cat and a page."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(PICTURES / "chelsea.png", folder / "our cat.png")
    shutil.copy(PICTURES / "page.png", folder / "letter.png")
    return folder


@pytest.fixture
def window(open_main, photos, elsewhere, qtbot):
    """Return a window with the four photos, which has looked at the other folder before."""
    window = open_main(elsewhere)
    window.categories.add(["cats", "coffee"])
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    (photos / "chelsea.png").unlink()
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.open_folder(photos)
    return window


def shown(window):
    model = window.photos
    return [model.index(place).data(Role.PHOTO).path.name for place in range(model.rowCount())]


def counted(window):
    counts = window.photos.table.counts()
    return counts.total, {**counts.states, State.GONE: 0}, counts.categories


def search_everywhere(window, qtbot, text):
    window.search.everywhere.trigger()
    qtbot.keyClicks(window.search.box, text)
    qtbot.waitUntil(lambda: window.search.heading.isVisible() and len(shown(window)) > 3, timeout=20_000)


def row_of(window, name):
    return next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == name)


def test_photos_of_other_folders_are_found_and_the_folder_comes_back(window, qtbot):
    before, counts = shown(window), counted(window)
    search_everywhere(window, qtbot, "cat")
    assert shown(window) == ["our cat.png", *shown(window)[1:]]
    assert sorted(shown(window)) == ["coffee.png", "letter.png", "our cat.png", "rocket.jpg"]
    assert "4 of 4" in window.search.words.text()
    assert counted(window) == counts
    window.actions_.back.trigger()
    assert shown(window) == before
    assert counted(window) == counts
    assert not window.search.is_everywhere
    qtbot.keyClicks(window.search.box, "cat")
    qtbot.waitUntil(window.search.heading.isVisible, timeout=20_000)
    assert "our cat.png" not in shown(window)


def test_decision_on_a_found_photo_is_kept_and_undone(window, qtbot, elsewhere):
    search_everywhere(window, qtbot, "letter")
    row = row_of(window, "letter.png")
    qtbot.waitUntil(lambda: window.photos.table.state(row) in (State.SURE, State.UNSURE))
    window.grid.choose(row)
    window.grid.setFocus()
    qtbot.keyClick(window.grid, Qt.Key.Key_2)
    assert window.photos.table.label(row) == "coffee"
    window.undo_stack.undo()
    window.undo_stack.redo()
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.open_folder(elsewhere)
    qtbot.waitUntil(lambda: window.photos.table.label(row_of(window, "letter.png")) == "coffee", timeout=20_000)


def test_sorting_and_tagging_wait_for_a_folder(window, qtbot):
    search_everywhere(window, qtbot, "cat")
    for action in (window.sorting.sort, window.sorting.sort_chosen, window.tagging.tag, window.tagging.tag_chosen):
        assert not action.isEnabled()
        assert "folder" in action.toolTip()
    window.actions_.back.trigger()
    assert window.sorting.sort.isEnabled()
    assert "several" not in window.sorting.sort.toolTip()


def test_photo_that_is_gone_is_named_and_comes_back(window, qtbot, elsewhere):
    (elsewhere / "our cat.png").rename(elsewhere / "aside")
    search_everywhere(window, qtbot, "cat")
    row = row_of(window, "our cat.png")
    assert window.photos.table.state(row) is State.FAILED
    assert "moved or deleted" in window.photos.describe(row)
    window.review.put([row], "cats")
    assert window.photos.table.label(row) is None
    window.search.leave()
    (elsewhere / "aside").rename(elsewhere / "our cat.png")
    search_everywhere(window, qtbot, "a cat")
    qtbot.waitUntil(lambda: window.photos.table.state(row) is not State.FAILED)


def test_photo_that_changed_is_not_shown_as_what_it_was(window, qtbot, elsewhere):
    shutil.copy(PICTURES / "rocket.jpg", elsewhere / "our cat.png")
    search_everywhere(window, qtbot, "cat")
    assert "changed" in window.photos.describe(row_of(window, "our cat.png"))


def test_way_leads_to_the_folder_of_a_found_photo(window, qtbot, elsewhere):
    search_everywhere(window, qtbot, "letter")
    window.grid.choose(row_of(window, "letter.png"))
    window.actions_.photo.folder_of_photo.settle()
    assert window.actions_.photo.folder_of_photo.action.isEnabled()
    window.actions_.photo.folder_of_photo.action.trigger()
    assert window.folder == elsewhere
    qtbot.waitUntil(lambda: window.grid.current_row() >= 0, timeout=20_000)
    assert window.photos.photo(window.grid.current_row()).path.name == "letter.png"
    assert window.search.box.text() == ""


def test_new_categories_answer_found_photos_too(window, qtbot):
    search_everywhere(window, qtbot, "letter")
    row = row_of(window, "letter.png")
    window.categories.add(["documents"])
    qtbot.waitUntil(lambda: window.photos.table.best(row)[0] == "documents", timeout=20_000)


def test_everything_is_searched_where_no_folder_is_open(open_main, elsewhere, qtbot):
    first = open_main(elsewhere)
    with qtbot.waitSignal(first.session.ended, timeout=60_000):
        pass
    first.close()
    from clipsorter.settings import Settings
    from clipsorter.ui.app import open_window

    window = open_window(Settings(), [])
    qtbot.addWidget(window)
    window.show()
    assert window.folder is None
    qtbot.keyClicks(window.search.box, "cat")
    qtbot.waitUntil(lambda: shown(window)[:1] == ["our cat.png"], timeout=60_000)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.grid)
    window.close()
    window.session.worker.loader.join()
