"""Folders: favourites, recent ones, the tree, and the way back."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPalette

from clipsorter.settings import load_settings
from clipsorter.ui.folder_history import History, Places
from clipsorter.ui.folders import FolderPanel, FolderTree

WAIT_MS = 30_000
COPY, LEFT, PLAIN = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def folders(tmp_path):
    """Return three folders."""
    made = [tmp_path / name for name in ("Alps", "Beach", "City")]
    for folder in made:
        folder.mkdir()
    return made


@pytest.fixture
def make_panel(qtbot):
    """Return a function that makes a panel with its lists."""
    panels = []

    def make(places=None):
        panel = FolderPanel(places or Places(), True)
        qtbot.addWidget(panel)
        panel.resize(240, 500)
        panel.show()
        panels.append(panel)
        return panel

    yield make
    for panel in panels:
        panel.places.close_checker()


def rows(panel):
    return [panel.places.item(row).text() for row in range(panel.places.count())]


def choose(menu, words):
    next(action for action in menu.actions() if action.text().replace("&", "") == words).trigger()


def test_back_and_forward_follow_what_was_opened():
    history = History()
    assert history.step(-1) is None
    for name in ("a", "b", "b", "c"):
        history.visit(Path(name))
    assert [history.step(-1), history.step(-1), history.step(-1)] == [Path("b"), Path("a"), None]
    assert history.step(1) == Path("b")
    history.visit(Path("d"))
    assert not history.can_step(1)
    assert history.step(-1) == Path("b")


def test_lists_survive_being_written_and_damaged_lines_do_not_hurt(tmp_path):
    places = Places((tmp_path / "é", tmp_path / "b"), (tmp_path / "c",))
    assert Places.from_lines(*places.lines()) == places
    odd = Places.from_lines("no path\n\n\0\n" + str(tmp_path) + "\n" + str(tmp_path), "relative/one")
    assert odd == Places((tmp_path,), ())
    assert Places((tmp_path / "two\nlines", tmp_path / "\udcff"), ()).lines() == ("", "")


def test_recent_folders_are_the_last_eight_newest_first(tmp_path):
    places = Places()
    for number in [*range(12), 5]:
        places = places.with_opened(tmp_path / str(number))
    assert [folder.name for folder in places.recent] == ["5", "11", "10", "9", "8", "7", "6", "4"]


def test_star_keeps_the_open_folder_and_gives_it_back(make_panel, folders, qtbot):
    panel = make_panel()
    assert not panel.star.isEnabled()
    panel.show_folder(folders[0])
    assert rows(panel) == ["Recent", "Alps"]
    with qtbot.waitSignal(panel.changed):
        qtbot.mouseClick(panel.star, LEFT)
    assert rows(panel) == ["Favourites", "Alps"]
    panel.show_folder(folders[1])
    assert rows(panel) == ["Favourites", "Alps", "Recent", "Beach"]
    assert not panel.star.isChecked()
    panel.show_folder(folders[0])
    assert panel.star.isChecked()
    qtbot.mouseClick(panel.star, LEFT)
    assert "Favourites" not in rows(panel)


def test_click_and_enter_open_a_folder_and_a_heading_does_not(make_panel, folders, qtbot):
    panel = make_panel(Places((folders[0], folders[1])))
    opened = []
    panel.opened.connect(opened.append)
    for row in (0, 1):
        place = panel.places.visualItemRect(panel.places.item(row)).center()
        qtbot.mouseClick(panel.places.viewport(), LEFT, pos=place)
    assert opened == [folders[0]]
    panel.places.setFocus()
    qtbot.keyClick(panel.places, Qt.Key.Key_Down)
    qtbot.keyClick(panel.places, Qt.Key.Key_Return)
    assert opened == [folders[0], folders[1]]


def test_menus_add_and_remove(make_panel, folders):
    panel = make_panel(Places((folders[0],), (folders[1], folders[2])))
    choose(panel.places.menu_for(panel.places.item(1)), "Remove from favourites")
    assert rows(panel) == ["Recent", "Beach", "City"]
    choose(panel.places.menu_for(panel.places.item(1)), "Add to favourites")
    choose(panel.places.menu_for(panel.places.item(3)), "Remove from this list")
    assert rows(panel) == ["Favourites", "Beach"]
    choose(panel.menu_for(folders[0]), "Add to favourites")
    choose(panel.menu_for(folders[1]), "Remove from favourites")
    assert panel.places.places.favourites == (folders[0],)


def test_dropped_folder_becomes_a_favourite_and_a_file_does_not(make_panel, folders, tmp_path):
    panel = make_panel(Places((folders[0],)))
    (tmp_path / "file.txt").touch()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "file.txt"))])
    entering = QDragEnterEvent(QPoint(5, 5), COPY | Qt.DropAction.MoveAction, mime, LEFT, PLAIN)
    entering.ignore()
    panel.places.dragEnterEvent(entering)
    assert not entering.isAccepted()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (tmp_path / "file.txt", folders[1], folders[0])])
    event = QDropEvent(QPointF(5, 5), COPY | Qt.DropAction.MoveAction, mime, LEFT, PLAIN)
    panel.places.dropEvent(event)
    assert event.dropAction() is COPY
    assert panel.places.places.favourites == (folders[0], folders[1])
    assert folders[1].is_dir()


def test_folder_that_is_gone_is_greyed_and_says_so_until_it_is_back(make_panel, folders, qtbot):
    panel = make_panel(Places((folders[0], folders[1])))
    shutil.rmtree(folders[0])
    qtbot.waitUntil(lambda: not panel.places._checker._thread.is_alive())
    panel.places.check()
    qtbot.waitUntil(lambda: rows(panel) == ["Favourites", "Alps – not there", "Beach"], timeout=WAIT_MS)
    quiet = panel.palette().color(QPalette.ColorRole.PlaceholderText)
    assert panel.places.item(1).foreground().color() == quiet
    assert "drive" in panel.places.item(1).toolTip()
    folders[0].mkdir()
    qtbot.waitUntil(lambda: not panel.places._checker._thread.is_alive())
    panel.places.check()
    qtbot.waitUntil(lambda: rows(panel)[1] == "Alps", timeout=WAIT_MS)


def test_tree_shows_the_folders_at_home_until_one_is_opened(qtbot, tmp_path, monkeypatch):
    home = tmp_path / "home"
    for name in ("Documents", "Pictures"):
        (home / name / "below").mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    tree = FolderTree()
    qtbot.addWidget(tree)
    tree.resize(240, 300)
    tree.show()
    assert tree._path(tree.currentIndex()) == home

    def seen():
        return [
            tree.model().index(row, 0, tree.currentIndex()) for row in range(tree.model().rowCount(tree.currentIndex()))
        ]

    qtbot.waitUntil(lambda: [index.data() for index in seen()] == ["Documents", "Pictures"])
    qtbot.waitUntil(lambda: all(tree.viewport().rect().contains(tree.visualRect(index).center()) for index in seen()))
    tree.show_folder(home / "Pictures")
    assert not tree.isExpanded(tree.currentIndex())


def test_tree_opens_scrolled_to_the_folder_and_then_follows_the_user(qtbot, tmp_path):
    for number in range(300):
        (tmp_path / f"{number:03}").mkdir()
    tree = FolderTree()
    qtbot.addWidget(tree)
    tree.resize(240, 300)
    tree.show()
    tree.show_folder(tmp_path / "222")

    def is_in_view():
        box = tree.visualRect(tree.currentIndex())
        is_loaded = tree.currentIndex().row() == 222  # and sorted
        return is_loaded and tree.currentIndex().data() == "222" and tree.viewport().rect().contains(box.center())

    qtbot.waitUntil(is_in_view, timeout=WAIT_MS)
    opened = []
    tree.opened.connect(opened.append)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Up)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert opened == [tmp_path / "221"]
    tree.scrollToTop()
    tree._go()
    assert tree.verticalScrollBar().value() == 0


def test_window_goes_back_and_forward_and_remembers_its_folders(open_main, photos, folders, qtbot):
    window = open_main(photos)
    window.open_folder(folders[0])
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.folder == photos
    assert not window.folders.back.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.folder == folders[0]
    qtbot.mouseClick(window.folders.star, LEFT)
    window.folders.include.click()
    assert not window.actions_.subfolders.isChecked()
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    assert load_settings().favourite_folders == str(folders[0])
    window.close()
    again = open_main()
    assert again.folders.places.places == Places((folders[0],), (folders[0], photos))
    assert not again.folders.include.isChecked()
