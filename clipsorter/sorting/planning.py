"""Making the plan: a decision for each bundle, a folder for each decision, a free name for each file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clipsorter.errors import PhotoError, UsageError
from clipsorter.photos.bundle import Bundle, bundles_in, families_in
from clipsorter.photos.disk import Kind
from clipsorter.photos.names import name_key
from clipsorter.photos.scan import PHOTO_SUFFIXES
from clipsorter.sorting.plan import (
    Assignment,
    Plan,
    PlannedBundle,
    PlannedFile,
    SharedFolder,
    State,
    Staying,
    Why,
    in_order,
)
from clipsorter.sorting.target import DateFolders, Disk, NoFolder, Place, SameContent, Targets, link_above


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

    Raises UsageError for a pattern that is none and for a destination that is no folder (it need not be there),
    ValueError for a photo that is given twice.
    """
    given = {assignment.photo: assignment for assignment in assignments}
    if len(given) < len(assignments):
        raise ValueError("a photo is given twice")
    try:
        disk.listing(destination)
    except PhotoError as error:
        raise UsageError(f"{destination} can't take photos, because it {error}: choose another folder.") from error
    planning = _Planning(given, Targets(destination, disk), disk, roots)
    planning.decide()
    planning.choose_folders(DateFolders(date_folders), taken)
    bundles = planning.place()
    return Plan(destination, tuple(bundles), in_order(planning.staying), planning.shared_folders())


@dataclass(slots=True)
class _Decided:
    """A bundle on its way through the plan; `members` are what is said of those of its photos that were given."""

    bundle: Bundle
    members: list[Assignment]
    decision: Assignment
    category: str
    folder: Path = Path()
    is_undated: bool = False

    @property
    def photos(self) -> list[Path]:
        return [member.photo for member in self.members]


