"""What the window says in words: a bar for what happened, and pages for when there are no photos to show."""

import logging
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from clipsorter.ui.icons import app_icon, icon
from clipsorter.ui.theme import GRID

logger = logging.getLogger(__name__)

_MOST_SAID = 50
_PICTURE = 72
_ROOM_FOR_BUTTONS = 480  # pixels, beside a sentence


class NoticeBar(QFrame):
    """Says one sentence above the photos until it is closed; what was said before it, and details, are a click away."""

    asked = Signal(str, str)  # for the details of a sentence

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self._said: list[tuple[str, str]] = []
        self._is_about_categories = False  # what is said
        self._label = QLabel()
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._details = QPushButton()
        self._details.clicked.connect(self._ask)
        self._action: QAction | None = None
        self.button = QPushButton()
        self.button.clicked.connect(self._act)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAutoRaise(True)
        close.setAccessibleName(self.tr("Close the message"))
        close.setToolTip(self.tr("Close the message"))
        close.clicked.connect(self.clear)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(GRID, GRID // 2, GRID // 2, GRID // 2)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(close, 0, 3)
        self._is_narrow: bool | None = None
        self._place(is_narrow=False)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the sentence where they would squeeze it."""
        super().resizeEvent(event)
        self._place(is_narrow=self.width() < _ROOM_FOR_BUTTONS)

    def _place(self, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._grid.addWidget(self._label, 0, 0, 1, 3 if is_narrow else 1)
        for column, button in enumerate((self.button, self._details), 1):
            self._grid.addWidget(button, int(is_narrow), column)

    @property
    def text(self) -> str:
        """Return what is said."""
        return self._label.text()

    def say(self, sentence: str, details: str = "", *, is_about_categories: bool = False) -> None:
        """Say a sentence in place of the one before, and write both into the log."""
        logger.warning("%s%s%s", sentence, "\n" if details else "", details)
        if (sentence, details) not in self._said:
            self._said = [*self._said[-_MOST_SAID:], (sentence, details)]
        self._label.setText(sentence)
        earlier = len(self._said) - 1
        self._details.setText(
            self.tr("Details and {count} more …").format(count=earlier) if earlier else self.tr("Details …")
        )
        self._details.setVisible(bool(details or earlier))
        self._show_with(None)
        self._is_about_categories = is_about_categories

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why categories were not edited as the user wished."""
        self.say(sentence, is_about_categories=True)

    @Slot()
    def forgive(self) -> None:
        """Close the bar if what it says was about categories, which are others now."""
        if self._is_about_categories:
            self.hide()

    def tell(self, sentence: str, action: QAction | None = None) -> None:
        """Say a sentence about what went well, and offer what can be done next as a button."""
        self._label.setText(sentence)
        self._details.hide()
        self.button.setText(action.text().replace("&", "&&") if action else "")
        self._show_with(action)

    def withdraw(self, action: QAction) -> None:
        """Close the bar if it is this that it offers."""
        if self._action is action:
            self.hide()

    def _show_with(self, action: QAction | None) -> None:
        self._action, self._is_about_categories = action, False
        self.button.setVisible(action is not None)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._label, QAccessible.Event.Alert))

    @Slot()
    def _act(self) -> None:
        action = self._action
        self.hide()
        if action is not None:
            action.trigger()

    @Slot()
    def clear(self) -> None:
        """Close it; nothing of it is said again."""
        self._said = []
        self.hide()

    @Slot()
    def _ask(self) -> None:
        said = reversed(self._said)
        self.asked.emit(self.text, "\n\n".join("\n".join(part for part in one if part) for one in said))


class EmptyPage(QWidget):
    """Says why there are no photos here, and offers the next step as a button."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QIcon()
        self._picture, self._heading, self._text, self.button = QLabel(), QLabel(), QLabel(), QPushButton()
        font = self._heading.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        self._heading.setFont(font)
        for label in (self._picture, self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
        self._text.setMinimumWidth(100)
        self.button.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addStretch(2)
        layout.addWidget(self._picture)
        layout.addWidget(self._heading)
        layout.addWidget(self._text)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(3)

    def show_state(self, folder: Path | None, photos: int, is_busy: bool) -> None:
        """Say why no photo of this folder is shown, and what to do."""
        another = self.tr("Open another folder …")
        if folder is None:
            self._show(
                app_icon(),
                self.tr("Sort photos by words"),
                self.tr(
                    "Open a folder, then write categories on the left, such as dogs, cats, beach. "
                    "Nothing leaves this computer, and no photo is changed."
                ),
                self.tr("Open a folder …"),
            )
        elif photos:
            text = self.tr("All others are still there.")
            self._show(icon("filter"), self.tr("No photo is like that"), text, self.tr("Show all photos"))
        elif is_busy:
            self._show(icon("search"), self.tr("Looking for photos …"), str(folder), "")
        elif not folder.is_dir():
            text = self.tr("{folder}\nCheck that its drive is connected.").format(folder=folder)
            self._show(icon("drive"), self.tr("This folder is not there"), text, another)
        else:
            self._show(icon("photo"), self.tr("There are no photos in this folder"), str(folder), another)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture anew in other colours."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _show(self, picture: QIcon, heading: str, text: str, action: str) -> None:
        self._icon = picture
        self._draw()
        self._heading.setText(heading)
        self._text.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def _draw(self) -> None:
        self._picture.setPixmap(self._icon.pixmap(QSize(_PICTURE, _PICTURE), self.devicePixelRatioF()))
