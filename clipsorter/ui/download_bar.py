"""Shows a download: how far, how fast, how long; it can be paused, resumed, and given up."""

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.model_rows import ModelRow
from clipsorter.ui.model_worker import Fetching
from clipsorter.ui.theme import GRID

_MB = 2**20


class DownloadBar(QFrame):
    """One download at a time; hidden where there is none."""

    paused = Signal()
    resumed = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.title, self.words, self.bar = QLabel(), QLabel(), QProgressBar()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(12)
        self.pause = QPushButton(icon("pause"), self.tr("&Pause"))
        self.resume = QPushButton(icon("resume"), self.tr("&Resume"))
        self.cancel = QPushButton(icon("trash"), self.tr("C&ancel and remove"))
        self.cancel.setToolTip(self.tr("Stop, and delete what was fetched"))
        for button, signal in ((self.pause, self.paused), (self.resume, self.resumed), (self.cancel, self.given_up)):
            button.setAutoDefault(False)
            button.clicked.connect(signal)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.title, 1)
        below.addWidget(self.words, 1)
        for button in (self.pause, self.resume, self.cancel):
            below.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addLayout(above)
        layout.addWidget(self.bar)
        layout.addLayout(below)
        self.hide()

    def show_start(self, title: str) -> None:
        """Say that a server is being asked."""
        self.title.setText(self.tr("Getting {model}").format(model=title))
        self.words.setText(self.tr("Asking the server …"))
        self._show(is_running=True)

    def show_progress(self, fetching: Fetching) -> None:
        """Say how far it is."""
        parts = [self._amount(fetching.done_bytes, fetching.total_bytes)]
        if fetching.bytes_per_s:
            rate = QLocale().toString(fetching.bytes_per_s / _MB, "f", 1)
            parts.append(self.tr("{rate} MB/s").format(rate=rate))
            left_s = max(fetching.total_bytes - fetching.done_bytes, 0) / fetching.bytes_per_s
            parts.append(self._time_left(left_s))
        if fetching.done_bytes >= fetching.total_bytes:
            parts = [parts[0], self.tr("comparing its SHA-256")]
        self.words.setText(" · ".join(parts))
        self._fill(fetching.done_bytes, fetching.total_bytes)
        self._show(is_running=True)

    @Slot(str, float)
    def show_retry(self, reason: str, delay_s: float) -> None:
        """Say why it stands still, and when it goes on."""
        again = self.tr("{reason} Trying again in {seconds} s.").format(reason=reason, seconds=round(delay_s))
        self.words.setText(again if delay_s else reason)

    def show_pausing(self) -> None:
        """Say that the next bytes are waited for."""
        self.words.setText(self.tr("Stopping …"))
        self.pause.setEnabled(False)

    def show_partly(self, row: ModelRow) -> None:
        """Offer to go on with what an earlier download left."""
        self.title.setText(self.tr("{model} is fetched in part").format(model=row.title))
        amount = self._amount(row.fetched_bytes, row.size_mb * _MB)
        self.words.setText(
            self.tr("Paused at {amount}. It goes on from there, also after a restart.").format(amount=amount)
        )
        self._fill(row.fetched_bytes, row.size_mb * _MB)
        self._show(is_running=False)

    def _amount(self, done_bytes: int, total_bytes: int) -> str:
        number = QLocale().toString
        return self.tr("{done} of {total} MB").format(
            done=number(done_bytes // _MB), total=number(round(total_bytes / _MB))
        )

    def _time_left(self, left_s: float) -> str:
        if left_s < 90:
            return self.tr("{seconds} s left").format(seconds=round(left_s))
        return self.tr("{minutes} min left").format(minutes=round(left_s / 60))

    def _fill(self, done_bytes: int, total_bytes: int) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setValue(min(1000 * done_bytes // max(total_bytes, 1), 1000))

    def _show(self, is_running: bool) -> None:
        self.pause.setVisible(is_running)
        self.pause.setEnabled(True)
        self.resume.setVisible(not is_running)
        self.show()
