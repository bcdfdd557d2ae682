"""What a dialog says while the worker does something for it: what, and how far; then what came of it, or why not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

_HEIGHT = 12
_STEPS = 1000


class WorkLine(QWidget):
    """A sentence, and below it a bar as long as something is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.bar = QLabel(), QProgressBar()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(_HEIGHT)
        self.bar.setAccessibleName(self.tr("How far it is"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        self.bar.hide()

    def show_wait(self) -> None:
        """Say that the model comes first."""
        self._show(self.tr("Waiting for the model, which is being loaded …"), 0)

    def show_work(self, words: str, done: float) -> None:
        """Say what is done, and how far it is, 0 to 1."""
        self._show(words, _STEPS)
        self.bar.setValue(round(_STEPS * done))

    def say(self, words: str) -> None:
        """Say what came of it."""
        self.said.setText(words)
        self.bar.hide()

    def _show(self, words: str, steps: int) -> None:
        self.said.setText(words)
        self.bar.setRange(0, steps)  # none: how long it takes isn't known
        self.bar.show()
