"""What the worker keeps beside photos: named sets of categories, and the names under which decisions are kept."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.errors import ClipsorterError
from clipsorter.library.decisions import CategorySet, Decisions
from clipsorter.ui.news import failure_of

_Result = TypeVar("_Result")


class Records(QObject):
    """Lives in the worker's thread, and shares its decisions; slots are called through queued connections only."""

    sets_ready = Signal(object)  # names to texts of categories files: dict[str, str], the last saved first
    counted = Signal(object, int)  # old names to new ones, and how many decisions are kept under the old ones
    renaming = Signal()
    renamed = Signal(object)  # old names to new ones
    failed = Signal(object)  # a Failure

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._decisions: Decisions | None = None

    def use(self, decisions: Decisions | None) -> None:
        """Share these decisions, and tell the sets in them; None ends that."""
        self._decisions = decisions
        self._tell_sets()

    @Slot(str, str)
    def save_set(self, name: str, text: str) -> None:
        """Keep a set, in place of one of the same name."""
        self._do(lambda decisions: decisions.save_set(CategorySet(name, text)))
        self._tell_sets()

    @Slot(str)
    def delete_set(self, name: str) -> None:
        """Forget a set."""
        self._do(lambda decisions: decisions.delete_set(name))
        self._tell_sets()

    @Slot(object)
    def count(self, renames: dict[str, str]) -> None:
        """Tell how much was decided under the old names."""
        if (count := self._do(lambda decisions: decisions.count_labels(list(renames)))) is not None:
            self.counted.emit(renames, count)

    @Slot(object)
    def rename(self, renames: dict[str, str]) -> None:
        """Put what was decided under the new names."""
        self.renaming.emit()
        if self._do(lambda decisions: decisions.rename_categories(renames)) is not None:
            self.renamed.emit(renames)

    def _tell_sets(self) -> None:
        if (sets := self._do(Decisions.sets)) is not None:
            self.sets_ready.emit({each.name: each.text for each in sets})

    def _do(self, act: Callable[[Decisions], _Result]) -> _Result | None:
        """Use the decisions; None is returned where there are none, and what goes wrong is told."""
        try:
            return act(self._decisions) if self._decisions is not None else None
        except ClipsorterError as error:
            self.failed.emit(failure_of(error))
            return None
