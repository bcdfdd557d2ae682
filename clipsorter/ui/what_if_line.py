"""Says what an edit would change before it counts: a sentence, and the photos that would come and go."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clipsorter.ui.change_words import ChangeWords
from clipsorter.ui.foretold import Foretold, Move
from clipsorter.ui.news import Supposed
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.picture_row import PictureRow
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_MOST_PICTURES, _PIXELS = 8, 48


class WhatIfWords(QWidget):
    """The sentences, with room for them where something is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = ChangeWords(self)
        self.words = QLabel()
        self.words.setToolTip(
            self.tr("+ counts photos that would come, − those that would go. What you decided stays where it is.")
        )
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID // 2)
        self._column.addWidget(self.words)
        self.hide()

    def clear(self) -> None:
        """Say nothing: nothing is written that would change something."""
        self.words.clear()
        self.hide()

    def say(self, foretold: Foretold, supposed: Supposed, names: Sequence[str], is_busy: bool) -> None:
        """Say what the categories of these names would gain and lose, then what the others would.

        `is_busy`: there are photos that were not looked at yet.
        """
        text = "\n".join(self._says.lines(foretold, supposed, names, is_busy))
        if text != self.words.text():
            self.words.setText(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self.words, QAccessible.Event.Alert))
        self.show()


class WhatIfLine(WhatIfWords):
    """The same with pictures of what one category would gain and lose, the most certain first."""

    def __init__(self, photos: PhotoModel, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = photos
        self.gained, self.lost = (PictureRow(thumbnails, _MOST_PICTURES, _PIXELS) for _ in range(2))
        self._headings = QLabel(self.tr("Gains")), QLabel(self.tr("Loses"))
        grid = QGridLayout()
        grid.setSpacing(GRID)
        for line, (heading, row) in enumerate(zip(self._headings, (self.gained, self.lost), strict=True)):
            grid.addWidget(heading, line, 0)
            grid.addWidget(row, line, 1)
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)

    def say(self, foretold: Foretold, supposed: Supposed, names: Sequence[str], is_busy: bool) -> None:
        """Say and show what the category of the first name would gain and lose."""
        super().say(foretold, supposed, names, is_busy)
        moves = foretold.gained(names[0], _MOST_PICTURES), foretold.lost(names[0], _MOST_PICTURES)
        for heading, row, few in zip(self._headings, (self.gained, self.lost), moves, strict=True):
            heading.setVisible(bool(few))
            row.setVisible(bool(few))
            row.show_photos([self._photos.photo(move.row) for move in few], [self._tip(move) for move in few])

    def _tip(self, move: Move) -> str:
        said = [
            self.tr("{category}, {percent} %").format(category=category, percent=round(100 * share))
            if category
            else self.tr("unsure")
            for category, share in ((move.before, move.share_before), (move.after, move.share_after))
        ]
        text = self.tr("{file}\nnow: {before}\nthen: {after}")
        return text.format(file=self._photos.photo(move.row).path.name, before=said[0], after=said[1])
