"""What the window does to keywords: it shows what photos gain, and has it written; Undo is that of sorting."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence

from clipsorter.apply import Run
from clipsorter.photos.photo import Photo
from clipsorter.ui.icons import icon
from clipsorter.ui.news import AllFits, Failure, ModelReady
from clipsorter.ui.photo_rows import THUMBNAIL
from clipsorter.ui.planner import Judged
from clipsorter.ui.tag_dialog import TagDialog
from clipsorter.ui.tag_planner import TagPlanner
from clipsorter.ui.tasks import AddTags, RemoveTags

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class Tagging(QObject):
    """Owns the dialog; the run itself is one of those that `Sorting` has done and told."""

    _fits_asked = Signal(int)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.planner = TagPlanner(self)
        self.dialog: TagDialog | None = None
        self._chosen: NDArray[np.int64] | None = None  # rows; None: all that are shown
        self._judged: Judged | None = None
        self._model = ""
        self._number = 0  # of what was asked last of the worker
        self.tag = self._action(self.tr("&Tag …"), "Ctrl+T", self.show_plan)
        self.tag.setIcon(icon("tag"))
        self.tag_chosen = self._action(self.tr("Tag this se&lection …"), "Ctrl+Shift+T", self.show_plan_of_chosen)
        self.planner.failed.connect(self._take_no_plan)
        window.photos.counted.connect(self._look_whether_stale)
        worker = window.session.worker
        worker.loader.announced.connect(self._take_model)
        self._fits_asked.connect(worker.fitter.ask)
        worker.fitter.found.connect(self._take_fits)
        worker.fitter.failed.connect(self._take_no_plan)

    def _action(self, text: str, key: str, slot: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def settle(self) -> None:
        """Offer what can be done now."""
        for action in (self.tag, self.tag_chosen):
            action.setEnabled(bool(self._window.photos.table.photos))

    def close(self) -> None:
        """End the thread."""
        self.planner.close()
        if self.dialog is not None:
            self.dialog.close()

    def leave_folder(self) -> None:
        """Forget what was worked out: its photos are no longer those of the window."""
        self.planner.drop()
        self._number += 1
        self._judged = None
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot()
    def show_plan(self) -> None:
        """Show what the photos shown would gain."""
        self._chosen = None
        self._open_dialog()

    @Slot()
    def show_plan_of_chosen(self) -> None:
        """Show what the chosen photos would gain."""
        if rows := self._window.grid.chosen_rows():
            self._chosen = np.array(rows, np.int64)
            self._open_dialog()

    def _open_dialog(self) -> None:
        window = self._window
        if window.folder is None or not window.photos.table.photos:
            return
        if self.dialog is None:
            self.dialog = dialog = TagDialog(self._thumbnail, window)
            dialog.choose(window.settings.metadata_preset, window.settings.tags_several)
            dialog.plan_asked.connect(self.plan)
            dialog.accepted_plan.connect(self._begin)
            dialog.rows_seen.connect(self.planner.look_first_at)
            dialog.finished.connect(self.planner.drop)
            dialog.notices.asked.connect(window.failures.explain)
            self.planner.listed.connect(dialog.show_wanted)
            self.planner.foreseen.connect(dialog.show_foreseen)
            window.sorting.busy_changed.connect(dialog.show_busy)
            window.thumbnails.arrived.connect(dialog.table.viewport().update)
        self.dialog.setWindowTitle(self._title())
        self.dialog.show_busy(window.sorting.is_busy)
        self.plan()
        self.dialog.show()
        self.dialog.activateWindow()

    def _title(self) -> str:
        folder = self._window.folder.name if self._window.folder is not None else ""
        if self._chosen is None:
            return self.tr("Tag the photos of {folder}").format(folder=folder)
        if len(self._chosen) == 1:
            return self.tr("Tag a chosen photo of {folder}").format(folder=folder)
        return self.tr("Tag {count} chosen photos of {folder}").format(count=len(self._chosen), folder=folder)

    @Slot()
    def plan(self) -> None:
        """Work out anew what photos gain."""
        if self.dialog is None:
            return
        chosen, settings = (self.dialog.where.preset, self.dialog.several), self._window.settings
        if chosen != (settings.metadata_preset, settings.tags_several):
            self._window.preferences.change(metadata_preset=chosen[0], tags_several=chosen[1])
        self.dialog.show_waiting()
        self.planner.drop()
        self._judged = None
        self._number += 1
        if self.dialog.several:
            self._fits_asked.emit(self._number)
        else:
            self._plan_by(self.dialog, None)

    @Slot(object)
    def _take_fits(self, all_fits: AllFits) -> None:
        if all_fits.number == self._number and self.dialog is not None and self.dialog.isVisible():
            self._plan_by(self.dialog, all_fits)

    def _plan_by(self, dialog: TagDialog, all_fits: AllFits | None) -> None:
        self._judged = Judged(self._window.photos.table, self._meant(), all_fits)
        prompts = {each.name: " | ".join(each.prompts) or each.name for each in self._window.categories.categories()}
        self.planner.ask(self._judged, prompts, dialog.where)

    def _meant(self) -> NDArray[np.bool_]:
        return self._window.photos.meant(self._chosen)

    @Slot()
    def _look_whether_stale(self) -> None:
        dialog, judged = self.dialog, self._judged
        if dialog is None or judged is None or not dialog.isVisible():
            return
        if not judged.is_as_now(self._window.photos.table, self._meant()):
            dialog.show_stale()

    def _thumbnail(self, photo: Photo) -> QIcon | None:
        """Return the picture of a photo, if it is here already."""
        pixels = round(THUMBNAIL * 4 / 3 * self._window.devicePixelRatioF())
        pixmap = self._window.thumbnails.get(photo, pixels, is_proven=True)
        return QIcon(pixmap) if pixmap is not None and not pixmap.isNull() else None

    @Slot(object)
    def _take_no_plan(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.show_no_plan(failure.sentence, failure.details)

    @Slot(object)
    def _take_model(self, model: ModelReady) -> None:
        self._model = model.id

    @Slot()
    def _begin(self) -> None:
        """Do what the dialog shows."""
        dialog, folder = self.dialog, self._window.folder
        if dialog is None or dialog.wanted is None or folder is None or self._window.sorting.is_busy:
            return
        task = AddTags(dialog.rows.ticked_wishes(), folder, self._model, dialog.where)
        dialog.close()
        self._window.sorting.begin(task)

    @Slot(object)
    def remove(self, run: Run) -> None:
        """Take away what the model wrote in a run."""
        if not self._window.sorting.is_busy:
            self._window.sorting.begin(RemoveTags(run))
