"""Who has no categories yet is told what to do, by words that even the starter knows."""

import shutil

from PySide6.QtWidgets import QLabel

from clipsorter.clip.encoder import load_encoder
from clipsorter.sorting.category import Category


def test_empty_list_offers_the_sets_to_start_with_and_goes_with_the_first_category(open_main):
    window = open_main()
    start = window.panel.start
    assert start.isVisible()
    assert any("Write below" in label.text() for label in start.findChildren(QLabel))
    start.button.menu().actions()[0].trigger()
    assert window.categories.rowCount() > 3
    assert not start.isVisible()
    assert window.panel.list.isVisible()
    window.undo_stack.undo()
    assert start.isVisible()


def test_empty_list_offers_to_propose_categories_once_enough_photos_are_looked_at(open_main, photos, qtbot):
    window = open_main()
    propose = window.panel.start.propose
    assert propose.isVisible()
    assert not propose.isEnabled()
    window.open_folder(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    assert not propose.isEnabled()  # of three photos nothing can be told
    for number in range(8):
        shutil.copy(photos / "chelsea.png", photos / f"{number}.png")
    window.rescan()
    qtbot.waitUntil(propose.isEnabled, timeout=60_000)
    propose.click()
    dialog = window.actions_.discovery.dialog
    qtbot.waitUntil(lambda: bool(dialog.cards), timeout=60_000)
    dialog.cards[0].make.click()
    assert not window.panel.start.isVisible()


def test_words_that_are_suggested_are_known_to_the_starter(open_main):
    window = open_main()
    suggested = window.panel.line.placeholderText().partition(": ")[2].split(", ")
    assert len(suggested) == 3
    assert ", ".join(suggested) in window.empty._text.text()
    assert load_encoder("starter").unknown([Category(name) for name in suggested]) == []
