"""What is known of each photo of a folder, as columns: filters, sorting and counts are arithmetic on arrays.

Qt's own sorting proxy would call Python for every comparison: seconds for 100,000 photos.
"""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import is_within
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_names import PhotoNames

TOP = 5
WORTH_SAYING = 0.1  # a smaller share of an unsure answer means nothing
_FIRST_CAPACITY = 1024


class State(IntEnum):
    """What is said of a photo, and by whom."""

    WAITING = 0
    SURE = 1
    UNSURE = 2
    BY_YOU = 3
    FAILED = 4
    KNOWN = 5  # looked at, but there is no category to judge by
    GONE = 6  # no longer here: moved, or put into the trash


UNPLACED = (State.UNSURE, State.KNOWN, State.WAITING, State.FAILED)  # states without a category, as they are listed


@dataclass(frozen=True, slots=True)
class Filter:
    """Which photos are shown: of one state, of one category and those below it, with a text in their name or a keyword.

    None and "" show all. Beside that only those whose best category has a share of the answer from `least` to `most`,
    and only those that the user put elsewhere than the model had them.
    """

    state: State | None = None
    category: str | None = None
    text: str = ""
    least: float = 0.0
    most: float = 1.0
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Guess:
    """One category's share in the answer to a photo."""

    category: str
    probability: float
    similarity: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many photos there are of each state, and in each category: all, and how many of them by you."""

    total: int
    states: dict[State, int]
    categories: dict[str, tuple[int, int]]
    corrected: int = 0


class PhotoTable:
    """The photos of one folder by row; a row never changes its photo.

    Photos from elsewhere, which a search of everything found, are rows as well: no count of the folder has them.
    """

    def __init__(self) -> None:
        self.photos: list[Photo] = []
        self.reasons: dict[int, str] = {}
        self.names: tuple[str, ...] = ()  # of the categories that the answers count by
        self.question = -1
        self._labels: list[str] = []  # categories that the user named, by number
        self.folders: list[str] = []  # in the order found
        self._folder_numbers: dict[str, int] = {}
        self._file_names = PhotoNames()
        self._grow(_FIRST_CAPACITY)

    def _grow(self, capacity: int) -> None:
        """Make room; columns are replaced, and those that are there are copied."""
        count = len(self.photos)
        kinds = {
            "state": (np.uint8, ()), "best": (np.int16, (TOP,)), "probability": (np.float32, (TOP,)),
            "similarity": (np.float32, (TOP,)), "label": (np.int32, ()), "mtime": (np.int64, ()),
            "folder": (np.int32, ()), "gone": (np.bool_, ()), "elsewhere": (np.bool_, ()),
        }  # fmt: skip
        old = getattr(self, "_columns", {})
        self._columns: dict[str, NDArray[np.generic]] = {}
        for name, (kind, shape) in kinds.items():
            column: NDArray[np.generic] = np.full((capacity, *shape), -1 if name in ("best", "label") else 0, kind)
            if name in old:
                column[:count] = old[name][:count]
            self._columns[name] = column

    def column(self, name: str) -> NDArray[Any]:
        """Return one column for reading, [N] or [N, TOP]."""
        return self._columns[name][: len(self.photos)]

    def take(self, batch: Batch) -> None:
        """Take in what the worker tells; labels that are here already stay, since they are newer."""
        self._add(batch.photos)
        self.column("elsewhere")[np.asarray(batch.elsewhere, np.int64)] = True
        model = self.column("state")
        if batch.is_anew:
            model[model != State.FAILED] = State.WAITING
            self.column("best")[:] = -1
            self.column("probability")[:] = 0
        if len(batch.known):
            rows = np.asarray(batch.known)
            was_unknown = (model[rows] == State.WAITING) | (model[rows] == State.FAILED)  # a file may be back
            model[rows] = np.where(was_unknown, State.KNOWN, model[rows])
        for answers in batch.answers:
            self._take_answers(answers)
        for row, reason in batch.failures.items():
            self.reasons[row] = reason
            model[row] = State.FAILED
        for row, category in batch.labels.items():
            self.set_label([row], category)

    def _add(self, photos: Sequence[Photo]) -> None:
        needed = len(self.photos) + len(photos)
        if needed > len(self._columns["state"]):
            self._grow(max(needed, 2 * len(self._columns["state"])))
        first = len(self.photos)
        self.photos += photos
        self._file_names.add([photo.path.name for photo in photos])
        self.column("mtime")[first:] = [photo.mtime_ns for photo in photos]
        self.column("folder")[first:] = [self._folder_number(str(photo.path)) for photo in photos]

    def _folder_number(self, path: str) -> int:
        folder = os.path.dirname(path)  # noqa: PTH120  a Path for each of 100,000 photos takes too long
        number = self._folder_numbers.setdefault(folder, len(self.folders))
        if number == len(self.folders):
            self.folders.append(folder)
        return number

    def _take_answers(self, answers: Answers) -> None:
        state = self.column("state")
        if answers.question != self.question:
            self.question, self.names = answers.question, ()
            state[(state == State.SURE) | (state == State.UNSURE)] = State.KNOWN
            self.column("best")[:] = -1
            self.column("probability")[:] = 0
        if answers.ranking is None or not len(answers.rows):
            return
        ranking: Ranking = answers.ranking
        self.names = tuple(ranking.names)
        rows, shown = np.asarray(answers.rows), ranking.best.shape[1]
        self.column("best")[rows, :shown] = ranking.best
        self.column("probability")[rows, :shown] = ranking.probability
        self.column("similarity")[rows, :shown] = ranking.similarity
        state[rows] = np.where(ranking.is_sure, State.SURE, State.UNSURE)

    def set_label(self, rows: Sequence[int], category: str | None) -> None:
        """Note a human decision; None takes it back."""
        self.column("label")[np.asarray(rows, np.int64)] = self.label_number(category)

    def label_number(self, category: str | None) -> int:
        """Return the number that stands for a category that the user named, -1 for none; it lasts with the table."""
        if category is None:
            return -1
        if category not in self._labels:
            self._labels.append(category)
        return self._labels.index(category)

    def lose(self, rows: NDArray[np.int64]) -> None:
        """Note that photos are no longer here."""
        self.column("gone")[rows] = True

    def label_names(self) -> list[str]:
        """Return the categories that the user named, by number."""
        return list(self._labels)

    def label_name(self, number: int) -> str | None:
        """Return the category that a number stands for."""
        return self._labels[number] if number >= 0 else None

    def rename_labels(self, renames: Mapping[str, str]) -> None:
        """Count what the user named by old names under new ones, be there such decisions already or not."""
        self._labels = [renames.get(name, name) for name in self._labels]

    def rows_of(self, paths: Collection[Path]) -> list[int]:
        """Return the rows of those of the paths that are photos of this folder."""
        wanted = set(paths)
        named = self._file_names.rows_of([path.name for path in paths])
        return [row for row in named if self.photos[row].path in wanted]

    def set_keywords(self, words: Mapping[int, Sequence[str]]) -> bool:
        """Note the keywords of rows; tell whether a text may be found elsewhere now."""
        return self._file_names.set_keywords(words)

    def label_numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return what the user said of photos, as numbers, int32 [rows]."""
        numbers: NDArray[np.int32] = self.column("label")[rows]
        return numbers

    def set_label_numbers(self, rows: NDArray[np.int64], numbers: NDArray[np.int32]) -> None:
        """Note human decisions on many photos at once."""
        self.column("label")[rows] = numbers

    def best_label_numbers(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the model's best category as the user would name it, -1 where there is none, int32 [rows]."""
        numbers = np.array([self.label_number(name) for name in self.names] + [-1], np.int32)
        best = self.column("best")[rows, 0]
        return numbers[np.where((best >= 0) & (best < len(self.names)), best, len(self.names))]

    def label(self, row: int) -> str | None:
        """Return the category that the user named."""
        return self.label_name(int(self.column("label")[row]))

    def state(self, row: int) -> State:
        """Return what is said of one photo."""
        if self._columns["gone"][row]:
            return State.GONE
        if self._columns["label"][row] >= 0:
            return State.BY_YOU
        return State(int(self._columns["state"][row]))

    def guesses(self, row: int) -> list[Guess]:
        """Return the best categories of the model, best first."""
        found = []
        for column, probability, similarity in zip(
            self._columns["best"][row].tolist(),
            self._columns["probability"][row].tolist(),
            self._columns["similarity"][row].tolist(),
            strict=True,
        ):
            if 0 <= column < len(self.names):
                found.append(Guess(self.names[column], probability, similarity))
        return found

    def best(self, row: int) -> tuple[str, float]:
        """Return the model's best category and its share; "" and 0 without an answer."""
        column = int(self._columns["best"][row, 0])
        if not 0 <= column < len(self.names):
            return "", 0.0
        return self.names[column], float(self._columns["probability"][row, 0])

    def category(self, row: int) -> str | None:
        """Return where the photo belongs: by you, or by a model that is sure."""
        if (label := self.label(row)) is not None:
            return label
        if self._columns["state"][row] != State.SURE:
            return None
        return self.names[int(self._columns["best"][row, 0])]

    def states(self, is_everywhere: bool = False) -> NDArray[np.uint8]:
        """Return the state of each photo, uint8 [N]; unless asked for everywhere, those from elsewhere are gone."""
        states = np.where(self.column("label") >= 0, np.uint8(State.BY_YOU), self.column("state"))
        states[self.column("gone") if is_everywhere else ~self._is_here()] = State.GONE
        return states

    def _is_here(self) -> NDArray[np.bool_]:
        """Tell of each photo whether it is in the folder, bool [N]."""
        is_here: NDArray[np.bool_] = ~(self.column("gone") | self.column("elsewhere"))
        return is_here

    def counts(self, among: NDArray[np.int64] | None = None) -> Counts:
        """Count photos by state and by category: those of the folder, or those among some rows, from wherever."""
        is_here = self._is_here()
        if among is not None:
            is_here[:] = False
            is_here[among] = ~self.column("gone")[among]
        all_states = np.where(is_here, self.states(is_everywhere=True), np.uint8(State.GONE))
        states = np.bincount(all_states, minlength=len(State))
        by_you = np.bincount(self.column("label")[is_here] + 1, minlength=len(self._labels) + 1)[1:]
        is_sure = all_states == State.SURE
        by_model = np.bincount(self.column("best")[is_sure, 0], minlength=len(self.names))
        found = {name: (int(by_model[number]), 0) for number, name in enumerate(self.names)}
        for number, name in enumerate(self._labels):
            count, said = found.get(name, (0, 0))  # after a rename, two numbers may have one name
            found[name] = (count + int(by_you[number]), said + int(by_you[number]))
        corrected = int(np.count_nonzero(self._is_corrected() & is_here))
        return Counts(int(np.count_nonzero(is_here)), {state: int(states[state]) for state in State}, found, corrected)

    def _is_corrected(self) -> NDArray[np.bool_]:
        """Tell of each photo whether the user put it elsewhere than the model's best guess, bool [N]."""
        columns = {name: column for column, name in enumerate(self.names)}
        said = np.array([columns.get(name, -2) for name in self._labels] or [0])
        label, best = self.column("label"), self.column("best")[:, 0]
        is_meant = (label >= 0) & (best >= 0) & ~self.column("gone")
        corrected: NDArray[np.bool_] = is_meant & (said[np.maximum(label, 0)] != best)
        return corrected

    def matching(self, wanted: Filter, is_everywhere: bool = False) -> NDArray[np.bool_]:
        """Tell of each photo whether it is shown, bool [N]; those from elsewhere only if asked for everywhere."""
        states = self.states(is_everywhere)
        mask: NDArray[np.bool_] = states != State.GONE
        if wanted.state is not None:
            mask &= states == wanted.state
        if wanted.category is not None:
            labels, columns = (
                [number for number, name in enumerate(names) if is_within(name, wanted.category)]
                for names in (self._labels, self.names)
            )
            mask &= np.isin(self.column("label"), labels) | (
                (states == State.SURE) & np.isin(self.column("best")[:, 0], columns)
            )
        if wanted.is_corrected:
            mask &= self._is_corrected()
        if wanted.least > 0 or wanted.most < 1:
            share = self.column("probability")[:, 0]
            has_answer = (self.column("best")[:, 0] >= 0) & (states != State.FAILED)
            mask &= has_answer & (share >= wanted.least) & (share <= wanted.most)
        if text := wanted.text.strip():
            mask &= self._file_names.with_text(text)
        return mask

    def name_ranks(self) -> NDArray[np.int64]:
        """Return the place of each photo's name among all names, int64 [N]."""
        return self._file_names.ranks()

    def category_names(self) -> list[str]:
        """Return the categories that photos may be in: those of the question, then others that the user named."""
        return list(dict.fromkeys([*self.names, *self._labels]))

    def category_numbers(self, rows: NDArray[np.int64]) -> NDArray[np.uint16]:
        """Number the category of photos, in the order of `category_names`, uint16 [rows].

        Photos without one come after the last name, by their state: unsure, without a category, waiting, failed.
        """
        places = {name: number for number, name in enumerate(self.category_names())}
        after = np.zeros(len(State), np.uint16)
        for number, state in enumerate(UNPLACED):
            after[state] = len(places) + number
        states, said = self.states(is_everywhere=True)[rows], self.column("label")[rows]
        best = self.column("best")[rows, 0].astype(np.uint16)
        places_said = np.array([places[name] for name in self._labels] or [0], np.uint16)
        numbers = np.where(states == State.SURE, best, after[states])
        return np.where(said >= 0, places_said[np.maximum(said, 0)], numbers)
