"""How right answers are beside the truth: accuracy, precision and recall of each category, and what is mixed up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.classifier import Ranking


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """N photos with a truth, beside their answers.

    `confusion` int64 [C, C + 1]: rows are the truth, columns the sure answers, the last is unsure. `first` is the
    share whose best guess is right, be it sure or not; `balanced` the mean of that over the categories.
    """

    names: Sequence[str]
    confusion: NDArray[np.int64]
    first: float
    balanced: float

    @property
    def photos(self) -> int:
        """How many photos were measured."""
        return int(self.confusion.sum())

    @property
    def right(self) -> float:
        """The share that is sure and right."""
        return float(np.trace(self.confusion)) / max(1, self.photos)

    @property
    def unsure(self) -> float:
        """The share that is unsure."""
        return float(self.confusion[:, -1].sum()) / max(1, self.photos)

    @property
    def wrong(self) -> float:
        """The share that is sure and wrong."""
        return max(0.0, 1 - self.right - self.unsure) if self.photos else 0.0

    def precision(self, column: int) -> float:
        """Return how many of the sure answers of a category are right, nan if there is none."""
        said = int(self.confusion[:, column].sum())
        return float(self.confusion[column, column]) / said if said else float("nan")

    def recall(self, column: int) -> float:
        """Return how many photos of a category are surely found, nan if there is none."""
        there = int(self.confusion[column].sum())
        return float(self.confusion[column, column]) / there if there else float("nan")


def measure(ranking: Ranking, truth: NDArray[np.int64]) -> Measured:
    """Compare a ranking of N photos with the truth, int64 [N], columns of its names."""
    count, best = len(ranking.names), ranking.best[:, 0]
    confusion = confusion_of(truth, np.where(ranking.is_sure, best, count), count)
    is_right = best == truth
    each = [float(is_right[truth == column].mean()) for column in np.unique(truth)]
    first = float(is_right.mean()) if len(truth) else 0.0
    return Measured(ranking.names, confusion, first, float(np.mean(each)) if each else 0.0)


def confusion_of(truth: NDArray[np.int64], said: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Count photos by truth and by what is said of them, `count` for unsure: int64 [count, count + 1]."""
    confusion = np.zeros((count, count + 1), np.int64)
    np.add.at(confusion, (truth, said), 1)
    return confusion
