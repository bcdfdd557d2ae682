"""What became of the photos: a bar with Undo that stays until the next run, and a list of those that stayed."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.icons import icon
from clipsorter.ui.tasks import AddTags, RemoveTags, Sort, TaskEnd, Trash, Undo
from clipsorter.ui.theme import GRID
from clipsorter.ui.trash_question import system_way_back


class RunBar(QFrame):
    """Says how a run ended, in numbers that add up."""

    undo_asked = Signal(object)  # Run
    details_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.end: TaskEnd | None = None
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.undo = QPushButton(icon("undo"), self.tr("Undo"))
        self.undo.setToolTip(self.tr("Take it all back; later it is found in the history"))
        self.details = QPushButton()
        self.undo.clicked.connect(self._undo)
        self.details.clicked.connect(self.details_asked)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close the report"))
        close.setToolTip(self.tr("Close the report; Undo stays in the history"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        layout.addWidget(self._label, 1)
        for button in (self.undo, self.details, close):
            layout.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def show_end(self, end: TaskEnd) -> None:
        """Say how a run ended, in place of the one before."""
        self.end = end
        self._label.setText(" ".join(self._sentences(end)))
        self.undo.setVisible(end.run is not None and end.run.is_undoable)
        self.details.setVisible(bool(end.stays or end.notices))
        count = QLocale().toString(len(end.stays))
        self.details.setText(self.tr("What stayed ({count}) …").format(count=count))
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    def _sentences(self, end: TaskEnd) -> list[str]:
        number, sums = QLocale().toString, end.sums
        words = self._words(end)
        said = [words.format(done=number(sums.done), photos=number(sums.photos), files=number(sums.files))]
        if isinstance(end.task, Sort) and sums.done:
            said.append(self.tr("They are in {folder}.").format(folder=end.task.plan.destination))
        if end.run is not None and end.run.mode == "give" and sums.done:
            said.append(system_way_back())
        stayed = self.tr("Could not go, unchanged: {count}.")
        still_open = self.tr("Between two places until the next start settles it: {count}.")
        if isinstance(end.task, AddTags | RemoveTags):
            stayed = self.tr("Could not be changed: {count}.")
            still_open = self.tr("Not settled until the next start: {count}.")
        for count, sentence in (
            (sums.unchanged, self._unchanged(end)),
            (sums.stayed, stayed),
            (sums.still_open, still_open),
            (sums.not_begun, self.tr("Not begun: {count}.")),
        ):
            if count:
                said.append(sentence.format(count=number(count)))
        return said

    def _unchanged(self, end: TaskEnd) -> str:
        if isinstance(end.task, RemoveTags):
            return self.tr("Without any of these tags before: {count}.")
        return self.tr("Tagged so before: {count}.")

    def _words(self, end: TaskEnd) -> str:
        match end.task:
            case Sort(mode="copy"):
                return self.tr("Photos copied: {done} of {photos}, files in all: {files}.")
            case Sort():
                return self.tr("Photos moved: {done} of {photos}, files in all: {files}.")
            case Trash() if not end.sums.done:
                return self.tr("Nothing went to the trash.")
            case Trash():
                return self.tr("Files put into the trash: {done} of {photos}.")
            case AddTags():
                return self.tr("Photos tagged: {done} of {photos}, files written: {files}.")
            case Undo(run) if run.kind == "untag":
                return self.tr("Photos that have their tags again: {done} of {photos}, files in all: {files}.")
            case Undo(run) if run.kind == "trash":
                return self.tr("Photos back from the trash: {done} of {photos}, files in all: {files}.")
            case Undo(run) if run.mode == "copy":
                return self.tr(
                    "Photos whose copies were taken back: {done} of {photos}, files in all: {files}. "
                    "The originals are there."
                )
            case Undo(run) if run.mode == "move":
                return self.tr("Photos back where they were: {done} of {photos}, files in all: {files}.")
        return self.tr("Photos that have lost the tags again: {done} of {photos}, files in all: {files}.")

    @Slot()
    def _undo(self) -> None:
        if self.end is not None and self.end.run is not None:
            self.undo_asked.emit(self.end.run)


class _Lines(QAbstractListModel):
    """Lines of text, of which only those on the screen are looked at."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: Sequence[str] = ()

    def show_lines(self, lines: Sequence[str]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        is_text = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return self.lines[index.row()] if is_text and index.isValid() else None


class StayedDialog(QDialog):
    """Every photo that stayed, and why; can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What stayed, and why"))
        self.setModal(False)
        self.resize(760, 480)
        self._head = QLabel()
        self._head.setWordWrap(True)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self.list, self.lines = QListView(), _Lines(self)
        self.list.setModel(self.lines)
        self.list.setUniformItemSizes(True)
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(self.tr("Photos that stayed"))
        copy = QAction(self.tr("Copy"), self.list)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self._copy_chosen)
        self.list.addAction(copy)
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(self.tr("Copy all"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._copy_all)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._head)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)

    def show_end(self, heading: str, end: TaskEnd) -> None:
        """Show what stayed in a run."""
        self._head.setText("\n".join([heading, *end.notices]))
        self.lines.show_lines(end.stays)
        self.show()
        self.activateWindow()

    @Slot()
    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText("\n".join([self._head.text(), "", *self.lines.lines]))

    @Slot()
    def _copy_chosen(self) -> None:
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        QGuiApplication.clipboard().setText("\n".join(self.lines.lines[row] for row in rows))
