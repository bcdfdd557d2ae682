"""Stands in the place of the categories while there are none: says what to write, and offers sets to start with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from clipsorter.ui.theme import GRID


class CategoryStart(QWidget):
    """A sentence, and a button that opens the menu of sets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(self.tr("Write below what the photos may show, or begin with a set that is ready."))
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton(self.tr("Start with a set"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def offer(self, sets: QMenu) -> None:
        """Let the button open this menu."""
        self.button.setMenu(sets)
