"""The thread that looks after model files: it lists, fetches, takes in, checks and removes them.

A download may take an hour, so it can't be the worker's, which classifies meanwhile. Torch is imported only where a
file that nobody published is taken in.
"""

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, QThread, Signal, Slot

from clipsorter import paths
from clipsorter.clip import catalog, store
from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.download import RETRY_DELAYS_S, Retry, download
from clipsorter.clip.importing import import_model
from clipsorter.clip.store import InstalledModel
from clipsorter.errors import CancelledError, ClipsorterError
from clipsorter.ui.model_rows import ModelRow, Place
from clipsorter.ui.news import Failure, failure_of

_FAREWELL_MS = 2_000  # a server that says nothing may keep the thread for longer


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far a download is; `total_bytes` is about right where the server doesn't say."""

    title: str
    done_bytes: int
    total_bytes: int
    bytes_per_s: float


Kind = Literal["download", "import", "verify", "remove"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a request: done if there is no failure, unless the user stopped it."""

    kind: Kind
    model_id: str
    title: str
    failure: Failure | None = None
    is_stopped: bool = False


class ModelWorker(QObject):
    """Lives in a thread of its own, and does one thing at a time."""

    listed = Signal(object)  # tuple[ModelRow, ...]
    progressed = Signal(object)  # Fetching
    retried = Signal(str, float)  # why, and after how many seconds
    ended = Signal(object)  # Outcome
    failed = Signal(object)  # Failure: the models can't be listed

    def __init__(self, retry_delays_s: Sequence[float] = RETRY_DELAYS_S) -> None:
        super().__init__()
        self.retry_delays_s = retry_delays_s

    @Slot()
    def list_models(self) -> None:
        """Tell what there is and what is here; a file that is new is read through first."""
        try:
            here = {model.card.id: model for model in store.installed()}
            self.listed.emit(tuple(_row(card, here.get(card.id)) for card in store.known_models().values()))
        except ClipsorterError as error:
            self.failed.emit(failure_of(error))

    @Slot(str, str, object)
    def download(self, model_id: str, base_url: str, cancel: threading.Event) -> None:
        """Fetch a published model until `cancel` is set; what was fetched is kept."""
        base_url = os.environ.get("CLIPSORTER_MODELS_URL") or base_url or catalog.base_url()

        def fetch() -> ModelCard:
            card = store.named(model_id)
            for event in download(
                card, paths.models_dir(), base_url=base_url, cancel=cancel, retry_delays_s=self.retry_delays_s
            ):
                if isinstance(event, Retry):
                    self.retried.emit(event.reason, event.delay_s)
                else:
                    total_bytes = event.bytes_total or card.size_mb * 2**20
                    self.progressed.emit(Fetching(card.title, event.bytes_done, total_bytes, event.bytes_per_s))
            return card

        self._do("download", model_id, fetch)

    @Slot(object, str)
    def take_in(self, source: Path, activation: str) -> None:
        """Copy a model file that the user has into the models folder."""
        trained_with: catalog.Activation = "gelu" if activation == "gelu" else "quickgelu"
        self._do("import", source.name, lambda: import_model(source, activation=trained_with).card)

    @Slot(str)
    def verify(self, model_id: str) -> None:
        """Read a model's file through; a damaged one is listed as such from then on."""

        def check() -> ModelCard:
            for checked in store.verify(model_id):
                if not checked.is_intact:
                    raise ClipsorterError(
                        self.tr("{path} is damaged, so it is not used. Get or import the model again.").format(
                            path=checked.model.path
                        )
                    )
            return store.named(model_id)

        self._do("verify", model_id, check)

    @Slot(str)
    def remove(self, model_id: str) -> None:
        """Delete a model, or what was fetched of it, from the models folder."""

        def delete() -> ModelCard:
            card = store.named(model_id)
            store.remove(model_id)
            return card

        self._do("remove", model_id, delete)

    def _do(self, kind: Kind, model_id: str, request: Callable[[], ModelCard]) -> None:
        """Do it, tell what became of it, and list what there is then."""
        try:
            card = request()
            outcome = Outcome(kind, card.id, card.title)
        except CancelledError:
            outcome = Outcome(kind, model_id, model_id, is_stopped=True)
        except Exception as error:  # the border of a thread: the dialog says whatever it is
            outcome = Outcome(kind, model_id, model_id, failure_of(error))
        self.list_models()
        self.ended.emit(outcome)


def _row(card: ModelCard, model: InstalledModel | None) -> ModelRow:
    """Describe a model as it is now."""
    fetched_bytes = 0 if model else store.unfinished_bytes(card)
    places = {"built in": Place.BUILT_IN, "models folder": Place.OURS, "~/.cache/clip": Place.ANOTHER_PROGRAM}
    if model is not None:
        place = places[model.where]
    elif fetched_bytes:
        place = Place.PARTLY
    else:
        place = Place.DAMAGED if (paths.models_dir() / card.file).is_file() else Place.NOWHERE
    is_published = card.id in catalog.catalog()
    return ModelRow(card.id, card.title, card.knows, card.size_mb, place, fetched_bytes, is_published)


class ModelFiles(QObject):
    """The window's side of that thread: starts it when it is first needed, and knows whether it is at work."""

    changed = Signal()  # whether it is at work

    _list_asked = Signal()
    _download_asked = Signal(str, str, object)
    _import_asked = Signal(object, str)
    _verify_asked = Signal(str)
    _remove_asked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.busy_with: tuple[Kind, str] | None = None
        self._cancel = threading.Event()
        self._thread = QThread(self)
        self._thread.setObjectName("model files")
        self.worker = ModelWorker()
        self.worker.moveToThread(self._thread)
        self._list_asked.connect(self.worker.list_models)
        self._download_asked.connect(self.worker.download)
        self._import_asked.connect(self.worker.take_in)
        self._verify_asked.connect(self.worker.verify)
        self._remove_asked.connect(self.worker.remove)
        self.worker.ended.connect(self._end)

    def list_models(self) -> None:
        """Have all models listed."""
        self._start()
        self._list_asked.emit()

    def download(self, model_id: str, base_url: str) -> None:
        """Fetch a model, going on where an earlier try stopped."""
        self._begin("download", model_id)
        self._cancel = threading.Event()
        self._download_asked.emit(model_id, base_url, self._cancel)

    def pause(self) -> None:
        """Stop the download; what was fetched is kept."""
        self._cancel.set()

    def take_in(self, source: Path, activation: str) -> None:
        """Import a model file."""
        self._begin("import", source.name)
        self._import_asked.emit(source, activation)

    def verify(self, model_id: str) -> None:
        """Read a model's file through."""
        self._begin("verify", model_id)
        self._verify_asked.emit(model_id)

    def remove(self, model_id: str) -> None:
        """Delete a model, or what was fetched of it; a download of it is stopped first."""
        self._cancel.set()
        self._begin("remove", model_id)
        self._remove_asked.emit(model_id)

    def close(self) -> bool:
        """End the thread; tell whether it did in time."""
        self._cancel.set()
        self._thread.quit()
        return self._thread.wait(_FAREWELL_MS)

    @property
    def is_alive(self) -> bool:
        """Tell whether the thread still runs."""
        return self._thread.isRunning()

    def _start(self) -> None:
        if not self._thread.isRunning():
            self._thread.start()

    def _begin(self, kind: Kind, model_id: str) -> None:
        self._start()
        self.busy_with = (kind, model_id)
        self.changed.emit()

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if self.busy_with is not None and self.busy_with[0] == outcome.kind:
            self.busy_with = None
            self.changed.emit()
