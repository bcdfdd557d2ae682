"""The History dialog: what was done to photos, and the way back of each."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clipsorter.apply import Run
from clipsorter.ui.icons import icon
from clipsorter.ui.theme import GRID
from clipsorter.ui.trash_question import system_way_back

_Index = QModelIndex | QPersistentModelIndex


class RunModel(QAbstractTableModel):
    """The runs of the journal, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: Sequence[Run] = ()
        self._thrown: frozenset[int] = frozenset()  # the numbers of those that went to the trash

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show these."""
        self.beginResetModel()
        self.runs, self._thrown = runs, frozenset(run.run_id for run in runs if run.kind == "trash")
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.runs)

    def columnCount(self, parent: _Index | None = None) -> int:
        """Return what is said of each."""
        return 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the headings."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        headings = (
            self.tr("When"), self.tr("What"), self.tr("Files"), self.tr("Since then"), self.tr("From"), self.tr("To"),
        )  # fmt: skip
        return headings[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell."""
        if not index.isValid():
            return None
        run = self.runs[index.row()]
        source = self.tr("Trash") if run.undoes in self._thrown else str(run.folder)
        dest = self.tr("Trash") if run.kind == "trash" else str(run.dest)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{source}\n→ {dest}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        number = QLocale().toString
        match index.column():
            case 0:
                when = QDateTime.fromMSecsSinceEpoch(run.started_ns // 1_000_000)
                return QLocale().toString(when, QLocale.FormatType.ShortFormat)
            case 1:
                return self._what(run)
            case 2:
                return number(run.files)
            case 3:
                return self._since(run)
            case 4:
                return source
        return dest

    def _what(self, run: Run) -> str:
        match run.kind, run.mode:
            case "undo", _:
                return self.tr("Taken back")
            case "sort", "copy":
                return self.tr("Copied")
            case "sort", _:
                return self.tr("Moved")
            case "tag", _:
                return self.tr("Tagged")
            case "trash", _:
                return self.tr("To the trash")
        return self.tr("Tags removed")

    def _since(self, run: Run) -> str:
        """Say what of it is left, and what stayed."""
        number, parts = QLocale().toString, []
        if run.kind != "undo" and run.undone:
            parts.append(self.tr("partly taken back") if run.is_undoable else self.tr("taken back"))
        if run.failed:
            parts.append(self.tr("{count} stayed").format(count=number(run.failed)))
        if run.in_flight:
            parts.append(self.tr("{count} not settled").format(count=number(run.in_flight)))
        if run.finished_ns is None:
            parts.append(self.tr("broken off"))
        return ", ".join(parts)


class HistoryDialog(QDialog):
    """Modeless; says what was done, and takes it back."""

    undo_asked = Signal(object)  # Run
    removal_asked = Signal(object)  # Run
    folder_asked = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self.setModal(False)
        self.resize(860, 440)
        self._is_busy = False
        self.table, self.model, self._empty = QTableView(), RunModel(self), QLabel()
        self._empty.setText(self.tr("No photo was moved, copied, tagged or thrown away yet."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._said = QLabel()
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What was done to photos"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setResizeContentsPrecision(50)
        header.setStretchLastSection(True)
        self.undo = QPushButton(icon("undo"), self.tr("&Undo"))
        self.remove = QPushButton(icon("tag"), self.tr("&Remove the tags of this run"))
        self.remove.setToolTip(
            self.tr("Takes away what the model wrote, in edited and moved photos as well; your own decisions stay")
        )
        self.folder = QPushButton(icon("folder"), self.tr("&Show in folder"))
        self.close_button = QPushButton(self.tr("Close"))
        below = QHBoxLayout()
        for button in (self.undo, self.remove, self.folder):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self.close_button)
        for button in (self.undo, self.remove, self.folder, self.close_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        for widget in (self.table, self._empty):
            layout.addWidget(widget, 1)
        layout.addWidget(self._said)
        layout.addLayout(below)
        self.table.selectionModel().currentRowChanged.connect(self._settle)
        self.undo.clicked.connect(self._undo)
        self.remove.clicked.connect(self._remove)
        self.folder.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.close)
        self._settle()

    @property
    def run(self) -> Run | None:
        """Return the run that is chosen."""
        row = self.table.currentIndex().row()
        return self.model.runs[row] if 0 <= row < len(self.model.runs) else None

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the latest run, whichever was chosen the last time."""
        super().showEvent(event)
        self.table.setCurrentIndex(QModelIndex())

    @Slot(object)
    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show all runs, the same one chosen as before, or the latest."""
        before = self.run.run_id if self.run is not None else -1
        self.model.show_runs(runs)
        chosen = next((row for row, run in enumerate(runs) if run.run_id == before), 0)
        if runs:
            self.table.selectRow(chosen)
        self._settle()

    def show_busy(self, is_busy: bool) -> None:
        """Wait with Undo until what is under way has ended."""
        self._is_busy = is_busy
        self._settle()

    @Slot()
    def _settle(self) -> None:
        run = self.run
        self.table.setVisible(bool(self.model.runs))
        self._empty.setVisible(not self.model.runs)
        self.undo.setEnabled(run is not None and run.is_undoable and not self._is_busy)
        self.remove.setVisible(run is not None and run.kind == "tag")
        self.remove.setEnabled(run is not None and run.is_undoable and not self._is_busy)
        self.folder.setEnabled(run is not None)
        if self._is_busy:
            self._said.setText(self.tr("Wait until the run that is under way has ended."))
        elif run is not None and run.is_undoable:
            self._said.setText(
                self.tr("Undo takes back what was not changed since; what has to stay is named afterwards.")
            )
        else:
            self._said.setText(system_way_back() if run is not None and run.mode == "give" and run.done else "")

    @Slot()
    def _undo(self) -> None:
        if self.run is not None:
            self.undo_asked.emit(self.run)

    @Slot()
    def _remove(self) -> None:
        if self.run is not None:
            self.removal_asked.emit(self.run)

    @Slot()
    def _show_folder(self) -> None:
        """Show the photos where they are now."""
        if (run := self.run) is None:
            return
        is_back = run.kind == "sort" and run.undone >= run.done
        wanted = run.folder if is_back or run.kind == "trash" else run.dest
        nearest: Path = next((each for each in (wanted, *wanted.parents) if each.is_dir()), Path.home())
        self.folder_asked.emit(nearest)
