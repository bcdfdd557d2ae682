"""Where a bundle can go: a folder that is really there or can be made, and names in it that nothing else has."""

import string
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from clipsorter.errors import PhotoError, UsageError
from clipsorter.photos.bundle import Bundle, numbered_names
from clipsorter.photos.disk import Kind
from clipsorter.photos.names import name_key
from clipsorter.sorting.folder_name import folder_names

UNDATED = "Undated"


class Disk(Protocol):
    """What is asked of the disk: clipsorter.photos.disk.Disk, or data in a test. All raise PhotoError."""

    def listing(self, folder: Path) -> Mapping[str, Kind]:
        """Return every name in a folder and its kind; nothing if the folder is not there."""

    def size(self, path: Path) -> int:
        """Return the size of a file in bytes."""

    def content(self, path: Path) -> bytes:
        """Return what is equal only for files of the same content."""


@dataclass(frozen=True, slots=True)
class NoFolder:
    """A folder can't be made or used: `f"{path} {detail}"` reads as a sentence."""

    path: Path
    detail: str


@dataclass(frozen=True, slots=True)
class Place:
    """The names that a bundle can have in its folder, in the order of its files, and the number in them, 1 for none."""

    names: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class SameContent:
    """All of a bundle is there already, the leader as `path`, which is on disk or on its way there."""

    path: Path


class DateFolders:
    """The folders of a day, by a pattern of `{year}`, `{month}` and `{day}`; raises UsageError for any other."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        try:
            fields = [field for _, field, *_ in string.Formatter().parse(pattern) if field is not None]
            if not set(fields) <= {"year", "month", "day"}:
                raise ValueError
            self.of(date(2000, 1, 1))
        except (ValueError, KeyError) as error:
            raise UsageError(
                f"“{pattern}” is no pattern for folders: use {{year}}, {{month}} and {{day}}, as in {{year}}/{{month}}."
            ) from error

    @property
    def are_wanted(self) -> bool:
        """Tell whether there is a pattern."""
        return bool(self._pattern.strip())

    def of(self, day: date | None) -> tuple[str, ...]:
        """Return the folders, one within the other; none if there is no pattern."""
        if not self.are_wanted:
            return ()
        if day is None:
            return (UNDATED,)
        return folder_names(self._pattern.format(year=f"{day.year:04}", month=f"{day.month:02}", day=f"{day.day:02}"))


class _Listings:
    """Names in folders by what they are on any disk: those that are there, and those that are planned."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._folders: dict[Path, dict[str, list[tuple[str, Kind]]]] = {}

    def of(self, folder: Path) -> dict[str, list[tuple[str, Kind]]]:
        """Return name and kind of what is in a folder by the key of the name; raise PhotoError."""
        if (names := self._folders.get(folder)) is None:
            names = {}
            for name, kind in sorted(self._disk.listing(folder).items(), key=lambda item: item[0]):
                names.setdefault(name_key(name), []).append((name, kind))
            self._folders[folder] = names
        return names


@dataclass(slots=True)
class _Numbers:
    """What is known of one name in one folder: `first_open` is the least number that may be free."""

    first_open: int = 1
    by_size: dict[int, list[tuple[int, Path]]] = field(default_factory=dict)  # number, who has it


