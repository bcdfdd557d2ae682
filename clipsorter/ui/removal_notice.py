"""Says where the photos of a category went that was deleted or switched off in the list, and offers to undo it.

Such an edit counts at once: it is one key, it loses nothing that was decided, and one key takes it back.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Slot
from PySide6.QtGui import QAction

from clipsorter.ui.change_words import ChangeWords
from clipsorter.ui.foretold import Foretold, Standing, standing

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class RemovalNotice(QObject):
    """Compares where photos were before an edit with where they are as soon as all are judged anew."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._says = window, ChangeWords(self)
        self._asked: set[str] = set()  # names of the categories that are looked for
        self._before: tuple[Standing, int, list[str]] | None = None
        self.undo = QAction(self.tr("Undo"), self)
        self.undo.triggered.connect(window.undo_stack.undo)
        window.categories.edited.connect(self._take_edit)
        window.photos.counted.connect(self._tell)
        window.undo_stack.indexChanged.connect(self._withdraw)

    @Slot()
    def _take_edit(self) -> None:
        """Remember where photos are, if all that the edit does is to take something out."""
        before, self._asked = self._asked, {category.name for category in self._window.categories.categories()}
        table, removed = self._window.photos.table, sorted(before - self._asked)
        self._before = (standing(table), table.question, removed) if self._asked < before else None

    @Slot()
    def _withdraw(self) -> None:
        self._window.notices.withdraw(self.undo)

    @Slot()
    def _tell(self) -> None:
        table = self._window.photos.table
        if self._before is None or table.question <= self._before[1]:
            return
        (before, _, removed), self._before = self._before, None
        if self._window.undo_stack.canRedo():  # it was an undo: whoever asks for that knows
            return
        foretold = Foretold(before, standing(table), {})
        changes = foretold.changes()
        if not (count := sum(changes.pop(name, (0, 0))[1] for name in removed)):
            return
        text = self.tr("No longer looked for: {names} (photos: {count}). Elsewhere: {changes}.")
        others = self._says.others(changes, foretold.unsure())
        if not self._asked:
            text, others = self.tr("No longer looked for: {names}. Nothing is asked of the photos now."), ""
        names = self._says.quoted(removed)
        self._window.notices.tell(text.format(names=names, count=QLocale().toString(count), changes=others), self.undo)
