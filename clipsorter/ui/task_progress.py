"""How far photos are moved, copied, or taken back: a part of the line below, with a way to stop."""

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.tasks import AddTags, Pace, RemoveTags, Sort, Task, Trash
from clipsorter.ui.theme import GRID

_BAR = 120  # pixels


class TaskProgress(QWidget):
    """Shown only while something is under way."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verb = ""
        self._words, self._bar, self.cancel = QLabel(), QProgressBar(), QToolButton()
        self._words.setMinimumWidth(1)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR)
        self._bar.setMaximumHeight(12)
        self._bar.setAccessibleName(self.tr("Progress of what is done to photos"))
        self.cancel.setIcon(icon("close"))
        self.cancel.setAutoRaise(True)
        self.cancel.setAccessibleName(self.tr("Stop what is done to photos"))
        self.cancel.setToolTip(self.tr("Stop after the photo in hand; what is done so far can be undone"))
        self.cancel.clicked.connect(self._stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, GRID, 0)
        for widget in (self._words, self._bar, self.cancel):
            layout.addWidget(widget)
        self.hide()

    @property
    def words(self) -> str:
        """Return what is said."""
        return self._words.text()

    def show_start(self, task: Task) -> None:
        """Say what is begun."""
        match task:
            case Sort(mode="copy"):
                self._verb = self.tr("Copying")
            case Sort():
                self._verb = self.tr("Moving")
            case Trash():
                self._verb = self.tr("To the trash")
            case AddTags():
                self._verb = self.tr("Tagging")
            case RemoveTags():
                self._verb = self.tr("Removing tags")
            case _:
                self._verb = self.tr("Taking back")
        self._words.setText(self.tr("{doing} …").format(doing=self._verb))
        self._bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()

    def show_pace(self, pace: Pace) -> None:
        """Say how far it is, how fast, and how long it takes."""
        number = QLocale().toString
        words = self.tr("{doing}: {done} of {total}").format(
            doing=self._verb, done=number(pace.done), total=number(pace.total)
        )
        parts = [words]
        if pace.rate:
            parts.append(self.tr("{rate}/s").format(rate=number(pace.rate, "f", 0 if pace.rate >= 10 else 1)))
        if pace.left_s is not None and pace.left_s < 90:
            parts.append(self.tr("{seconds} s left").format(seconds=round(pace.left_s)))
        elif pace.left_s is not None:
            parts.append(self.tr("{minutes} min left").format(minutes=number(round(pace.left_s / 60))))
        if not self.cancel.isEnabled():
            parts.append(self.tr("stopping"))
        self._words.setText(" · ".join(parts))
        self._bar.setRange(0, max(pace.total, 1))
        self._bar.setValue(pace.done)

    @Slot()
    def _stop(self) -> None:
        self.cancel.setEnabled(False)
        self.cancelled.emit()
