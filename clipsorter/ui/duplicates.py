"""The duplicates of a folder: groups side by side, with the best marked; the user chooses what goes to the trash."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
)

from clipsorter.photos.photo import Photo
from clipsorter.sorting.duplicates import Copy, DuplicateGroup, Kind
from clipsorter.ui.fact_words import size_words
from clipsorter.ui.news import Failure
from clipsorter.ui.tasks import Gone
from clipsorter.ui.theme import GRID
from clipsorter.ui.work_line import WorkLine

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_PIXELS = 220
_PHOTO = Qt.ItemDataRole.UserRole


class Duplicates(QObject):
    """Opens the dialog, and has the worker compare."""

    _asked = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._cancel = threading.Event()
        self._folder: Path | None = None
        self.dialog: DuplicatesDialog | None = None
        self.action = QAction(self.tr("Find &duplicates …"), self)
        self.action.setShortcut(QKeySequence("Ctrl+D"))
        self.action.triggered.connect(self.show)
        window.addAction(self.action)
        worker = window.session.worker
        self._asked.connect(worker.comparer.ask)
        worker.comparer.paced.connect(self._take_pace)
        worker.comparer.found.connect(self._take_groups)
        worker.comparer.gave_up.connect(self._take_failure)
        worker.sorter.gone.connect(self._take_gone)
        window.session.ended.connect(self._look_who_is_back)

    @Slot()
    def show(self) -> None:
        """Compare the photos of the open folder, and show what is found."""
        if self.dialog is None:
            self.dialog = DuplicatesDialog(self._window)
        self._cancel.set()
        self._cancel, self._folder = threading.Event(), self._window.folder
        self.dialog.show_pace(0)
        if self._window.session.is_loading:
            self.dialog.work.show_wait()
        self.dialog.show()
        self.dialog.activateWindow()
        self._asked.emit(self._cancel)

    def leave(self) -> None:
        """End the comparison, and close the dialog if its photos are no longer those of the window."""
        if self.dialog is not None and self.dialog.is_filled and self._window.folder == self._folder:
            return  # the same photos are looked at again, as after Undo
        self._cancel.set()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot(float)
    def _take_pace(self, done: float) -> None:
        if self.dialog is not None and not self._cancel.is_set():
            self.dialog.show_pace(done)

    @Slot(object, int)
    def _take_groups(self, groups: list[DuplicateGroup], compared: int) -> None:
        if self.dialog is not None and not self._cancel.is_set():
            self.dialog.show_groups(groups, compared)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(failure.sentence)

    @Slot(object)
    def _take_gone(self, gone: Gone) -> None:
        photos = self._window.photos.table.photos
        if self.dialog is not None:
            self.dialog.lose({photos[row].path for row in gone.rows.tolist() if row < len(photos)})

    @Slot()
    def _look_who_is_back(self) -> None:
        """Show again what Undo brought back from the trash."""
        table = self._window.photos.table
        if self.dialog is not None and (rows := table.rows_of(self.dialog.lost)):
            self.dialog.regain({table.photos[row].path for row in rows})


class DuplicatesDialog(QDialog):
    """Groups on the left, the photos of one on the right; of each group at least one photo stays."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._found: list[DuplicateGroup] = []
        self._groups: list[DuplicateGroup] = []
        self.lost: set[Path] = set()
        self._chosen: set[Path] = set()
        self.setWindowTitle(self.tr("Duplicates"))
        self.resize(900, 560)
        self.work, self.groups, self.photos = WorkLine(), QListWidget(), QListWidget()
        self.groups.setAccessibleName(self.tr("Groups of duplicates"))
        self.photos.setAccessibleName(self.tr("Photos of this group; a tick chooses one for the trash"))
        shades = (
            self.photos.palette()
        )  # Fusion frames a box by a darker shade of this, which is black in the dark theme
        shades.setColor(QPalette.ColorRole.Window, QColor("grey"))
        self.photos.setPalette(shades)
        self.photos.setViewMode(QListView.ViewMode.IconMode)
        self.photos.setIconSize(QSize(_PIXELS, _PIXELS))
        self.photos.setResizeMode(QListView.ResizeMode.Adjust)
        self.photos.setMovement(QListView.Movement.Static)
        self.photos.setWordWrap(True)
        self.photos.setSpacing(GRID)
        self.groups.setUniformItemSizes(True)
        self.photos.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.others = QPushButton(self.tr("Tick &all but the best"))
        self.trash = QPushButton()
        close = QPushButton(self.tr("&Close"))
        for button in (self.others, self.trash, close):
            button.setAutoDefault(False)
        self._splitter = QSplitter()
        self._splitter.addWidget(self.groups)
        self._splitter.addWidget(self.photos)
        self._splitter.setSizes([240, 660])
        buttons = QHBoxLayout()
        buttons.addWidget(self.others)
        buttons.addStretch(1)
        buttons.addWidget(self.trash)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.work)
        layout.addWidget(self._splitter, 1)
        layout.addStretch(0)
        layout.addLayout(buttons)
        self.groups.currentRowChanged.connect(self._show_group)
        self.photos.itemChanged.connect(self._take_tick)
        self.others.clicked.connect(self._tick_others)
        self.trash.clicked.connect(self._ask_trash)
        close.clicked.connect(self.close)
        window.thumbnails.arrived.connect(self._take_picture)
        self._settle()

    @property
    def is_filled(self) -> bool:
        """Tell whether groups are shown, or were before all their photos left."""
        return bool(self._found)

    def show_pace(self, done: float) -> None:
        """Say how far the comparison is."""
        self._take([])
        self.work.show_work(self.tr("Comparing the photos: {percent} %").format(percent=round(100 * done)), done)

    def show_failure(self, sentence: str) -> None:
        """Say why nothing was compared."""
        self._take([])
        self.work.say(sentence)

    def show_groups(self, groups: list[DuplicateGroup], compared: int) -> None:
        """Show what was found; nothing is ticked."""
        self._take(groups)
        number = QLocale().toString
        if groups:
            text = self.tr("Groups of duplicates: {groups}, among {count} photos. Nothing goes before you tick it.")
        else:
            text = self.tr("No duplicates. Photos that were looked at: {count}.")
        self.work.say(text.format(groups=number(len(groups)), count=number(compared)))

    def _take(self, groups: list[DuplicateGroup]) -> None:
        self._found, self._groups, self.lost, self._chosen = groups, list(groups), set(), set()
        self._splitter.setVisible(bool(groups))
        self._fill(0)

    def lose(self, gone: set[Path]) -> None:
        """Take out photos that are no longer there, and groups of which one photo is left."""
        self.lost |= gone
        self._chosen -= gone
        self._fill_left()

    def regain(self, back: set[Path]) -> None:
        """Show photos again that are back in their places."""
        self.lost -= back
        self._fill_left()

    def _fill_left(self) -> None:
        current = self.groups.currentRow()
        self._groups = [group for group in self._found if len(self._left_of(group)) > 1]
        self._fill(current)

    def chosen(self) -> list[Path]:
        """Return the photos that are ticked."""
        return sorted(self._chosen)

    def _left_of(self, group: DuplicateGroup) -> list[Copy]:
        return [copy for copy in group.copies if copy.photo.path not in self.lost]

    def _best_of(self, group: DuplicateGroup) -> Photo:
        best = group.copies[group.best]
        return best.photo if best.photo.path not in self.lost else self._left_of(group)[0].photo

    def _fill(self, current: int) -> None:
        self.groups.clear()
        words = {
            Kind.EXACT: self.tr("The same file, {count} times"),
            Kind.NEAR: self.tr("One picture, {count} versions"),
            Kind.BURST: self.tr("One moment, {count} shots"),
        }
        self.groups.addItems([words[group.kind].format(count=len(self._left_of(group))) for group in self._groups])
        self.groups.setCurrentRow(min(max(current, 0), len(self._groups) - 1))
        self._show_group(self.groups.currentRow())

    @Slot(int)
    def _show_group(self, number: int) -> None:
        self.photos.blockSignals(True)
        self.photos.clear()
        if 0 <= number < len(self._groups):
            group = self._groups[number]
            best = self._best_of(group)
            for copy in sorted(self._left_of(group), key=lambda copy: copy.photo != best):  # it comes first
                self.photos.addItem(self._item(copy, is_best=copy.photo == best))
        self.photos.blockSignals(False)
        self._settle()

    def _item(self, copy: Copy, is_best: bool) -> QListWidgetItem:
        lines = [self.tr("★ best: {name}").format(name=copy.photo.path.name) if is_best else copy.photo.path.name]
        lines.append(f"{copy.width_pixels} × {copy.height_pixels}, {size_words(copy.photo.size)}")
        if copy.taken:
            taken = QDateTime.fromSecsSinceEpoch(round(copy.taken.timestamp()))
            lines.append(QLocale().toString(taken, QLocale.FormatType.ShortFormat))
        praise = ["★" * copy.rating] if copy.rating else []
        praise += [self.tr("keywords: {count}").format(count=copy.keywords)] if copy.keywords else []
        lines += [", ".join(praise)] if praise else []
        item = QListWidgetItem("\n".join(lines))
        item.setData(_PHOTO, copy.photo)
        item.setToolTip(str(copy.photo.path))
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        is_chosen = copy.photo.path in self._chosen
        item.setCheckState(Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked)
        self._draw(item)
        return item

    def _draw(self, item: QListWidgetItem) -> None:
        picture = self._window.thumbnails.get(item.data(_PHOTO), _PIXELS, is_proven=True)
        if picture is not None:
            item.setIcon(QIcon(picture))

    @Slot(object)
    def _take_picture(self, photo: Photo) -> None:
        self.photos.blockSignals(True)
        for row in range(self.photos.count()):
            if self.photos.item(row).data(_PHOTO) == photo:
                self._draw(self.photos.item(row))
        self.photos.blockSignals(False)

    @Slot(QListWidgetItem)
    def _take_tick(self, item: QListWidgetItem) -> None:
        """Note a tick; the last photo of a group takes none."""
        path = item.data(_PHOTO).path
        if item.checkState() is Qt.CheckState.Unchecked:
            self._chosen.discard(path)
        else:
            self._chosen.add(path)
            if any(map(self._is_all_ticked, self._groups)):
                self.work.say(
                    self.tr("One photo of each group stays, so {name} was not ticked.").format(name=path.name)
                )
                item.setCheckState(Qt.CheckState.Unchecked)
        self._settle()

    @Slot()
    def _tick_others(self) -> None:
        group = self._groups[self.groups.currentRow()]
        self._chosen.discard(self._best_of(group).path)
        self._chosen |= {copy.photo.path for copy in self._left_of(group) if copy.photo != self._best_of(group)}
        for each in self._groups:  # the best of a group may be a shot among others
            if self._is_all_ticked(each):
                self._chosen.discard(self._best_of(each).path)
        self._show_group(self.groups.currentRow())

    def _is_all_ticked(self, group: DuplicateGroup) -> bool:
        return all(copy.photo.path in self._chosen or copy.photo.path in self.lost for copy in group.copies)

    @Slot()
    def _ask_trash(self) -> None:
        groups = [[copy.photo for copy in self._left_of(group)] for group in self._groups]
        parted = [group for group in groups if any(photo.path in self._chosen for photo in group)]
        self._window.sorting.ask_trash_of(self.chosen(), parted)

    def _settle(self) -> None:
        self.others.setEnabled(0 <= self.groups.currentRow() < len(self._groups))
        self.trash.setEnabled(bool(self._chosen))
        text = self.tr("&Move {count} to the trash …").format(count=QLocale().toString(len(self._chosen)))
        self.trash.setText(text)
