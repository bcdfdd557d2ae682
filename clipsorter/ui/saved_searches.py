"""Searches that are kept: a list below the categories, each with the photos of the folder that fit it by now."""

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QUndoCommand
from PySide6.QtWidgets import QHeaderView, QMenu, QToolButton, QTreeWidget, QTreeWidgetItem

from clipsorter.sorting.query import parse_query
from clipsorter.ui.categories import titled
from clipsorter.ui.icons import icon
from clipsorter.ui.news import SavedFound
from clipsorter.ui.theme import GRID
from clipsorter.ui.turns import undisturbed

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_MOST_ROWS = 6  # more can be scrolled to: the categories need room as well


@dataclass(frozen=True, slots=True)
class Saved:
    """A search under a name."""

    name: str
    query: str


class SavedSearches(QObject):
    """The list, what can be done with it, and which photos belong to each entry."""

    _watched = Signal(object)  # tuple[str, ...]

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._rows: Mapping[str, NDArray[np.int64]] = {}
        self._total = 0
        self.searches = tuple(
            Saved(*line.split("\t", 1)) for line in window.settings.saved_searches.splitlines() if "\t" in line
        )
        self.list = _List()
        self.section = titled(self.tr("Saved searches"), self.list)
        self.save = QAction(icon("star"), self.tr("Sa&ve this search"), self)
        self.save.setShortcut(QKeySequence.StandardKey.Save)
        self.save.triggered.connect(self._save)
        window.addAction(self.save)
        self.star = QToolButton()
        self.star.setDefaultAction(self.save)
        self.star.setAutoRaise(True)
        self.star.setAccessibleName(self.tr("Save this search"))
        window.search.add_to_heading(self.star)
        self.list.itemClicked.connect(self._show)
        self.list.itemActivated.connect(self._show)
        self.list.itemChanged.connect(self._rename)
        self.list.menu_asked.connect(self._open_menu)
        self.rename = self._action(self.tr("&Rename"), "F2", self._begin_rename)
        self.remove = self._action(self.tr("De&lete"), "Delete", self._remove)
        worker = window.session.worker
        self._watched.connect(worker.saved_searcher.watch)
        worker.saved_searcher.told.connect(self._take)
        window.photos.counted.connect(self._count)
        window.search.box.textChanged.connect(self._settle)
        self._fill()

    def use(self, searches: tuple[Saved, ...]) -> None:
        """Keep these searches from now on."""
        self.searches = searches
        lines = "\n".join(f"{each.name}\t{each.query}" for each in searches)
        self._window.settings = replace(self._window.settings, saved_searches=lines)
        self._window.remember()
        self._fill()

    def _action(self, text: str, key: str, slot: object) -> QAction:
        action = QAction(text, self.list)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.list.addAction(action)
        return action

    def _fill(self) -> None:
        """Write the list anew; the worker is asked for the photos of each."""
        self.list.show_searches(self.searches)
        self.section.setVisible(bool(self.searches))
        self._watched.emit(tuple(each.query for each in self.searches))
        self._count()
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Offer to save what is not saved yet."""
        query = self._window.search.box.text().strip()
        is_saved = query in [each.query for each in self.searches]
        place = self.list.current_place()
        if not 0 <= place < len(self.searches) or self.searches[place].query != query:
            self.list.clearSelection()  # what is shown is something else
        self.save.setEnabled(not parse_query(query).is_empty and not is_saved)
        self.save.setToolTip(
            self.tr("This search is saved: it stands below the categories.")
            if is_saved
            else self.tr("Keep this search below the categories, with the photos that fit it (Ctrl+S)")
        )

    @Slot()
    def _save(self) -> None:
        query = " ".join(self._window.search.box.text().expandtabs(1).splitlines()).strip()
        self._change((*self.searches, Saved(query, query)), self.tr("save a search"))
        self._window.search.box.setText(query)

    def _change(self, searches: tuple[Saved, ...], text: str) -> None:
        if searches != self.searches:
            self._window.undo_stack.push(_Change(self, self.searches, searches, text))

    @Slot()
    def _begin_rename(self) -> None:
        if (item := self.list.currentItem()) is not None:
            self.list.editItem(item, 0)

    @Slot(QTreeWidgetItem, int)
    def _rename(self, item: QTreeWidgetItem, column: int) -> None:
        place, name = self.list.indexOfTopLevelItem(item), " ".join(item.text(0).split())
        if column or not 0 <= place < len(self.searches) or name == self.searches[place].name:
            return
        if not name:
            self._fill()
            return
        renamed = replace(self.searches[place], name=name)
        self._change((*self.searches[:place], renamed, *self.searches[place + 1 :]), self.tr("rename a search"))

    @Slot()
    def _remove(self) -> None:
        if (place := self.list.current_place()) >= 0:
            self._change((*self.searches[:place], *self.searches[place + 1 :]), self.tr("delete a search"))

    @Slot(QPoint)
    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.rename, self.remove])
        menu.popup(point)

    @Slot(QTreeWidgetItem)
    def _show(self, item: QTreeWidgetItem) -> None:
        """Show the photos of a search in the grid; its words stand in the box, and can be gone on from."""
        saved = self.searches[self.list.indexOfTopLevelItem(item)]
        self._window.panel.clear_choice()
        self._window.filters.reset()  # else fewer are shown than the list counts
        self._window.search.show_saved(saved.query, *self._said(saved))

    def _said(self, saved: Saved) -> tuple[str, NDArray[np.int64]]:
        """Return what is said of a search, and its photos."""
        rows, number = self._here(saved), QLocale().toString
        if parse_query(saved.query).photos:  # how alike is alike enough is not known
            text = self.tr("Saved search “{name}”: the best photos first, {count} of {total}")
        else:
            text = self.tr("Saved search “{name}”: photos that fit, the best first, {count} of {total}")
        return text.format(name=saved.name, count=number(len(rows)), total=number(self._total)), rows

    def _here(self, saved: Saved) -> NDArray[np.int64]:
        rows, gone = self._rows.get(saved.query, np.empty(0, np.int64)), self._window.photos.table.column("gone")
        here: NDArray[np.int64] = rows[~gone[rows]] if gone.any() else rows
        return here

    @Slot(object)
    @undisturbed
    def _take(self, fitting: SavedFound) -> None:
        if fitting.job != self._window.session.job:
            return
        self._rows, self._total = fitting.rows, fitting.total
        self._count()
        shown = self._window.search.box.text()
        for saved in self.searches:
            if saved.query == shown and self._window.search.is_saved:
                self._window.search.show_saved(saved.query, *self._said(saved))

    @Slot()
    def _count(self) -> None:
        """Write how many photos each search has; those of another folder no longer count."""
        if not self._window.photos.table.photos:
            self._rows, self._total = {}, 0
        for place, saved in enumerate(self.searches):
            is_known = saved.query in self._rows
            self.list.show_count(place, QLocale().toString(len(self._here(saved))) if is_known else "")


class _Change(QUndoCommand):
    """Other searches are kept."""

    def __init__(self, owner: SavedSearches, before: tuple[Saved, ...], after: tuple[Saved, ...], text: str) -> None:
        super().__init__(text)
        self._owner, self._before, self._after = weakref.proxy(owner), before, after

    def redo(self) -> None:
        """Keep them."""
        self._owner.use(self._after)

    def undo(self) -> None:
        """Keep what was kept before."""
        self._owner.use(self._before)


class _List(QTreeWidget):
    """Names, and how many photos each has."""

    menu_asked = Signal(QPoint)  # on the screen

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Saved searches"))
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.setIconSize(QSize(16, 16))
        self.setStyleSheet("QTreeView::item { padding: 4px 0; }")
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def show_searches(self, searches: tuple[Saved, ...]) -> None:
        """Write the names."""
        current = self.current_place()
        self.blockSignals(True)
        self.clear()
        for saved in searches:
            item = QTreeWidgetItem([saved.name, ""])
            item.setIcon(0, icon("search"))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(0, saved.query)
            self.addTopLevelItem(item)
        self.setCurrentIndex(self.model().index(min(current, len(searches) - 1), 0))
        self.blockSignals(False)
        self.updateGeometry()

    def current_place(self) -> int:
        """Return the place that has the keyboard, -1 for none."""
        return self.currentIndex().row()

    def show_count(self, place: int, count: str) -> None:
        """Write how many photos a search has."""
        item = self.topLevelItem(place)
        if item is not None and item.text(1) != count:
            self.blockSignals(True)
            item.setText(1, count)
            item.setToolTip(1, self.tr("Photos of this folder that fit"))
            self.blockSignals(False)
            self.viewport().update()

    def sizeHint(self) -> QSize:
        """Return the height of what is listed."""
        return QSize(200, self._height(min(max(self.topLevelItemCount(), 1), _MOST_ROWS)))

    def minimumSizeHint(self) -> QSize:
        """Return room for two."""
        return QSize(80, self._height(min(max(self.topLevelItemCount(), 1), 2)))

    def _height(self, rows: int) -> int:
        return rows * (self.fontMetrics().height() + GRID) + GRID

    @Slot(QPoint)
    def _ask_menu(self, point: QPoint) -> None:
        if self.itemAt(point) is not None:
            self.menu_asked.emit(self.viewport().mapToGlobal(point))
