"""The photos of a category that the model is surest of, and those of which it is least sure."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_strip import PhotoStrip
from clipsorter.ui.photo_table import State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_COUNT = 10
_PIXELS = 100


class ExtremesPage(QWidget):
    """Ten of each kind, of those that the user has not decided."""

    photo_wanted = Signal(int)  # a row
    refused = Signal(int, str)  # a row, and the category that it does not belong to

    def __init__(self, photos: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self.category = QComboBox()
        self.category.setAccessibleName(self.tr("Category"))
        self.category.currentIndexChanged.connect(self.refresh)
        self.said = QLabel()
        self.said.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.category, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.said)
        self.surest = PhotoStrip(photos, thumbnails, self.tr("Surest"), _PIXELS)
        self.least_sure = PhotoStrip(photos, thumbnails, self.tr("Least sure, but still in it"), _PIXELS)
        self._headings: dict[PhotoStrip, QLabel] = {}
        for strip in (self.surest, self.least_sure):
            strip.wanted.connect(self.photo_wanted)
            self._headings[strip] = heading = QLabel(strip.accessibleName())
            heading.setContentsMargins(0, GRID // 2, 0, 0)
            layout.addWidget(heading)
            layout.addWidget(strip, 1)
            self._add_refusal(strip)
        layout.addStretch()

    def show_categories(self, names: Sequence[str]) -> None:
        """Offer these categories; the one that is shown stays, if it is among them."""
        chosen = self.category.currentText()
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItems(list(names))
        self.category.setCurrentIndex(max(0, self.category.findText(chosen)) if names else -1)
        self.category.blockSignals(False)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the photos as the answers are now."""
        table, name = self._photos.table, self.category.currentText()
        rows = np.empty(0, np.int64)
        if name in table.names:
            is_mine = table.column("best")[:, 0] == table.names.index(name)
            rows = np.flatnonzero((table.states() == State.SURE) & is_mine)
        share = table.column("probability")[rows, 0]
        surest = rows[_first(-share, _COUNT)]
        least = rows[_first(share, _COUNT)]
        least = least[~np.isin(least, surest)]  # of fewer than twenty, none is shown twice
        self.surest.show_photos([(row, self._share(row)) for row in surest.tolist()])
        self.least_sure.show_photos([(row, self._share(row)) for row in least.tolist()])
        for strip, shown in ((self.surest, surest), (self.least_sure, least)):
            strip.setVisible(len(shown) > 0)
            self._headings[strip].setVisible(len(shown) > 0)
        self.said.setText(
            self.tr(
                "Double click shows a photo among the others; Shift+Backspace says that it is not “{name}”."
            ).format(name=name)
            if len(rows)
            else self.tr("The model is sure of no photo here.")
        )

    def _share(self, row: int) -> str:
        return self.tr("{percent} %").format(percent=round(100 * self._photos.table.best(row)[1]))

    def _add_refusal(self, strip: PhotoStrip) -> None:
        action = QAction(self.tr("Not this category"), strip)
        action.setShortcut(QKeySequence("Shift+Backspace"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._refuse)
        strip.addAction(action)
        strip.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    @Slot()
    def _refuse(self) -> None:
        action = self.sender()
        strip = action.parent() if isinstance(action, QAction) else None
        if isinstance(strip, PhotoStrip) and (row := strip.current_photo()) >= 0:
            self.refused.emit(row, self.category.currentText())


def _first(values: np.ndarray, count: int) -> np.ndarray:
    """Return the places of the least values, in order; sorting all of a large category takes too long."""
    if len(values) > count:
        few = np.argpartition(values, count)[:count]
        return few[np.argsort(values[few], kind="stable")]
    return np.argsort(values, kind="stable")
