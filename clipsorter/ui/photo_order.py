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

from clipsorter.ui.photo_table import UNPLACED, PhotoTable, State

_FIRST_YEAR, _LAST_YEAR = 1970, 2100  # what lies outside was not written by a clock that was right
_NS = 10**9
_PLACE_BITS = 21
_MOST = 2 ** (63 - _PLACE_BITS) - 1  # as milliseconds, in the year 2109


class Order(Enum):
    """How photos are sorted."""

    FOLDER = auto()
    NAME = auto()
    NAME_BACKWARDS = auto()
    NEWEST = auto()
    OLDEST = auto()
    SUREST = auto()
    LEAST_SURE = auto()
    CATEGORY = auto()


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
            return rows[_order(table.name_ranks()[rows])]
        case Order.NAME_BACKWARDS:
            return rows[_order(_MOST - table.name_ranks()[rows])]
        case Order.NEWEST:
            return rows[_order(_MOST - _milliseconds(table, rows))]
        case Order.OLDEST:
            return rows[_order(_milliseconds(table, rows))]
    share = table.column("probability")[rows]
    states = table.states()[rows]
    is_answered = (states == State.SURE) | (states == State.UNSURE)
    if order is Order.LEAST_SURE:
        certainty = (_lead(share) + (states == State.SURE)) / 2  # what is unsure always comes before what is sure
        return rows[_order(np.where(is_answered, _steps(certainty), _MOST))]
    if order is Order.SUREST:
        return rows[_order(np.where(is_answered, _steps(1 - share[:, 0]), _MOST))]
    rows = rows[_order(_steps(1 - share[:, 0]))]
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


def _order(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of keys from 0 to _MOST in ascending order, equal ones in the order given.

    Places are sorted as part of the keys: NumPy's own stable sort takes six times as long.
    """
    if len(keys) > 1 << _PLACE_BITS:
        return np.argsort(keys, kind="stable")
    return np.sort((keys << _PLACE_BITS) | np.arange(len(keys))) & ((1 << _PLACE_BITS) - 1)


def _milliseconds(table: PhotoTable, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    times: NDArray[np.int64] = table.column("mtime")[rows] // 10**6
    return times.clip(0, _MOST)


def _lead(shares: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return by how much the best answer leads the next, of the shares [N, K], best first, and "none of these".

    What no share has left for others is that of none: a photo that is like nothing asked for is no close decision.
    """
    none = np.maximum(1 - shares.sum(axis=1), 0)
    best = shares[:, 0]
    lead: NDArray[np.float32] = np.where(none > best, none - best, best - np.maximum(shares[:, 1], none))
    return lead


def _steps(share: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return shares from 0 to 1 as whole numbers, finer than they are known."""
    return (share.clip(0, 1) * 2.0**30).astype(np.int64)


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
    here = np.unique(table.column("folder")[~table.column("elsewhere")])
    root = os.path.commonpath([table.folders[number] for number in here.tolist()])

    def describe(number: int, count: int) -> Group:
        folder = table.folders[number]
        name = os.path.relpath(folder, root) if folder != root else Path(folder).name or folder
        return Group(f"folder {folder}", count, name)

    return table.column("folder")[rows].astype(np.int64), describe


_NUMBERED = {Grouping.CATEGORY: _by_category, Grouping.MONTH: _by_month, Grouping.FOLDER: _by_folder}
