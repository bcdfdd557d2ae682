"""Ten quick questions about a category: yes or no to the photos that say most, then a threshold that follows from it.

Each answer is a decision like any other, and is undone like any other: one at a time.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QObject, Signal, Slot

from clipsorter.ui.news import Inquiry, Measured, Questions, Verdict
from clipsorter.ui.photo_table import State
from clipsorter.ui.question_dialog import QuestionDialog

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class TenQuestions(QObject):
    """Opens the dialog, has the worker choose the photos and weigh the answers, and sets the threshold."""

    _photos_asked = Signal(object)  # Inquiry
    _verdict_asked = Signal(object)  # Inquiry

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: QuestionDialog | None = None
        self._inquiry: Inquiry | None = None
        self._table = window.photos.table
        self._last = -1  # where the stack of edits stood after the last answer
        examiner = window.session.worker.examiner
        self._photos_asked.connect(examiner.ask)
        self._verdict_asked.connect(examiner.weigh)
        window.session.worker.loader.missing.connect(self._give_up)
        examiner.chosen.connect(self._take_questions)
        examiner.weighed.connect(self._take_verdict)
        examiner.measured.connect(self._take_measured)
        window.panel.questions_asked.connect(self.begin)
        window.photos.modelReset.connect(self._leave_other_folder)
        window.categories.edited.connect(self._follow_category)
        window.installEventFilter(self)

    @Slot(str)
    def begin(self, category: str) -> None:
        """Ask about a category; say in the window why where that can't be."""
        window = self._window
        entry = window.categories.entry(category)
        if entry is None:
            window.notices.say(self.tr("Choose the category first that the questions are to be about."))
        elif not entry.category.is_on:
            text = self.tr("“{name}” is switched off; switch it on to answer questions about it.")
            window.notices.say(text.format(name=category))
        elif window.folder is None:
            window.notices.say(self.tr("Open a folder first: the questions are about its photos."))
        else:
            self._ask(category)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Close with the window."""
        if event.type() is QEvent.Type.Close:
            self._leave()
        return False

    def _ask(self, category: str) -> None:
        if self.dialog is None:
            window = self._window
            self.dialog = QuestionDialog(window.photos, window.thumbnails, window.reader, window)
            self.dialog.answered.connect(self._take_answer)
            self.dialog.taken_back.connect(self._take_back)
            self.dialog.ended.connect(self._ask_verdict)
            self.dialog.finished.connect(self._forget)
            self.dialog.verdict.threshold_chosen.connect(self._set_threshold)
            self.dialog.verdict.more_asked.connect(self._ask_more)
            self.dialog.verdict.left.connect(self.dialog.reject)
        self._last, self._table = -1, self._window.photos.table
        self._inquiry = self._inquire(category)
        self.dialog.show_waiting(category)
        self.dialog.open()
        if self._window.session.lacks_model:
            self._give_up()
        self._photos_asked.emit(self._inquiry)

    def _inquire(self, category: str) -> Inquiry:
        """Ask about all photos that are here and not decided."""
        closed = np.flatnonzero(np.isin(self._window.photos.table.states(), (State.BY_YOU, State.FAILED, State.GONE)))
        return Inquiry(self._window.session.job, category, closed)

    @Slot(object)
    def _take_measured(self, measured: Measured) -> None:
        self._window.categories.show_precisions(measured.precisions)
        self._window.preview.show_correction(measured.corrected_by)

    @Slot()
    def _give_up(self) -> None:
        if self.dialog is not None and self._inquiry is not None:
            self.dialog.show_no_model()

    @Slot(object)
    def _take_questions(self, questions: Questions) -> None:
        if self.dialog is not None and questions.inquiry is self._inquiry:
            self.dialog.show_questions(questions.rows)

    @Slot(int, bool)
    def _take_answer(self, row: int, is_there: bool) -> None:
        if self._inquiry is not None:
            self._window.review.answer(row, self._inquiry.category, is_there)
            self._last = self._window.undo_stack.index()

    @Slot()
    def _take_back(self) -> None:
        """Undo the last answer, unless something else was done since."""
        stack = self._window.undo_stack
        if stack.index() == self._last:
            stack.undo()
            self._last -= 1

    @Slot()
    def _ask_verdict(self) -> None:
        if self._inquiry is not None:
            self._inquiry = self._inquire(self._inquiry.category)
            self._verdict_asked.emit(self._inquiry)
            if self._window.session.lacks_model:
                self._give_up()

    @Slot(object)
    def _take_verdict(self, verdict: Verdict) -> None:
        if self.dialog is not None and verdict.inquiry is self._inquiry:
            self.dialog.verdict.show_evidence(verdict.evidence, self._threshold(verdict.inquiry.category))

    def _threshold(self, category: str) -> float | None:
        entry = self._window.categories.entry(category)
        return entry.category.threshold if entry is not None else None

    @Slot(float)
    def _set_threshold(self, threshold: float) -> None:
        """Let the category be sure from here on, which can be undone."""
        entry = self._window.categories.entry(self._inquiry.category) if self._inquiry is not None else None
        if entry is not None:
            self._window.categories.change(entry.name, replace(entry.category, threshold=threshold))

    @Slot()
    def _ask_more(self) -> None:
        if self._inquiry is not None:
            self._ask(self._inquiry.category)

    @Slot()
    def _follow_category(self) -> None:
        """Show the threshold of now, or close where the category is no longer asked for."""
        if self._inquiry is None or self.dialog is None or not self.dialog.isVisible():
            return
        entry = self._window.categories.entry(self._inquiry.category)
        if entry is None or not entry.category.is_on:
            self._leave()
        else:
            self.dialog.verdict.show_present(entry.category.threshold)

    @Slot()
    def _leave_other_folder(self) -> None:
        if self._inquiry is not None and self._window.photos.table is not self._table:
            self._leave()

    @Slot()
    def _forget(self) -> None:
        self._inquiry = None

    def _leave(self) -> None:
        if self.dialog is not None:
            self.dialog.done(0)
