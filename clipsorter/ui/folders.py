"""The folders of this computer as a tree that is read as it is opened."""

from pathlib import Path

from PySide6.QtCore import QDir, QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QFileSystemModel, QTreeView, QWidget


class FolderTree(QTreeView):
    """Choosing a folder opens it."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        for column in range(1, self._model.columnCount()):
            self.hideColumn(column)
        self.scrollTo(self._model.index(QDir.homePath()))
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def show_folder(self, folder: Path) -> None:
        """Open the tree at a folder, without opening the folder itself."""
        index = self._model.index(str(folder))
        with QSignalBlocker(self):
            self.setCurrentIndex(index)
            self.scrollTo(index)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(Path(self._model.filePath(index)))
