"""The list of categories as a tree on the screen: what is folded and chosen stays so, and photos can be dropped."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_rows import CategoryDelegate
from clipsorter.ui.category_tree import CategoryRole

_INDENT = 16
_UNFOLD_AFTER_MS = 600  # under a category or photos that are held above


class CategoryView(QTreeView):
    """Shows a CategoryModel."""

    def __init__(self, model: CategoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = CategoryDelegate(self)
        self._folded: set[str] = set()
        self._current = ("", -1, False)
        self.setAccessibleName(self.tr("Categories"))
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(_INDENT)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setAutoExpandDelay(_UNFOLD_AFTER_MS)
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._recall)
        self.collapsed.connect(self._note_fold)
        self.expanded.connect(self._note_unfold)
        self._delegate.named.connect(self._rename, Qt.ConnectionType.QueuedConnection)
        self._recall()

    @property
    def current_path(self) -> str:
        """Return the category or heading that has the keyboard, or ""."""
        index = self.currentIndex()
        return index.data(CategoryRole.PATH) if index.isValid() else ""

    def choose(self, path: str) -> None:
        """Give the keyboard to a row, if it is there."""
        if (index := self._model.index_of(path)).isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let photos in, and categories."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the category on which photos would fall; elsewhere they can't be dropped."""
        if not event.mimeData().hasUrls():
            super().dragMoveEvent(event)
            return
        target = self._target(event.position().toPoint())
        self._light_up(target.data(CategoryRole.PATH) if target.isValid() else "")
        if target.isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Let the light go out."""
        self._light_up("")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the photos into the category."""
        if not event.mimeData().hasUrls():
            super().dropEvent(event)
            return
        self._light_up("")
        target = self._target(event.position().toPoint())
        if target.isValid() and self._model.dropMimeData(event.mimeData(), event.dropAction(), -1, -1, target):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _target(self, place: QPoint) -> QModelIndex:
        """Return the category under the mouse; a heading is none."""
        index = self.indexAt(place)
        return QModelIndex() if index.isValid() and index.data(CategoryRole.IS_HEADING) else index

    def _light_up(self, path: str) -> None:
        if path != self._delegate.drop_target:
            self._delegate.drop_target = path
            self.viewport().update()

    @Slot(QModelIndex)
    def _note_fold(self, index: QModelIndex) -> None:
        self._folded.add(index.data(CategoryRole.PATH))

    @Slot(QModelIndex)
    def _note_unfold(self, index: QModelIndex) -> None:
        self._folded.discard(index.data(CategoryRole.PATH))

    @Slot()
    def _remember(self) -> None:
        path = self.current_path
        is_chosen = bool(self.selectionModel().selectedIndexes())
        self._current = (path, self._model.position_of(path), is_chosen)

    @Slot()
    def _recall(self) -> None:
        """Fold what was folded; a row that is gone leaves the keyboard to the one in its place."""
        folded = set(self._folded)
        self.expandAll()
        for path in folded:
            if (index := self._model.index_of(path)).isValid():
                self.collapse(index)
        self._folded = folded
        self.setRootIsDecorated(self._model.has_headings())
        path, position, is_chosen = self._current
        index = self._model.index_of(path)
        if not index.isValid():
            index = self._model.index_of(self._model.path_at(position))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect if is_chosen else flag.NoUpdate)

    @Slot(str, str)
    def _rename(self, path: str, label: str) -> None:
        if (index := self._model.index_of(path)).isValid():
            self._model.setData(index, label)
