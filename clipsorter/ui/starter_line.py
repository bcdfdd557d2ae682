"""One quiet line while the starter answers: what it knows, and what could be had instead."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.news import ModelReady
from clipsorter.ui.theme import GRID


class StarterLine(QFrame):
    """Hidden unless there is something to offer; closed once, it is closed for good."""

    asked = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self.tr("The starter knows everyday things, but no sentences and no names."))
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.get = QPushButton()
        self.get.clicked.connect(self.asked)
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close"))
        self.close_button.setAutoRaise(True)
        self.close_button.setToolTip(self.tr("Don't show this again"))
        self.close_button.setAccessibleName(self.tr("Don't show this again"))
        self.close_button.clicked.connect(self.dismissed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.get)
        layout.addWidget(self.close_button)
        self.hide()

    def show_offer(self, model: ModelReady) -> None:
        """Offer what the model in use lacks; hide where it lacks nothing that could be had."""
        size = QLocale().toString(model.offered_mb)
        name = model.offered.removeprefix("CLIP ")
        self.get.setText(self.tr("Get {model}, {size} MB …").format(model=name, size=size))
        self.setVisible(bool(model.offered))
