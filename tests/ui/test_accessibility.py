"""Who can't see the window hears it, and who has no mouse gets everywhere."""

import re

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible, QAction, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QScrollBar,
    QTabWidget,
    QTextEdit,
    QToolBar,
    QWidget,
)

from clipsorter.ui.language import use_language

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QProgressBar, QTabWidget, QTextEdit,
)  # fmt: skip
OWN_KEYS = (Qt.ShortcutContext.WidgetShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut)


def nameless(top):
    """Return the controls of a window of which a screen reader could say nothing."""
    return [
        f"{type(widget).__name__} {widget.objectName()} in {type(widget.parentWidget()).__name__}"
        for widget in [top, *top.findChildren(QWidget)]
        if is_control(widget)
        and widget.isVisibleTo(top)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]


def is_control(widget):
    """Leave out what Qt puts inside its own controls, scroll bars and headers, which are no stop of the Tab key."""
    inside = isinstance(widget.parentWidget(), (QComboBox, QAbstractSpinBox, QLineEdit))
    is_qt_s = widget.objectName().startswith("qt_") or type(widget).__name__ == "QComboBoxListView"
    return (
        isinstance(widget, CONTROLS)
        and not isinstance(widget, (QHeaderView, QScrollBar))
        and not inside
        and not is_qt_s
    )


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["cats", "coffee"])
    qtbot.waitUntil(lambda: window.photos.rowCount() == 4, timeout=60_000)
    window.activateWindow()
    return window


def test_every_control_has_a_name(window):
    window.notices.say("Something was said.", "with details")
    window.actions_.help.show_about()
    window.preferences.show_settings()
    window.preferences.show_models()
    window.failures.show("Oh.", "details")
    assert sum(is_control(widget) for widget in window.findChildren(QWidget)) > 15
    assert nameless(window) == []
    assert nameless(window.failures.dialog) == []
    for dialog in (window.failures.dialog, window.preferences.settings, window.preferences.models):
        dialog.close()


def test_a_nameless_control_is_found(window):
    slider = QAbstractSlider(window)
    slider.setObjectName("unnamed")
    slider.show()
    assert nameless(window) == ["QAbstractSlider unnamed in MainWindow"]


def test_tab_key_goes_round_all_panels(window, qtbot):
    window.grid.setFocus()
    qtbot.waitUntil(window.grid.hasFocus)
    visited = [window.grid]
    for _ in range(100):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if QApplication.focusWidget() is window.grid:
            break
        visited.append(QApplication.focusWidget())
    assert len(set(visited)) == len(visited) < 100
    for panel in (window.folders, window.panel, window.filters):
        assert any(panel is widget or panel.isAncestorOf(widget) for widget in visited), panel


def test_every_action_has_a_text(window):
    nameless_actions = [
        action.shortcut().toString()
        for action in window.findChildren(QAction)
        if action.shortcuts() and not action.text().strip()
    ]
    assert nameless_actions == []


def test_no_key_stands_for_two_actions(window):
    """Qt does nothing at all when a key is ambiguous."""
    taken = {}
    for action in window.findChildren(QAction):
        is_own = action.shortcutContext() in OWN_KEYS
        places = [thing for thing in action.associatedObjects() if isinstance(thing, QWidget)] if is_own else [window]
        for place in places:
            for key in action.shortcuts():
                taken.setdefault((place, key.toString()), []).append(action.text())
    assert {key: texts for (_, key), texts in taken.items() if len(texts) > 1} == {}


def test_every_menu_opens_by_its_own_letter(window):
    letters = [menu.text()[menu.text().index("&") + 1].casefold() for menu in window.menuBar().actions()]
    assert len(set(letters)) == len(letters)


def test_entries_of_a_menu_have_letters_of_their_own(window):
    for menu in (action.menu() for action in window.menuBar().actions()):
        letters = re.findall(r"(?<!&)&(\w)", " ".join(action.text() for action in menu.actions()).casefold())
        assert letters
        assert len(set(letters)) == len(letters), (menu.title(), sorted(letters))


@pytest.fixture
def large_letters(qapp):
    """Double the letters and speak German, whose words are long."""
    font, locale = qapp.font(), QLocale()
    larger = QFont(font)
    larger.setPointSizeF(2 * font.pointSizeF())
    qapp.setFont(larger)
    use_language(qapp, "de")
    yield
    use_language(qapp, "en")
    QLocale.setDefault(locale)
    qapp.setFont(font)


def cut_texts(window):
    """Return the buttons and labels of a window, and of the dialogs it has, that have less room than they need."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, (QAbstractButton, QLabel)) or not widget.isVisible() or not widget.text():
            continue
        if isinstance(widget, QAbstractButton):
            needed = widget.sizeHint()
            if widget.width() < needed.width() - 2 or widget.height() < needed.height() - 2:
                found.append((widget.text(), widget.size(), needed))
        elif widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            if widget.height() < needed:
                found.append((widget.text(), widget.size(), needed))
    return found


def test_large_letters_and_long_words_are_not_cut(large_letters, window, qtbot):
    window.preferences.show_settings()
    window.preferences.show_models()

    def all_is_whole():
        assert cut_texts(window) == []

    qtbot.waitUntil(all_is_whole)  # once it is laid out anew
    for dialog in (window.preferences.settings, window.preferences.models):
        dialog.close()
    letters = window.grid.fontMetrics().height()
    assert window.grid.visualRect(window.photos.index(0)).height() >= window.grid.zoom + letters
    assert window.folders.tree.visualRect(window.folders.tree.model().index(0, 0)).height() >= letters


def actions_in(actions):
    for action in actions:
        yield action
        if action.menu():
            yield from actions_in(action.menu().actions())


def test_menus_hold_all_that_the_toolbar_does(window):
    """Tab passes the toolbar by, as everywhere; Alt leads to the menus."""
    in_menus = set(actions_in(window.menuBar().actions()))
    tools = [action for bar in window.findChildren(QToolBar) for action in bar.actions() if action.text()]
    assert len(tools) > 5
    assert [action.text() for action in tools if action not in in_menus] == []


def test_dialogs_of_sorting_have_names_and_hold_large_letters(large_letters, window, qtbot):
    window.sorting.show_plan()
    window.sorting.show_history()
    dialogs = window.sorting.dialog, window.sorting.runs
    qtbot.waitUntil(lambda: window.sorting.dialog.planned is not None, timeout=60_000)
    for dialog in dialogs:
        qtbot.waitUntil(lambda dialog=dialog: cut_texts(dialog) == [])  # once the counts have their room
        assert nameless(dialog) == []
        dialog.close()
