"""What you decided beside what the model says: a table of how many photos, from which they are shown or copied."""

import csv
import io

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTableView, QVBoxLayout, QWidget

from clipsorter.sorting.confidence import FEWEST
from clipsorter.ui.news import Confusion

# Compared as numbers: of a screen full of cells, each is asked for ten roles.
_TEXT, _ALIGNMENT, _FONT = (
    int(role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.TextAlignmentRole, Qt.ItemDataRole.FontRole)
)
_TOOL_TIP, _SPOKEN = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.AccessibleTextRole)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


class ConfusionModel(QAbstractTableModel):
    """Rows are what you decided, columns what the model says, the last one unsure; others than occur are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._confusion: Confusion | None = None
        self._bold = QFont()
        self._bold.setBold(True)
        self._truth: list[int] = []
        self._said: list[int] = []

    def show(self, confusion: Confusion | None) -> None:
        """Show other numbers."""
        self.beginResetModel()
        self._confusion, self._truth, self._said = confusion, [], []
        if confusion is not None:
            table, unsure = confusion.table, len(confusion.names)
            self._truth = np.flatnonzero(table.sum(axis=1)).tolist()
            is_there = table.sum(axis=0) > 0
            is_there[self._truth] = is_there[unsure] = True
            self._said = np.flatnonzero(is_there).tolist()
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many categories were decided on."""
        return 0 if parent is not None and parent.isValid() else len(self._truth)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many answers there are."""
        return 0 if parent is not None and parent.isValid() else len(self._said)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the number of photos; where both agree it is bold, where there is none it is empty."""
        if role == _ALIGNMENT:
            return _CENTRE
        if role not in (_TEXT, _FONT, _TOOL_TIP, _SPOKEN) or self._confusion is None or not index.isValid():
            return None
        truth, said = self._truth[index.row()], self._said[index.column()]
        if role == _FONT:
            return self._bold if truth == said else None
        count = int(self._confusion.table[truth, said])
        if role == _TEXT:
            return QLocale().toString(count) if count else ""
        return self.tr("You: {truth}. The model: {said}. Photos: {count}").format(
            truth=self._confusion.names[truth], said=self.answer(said), count=QLocale().toString(count)
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the category of a row or column."""
        if self._confusion is None or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation is Qt.Orientation.Vertical:
            return self._confusion.names[self._truth[section]]
        return self.answer(self._said[section])

    def answer(self, column: int) -> str:
        """Return what the model says, in a word."""
        assert self._confusion is not None
        return self._confusion.names[column] if column < len(self._confusion.names) else self.tr("unsure")

    def photos(self, index: QModelIndex) -> tuple[str, list[int]]:
        """Return what a cell stands for, in a sentence, and its rows of photos."""
        if self._confusion is None:
            return "", []
        truth, said = self._truth[index.row()], self._said[index.column()]
        found = self._confusion
        rows = found.rows[(found.truth == truth) & (found.said == said)]
        text = self.tr("You say {truth}, the model says {said}: {count}").format(
            truth=found.names[truth], said=self.answer(said), count=QLocale().toString(len(rows))
        )
        return text, rows.tolist()

    def as_csv(self) -> str:
        """Return the table as text, a line for each category that was decided on."""
        text = io.StringIO()
        if (found := self._confusion) is not None:
            out = csv.writer(text, lineterminator="\n")
            out.writerow([self.tr("decided"), *(self.answer(said) for said in self._said)])
            for truth in self._truth:
                out.writerow([found.names[truth], *(int(found.table[truth, said]) for said in self._said)])
        return text.getvalue()


class ConfusionPage(QWidget):
    """A click on a number, or Return, asks for its photos."""

    photos_wanted = Signal(str, object)  # what they are, and their rows: list[int]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.table, self.said = ConfusionModel(), QTableView(), QLabel()
        self.said.setWordWrap(True)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What you decided, and what the model says"))
        self.table.setTabKeyNavigation(False)
        self.table.clicked.connect(self._want)
        enter = QShortcut(QKeySequence(Qt.Key.Key_Return), self.table, context=Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(self._want_current)
        self.copy = QPushButton(self.tr("&Copy as CSV"))
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy)
        layout = QVBoxLayout(self)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)

    def show_confusion(self, confusion: Confusion | None) -> None:
        """Show how decisions and answers agree, and say where there are too few to go by."""
        self.model.show(confusion)
        count = 0 if confusion is None else len(confusion.rows)
        self.table.setVisible(count > 0)
        self.copy.setEnabled(count > 0)
        if confusion is None or not count:
            self.said.setText(
                self.tr(
                    "You decided nothing yet about photos of this folder in these categories. Once you did, this "
                    "table shows how the model would have answered."
                )
            )
            return
        few = [name for name, row in zip(confusion.names, confusion.table, strict=True) if 0 < row.sum() < FEWEST]
        said = self.tr(
            "Rows: what you decided (photos: {count}). Columns: what the model says, of each photo as if you had not "
            "decided about it. A click on a number shows these photos."
        ).format(count=QLocale().toString(count))
        if few:
            said += " " + self.tr("Too few decisions to go by, less than {fewest}: {names}.").format(
                fewest=FEWEST, names=", ".join(few)
            )
        self.said.setText(said)

    @Slot(QModelIndex)
    def _want(self, index: QModelIndex) -> None:
        text, rows = self.model.photos(index)
        if rows:
            self.photos_wanted.emit(text, rows)

    @Slot()
    def _want_current(self) -> None:
        if (index := self.table.currentIndex()).isValid():
            self._want(index)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.model.as_csv())
