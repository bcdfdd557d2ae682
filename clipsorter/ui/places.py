"""Favourite and recent folders as a short list above the tree; those that are gone stay, greyed, and say so."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QMenu, QWidget

from clipsorter.ui.folder_history import Places
from clipsorter.ui.icons import icon
from clipsorter.ui.theme import GRID

_LEAST_ROW = 24
_MAX_ROWS = 8  # more can be scrolled to: the tree needs room as well
_SHOWN_RECENT = 4
_FAREWELL_S = 1.0
_PATH, _IS_FAVOURITE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class PlaceList(QListWidget):
    """Choosing a folder opens it; a folder that is dropped here becomes a favourite."""

    opened = Signal(object)
    changed = Signal()

    def __init__(self, places: Places, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = places
        self._gone: frozenset[Path] = frozenset()
        self._checker = Checker(self)
        self._checker.checked.connect(self._take_gone)
        self.setAccessibleName(self.tr("Favourite and recent folders"))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setIconSize(QSize(16, 16))
        self.setAcceptDrops(True)
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)
        self._fill()

    def set_places(self, places: Places) -> None:
        """Show other folders."""
        if places == self.places:
            return
        self.places = places
        self._fill()
        self.changed.emit()

    def check(self) -> None:
        """Look, in a thread, which of the folders are still there: a drive that sleeps must not halt the window."""
        self._checker.check((*self.places.favourites, *self.places.recent))

    def close_checker(self) -> None:
        """End the thread, or leave it if a drive doesn't answer."""
        self._checker.close()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a folder."""
        point = event.pos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard and (current := self.currentItem()) is not None:
            point = self.visualItemRect(current).center()
        item = self.itemAt(point)
        if item is not None and item.data(_PATH) is not None:
            self.menu_for(item).popup(self.viewport().mapToGlobal(point))

    def menu_for(self, item: QListWidgetItem) -> QMenu:
        """Return the menu of a folder."""
        folder: Path = item.data(_PATH)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Open"), self._act).setData(("open", folder))
        if folder in self.places.favourites:
            menu.addAction(self.tr("Remove from &favourites"), self._act).setData(("unstar", folder))
        else:
            menu.addAction(self.tr("Add to &favourites"), self._act).setData(("star", folder))
        if not item.data(_IS_FAVOURITE):
            menu.addAction(self.tr("Remove from this &list"), self._act).setData(("forget", folder))
        return menu

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders."""
        if _folders_of(event):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere in the list."""
        if _folders_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Make favourites of what was dropped; nothing on disk is moved."""
        places = self.places
        for folder in _folders_of(event):
            places = places.with_favourite(folder, True)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.set_places(places)

    def sizeHint(self) -> QSize:
        """Return the height of what is listed, so that there is no empty room above the tree."""
        return QSize(200, self._row() * min(self.count(), _MAX_ROWS) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return room for a heading and a folder."""
        return QSize(80, min(2 * self._row(), self.sizeHint().height()))

    def _row(self) -> int:
        return max(_LEAST_ROW, self.fontMetrics().height() + GRID)

    def _fill(self) -> None:
        self.clear()
        favourites = self.places.favourites
        recent = [folder for folder in self.places.recent if folder not in favourites][:_SHOWN_RECENT]
        if favourites:
            self._add_heading(self.tr("Favourites"))
        for folder in favourites:
            self._add(folder, is_favourite=True)
        if recent:
            self._add_heading(self.tr("Recent"))
        for folder in recent:
            self._add(folder, is_favourite=False)
        self.setVisible(self.count() > 0)
        self.setMaximumHeight(self.sizeHint().height())
        self.updateGeometry()

    def _add_heading(self, words: str) -> None:
        item = QListWidgetItem(words, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, self._row()))

    def _add(self, folder: Path, is_favourite: bool) -> None:
        item = QListWidgetItem(icon("star" if is_favourite else "history"), folder.name or str(folder), self)
        item.setData(_PATH, folder)
        item.setData(_IS_FAVOURITE, is_favourite)
        item.setToolTip(str(folder))
        item.setSizeHint(QSize(0, self._row()))
        if folder in self._gone:
            item.setText(self.tr("{folder} – not there").format(folder=item.text()))
            item.setToolTip(self.tr("{folder}\nIs not there now. Is its drive connected?").format(folder=folder))
            item.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))

    @Slot(QListWidgetItem)
    def _open(self, item: QListWidgetItem) -> None:
        if (folder := item.data(_PATH)) is not None:
            self.opened.emit(folder)

    @Slot()
    def _act(self) -> None:
        what, folder = asked(self.sender())
        match what:
            case "open":
                self.opened.emit(folder)
            case "star" | "unstar":
                self.set_places(self.places.with_favourite(folder, what == "star"))
            case "forget":
                self.set_places(self.places.without_recent(folder))

    @Slot(object)
    def _take_gone(self, gone: frozenset[Path]) -> None:
        if gone != self._gone:
            self._gone = gone
            self._fill()


class Checker(QObject):
    """Looks in a thread whether folders are there."""

    checked = Signal(object)  # frozenset of those that are not

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread: threading.Thread | None = None
        self._is_closed = False

    def check(self, folders: Sequence[Path]) -> None:
        """Look at these; while a drive lets wait, nothing else is asked."""
        if self._is_closed or (self._thread is not None and self._thread.is_alive()):
            return
        # A daemon: a drive that never answers must not keep the program from ending.
        self._thread = threading.Thread(target=self._look, args=(folders,), name="folders", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait a moment for what is being asked."""
        self._is_closed = True
        if self._thread is not None:
            self._thread.join(_FAREWELL_S)

    def _look(self, folders: Sequence[Path]) -> None:
        gone = frozenset(folder for folder in folders if not folder.is_dir())
        if not self._is_closed:
            with suppress(RuntimeError):  # the window has just gone
                self.checked.emit(gone)


def asked(sender: QObject | None) -> Any:
    """Return what the action that was chosen stands for."""
    return sender.data() if isinstance(sender, QAction) else None


def _folders_of(event: QDropEvent) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return [path for path in paths if path.is_dir()]
