"""Which photos of the grid are chosen, and which has the keyboard: by key, by program, and after a change of order."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from clipsorter.ui.grid_layout import Places, runs
from clipsorter.ui.grid_view import GridView
from clipsorter.ui.photo_model import PhotoModel

_FEW = 64  # photos of which each is drawn anew by itself
Flag = QItemSelectionModel.SelectionFlag


class ChoosingGrid(GridView):
    """The current photo and the chosen ones stay so when the order changes; hidden photos are never chosen."""

    def __init__(self, model: PhotoModel, cell: tuple[int, int], parent: QWidget | None = None) -> None:
        self._mask: NDArray[np.bool_] | None = None  # which places are chosen, once it was asked
        super().__init__(model, cell, parent)
        self._kept: tuple[int, Places] = -1, np.empty(0, np.int64)
        self._anchor = QPersistentModelIndex()  # from where Shift chooses
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.about_to_rearrange.connect(self._remember)
        model.rearranged.connect(self._recall)

    @Slot()
    def arrange(self) -> None:
        """Lay out what the model shows."""
        self._mask = None
        super().arrange()

    def chosen_mask(self) -> NDArray[np.bool_]:
        """Tell of each place whether it is chosen, bool [places]."""
        if self._mask is None:
            self._mask = np.zeros(self._model.rowCount(), bool)
            for stretch in self.selectionModel().selection().toList():
                self._mask[stretch.top() : stretch.bottom() + 1] = True
        return self._mask

    def chosen_rows(self) -> list[int]:
        """Return the rows of the table that are chosen, in the order shown."""
        rows: list[int] = self._model.rows_at(np.flatnonzero(self.chosen_mask())).tolist()
        return rows

    def current_row(self) -> int:
        """Return the row of the table that has the keyboard, or -1."""
        index = self.currentIndex()
        return self._model.row_at(index.row()) if index.isValid() and index.row() < self._model.rowCount() else -1

    def choose(self, row: int) -> None:
        """Go to a photo, if it is shown."""
        if (index := self._model.place_of(row)).isValid():
            self._unfold(self._layout.group_of(index.row()))
            self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
            self._anchor = QPersistentModelIndex(index)

    def row_after(self, place: int, step: int = 1) -> int:
        """Return the row of the table that is shown after a place (before it, with −1), or -1 at the end."""
        after = self._layout.beside(place, step) if place >= 0 else place
        return self._model.row_at(after) if after != place else -1

    def choose_next(self, row: int, place: int = 0) -> None:
        """Go to a photo, or if it is not shown, to the one at a place, or to the last one."""
        if self._model.place_of(row).isValid():
            self.choose(row)
        elif count := self._model.rowCount():
            self.choose(self._model.row_at(min(max(place, 0), count - 1)))

    def choose_rows(self, rows: Places) -> None:
        """Choose photos and nothing else, in so far as they are shown, and go to the first."""
        places = self._model.places_of(rows)
        for group in {self._layout.group_of(first) for first, _ in runs(places)}:
            self._unfold(group)
        if len(places):
            self.selectionModel().setCurrentIndex(self._model.index(int(places[0])), Flag.NoUpdate)
        self._choose_places(places, Flag.ClearAndSelect)

    @Slot()
    def selectAll(self) -> None:
        """Choose all photos that are shown; those of folded groups are not."""
        self._choose_places(self._layout.unfolded(), Flag.ClearAndSelect)

    def choose_group(self, group: int, is_chosen: bool = True) -> None:
        """Choose the photos of a group beside those that are chosen, or none of them."""
        places = self._layout.places_of_group(group)
        self._unfold(group)
        if is_chosen and self.current_group() != group:
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(self._model.index(int(places[0])), Flag.NoUpdate)
            self.setAutoScroll(True)
        self._choose_places(places, Flag.Select if is_chosen else Flag.Deselect)

    def chosen_of_group(self, group: int) -> Qt.CheckState:
        """Tell whether all photos of a group are chosen, or some, or none."""
        chosen = self.chosen_mask()[self._layout.places_of_group(group)]
        if chosen.all():
            return Qt.CheckState.Checked
        return Qt.CheckState.PartiallyChecked if chosen.any() else Qt.CheckState.Unchecked

    def fold(self, group: int, is_folded: bool) -> None:
        """Hide the photos of a group, which are then no longer chosen, or show them."""
        if is_folded:
            self._choose_places(self._layout.places_of_group(group), Flag.Deselect)
        super().fold(group, is_folded)

    def fold_all(self, is_folded: bool) -> None:
        """Hide the photos of all groups, which are then no longer chosen, or show them."""
        if is_folded:
            self.clearSelection()
        super().fold_all(is_folded)

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Choose from the photo at the first corner to the one at the last, or from where Shift was first held."""
        offset = self.verticalOffset()
        last = self._layout.nearest(rect.right(), rect.bottom() + offset)
        if not (command & Flag.Current and self._anchor.isValid()):
            first = self._layout.nearest(rect.x(), rect.y() + offset)
            self._anchor = QPersistentModelIndex(self._model.index(first))
        if last >= 0:
            ends = sorted((self._anchor.row(), last))
            places = np.intersect1d(np.arange(ends[0], ends[1] + 1), self._layout.unfolded(), assume_unique=True)
            self._choose_places(places, command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let keys move and choose, but choose no photo that is folded away."""
        is_choosing = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select)
        if not (is_choosing and self.currentIndex().isValid() and self.isIndexHidden(self.currentIndex())):
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Note that other photos are chosen; headings show it too."""
        self._mask = None
        super().selectionChanged(selected, deselected)
        for _, box in self.headings_in_view():
            self.viewport().update(box)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what has to be drawn anew when photos are chosen."""
        stretches = [(stretch.top(), stretch.bottom()) for stretch in selection.toList()[: _FEW + 1]]
        if len(stretches) > _FEW or any(last - first > _FEW for first, last in stretches):
            return QRegion(self.viewport().rect())
        region = QRegion()
        for first, last in stretches:
            for place in range(first, last + 1):
                region += self.visualRect(self._model.index(place))
        return region

    def selectedIndexes(self) -> list[QModelIndex]:
        """Return what is chosen."""
        return [self._model.index(place) for place in np.flatnonzero(self.chosen_mask()).tolist()]

    def _unfold(self, group: int) -> None:
        if self.is_folded(group):
            self.fold(group, is_folded=False)

    def _choose_places(self, places: Places, command: Flag) -> None:
        """Choose photos, or more of them, or fewer.

        What is chosen afterwards is always given as a whole: Qt's own model would bring back what was taken out of
        the choice with the next use of Shift, be it hidden by then.
        """
        if command == Flag.NoUpdate:
            return
        if not command & (Flag.Clear | Flag.Current):
            before = np.flatnonzero(self.chosen_mask())
            if command & Flag.Select:
                places = np.union1d(before, places)
            elif command & Flag.Deselect:
                places = np.setdiff1d(before, places, assume_unique=True)
            else:
                places = np.setxor1d(before, places, assume_unique=True)
        selection, index = QItemSelection(), self._model.createIndex
        for first, last in runs(places):
            selection.append(QItemSelectionRange(index(first, 0), index(last, 0)))
        self.selectionModel().select(selection, Flag.ClearAndSelect)
        self._mask = np.zeros(self._model.rowCount(), bool)  # known without asking for each stretch
        self._mask[places] = True

    @Slot()
    def _remember(self) -> None:
        self.remember_view()
        self._kept = self.current_row(), self._model.rows_at(np.flatnonzero(self.chosen_mask()))

    @Slot(bool)
    def _recall(self, is_asked: bool) -> None:
        """Choose the same photos again; after what was not asked for, what was in view stays where it was."""
        current, chosen = self._kept
        places = self._model.places_of(chosen)
        if self._layout.is_folded.any():
            places = np.intersect1d(places, self._layout.unfolded(), assume_unique=True)
        self._choose_places(places, Flag.ClearAndSelect)
        index = self._model.place_of(current)
        self.setAutoScroll(False)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
            self._anchor = QPersistentModelIndex(index)
        self.setAutoScroll(True)
        if is_asked:
            self.scrollTo(index)
        else:
            self.recall_view()