class _Planning:
    """One plan while it is made: every given photo ends in a planned bundle or in `staying`."""

    def __init__(self, given: Mapping[Path, Assignment], targets: Targets, disk: Disk, roots: Sequence[Path]) -> None:
        self._given = given
        self._targets = targets
        self._disk = disk
        self._roots = roots
        self._decided: list[_Decided] = []
        self._categories: dict[Path, set[str]] = {}
        self._keys: dict[Path, str] = {}
        self.staying: list[Staying] = []

    def decide(self) -> None:
        """Find the bundles of the given photos, and for each of them one decision."""
        by_folder: dict[Path, list[Path]] = {}
        for photo in self._given:
            by_folder.setdefault(photo.parent, []).append(photo)
        for folder, photos in by_folder.items():
            self._decide_folder(folder, photos)
        self._decided.sort(key=lambda each: str(each.bundle.photo))

    def _decide_folder(self, folder: Path, photos: list[Path]) -> None:
        if link := link_above(folder, self._roots, self._disk):
            self._keep(photos, Why.LINK, link)
            return
        try:
            listing = self._disk.listing(folder)
        except PhotoError as error:
            self._keep(photos, Why.UNREADABLE_FOLDER, folder, str(error))
            return
        files = {name for name, kind in listing.items() if kind in {Kind.FILE, Kind.LINK}}
        self._keep((photo for photo in photos if photo.name not in files), Why.GONE)
        for bundle in bundles_in(folder, files, {photo.name for photo in photos} & files):
            if members := [self._given[path] for path in bundle.files if path in self._given]:
                link = next((path for path in bundle.files if listing[path.name] is Kind.LINK), None)
                self._decide_bundle(bundle, members, link)

    def _decide_bundle(self, bundle: Bundle, members: list[Assignment], link: Path | None) -> None:
        """Follow the user's word, else the model where it is surest; keep the bundle if either is missing."""
        photos = [member.photo for member in members]
        words = [member for member in members if member.state is State.HUMAN]
        hidden = next((member for member in members if member.state is State.HIDDEN), None)
        answers = words or [member for member in members if member.state is State.MODEL and member.category]
        if len({word.category for word in words}) > 1:
            for photo in photos:
                self._keep([photo], Why.DISAGREEMENT, next(word.photo for word in words if word.photo != photo))
        elif words and not words[0].category:
            self._keep_beside(photos, words[0].photo, Why.NO_CATEGORY)
        elif hidden and not words:
            self._keep_beside(photos, hidden.photo, Why.HIDDEN)
        elif not answers:
            for member in members:
                why = Why.FAILED if member.state is State.FAILED else Why.UNSURE
                self._keep([member.photo], why, detail=member.detail)
        elif link:
            self._keep(photos, Why.LINK, link)
        elif twins := _twins(bundle):
            self._keep(photos, Why.TWINS, detail=twins)
        else:
            decision = max(answers, key=lambda member: member.confidence)
            self._decided.append(_Decided(bundle, members, decision, decision.category or ""))

    def choose_folders(self, dates: DateFolders, taken: Callable[[Path], date | None]) -> None:
        """Give each bundle its folder, before any gets a name; one that is in its folder already stays."""
        going = []
        for each in self._decided:
            day = self._day(each.bundle, taken) if dates.are_wanted else None
            folder = self._targets.folder(each.category)
            if not isinstance(folder, NoFolder):
                self._categories.setdefault(folder, set()).add(each.category)
                folder = self._targets.folder(each.category, dates.of(day))
            if isinstance(folder, NoFolder):
                self._keep(each.photos, Why.NO_FOLDER, folder.path, folder.detail)
            elif self._key(folder) == self._key(each.bundle.photo.parent):
                self._keep(each.photos, Why.ALREADY_THERE)
            else:
                each.folder = folder
                each.is_undated = dates.are_wanted and day is None
                going.append(each)
        self._decided = going

    def _key(self, folder: Path) -> str:
        """Return what the names of one folder have in common, on any disk."""
        if (key := self._keys.get(folder)) is None:
            key = self._keys[folder] = name_key(str(folder))
        return key

    def _day(self, bundle: Bundle, taken: Callable[[Path], date | None]) -> date | None:
        photos = (path for path in bundle.files if path in self._given or path.suffix.lower() in PHOTO_SUFFIXES)
        return next((day for photo in photos if (day := taken(photo)) is not None), None)

    def place(self) -> list[PlannedBundle]:
        """Give each bundle its names."""
        planned: list[PlannedBundle] = []
        for each in self._decided:
            match self._targets.place(each.bundle, each.folder):
                case Place() as place:
                    planned.append(_planned(each, place))
                case SameContent(path):
                    self._keep(each.photos, Why.SAME_CONTENT, path)
                case NoFolder(path, detail):
                    self._keep(each.photos, Why.NO_FOLDER, path, detail)
                case None:
                    self._keep(each.photos, Why.NO_ROOM)
        return self._with_neighbours(planned)

    def _with_neighbours(self, planned: list[PlannedBundle]) -> list[PlannedBundle]:
        """Say of each bundle what else, by its name, will look like a part of it in its new folder."""
        by_folder: dict[Path, list[PlannedBundle]] = {}
        for bundle in planned:
            by_folder.setdefault(bundle.folder, []).append(bundle)
        beside: dict[Path, Path] = {}  # by the leader's target
        for folder, bundles in by_folder.items():
            own = {file.target.name: number for number, bundle in enumerate(bundles) for file in bundle.files}
            there = [name for name, kind in self._disk.listing(folder).items() if kind is Kind.FILE]
            leaders = {bundle.files[0].target.name for bundle in bundles}
            for family in families_in([*own, *there], leaders):
                for leader in leaders.intersection(family.names):
                    if strangers := [name for name in family.names if own.get(name) != own[leader]]:
                        beside[folder / leader] = folder / strangers[0]
        return [
            replace(bundle, beside=other) if (other := beside.get(bundle.files[0].target)) else bundle
            for bundle in planned
        ]

    def shared_folders(self) -> tuple[SharedFolder, ...]:
        """Return the folders that more than one category has."""
        return tuple(
            SharedFolder(folder, tuple(sorted(categories)))
            for folder, categories in sorted(self._categories.items())
            if len(categories) > 1
        )

    def _keep(self, photos: Iterable[Path], why: Why, other: Path | None = None, detail: str = "") -> None:
        self.staying += [Staying(photo, why, other, detail) for photo in photos]

    def _keep_beside(self, photos: list[Path], decisive: Path, why: Why) -> None:
        for photo in photos:
            if photo == decisive:
                self._keep([photo], why)
            else:
                self._keep([photo], Why.BESIDE, decisive)


def _planned(each: _Decided, place: Place) -> PlannedBundle:
    files = zip(each.bundle.files, place.names, strict=True)
    return PlannedBundle(
        category=each.category,
        decision=each.decision,
        files=tuple(PlannedFile(source, each.folder / name) for source, name in files),
        photos=tuple(each.photos),
        overruled=tuple(member for member in each.members if _would_differ(member, each.category)),
        number=place.number,
        is_undated=each.is_undated,
        is_doubtful=each.bundle.is_doubtful,
    )


def _would_differ(member: Assignment, category: str) -> bool:
    return member.state not in {State.HUMAN, State.MODEL} or member.category != category


def _twins(bundle: Bundle) -> str:
    """Return names of the bundle that are one name on some disks, for the user; empty if there are none."""
    by_key: dict[str, list[str]] = {}
    for path in bundle.files:
        by_key.setdefault(name_key(path.name), []).append(path.name)
    return next((" and ".join(names) for names in by_key.values() if len(names) > 1), "")
