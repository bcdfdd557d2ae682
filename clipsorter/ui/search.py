"""The search, and the line that says what was found: photos by words and by likeness, as it is typed."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QToolButton, QWidget

from clipsorter.sorting.query import like_photo, parse_query
from clipsorter.ui.icons import icon
from clipsorter.ui.news import Ended, Findings
from clipsorter.ui.search_box import SearchBox
from clipsorter.ui.theme import GRID
from clipsorter.ui.turns import undisturbed

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_TYPING_MS = 150
_ROOM_FOR_WORDS = 480  # pixels, beside where to search
_HERE, _EVERYWHERE = range(2)


class Search(QObject):
    """Shows the best photos for what stands in the box, until the box is empty again."""

    _asked = Signal(int, str, bool)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._number = 0
        self._shows_rows = False
        self._shown: tuple[str, bool] | None = None  # the words of what is shown, and whether of everything
        self._is_entered = False
        self.is_saved = False  # what is shown fits a saved search, rather than being the best of all
        self.box, self.heading, self.words, self.scope = SearchBox(), QFrame(), QLabel(), QComboBox()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.box.textChanged.connect(self._begin_asking)
        self.box.returnPressed.connect(self._enter)
        self.box.photos_dropped.connect(self._add_photos)
        self.everywhere = QAction(self.tr("Search &everything looked at …"), self)
        self.everywhere.setShortcut(QKeySequence("Ctrl+Alt+F"))
        self.everywhere.triggered.connect(self._begin_everywhere)
        window.addAction(self.everywhere)
        self._make_heading()
        self._show_scope()
        searcher = window.session.worker.searcher
        self._asked.connect(searcher.ask)
        searcher.found.connect(self._take)
        window.session.ended.connect(self._look_again)

    @property
    def is_active(self) -> bool:
        """Tell whether something is being searched for."""
        return bool(self.box.text().strip())

    @property
    def is_everywhere(self) -> bool:
        """Tell whether all photos that were looked at are searched, rather than those of the folder."""
        return self.scope.currentIndex() == _EVERYWHERE or self._window.folder is None

    @Slot()
    def begin(self) -> None:
        """Take the keyboard to the box."""
        self._window.actions_.bring_into_view(self.box)
        self.box.setFocus()
        self.box.selectAll()

    @Slot()
    def find_similar(self) -> None:
        """Look for photos like the chosen ones; words that stand in the box count beside them."""
        rows = self._window.grid.chosen_rows() or [self._window.grid.current_row()]
        paths = [self._window.photos.photo(row).path for row in rows if row >= 0]
        if not paths:
            return
        if not parse_query(self.box.text()).phrases:
            self.box.clear()
        self._add_photos(paths)

    def leave(self) -> bool:
        """Empty the box and show all photos again; tell whether there was a search."""
        was_active = bool(self.box.text()) or self._shows_rows
        self.box.clear()
        self._typing.stop()
        self.scope.setCurrentIndex(_HERE)
        if not was_active:
            return False
        self._ask()
        return True

    def show_rows(self, said: str, rows: NDArray[np.int64]) -> None:
        """Show these photos, in this order, and say what they are, until the search is ended."""
        self.leave()
        self._shows_rows = True
        self._show(said, rows)
        self._window.grid.scrollToTop()

    def add_to_heading(self, widget: QWidget) -> None:
        """Offer something else beside what was found."""
        self._line.addWidget(widget, 0, 2)

    def show_saved(self, query: str, said: str, rows: NDArray[np.int64]) -> None:
        """Show what fits a saved search, whose words stand in the box."""
        self._number += 1  # an answer that is on its way comes too late
        is_another = not self.is_saved or self.box.text() != query
        self.scope.setCurrentIndex(_HERE)
        self.box.setText(query)
        self._typing.stop()
        self.is_saved = True
        self._shows_rows = False
        self._show(said, rows)
        if is_another:
            self._window.grid.scrollToTop()

    def settle(self) -> None:
        """Offer what can be done with what was found: sorting and tagging are of one folder."""
        self._show_scope()
        sorting, tagging = self._window.sorting, self._window.tagging
        is_elsewhere = self.is_active and self._window.photos.shows_elsewhere
        reason = self.tr("These photos lie in several folders: go to the folder of one to sort or tag there")
        for action in (sorting.sort, sorting.sort_chosen, tagging.tag, tagging.tag_chosen):
            action.setToolTip(reason if is_elsewhere else "")  # empty: the text of the action
            if is_elsewhere:
                action.setEnabled(False)

    def _make_heading(self) -> None:
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.scope.addItems([self.tr("This folder"), self.tr("Everything looked at")])
        self.scope.setAccessibleName(self.tr("Where to search"))
        self.scope.setToolTip(
            self.tr("Photos of the open folder, or all that Clipsorter ever looked at, in whatever folder")
        )
        self.scope.currentIndexChanged.connect(self._change_scope)
        self.close = QToolButton()
        self.close.setIcon(icon("close"))
        self.close.setAutoRaise(True)
        self.close.setToolTip(self.tr("End the search and show all photos (Esc)"))
        self.close.setAccessibleName(self.tr("End the search"))
        self.close.clicked.connect(self.leave)
        self._line = line = QGridLayout(self.heading)
        line.setContentsMargins(GRID, GRID // 2, GRID // 2, 0)
        line.setSpacing(GRID)
        line.setColumnStretch(1, 1)
        line.addWidget(self.scope, 0, 0)
        line.addWidget(self.words, 0, 1)
        line.addWidget(self.close, 0, 3)
        self.heading.installEventFilter(self)
        self.heading.hide()

    def eventFilter(self, heading: QObject, event: QEvent) -> bool:
        """Put the words below where a narrow window would squeeze them."""
        if event.type() is QEvent.Type.Resize:
            if self.heading.width() < _ROOM_FOR_WORDS:
                self._line.addWidget(self.words, 1, 0, 1, 4)
            else:
                self._line.addWidget(self.words, 0, 1)
        return False

    @Slot()
    def _begin_everywhere(self) -> None:
        self.scope.setCurrentIndex(_EVERYWHERE)
        self.begin()

    @Slot()
    def _change_scope(self) -> None:
        self._show_scope()
        if self.is_active:
            self._ask()

    def _show_scope(self) -> None:
        self.box.show_scope(self.is_everywhere)
        self.scope.setEnabled(self._window.folder is not None)
        if self._window.folder is None:
            self.scope.setCurrentIndex(_EVERYWHERE)

    @Slot(object)
    def _add_photos(self, paths: Sequence[Path]) -> None:
        """Look for photos like these as well."""
        folder = self._window.folder
        wanted = [
            path.relative_to(folder) if folder is not None and path.is_relative_to(folder) else path for path in paths
        ]
        there = {like.path for like in parse_query(self.box.text()).photos}
        likes = [like_photo(path) for path in wanted if path not in there]
        self.box.setText(" ".join([self.box.text().strip(), *likes]).strip())
        self._typing.stop()
        self._ask()

    @Slot()
    def _begin_asking(self) -> None:
        self.is_saved = False
        self._typing.start()

    @Slot()
    def _enter(self) -> None:
        """Go on from the box to the best photo, as soon as it is found."""
        self._window.grid.setFocus()
        if self._typing.isActive():
            self._typing.stop()
            self._ask()
        self._is_entered = self.is_active and self._shown != self._asks_for
        if self.is_active and not self._is_entered:
            self._window.grid.choose_next(-1)

    @property
    def _asks_for(self) -> tuple[str, bool]:
        return self.box.text().strip(), self.is_everywhere

    @Slot()
    def _ask(self) -> None:
        """Ask for what stands in the box now; an empty one ends the search at once."""
        self._number += 1
        self.is_saved = False
        self._asked.emit(self._number, *self._asks_for)
        if not self.is_active:
            self._end()

    @Slot(object)
    def _look_again(self, _end: Ended) -> None:
        """Look through the photos that came meanwhile."""
        if self.is_active and not self.is_saved:
            self._ask()

    @undisturbed
    def _end(self) -> None:
        self._shows_rows, self._shown, self._is_entered = False, None, False
        self.heading.hide()
        self._let_sort(True)
        self._window.photos.show_found(None)
        self._window.actions_.settle()

    @Slot(object)
    @undisturbed
    def _take(self, findings: Findings) -> None:
        if findings.number != self._number or not self.is_active:
            return
        if findings.read is None:
            self._shows_rows = False
            self._show(self._said(findings), np.array(findings.rows, np.int64))
            self._go_to_best()
        else:
            self.words.setText(self._said(findings))
            self.heading.show()

    def _go_to_best(self) -> None:
        """Bring the best photos into view, unless it is the answer to the same words with more photos."""
        before, self._shown = self._shown, self._asks_for
        if before != self._shown:
            self._window.grid.scrollToTop()
        if self._is_entered:
            self._is_entered = False
            self._window.grid.choose_next(-1)

    @undisturbed
    def _show(self, said: str, rows: NDArray[np.int64]) -> None:
        self.scope.setVisible(not self._shows_rows)
        self.words.setText(said)
        self.heading.show()
        self._let_sort(False)
        self._window.photos.show_found(rows)
        if not self._window.grid.currentIndex().isValid():
            self._window.grid.choose_next(-1)
        self._window.actions_.settle()

    def _let_sort(self, is_possible: bool) -> None:
        """The best come first while something is searched for, so there is nothing to sort."""
        self._window.filters.order.setEnabled(is_possible)
        self._window.filters.grouping.setEnabled(is_possible)

    def _in_words(self) -> str:
        """Return what stands in the box, with photos by their name alone."""
        text = self.box.text().strip()
        query = parse_query(text)
        if not query.photos:
            return text
        words = [("-" if phrase.weight < 0 else "") + phrase.text for phrase in query.phrases]
        like, unlike = self.tr("like {photo}"), self.tr("unlike {photo}")
        photos = [(unlike if each.weight < 0 else like).format(photo=each.path.name) for each in query.photos]
        return ", ".join(words + photos)

    def _said(self, findings: Findings) -> str:
        number = QLocale().toString
        unknown = ", ".join(f"“{phrase}”" for phrase in findings.unknown)
        if findings.problem:
            return findings.problem
        if findings.read is not None:
            return self.tr("Getting everything ready for the search, photos so far: {count} …").format(
                count=number(findings.read)
            )
        if not findings.total:
            return self.tr("No photo is looked at yet; the search begins by itself as soon as some are.")
        if not findings.rows and unknown:
            return self.tr("This model does not know {words}. Try a plain English noun, or get CLIP.").format(
                words=unknown
            )
        if not findings.rows:
            return self.tr("Write a word for what the photos show.")
        query, count, total = self._in_words(), number(len(findings.rows)), number(findings.total)
        if self.is_everywhere:
            said = self.tr("“{query}” in everything looked at: the best photos first, {count} of {total}")
        else:
            said = self.tr("“{query}”: the best photos first, {count} of {total}")
        said = said.format(query=query, count=count, total=total)
        if unknown:
            return self.tr("{found} (passed over, since the model does not know it: {words})").format(
                found=said, words=unknown
            )
        return said
