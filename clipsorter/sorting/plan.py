"""What sorting would do, file by file, before anything is done: who goes where, who stays, and why."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path


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
    BESIDE = "beside"  # `other`, a photo of the same bundle, stays by the user's word or is hidden
    UNTICKED = "unticked"
    ALREADY_THERE = "already there"
    SAME_CONTENT = "same content"  # `other` holds it
    GONE = "gone"
    LINK = "link"  # it, a companion or a folder on the way to it (`other`) is a link, which is not followed
    TWINS = "twins"  # `detail` names files of its bundle whose names are one on some disks
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
        if self.why is Why.FAILED and not self.detail:
            return "can't be read"
        return _WHY[self.why].format(other=self.other, detail=self.detail)


_WHY = {
    Why.UNSURE: "stays: no category fits well enough",
    Why.FAILED: "{detail}",
    Why.HIDDEN: "stays: it is not among the photos shown",
    Why.NO_CATEGORY: "stays: you said that no category fits",
    Why.DISAGREEMENT: "stays: you gave it and {other}, which belong together, two categories",
    Why.BESIDE: "stays: {other} belongs to it and stays",
    Why.UNTICKED: "stays: you took it out of the plan",
    Why.ALREADY_THERE: "is in its place already",
    Why.SAME_CONTENT: "stays: {other} has the same content",
    Why.GONE: "is not there any more",
    Why.LINK: "stays: {other} is a link, and links are not followed",
    Why.TWINS: "stays: {detail} belong together, but on some disks their names would be one",
    Why.UNREADABLE_FOLDER: "stays: what belongs to it can't be told, because {other} {detail}",
    Why.NO_FOLDER: "stays: its folder can't be used, because {other} {detail}",
    Why.NO_ROOM: "stays: its name is taken, and too long for a number",
}


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
    what was added because the name was taken. `is_doubtful` as in Bundle. `beside` is a file of the same folder, there
    already or planned, that will look like a part of this bundle: an A.JPG from elsewhere beside A.NEF.
    """

    category: str
    decision: Assignment
    files: tuple[PlannedFile, ...]
    photos: tuple[Path, ...]
    overruled: tuple[Assignment, ...] = ()
    number: int = 1
    is_undated: bool = False
    is_doubtful: bool = False
    beside: Path | None = None

    @property
    def folder(self) -> Path:
        """Return where it goes."""
        return self.files[0].target.parent

    @property
    def reason(self) -> str:
        """Return why, in words."""
        words = [_said(self.decision)]
        if self.decision.photo != self.files[0].source:
            words[0] += f", of {self.decision.photo.name}"
        words += [f"{other.photo.name} alone: {_said(other, with_category=True)}" for other in self.overruled]
        if self.number > 1:
            words.append(f"renamed ({self.number}): the name was taken")
        if self.is_undated:
            words.append("no date")
        if self.is_doubtful:
            words.append("kept together: the names don't tell what belongs to which photo")
        if self.beside:
            words.append(f"beside {self.beside.name} it will look like one picture with it")
        return "; ".join(words)


def _said(assignment: Assignment, *, with_category: bool = False) -> str:
    match assignment.state:
        case State.HUMAN:
            said = "your decision"
        case State.MODEL:
            said = f"{assignment.confidence:.0%}"
        case state:
            return str(state.value)
    return f"{assignment.category or 'no category'} ({said})" if with_category else said


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
        files = frozenset(unticked)
        bundles, staying = [], list(self.staying)
        for bundle in self.bundles:
            if any(file.source in files for file in bundle.files):
                staying += [Staying(photo, Why.UNTICKED) for photo in bundle.photos]
            else:
                bundles.append(bundle)
        return replace(self, bundles=tuple(bundles), staying=in_order(staying))


def in_order(staying: Iterable[Staying]) -> tuple[Staying, ...]:
    """Return what stays as a plan tells it."""
    return tuple(sorted(staying, key=lambda stay: str(stay.photo)))
