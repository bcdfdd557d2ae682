"""The dialog that shows what sorting would do, before anything is done: a picture of the result, with ticks."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.destination import Destination
from clipsorter.ui.fact_words import size_words
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.photo_rows import PhotoRows
from clipsorter.ui.plan_models import FolderModel, RowModel
from clipsorter.ui.plan_tree import PlanTree
from clipsorter.ui.planner import Planned
from clipsorter.ui.theme import GRID

_DATE_FOLDERS = ("", "{year}", "{year}/{month}")


class SortDialog(QDialog):
    """Modeless; it shows the plan that its owner has made."""

    plan_asked = Signal()  # anew, with what is chosen now
    accepted_plan = Signal()
    takes_changed = Signal(str)  # "copy" or "move"

    def __init__(self, thumbnail: Callable[[Path], QIcon | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setAcceptDrops(True)
        self.resize(1000, 680)
        self.planned: Planned | None = None
        self._is_busy = self._is_stale = False
        self.destination, self.notices = Destination(), NoticeBar()
        self.copy, self.move_ = QRadioButton(self.tr("&Copy")), QRadioButton(self.tr("&Move"))
        self.dates = QComboBox()
        self.folders, self.rows = FolderModel(self), RowModel(thumbnail, self)
        self.tree, self.table = QTreeView(), PhotoRows(self.rows, self.tr("Photos of the plan"), (250, 130))
        self.summary, self.stale = QLabel(), QLabel()
        self.again = QPushButton(self.tr("&Plan again"))
        self.apply, self.close_button = QPushButton(), QPushButton(self.tr("Close"))
        self._make_choices()
        self._make_views()
        self._lay_out()
        self._connect()

    @property
    def takes(self) -> str:
        """Return what is done with the photos: `copy` or `move`."""
        return "move" if self.move_.isChecked() else "copy"

    @property
    def date_folders(self) -> str:
        """Return the pattern of the folders for dates."""
        return str(self.dates.currentData())

    def choose(self, takes: str, date_folders: str) -> None:
        """Show what was chosen the last time."""
        (self.move_ if takes == "move" else self.copy).setChecked(True)
        self.dates.setCurrentIndex(max(0, self.dates.findData(date_folders)))

    def show_waiting(self) -> None:
        """Say that a plan is being made."""
        self._take_plan(None)
        self.summary.setText(self.tr("Making the plan …"))

    @Slot(int)
    def show_reading(self, photos: int) -> None:
        """Say how many dates were read."""
        words = self.tr("Making the plan: reading the dates of photos, {count} so far …")
        self.summary.setText(words.format(count=QLocale().toString(photos)))

    @Slot(object)
    def show_planned(self, planned: Planned) -> None:
        """Show a plan."""
        self._take_plan(planned)
        self.tree.expandToDepth(1)
        self.tree.setCurrentIndex(self.folders.index_of(planned.tree.top))
        self._settle()

    def show_no_plan(self, sentence: str, details: str) -> None:
        """Say why there is no plan."""
        self._take_plan(None)
        self.summary.setText(self.tr("There is no plan. Nothing was changed."))
        self.notices.say(sentence, details)

    def show_busy(self, is_busy: bool) -> None:
        """Wait with the next run until the one that is under way has ended."""
        self._is_busy = is_busy
        self._settle()

    def show_stale(self) -> None:
        """Say that photos were judged anew since the plan was made."""
        if self.planned is not None and not self._is_stale:
            self._is_stale = True
            self._settle()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a folder as the destination."""
        if any(url.isLocalFile() and Path(url.toLocalFile()).is_dir() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Sort into the folder that was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.destination.take(next(path for path in paths if path.is_dir()))

    def _make_choices(self) -> None:
        group = QButtonGroup(self)
        for button in (self.copy, self.move_):
            group.addButton(button)
        self.copy.setToolTip(self.tr("The photos stay where they are as well"))
        self.move_.setToolTip(self.tr("The photos leave their folder; Undo brings them back"))
        self.dates.setAccessibleName(self.tr("Folders for dates"))
        for pattern, words in zip(
            _DATE_FOLDERS, (self.tr("none"), self.tr("year"), self.tr("year and month")), strict=True
        ):
            self.dates.addItem(words, pattern)
        self.dates.setToolTip(self.tr("By the day on which a photo was taken, as its file tells it"))

    def _make_views(self) -> None:
        self.tree.setModel(self.folders)
        self.tree.setAccessibleName(self.tr("Folders of the plan"))
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _lay_out(self) -> None:
        for label in (self.summary, self.stale):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.again, self.apply, self.close_button):
            button.setAutoDefault(False)  # else Enter among the photos would begin to move them
        takes = QHBoxLayout()
        takes.setSpacing(2 * GRID)
        takes.addWidget(self.copy)
        takes.addWidget(self.move_)
        takes.addWidget(QLabel(self.tr("Folders for dates:")))
        takes.addWidget(self.dates)
        takes.addStretch(1)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("Into:"), self.destination)
        form.addRow(self.tr("Take them by:"), takes)
        stale = QHBoxLayout()
        stale.addWidget(self.stale, 1)
        stale.addWidget(self.again)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.tree)
        split.addWidget(self.table)
        split.setSizes([320, 680])
        split.setStretchFactor(1, 1)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.apply)
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(form)
        layout.addWidget(self.notices)
        layout.addWidget(self.summary)
        layout.addLayout(stale)
        layout.addWidget(split, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.tree.selectionModel().currentRowChanged.connect(self._show_node)
        self.folders.modelReset.connect(self._show_nothing)
        self.folders.ticked.connect(self._take_ticks)
        self.rows.ticked.connect(self._take_ticks)
        self.destination.changed.connect(self.plan_asked)
        self.dates.activated.connect(self.plan_asked)
        self.again.clicked.connect(self.plan_asked)
        for button in (self.copy, self.move_):
            button.clicked.connect(self._take_takes)
        self.apply.clicked.connect(self.accepted_plan)
        self.close_button.clicked.connect(self.close)

    def _take_plan(self, planned: Planned | None) -> None:
        self.planned, self._is_stale = planned, False
        self.notices.clear()
        self.folders.show_tree(planned.tree if planned is not None else None)
        self._settle()

    @Slot()
    def _show_nothing(self) -> None:
        self.rows.show_node(None, None, Path())

    @Slot(QModelIndex, QModelIndex)
    def _show_node(self, index: QModelIndex, _: QModelIndex) -> None:
        if self.planned is not None:
            self.rows.show_node(self.planned.tree, self.folders.node(index), self.planned.folder)
            self.table.scrollToTop()

    @Slot()
    def _take_ticks(self) -> None:
        self.folders.recount()
        self.rows.refresh()
        self._settle()

    @Slot()
    def _take_takes(self) -> None:
        self.takes_changed.emit(self.takes)
        self._settle()

    def _settle(self) -> None:
        """Say what would be done, and let the button say it too."""
        tree = self.planned.tree if self.planned is not None else None
        going, files = tree.going if tree is not None else (0, 0)
        self.apply.setText(self._word(going))
        self.apply.setEnabled(going > 0 and not self._is_busy)
        self.stale.setVisible(self._is_stale or self._is_busy)
        self.again.setVisible(self._is_stale and not self._is_busy)
        if self._is_busy:
            self.stale.setText(self.tr("Photos are being moved or copied: wait until that is done."))
        elif self._is_stale:
            self.stale.setText(self.tr("Since this plan was made, photos were judged anew."))
        if tree is not None:
            self.summary.setText(" ".join(self._sentences(tree, going, files)))

    def _word(self, going: int) -> str:
        count = QLocale().toString(going)
        if self.takes == "move":
            words = self.tr("M&ove {count} photo") if going == 1 else self.tr("M&ove {count} photos")
        else:
            words = self.tr("C&opy {count} photo") if going == 1 else self.tr("C&opy {count} photos")
        return words.format(count=count)

    def _sentences(self, tree: PlanTree, going: int, files: int) -> list[str]:
        number, counts = QLocale().toString, tree.counts
        if not counts.photos:
            return [self.tr("There are no photos to sort.")]
        words = self.tr("Of {all} photos, {going} will go and {staying} will stay.")
        if counts.photos == 1:
            words = self.tr("The photo will go.") if going else self.tr("The photo will stay.")
        said = [words.format(all=number(counts.photos), going=number(going), staying=number(tree.stayers))]
        if not going:
            said.append(self.tr("There is nothing to do: on the left you see why they stay."))
        if files:
            said.append(self.tr("Files that belong to them go along: {count}.").format(count=number(files)))
        for count, sentence in (
            (tree.renamed, self.tr("Renamed, because their names are taken: {count}.")),
            (tree.doubtful, self.tr("Kept together without being sure that they belong together: {count}.")),
        ):
            if count:
                said.append(sentence.format(count=number(count)))
        if self.planned is not None and (short := self.planned.short_of(self.takes)):
            words = self.tr("They take {size}, but only {free} are free there.")
            said.append(words.format(size=size_words(short[0]), free=size_words(short[1])))
        if self.planned is not None and self.planned.unlisted:
            words = self.tr(
                "Decided by you as {names}, which the list no longer has: {count}. They go into folders of these "
                "names, unless you put them into another category."
            )
            names = ", ".join(f"“{name}”" for name in self.planned.unlisted)
            said.append(words.format(names=names, count=number(sum(self.planned.unlisted.values()))))
        for shared in tree.plan.shared_folders:
            words = self.tr("{categories} share the folder {folder}.")
            said.append(words.format(categories=", ".join(shared.categories), folder=shared.folder.name))
        return said
