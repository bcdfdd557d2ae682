"""What is known of each photo of a folder, as columns: filters, sorting and counts are arithmetic on arrays.

Qt's own sorting proxy would call Python for every comparison: seconds for 100,000 photos.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.news import Answers, Batch

TOP = 5
_FIRST_CAPACITY = 1024


class State(IntEnum):
    """What is said of a photo, and by whom."""

    WAITING = 0
    SURE = 1
    UNSURE = 2
    BY_YOU = 3
    FAILED = 4
    KNOWN = 5  # looked at, but there is no category to judge by


class Order(Enum):
    """How photos are sorted."""

    FOLDER = auto()
    NEWEST = auto()
    SUREST = auto()
    LEAST_SURE = auto()
    CATEGORY = auto()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which photos are shown: of one state, of one category, with a text in their name; None and "" show all."""

    state: State | None = None
    category: str | None = None
    text: str = ""


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


class PhotoTable:
    """The photos of one folder by row; a row never changes its photo."""

    def __init__(self) -> None:
        self.photos: list[Photo] = []
        self.reasons: dict[int, str] = {}
        self.names: tuple[str, ...] = ()  # of the categories that the answers count by
        self.question = -1
        self._labels: list[str] = []  # categories that the user named, by number
        self._folded: list[str] = []
        self._grow(_FIRST_CAPACITY)

    def _grow(self, capacity: int) -> None:
        """Make room; columns are replaced, and those that are there are copied."""
        count = len(self.photos)
        kinds = {
            "state": (np.uint8, ()), "best": (np.int16, (TOP,)), "probability": (np.float32, (TOP,)),
            "similarity": (np.float32, (TOP,)), "label": (np.int32, ()), "mtime": (np.int64, ()),
        }  # fmt: skip
        old = getattr(self, "_columns", {})
        self._columns: dict[str, NDArray[np.generic]] = {}
        for name, (kind, shape) in kinds.items():
            column = np.full((capacity, *shape), -1 if name in ("best", "label") else 0, kind)
            if name in old:
                column[:count] = old[name][:count]
            self._columns[name] = column

    def _column(self, name: str) -> NDArray[Any]:
        return self._columns[name][: len(self.photos)]

    def take(self, batch: Batch) -> None:
        """Take in what the worker tells; labels that are here already stay, since they are newer."""
        self._add(batch.photos)
        model = self._column("state")
        if len(batch.known):
            rows = np.asarray(batch.known)
            model[rows] = np.where(model[rows] == State.WAITING, State.KNOWN, model[rows])
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
        self._folded += [photo.path.name.casefold() for photo in photos]
        self._column("mtime")[first:] = [photo.mtime_ns for photo in photos]

    def _take_answers(self, answers: Answers) -> None:
        state = self._column("state")
        if answers.question != self.question:
            self.question, self.names = answers.question, ()
            state[(state == State.SURE) | (state == State.UNSURE)] = State.KNOWN
            self._column("best")[:] = -1
            self._column("probability")[:] = 0
        if answers.ranking is None or not len(answers.rows):
            return
        ranking: Ranking = answers.ranking
        self.names = tuple(ranking.names)
        rows, shown = np.asarray(answers.rows), ranking.best.shape[1]
        self._column("best")[rows, :shown] = ranking.best
        self._column("probability")[rows, :shown] = ranking.probability
        self._column("similarity")[rows, :shown] = ranking.similarity
        state[rows] = np.where(ranking.is_sure, State.SURE, State.UNSURE)

    def set_label(self, rows: Sequence[int], category: str | None) -> None:
        """Note a human decision; None takes it back."""
        number = -1
        if category is not None:
            if category not in self._labels:
                self._labels.append(category)
            number = self._labels.index(category)
        self._column("label")[np.asarray(rows, np.int64)] = number

    def label(self, row: int) -> str | None:
        """Return the category that the user named."""
        number = int(self._column("label")[row])
        return self._labels[number] if number >= 0 else None

    def state(self, row: int) -> State:
        """Return what is said of one photo."""
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

    def category(self, row: int) -> str | None:
        """Return where the photo belongs: by you, or by a model that is sure."""
        if (label := self.label(row)) is not None:
            return label
        if self._columns["state"][row] != State.SURE:
            return None
        return self.names[int(self._columns["best"][row, 0])]

    def states(self) -> NDArray[np.uint8]:
        """Return the state of each photo, uint8 [N]."""
        return np.where(self._column("label") >= 0, np.uint8(State.BY_YOU), self._column("state"))

    def counts(self) -> Counts:
        """Count photos by state and by category."""
        states = np.bincount(self.states(), minlength=len(State))
        by_you = np.bincount(self._column("label") + 1, minlength=len(self._labels) + 1)[1:]
        is_sure = self.states() == State.SURE
        by_model = np.bincount(self._column("best")[is_sure, 0], minlength=len(self.names))
        found = {name: (int(by_model[number]), 0) for number, name in enumerate(self.names)}
        for number, name in enumerate(self._labels):
            found[name] = (found.get(name, (0, 0))[0] + int(by_you[number]), int(by_you[number]))
        return Counts(len(self.photos), {state: int(states[state]) for state in State}, found)

    def matching(self, wanted: Filter) -> NDArray[np.bool_]:
        """Tell of each photo whether it is shown, bool [N]."""
        states = self.states()
        mask = np.ones(len(states), bool)
        if wanted.state is not None:
            mask &= states == wanted.state
        if wanted.category is not None:
            number = self._labels.index(wanted.category) if wanted.category in self._labels else -2
            column = self.names.index(wanted.category) if wanted.category in self.names else -2
            mask &= (self._column("label") == number) | (
                (states == State.SURE) & (self._column("best")[:, 0] == column)
            )
        if text := wanted.text.casefold().strip():
            mask &= np.fromiter((text in name for name in self._folded), bool, len(self._folded))
        return mask

    def sorted_rows(self, rows: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
        """Return rows in an order; where it says nothing, in that of the folder. Unanswered ones come last."""
        if order is Order.FOLDER:
            return np.sort(rows)
        if order is Order.NEWEST:
            return rows[np.lexsort((rows, -self._column("mtime")[rows]))]
        states = self.states()[rows]
        is_answered = (states == State.SURE) | (states == State.UNSURE)
        probability = self._column("probability")[rows]
        if order is Order.LEAST_SURE:
            return rows[np.lexsort((rows, probability[:, 0] - probability[:, 1], ~is_answered))]
        if order is Order.SUREST:
            return rows[np.lexsort((rows, -probability[:, 0], ~is_answered))]
        return rows[np.lexsort((rows, -probability[:, 0], self._category_numbers()[rows]))]

    def _category_numbers(self) -> NDArray[np.int64]:
        """Number each photo's category, in the order of the list; those without one come last."""
        places = {name: number for number, name in enumerate(self.names)}
        for label in self._labels:
            places.setdefault(label, len(places))
        last = len(places)
        numbers = np.where(self.states() == State.SURE, self._column("best")[:, 0].astype(np.int64), last)
        said = self._column("label")
        places_said = np.array([places[name] for name in self._labels] or [0])
        return np.where(said >= 0, places_said[np.maximum(said, 0)], numbers)
