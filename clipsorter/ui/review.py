"""Decisions of the person at the keyboard, each of which can be undone.

Commands hold the review weakly: Qt crashes where Python's collector takes apart a stack that its own commands hold.
"""

import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.grid import PhotoGrid
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_table import State
from clipsorter.ui.session import Session

Rows = NDArray[np.int64]
Labels = NDArray[np.int32]  # categories as the table numbers them, -1 for none


class Decide(QUndoCommand):
    """Photos get a category, or lose the one that was given; undone, each has again what it had."""

    def __init__(self, review: "Review", rows: Rows, before: Labels, after: Labels, text: str) -> None:
        super().__init__(text)
        self._review, self._rows, self._before, self._after = weakref.proxy(review), rows, before, after
        self._is_new = True

    def redo(self) -> None:
        """Decide."""
        self._review.apply(self._rows, self._after, goes_back=not self._is_new)
        self._is_new = False

    def undo(self) -> None:
        """Take it back."""
        self._review.apply(self._rows, self._before, goes_back=True)


class Refuse(QUndoCommand):
    """Photos are said not to belong to a category, and lose it if it was given to them by hand."""

    def __init__(self, review: "Review", rows: Rows, categories: Mapping[str, Rows], before: Labels, text: str) -> None:
        super().__init__(text)
        self._review, self._rows, self._categories, self._before = weakref.proxy(review), rows, categories, before
        self._is_new = True

    def redo(self) -> None:
        """Refuse."""
        if (self._before >= 0).any():
            self._review.apply(self._rows, np.full(len(self._rows), -1, np.int32), goes_back=not self._is_new)
        self._review.refuse_rows(self._categories, is_refused=True)
        self._is_new = False

    def undo(self) -> None:
        """Take it back."""
        self._review.refuse_rows(self._categories, is_refused=False)
        self._review.apply(self._rows, self._before, goes_back=True)


class ForgetExamples(QUndoCommand):
    """A category loses its examples, in all folders."""

    def __init__(self, review: "Review", category: str, rows: Rows, text: str) -> None:
        super().__init__(text)
        self._review, self._category, self._rows = weakref.proxy(review), category, rows
        self._number = review.next_number()

    def redo(self) -> None:
        """Forget."""
        self._review.forget(self._number, self._category, self._rows)

    def undo(self) -> None:
        """Take it back."""
        self._review.remember(self._number, self._category, self._rows)


