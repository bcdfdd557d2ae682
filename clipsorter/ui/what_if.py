"""Asks what an edit would change, while it is written, and again when more photos or answers are there."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clipsorter.sorting.category import Category
from clipsorter.ui.foretold import Foretold, standing, standing_if
from clipsorter.ui.news import Supposed
from clipsorter.ui.turns import undisturbed

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_TYPING_MS = 150
_AGAIN_MS = 1500  # while photos come in: each time, all so far are judged


class WhatIf(QObject):
    """One asker of the worker; of what it asked, only the newest is told, and only while it still holds."""

    told = Signal(object, object)  # Foretold, and what it comes from: Supposed
    _asked = Signal(str, int, object, object)
    _done = Signal(str)

    def __init__(self, name: str, window: "MainWindow") -> None:
        super().__init__(window)
        self._name, self._window = name, window
        self._number = 0
        self._table = window.photos.table
        self._edit: tuple[Sequence[Category], Mapping[str, str], Sequence[str]] | None = None
        self._typing, self._again = QTimer(self), QTimer(self)
        for timer in (self._typing, self._again):
            timer.setSingleShot(True)
            timer.timeout.connect(self._ask)
        supposer = window.session.worker.supposer
        self._asked.connect(supposer.suppose)
        self._done.connect(supposer.forget)
        supposer.supposed.connect(self._take)
        window.photos.counted.connect(self._ask_again)
        window.session.ended.connect(self._ask)

    def ask(self, categories: Sequence[Category], renames: Mapping[str, str], words: Sequence[str]) -> None:
        """Find out soon what would be by these categories, and which of the words the model knows."""
        self._number += 1  # what is on its way is about an earlier letter
        self._edit = categories, renames, words
        self._typing.start(_TYPING_MS)

    def stop(self) -> None:
        """Ask nothing more."""
        if self._edit is None:
            return
        self._edit = None
        self._number += 1
        self._typing.stop()
        self._again.stop()
        self._done.emit(self._name)

    @Slot()
    def _ask_again(self) -> None:
        """Judge anew what has changed meanwhile, but not with each photo."""
        if self._edit is not None and not self._typing.isActive() and not self._again.isActive():
            self._again.start(_AGAIN_MS if self._window.session.is_busy else _TYPING_MS)

    @Slot()
    def _ask(self) -> None:
        if self._edit is None:
            return
        categories, _, words = self._edit
        self._number += 1
        self._table = self._window.photos.table
        self._again.stop()
        self._asked.emit(self._name, self._number, tuple(categories), tuple(words))

    @Slot(object)
    @undisturbed
    def _take(self, supposed: Supposed) -> None:
        if supposed.asker != self._name or supposed.number != self._number or self._edit is None:
            return
        table = self._window.photos.table
        if table is not self._table:  # of a folder that was left
            return
        self.told.emit(Foretold(standing(table), standing_if(supposed, table), self._edit[1]), supposed)
