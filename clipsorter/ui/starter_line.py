"""One quiet line while the starter answers: what it knows, and what could be had instead."""

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.news import ModelReady
from clipsorter.ui.theme import GRID

_ROOM_FOR_WORDS = 240  # pixels


class StarterLine(QFrame):
    """Hidden unless there is something to offer; closed once, it is closed for good."""

    asked = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self.tr("The starter knows plain words for everyday things; CLIP reads whole sentences."))
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
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        self._layout.setColumnStretch(0, 1)
        self._layout.addWidget(self._label, 0, 0)
        self._layout.addWidget(self.close_button, 0, 2)
        self._place_button()
        self.setMinimumWidth(120)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button below the words where there is no room beside them."""
        super().resizeEvent(event)
        self._place_button()

    def _place_button(self) -> None:
        if self.width() < _ROOM_FOR_WORDS + self.get.sizeHint().width():
            self._layout.addWidget(self.get, 1, 0, 1, 3, Qt.AlignmentFlag.AlignLeft)
        else:
            self._layout.addWidget(self.get, 0, 1)

    def show_offer(self, model: ModelReady) -> None:
        """Offer what the model in use lacks; hide where it lacks nothing that could be had."""
        size = QLocale().toString(model.offered_mb)
        name = model.offered.removeprefix("CLIP ")
        self.get.setText(self.tr("Get {model}, {size} MB …").format(model=name, size=size))
        self._place_button()
        self.setVisible(bool(model.offered))
