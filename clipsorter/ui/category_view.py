"""The list of categories as a tree on the screen: what is folded and chosen stays so, and photos can be dropped."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_rows import CategoryDelegate, is_on_box
from clipsorter.ui.category_tree import CategoryRole

_INDENT = 16
_UNFOLD_AFTER_MS = 600  # under a category or photos that are held above


class CategoryView(QTreeView):
    """Shows a CategoryModel."""

    typed = Signal(str, str)  # the path of the row whose name is edited in place, and what it would be; then "" twice

    def __init__(self, model: CategoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = CategoryDelegate(self)
        self._folded: set[str] = set()
        self._current = ("", -1, False)
        self._pressed = QModelIndex()
        self._lost = ("", False)  # a row that had the keyboard and is not where it was, and whether it was chosen
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
        model.renamed.connect(self._follow)
        self.collapsed.connect(self._note_fold)
        self.expanded.connect(self._note_unfold)
        self._delegate.typed.connect(self.typed)
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave a press on a box out: it neither chooses the row nor drags it."""
        self._pressed = self._box_at(event)
        if not self._pressed.isValid():
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Switch a category whose box was clicked."""
        index, pressed, self._pressed = self._box_at(event), self._pressed, QModelIndex()
        if not pressed.isValid():
            super().mouseReleaseEvent(event)
        elif index == pressed:
            self.switch(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click on a box for one of its own, not for a rename."""
        if self._box_at(event).isValid():
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag nothing by a box."""
        if not self._pressed.isValid():
            super().mouseMoveEvent(event)

    def switch(self, index: QModelIndex) -> None:
        """Switch a category on or off; a heading is neither."""
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            other = Qt.CheckState.Unchecked if state == Qt.CheckState.Checked else Qt.CheckState.Checked
            self._model.setData(index, other, Qt.ItemDataRole.CheckStateRole)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let photos in, and categories; only these can fall between two rows."""
        self.setDropIndicatorShown(not event.mimeData().hasUrls())
        super().dragEnterEvent(event)
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light up the category on which photos would fall; elsewhere they can't be dropped."""
        super().dragMoveEvent(event)  # scrolls, and unfolds what the mouse stays on
        if not event.mimeData().hasUrls():
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
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        target = self._target(event.position().toPoint())
        if target.isValid() and self._model.dropMimeData(event.mimeData(), event.dropAction(), -1, -1, target):
            event.acceptProposedAction()
        else:
            event.ignore()

    def _box_at(self, event: QMouseEvent) -> QModelIndex:
        """Return the category whose box is under the mouse."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        is_box = event.button() != Qt.MouseButton.RightButton and is_on_box(self.visualRect(index), place)
        return index if index.isValid() and is_box and not index.data(CategoryRole.IS_HEADING) else QModelIndex()

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
        self._lost = ("", False) if index.isValid() else (path, is_chosen)
        if not index.isValid():
            index = self._model.index_of(self._model.path_at(position))
        self._give_keyboard(index, is_chosen)

    @Slot(object)
    def _follow(self, renames: dict[str, str]) -> None:
        """Keep a heading folded that has another name now, and the keyboard on a row that went elsewhere."""
        folded = {renames.get(path, path) for path in self._folded}
        for path in folded - self._folded:
            self.collapse(self._model.index_of(path))
        self._folded = folded
        path, is_chosen = self._lost
        if path in renames:
            self._give_keyboard(self._model.index_of(renames[path]), is_chosen)
        self._lost = ("", False)

    def _give_keyboard(self, index: QModelIndex, is_chosen: bool) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect if is_chosen else flag.NoUpdate)

    @Slot(str, str)
    def _rename(self, path: str, label: str) -> None:
        if (index := self._model.index_of(path)).isValid():
            self._model.setData(index, label)
