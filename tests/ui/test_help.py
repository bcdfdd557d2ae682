"""The Help menu tells what is so."""

import pytest
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence

from clipsorter import __version__
from clipsorter.ui.news import ModelReady


@pytest.fixture
def window(open_main):
    return open_main()


def text_of(window):
    return window.actions_.help.page.text.toPlainText()


def test_list_of_keys_is_complete(window):
    window.categories.add(["cats", "R&D"])
    window.actions_.help.show_keys()
    text = text_of(window)
    keys = {
        key.toString(QKeySequence.SequenceFormat.NativeText)
        for action in window.findChildren(QAction)
        if action.isVisible()
        for key in action.shortcuts()
    }
    assert len(keys) > 15
    assert {key for key in keys if key not in text} == set()
    assert "R&D" in text
    assert "Look again" in text


def test_list_of_keys_follows_a_new_action(window):
    action = QAction("Dance", window)
    action.setShortcut("Ctrl+Alt+D")
    window.addAction(action)
    window.actions_.help.show_keys()
    assert "Ctrl+Alt+D" in text_of(window)
    assert "Dance" in text_of(window)


def test_page_on_the_model_says_what_it_knows(window):
    window.actions_.help.show_knowledge()
    assert "Unsure" in text_of(window)
    window._take_model(ModelReady("Tiny", "cpu", "cats & dogs <only>"))
    window.actions_.help.show_knowledge()
    assert "Tiny knows cats & dogs <only>." in text_of(window)


def test_about_names_version_and_licences(window):
    window.actions_.help.show_about()
    text = text_of(window)
    assert __version__ in text
    assert all(licence in text for licence in ("General Public License", "Apache-2.0", "CLIP", "WordNet"))


def test_report_names_the_model_and_no_folder(open_main, photos, qtbot):
    window = open_main(photos)
    qtbot.waitUntil(lambda: window.photos.rowCount() == 4, timeout=60_000)
    window._take_model(ModelReady("Tiny", "cpu", ""))
    window.actions_.help.copy_report()
    report = QGuiApplication.clipboard().text()
    assert f"Clipsorter: {__version__}" in report
    assert "Model: Tiny on cpu" in report
    assert str(photos) not in report
    assert photos.name not in report
