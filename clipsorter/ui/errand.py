"""What the worker does beside looking at photos: an errand says when it is due, and is given turns."""

import time
import weakref
from collections.abc import Generator
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.ui.news import Failure

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_Result = TypeVar("_Result")


def go_on(steps: Generator[object, None, _Result], deadline_s: float) -> _Result | None:
    """Take steps until a point in time of the monotonic clock; return what they lead to, None if that is not yet."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: _Result = end.value
            return result
        if time.monotonic() > deadline_s:
            return None


class Errand(QObject):
    """Lives in the worker's thread; its slots are called through queued connections only."""

    woken = Signal()  # there is something to do
    gave_up = Signal(object)  # Failure: what was asked for won't be done

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._worker: Worker = weakref.proxy(worker)  # whose child this is: a cycle would outlive its thread

    @property
    def is_due(self) -> bool:
        """Tell whether there is something to do, and all that it takes."""
        raise NotImplementedError

    @property
    def is_awaited(self) -> bool:
        """Tell whether somebody waits for an answer that takes a while."""
        return False

    @Slot()
    def drop(self) -> None:
        """Leave what is asked for, and what is under way."""

    def give_up(self, failure: Failure) -> None:
        """Tell whoever waits for an answer why there will be none."""
        if self.is_awaited:
            self.drop()
            self.gave_up.emit(failure)

    def step(self, deadline_s: float) -> None:
        """Do a little, until about a point in time of the monotonic clock; what goes wrong is told by its signals."""
        raise NotImplementedError

    def let_go(self) -> None:
        """Keep nothing of a model that another one takes the place of."""
