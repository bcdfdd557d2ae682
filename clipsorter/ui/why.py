"""Why a photo is where it is: the words of the category, or the examples that it is like, with small pictures."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from clipsorter.ui.news import Why
from clipsorter.ui.photo_table import Guess
from clipsorter.ui.picture_row import PictureRow
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_MOST = 3
_PIXELS = 64


class WhyLine(QWidget):
    """Asks why whenever the answer to its photo has changed."""

    wanted = Signal(int, str)  # a row, and the category that is to be explained

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: tuple[int, Guess] | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.examples = PictureRow(thumbnails, _MOST, _PIXELS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.words)
        layout.addWidget(self.examples)
        self.show_guess(-1, None)

    def show_guess(self, row: int, guess: Guess | None) -> None:
        """Explain the best guess for a photo, None where there is nothing to explain."""
        if guess is None:
            self._asked = None
            self.setVisible(False)
        elif self._asked != (row, guess):
            if self._asked is None or self._asked[0] != row or self._asked[1].category != guess.category:
                self.setVisible(False)  # else what is shown is right until the new answer
            self._asked = row, guess
            self.wanted.emit(row, guess.category)

    @Slot(object)
    def show_why(self, why: Why) -> None:
        """Take in the answer, if it is about what is shown."""
        if self._asked is None or (why.row, why.category) != (self._asked[0], self._asked[1].category):
            return
        self.examples.show_photos(why.examples, [str(photo.path) for photo in why.examples])
        text = self.tr("Why: it is like these of your photos.") if why.examples else self.tr("Why: by its words.")
        self.words.setText(text)
        self.setVisible(True)
