"""What the window says in words: a bar for what happened, and pages for when there are no photos to show."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.theme import GRID


class NoticeBar(QFrame):
    """Says one sentence above the photos until it is closed; details can be copied for a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._details = ""
        self._copy = QPushButton(self.tr("Copy details"))
        self._copy.clicked.connect(self._copy_details)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close the message"))
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._copy)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def say(self, sentence: str, details: str = "") -> None:
        """Say a sentence in place of the one before."""
        self._label.setText(sentence)
        self._details = details
        self._copy.setVisible(bool(details))
        self.show()

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class EmptyPage(QWidget):
    """Says why there are no photos here, and offers the next step as a button."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading, self._text, self.button = QLabel(), QLabel(), QPushButton()
        font = self._heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self._heading.setFont(font)
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._text.setMinimumWidth(100)
        self.button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addStretch(2)
        layout.addWidget(self._heading)
        layout.addWidget(self._text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)

    def show_text(self, heading: str, text: str, action: str) -> None:
        """Show a page; an empty `action` has no button."""
        self._heading.setText(heading)
        self._text.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))
