"""Loads models beside the worker: what takes seconds and can't be broken off keeps neither it nor the window waiting.

The thread is a daemon and owns no database: whoever closes the window needn't wait for it.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.analyse.ready_model import ReadyModel, load_model, try_model_fast
from clipsorter.errors import ModelMissingError
from clipsorter.settings import Settings
from clipsorter.ui.news import Failure, ModelReady, failure_of


class ModelLoader(QObject):
    """Lives in the worker's thread and makes one model ready at a time; the newest call counts."""

    awaited = Signal(str)  # a sentence on what is done with it
    announced = Signal(object)  # ModelReady
    missing = Signal()
    failed = Signal(object)  # Failure
    settled = Signal()  # there is a model, or none can be had

    _made = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.model: ReadyModel | None = None
        self.failure: Failure | None = None  # why there is no model
        self.is_busy = False
        self._number = 0
        self._thread: threading.Thread | None = None
        self._next: Callable[[], ReadyModel] | None = None
        self._wanted = ""
        self._made.connect(self._take)

    def load(self, settings: Settings, retry: bool) -> None:
        """Load the model of the settings; `retry` has fast mode tried again."""
        self._wanted = settings.model
        self.awaited.emit(self.tr("Loading {model} …").format(model=settings.model or self.tr("the model")))
        self._begin(partial(load_model, settings.model, settings.device, settings.fast, retry))

    def try_fast(self, folder: Path, recursive: bool) -> None:
        """Try fast mode on the first photos of a folder."""
        assert self.model is not None
        self.awaited.emit(self.tr("Trying fast mode on {count} photos …").format(count=self.model.trial_photos))
        self._begin(partial(try_model_fast, self.model, folder, recursive))

    def drop(self) -> None:
        """Let the model go, and tell nothing of what is under way."""
        self._number += 1
        self.model = self._next = None
        self.is_busy, self.failure = False, None

    def join(self) -> None:
        """Wait for the thread, which may take seconds."""
        if self._thread is not None:
            self._thread.join()

    @property
    def is_alive(self) -> bool:
        """Tell whether the thread still runs, whether or not its result is wanted."""
        return self._thread is not None and self._thread.is_alive()

    def _begin(self, make: Callable[[], ReadyModel]) -> None:
        self._number += 1
        self.is_busy = True
        if self.is_alive:  # two models at once might not fit into memory
            self._next = make
            return
        self._next = None
        self._thread = threading.Thread(target=self._run, args=(self._number, make), name="loader", daemon=True)
        self._thread.start()

    def _run(self, number: int, make: Callable[[], ReadyModel]) -> None:
        result: ReadyModel | Exception
        try:
            result = make()
        except Exception as error:  # the border of a thread: the window says whatever it is
            result = error
        with suppress(RuntimeError):  # the window is gone
            self._made.emit(number, result)

    @Slot(int, object)
    def _take(self, number: int, result: ReadyModel | Exception) -> None:
        if number != self._number:
            if self._next is not None:
                self.join()  # it ends with the call that brought us here
                self._begin(self._next)
            return
        self.is_busy = False
        if isinstance(result, Exception):
            self._tell_failure(result)
        else:
            self._announce(result)
        self.settled.emit()

    def _announce(self, model: ReadyModel) -> None:
        before, self.model, card = self.model, model, model.encoder.card
        reason = model.in_place_of
        if before is not None:
            if model.fast_note:  # the trial that the user is waiting for
                self.failed.emit(Failure(model.fast_note))
        elif isinstance(reason, ModelMissingError):
            sentence = self.tr("{wanted} is not on this computer, so {model} answers.")
            self.failed.emit(Failure(sentence.format(wanted=self._wanted, model=card.title)))
        elif reason is not None:
            sentence = self.tr("{reason} So {model} answers.").format(reason=reason, model=card.title)
            self.failed.emit(Failure(sentence, failure_of(reason).details))
        offered = (model.offered.title, model.offered.size_mb) if model.offered else ("", 0)
        self.announced.emit(
            ModelReady(card.title, model.encoder.device, card.knows, card.id, model.is_fast, model.fast_note, *offered)
        )

    def _tell_failure(self, error: Exception) -> None:
        failure = failure_of(error)
        self.failed.emit(failure)
        if self.model is not None:  # it was the trial that failed: the model goes on as it is
            self._announce(replace(self.model, trial_photos=0))
            return
        self.failure = failure
        self.missing.emit()
