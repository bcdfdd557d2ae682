"""Decisions of the person at the keyboard, each of which can be undone."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.grid import PhotoGrid
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_table import State
from clipsorter.ui.session import Session


class Decide(QUndoCommand):
    """Photos get a category, or lose the one that was given; undone, each has again what it had."""

    def __init__(
        self,
        review: "Review",
        rows: Sequence[int],
        before: Sequence[str | None],
        after: Sequence[str | None],
        text: str,
    ) -> None:
        super().__init__(text)
        self._review, self._rows, self._before, self._after = review, rows, before, after
        self._is_new = True

    def redo(self) -> None:
        """Decide."""
        self._review.apply(self._rows, self._after, goes_back=not self._is_new)
        self._is_new = False

    def undo(self) -> None:
        """Take it back."""
        self._review.apply(self._rows, self._before, goes_back=True)


class Review(QObject):
    """What keys and menus decide about the chosen photos."""

    def __init__(
        self, session: Session, photos: PhotoModel, categories: CategoryModel, grid: PhotoGrid, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.stack = QUndoStack(self)
        self._session, self._photos, self._categories, self._grid = session, photos, categories, grid

    def assign(self, number: int) -> None:
        """Put the chosen photos into the category at a place of the list, and go on to the next photo."""
        categories = self._categories.categories()
        if number < len(categories):
            name = categories[number].name
            rows = self._rows()
            self._decide(rows, [name] * len(rows), self.tr("put into {name}").format(name=name))

    @Slot()
    def accept(self) -> None:
        """Agree with the best suggestion for each chosen photo, be it unsure."""
        pairs = [(row, guesses[0].category) for row in self._rows() if (guesses := self._photos.table.guesses(row))]
        rows = [row for row, _ in pairs]
        self._decide(rows, [category for _, category in pairs], self.tr("accept"))

    @Slot()
    def clear(self) -> None:
        """Take back what was decided about the chosen photos."""
        rows = [row for row in self._rows() if self._photos.table.label(row) is not None]
        self._decide(rows, [None] * len(rows), self.tr("take back"))

    def apply(self, rows: Sequence[int], categories: Sequence[str | None], goes_back: bool) -> None:
        """Show decisions and have them kept; whoever goes back wants to see the photos again."""
        self._photos.label(rows, categories)
        for category in dict.fromkeys(categories):
            self._session.label(
                [row for row, wanted in zip(rows, categories, strict=True) if wanted == category], category
            )
        if goes_back:
            self._photos.rearrange()
            self._grid.choose(rows[0])

    def _rows(self) -> list[int]:
        table = self._photos.table
        return [row for row in self._grid.chosen_rows() if table.state(row) is not State.FAILED]

    def _decide(self, rows: Sequence[int], after: Sequence[str | None], text: str) -> None:
        if not rows:
            return
        place = self._grid.currentIndex().row()
        last = self._grid.current_row()
        before = [self._photos.table.label(row) for row in rows]
        self.stack.push(Decide(self, rows, before, after, text))
        is_single = len(rows) == 1
        is_still_shown = self._photos.place_of(last).isValid()
        if is_single or not is_still_shown:
            self._grid.choose_next(place + 1 if is_still_shown else place)
