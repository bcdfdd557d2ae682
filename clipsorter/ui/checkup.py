"""Checks the categories on the photos of the folder, and does what is chosen of what helps; all of it can be undone."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from clipsorter.analyse.checking import Checking
from clipsorter.sorting.category import Category, format_category
from clipsorter.sorting.checkup import (
    Ambiguous,
    BetterPhrase,
    Finding,
    Nothing,
    Overlap,
    Part,
    Split,
    TooMuch,
    Unknown,
    photos_of,
)
from clipsorter.ui.checkup_dialog import CheckupDialog
from clipsorter.ui.findings_page import Remedy
from clipsorter.ui.news import CategoryCheck, Failure

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


_MEANINGS = 2  # that have a button; all can be subcategories


class Checkup(QObject):
    """Opens the dialog, and has the worker check: once, and again after each edit while it is open."""

    _asked = Signal(int, object, object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._cancel = threading.Event()
        self._question = -1  # that the dialog is about
        self.dialog: CheckupDialog | None = None
        self.action = QAction(self.tr("Chec&k categories …"), self)
        self.action.setToolTip(
            self.tr("Look for categories that overlap, have no photo or too many, or could be split")
        )
        self.action.triggered.connect(self.show)
        window.category_menu.add_to_menu(self.action)
        checker = window.session.worker.checker
        self._asked.connect(checker.ask)
        checker.paced.connect(self._take_pace)
        checker.found.connect(self._take_check)
        checker.gave_up.connect(self._take_failure)
        window.photos.counted.connect(self._look_whether_stale)

    @Slot()
    def show(self) -> None:
        """Check, and show what is found."""
        if self.dialog is None:
            self.dialog = CheckupDialog(self._window, self)
            self.dialog.addActions([self._window.actions_.undo, self._window.actions_.redo])
            self.dialog.again.connect(self._ask)
        self.dialog.show()
        self.dialog.activateWindow()
        self._ask()

    def leave(self) -> None:
        """End the check, and close the dialog: its photos are no longer those of the window."""
        self._cancel.set()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    def remedies(self, finding: Finding) -> list[Remedy]:
        """Return what can be done about a finding, the most likely first."""
        categories = self._window.categories
        match finding:
            case Overlap(kept, other, prompts=prompts):
                merge = Remedy(
                    self.tr("Merge into “{name}”").format(name=kept), partial(categories.merge, kept, other, prompts)
                )
                below = Remedy(
                    self.tr("Put “{name}” below “{parent}”").format(name=other, parent=kept),
                    partial(categories.rename, other, f"{kept}/{other.rpartition('/')[2]}"),
                )
                found = [*((merge, below) if finding.is_alike else (below, merge)), self._edit(other)]
            case Unknown(category):
                return [self._edit(category), self._switch_off(category)]
            case Nothing(category):
                found = [self._switch_off(category), self._edit(category)]
            case TooMuch(category):
                found = [self._edit(category)]
            case BetterPhrase(category, phrase):
                found = [self._look_for(category, phrase)]
            case Ambiguous(category, parts=parts):
                found = [self._look_for(category, part.name) for part in parts[:_MEANINGS]]
                found.append(self._make_below(category, parts))
            case Split(category, parts=parts):
                found = [self._make_below(category, parts)]
        rows = photos_of(finding)
        return [*found, self._show(finding, rows)] if len(rows) else found

    @Slot(int)
    def show_photo(self, row: int) -> None:
        """Go to a photo, among all if it is not shown."""
        window = self._window
        if not window.photos.place_of(row).isValid():
            window.step_back()
        window.grid.choose(row)

    @Slot(str, object)
    def show_photos(self, said: str, rows: Sequence[int]) -> None:
        """Show photos in the window until the search is left."""
        self._window.panel.clear_choice()
        self._window.filters.reset()
        self._window.search.show_rows(said, np.asarray(rows, np.int64))

    @Slot(int, str)
    def refuse(self, row: int, category: str) -> None:
        """Say of a photo that it does not belong to a category; what is shown follows with the answers."""
        self._window.review.answer(row, category, is_there=False)

    def _show(self, finding: Finding, rows: "np.ndarray") -> Remedy:
        assert self.dialog is not None
        title = self.dialog.findings.title(finding)
        return Remedy(self.tr("Show the photos"), partial(self.show_photos, title, rows.tolist()))

    def _edit(self, category: str) -> Remedy:
        text = self.tr("Edit “{name}” …").format(name=category)
        return Remedy(text, partial(self._window.panel.editor.open_for, category))

    def _switch_off(self, category: str) -> Remedy:
        return Remedy(self.tr("Switch off"), partial(self._change, category, is_on=False))

    def _look_for(self, category: str, phrase: str) -> Remedy:
        text = self.tr("Look for “{phrase}”").format(phrase=phrase)
        return Remedy(text, partial(self._change, category, prompts=(phrase,)))

    def _make_below(self, category: str, parts: Sequence[Part]) -> Remedy:
        lines = [format_category(Category(f"{category}/{part.name}")) for part in parts]
        return Remedy(self.tr("Make subcategories"), partial(self._window.categories.add, lines))

    def _change(self, name: str, **changes: object) -> None:
        if (entry := self._window.categories.entry(name)) is not None:
            self._window.categories.change(name, replace(entry.category, **changes))  # type: ignore[arg-type]

    @Slot()
    def _ask(self) -> None:
        table = self._window.photos.table
        labels, question = table.column("label"), table.question
        decided = {
            name: np.flatnonzero(labels == number)
            for number, name in enumerate(table.label_names())
            if name in table.names
        }
        self._cancel.set()
        self._cancel, self._question = threading.Event(), question
        if self.dialog is not None:
            self.dialog.begin([category.name for category in self._window.categories.categories()])
            if self._window.session.is_loading:
                self.dialog.work.show_wait()
        self._asked.emit(self._window.session.job, decided, self._cancel)

    @Slot()
    def _look_whether_stale(self) -> None:
        """Check again where the categories have changed; follow the answers where they have not."""
        if self.dialog is None or not self.dialog.isVisible():
            return
        if self._window.photos.table.question != self._question:
            self._ask()
        elif self.dialog.extremes.isVisible():
            self.dialog.extremes.refresh()

    @Slot(object)
    def _take_pace(self, pace: Checking) -> None:
        if self.dialog is not None and not self._cancel.is_set():
            self.dialog.show_pace(pace)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(failure.sentence)

    @Slot(object)
    def _take_check(self, found: CategoryCheck) -> None:
        window = self._window
        if self.dialog is not None and not self._cancel.is_set() and found.job == window.session.job:
            self.dialog.show_check(found)
