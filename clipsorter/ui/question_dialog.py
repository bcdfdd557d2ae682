"""One photo after the other, and one question: does it belong to the category? Then what the answers are good for."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_pane import PhotoPane
from clipsorter.ui.photo_reader import PhotoReader
from clipsorter.ui.photo_table import State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails
from clipsorter.ui.verdict_page import VerdictPage

_AHEAD = 2  # photos that are read while one is looked at


class QuestionDialog(QDialog):
    """Shows what its owner gives it, and passes on what is said; nothing else can be decided meanwhile."""

    answered = Signal(int, bool)  # a row, and whether it belongs to the category
    taken_back = Signal()  # the last answer
    ended = Signal()  # the round

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, reader: PhotoReader, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._category = model, ""
        self._rows: Sequence[int] = ()
        self.said: list[bool | None] = []  # of the photos before the one that is shown; None: nobody can say
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.resize(900, 700)
        self.picture = PhotoPane(model, thumbnails, reader)
        self.picture.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture.facts_read.connect(self._settle)
        self.question, self.progress = QLabel(), QLabel()
        self.yes, self.no, self.skip = (
            self._button(text, slot)
            for text, slot in (
                (self.tr("&Yes (Y or →)"), self._say_yes),
                (self.tr("&No (N or ←)"), self._say_no),
                (self.tr("&Can't say (Space)"), self._say_nothing),
            )
        )
        self.back = self._button(self.tr("&Back (Backspace)"), self._go_back)
        self.verdict = VerdictPage()
        self.pages = QStackedWidget()
        self._lay_out()

    def show_waiting(self, category: str) -> None:
        """Say that photos are being chosen for questions about a category."""
        self._category, self._rows, self.said = category, (), []
        self.setWindowTitle(self.tr("Questions about {name}").format(name=category))
        self.pages.setCurrentIndex(0)
        self.picture.show_row(-1)
        self.picture.show_words(self.tr("Choosing the photos that say most …"))
        self._show_question()

    def show_no_model(self) -> None:
        """Say that nothing can be asked as things are."""
        words = self.tr("No model could be loaded, so nobody can say which photos to ask about. Choose another model.")
        self.picture.show_words(words)
        self.verdict.show_no_model()

    def show_questions(self, rows: Sequence[int]) -> None:
        """Ask about these photos."""
        self._rows = rows
        self._show_photo()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, go back, or end; arrows move a photo that is looked at closely."""
        key, is_plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.pages.currentIndex() or not is_plain:
            super().keyPressEvent(event)
        elif self.picture.press(event):
            return
        elif key == Qt.Key.Key_Right or event.text().casefold() == self.tr("y", "the key for yes"):
            self._say_yes()
        elif key == Qt.Key.Key_Left or event.text().casefold() == self.tr("n", "the key for no"):
            self._say_no()
        elif key == Qt.Key.Key_Space:
            self._say_nothing()
        elif key == Qt.Key.Key_Backspace:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """End the round, if something was said in it, else close."""
        if self.pages.currentIndex() == 0 and any(said is not None for said in self.said):
            self._end()
        else:
            super().reject()

    def _button(self, text: str, slot: object) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        font = self.question.font()
        font.setPointSizeF(1.3 * font.pointSizeF())
        self.question.setFont(font)
        for label in (self.question, self.progress):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.question.setWordWrap(True)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.question, 1)
        above.addWidget(self.progress)
        below.addWidget(self.back)
        below.addStretch(1)
        for button in (self.no, self.skip, self.yes):
            below.addWidget(button)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(above)
        layout.addWidget(self.picture, 1)
        layout.addLayout(below)
        self.pages.addWidget(page)
        self.pages.addWidget(self.verdict)
        around = QVBoxLayout(self)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        around.addWidget(self.pages)

    def _show_photo(self) -> None:
        """Show the photo of the next question; one that has left meanwhile is passed over."""
        while len(self.said) < len(self._rows) and self._is_lost(self._rows[len(self.said)]):
            self.said.append(None)
        place = len(self.said)
        if place >= len(self._rows):
            self._end()
            return
        self.picture.show_row(self._rows[place], self._rows[place + 1 : place + 1 + _AHEAD])
        self._show_question()
        self.picture.setFocus()

    def _is_lost(self, row: int) -> bool:
        return self._model.table.state(row) in (State.GONE, State.FAILED)

    def _show_question(self) -> None:
        number, count = len(self.said) + 1, len(self._rows)
        if count:
            self.question.setText(self.tr("Does this belong to “{name}”?").format(name=self._category))
            text = self.tr("{number} of {count}")
            self.progress.setText(text.format(number=QLocale().toString(number), count=QLocale().toString(count)))
        else:
            self.question.setText("")
            self.progress.setText("")
        self.picture.setAccessibleName(f"{self.question.text()} {self.progress.text()}")
        QAccessible.updateAccessibility(QAccessibleEvent(self.picture, QAccessible.Event.NameChanged))
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Offer what can be said: of a photo that nobody sees, nothing."""
        has_photo = len(self.said) < len(self._rows)
        can_see = has_photo and not self.picture.image.isNull()
        for button, can_be in ((self.yes, can_see), (self.no, can_see), (self.skip, has_photo), (self.back, self.said)):
            button.setEnabled(bool(can_be))

    @Slot()
    def _say_yes(self) -> None:
        self._say(True)

    @Slot()
    def _say_no(self) -> None:
        self._say(False)

    @Slot()
    def _say_nothing(self) -> None:
        self._say(None)

    def _say(self, is_there: bool | None) -> None:
        if len(self.said) >= len(self._rows) or (is_there is not None and self.picture.image.isNull()):
            return
        row = self._rows[len(self.said)]
        self.said.append(is_there)
        if is_there is not None:
            self.answered.emit(row, is_there)
        self._show_photo()

    @Slot()
    def _go_back(self) -> None:
        """Ask the last question again, as if it had not been answered; what was passed over is so again."""
        while self.said and self.said[-1] is None and self._is_lost(self._rows[len(self.said) - 1]):
            self.said.pop()
        if self.said and self.said.pop() is not None:
            self.taken_back.emit()
        if self._rows:
            self._show_photo()

    def _end(self) -> None:
        self.verdict.show_waiting(self._category, self.said)
        self.pages.setCurrentIndex(1)
        self.ended.emit()
