"""One photo over the whole window: to look at closely, and to review with the same keys as in the grid."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.grid import PhotoGrid
from clipsorter.ui.marks import draw_mark
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_pane import PhotoPane
from clipsorter.ui.photo_reader import PhotoReader
from clipsorter.ui.photo_table import State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_KEYS = 9
_MARK = 20
_LINE = 26
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Space)
_ON = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageDown: 1}
_BACK = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageUp: -1}
_STEPS = {**_ON, **_BACK}
_AHEAD = (1, -1, 2)  # places whose photos are read while one is looked at


class LargePreview(QWidget):
    """Lies over the window until it is closed; the photo is the grid's current one, before and after."""

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        grid: PhotoGrid,
        model: PhotoModel,
        categories: CategoryModel,
        thumbnails: Thumbnails,
        reader: PhotoReader,
    ) -> None:
        super().__init__(window)
        self._over, self._grid, self._model = window, grid, model
        self.picture = PhotoPane(model, thumbnails, reader)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.caption = Caption(model, categories)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.picture, 1)
        layout.addWidget(self.caption)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        window.installEventFilter(self)
        self.picture.facts_read.connect(self.refresh)

    def take_keys(self, actions: Sequence[QAction]) -> None:
        """Let these actions of the grid work here too."""
        self.addActions(actions)

    @Slot()
    def open(self) -> None:
        """Show the current photo, or the first one."""
        if not self._model.rowCount():
            return
        if self._grid.current_row() < 0:
            self._grid.choose(self._model.row_at(0))
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus()
        self.show_current()

    @Slot()
    def shut(self) -> None:
        """Show the window again, at the photo that was looked at last."""
        if self.isVisible():
            self.hide()
            self._grid.setFocus()
            self.closed.emit()

    @Slot()
    def show_current(self) -> None:
        """Show the grid's current photo; without any photo at all there is nothing to stay for."""
        row = self._grid.current_row()
        place = self._model.place_of(row).row() if row >= 0 else -1
        if row < 0 and not self._model.table.photos:
            self.shut()
            return
        count = self._model.rowCount()
        near = [self._model.row_at(place + step) for step in _AHEAD if 0 <= place + step < count] if place >= 0 else []
        self.picture.show_row(row, near)
        if row < 0:
            self.picture.show_words(self.tr("There is no other photo here. Esc leads back."))
        self.caption.show_row(row, place, count)
        self.setAccessibleName(self.caption.accessibleName())

    @Slot()
    def refresh(self) -> None:
        """Show what is known now of the same photo."""
        if self.isVisible():
            self.show_current()

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Keep the keys that mean something here from the menus."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if (is_plain and event.key() in (*_CLOSING, *_STEPS)) or self.picture.wants(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close, go on, or look closer; arrows move a photo that is looked at closely."""
        if self.picture.press(event):
            return
        if event.key() in _CLOSING:
            self.shut()
        elif step := _STEPS.get(Qt.Key(event.key())):
            self._go(step)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Keep the keyboard here: what lies below can't be seen."""
        return True

    def _go(self, step: int) -> None:
        row = self._grid.row_after(self._grid.currentIndex().row(), step)
        if row >= 0:
            self._grid.choose(row)


class Caption(QWidget):
    """Says below a large photo what is known of it, and which keys decide."""

    def __init__(self, model: PhotoModel, categories: CategoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._categories = model, categories
        self._row, self._where = -1, ""
        self.setFixedHeight(2 * _LINE + 2 * GRID)

    def show_row(self, row: int, place: int, count: int) -> None:
        """Show a row of the table, and its place among those that are shown."""
        self._row = row
        locale = QLocale()
        self._where = self.tr("{number} of {count}").format(
            number=locale.toString(place + 1), count=locale.toString(count)
        )
        words = f"{self._model.photo(row).path.name}: {self._model.describe(row)}" if row >= 0 else ""
        self.setAccessibleName(words)
        self.update()

    def hints(self) -> str:
        """Return the keys that decide: the categories by number, and the others."""
        names = [category.name for category in self._categories.categories()[:_KEYS]]
        keys = [f"{number} {name}" for number, name in enumerate(names, 1)]
        return " · ".join([*keys, self.tr("Enter accept · Backspace take back · ← → other photos · Space close")])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark, the words, the name and the place above, the keys below."""
        painter = QPainter(self)
        text, quiet = (
            self.palette().color(role) for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText)
        )
        above = QRect(2 * GRID, GRID, self.width() - 4 * GRID, _LINE)
        below = above.translated(0, _LINE)
        middle = Qt.AlignmentFlag.AlignVCenter
        elided = self.fontMetrics().elidedText
        painter.setPen(quiet)
        painter.drawText(below, middle, elided(self.hints(), Qt.TextElideMode.ElideRight, below.width()))
        if self._row < 0:
            return
        name = f"{self._model.photo(self._row).path.name} · {self._where}"
        name = elided(name, Qt.TextElideMode.ElideMiddle, above.width() // 2)
        painter.drawText(above, middle | Qt.AlignmentFlag.AlignRight, name)
        state = self._model.table.state(self._row)
        if state in (State.SURE, State.UNSURE, State.BY_YOU, State.FAILED):
            mark = QRect(above.x(), above.y() + (_LINE - _MARK) // 2, _MARK, _MARK)
            category = self._model.table.category(self._row)
            draw_mark(painter, mark, state, self._categories.colour_of(category) if category else quiet, quiet)
            above.setLeft(above.x() + _MARK + GRID)
        above.setRight(above.right() - self.fontMetrics().horizontalAdvance(name) - GRID)
        words = self._model.describe(self._row)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(text)
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, above.width())
        painter.drawText(above, middle, words)
