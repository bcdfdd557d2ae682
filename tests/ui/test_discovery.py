"""Discover, on real photos with the real starter: groups, names, and categories made of them."""

import pytest
from PIL import Image, ImageEnhance
from PySide6.QtCore import Qt

WAIT_MS = 60_000


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window over three pictures, each in three versions that differ a little."""
    for name in ("chelsea.png", "coffee.png", "rocket.jpg"):
        with Image.open(photos / name) as picture:
            for number in (1, 2):
                brighter = ImageEnhance.Brightness(picture.convert("RGB")).enhance(1 + number / 10)
                brighter.save(photos / f"{number}{name}")
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=WAIT_MS):
        pass
    return window


@pytest.fixture
def dialog(window, qtbot):
    """Return the dialog with the groups of the window's photos, three of them."""
    return discover(window, qtbot, 3)


def discover(window, qtbot, count):
    discovery = window.actions_.discovery
    discovery.action.trigger()
    discovery.dialog.number.setValue(count)
    qtbot.waitUntil(lambda: len(discovery.dialog.cards) == count, timeout=WAIT_MS)
    return discovery.dialog


def names(window):
    return [category.name for category in window.categories.categories()]


def card_of(dialog, name):
    return next(card for card in dialog.cards if card.name == name)


def test_groups_have_a_word_their_photos_and_a_tick(window, dialog, qtbot):
    assert sorted(card.name for card in dialog.cards) == ["cat", "coffee", "rocket"]
    assert [card.count.text() for card in dialog.cards] == ["3 photos"] * 3
    assert all(card.tick.isChecked() and card.shown_count == 3 for card in dialog.cards)
    cat = card_of(dialog, "cat")
    assert {window.photos.photo(row).path.name for row in cat.rows} == {"chelsea.png", "1chelsea.png", "2chelsea.png"}
    qtbot.waitUntil(lambda: not cat.row.pictures[0].pixmap().isNull(), timeout=WAIT_MS)
    assert [picture.isVisibleTo(cat) for picture in cat.row.pictures] == [True] * 3 + [False] * 3
    assert dialog.make.text().replace("&", "") == "Make 3 categories"
    assert names(window) == []
    assert not dialog.isModal()


def test_all_ticked_become_categories_in_one_step_and_undo_takes_them_back(window, dialog):
    card_of(dialog, "rocket").tick.click()
    dialog.make.click()
    assert set(names(window)) == {"cat", "coffee"}
    assert "Now a category" in card_of(dialog, "cat").note.text()
    assert not card_of(dialog, "cat").make.isEnabled()
    assert card_of(dialog, "cat").make.text() == "Make a category"
    assert not dialog.make.isEnabled()
    window.actions_.undo.trigger()
    assert names(window) == []
    assert card_of(dialog, "cat").make.isEnabled()


def test_own_name_makes_the_typical_photos_its_examples(window, dialog, qtbot):
    card = card_of(dialog, "cat")
    card.field.setText("Chelsea")
    assert "its 3 photos here will be its examples" in card.note.text().replace("A name of your own: ", "")
    card.make.click()
    assert names(window) == ["Chelsea"]
    table = window.photos.table
    assert [table.label(row) for row in card.rows.tolist()] == ["Chelsea"] * 3
    assert sum(table.label(row) == "Chelsea" for row in range(len(table.photos))) == 3
    qtbot.waitUntil(lambda: window.categories.index(0, 0).data(Qt.ItemDataRole.DisplayRole) == "Chelsea")
    window.actions_.undo.trigger()
    assert names(window) == []
    assert not any(table.label(row) for row in range(len(table.photos)))


def test_two_groups_of_one_name_are_one_category(window, dialog):
    for name in ("cat", "coffee"):
        card_of(dialog, name).field.setText("Home")
    card_of(dialog, "rocket").tick.setChecked(False)
    assert dialog.make.text().replace("&", "") == "Make 1 category"
    dialog.make.click()
    assert names(window) == ["Home"]
    table = window.photos.table
    assert sum(table.label(row) == "Home" for row in range(len(table.photos))) == 6


def test_what_is_a_category_already_is_said_and_not_made_again(window, qtbot):
    window.categories.add(["cat"])
    dialog = discover(window, qtbot, 3)
    cat = card_of(dialog, "cat")
    assert "already" in cat.note.text()
    assert (cat.tick.isChecked(), cat.make.isEnabled()) == (False, False)
    coffee = card_of(dialog, "coffee")
    coffee.field.setText("cat")
    assert coffee.make.text() == "Add examples"
    coffee.make.click()
    assert names(window) == ["cat"]
    assert [window.photos.table.label(row) for row in coffee.rows.tolist()] == ["cat"] * 3


def test_name_that_can_not_be_one_is_refused_and_leaves_nothing_to_undo(window, dialog):
    card = card_of(dialog, "cat")
    card.field.setText("a//b")
    before = window.undo_stack.index()
    card.make.click()
    assert names(window) == []
    assert window.undo_stack.index() == before
    assert window.notices.isVisible()
    assert not any(window.photos.table.label(row) for row in card.rows.tolist())


def test_photos_of_a_group_are_shown_until_the_search_is_ended(window, dialog):
    cat = card_of(dialog, "cat")
    cat.show_photos.click()
    shown = [window.photos.row_at(place) for place in range(window.photos.rowCount())]
    assert shown == cat.rows.tolist()
    assert window.search.heading.isVisible()
    window.actions_.back.trigger()
    assert window.photos.rowCount() == 10
    assert not window.search.heading.isVisible()


def test_other_number_of_groups_is_shown_at_once(window, dialog, qtbot):
    dialog.number.setValue(2)
    qtbot.waitUntil(lambda: len(dialog.cards) == 2, timeout=WAIT_MS)
    dialog.number.setValue(1)
    assert dialog.number.text() == "automatic"
    qtbot.waitUntil(lambda: "Photos: 9, groups that look alike: 2." in dialog.work.said.text(), timeout=WAIT_MS)


def test_edits_made_here_can_be_undone_in_another_folder(window, dialog, tmp_path, qtbot):
    card_of(dialog, "cat").field.setText("Chelsea")
    dialog.make.click()
    assert len(names(window)) == 3
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.ended, timeout=WAIT_MS):
        window.open_folder(tmp_path / "empty")
    assert window.actions_.discovery.dialog is None
    window.actions_.undo.trigger()
    assert names(window) == []


def test_without_photos_nothing_is_proposed(open_main, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window = open_main(tmp_path / "empty")
    with qtbot.waitSignal(window.session.ended, timeout=WAIT_MS):
        pass
    window.actions_.discovery.action.trigger()
    dialog = window.actions_.discovery.dialog
    qtbot.waitUntil(lambda: "No photo is looked at yet" in dialog.work.said.text(), timeout=WAIT_MS)
    assert (dialog.cards, dialog.make.isEnabled()) == ([], False)
