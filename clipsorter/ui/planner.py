"""Makes plans beside the window: looking at a hundred thousand names, or into their files, takes its time."""

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.apply import Tag, Wish
from clipsorter.errors import CancelledError, PhotoError, UsageError
from clipsorter.photos.disk import Disk, Kind
from clipsorter.photos.facts import read_facts
from clipsorter.photos.photo import Photo
from clipsorter.sorting import plan as sorting
from clipsorter.sorting.plan import Assignment
from clipsorter.sorting.planning import plan_sorting
from clipsorter.sorting.several import Fit, fits_of, with_word
from clipsorter.ui.news import AllFits, failure_of
from clipsorter.ui.photo_table import PhotoTable, State
from clipsorter.ui.plan_tree import PlanTree
from clipsorter.ui.plan_words import NOT_LOOKED_AT
from clipsorter.ui.turns import stand_back

_TELL_EVERY_S = 0.2


class Judged:
    """What a table says of its photos at one moment, and which of them are meant: bool [N]."""

    def __init__(self, table: PhotoTable, is_meant: NDArray[np.bool_], all_fits: AllFits | None = None) -> None:
        """Take a copy; with `all_fits` a photo may have more categories than the one where it is shown."""
        self.photos = list(table.photos)
        self._all_fits = all_fits
        self._is_meant = is_meant
        self._states = table.states().copy()
        self._best = table.column("best")[:, 0].copy()
        self._probability = table.column("probability")[:, 0].copy()
        self._similarity = table.column("similarity")[:, 0].copy()
        self._labels = table.column("label").copy()
        self._label_names = table.label_names()
        self._names, self._reasons = table.names, dict(table.reasons)

    def is_as_now(self, table: PhotoTable, is_meant: NDArray[np.bool_]) -> bool:
        """Tell whether a table still says the same."""
        pairs = (
            (self._is_meant, is_meant), (self._states, table.states()), (self._best, table.column("best")[:, 0]),
            (self._labels, table.column("label")),
        )  # fmt: skip
        if self._all_fits is not None and self._all_fits.fitting and self._all_fits.question != table.question:
            return False
        if table.label_names()[: len(self._label_names)] != self._label_names:  # decisions went to another name
            return False
        return table.names == self._names and all(np.array_equal(before, now) for before, now in pairs)

    def assignments(self) -> list[Assignment]:
        """Return what is said of each photo, the user's word first; those not meant are hidden."""
        rows = zip(
            self.photos, self._states.tolist(), self._is_meant.tolist(), self._labels.tolist(), self._best.tolist(),
            self._probability.tolist(), strict=True,
        )  # fmt: skip
        found = []
        for row, (photo, state, is_meant, label, best, probability) in enumerate(rows):
            match state:
                case State.GONE:
                    continue
                case _ if not is_meant:
                    said = Assignment(photo.path, sorting.State.HIDDEN)
                case State.BY_YOU:
                    said = Assignment(photo.path, sorting.State.HUMAN, self._label_names[label], 1.0)
                case State.SURE:
                    said = Assignment(photo.path, sorting.State.MODEL, self._names[best], probability)
                case State.FAILED:
                    said = Assignment(photo.path, sorting.State.FAILED, detail=self._reasons.get(row, ""))
                case _:
                    detail = NOT_LOOKED_AT if state == State.WAITING else ""
                    said = Assignment(photo.path, sorting.State.UNSURE, detail=detail)
            found.append(said)
        return found

    def wishes(self, prompts: Mapping[str, str]) -> tuple[list[Wish], Counter[State]]:
        """Return what each photo meant is to have as a keyword, and how many get none, by their state.

        The user's word counts first. `prompts` are the words that the model was asked, by category.
        """
        wishes: list[Wish] = []
        without: Counter[State] = Counter()
        rows = zip(
            self.photos, self._states.tolist(), self._is_meant.tolist(), self._labels.tolist(), self._best.tolist(),
            self._probability.tolist(), self._similarity.tolist(), strict=True,
        )  # fmt: skip
        fits, all_fits = self._fits_by_row(), self._all_fits
        refused, several = (all_fits.refused, all_fits.several) if all_fits is not None else ({}, {})
        for row, (photo, state, is_meant, label, best, probability, similarity) in enumerate(rows):
            if not is_meant or state == State.GONE:
                continue
            has_answer = state in (State.BY_YOU, State.SURE) or row in fits
            if has_answer and not photo.mtime_ns:  # named, but not looked at by the worker yet
                without[State.WAITING] += 1
                continue
            has_guess = state in (State.BY_YOU, State.SURE) and 0 <= best < len(self._names)
            guess = Fit(self._names[best], probability, similarity) if has_guess else None
            found = fits.get(row, ()) if state != State.FAILED else ()
            if state == State.BY_YOU:
                name = self._label_names[label]
                own = guess if guess is not None and guess.category == name else None
                decided = dict.fromkeys((name, *(each for each in several.get(row, ()) if each in self._names)))
                tags = with_word(found, own, decided, refused.get(row, ()))
            else:
                tags = with_word(found, guess if state == State.SURE else None, (), refused.get(row, ()))
            if tags:
                wishes.append(Wish(photo, tuple(_tag(each, prompts) for each in tags)))
            else:
                without[State(state)] += 1
        return wishes, without

    def _fits_by_row(self) -> dict[int, list[Fit]]:
        if self._all_fits is None or self._all_fits.fitting is None:
            return {}
        return dict(zip(self._all_fits.rows, fits_of(self._all_fits.fitting), strict=True))

    def looked_at(self) -> dict[Path, Photo]:
        """Return the photos as they were when they were judged."""
        return {photo.path: photo for photo in self.photos if photo.mtime_ns}

    def rows(self) -> dict[Path, int]:
        """Return the row of each photo."""
        return {photo.path: row for row, photo in enumerate(self.photos)}


