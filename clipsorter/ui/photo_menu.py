"""What can be done with the chosen photos: the Photo menu, and the one that opens over a photo or a heading."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from clipsorter.ui.folder_of_photo import FolderOfPhoto
from clipsorter.ui.icons import icon
from clipsorter.ui.other_programs import OtherPrograms
from clipsorter.ui.type_ahead import TypeAhead

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_KEYS = 9
_REMEMBERED = 5  # programs


class PhotoMenu(QObject):
    """Makes the menu, its keys, and its context menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.programs = OtherPrograms(self)
        self.programs.refused.connect(window.notices.say)
        self.type_ahead = TypeAhead(window.grid, self._names)
        for type_ahead in (self.type_ahead, TypeAhead(window.large, self._names)):
            type_ahead.taken.connect(self._put_into)
        review = window.review
        self.accept = self._action(self.tr("&Accept the suggestion"), ["Return", "Enter"], review.accept)
        self.clear = self._action(self.tr("&Take the decision back"), ["Backspace", "Delete"], review.clear)
        self.refuse = self._action(self.tr("&Not this category"), ["Shift+Backspace"], review.refuse)
        self.assign = [self._numbered(number) for number in range(_KEYS)]
        self.open = self._action(self.tr("&Open in another program"), ["Ctrl+Return"], self._open)
        self.show_in_folder = self._action(self.tr("Show in &folder"), [], self._show_in_folder, "folder")
        self.copy = self._action(self.tr("&Copy"), ["Ctrl+C"], self._copy, "copy")
        self.copy_path = self._action(self.tr("Copy &path"), ["Ctrl+Shift+C"], self._copy_path)
        self.similar = self._action(
            self.tr("Find simila&r ones"), ["Ctrl+Shift+F"], window.search.find_similar, "search"
        )
        self.folder_of_photo = FolderOfPhoto(window)
        self.choose_heading = self._action(self.tr("&Choose all under this heading"), ["Ctrl+G"], self._choose_heading)
        self.fold_heading = self._action(self.tr("&Fold or unfold this heading"), ["Ctrl+."], self._fold_heading)
        self.menu = QMenu(self.tr("&Photo"), window)
        self._put = QMenu(self.tr("Put &into"), self.menu)
        self._choose = QMenu(self.tr("Choose all of a cate&gory"), self.menu)
        self._headings = QMenu(self.tr("&Headings"), self.menu)
        self._open_with = QMenu(self.tr("Open &with"), self.menu)
        self._more: list[QAction] = []  # categories beyond the nine keys
        self._make_menu()
        window.grid.menu_asked.connect(self._open_menu)

    def add_to_menu(self, action: QAction) -> None:
        """Offer something else after the decisions."""
        self.menu.insertAction(self._choose.menuAction(), action)

    def _action(self, text: str, keys: list[str], slot: Callable[[], object], picture: str = "") -> QAction:
        """Make an action whose keys count only while the photos have the keyboard."""
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        if picture:
            action.setIcon(icon(picture))
        self._window.grid.addAction(action)
        return action

    def _numbered(self, number: int) -> QAction:
        text = self.tr("Category {number}").format(number=number + 1)
        action = self._action(text, [str(number + 1)], self._assign)
        action.setData(number)
        return action

    def _make_menu(self) -> None:
        menu = self.menu
        menu.addMenu(self._put)
        menu.addActions([self.accept, self.refuse, self.clear])
        menu.addMenu(self._choose)
        menu.addMenu(self._headings)
        self._headings.addActions([self.choose_heading, self.fold_heading])
        self._add(self._headings, self.tr("F&old all"), True, self._fold_all)
        self._add(self._headings, self.tr("&Unfold all"), False, self._fold_all)
        menu.addSeparator()
        menu.addActions([self.similar, self.open])
        menu.addMenu(self._open_with)
        menu.addActions([self.show_in_folder, self.folder_of_photo.action])
        menu.addSeparator()
        menu.addActions([self.copy, self.copy_path])
        menu.addSeparator()
        sorting, tagging = self._window.sorting, self._window.tagging
        menu.addActions([sorting.sort_chosen, tagging.tag_chosen, sorting.trash])
        self._put.addActions(self.assign)
        menu.aboutToShow.connect(self._settle)
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Write the categories beside their keys, and offer what can be done now."""
        names, grid = self._names(), self._window.grid
        for action in self._more:
            self._put.removeAction(action)
            action.deleteLater()
        for number, action in enumerate(self.assign):
            if number < len(names):
                action.setText(_literal(names[number]))
            action.setVisible(number < len(names) or not names)
        self._more = [self._named(self._put, name, self._put_named) for name in names[_KEYS:]]
        self._choose.clear()
        for name in names:
            self._named(self._choose, name, self._choose_named)
        self._open_with.clear()
        for program in self._remembered():
            action = self._named(self._open_with, program, self._open_with_named)
            action.setText(_literal(Path(program).stem))
            action.setToolTip(program)
        self._open_with.addAction(self.tr("Choose a program …"), self._choose_program)
        has_choice = bool(grid.chosen_mask().any())
        for menu in (self._put, self._choose):
            menu.setEnabled(bool(names))
        self._headings.setEnabled(bool(self._window.photos.groups))
        for action in (self._open_with.menuAction(), self.show_in_folder):  # without a key, which would be dead as well
            action.setEnabled(has_choice)
        self.folder_of_photo.settle()

    def _named(self, menu: QMenu, name: str, slot: Callable[[], object]) -> QAction:
        action = menu.addAction(_literal(name), slot)
        action.setData(name)
        return action

    def _names(self) -> list[str]:
        return [category.name for category in self._window.categories.categories()]

    def _asked(self) -> str:
        """Return what the action that was chosen stands for."""
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""

    def _paths(self) -> list[Path]:
        return [self._window.photos.photo(row).path for row in self._window.grid.chosen_rows()]

    def _current_path(self) -> Path | None:
        row = self._window.grid.current_row()
        return self._window.photos.photo(row).path if row >= 0 else None

    @Slot()
    def _assign(self) -> None:
        self._window.review.assign(int(self._asked()))

    @Slot()
    def _put_named(self) -> None:
        self._put_into(self._asked())

    @Slot(str)
    def _put_into(self, name: str) -> None:
        self._window.review.put(self._window.grid.chosen_rows(), name)

    @Slot()
    def _choose_named(self) -> None:
        """Choose the photos shown that are in a category: by you, or by a model that is sure."""
        table = self._window.photos.table
        names, name = table.category_names(), self._asked()
        number = names.index(name) if name in names else -1
        rows = np.arange(len(table.photos))
        self._window.grid.choose_rows(rows[table.category_numbers(rows) == number] if number >= 0 else rows[:0])
        self._window.grid.setFocus()

    @Slot()
    def _choose_heading(self) -> None:
        if (group := self._window.grid.current_group()) >= 0:
            self._window.grid.choose_group(group)

    @Slot()
    def _fold_heading(self) -> None:
        grid = self._window.grid
        if (group := grid.current_group()) >= 0:
            grid.fold(group, not grid.is_folded(group))

    @Slot()
    def _open(self) -> None:
        if path := self._current_path():
            self.programs.open(path)

    @Slot()
    def _show_in_folder(self) -> None:
        if path := self._current_path():
            self.programs.show_in_folder(path)

    @Slot()
    def _copy(self) -> None:
        if rows := self._window.grid.chosen_rows():
            QGuiApplication.clipboard().setMimeData(self._window.photos.files(rows))

    @Slot()
    def _copy_path(self) -> None:
        if paths := self._paths():
            QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))

    @Slot()
    def _open_with_named(self) -> None:
        self._start(self._asked())

    @Slot()
    def _choose_program(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Open the chosen photos with"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._start)
        dialog.open()

    @Slot(str)
    def _start(self, program: str) -> None:
        """Open the chosen photos in a program, and remember it if it starts."""
        if self.programs.open_with(Path(program), self._paths()):
            kept = [program, *(known for known in self._remembered() if known != program)][:_REMEMBERED]
            self._window.settings = replace(self._window.settings, programs="\n".join(kept))

    def _remembered(self) -> list[str]:
        return self._window.settings.programs.splitlines()

    @Slot(int, QPoint)
    def _open_menu(self, group: int, place: QPoint) -> None:
        """Open the menu of a heading, or of the chosen photos."""
        if group < 0:
            self.menu.popup(place)
            return
        menu, grid = QMenu(self._window), self._window.grid
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_folded = grid.is_folded(group)
        for text, data, slot in (
            (self.tr("Choose all under it"), group, self._choose_group),
            (self.tr("Unfold") if is_folded else self.tr("Fold"), group, self._fold_group),
            (self.tr("Fold all"), True, self._fold_all),
            (self.tr("Unfold all"), False, self._fold_all),
        ):
            self._add(menu, text, data, slot)
        menu.popup(place)

    def _add(self, menu: QMenu, text: str, data: int, slot: Callable[[], object]) -> None:
        menu.addAction(text, slot).setData(data)

    def _data(self) -> int:
        action = self.sender()
        return int(action.data()) if isinstance(action, QAction) else 0

    @Slot()
    def _choose_group(self) -> None:
        self._window.grid.choose_group(self._data())

    @Slot()
    def _fold_group(self) -> None:
        group = self._data()
        self._window.grid.fold(group, not self._window.grid.is_folded(group))

    @Slot()
    def _fold_all(self) -> None:
        self._window.grid.fold_all(bool(self._data()))


def _literal(text: str) -> str:
    """Return a text for a menu in which & is only a letter."""
    return text.replace("&", "&&")
