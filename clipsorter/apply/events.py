"""What the write side tells whoever listens."""

from dataclasses import dataclass
from pathlib import Path

from clipsorter.moves.journal import Mode, RunKind
from clipsorter.photos.photo import Photo


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
class Tagged:
    """A photo has its keywords, or, when a tagging is taken back, has them no longer; the journal knows.

    `photo` is the file as it is now; `categories` are those whose keywords it gained or lost, and `files` those that
    were changed, made or removed. `note` is a sentence for the user where keywords went elsewhere than was asked.
    """

    photo: Photo
    categories: tuple[str, ...]
    files: tuple[Path, ...]
    note: str = ""


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
    """The end of a run: `bundles` = `done` + `unchanged` + `stayed` + `still_open` + `not_begun`.

    `files` are those of `done`; `unchanged` photos had all their keywords, or none of them, already. `not_begun` is not
    0 only after a cancel. `notices` are what else the user should know, a sentence each.
    """

    run_id: int
    kind: RunKind
    mode: Mode
    bundles: int
    done: int
    files: int
    stayed: int
    still_open: int
    notices: tuple[str, ...] = ()
    unchanged: int = 0

    @property
    def not_begun(self) -> int:
        return self.bundles - self.done - self.unchanged - self.stayed - self.still_open


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over."""

    report: Report


Event = Begun | Done | Tagged | Stayed | Progress | Finished
