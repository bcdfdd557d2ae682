"""What an edit of the categories gains and loses: where the model has each photo before it, and where after it.

What a person decided stays where it is, so it is neither gained nor lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.confidence import difference
from clipsorter.ui.news import Supposed
from clipsorter.ui.photo_table import PhotoTable, State

_UNSURE, _APART = -1, -2  # places: in no category, and not for the model to say

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """Where the model has photos: places in `names`, int64 [N], by shares of the answer, float32 [N]."""

    names: Sequence[str]
    place: Places
    share: NDArray[np.float32]


def standing(table: PhotoTable) -> Standing:
    """Return where photos are now."""
    states = table.states()
    place = np.where(states == State.SURE, table.column("best")[:, 0].astype(np.int64), _APART)
    place[(states == State.UNSURE) | (states == State.KNOWN)] = _UNSURE
    return Standing(table.names, place, table.column("probability")[:, 0].copy())


def standing_if(supposed: Supposed, table: PhotoTable) -> Standing:
    """Return where photos would be."""
    place, share = np.full(len(table.photos), _APART, np.int64), np.zeros(len(table.photos), np.float32)
    is_told = supposed.rows < len(place)  # the worker may know of photos that the window was not told of yet
    rows, ranking = supposed.rows[is_told], supposed.ranking
    place[rows] = _UNSURE
    if ranking is not None:
        place[rows] = np.where(ranking.is_sure, ranking.best[:, 0], _UNSURE)[is_told]
        share[rows] = ranking.probability[is_told, 0]
    return Standing(() if ranking is None else ranking.names, place, share)


@dataclass(frozen=True, slots=True)
class Move:
    """A photo that goes elsewhere: from one category, "" for none, to another, with the shares of both answers."""

    row: int
    before: str
    after: str
    share_before: float
    share_after: float


class Foretold:
    """Compares two standings of the same photos; a category that was renamed counts as the same."""

    def __init__(self, before: Standing, after: Standing, renames: Mapping[str, str]) -> None:
        followed = [renames.get(name, name) for name in before.names]
        self._before, self._after = before, after
        self.names = list(dict.fromkeys([*followed, *after.names]))
        size = min(len(before.place), len(after.place))
        is_known = (before.place[:size] != _APART) & (after.place[:size] != _APART)
        self._was = self._placed(before.place[:size], followed, is_known)
        self._will_be = self._placed(after.place[:size], after.names, is_known)

    def _placed(self, place: Places, names: Sequence[str], is_known: NDArray[np.bool_]) -> Places:
        """Return places in the names of both."""
        numbers = np.array([*(self.names.index(name) for name in names), _UNSURE], np.int64)
        placed: Places = np.where(is_known, numbers[np.where(place >= 0, place, len(names))], _UNSURE)
        return placed

    def changes(self) -> dict[str, tuple[int, int]]:
        """Return how many photos each category gains and loses, in their order; of no change nothing is told."""
        found, moved = {}, self._was != self._will_be
        was, will_be = self._was[moved], self._will_be[moved]
        for number, name in enumerate(self.names):
            change = difference(was, will_be, number)
            if len(change.gained) or len(change.lost):
                found[name] = len(change.gained), len(change.lost)
        return found

    def unsure(self) -> int:
        """Return how many photos more are unsure, less than 0 for fewer."""
        return int(np.count_nonzero(self._will_be == _UNSURE) - np.count_nonzero(self._was == _UNSURE))

    def gained(self, category: str, most: int) -> list[Move]:
        """Return photos that a category gains, the most certain first."""
        rows = difference(self._was, self._will_be, self._number(category)).gained
        return self._moves(rows[np.argsort(-self._after.share[rows], kind="stable")][:most])

    def lost(self, category: str, most: int) -> list[Move]:
        """Return photos that a category loses, first those of which it was most certain."""
        rows = difference(self._was, self._will_be, self._number(category)).lost
        return self._moves(rows[np.argsort(-self._before.share[rows], kind="stable")][:most])

    def _number(self, category: str) -> int:
        return self.names.index(category) if category in self.names else len(self.names)

    def _moves(self, rows: NDArray[np.int64]) -> list[Move]:
        names = [*self.names, ""]
        return [
            Move(
                row, names[self._was[row]], names[self._will_be[row]],
                float(self._before.share[row]), float(self._after.share[row]),
            )
            for row in rows.tolist()
        ]  # fmt: skip