class Review(QObject):
    """What keys and menus decide about the chosen photos."""

    refused = Signal(str)  # a sentence why something was not decided

    def __init__(
        self,
        session: Session,
        photos: PhotoModel,
        categories: CategoryModel,
        grid: PhotoGrid,
        stack: QUndoStack,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        categories.photos_dropped.connect(self.put_dropped)
        self.stack = stack
        self._session, self._photos, self._categories, self._grid = session, photos, categories, grid
        self._count = 0

    def next_number(self) -> int:
        """Return a number by which the worker knows an edit that may be undone."""
        self._count += 1
        return self._count

    def assign(self, number: int) -> None:
        """Put the chosen photos into the category at a place of the list, and go on to the next photo."""
        categories = self._categories.categories()
        if number < len(categories):
            self.put(self._grid.chosen_rows(), categories[number].name)

    def put(self, rows: Sequence[int], category: str) -> None:
        """Put photos into a category; those that can't be read stay out."""
        meant = self._readable(rows)
        after = np.full(len(meant), self._photos.table.label_number(category), np.int32)
        self._decide(meant, after, self.tr("put into {name}").format(name=category))

    @Slot(str, object)
    def put_dropped(self, category: str, paths: Sequence[Path]) -> None:
        """Put photos that were dropped on a category there, and say so if some are not in the open folder."""
        rows = self._photos.table.rows_of(paths)
        if len(rows) < len(paths):
            text = self.tr("Not in the open folder, so not put into {name}: {count} of the dropped files.")
            self.refused.emit(text.format(name=category, count=len(paths) - len(rows)))
        self.put(rows, category)

    @Slot()
    def accept(self) -> None:
        """Agree with the best suggestion for each chosen photo, be it unsure."""
        rows = self._readable(self._grid.chosen_rows())
        after = self._photos.table.best_label_numbers(rows)
        self._decide(rows[after >= 0], after[after >= 0], self.tr("accept"))

    @Slot()
    def clear(self) -> None:
        """Take back what was decided about the chosen photos."""
        rows = self._readable(self._grid.chosen_rows())
        rows = rows[self._photos.table.label_numbers(rows) >= 0]
        self._decide(rows, np.full(len(rows), -1, np.int32), self.tr("take back"))

    @Slot()
    def refuse(self) -> None:
        """Say of each chosen photo that it doesn't belong where it is, or where the best suggestion has it."""
        table = self._photos.table
        rows = self._readable(self._grid.chosen_rows())
        of = {row: table.label(row) or table.best(row)[0] for row in rows.tolist()}
        rows = np.array([row for row, category in of.items() if category], np.int64)
        if not len(rows):
            return
        categories = {name: np.array([row for row in rows.tolist() if of[row] == name]) for name in set(of.values())}
        categories.pop("", None)
        following = self._grid.row_after(self._grid.currentIndex().row())
        is_one = rows.tolist() == [self._grid.current_row()]
        self.stack.push(Refuse(self, rows, categories, table.label_numbers(rows), self.tr("not this")))
        if is_one:
            self._grid.choose_next(following, self._grid.currentIndex().row())

    def answer(self, row: int, category: str, is_there: bool) -> None:
        """Say of one photo whether it belongs to a category; what is chosen among the photos stays."""
        rows = np.array([row], np.int64)
        before = self._photos.table.label_numbers(rows)
        if is_there:
            after = np.full(1, self._photos.table.label_number(category), np.int32)
            self.stack.push(Decide(self, rows, before, after, self.tr("put into {name}").format(name=category)))
        else:
            self.stack.push(Refuse(self, rows, {category: rows}, before, self.tr("not this")))

    @Slot(str)
    def forget_examples(self, category: str) -> None:
        """Let a category lose its examples."""
        number = self._photos.table.label_number(category)
        rows = np.flatnonzero(self._photos.table.column("label") == number)
        text = self.tr("forget the examples of {name}").format(name=category)
        self.stack.push(ForgetExamples(self, category, rows, text))

    def refuse_rows(self, categories: Mapping[str, Rows], is_refused: bool) -> None:
        """Have refusals kept, or taken back."""
        for category, rows in categories.items():
            self._session.refuse(rows.tolist(), category, is_refused)

    def forget(self, edit: int, category: str, rows: Rows) -> None:
        """Forget the examples of a category; photos of the open folder lose it."""
        self._photos.set_label_numbers(rows, np.full(len(rows), -1, np.int32), goes_back=True)
        self._session.forget_examples(edit, category)

    def remember(self, edit: int, category: str, rows: Rows) -> None:
        """Give a category its examples back."""
        number = self._photos.table.label_number(category)
        self._photos.set_label_numbers(rows, np.full(len(rows), number, np.int32), goes_back=True)
        self._session.remember_examples(edit)

    def apply(self, rows: Rows, labels: Labels, goes_back: bool) -> None:
        """Show decisions and have them kept; whoever goes back wants to see the photos again.

        What was decided on a photo that is no longer here stays as it is.
        """
        is_here = ~self._photos.table.column("gone")[rows]
        rows, labels = rows[is_here], labels[is_here]
        self._photos.set_label_numbers(rows, labels, goes_back)
        for label in np.unique(labels).tolist():
            self._session.label(rows[labels == label].tolist(), self._photos.table.label_name(label))
        if goes_back:
            self._grid.choose_rows(rows)

    def _readable(self, rows: Sequence[int]) -> Rows:
        meant: Rows = np.asarray(rows, np.int64)
        readable: Rows = meant[self._photos.table.states(is_everywhere=True)[meant] != State.FAILED]
        return readable

    def _decide(self, rows: Rows, after: Labels, text: str) -> None:
        """Decide, and go on to the photo that came next before the decided one went elsewhere."""
        if not len(rows):
            return
        place, last = self._grid.currentIndex().row(), self._grid.current_row()
        following = self._grid.row_after(place)
        before = self._photos.table.label_numbers(rows)
        self.stack.push(Decide(self, rows, before, after, text))
        if rows.tolist() == [last]:
            self._grid.choose_next(following, place)
        elif not self._photos.place_of(last).isValid():
            self._grid.choose_next(-1, place)
