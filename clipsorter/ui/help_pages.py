"""Shows the pages of `resources/help`, which the README links to as well: a list of them, and a search through all."""

import re
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QUrl, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from clipsorter.paths import resource
from clipsorter.ui.theme import GRID

_START = "index.md"
_LINE_PERCENT = 115
_LINK = re.compile(r"\[([^]]+)\]\(([\w-]+\.md)\)")


class HelpPages(QDialog):
    """The pages beside a list of them; the window stays usable, and addresses open in the browser, if clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.setWindowTitle(self.tr("Help"))
        self.resize(1020, 720)
        self._folder = resource("help")
        self._names = [_START]
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Pages of the help"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(self.tr("Help"))
        self.text.setSearchPaths([str(self._folder)])
        self.text.setOpenExternalLinks(True)
        self.text.document().setDocumentMargin(2 * GRID)
        self.box = QLineEdit()
        self.box.setPlaceholderText(self.tr("Find in the help (Enter: next place)"))
        self.box.setAccessibleName(self.tr("Find in the help"))
        self.box.setClearButtonEnabled(True)
        self.answer = QLabel()
        self._lay_out()
        self._list_pages()
        self.box.returnPressed.connect(self.find_next)
        self.box.textChanged.connect(self.answer.clear)
        self.contents.currentRowChanged.connect(self._open_row)
        self.text.sourceChanged.connect(self._arrive)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.box.setFocus)
        self.open_page(_START)

    def changeEvent(self, event: QEvent) -> None:
        """Give links the colour that they have in another theme; Qt would leave them in the one before."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self.text.reload()

    def open_page(self, name: str) -> None:
        """Show a page by the name of its file, `#heading` included if it is to begin there."""
        self.text.setSource(QUrl(name))

    @Slot()
    def find_next(self) -> None:
        """Go to the next place where the words of the box stand, in this page or the following ones."""
        words = self.box.text().strip()
        if not words:
            return
        self.answer.clear()
        if self.text.find(words):
            return
        here = self._names.index(self._name())
        for name in (*self._names[here + 1 :], *self._names[: here + 1]):
            if words.casefold() in _plain(self._folder / name).casefold():
                self.open_page(name)
                self.text.moveCursor(QTextCursor.MoveOperation.Start)
                self.text.find(words)
                return
        self.answer.setText(self.tr("This is nowhere in the help."))

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)  # Enter is for the box
        buttons.rejected.connect(self.reject)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.contents)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([200, 820])
        below = QHBoxLayout()
        below.addWidget(self.box, 1)
        below.addWidget(self.answer)
        below.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(split, 1)
        layout.addLayout(below)

    def _list_pages(self) -> None:
        """List the pages in the order of the first one, which links to all."""
        self.contents.addItem(self.tr("Contents"))
        for title, name in _LINK.findall((self._folder / _START).read_text(encoding="utf-8")):
            self._names.append(name)
            self.contents.addItem(title)

    def _name(self) -> str:
        return self.text.source().path()

    @Slot(int)
    def _open_row(self, row: int) -> None:
        if self._names[row] != self._name():
            self.open_page(self._names[row])

    @Slot(QUrl)
    def _arrive(self, url: QUrl) -> None:
        """Choose the page in the list, and begin at the heading that was asked for."""
        self.contents.setCurrentRow(self._names.index(url.path()))
        _give_room(self.text.document())
        block = self.text.document().begin()
        while url.fragment() and block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == url.fragment():
                self._begin_at(block)
                return
            block = block.next()

    def _begin_at(self, block: QTextBlock) -> None:
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # from below, the heading comes to the top
        self.text.setTextCursor(QTextCursor(block))
        self.text.ensureCursorVisible()


def anchor_of(heading: str) -> str:
    """Return by which name a link finds a heading, as GitHub forms it; Qt forms none."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _give_room(document: QTextDocument) -> None:
    """Set lines and headings apart; Qt's Markdown has them as close as in a note."""
    block = document.begin()
    while block.isValid():
        layout = block.blockFormat()
        layout.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if layout.headingLevel() > 1:
            layout.setTopMargin(3 * GRID)
            layout.setBottomMargin(GRID)
        QTextCursor(block).setBlockFormat(layout)
        block = block.next()


def _plain(path: Path) -> str:
    document = QTextDocument()
    document.setMarkdown(path.read_text(encoding="utf-8"))
    return document.toPlainText()
