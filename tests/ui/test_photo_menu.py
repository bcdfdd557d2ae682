"""What the Photo menu and the menus over photos and headings do."""

import sys

import pytest
from PySide6.QtCore import QObject, QPoint, Qt, QUrl, Slot
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from clipsorter.ui.photo_order import Grouping
from clipsorter.ui.photo_table import State
from tests.ui.test_window import WAIT_MS, answer, row_of, type_categories, wait_for_end


class Opened(QObject):
    """Stands for the system's programs: what is to be opened comes here."""

    def __init__(self):
        super().__init__()
        self.urls = []

    @Slot(QUrl)
    def take(self, url):
        self.urls.append(url.toLocalFile())


@pytest.fixture
def opened():
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "take")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    wait_for_end(qtbot, window, 4)
    type_categories(qtbot, window, ", ".join(["cats", "coffee", *(f"elephants {number}" for number in range(9))]))
    window.grid.choose(row_of(window, "chelsea.png"))
    window.grid.setFocus()
    return window


def menu(window):
    return window.actions_.photo.menu


def entry(menu, *path):
    """Return the entry of a menu that is reached by these words."""
    menu.aboutToShow.emit()
    action = next(action for action in menu.actions() if action.text().replace("&", "").startswith(path[0]))
    return entry(action.menu(), *path[1:]) if path[1:] else action


def test_photos_are_put_into_a_category_that_has_no_key(window):
    entry(menu(window), "Put into", "elephants 8").trigger()
    assert answer(window, "chelsea.png") == (State.BY_YOU, "elephants 8")
    entry(menu(window), "Put into", "coffee").trigger()
    assert answer(window, "coffee.png") == (State.BY_YOU, "coffee")


def test_all_of_a_category_are_chosen(window):
    window.grid.choose(row_of(window, "rocket.jpg"))
    entry(menu(window), "Choose all of a category", "coffee").trigger()
    assert window.grid.chosen_rows() == [row_of(window, "coffee.png")]
    entry(menu(window), "Choose all of a category", "elephants 3").trigger()
    assert window.grid.chosen_rows() == []


def test_delete_clears_a_decision_as_backspace_does(window, qtbot):
    qtbot.keyClick(window.grid, Qt.Key.Key_2)
    window.grid.choose(row_of(window, "chelsea.png"))
    qtbot.keyClick(window.grid, Qt.Key.Key_Delete)
    assert answer(window, "chelsea.png") == (State.SURE, "cats")


def test_photo_opens_in_the_default_program(window, photos, opened):
    entry(menu(window), "Open in another program").trigger()
    assert opened.urls == [str(photos / "chelsea.png")]


@pytest.mark.skipif(sys.platform == "win32", reason="starts a script of a shell")
def test_program_that_was_chosen_gets_the_photos_and_is_remembered(window, photos, tmp_path, qtbot):
    told = tmp_path / "told.txt"
    program = tmp_path / "editor"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}.part; mv {told}.part {told}\n', encoding="utf-8")
    program.chmod(0o755)
    qtbot.keyClick(window.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.actions_.photo._start(str(program))
    qtbot.waitUntil(told.exists, timeout=WAIT_MS)
    assert told.read_text(encoding="utf-8").splitlines() == [str(photos / "chelsea.png"), str(photos / "coffee.png")]
    assert window.settings.programs == str(program)
    told.unlink()
    entry(menu(window), "Open with", "editor").trigger()
    qtbot.waitUntil(told.exists, timeout=WAIT_MS)


def test_program_that_is_none_is_refused_in_a_sentence(window, tmp_path):
    window.actions_.photo._start(str(tmp_path / "nothing"))
    assert "nothing could not be started" in window.notices.text
    assert window.settings.programs == ""


@pytest.mark.skipif(sys.platform != "linux", reason="asks over D-Bus")
def test_folder_opens_where_no_file_manager_answers(window, photos, opened, qtbot, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    entry(menu(window), "Show in folder").trigger()
    qtbot.waitUntil(lambda: opened.urls == [str(photos)])


def test_files_and_paths_are_copied(window, photos, qtbot):
    qtbot.keyClick(window.grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard = QGuiApplication.clipboard()
    assert [url.toLocalFile() for url in clipboard.mimeData().urls()] == [str(photos / "chelsea.png")]
    window.grid.selectAll()
    entry(menu(window), "Copy path").trigger()
    assert clipboard.text().splitlines() == sorted(str(path) for path in photos.iterdir())


def open_context_menu(window, point):
    QApplication.sendEvent(
        window.grid.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, window.grid.viewport().mapToGlobal(point)),
    )


def test_context_menu_of_a_photo_is_the_photo_menu(window):
    open_context_menu(window, window.grid.visualRect(window.grid.currentIndex()).center())
    assert menu(window).isVisible()
    menu(window).close()


def test_context_menu_of_a_heading_chooses_and_folds(window, qtbot):
    window.filters.choose_grouping(Grouping.CATEGORY)
    group, box = window.grid.headings_in_view()[1]
    open_context_menu(window, box.center())
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    entry(popup, "Choose all").trigger()
    assert window.grid.chosen_rows() == [row_of(window, "chelsea.png"), row_of(window, "coffee.png")]
    entry(popup, "Fold all").trigger()
    assert all(window.grid.is_folded(number) for number in range(len(window.photos.groups)))
    entry(popup, "Unfold all").trigger()
    entry(popup, "Fold").trigger()
    assert window.grid.is_folded(group)
    popup.close()


def test_heading_of_the_current_photo_is_folded_by_key(window, qtbot):
    window.filters.choose_grouping(Grouping.CATEGORY)
    ctrl = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.grid, Qt.Key.Key_G, ctrl)
    assert row_of(window, "chelsea.png") in window.grid.chosen_rows()
    qtbot.keyClick(window.grid, Qt.Key.Key_Period, ctrl)
    assert window.grid.is_folded(window.grid.current_group())
    qtbot.keyClick(window.grid, Qt.Key.Key_Period, ctrl)
    assert not window.grid.is_folded(window.grid.current_group())


def test_menu_over_nothing_does_not_open(window):
    window.grid.clearSelection()
    open_context_menu(window, QPoint(window.grid.viewport().width() - 2, window.grid.viewport().height() - 2))
    assert not menu(window).isVisible()
