"""In which order photos are shown, and under which headings: arithmetic on the columns of the table."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.ui.photo_table import UNPLACED, Order, PhotoTable, State

_FIRST_YEAR, _LAST_YEAR = 1970, 2100  # what lies outside was not written by a clock that was right
_NS = 10**9


class Grouping(Enum):
    """By what photos are put under headings."""

    NONE = auto()
    CATEGORY = auto()
    MONTH = auto()
    FOLDER = auto()


@dataclass(frozen=True, slots=True)
class Group:
    """Photos under one heading: how many, and by what they belong together.

    `name` is the category, or the folder as seen from what all have in common; `month` is the first day of one.
    A photo without a category has its state instead, one without a date has nothing.
    """

    key: str
    count: int
    name: str = ""
    month: datetime | None = None
    state: State | None = None


def sorted_rows(table: PhotoTable, rows: NDArray[np.int64], order: Order) -> NDArray[np.int64]:
    """Return ascending rows in an order; where it says nothing, in that of the folder. Unanswered ones come last."""
    match order:
        case Order.FOLDER:
            return rows
        case Order.NAME:
            return np.array(sorted(rows.tolist(), key=table.natural.__getitem__), np.int64)
        case Order.NAME_BACKWARDS:
            return np.array(sorted(rows.tolist(), key=table.natural.__getitem__, reverse=True), np.int64)
        case Order.NEWEST:
            return rows[np.argsort(-table.column("mtime")[rows], kind="stable")]
        case Order.OLDEST:
            return rows[np.argsort(table.column("mtime")[rows], kind="stable")]
    share = table.column("probability")[rows]
    states = table.states()[rows]
    is_answered = (states == State.SURE) | (states == State.UNSURE)
    if order is Order.LEAST_SURE:
        return rows[np.argsort(np.where(is_answered, share[:, 0] - share[:, 1], np.float32(2)), kind="stable")]
    if order is Order.SUREST:
        return rows[np.argsort(np.where(is_answered, -share[:, 0], np.float32(1)), kind="stable")]
    rows = rows[np.argsort(-share[:, 0], kind="stable")]
    return rows[np.argsort(table.category_numbers(rows), kind="stable")]


def grouped_rows(
    table: PhotoTable, rows: NDArray[np.int64], grouping: Grouping
) -> tuple[NDArray[np.int64], tuple[Group, ...]]:
    """Return rows with those of a group together, else in the order given, and the groups that have some."""
    if grouping is Grouping.NONE or not len(rows):
        return rows, ()
    numbers, describe = _NUMBERED[grouping](table, rows)
    small = numbers.astype(np.uint16) if numbers.max() < 2**16 else numbers  # NumPy sorts these ten times as fast
    rows = rows[np.argsort(small, kind="stable")]
    counts = np.bincount(numbers)
    return rows, tuple(describe(number, int(counts[number])) for number in np.flatnonzero(counts).tolist())


Numbered = tuple[NDArray[np.int64], Callable[[int, int], Group]]


def _by_category(table: PhotoTable, rows: NDArray[np.int64]) -> Numbered:
    names = table.category_names()

    def describe(number: int, count: int) -> Group:
        if number < len(names):
            return Group(f"category {names[number]}", count, names[number])
        state = UNPLACED[number - len(names)]
        return Group(f"state {state.name}", count, state=state)

    return table.category_numbers(rows).astype(np.int64), describe


def _by_month(table: PhotoTable, rows: NDArray[np.int64]) -> Numbered:
    """Number months from the newest on, by the clock of this machine; 0 is the last one."""
    starts, edges = _months()
    times = table.column("mtime")[rows]
    found = np.searchsorted(edges, times, "right")
    numbers = np.where((times <= 0) | (found == 0), len(starts), len(starts) - found)

    def describe(number: int, count: int) -> Group:
        if number == len(starts):
            return Group("no month", count)
        month = starts[len(starts) - 1 - number]
        return Group(f"month {month:%Y-%m}", count, month=month)

    return numbers, describe


@cache
def _months() -> tuple[list[datetime], NDArray[np.int64]]:
    """Return the first day of each month, and when it begins, in nanoseconds."""
    starts = [datetime(year, month, 1) for year in range(_FIRST_YEAR, _LAST_YEAR) for month in range(1, 13)]
    return starts, np.array([round(start.timestamp()) * _NS for start in starts], np.int64)


def _by_folder(table: PhotoTable, rows: NDArray[np.int64]) -> Numbered:
    root = os.path.commonpath(table.folders)

    def describe(number: int, count: int) -> Group:
        folder = table.folders[number]
        name = os.path.relpath(folder, root) if folder != root else Path(folder).name or folder
        return Group(f"folder {folder}", count, name)

    return table.column("folder")[rows].astype(np.int64), describe


_NUMBERED = {Grouping.CATEGORY: _by_category, Grouping.MONTH: _by_month, Grouping.FOLDER: _by_folder}
