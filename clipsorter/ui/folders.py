"""The folders of this computer: favourites, those opened lately, and a tree that is read as it is opened."""

from pathlib import Path

from PySide6.QtCore import QDir, QModelIndex, QPoint, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QKeySequence, QMouseEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFileSystemModel,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.folder_history import History, Places
from clipsorter.ui.icons import icon
from clipsorter.ui.places import PlaceList, asked
from clipsorter.ui.theme import GRID


class FolderTree(QTreeView):
    """Choosing a folder opens it."""

    opened = Signal(object)
    menu_asked = Signal(object, object)  # the folder, and the place on the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: Path | None = Path(QDir.homePath())
        self._unfolds = True  # home, whose folders most people want
        self._model = QFileSystemModel(self)
        self._model.setFilter(QDir.Filter.Dirs | QDir.Filter.NoDotAndDotDot | QDir.Filter.Drives)
        self._model.setRootPath("")  # only what is below it is sorted
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Folders"))
        self.setHeaderHidden(True)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setStyleSheet("QTreeView::item { padding: 4px 0; }")
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.setDragEnabled(True)  # onto the favourites
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        for column in range(1, self._model.columnCount()):
            self.hideColumn(column)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go)
        # Folders come and are sorted while the tree is on the screen already, and push away what was scrolled to.
        self._model.directoryLoaded.connect(self._timer.start)
        self._model.layoutChanged.connect(self._timer.start)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self._go()

    def show_folder(self, folder: Path) -> None:
        """Open the tree at a folder, without opening the folder itself."""
        if folder != self._wanted and self._path(self.currentIndex()) == folder:
            return
        self._wanted, self._unfolds = folder, False
        self._go()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """From here on the user leads."""
        self._wanted = None
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """From here on the user leads."""
        self._wanted = None
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From here on the user leads."""
        self._wanted = None
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with a folder."""
        is_by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if is_by_key else self.indexAt(event.pos())
        if index.isValid():
            point = self.visualRect(index).center() if is_by_key else event.pos()
            self.menu_asked.emit(self._path(index), self.viewport().mapToGlobal(point))

    def _path(self, index: QModelIndex) -> Path | None:
        return Path(self._model.filePath(index)) if index.isValid() else None

    @Slot()
    def _go(self) -> None:
        if self._wanted is None:
            return
        index = self._model.index(str(self._wanted))
        with QSignalBlocker(self):
            self.setCurrentIndex(index)
            if self._unfolds:
                self.expand(index)
            hint = QTreeView.ScrollHint
            self.scrollTo(index, hint.PositionAtTop if self._unfolds else hint.PositionAtCenter)
            self.horizontalScrollBar().setValue(0)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._path(index))


class FolderPanel(QWidget):
    """Favourites and recent folders above the tree; knows where back and forward lead."""

    opened = Signal(object)
    changed = Signal()  # favourites or recent folders

    def __init__(self, places: Places, with_subfolders: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._history = History()
        self.subfolders = QAction(self.tr("Include su&bfolders"), self)
        self.subfolders.setCheckable(True)
        self.subfolders.setChecked(with_subfolders)
        self.places, self.tree = PlaceList(places), FolderTree()
        self.back = self._step_action(self.tr("Back"), "back", "Alt+Left", -1)
        self.forward = self._step_action(self.tr("Forward"), "forward", "Alt+Right", 1)
        self.include = QCheckBox(self.tr("Subfolders"))
        self.include.setToolTip(self.tr("Show the photos of the folders inside it as well"))
        self.include.setChecked(with_subfolders)
        self.include.clicked.connect(self.subfolders.trigger)
        self.subfolders.toggled.connect(self.include.setChecked)
        self.star = QToolButton()
        self.star.setIcon(icon("star"))
        self.star.setCheckable(True)
        self.star.setAutoRaise(True)
        self.star.clicked.connect(self._toggle_star)
        head = QHBoxLayout()
        head.setContentsMargins(GRID, 0, GRID // 2, GRID // 2)
        head.addWidget(self.include, 1)
        head.addWidget(self.star)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.places)
        layout.addWidget(self.tree, 1)
        self.tree.opened.connect(self.opened)
        self.tree.menu_asked.connect(self._show_menu)
        self.places.opened.connect(self.opened)
        self.places.changed.connect(self._settle)
        self.places.changed.connect(self.changed)
        self._settle()

    def show_folder(self, folder: Path) -> None:
        """Take note of the folder that is open now."""
        self._folder = folder
        self._history.visit(folder)
        self.tree.show_folder(folder)
        self.places.set_places(self.places.places.with_opened(folder))
        self.places.check()
        self._settle()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which of the folders are there."""
        super().showEvent(event)
        self.places.check()

    def _step_action(self, text: str, picture: str, key: str, by: int) -> QAction:
        action = QAction(icon(picture), text, self)
        action.setShortcut(QKeySequence(key))
        action.setData(by)
        action.triggered.connect(self._step)
        return action

    @Slot()
    def _step(self) -> None:
        if (folder := self._history.step(asked(self.sender()))) is not None:
            self.opened.emit(folder)

    @Slot()
    def _toggle_star(self) -> None:
        if self._folder is not None:
            self.places.set_places(self.places.places.with_favourite(self._folder, self.star.isChecked()))

    @Slot()
    def _settle(self) -> None:
        """Enable what can be done now."""
        self.back.setEnabled(self._history.can_step(-1))
        self.forward.setEnabled(self._history.can_step(1))
        is_favourite = self._folder in self.places.places.favourites
        self.star.setEnabled(self._folder is not None)
        self.star.setChecked(is_favourite)
        words = self.tr("Remove from favourites") if is_favourite else self.tr("Add to favourites")
        self.star.setToolTip(words)
        self.star.setAccessibleName(words)

    @Slot(object, object)
    def _show_menu(self, folder: Path, point: QPoint) -> None:
        self.menu_for(folder).popup(point)

    def menu_for(self, folder: Path) -> QMenu:
        """Return the menu of a folder of the tree."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Open"), self._open_asked).setData(folder)
        is_favourite = folder in self.places.places.favourites
        words = self.tr("Remove from &favourites") if is_favourite else self.tr("Add to &favourites")
        menu.addAction(words, self._star_asked).setData(folder)
        return menu

    @Slot()
    def _open_asked(self) -> None:
        self.opened.emit(asked(self.sender()))

    @Slot()
    def _star_asked(self) -> None:
        folder = asked(self.sender())
        places = self.places.places
        self.places.set_places(places.with_favourite(folder, folder not in places.favourites))
