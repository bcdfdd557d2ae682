"""The photos that are shown, in their order, for the grid: a Qt model over the table of a folder."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl, Signal

from clipsorter.photos.photo import Photo
from clipsorter.ui.news import Batch
from clipsorter.ui.photo_order import Group, Grouping, Order, grouped_rows, sorted_rows
from clipsorter.ui.photo_table import WORTH_SAYING, Counts, Filter, PhotoTable, State
from clipsorter.ui.reason_words import say_reason

_FEW = 32  # photos that leave are taken out one by one; more than that, and the list is shown anew


class Role(IntEnum):
    """What the grid asks beside the name; ROW is the photo's row in the table."""

    ROW = Qt.ItemDataRole.UserRole + 1
    PHOTO = Qt.ItemDataRole.UserRole + 2


class PhotoModel(QAbstractListModel):
    """Shows the rows of the table that pass the filter.

    `rearranged` follows a change of order as a whole; it says whether that was asked for, rather than a decision or
    an answer that put some photos under another heading.
    """

    about_to_rearrange = Signal()
    rearranged = Signal(bool)
    counted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = PhotoTable()
        self.filter = Filter()
        self.order = Order.FOLDER
        self.grouping = Grouping.NONE
        self.groups: tuple[Group, ...] = ()  # of what is shown, in order; none without grouping
        self._shown: NDArray[np.int64] = np.empty(0, np.int64)
        self._found: NDArray[np.int64] | None = None  # what a search found, the best first

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many photos are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, what a screen reader says, or the photo."""
        if not index.isValid():
            return None
        row = int(self._shown[index.row()])
        match role:
            case Role.ROW:
                return row
            case Role.PHOTO:
                return self.table.photos[row]
            case Qt.ItemDataRole.DisplayRole:
                return self.table.photos[row].path.name
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{self.table.photos[row].path.name}: {self.describe(row)}"
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let photos be chosen and dragged out."""
        own = Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | own

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the real files, for a file manager or an editor."""
        return self.files([self.row_at(index.row()) for index in indexes])

    def files(self, rows: Sequence[int]) -> QMimeData:
        """Return the files of rows of the table, to be dragged or copied."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(self.table.photos[row].path)) for row in rows])
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        """Allow no move: a photo never leaves its folder by an accident of the mouse."""
        return Qt.DropAction.CopyAction

    def describe(self, row: int) -> str:
        """Say in words what is known of a photo."""
        guesses = self.table.guesses(row)
        match self.table.state(row):
            case State.FAILED:
                return self.tr("Can't be read: {reason}").format(reason=say_reason(self.table.reasons.get(row, "")))
            case State.BY_YOU:
                return self.tr("{category}, decided by you").format(category=self.table.label(row))
            case State.SURE:
                return self.tr("{category}, {percent} % sure").format(
                    category=guesses[0].category, percent=round(100 * guesses[0].probability)
                )
            case State.UNSURE:
                words = [
                    self.tr("{category} {percent} %").format(
                        category=guess.category, percent=round(100 * guess.probability)
                    )
                    for guess in guesses[:2]
                    if guess.probability >= WORTH_SAYING
                ]
                if not words:
                    return self.tr("Unsure: no category fits")
                return self.tr("Unsure: {guesses}").format(guesses=", ".join(words))
            case State.KNOWN:
                return self.tr("Looked at; there is no category yet")
        return self.tr("Not looked at yet")

    def start_over(self) -> None:
        """Show another folder, which is empty as yet."""
        self.beginResetModel()
        self.table = PhotoTable()
        self._shown, self.groups, self._found = np.empty(0, np.int64), (), None
        self.endResetModel()
        self.counted.emit()

    def take(self, batch: Batch) -> None:
        """Take in what the worker tells; photos stay where they are, and new ones come last."""
        self.table.take(batch)
        self._settle()

    def label(self, rows: Sequence[int], categories: Sequence[str | None]) -> None:
        """Note human decisions on rows of the table."""
        numbers = {category: self.table.label_number(category) for category in dict.fromkeys(categories)}
        self.set_label_numbers(np.asarray(rows, np.int64), np.array([numbers[name] for name in categories], np.int32))

    def set_label_numbers(self, rows: NDArray[np.int64], numbers: NDArray[np.int32], goes_back: bool = False) -> None:
        """Note human decisions on many rows at once, as numbers of the table; who goes back wants all in order."""
        self.table.set_label_numbers(rows, numbers)
        if goes_back:
            self.rearrange()
        else:
            self._settle()

    def lose(self, rows: NDArray[np.int64]) -> None:
        """Show no longer what is no longer here."""
        self.table.lose(rows)
        self._settle()

    def rename_labels(self, renames: Mapping[str, str]) -> None:
        """Show human decisions under the new names of their categories."""
        self.table.rename_labels(renames)
        self._settle()

    def show_only(self, wanted: Filter, order: Order, grouping: Grouping = Grouping.NONE) -> None:
        """Choose what is shown, how it is sorted, and under which headings."""
        self.filter, self.order, self.grouping = wanted, order, grouping
        self.rearrange()

    def show_found(self, rows: NDArray[np.int64] | None) -> None:
        """Show only these rows of the table, in this order and without headings; None ends that."""
        self._found = rows
        self.rearrange()

    @property
    def shows_elsewhere(self) -> bool:
        """Tell whether a search has found photos that are not of the folder."""
        return self._found is not None and bool(self.table.column("elsewhere")[self._found].any())

    def counts_found(self) -> Counts | None:
        """Count the photos that were found, whether or not the filter shows them; None without a search."""
        return self.table.counts(self._found) if self._found is not None else None

    def rearrange(self) -> None:
        """Sort anew, with all that is known by now."""
        self._show(*self._arranged(np.flatnonzero(self._matching())), is_asked=True)

    def _matching(self) -> NDArray[np.bool_]:
        return self.table.matching(self.filter, is_everywhere=self._found is not None)

    def _arranged(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], tuple[Group, ...]]:
        if self._found is not None:
            is_meant = np.zeros(len(self.table.photos), bool)
            is_meant[rows] = True
            return self._found[is_meant[self._found]], ()
        return grouped_rows(self.table, sorted_rows(self.table, rows, self.order), self.grouping)

    def _show(self, shown: NDArray[np.int64], groups: tuple[Group, ...], is_asked: bool) -> None:
        if groups == self.groups and np.array_equal(shown, self._shown):
            self._announce_change()
            return
        self.about_to_rearrange.emit()
        self.beginResetModel()
        self._shown, self.groups = shown, groups
        self.endResetModel()
        self.counted.emit()
        self.rearranged.emit(is_asked)

    def place_of(self, row: int) -> QModelIndex:
        """Return where a row of the table is shown, or an invalid index."""
        found = np.flatnonzero(self._shown == row)
        return self.index(int(found[0])) if len(found) else QModelIndex()

    def places_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where those of the rows that are shown are, ascending."""
        is_meant = np.zeros(len(self.table.photos), bool)
        is_meant[rows[rows < len(is_meant)]] = True
        return np.flatnonzero(is_meant[self._shown])

    def places(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where each of the rows is shown, -1 for those that are not."""
        found = np.full(len(self.table.photos), -1)
        found[self._shown] = np.arange(len(self._shown))
        return found[rows]

    def rows_at(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the rows of the table that are shown at places."""
        return self._shown[places]

    def row_at(self, place: int) -> int:
        """Return the row of the table that is shown at a place."""
        return int(self._shown[place])

    def meant(self, chosen: NDArray[np.int64] | None) -> NDArray[np.bool_]:
        """Tell of each row whether it is among those chosen, or, with None, among those shown, bool [N]."""
        is_meant = np.zeros(len(self.table.photos), bool)
        is_meant[self._shown if chosen is None else chosen] = True
        return is_meant

    def photo(self, row: int) -> Photo:
        """Return the photo of a row of the table."""
        return self.table.photos[row]

    def _settle(self) -> None:
        """Take out what no longer passes the filter and append what now does; nothing else moves.

        Under headings each photo goes where it belongs, or they would say what is not so.
        """
        mask = self._matching()
        if self.grouping is not Grouping.NONE or self._found is not None:
            self._show(*self._arranged(np.flatnonzero(mask)), is_asked=False)
            return
        gone = np.flatnonzero(~mask[self._shown])
        if len(gone) > _FEW:
            self._show(*self._arranged(np.flatnonzero(mask)), is_asked=True)
            return
        for place in gone[::-1].tolist():
            self.beginRemoveRows(QModelIndex(), place, place)
            self._shown = np.delete(self._shown, place)
            self.endRemoveRows()
        mask[self._shown] = False
        new = sorted_rows(self.table, np.flatnonzero(mask), self.order)
        if len(new):
            first = len(self._shown)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._shown = np.concatenate([self._shown, new])
            self.endInsertRows()
        self._announce_change()

    def _announce_change(self) -> None:
        if len(self._shown):
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))
        self.counted.emit()
