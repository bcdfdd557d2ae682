"""The window's side of the worker: starts its thread, numbers the jobs, and drops what belongs to an earlier one."""

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.news import Batch, Ended, Pace, Why
from clipsorter.ui.worker import Worker

_FAREWELL_MS = 20_000  # far more than the longest step; a drive that has fallen asleep may take it


class Session(QObject):
    """One worker in one thread, from the first call of `start` to `close`."""

    batch_ready = Signal(object)
    paced = Signal(object)
    ended = Signal(object)
    explained = Signal(object)  # a Why

    _started = Signal()
    _folder_asked = Signal(int, object, bool, object)
    _question_asked = Signal(int, object)
    _label_asked = Signal(int, object, object)
    _refusal_asked = Signal(int, object, str, bool)
    _forgetting_asked = Signal(int, str)
    _remembering_asked = Signal(int)
    _why_asked = Signal(int, int, str)
    _settings_changed = Signal(object)
    _model_changed = Signal(object, object)
    _close_asked = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_busy = False
        self._settings = settings
        self._job = self._question = 0
        self._cancel = threading.Event()
        self._thread = QThread(self)
        self._thread.setObjectName("worker")
        self.worker = Worker(settings)
        self.worker.moveToThread(self._thread)
        self._thread.started.connect(self.worker.start)
        self._folder_asked.connect(self.worker.open_folder)
        self._question_asked.connect(self.worker.ask)
        lessons = self.worker.lessons
        self._label_asked.connect(lessons.label)
        self._refusal_asked.connect(lessons.refuse)
        self._forgetting_asked.connect(lessons.forget)
        self._remembering_asked.connect(lessons.remember)
        self._why_asked.connect(lessons.explain)
        lessons.explained.connect(self._take_why)
        self._settings_changed.connect(self.worker.configure)
        self._model_changed.connect(self.worker.change_model)
        self._close_asked.connect(self.worker.close)
        self.worker.begun.connect(self._take_beginning)
        self.worker.batch_ready.connect(self._take_batch)
        self.worker.paced.connect(self._take_pace)
        self.worker.ended.connect(self._take_end)
        # Directly: whoever closes waits for the thread, and would take no queued call meanwhile.
        self.worker.closed.connect(self._thread.quit, Qt.ConnectionType.DirectConnection)

    def start(self) -> None:
        """Start the thread; the model is loaded there."""
        self._thread.start()

    def open_folder(self, folder: Path, recursive: bool) -> None:
        """Cancel what runs and begin with a folder."""
        self.cancel()
        self._job += 1
        self._cancel = threading.Event()
        self.is_busy = True
        self._folder_asked.emit(self._job, folder, recursive, self._cancel)

    def ask(self, categories: Sequence[Category]) -> None:
        """Judge all photos by these categories."""
        self._question += 1
        self._question_asked.emit(self._question, tuple(categories))

    def label(self, rows: Sequence[int], category: str | None) -> None:
        """Keep a human decision on photos of the open folder; None forgets it."""
        self._label_asked.emit(self._job, list(rows), category)

    def refuse(self, rows: Sequence[int], category: str, is_refused: bool) -> None:
        """Keep that photos of the open folder don't belong to a category, or take that back."""
        self._refusal_asked.emit(self._job, list(rows), category, is_refused)

    def forget_examples(self, edit: int, category: str) -> None:
        """Forget the examples of a category, in all folders."""
        self._forgetting_asked.emit(edit, category)

    def remember_examples(self, edit: int) -> None:
        """Take back that examples were forgotten."""
        self._remembering_asked.emit(edit)

    def explain(self, row: int, category: str) -> None:
        """Ask for which examples a photo is in a category; `explained` tells."""
        self._why_asked.emit(self._job, row, category)

    def configure(self, settings: Settings) -> None:
        """Go by these settings from now on; photos are looked at anew if they name another model."""
        before, self._settings = self._settings, settings
        if (before.model, before.device, before.fast) == (settings.model, settings.device, settings.fast):
            self._settings_changed.emit(settings)
        else:
            self.reload_model()

    def reload_model(self) -> None:
        """Load the model of the settings, and look at the photos anew."""
        self.is_busy = self._job > 0
        self._cancel = threading.Event()  # the worker ends the run by itself, so that this one is not said to be over
        self._model_changed.emit(self._settings, self._cancel)

    def cancel(self) -> None:
        """End the run; what it found stays."""
        self._cancel.set()

    def close(self) -> bool:
        """End the thread; tell whether it did in time."""
        self.cancel()
        if not self._thread.isRunning():
            return True
        self._close_asked.emit()
        return self._thread.wait(_FAREWELL_MS)

    @property
    def job(self) -> int:
        """Return the number of the job that began with the open folder."""
        return self._job

    @property
    def lacks_model(self) -> bool:
        """Tell whether no model could be loaded."""
        return self.worker.loader.failure is not None

    @property
    def is_loading(self) -> bool:
        """Tell whether a model is being loaded in a thread of its own, which `close` doesn't wait for."""
        return self.worker.loader.is_alive

    @Slot(int)
    def _take_beginning(self, job: int) -> None:
        self.is_busy = self.is_busy or job == self._job

    @Slot(object)
    def _take_batch(self, batch: Batch) -> None:
        if batch.job == self._job:
            self.batch_ready.emit(batch)

    @Slot(object)
    def _take_why(self, why: Why) -> None:
        if why.job == self._job:
            self.explained.emit(why)

    @Slot(object)
    def _take_pace(self, pace: Pace) -> None:
        if pace.job == self._job and self.is_busy:
            self.paced.emit(pace)

    @Slot(object)
    def _take_end(self, end: Ended) -> None:
        if end.job == self._job:
            self.is_busy = False
            self.ended.emit(end)
