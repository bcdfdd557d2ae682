"""Proposes categories from what the photos of a folder show, before their user has written one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtGui import QAction

from clipsorter.sorting.category import Category, format_category
from clipsorter.ui.discovery_dialog import DiscoveryDialog
from clipsorter.ui.group_card import GroupCard
from clipsorter.ui.news import Failure, Grouped
from clipsorter.ui.photo_table import State

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_ENOUGH = 8  # photos that were looked at, before a newcomer is led here


class Discovery(QObject):
    """Has the worker group the photos, shows the groups, and makes categories of them, which can be undone."""

    _asked = Signal(int, int)
    _dropped = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._number = 0
        self.dialog: DiscoveryDialog | None = None
        self.action = QAction(self.tr("&Propose from the photos …"), self)
        self.action.setToolTip(self.tr("Group the photos of this folder, and name each group by an everyday word"))
        self.action.triggered.connect(self.show)
        window.category_menu.add_to_menu(self.action)
        window.panel.start.offer_proposal(self.action)
        grouper = window.session.worker.grouper
        self._asked.connect(grouper.ask)
        self._dropped.connect(grouper.drop)
        grouper.paced.connect(self._take_pace)
        grouper.grouped.connect(self._take_groups)
        grouper.gave_up.connect(self._take_failure)
        window.categories.edited.connect(self._settle)

    def settle(self) -> None:
        """Enable what can be done now: without a model, all would wait for ever."""
        is_possible = not self._window.session.lacks_model
        self.action.setEnabled(is_possible)
        looked_at = int(np.count_nonzero(self._window.photos.table.states() == State.KNOWN))
        self._window.panel.start.propose.setEnabled(is_possible and looked_at >= _ENOUGH)

    @Slot()
    def show(self) -> None:
        """Group the photos that are looked at by now, and show what is found."""
        if self.dialog is None:
            self.dialog = DiscoveryDialog(self._window.thumbnails, self._window)
            self.dialog.addAction(self._window.actions_.undo)
            self.dialog.count_changed.connect(self._ask)
            self.dialog.making_asked.connect(self._make)
            self.dialog.showing_asked.connect(self._show_photos)
        self._ask()
        self.dialog.show()
        self.dialog.activateWindow()

    def leave(self) -> None:
        """Close the dialog: its photos are no longer those of the window."""
        self._number += 1
        self._dropped.emit()
        if self.dialog is not None:
            self.dialog.close()
            self.dialog.deleteLater()
            self.dialog = None

    @Slot()
    def _ask(self) -> None:
        if self.dialog is not None:
            self._number += 1
            self.dialog.show_pace(0)
            if self._window.session.is_loading:
                self.dialog.work.show_wait()
            self._asked.emit(self._number, self.dialog.wanted_count)

    @Slot(int, float)
    def _take_pace(self, number: int, done: float) -> None:
        if self.dialog is not None and number == self._number:
            self.dialog.show_pace(done)

    @Slot(object)
    def _take_groups(self, grouped: Grouped) -> None:
        if self.dialog is not None and grouped.number == self._number:
            photos = self._window.photos.table.photos
            self.dialog.show_groups(grouped.groups, grouped.photos, photos, self._names())

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if self.dialog is not None:
            self.dialog.show_failure(failure.sentence)

    @Slot()
    def _settle(self) -> None:
        if self.dialog is not None:
            self.dialog.show_known(self._names())

    def _names(self) -> list[str]:
        return [category.name for category in self._window.categories.categories()]

    @Slot(object)
    def _show_photos(self, card: GroupCard) -> None:
        count = QLocale().toString(len(card.rows))
        said = self.tr("Photos that look alike, the most typical first: {count}").format(count=count)
        self._window.search.show_rows(said, card.rows)

    @Slot(object)
    def _make(self, cards: Sequence[GroupCard]) -> None:
        """Add categories for groups, and teach those with a name of the user's own; one step to undo."""
        stack, known = self._window.undo_stack, set(self._names())
        names = dict.fromkeys(card.name for card in cards)
        text = self.tr("make {names}").format(names=", ".join(names))
        stack.beginMacro(text)
        new = [format_category(Category(name)) for name in names if name not in known]
        is_added = not new or self._window.categories.add(new)
        if is_added:
            for card in cards:
                if card.is_own:
                    self._window.review.put(card.rows[: card.shown_count].tolist(), card.name)
        stack.endMacro()
        if not is_added:  # why is said in the window
            stack.command(stack.index() - 1).setObsolete(True)
            stack.undo()
        elif self.dialog is not None:
            self.dialog.show_made(cards)