class Targets:
    """The folders and names of one plan below one destination.

    All folders are asked for before the first name, so that no name takes a folder's.
    """

    def __init__(self, destination: Path, disk: Disk) -> None:
        self._destination = destination
        self._disk = disk
        self._listings = _Listings(disk)
        self._chosen: dict[tuple[str, tuple[str, ...]], Path | NoFolder] = {}
        self._folders: dict[tuple[Path, str], Path | NoFolder] = {}
        self._occupants: dict[
            Path, dict[str, Path | None]
        ] = {}  # None: a folder or a link, whose content is no photo's
        self._numbers: dict[tuple[Path, str], _Numbers] = {}

    def folder(self, category: str, below: tuple[str, ...] = ()) -> Path | NoFolder:
        """Return the folder of a category, or the one below it, in the spelling that is there already if one is."""
        if (known := self._chosen.get((category, below))) is not None:
            return known
        found: Path | NoFolder = self._destination
        for name in (*folder_names(category), *below):
            if isinstance(found, NoFolder):
                break
            found = self._child(found, name)
        self._chosen[category, below] = found
        return found

    def _child(self, parent: Path, name: str) -> Path | NoFolder:
        key = (parent, name_key(name))  # of two folders that are twins, one plan fills one
        if (known := self._folders.get(key)) is None:
            known = self._folders[key] = self._find_child(parent, name)
        return known

    def _find_child(self, parent: Path, name: str) -> Path | NoFolder:
        try:
            children = self._listings.of(parent)
        except PhotoError as error:
            return NoFolder(parent, str(error))
        alike = children.setdefault(name_key(name), [])
        folders = [other for other, kind in alike if kind is Kind.FOLDER]
        if alike and not folders:
            return NoFolder(parent / alike[0][0], "is no folder")
        if not folders:
            alike.append((name, Kind.FOLDER))
            folders = [name]
        return parent / (name if name in folders else folders[0])

    def place(self, bundle: Bundle, folder: Path) -> Place | SameContent | NoFolder | None:
        """Take names in a folder for a bundle; None if there is no room for a number in them.

        A number is passed over only if a name is taken. A bundle is there already if all its files are, under one
        number, with the same content.
        """
        try:
            occupants = self._occupants_of(folder)
        except PhotoError as error:
            return NoFolder(folder, str(error))
        names = tuple(path.name for path in bundle.files)
        if not any(name_key(name) in occupants for name in names):
            return self._take(occupants, bundle, Place(names, 1))
        return self._number(bundle, folder, occupants)

    def _number(self, bundle: Bundle, folder: Path, occupants: dict[str, Path | None]) -> Place | SameContent | None:
        second = numbered_names(bundle, 2)
        shape = name_key(second[0]) if second else name_key(bundle.photo.name)
        numbers = self._numbers.setdefault((folder, shape), _Numbers())
        for number, occupant in numbers.by_size.get(self._size(bundle.photo), []):
            if self._is_same(bundle.photo, occupant) and (
                there := self._same(bundle, numbered_names(bundle, number), occupants)
            ):
                return there
        number = numbers.first_open
        while names := numbered_names(bundle, number):
            keys = [name_key(name) for name in names]
            if not any(key in occupants for key in keys):
                return self._take(occupants, bundle, Place(names, number))
            if there := self._same(bundle, names, occupants):
                return there
            if number == numbers.first_open and keys[0] in occupants:
                numbers.first_open += 1
                if (known := occupants[keys[0]]) is not None:
                    numbers.by_size.setdefault(self._size(known), []).append((number, known))
            number += 1
        return None

    def _occupants_of(self, folder: Path) -> dict[str, Path | None]:
        if (occupants := self._occupants.get(folder)) is None:
            occupants = self._occupants[folder] = {
                key: next((folder / name for name, kind in alike if kind is Kind.FILE), None)
                for key, alike in self._listings.of(folder).items()
            }
        return occupants

    def _take(self, occupants: dict[str, Path | None], bundle: Bundle, place: Place) -> Place:
        occupants.update((name_key(name), path) for name, path in zip(place.names, bundle.files, strict=True))
        return place

    def _same(
        self, bundle: Bundle, names: Sequence[str] | None, occupants: dict[str, Path | None]
    ) -> SameContent | None:
        there = [occupants.get(name_key(name)) for name in names or ()]
        found = [path for path in there if path is not None]
        if not names or len(found) < len(there):
            return None
        if all(self._is_same(source, path) for source, path in zip(bundle.files, found, strict=True)):
            return SameContent(found[0])
        return None

    def _is_same(self, source: Path, other: Path) -> bool:
        try:
            return self._disk.size(source) == self._disk.size(other) and (
                self._disk.content(source) == self._disk.content(other)
            )
        except PhotoError:  # what can't be compared is not the same
            return False

    def _size(self, path: Path) -> int:
        try:
            return self._disk.size(path)
        except PhotoError:
            return -1


def link_above(folder: Path, roots: Collection[Path], disk: Disk) -> Path | None:
    """Return the first link on the way from the nearest root down to a folder, None if there is none."""
    above = [root for root in roots if folder.is_relative_to(root)]
    if not above:
        return None
    place = max(above, key=lambda root: len(root.parts))
    for name in folder.relative_to(place).parts:
        try:
            if disk.listing(place).get(name) is Kind.LINK:
                return place / name
        except PhotoError:  # may be walked through without being read
            pass
        place /= name
    return None
