"""Carries what the user chooses in the dialogs of models and settings to where it counts, at once."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.ui.model_dialog import ModelDialog
from clipsorter.ui.model_rows import STARTER
from clipsorter.ui.model_worker import Fetching, ModelFiles, Outcome
from clipsorter.ui.news import ModelReady
from clipsorter.ui.settings_dialog import SettingsDialog
from clipsorter.ui.starter_line import StarterLine
from clipsorter.ui.thumbnail_store import ThumbnailStore

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class Preferences(QObject):
    """Owns both dialogs, which are made when they are first asked for."""

    theme_chosen = Signal(str)

    def __init__(self, window: "MainWindow", thumbnails: ThumbnailCache) -> None:
        super().__init__(window)
        self._window = window
        self.files = ModelFiles(self)
        self.line = StarterLine()
        self.models: ModelDialog | None = None
        self.settings: SettingsDialog | None = None
        self._model: ModelReady | None = None
        self.thumbnails = ThumbnailStore(thumbnails, self)
        window.session.worker.loader.announced.connect(self._take_model)
        window.status.model_asked.connect(self.show_models)
        self.line.asked.connect(self.show_first_choice)
        self.line.dismissed.connect(self._dismiss)
        self.files.worker.progressed.connect(self._take_progress)
        self.files.worker.ended.connect(self._take_outcome)

    def close(self) -> None:
        """End the thread of the model files, and what it does."""
        for dialog in (self.models, self.settings):
            if dialog is not None:
                dialog.close()
        self.files.close()

    def change(self, **changes: Any) -> None:
        """Take fields of the settings over, keep them, and go by them."""
        before, window = self._window.settings, self._window
        window.settings = replace(before, **changes)
        window.remember()
        window.session.configure(window.settings)
        if window.settings.theme != before.theme:
            self.theme_chosen.emit(window.settings.theme)

    @Slot()
    def show_models(self) -> None:
        """Open the dialog of models."""
        if self.models is None:
            self.models = ModelDialog(self.files, self._window.settings.download_url, self._window)
            self.models.chosen.connect(self._use)
            self.models.notices.asked.connect(self._window.failures.explain)
            if self._model is not None:
                self.models.show_in_use(self._model.id)
        self.files.list_models()
        self.models.show()
        self.models.activateWindow()

    @Slot()
    def show_settings(self) -> None:
        """Open the dialog of settings."""
        if self.settings is None:
            self.settings = SettingsDialog(self._window.settings, self._window)
            self.settings.changed.connect(self._take_changes)
            self.settings.subfolders_chosen.connect(self._choose_subfolders)
            self.settings.models_asked.connect(self.show_models)
            self.settings.cache_emptied.connect(self.thumbnails.empty)
            self.thumbnails.measured.connect(self.settings.show_cache_size)
            self._window.actions_.subfolders.toggled.connect(self.settings.subfolders.setChecked)
            if self._model is not None:
                self.settings.show_model(self._model)
        self.thumbnails.measure()
        self.settings.show()
        self.settings.activateWindow()

    @Slot()
    def show_first_choice(self) -> None:
        """Open the dialog of models at the one that most people should get."""
        self.show_models()
        if self.models is not None:
            self.models.get_first_choice()

    @Slot(object)
    def _take_changes(self, changes: dict[str, object]) -> None:
        self.change(**changes)

    @Slot(bool)
    def _choose_subfolders(self, is_wanted: bool) -> None:
        if self._window.actions_.subfolders.isChecked() != is_wanted:
            self._window.actions_.subfolders.trigger()

    @Slot(str)
    def _use(self, model_id: str) -> None:
        self.change(model=model_id)

    @Slot()
    def _dismiss(self) -> None:
        self.line.hide()
        self.change(offers_model=False)

    @Slot(object)
    def _take_model(self, model: ModelReady) -> None:
        self._model = model
        if self._window.settings.offers_model:
            self.line.show_offer(model)
        if self.models is not None:
            self.models.show_in_use(model.id)
        if self.settings is not None:
            self.settings.show_model(model)

    @Slot(object)
    def _take_progress(self, fetching: Fetching) -> None:
        share = 100 * fetching.done_bytes // max(fetching.total_bytes, 1)
        words = self.tr("Getting {model}: {percent} %").format(model=fetching.title, percent=min(share, 100))
        self._window.status.show_aside(words)

    @Slot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        """Take a model into use that replaces the starter; no longer use one that was removed."""
        self._window.status.show_aside("")
        if outcome.failure is not None and (self.models is None or not self.models.isVisible()):
            self._window.notices.say(outcome.failure.sentence, outcome.failure.details)
        if outcome.failure is not None or outcome.is_stopped or self._model is None:
            return
        if outcome.kind in ("download", "import") and self._model.id == STARTER:
            self._use(outcome.model_id)
        elif outcome.kind == "remove" and self._window.settings.model == outcome.model_id:
            self.change(model="")
        elif outcome.kind == "remove" and self._model.id == outcome.model_id:
            self._window.session.reload_model()
