"""The search box, and the line that says what was found: photos by words and by likeness, as it is typed."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from clipsorter.ui.icons import icon
from clipsorter.ui.news import Ended, Findings
from clipsorter.ui.theme import GRID
from clipsorter.ui.turns import undisturbed

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_TYPING_MS = 150
_WIDTH = 220  # pixels


class Search(QObject):
    """Shows the best photos for what stands in the box, until the box is empty again."""

    _asked = Signal(int, str)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._number = 0
        self._shows_rows = False
        self.box, self.heading, self._words = QLineEdit(), QFrame(), QLabel()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self._make_box()
        self._make_heading()
        searcher = window.session.worker.searcher
        self._asked.connect(searcher.ask)
        searcher.found.connect(self._take)
        window.session.ended.connect(self._look_again)

    @property
    def is_active(self) -> bool:
        """Tell whether something is being searched for."""
        return bool(self.box.text().strip())

    @Slot()
    def begin(self) -> None:
        """Take the keyboard to the box."""
        self.box.setFocus()
        self.box.selectAll()

    @Slot()
    def find_similar(self) -> None:
        """Look for photos like the current one."""
        row, folder = self._window.grid.current_row(), self._window.folder
        if row < 0 or folder is None:
            return
        path = self._window.photos.photo(row).path
        self.box.setText(f'like:"{path.relative_to(folder) if path.is_relative_to(folder) else path}"')
        self._typing.stop()
        self._ask()

    def leave(self) -> bool:
        """Empty the box and show all photos again; tell whether there was a search."""
        if not self.box.text() and not self._shows_rows:
            return False
        self.box.clear()
        self._typing.stop()
        self._ask()
        return True

    def show_rows(self, said: str, rows: NDArray[np.int64]) -> None:
        """Show these photos, in this order, and say what they are, until the search is ended."""
        self.leave()
        self._shows_rows = True
        self._show(said, rows)

    def _make_box(self) -> None:
        self.box.setFixedWidth(_WIDTH)
        self.box.setClearButtonEnabled(True)
        self.box.setPlaceholderText(self.tr("Search: beach at sunset"))
        self.box.setAccessibleName(self.tr("Search the photos of this folder"))
        self.box.setToolTip(
            self.tr(
                "Words for what photos show (Ctrl+F)\n"
                '-word leaves photos out · word*2 counts twice · "some words" stand together\n'
                "like:photo.jpg finds photos like that one"
            )
        )
        self.box.textChanged.connect(self._typing.start)
        self.box.returnPressed.connect(self._window.grid.setFocus)

    def _make_heading(self) -> None:
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAutoRaise(True)
        close.setToolTip(self.tr("End the search and show all photos (Esc)"))
        close.setAccessibleName(self.tr("End the search"))
        close.clicked.connect(self.leave)
        line = QHBoxLayout(self.heading)
        line.setContentsMargins(GRID, GRID // 2, GRID // 2, 0)
        line.addWidget(self._words, 1)
        line.addWidget(close)
        self.heading.hide()

    @Slot()
    def _ask(self) -> None:
        """Ask for what stands in the box now; an empty one ends the search at once."""
        self._number += 1
        self._asked.emit(self._number, self.box.text().strip())
        if not self.is_active:
            self._end()

    @Slot(object)
    def _look_again(self, _end: Ended) -> None:
        """Look through the photos that came meanwhile."""
        if self.is_active:
            self._ask()

    @undisturbed
    def _end(self) -> None:
        self._shows_rows = False
        self.heading.hide()
        self._let_sort(True)
        self._window.photos.show_found(None)

    @Slot(object)
    @undisturbed
    def _take(self, findings: Findings) -> None:
        if findings.number != self._number or not self.is_active:
            return
        self._shows_rows = False
        self._show(self._said(findings), np.array(findings.rows, np.int64))

    @undisturbed
    def _show(self, said: str, rows: NDArray[np.int64]) -> None:
        self._words.setText(said)
        self.heading.show()
        self._let_sort(False)
        self._window.photos.show_found(rows)
        if not self._window.grid.currentIndex().isValid():
            self._window.grid.choose_next(-1)

    def _let_sort(self, is_possible: bool) -> None:
        """The best come first while something is searched for, so there is nothing to sort."""
        self._window.filters.order.setEnabled(is_possible)
        self._window.filters.grouping.setEnabled(is_possible)

    def _said(self, findings: Findings) -> str:
        number = QLocale().toString
        unknown = ", ".join(f"“{phrase}”" for phrase in findings.unknown)
        if findings.problem:
            return findings.problem
        if not findings.total:
            return self.tr("No photo is looked at yet; the search begins by itself as soon as some are.")
        if not findings.rows and unknown:
            return self.tr("This model does not know {words}. Try a plain English noun, or get CLIP.").format(
                words=unknown
            )
        if not findings.rows:
            return self.tr("Write a word for what the photos show.")
        said = self.tr("“{query}”: the best {count} of {total} photos, best first").format(
            query=self.box.text().strip(), count=number(len(findings.rows)), total=number(findings.total)
        )
        if unknown:
            return self.tr("{found} (passed over, since the model does not know it: {words})").format(
                found=said, words=unknown
            )
        return said
