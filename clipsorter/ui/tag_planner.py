"""Looks beside the window into photos and sidecars for what each would gain: reading a thousand files takes a while."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.apply import Foreseen, Where, Wish, foresee
from clipsorter.ui.news import failure_of
from clipsorter.ui.photo_table import State
from clipsorter.ui.planner import Judged
from clipsorter.ui.turns import stand_back

_TELL_EVERY_S = 0.2


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The tags that photos are to have, and how many photos get none, by their state.

    `several` photos are to have more than one.
    """

    wishes: Sequence[Wish]
    without: Mapping[State, int]
    several: int = 0


class TagPlanner(QObject):
    """Works out what was last asked for, in a thread of its own, what is on the screen first."""

    listed = Signal(object)  # Wanted
    foreseen = Signal(object)  # by their place among the wishes: dict[int, Foreseen]
    failed = Signal(object)  # Failure

    _told = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="tags", initializer=stand_back)
        self._cancel = threading.Event()
        self._number = 0
        self._first, self._last = 0, 0
        self._told.connect(self._take)

    def ask(self, judged: Judged, prompts: Mapping[str, str], where: Where) -> None:
        """Work this out soon; what was asked before is no longer wanted."""
        self.drop()
        self._first = self._last = 0
        self._cancel = cancel = threading.Event()
        self._thread.submit(self._run, self._number, cancel, judged, prompts, where)

    def look_first_at(self, first: int, last: int) -> None:
        """Take the wishes from `first` to before `last` next."""
        self._first, self._last = first, last

    def drop(self) -> None:
        """Want nothing any more."""
        self._cancel.set()
        self._number += 1

    def close(self) -> None:
        """End the thread."""
        self.drop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(
        self, number: int, cancel: threading.Event, judged: Judged, prompts: Mapping[str, str], where: Where
    ) -> None:
        try:
            if cancel.is_set():
                return
            wishes, without = judged.wishes(prompts)
            self._tell(number, Wanted(wishes, Counter(without), sum(len(wish.tags) > 1 for wish in wishes)))
            gains: dict[int, Foreseen] = {}
            next_tell_s = time.monotonic() + _TELL_EVERY_S
            for place in self._places(len(wishes)):
                if cancel.is_set():
                    return
                (gains[place],) = foresee([wishes[place]], where)
                if time.monotonic() > next_tell_s:
                    next_tell_s = time.monotonic() + _TELL_EVERY_S
                    self._tell(number, gains)
                    gains = {}
            self._tell(number, gains)
        except Exception as error:  # the border of a thread: the window says whatever it is
            self._tell(number, error)

    def _places(self, count: int) -> Iterator[int]:
        """Yield every place once, those on the screen first."""
        left = bytearray(b"\1" * count)
        following = 0
        while True:
            place = left.find(1, self._first, self._last)
            if place < 0:
                place = following = left.find(1, following)
            if place < 0:
                return
            left[place] = 0
            yield place

    def _tell(self, number: int, news: Wanted | dict[int, Foreseen] | Exception) -> None:
        with suppress(RuntimeError):  # the window is gone
            self._told.emit(number, news)

    @Slot(int, object)
    def _take(self, number: int, news: Wanted | dict[int, Foreseen] | Exception) -> None:
        if number != self._number:
            return
        match news:
            case Wanted():
                self.listed.emit(news)
            case dict():
                self.foreseen.emit(news)
            case _:
                self.failed.emit(failure_of(news))
