"""What sorting would do, file by file, before anything is done: who goes where, who stays, and why."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Protocol

from clipsorter.photos.disk import Kind


class State(Enum):
    """Who says what of a photo."""

    HUMAN = "human"  # the user said which category, or with None that it belongs to none
    MODEL = "model"  # the model is sure
    UNSURE = "unsure"
    FAILED = "failed"
    HIDDEN = "hidden"  # not among what the user looks at


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is said of one photo. `category` is `Name` or `Parent/Child`; `confidence` is the probability, 0..1.

    `detail` is, for a failed one, why: `f"{photo} {detail}"` reads as a sentence.
    """

    photo: Path
    state: State
    category: str | None = None
    confidence: float = 0.0
    detail: str = ""


class Why(Enum):
    """Why a photo stays."""

    UNSURE = "unsure"
    FAILED = "failed"
    HIDDEN = "hidden"
    NO_CATEGORY = "no category"  # the user's word
    DISAGREEMENT = "disagreement"  # the user said two things of the photos of one bundle
    UNTICKED = "unticked"
    ALREADY_THERE = "already there"
    SAME_CONTENT = "same content"  # `other` holds it
    GONE = "gone"
    LINK = "link"  # it, a companion or a folder on the way to it (`other`) is a link, which is not followed
    TWINS = "twins"  # files of one bundle whose names are one name on some disks
    UNREADABLE_FOLDER = "unreadable folder"  # `other`
    NO_FOLDER = "no folder"  # the folder can't be made or used: `other` is there and no real folder, or unreadable
    NO_ROOM = "no room"  # the name is too long for a number


@dataclass(frozen=True, slots=True)
class Staying:
    """A given photo that stays where it is; `f"{photo} {reason}"` reads as a sentence."""

    photo: Path
    why: Why
    other: Path | None = None
    detail: str = ""

    @property
    def reason(self) -> str:
        """Return why, in words."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file, from here to there; the target is free on every kind of disk."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class PlannedBundle:
    """Files that go to one folder together or not at all, the leading photo first.

    `decision` is what was followed, `overruled` what was said differently of other photos of the bundle. `photos`
    are those of the sources that were given; the rest are companions. `number` is 1 where the names are kept, else
    what was added because the name was taken. `is_doubtful` as in Bundle.
    """

    category: str
    decision: Assignment
    files: tuple[PlannedFile, ...]
    photos: tuple[Path, ...]
    overruled: tuple[Assignment, ...] = ()
    number: int = 1
    is_undated: bool = False
    is_doubtful: bool = False

    @property
    def folder(self) -> Path:
        """Return where it goes."""
        return self.files[0].target.parent

    @property
    def reason(self) -> str:
        """Return why, in words."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class SharedFolder:
    """Categories that have one folder, because their names differ only in what a folder's name can't hold."""

    folder: Path
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a plan: `photos` = `planned` + `staying`, all of them photos that were given.

    `files` = `planned` + `companions` are to be moved, in `bundles`; `renamed` of these get a number.
    """

    photos: int
    planned: int
    staying: int
    bundles: int
    companions: int
    files: int
    renamed: int
    by_category: Mapping[str, int]
    by_why: Mapping[Why, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: bundles in the order of their leaders' paths, photos that stay in the order of theirs."""

    destination: Path
    bundles: tuple[PlannedBundle, ...]
    staying: tuple[Staying, ...]
    shared_folders: tuple[SharedFolder, ...] = ()

    @property
    def counts(self) -> Counts:
        """Return the numbers, which add up."""
        planned = sum(len(bundle.photos) for bundle in self.bundles)
        files = sum(len(bundle.files) for bundle in self.bundles)
        by_category: Counter[str] = Counter()
        for bundle in self.bundles:
            by_category[bundle.category] += len(bundle.photos)
        return Counts(
            photos=planned + len(self.staying),
            planned=planned,
            staying=len(self.staying),
            bundles=len(self.bundles),
            companions=files - planned,
            files=files,
            renamed=sum(bundle.number > 1 for bundle in self.bundles),
            by_category=by_category,
            by_why=Counter(stay.why for stay in self.staying),
        )

    def without(self, unticked: Collection[Path]) -> "Plan":
        """Return the plan less the bundles that hold one of these files; their photos stay, all else is as shown."""
        raise NotImplementedError


class Disk(Protocol):
    """What is asked of the disk: clipsorter.photos.disk.Disk, or data in a test. All raise PhotoError."""

    def listing(self, folder: Path) -> Mapping[str, Kind]:
        """Return every name in a folder and its kind; nothing if the folder is not there."""

    def size(self, path: Path) -> int:
        """Return the size of a file in bytes."""

    def content(self, path: Path) -> bytes:
        """Return what is equal only for files of the same content."""


def plan_sorting(
    assignments: Sequence[Assignment],
    destination: Path,
    disk: Disk,
    *,
    roots: Sequence[Path] = (),
    date_folders: str = "",
    taken: Callable[[Path], date | None] = lambda _photo: None,
) -> Plan:
    """Plan `destination/Category[/Child][/date]/name` for each photo that has a category.

    Paths are absolute. `roots` are the folders that were read: a photo that was found through a link below one of
    them stays. `date_folders` is a pattern of `{year}`, `{month}` and `{day}` such as `{year}/{month}`; `taken` gives
    a photo's day, asked only then; photos without one go to `Undated`. Contents are compared only where a name is
    taken. The result depends on nothing but the arguments, not even on the order of the assignments.

    Raises UsageError for a pattern that is none, ValueError for a photo that is given twice.
    """
    raise NotImplementedError
