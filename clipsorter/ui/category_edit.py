"""One edit of the categories on the window's stack of what can be undone."""

import weakref
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand, QUndoStack

from clipsorter.ui.category_list import Entries

if TYPE_CHECKING:
    from clipsorter.ui.category_model import CategoryModel

_MERGING = 1  # an id of Qt's: commands of another kind have none, and never merge


class EditCategories(QUndoCommand):
    """Replaces the list by another; names that changed are told both ways.

    Edits with the same `key`, such as letters typed into one field, are undone together.
    """

    def __init__(
        self, model: "CategoryModel", after: Entries, text: str, renames: dict[str, str], key: str = ""
    ) -> None:
        super().__init__(text)
        # Weakly: Qt crashes where the collector takes apart a stack that its own commands hold.
        self._model = weakref.ref(model)
        self._before, self._after = model.entries, after
        self._renames, self._key = renames, key
        self._is_done = False

    def again(self) -> "EditCategories":
        """Return the same edit, for another place in a stack: as done before, so that it changes nothing at first."""
        model = self._model()
        assert model is not None  # its stack asks
        edit = EditCategories(model, self._after, self.text(), self._renames)
        edit._before, edit._is_done = self._before, True
        return edit

    def id(self) -> int:
        """Say whether this may merge with the one before."""
        return _MERGING if self._key else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take in what came right after, if it belongs to the same edit."""
        if not isinstance(other, EditCategories) or other._key != self._key:
            return False
        self._after = other._after
        onward = dict(other._renames)
        self._renames = {old: onward.pop(new, new) for old, new in self._renames.items()} | onward
        return True

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
    kept = [command.again() for command in commands if isinstance(command, EditCategories)]
    stack.clear()
    for edit in kept:
        stack.push(edit)
