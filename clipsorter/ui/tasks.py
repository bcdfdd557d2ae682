"""What the window asks of the write side, and what it is told of it: plain data, nothing that belongs to a thread."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clipsorter.apply import Run, Where, Wish
from clipsorter.photos.bundle import Bundle
from clipsorter.photos.photo import Photo
from clipsorter.sorting.plan import Plan
from clipsorter.ui.news import Failure


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """Carry out a plan for the photos of `folder`, less the bundles that hold one of the files `unticked`.

    `looked_at` are the photos as they were judged, `rows` their places in the window's table.
    """

    plan: Plan
    folder: Path
    mode: Literal["move", "copy"]
    looked_at: Mapping[Path, Photo]
    rows: Mapping[Path, int]
    unticked: Sequence[Path] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Undo:
    """Take back a run."""

    run: Run


@dataclass(frozen=True, slots=True, eq=False)
class Trash:
    """Put bundles into the trash; `chosen` are those of their files that the user chose."""

    bundles: Sequence[Bundle]
    chosen: Set[Path]
    rows: Mapping[Path, int] = field(default_factory=dict)

    @property
    def photos(self) -> int:
        """Return how many were chosen."""
        return len(self.chosen)

    @property
    def files(self) -> int:
        """Return how many files would go."""
        return sum(len(bundle.files) for bundle in self.bundles)

    @property
    def companions(self) -> int:
        """Return how many files go along that were not chosen."""
        return self.files - self.photos


@dataclass(frozen=True, slots=True, eq=False)
class AddTags:
    """Write keywords into photos of `folder`, or beside them; `model` is the one that judged them."""

    wishes: Sequence[Wish]
    folder: Path
    model: str
    where: Where


@dataclass(frozen=True, slots=True, eq=False)
class RemoveTags:
    """Take away the keywords that the model wrote in a run, whatever happened to the photos since."""

    run: Run


Task = Sort | Undo | Trash | AddTags | RemoveTags


@dataclass(frozen=True, slots=True)
class Pace:
    """How far a task is; `left_s` is None while that can't be told."""

    done: int
    total: int
    rate: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Sums:
    """How photos ended: `photos` = `done` + `unchanged` + `stayed` + `still_open` + `not_begun`; `files` is of done.

    `unchanged` photos had all their keywords, or none of them, already.
    """

    photos: int = 0
    done: int = 0
    files: int = 0
    stayed: int = 0
    still_open: int = 0
    unchanged: int = 0

    @property
    def not_begun(self) -> int:
        """Return how many a cancel left as they were."""
        return self.photos - self.done - self.unchanged - self.stayed - self.still_open


@dataclass(frozen=True, slots=True, eq=False)
class TaskEnd:
    """The end of a task; `stays` are photos that stayed where they were and why, a line each, in full sentences.

    `run` is None where nothing can be undone: no run was begun, or it was an undo itself. `failure` says why it was
    broken off.
    """

    task: Task
    sums: Sums
    stays: Sequence[str] = ()
    notices: Sequence[str] = ()
    run: Run | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Gone:
    """Rows of photos that are no longer where they were."""

    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
