"""One photo at the size of its panel, and why it is where it is."""

from pathlib import Path

from PySide6.QtCore import QLocale, QRect, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.fact_words import lines_of
from clipsorter.ui.icons import icon
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_pane import PhotoPane
from clipsorter.ui.photo_reader import PhotoReader
from clipsorter.ui.photo_table import WORTH_SAYING, Guess, State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails
from clipsorter.ui.why import WhyLine


class Bars(QWidget):
    """The best categories of a photo as bars: the share of each, and how similar photo and words are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Guess, QColor]] = []
        self._corrected_by = 0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_guesses(self, rows: list[tuple[Guess, QColor]]) -> None:
        """Show these, best first."""
        self._rows = rows
        self.setAccessibleName(", ".join(f"{guess.category} {guess.probability:.0%}" for guess, _ in rows))
        self.setFixedHeight(self._row() * len(rows))
        self.setToolTip(self._explanation())
        self.update()

    def show_correction(self, decisions: int) -> None:
        """Explain that the shares are corrected by so many decisions, 0 for none."""
        self._corrected_by = decisions
        self.setToolTip(self._explanation())

    def _explanation(self) -> str:
        words = self.tr("The bar is the share of the answer; “similar” is how close photo and words are, −1 to 1.")
        if not self._corrected_by:
            return words
        fitted = self.tr(
            "The percentages are fitted to your {count} decisions: of photos that are 80 % sure, about 80 % should be "
            "right, as far as the others are like those that you decided."
        )
        return f"{words}\n{fitted.format(count=QLocale().toString(self._corrected_by))}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, per cent and bar of each."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, quiet = (
            self.palette().color(role) for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText)
        )
        metrics, middle = self.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        for number, (guess, colour) in enumerate(self._rows):
            line = QRect(0, number * self._row(), self.width(), metrics.height() + 4)
            groove = QRect(0, line.bottom() + 1, line.width(), 6)
            percent = self.tr("{percent} %").format(percent=round(100 * guess.probability))
            painter.setPen(text)
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, percent)
            line.setRight(line.right() - metrics.horizontalAdvance(self.tr("{percent} %").format(percent=100)) - GRID)
            similar = self.tr("similar {value}").format(value=QLocale().toString(guess.similarity, "f", 2))
            room = line.width() - metrics.horizontalAdvance(similar) - GRID
            if room >= line.width() // 2:  # else the name needs it
                painter.setPen(quiet)
                painter.drawText(line, Qt.AlignmentFlag.AlignRight | middle, similar)
                line.setWidth(room)
            painter.setPen(text)
            painter.drawText(
                line, middle, metrics.elidedText(guess.category, Qt.TextElideMode.ElideRight, line.width())
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().color(QPalette.ColorRole.Base))
            painter.drawRoundedRect(groove, 3, 3)
            groove.setWidth(max(2, round(groove.width() * guess.probability)))
            painter.setBrush(colour)
            painter.drawRoundedRect(groove, 3, 3)

    def _row(self) -> int:
        """Return the height of one bar with its line of text and the gap below."""
        return self.fontMetrics().height() + 10 + 2 * GRID


class Preview(QWidget):
    """The photo that has the keyboard."""

    def __init__(
        self,
        model: PhotoModel,
        categories: CategoryModel,
        thumbnails: Thumbnails,
        reader: PhotoReader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model, self._categories = model, categories
        self._row = -1
        self.picture = PhotoPane(model, thumbnails, reader)
        self.picture.setAccessibleName(self.tr("Photo"))
        self.picture.setToolTip(self.tr("Wheel, + and −: closer and farther. Double click: each pixel, or all of it."))
        self._heading, self._name, self._facts = QLabel(), QLabel(), QLabel()
        font = self._heading.font()
        font.setBold(True)
        self._heading.setFont(font)
        self._name.setFont(font)
        self._bars, self._path, self.why = Bars(), PathLine(), WhyLine(thumbnails)
        for label in (self._heading, self._name, self._facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.picture, 1)
        for widget in (self._heading, self._bars, self.why, self._name, self._facts, self._path):
            layout.addWidget(widget)
        self.setAccessibleName(self.tr("Preview"))
        self.picture.facts_read.connect(self.refresh)
        self.show_row(-1)

    def sizeHint(self) -> QSize:
        """Return a width in which a photo can be judged."""
        return QSize(320, 400)

    def show_row(self, row: int) -> None:
        """Show a row of the table, -1 for none; the picture and its facts follow."""
        self.picture.show_row(row)
        self._row = row if self.picture.photo is not None else -1
        self.refresh()

    def show_correction(self, decisions: int) -> None:
        """Explain that percentages are corrected by so many decisions, 0 for none."""
        self._bars.show_correction(decisions)

    @Slot()
    def refresh(self) -> None:
        """Show what is known now of the same photo."""
        photo = self.picture.photo
        for widget in (self._heading, self._bars, self._name, self._facts, self._path):
            widget.setVisible(photo is not None)
        if photo is None:
            self.picture.show_words(self.tr("Choose a photo to see it here."))
            self._bars.show_guesses([])
            self.why.show_guess(-1, None)
            return
        guesses = self._model.table.guesses(self._row)
        state, share = self._model.table.state(self._row), guesses[0].probability if guesses else 0
        has_reason = state == State.SURE or (state == State.UNSURE and share >= WORTH_SAYING)
        self.why.show_guess(self._row, guesses[0] if guesses and has_reason else None)
        self._bars.show_guesses([(guess, self._categories.colour_of(guess.category)) for guess in guesses])
        self._heading.setText(self._model.describe(self._row))
        self._name.setText(photo.path.name)
        self._facts.setText("\n".join(lines_of(photo, self.picture.facts, self.picture.keywords)))
        self._path.show_path(photo.path)
        self._layout.activate()  # or a screen would show bars and words above each other


class PathLine(QWidget):
    """Where a photo is: can be read to its end, chosen and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line, copy = QLineEdit(), QToolButton()
        self._line.setReadOnly(True)
        self._line.setFrame(False)
        self._line.setAccessibleName(self.tr("Path"))
        copy.setIcon(icon("copy"))
        copy.setAutoRaise(True)
        copy.setToolTip(self.tr("Copy the path"))
        copy.setAccessibleName(self.tr("Copy the path"))
        copy.clicked.connect(self._copy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._line, 1)
        layout.addWidget(copy)

    def show_path(self, path: Path) -> None:
        """Show a path; what is chosen of the same one stays chosen."""
        if self._line.text() != str(path):
            self._line.setText(str(path))
            self._line.setToolTip(str(path))

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._line.text())
