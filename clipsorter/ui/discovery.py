"""Proposes categories from what the photos of a folder show, before their user has written one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from clipsorter.sorting.category import is_within

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class Discovery(QObject):
    """Has the worker group the photos, and adds the words for the groups as categories, which can be undone."""

    _asked = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.action = QAction(self.tr("&Propose from the photos"), self)
        self.action.setToolTip(self.tr("Group the photos of this folder, and name each group by an everyday word"))
        self.action.triggered.connect(self._asked)
        window.category_menu.menu.addSeparator()
        window.category_menu.menu.addAction(self.action)
        searcher = window.session.worker.searcher
        self._asked.connect(searcher.ask_groups)
        searcher.grouped.connect(self._take_names)

    @Slot(object)
    def _take_names(self, names: list[str]) -> None:
        """Add what is not there yet."""
        known = [category.name for category in self._window.categories.categories()]
        new = [name for name in names if not any(is_within(name, other) for other in known)]
        notices = self._window.notices
        if not names:
            notices.say(self.tr("No photo is looked at yet, so nothing can be proposed."))
        elif not new:
            notices.say(self.tr("The photos show nothing that your categories do not name already."))
        elif self._window.categories.add(new):
            notices.say(
                self.tr(
                    "From what the photos show, categories were added: {names}. Undo (Ctrl+Z) takes them back."
                ).format(names=", ".join(new))
            )
