"""What is odd about the categories: the findings in a list, and one of them with its photos and what can be done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from clipsorter.sorting.checkup import Ambiguous, Finding, Split, photos_of
from clipsorter.ui.finding_words import FindingWords
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_strip import PhotoStrip
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_PIXELS = 112
_SHOWN = 12  # photos of a finding


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done about a finding: the words on the button, and what it does."""

    text: str
    act: Callable[[], object]


class FindingsPage(QWidget):
    """Shows findings; what can be done about one is asked of whoever made the page."""

    photo_wanted = Signal(int)  # a row

    def __init__(
        self,
        photos: PhotoModel,
        thumbnails: Thumbnails,
        remedies: Callable[[Finding], Sequence[Remedy]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._remedies, self._words = remedies, FindingWords(self)
        self._findings: tuple[Finding, ...] = ()
        self.list, self.sentence = QListWidget(), QLabel()
        self.list.setAccessibleName(self.tr("Findings"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSpacing(GRID // 4)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.strip = PhotoStrip(photos, thumbnails, self.tr("Photos of this finding"), _PIXELS)
        self.strip.wanted.connect(self.photo_wanted)
        self.buttons: list[QPushButton] = []
        self._offered: list[Remedy] = []
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(GRID, 0, 0, 0)
        column.addWidget(self.sentence)
        column.addLayout(self._row)
        column.addWidget(self.strip, 1)
        column.addStretch(0)
        self._splitter = QSplitter()
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(right)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([270, 560])
        self._splitter.setChildrenCollapsible(False)
        self._splitter.hide()
        self.note = QLabel(
            self.tr(
                "Here come categories that overlap, that mean nothing to the model, that have no photo or too many, "
                "and what would do better as a phrase, or as several categories."
            )
        )
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.note)
        layout.addWidget(self._splitter, 1)
        layout.addStretch(0)
        self.list.currentRowChanged.connect(self._show)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show findings; the place in the list stays, and what is shown already is left as it is."""
        place, before = max(0, self.list.currentRow()), self._findings
        self._findings = tuple(findings)
        self._splitter.setVisible(bool(findings))
        self.note.setVisible(not findings)
        if before != self._findings[: len(before)]:
            self.list.clear()
        for finding in self._findings[self.list.count() :]:
            self.list.addItem(self._words.title(finding))
        self.list.setCurrentRow(min(place, len(self._findings) - 1))
        if not self._findings:
            self._show(-1)

    def title(self, finding: Finding) -> str:
        """Return the line of a finding in the list."""
        return self._words.title(finding)

    @Slot(int)
    def _show(self, place: int) -> None:
        finding = self._findings[place] if 0 <= place < len(self._findings) else None
        self.sentence.setText("" if finding is None else self._words.sentence(finding))
        self.strip.show_photos([] if finding is None else _pictures(finding)[:_SHOWN])
        self.strip.setVisible(self.strip.count() > 0)
        for button in self.buttons:
            button.hide()
            button.deleteLater()  # it may be the one that was just clicked
        self._offered = [] if finding is None else list(self._remedies(finding))
        self.buttons = [QPushButton(remedy.text.replace("&", "&&")) for remedy in self._offered]
        for number, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(self._act)
            self._row.insertWidget(number, button)

    @Slot()
    def _act(self) -> None:
        button = self.sender()
        if button in self.buttons:
            self._offered[self.buttons.index(button)].act()


def _pictures(finding: Finding) -> list[tuple[int, str]]:
    """Return rows of photos that show a finding, and a text for each: those of different kinds take turns."""
    if isinstance(finding, Split | Ambiguous):
        columns = [[(row, part.name) for row in part.photos[:_SHOWN].tolist()] for part in finding.parts]
        return [each for each in chain.from_iterable(zip_longest(*columns)) if each is not None]
    return [(row, "") for row in photos_of(finding)[:_SHOWN].tolist()]
