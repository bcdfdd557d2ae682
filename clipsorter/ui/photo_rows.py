"""The table of photos in the dialogs that show what will be done: a picture and what follows, one photo a row."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from clipsorter.ui.theme import GRID

THUMBNAIL = 48  # pixels


class PictureCells(QStyledItemDelegate):
    """Gives every picture the same room, so that the names stand below each other."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Widen what a narrow picture takes."""
        super().initStyleOption(option, index)
        option.decorationSize = QSize(THUMBNAIL * 4 // 3, THUMBNAIL)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration


class PhotoRows(QTableView):
    """Pictures and names in the first column; the last takes what room is left."""

    def __init__(
        self, model: QAbstractItemModel, name: str, widths: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegateForColumn(0, PictureCells(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(THUMBNAIL + GRID)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in enumerate(widths):
            header.resizeSection(column, width)
