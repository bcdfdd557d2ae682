"""What the write side tells whoever listens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True, slots=True)
class Begun:
    """A run has its number in the journal, and so many bundles before it."""

    run_id: int
    bundles: int


@dataclass(frozen=True, slots=True)
class Done:
    """A bundle is where it should be; the journal knows. Each file with its source and its target, leader first."""

    files: tuple[tuple[Path, Path], ...]
    category: str


@dataclass(frozen=True, slots=True)
class Stayed:
    """A bundle is as it was before; `f"{photo} stayed where it was: {reason}"` reads as a sentence.

    `is_open` tells that even this could not be brought about yet: part of it may lie at either place or under a name
    that begins with `.clipsorter-`, none of it is lost, and the next start goes on with it.
    """

    photo: Path
    reason: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is, in bundles."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Report:
    """The end of a run: `bundles` = `done` + `stayed` + `still_open` + `not_begun`; `files` are those of `done`.

    `not_begun` is not 0 only after a cancel. `notices` are what else the user should know, a sentence each.
    """

    run_id: int
    kind: Literal["sort", "undo"]
    mode: Literal["move", "copy"]
    bundles: int
    done: int
    files: int
    stayed: int
    still_open: int
    notices: tuple[str, ...] = ()

    @property
    def not_begun(self) -> int:
        return self.bundles - self.done - self.stayed - self.still_open


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over."""

    report: Report


Event = Begun | Done | Stayed | Progress | Finished
