"""The line below: which model answers, how far the run is, and a way to end it."""

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QToolButton, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.news import Ended, ModelReady, Pace
from clipsorter.ui.theme import GRID

_ROOM_FOR_MODEL = 520  # pixels
_BAR, _SHORT_BAR = 160, 48


class Status(QStatusBar):
    """Shows the model at the left, the run at the right."""

    cancelled = Signal()
    model_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(GRID, 0, GRID, 0)
        self.model, self._words, self._bar, self.cancel = QToolButton(), QLabel(), QProgressBar(), QToolButton()
        self.model.setAutoRaise(True)
        self.model.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.model.clicked.connect(self.model_asked)
        self.show_wait(self.tr("Loading the model …"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR)
        self._bar.setMaximumHeight(12)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.cancel.setIcon(icon("close"))
        self.cancel.setAutoRaise(True)
        self.cancel.setToolTip(self.tr("Stop looking at photos; what was seen so far is kept (Esc)"))
        self.cancel.setAccessibleName(self.tr("Stop"))
        self.cancel.clicked.connect(self.cancelled)
        self._aside = QLabel()
        for words in (self.model, self._aside, self._words):
            words.setMinimumWidth(1)  # else a narrow window would grow with what is said here
        self.addWidget(self.model)
        self.addWidget(self._aside)
        for widget in (self._words, self._bar, self.cancel):
            self.addPermanentWidget(widget)
        self._show_run(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a narrow line to the run."""
        super().resizeEvent(event)
        is_roomy = self.width() >= _ROOM_FOR_MODEL
        self.model.setVisible(is_roomy)
        self._aside.setVisible(is_roomy)
        self._bar.setFixedWidth(_BAR if is_roomy else _SHORT_BAR)

    @property
    def words(self) -> str:
        """Return what is said of the run."""
        return self._words.text()

    @property
    def model_words(self) -> str:
        """Return what is said of the model."""
        return self.model.text()

    def show_model(self, model: ModelReady) -> None:
        """Say which model answers, where it runs, and whether exactly."""
        precision = self.tr("fast") if model.is_fast else self.tr("exact")
        self.model.setText(f"{model.title} · {model.device.upper()} · {precision}")
        lines = [self.tr("It knows {knows}.").format(knows=model.knows), model.fast_note, self._offer()]
        self.model.setToolTip("\n".join(line for line in lines if line))

    @Slot(str)
    def show_wait(self, words: str) -> None:
        """Say what is done before there is a model."""
        self.model.setText(words)
        self.model.setToolTip(self._offer())

    @Slot()
    def show_no_model(self) -> None:
        """Say that no model could be loaded."""
        self.show_wait(self.tr("No model"))

    def show_aside(self, words: str) -> None:
        """Say what goes on beside the photos; nothing if it is empty."""
        self._aside.setText(words)

    def _offer(self) -> str:
        return self.tr("Click to see all models.")

    def show_start(self) -> None:
        """Say that a folder is being listed."""
        self._words.setText(self.tr("Listing photos …"))
        self._bar.setRange(0, 0)
        self._show_run(True)

    def show_pace(self, pace: Pace) -> None:
        """Say how far the run is, how fast, and how long it takes."""
        number = QLocale().toString
        parts = [self.tr("{done} of {total}").format(done=number(pace.done), total=number(pace.total or pace.done))]
        if pace.rate:
            parts.append(self.tr("{rate}/s").format(rate=number(pace.rate, "f", 0 if pace.rate >= 10 else 1)))
        if pace.left_s is not None:
            parts.append(self._time_left(pace.left_s))
        self._words.setText(" · ".join(parts))
        self._bar.setRange(0, max(pace.total or pace.done, 1))
        self._bar.setValue(pace.done)
        self._show_run(True)

    def show_end(self, end: Ended) -> None:
        """Say what became of the run."""
        number = QLocale().toString
        words = self.tr("1 photo") if end.photos == 1 else self.tr("{count} photos").format(count=number(end.photos))
        if end.failed:
            words += " · " + self.tr("{count} can't be read").format(count=number(end.failed))
        if end.is_cancelled:
            words += " · " + self.tr("stopped; F5 goes on")
        self._words.setText(words)
        self._show_run(False)

    def _time_left(self, left_s: float) -> str:
        if left_s < 90:
            return self.tr("{seconds} s left").format(seconds=round(left_s))
        minutes = round(left_s / 60)
        if minutes < 60:
            return self.tr("{minutes} min left").format(minutes=minutes)
        return self.tr("{hours} h {minutes} min left").format(hours=minutes // 60, minutes=minutes % 60)

    def _show_run(self, is_running: bool) -> None:
        self._bar.setVisible(is_running)
        self.cancel.setVisible(is_running)
