"""Where the window tells what an edit of a category would change: in the editor, the list, and the line below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category
from clipsorter.ui.category_list import Entries
from clipsorter.ui.foretold import Foretold
from clipsorter.ui.news import Supposed
from clipsorter.ui.removal_notice import RemovalNotice
from clipsorter.ui.what_if import WhatIf
from clipsorter.ui.what_if_line import WhatIfLine, WhatIfWords

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class EditOutlook(QObject):
    """Asks for what is written in one place, and has it told there."""

    def __init__(self, name: str, window: "MainWindow", words: WhatIfWords) -> None:
        super().__init__(window)
        self._window, self._model, self.words = window, window.categories, words
        self._names: Sequence[str] = ()
        self._what_if = WhatIf(name, window)
        self._what_if.told.connect(self._tell)

    def propose(self, written: Sequence[Category], entries: Entries, old_name: str = "") -> None:
        """Find out what would be with this list, in which these categories are new or changed."""
        self._names = [category.name for category in written]
        renames = {old_name: self._names[0]} if old_name else {}
        asked = [entry.category for entry in entries if entry.category.is_on]
        self._what_if.ask(asked, renames, [prompt for category in written for prompt in category.prompts])

    def stop(self) -> None:
        """Tell nothing: nothing is written that would change something."""
        self._what_if.stop()
        self.words.clear()

    @Slot(object, object)
    def _tell(self, foretold: Foretold, supposed: Supposed) -> None:
        self.words.say(foretold, supposed, self._names, self._window.session.is_busy)


class EditorOutlook(EditOutlook):
    """What the editor's fields would change."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__("editor", window, WhatIfLine(window.photos, window.thumbnails))
        self._editor = window.panel.editor
        self._editor.show_outlook(self.words)
        self._editor.proposed.connect(self._propose)

    @Slot(object)
    def _propose(self, category: Category | None) -> None:
        if category is None:
            self.stop()
        else:
            self.propose([category], self._model.changed(self._editor.path, category), self._editor.path)


class AddingOutlook(EditOutlook):
    """What the categories in the line of the panel would change if they were added."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__("adding", window, WhatIfWords())
        self._panel = window.panel
        self._panel.show_outlook(self.words)
        self._panel.line.textChanged.connect(self._propose)
        self._model.edited.connect(self._propose)

    @Slot()
    def _propose(self) -> None:
        lines = self._panel.written()
        try:
            entries = self._model.added(lines)
        except UsageError:
            entries = self._model.entries  # a name without its end, or one that is there: said when it is added
        if new := entries[len(self._model.entries) :]:
            self.propose([entry.category for entry in new], entries)
        else:
            self.stop()


class RenamingOutlook(EditOutlook):
    """What a name that is edited in the list would change."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__("renaming", window, WhatIfWords())
        window.panel.show_outlook(self.words)
        window.panel.list.typed.connect(self._propose)

    @Slot(str, str)
    def _propose(self, path: str, label: str) -> None:
        try:
            renamed = self._model.renaming(path, label)
        except UsageError:
            renamed = None  # said when it is kept
        if renamed is None or renamed[0].name == path:
            self.stop()
        else:
            self.propose([renamed[0]], renamed[1], path)


class Outlooks(QObject):
    """All places where the window tells what an edit of the categories changes."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.editor, self.adding, self.renaming = EditorOutlook(window), AddingOutlook(window), RenamingOutlook(window)
        self.removal = RemovalNotice(window)

    def close(self) -> None:
        """Ask nothing more."""
        for outlook in (self.editor, self.adding, self.renaming):
            outlook.stop()
