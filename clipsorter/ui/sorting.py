"""What the window does to photos on the disk: it shows the plan, lets it be done, tells the end, and takes it back."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence

from clipsorter.apply import Run
from clipsorter.photos.photo import Photo
from clipsorter.ui.icons import icon
from clipsorter.ui.news import Failure
from clipsorter.ui.photo_rows import THUMBNAIL
from clipsorter.ui.photo_table import PhotoTable, State
from clipsorter.ui.planner import Judged, Planned, Planner
from clipsorter.ui.run_bar import RunBar, StayedDialog
from clipsorter.ui.run_history import HistoryDialog
from clipsorter.ui.sort_dialog import SortDialog
from clipsorter.ui.task_progress import TaskProgress
from clipsorter.ui.tasks import AddTags, Gone, RemoveTags, Sort, Task, TaskEnd, Trash, Undo
from clipsorter.ui.trash_question import ask_before_trash
from clipsorter.ui.turns import undisturbed

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class Sorting(QObject):
    """Owns the dialogs of sorting, and what is under way; one thing at a time."""

    busy_changed = Signal(bool)
    _task_asked = Signal(object, object)
    _list_asked = Signal()
    _bundle_asked = Signal(object, object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.planner, self.bar, self.progress = Planner(self), RunBar(), TaskProgress()
        self.dialog: SortDialog | None = None
        self.runs: HistoryDialog | None = None
        self.stayed: StayedDialog | None = None
        self.is_busy = False
        self._cancel = threading.Event()
        self._chosen: NDArray[np.int64] | None = None  # rows; None: all that are shown
        self._judged: Judged | None = None
        self._table: PhotoTable | None = None  # whose rows the task under way speaks of
        self.sort = self._action(self.tr("So&rt …"), "Ctrl+E", self.show_plan, "sort")
        self.sort_chosen = self._action(self.tr("Sort this &selection …"), "Ctrl+Shift+E", self.show_plan_of_chosen)
        self.history = self._action(self.tr("&History …"), "Ctrl+H", self.show_history, "history")
        self.trash = QAction(icon("trash"), self.tr("&Move to the trash …"), self)
        self.trash.setShortcut(QKeySequence("Shift+Del"))
        self.trash.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.trash.triggered.connect(self.ask_trash)
        window.grid.addAction(self.trash)
        window.status.addPermanentWidget(self.progress)
        self._connect()

    def _connect(self) -> None:
        sorter = self._window.session.worker.sorter
        self._task_asked.connect(sorter.begin)
        self._list_asked.connect(sorter.list_runs)
        self._bundle_asked.connect(sorter.bundle)
        sorter.paced.connect(self._take_pace)
        sorter.gone.connect(self._take_gone)
        sorter.ended.connect(self._take_end)
        sorter.listed.connect(self._take_runs)
        sorter.bundled.connect(self._take_bundles)
        sorter.failed.connect(self._say)
        self.planner.planned.connect(self._take_plan)
        self.planner.failed.connect(self._take_no_plan)
        self.progress.cancelled.connect(self.cancel)
        self.bar.undo_asked.connect(self.undo)
        self.bar.details_asked.connect(self._show_stayed)
        self._window.photos.counted.connect(self._look_whether_stale)

    def _action(self, text: str, key: str, slot: object, picture: str = "") -> QAction:
        action = QAction(icon(picture) if picture else QIcon(), text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def settle(self) -> None:
        """Offer what can be done now."""
        has_photos = bool(self._window.photos.table.photos)
        self.sort.setEnabled(has_photos)
        self.sort_chosen.setEnabled(has_photos)

    def close(self) -> None:
        """Stop what is under way after the photo in hand, and end the planner's thread."""
        self.cancel()
        self.planner.close()
        self._window.tagging.close()
        for dialog in (self.dialog, self.runs, self.stayed):
            if dialog is not None:
                dialog.close()

    def leave_folder(self) -> None:
        """Forget the plan: the photos that it speaks of are no longer those of the window."""
        self._window.tagging.leave_folder()
        self.planner.drop()
        self._judged = None
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot()
    def cancel(self) -> None:
        """Stop after the photo in hand."""
        self._cancel.set()

    @Slot()
    def show_plan(self) -> None:
        """Show what sorting the photos shown would do."""
        self._chosen = None
        self._open_dialog()

    @Slot()
    def show_plan_of_chosen(self) -> None:
        """Show what sorting the chosen photos would do."""
        rows = self._window.grid.chosen_rows()
        if rows:
            self._chosen = np.array(rows, np.int64)
            self._open_dialog()

    def _open_dialog(self) -> None:
        window = self._window
        if window.folder is None or not window.photos.table.photos:
            return
        if self.dialog is None:
            self.dialog = SortDialog(self._thumbnail, window)
            self.dialog.choose(window.settings.takes, window.settings.date_folders)
            suggested = self._suggested(window.folder)
            known = [Path(line) for line in window.settings.destinations.splitlines()]
            self.dialog.destination.show_folders([suggested, *(each for each in known if each != suggested)])
            self.dialog.plan_asked.connect(self.plan)
            self.dialog.accepted_plan.connect(self._begin_sort)
            self.dialog.takes_changed.connect(self._keep_takes)
            self.dialog.notices.asked.connect(window.failures.explain)
            self.dialog.finished.connect(self.planner.drop)
            self.planner.dated.connect(self.dialog.show_reading)
            window.thumbnails.arrived.connect(self.dialog.table.viewport().update)
        count = window.photos.rowCount() if self._chosen is None else len(self._chosen)
        self.dialog.setWindowTitle(self._title(count))
        self.dialog.show_busy(self.is_busy)
        self.plan()
        self.dialog.show()
        self.dialog.activateWindow()

    def _title(self, count: int) -> str:
        folder = self._window.folder.name if self._window.folder is not None else ""
        if self._chosen is None:
            return self.tr("Sort {folder}").format(folder=folder)
        if count == 1:
            return self.tr("Sort a chosen photo of {folder}").format(folder=folder)
        return self.tr("Sort {count} chosen photos of {folder}").format(count=count, folder=folder)

    @Slot()
    def plan(self) -> None:
        """Make the plan anew."""
        if self.dialog is None or self._window.folder is None:
            return
        self._judged = Judged(self._window.photos.table, self._meant())
        self.dialog.show_waiting()
        folder, destination = self._window.folder, self.dialog.destination.folder
        self.planner.ask(
            self._judged, folder, destination, self.dialog.date_folders,
            listed={entry.name for entry in self._window.categories.entries},
            may_be_made=destination == self._suggested(folder),
        )  # fmt: skip

    def _suggested(self, folder: Path) -> Path:
        """Return a folder beside the open one, or inside it where there is nothing beside it."""
        return folder.parent / self.tr("{folder} sorted").format(folder=folder.name or self.tr("Photos"))

    def _meant(self) -> NDArray[np.bool_]:
        return self._window.photos.meant(self._chosen)

    @Slot(object)
    def _take_plan(self, planned: Planned) -> None:
        if self.dialog is not None:
            self.dialog.show_planned(planned)

    @Slot(object)
    def _take_no_plan(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.show_no_plan(failure.sentence, failure.details)

    @Slot()
    def _look_whether_stale(self) -> None:
        dialog, judged = self.dialog, self._judged
        if dialog is None or judged is None or not dialog.isVisible() or self.planner.is_busy:
            return
        if not judged.is_as_now(self._window.photos.table, self._meant()):
            dialog.show_stale()

    def _thumbnail(self, path: Path) -> QIcon | None:
        """Return the picture of a photo of the plan, if it is here already."""
        planned = self.dialog.planned if self.dialog is not None else None
        if planned is None or (photo := planned.looked_at.get(path)) is None:
            return None
        is_proven = self._window.photos.table.state(planned.rows[path]) is not State.WAITING
        pixels = round(THUMBNAIL * 4 / 3 * self._window.devicePixelRatioF())
        pixmap = self._window.thumbnails.get(photo, pixels, is_proven)
        return QIcon(pixmap) if pixmap is not None and not pixmap.isNull() else None

    @Slot(str)
    def _keep_takes(self, takes: str) -> None:
        self._window.preferences.change(takes=takes)

    @Slot()
    def _begin_sort(self) -> None:
        """Do what the dialog shows."""
        dialog = self.dialog
        if dialog is None or dialog.planned is None or self.is_busy:
            return
        planned = dialog.planned
        destinations = "\n".join(str(folder) for folder in dialog.destination.folders())
        self._window.preferences.change(destinations=destinations, date_folders=dialog.date_folders)
        dialog.close()
        tree, mode = planned.tree, "move" if dialog.takes == "move" else "copy"
        self.begin(Sort(tree.plan, planned.folder, mode, planned.looked_at, planned.rows, tree.unticked()))  # type: ignore[arg-type]

    @Slot(object)
    def undo(self, run: Run) -> None:
        """Take a run back."""
        if not self.is_busy:
            self.begin(Undo(run))

    def begin(self, task: Task) -> None:
        """Do something to photos, while nothing else is under way."""
        self._cancel = threading.Event()
        self._table = self._window.photos.table
        self.bar.hide()
        self.progress.show_start(task)
        self._show_busy(True)
        self._task_asked.emit(task, self._cancel)

    def _show_busy(self, is_busy: bool) -> None:
        self.is_busy = is_busy
        self.trash.setEnabled(not is_busy)
        for dialog in (self.dialog, self.runs):
            if dialog is not None:
                dialog.show_busy(is_busy)
        self.busy_changed.emit(is_busy)

    @Slot(object)
    def _take_pace(self, pace: object) -> None:
        if self.is_busy:
            self.progress.show_pace(pace)  # type: ignore[arg-type]

    @Slot(object)
    @undisturbed
    def _take_gone(self, gone: Gone) -> None:
        """Show no longer what has left, and go on with the photo that came next."""
        photos, grid = self._window.photos, self._window.grid
        if photos.table is not self._table:
            return
        place, last = grid.currentIndex().row(), grid.current_row()
        following = grid.row_after(place)
        photos.lose(gone.rows)
        if last in gone.rows:
            grid.choose_next(following, place)

    @Slot(object)
    def _take_end(self, end: TaskEnd) -> None:
        self.progress.hide()
        self._show_busy(False)
        if self._touches_folder(end):
            self._window.rescan()
        self.bar.show_end(end)
        for notice in end.notices:
            self._window.notices.say(notice)
        if end.failure is not None:
            self._say(end.failure)
        if self.runs is not None and self.runs.isVisible():
            self._list_asked.emit()

    def _touches_folder(self, end: TaskEnd) -> bool:
        """Tell whether photos may have come into the open folder, or left it without being noticed."""
        folder, task = self._window.folder, end.task
        if folder is None or not end.sums.done:
            return False
        match task:
            case Sort(mode="copy"):
                return task.plan.destination.is_relative_to(folder) or folder.is_relative_to(task.plan.destination)
            case Sort():
                has_lost_rows = self._window.photos.table is not self._table
                return has_lost_rows or _overlap(folder, task.plan.destination)
            case AddTags():
                return _overlap(folder, task.folder)
            case Undo(run) | RemoveTags(run):
                return _overlap(folder, run.folder) or _overlap(folder, run.dest)
        return self._window.photos.table is not self._table

    @Slot(object)
    def _say(self, failure: Failure) -> None:
        say = self._window.failures.show if failure.is_bug else self._window.notices.say
        say(failure.sentence, failure.details)

    @Slot()
    def _show_stayed(self) -> None:
        if self.bar.end is None:
            return
        if self.stayed is None:
            self.stayed = StayedDialog(self._window)
        self.stayed.show_end(self.bar.text, self.bar.end)

    @Slot()
    def show_history(self) -> None:
        """Show what was done to photos so far."""
        if self.runs is None:
            self.runs = HistoryDialog(self._window)
            self.runs.undo_asked.connect(self.undo)
            self.runs.removal_asked.connect(self._window.tagging.remove)
            self.runs.folder_asked.connect(self._window.actions_.photo.programs.open_folder)
        self.runs.show_busy(self.is_busy)
        self._list_asked.emit()
        self.runs.show()
        self.runs.activateWindow()

    @Slot(object)
    def _take_runs(self, runs: list[Run]) -> None:
        if self.runs is not None:
            self.runs.show_runs(runs)

    @Slot()
    def ask_trash(self) -> None:
        """Ask whether the chosen photos are to go to the trash, once it is known what belongs to them."""
        photos = self._window.photos
        self.ask_trash_of([photos.photo(row).path for row in self._window.grid.chosen_rows()])

    def ask_trash_of(self, paths: list[Path], groups: Sequence[Sequence[Photo]] = ()) -> None:
        """Ask the same of photos of this folder that were chosen elsewhere; of each group something has to stay."""
        if paths and not self.is_busy:
            self._bundle_asked.emit(paths, groups)

    @Slot(object)
    def _take_bundles(self, trash: Trash) -> None:
        if trash.bundles:
            ask_before_trash(trash, self._trash, self._window)
        else:
            self._window.notices.say(self.tr("The chosen photos are no longer where they were: look again (F5)."))

    def _trash(self, trash: Trash) -> None:
        if not self.is_busy:
            table = self._window.photos.table
            files = {path for bundle in trash.bundles for path in bundle.files}
            rows = {table.photos[row].path: row for row in table.rows_of(files)}
            self.begin(replace(trash, rows=rows))


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
