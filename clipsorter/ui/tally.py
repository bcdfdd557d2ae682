"""How many photos a category has, and how many more only look like it."""

from dataclasses import dataclass

import numpy as np

from clipsorter.ui.photo_table import WORTH_SAYING, Counts, PhotoTable, State


@dataclass(frozen=True, slots=True)
class Tally:
    """Photos by a model that is sure, by you, and those of which the category is the best guess of an unsure model."""

    sure: int = 0
    by_you: int = 0
    unsure: int = 0

    @property
    def count(self) -> int:
        """Return how many belong there."""
        return self.sure + self.by_you

    @property
    def settled(self) -> float | None:
        """Return the share of what looks like the category that belongs there, 0..1; None where nothing does."""
        return self.count / (self.count + self.unsure) if self.count + self.unsure else None

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.sure + other.sure, self.by_you + other.by_you, self.unsure + other.unsure)


def tallies(table: PhotoTable, counts: Counts) -> dict[str, Tally]:
    """Count the photos of each category."""
    best, probability = table.column("best")[:, 0], table.column("probability")[:, 0]
    is_guess = (table.states() == State.UNSURE) & (probability >= WORTH_SAYING)
    unsure = dict(zip(table.names, np.bincount(best[is_guess], minlength=len(table.names)).tolist(), strict=True))
    return {
        name: Tally(count - by_you, by_you, unsure.get(name, 0)) for name, (count, by_you) in counts.categories.items()
    }
