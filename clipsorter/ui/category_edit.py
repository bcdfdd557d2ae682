"""One edit of the categories on the window's stack of what can be undone."""

import weakref
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from clipsorter.ui.category_list import Entries

if TYPE_CHECKING:
    from clipsorter.ui.category_model import CategoryModel


class EditCategories(QUndoCommand):
    """Replaces the list by another; names that changed are told both ways."""

    def __init__(self, model: "CategoryModel", after: Entries, text: str, renames: dict[str, str]) -> None:
        super().__init__(text)
        # Weakly: Qt crashes where the collector takes apart a stack that its own commands hold.
        self._model = weakref.ref(model)
        self._before, self._after = model.entries, after
        self._renames = renames
        self._is_done = False

    def again(self) -> "EditCategories":
        """Return the same edit, for another place in a stack: as done before, so that it changes nothing at first."""
        model = self._model()
        assert model is not None  # its stack asks
        edit = EditCategories(model, self._after, self.text(), self._renames)
        edit._before, edit._is_done = self._before, True
        return edit

    def _show(self, entries: Entries, renames: dict[str, str]) -> None:
        if (model := self._model()) is not None:
            model.show_entries(entries, renames)

    def redo(self) -> None:
        """Show the list after the edit."""
        if self._is_done:
            self._is_done = False
            return
        self._show(self._after, self._renames)

    def undo(self) -> None:
        """Show the list before the edit."""
        self._show(self._before, {new: old for old, new in self._renames.items()})


def keep_category_edits(stack: QUndoStack) -> None:
    """Forget all else that could be undone, such as decisions about photos of a folder that is left."""
    commands = [stack.command(number) for number in range(stack.index())]
    parts = [part for command in commands for part in (command, *map(command.child, range(command.childCount())))]
    kept = [part.again() for part in parts if isinstance(part, EditCategories)]
    stack.clear()
    for edit in kept:
        stack.push(edit)