def _tag(fit: Fit, prompts: Mapping[str, str]) -> Tag:
    name = fit.category
    return Tag(name, fit.decided_by, fit.probability, fit.similarity, prompts.get(name, name))


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A plan as it is shown, and what is needed to carry it out.

    `unlisted` are categories that the user decided for and that are in the list no more, with their photos.
    """

    tree: PlanTree
    folder: Path
    looked_at: Mapping[Path, Photo]
    rows: Mapping[Path, int]
    free_bytes: int
    is_one_volume: bool  # so that a move needs no room
    unlisted: Mapping[str, int]

    def short_of(self, takes: str) -> tuple[int, int] | None:
        """Return how many bytes the photos take and how many are free, if that is less."""
        needed = self.tree.bytes_going
        is_enough = needed <= self.free_bytes or (takes == "move" and self.is_one_volume)
        return None if is_enough else (needed, self.free_bytes)


class _WatchedDisk(Disk):
    """The disk, as long as the plan is wanted."""

    def __init__(self, check: Callable[[], None]) -> None:
        super().__init__()
        self._check = check

    def listing(self, folder: Path) -> Mapping[str, Kind]:
        """Return every name in a folder and its kind."""
        self._check()
        return super().listing(folder)

    def content(self, path: Path) -> bytes:
        """Return the hash of all of a file."""
        self._check()
        return super().content(path)


class Planner(QObject):
    """Makes the plan that was last asked for, in a thread of its own."""

    dated = Signal(int)  # of how many photos the day was read so far
    planned = Signal(object)  # Planned
    failed = Signal(object)  # Failure

    _made = Signal(int, object)
    _read = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="plan", initializer=stand_back)
        self._cancel = threading.Event()
        self._number = 0
        self.is_busy = False
        self._made.connect(self._take)
        self._read.connect(self._take_reading)

    def ask(
        self, judged: Judged, folder: Path, destination: Path, date_folders: str, *, listed: Set[str],
        may_be_made: bool = True,
    ) -> None:  # fmt: skip
        """Make this plan soon; the one before is no longer wanted. `listed` are the categories that there are.

        Unless it `may_be_made`, a destination that is not there is refused: its drive may not be connected.
        """
        self.drop()
        self.is_busy = True
        self._cancel = cancel = threading.Event()
        wanted = judged, folder, destination, date_folders, listed, may_be_made
        self._thread.submit(self._run, self._number, cancel, *wanted)

    def drop(self) -> None:
        """Want no plan any more."""
        self._cancel.set()
        self._number += 1
        self.is_busy = False

    def close(self) -> None:
        """End the thread."""
        self.drop()
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _run(
        self, number: int, cancel: threading.Event, judged: Judged, folder: Path, destination: Path,
        date_folders: str, listed: Set[str], may_be_made: bool,
    ) -> None:  # fmt: skip
        days, next_tell_s = 0, 0.0

        def check() -> None:
            if cancel.is_set():
                raise CancelledError("The plan is no longer wanted.")

        def day(photo: Path) -> date | None:
            nonlocal days, next_tell_s
            check()
            days += 1
            if time.monotonic() > next_tell_s:
                next_tell_s = time.monotonic() + _TELL_EVERY_S
                self._read.emit(number, days)
            return _day(photo)

        result: Planned | Exception
        try:
            check()
            if not may_be_made and not destination.exists():
                sentence = self.tr(
                    "{folder} is not there: check that its drive is connected, or choose another folder."
                )
                raise UsageError(sentence.format(folder=destination))
            plan = plan_sorting(
                judged.assignments(), destination, _WatchedDisk(check), roots=[folder], date_folders=date_folders,
                taken=day,
            )  # fmt: skip
            check()
            looked_at = judged.looked_at()
            tree, rows = PlanTree(plan, looked_at), judged.rows()
            result = Planned(tree, folder, looked_at, rows, *_room(folder, destination), _unlisted(plan, listed))
        except CancelledError:
            return
        except Exception as error:  # the border of a thread: the window says whatever it is
            result = error
        with suppress(RuntimeError):  # the window is gone
            self._made.emit(number, result)

    @Slot(int, object)
    def _take(self, number: int, result: Planned | Exception) -> None:
        if number != self._number:
            return
        self.is_busy = False
        if isinstance(result, Exception):
            self.failed.emit(failure_of(result))
        else:
            self.planned.emit(result)

    @Slot(int, int)
    def _take_reading(self, number: int, days: int) -> None:
        if number == self._number:
            self.dated.emit(days)


def _unlisted(plan: sorting.Plan, listed: Set[str]) -> Mapping[str, int]:
    """Count the photos of categories that aren't there any more, and that only a decision of the user still names."""
    found: Counter[str] = Counter()
    for bundle in plan.bundles:
        if bundle.decision.state is sorting.State.HUMAN and bundle.category not in listed:
            found[bundle.category] += len(bundle.photos)
    return found


def _room(folder: Path, destination: Path) -> tuple[int, bool]:
    """Return the free bytes where the destination is or will be, and whether that is on the volume of the folder."""
    try:
        nearest = next(each for each in (destination, *destination.parents) if each.exists())
        return shutil.disk_usage(nearest).free, nearest.stat().st_dev == folder.stat().st_dev
    except (OSError, StopIteration):  # what can't be told is no reason to warn
        return 2**63 - 1, False


def _day(photo: Path) -> date | None:
    """Return the day on which a photo was taken, None if it doesn't say."""
    try:
        taken = read_facts(photo).taken_local
    except PhotoError:
        return None
    return taken.date() if taken else None
