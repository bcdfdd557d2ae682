"""Stands in the place of the categories while there are none: says what to write, and offers other ways to begin."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from clipsorter.ui.theme import GRID


class CategoryStart(QWidget):
    """A sentence, a button that opens the menu of sets, and one that has categories proposed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = QLabel(
            self.tr(
                "Write below what the photos may show, begin with a set that is ready, or see what the photos suggest."
            )
        )
        words.setWordWrap(True)
        words.setTextFormat(Qt.TextFormat.PlainText)
        self.button, self.propose = QPushButton(self.tr("Start with a set")), QPushButton()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(words)
        for button in (self.button, self.propose):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def offer(self, sets: QMenu) -> None:
        """Let the button open this menu."""
        self.button.setMenu(sets)

    def offer_proposal(self, proposal: QAction) -> None:
        """Let the other button do this."""
        self.propose.setText(proposal.text().replace("&", ""))
        self.propose.setToolTip(proposal.toolTip())
        self.propose.clicked.connect(proposal.trigger)
