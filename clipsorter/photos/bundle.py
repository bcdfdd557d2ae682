"""Which files are one picture: a photo and what belongs to it move together or not at all.

One picture are the RAW, HEIF and JPEG files of one stem, and the edited versions that telephones export beside them.
Companions follow by name alone, in one folder:

- `A.xmp`, `A.ext.xmp`, and so for .aae .dop .on1 .pp3 .thm .wav; darktable's versions `A_01.ext.xmp`
- Live Photos: `A.mov`, `A.mp4` (as Takeout has them), `A_HEVC.MOV`; Apple's `IMG_E1234` and `IMG_O1234` for `IMG_1234`
- Pixel's motion photos: `A.MP` for `A.MP.jpg`
- Google Takeout: `A.ext.json`, `A.ext.supplemental-metadata.json` cut anywhere, `A.ext(1).json` for `A(1).ext`
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from clipsorter.photos.names import MAX_NAME_BYTES, name_bytes, name_key
from clipsorter.photos.scan import PHOTO_SUFFIXES, RAW_SUFFIXES

_HEIF = frozenset({".heic", ".heics", ".heif", ".heifs", ".hif"})
_JPEG = frozenset({".jpg", ".jpeg", ".jpe", ".jfif"})
_SIDECARS = frozenset({".aae", ".dop", ".on1", ".pp3", ".thm", ".wav", ".xmp"})  # `A.xmp` or `A.ext.xmp`
_FULL_NAME_SIDECARS = _SIDECARS | {".json", ".txt"}  # only `A.ext.json`: `A.json` may be anything
_PIXEL_MOVIES = frozenset({".mp", ".mv"})
_MOVIES = _PIXEL_MOVIES | {".mov", ".mp4"}

_APPLE_EDIT = re.compile(r"(IMG_)[EO](\d{4}(?: \(\d+\))?)", re.IGNORECASE)
_EDIT_MARK = "-(?:edited|bearbeitet|bewerkt|edytowane|modificato|modifié|ha editado|編集済み)"
_TAKEOUT_EDIT = re.compile(rf"(.+){_EDIT_MARK}(\(\d+\))?", re.IGNORECASE)
_NUMBERED_EDIT = re.compile(rf"(.+)({_EDIT_MARK})(\(\d+\))(?=[._])", re.IGNORECASE)
_DARKTABLE_VERSION = re.compile(r"(.+)_\d\d(\.[^.]+)")
_NUMBERED = re.compile(r"(.+)(\(\d+\))")
_TAKEOUT_ENDING = ".supplemental-metadata"
_TAKEOUT_LENGTH = 46  # characters of a name before `.json`; what is longer is cut


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of one folder that move together: the leading photo, then other photos and sidecars, in order.

    The leader is the RAW file if there is one. `is_doubtful` tells that more than one photo could own one of the
    companions, or that two photos may be one picture: they go together, so that nothing is parted, and whoever shows
    the bundle says so.
    """

    photo: Path
    companions: tuple[Path, ...] = ()
    is_doubtful: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """Return all files, the leader first."""
        return (self.photo, *self.companions)


def bundles_in(folder: Path, names: Iterable[str], photos: Collection[str] = ()) -> list[Bundle]:
    """Group the names of one whole folder into bundles, each photo in exactly one, other files in at most one.

    `photos` are names that are photos whatever they look like. Nothing is looked at: the names say it all. Files
    that belong to no photo, and hidden ones, are in no bundle.
    """
    return [
        Bundle(folder / family.photos[0], tuple(folder / name for name in family.names[1:]), family.is_doubtful)
        for family in families_in(names, photos)
    ]


def families_in(names: Iterable[str], photos: Collection[str] = ()) -> list["Family"]:
    """Group names as `bundles_in` does."""
    families, others = _Families(), []
    for name in sorted(names):
        if name in photos or (_suffix(name) in PHOTO_SUFFIXES and not name.startswith(".")):
            families.add(name)
        elif _suffix(name) in _FULL_NAME_SIDECARS | _MOVIES and not name.startswith("."):
            others.append(name)
    families.join_photos()
    for name in families.adopt(others):  # a second time for the sidecars of what was adopted, such as a movie's
        families.adopt([name])
    return families.each()


def numbered_names(bundle: Bundle, number: int) -> tuple[str, ...] | None:
    """Return the names of the bundle's files with ` (number)` after the part that all share, in their order.

    Sidecars still belong to their photo by the new names. What would be too long is shortened before the number;
    None if there is no room. Number 1 gives the names as they are.
    """
    names = [path.name for path in bundle.files]
    if number == 1:
        return tuple(names)
    stem = _stem(names[0])
    if _suffix(stem) in _PIXEL_MOVIES:
        stem = _stem(stem)
    if not all(_head_length(name, stem) for name in names):
        stem = _origin(stem)
    photos = _Index(name for name in names if _suffix(name) != ".json")
    parts: list[tuple[str, str]] = []
    for name in names:
        head, rest = _parts(name, stem, photos)
        while (head, rest) in parts:  # two of Takeout's files in old and new naming
            rest = f"{rest.removesuffix('.json')}.s.json"
        parts.append((head, rest))
    ending = f" ({number})"
    room = MAX_NAME_BYTES - name_bytes(ending)
    if all(name_bytes(head) + name_bytes(rest) <= room for head, rest in parts):
        return tuple(f"{head}{ending}{rest}" for head, rest in parts)
    head = _shortened(parts[0][0], room - max(name_bytes(rest) for _, rest in parts))
    return tuple(f"{head}{ending}{rest}" for _, rest in parts) if head else None


def _suffix(name: str) -> str:
    """Return what pathlib calls the suffix, lower-case, at a tenth of the cost."""
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""


def _stem(name: str) -> str:
    dot = name.rfind(".")
    return name[:dot] if dot > 0 else name


def _origin(stem: str) -> str:
    """Return the stem of the photo that an edited one was made from; its own if it is none."""
    if match := _APPLE_EDIT.fullmatch(stem) or _TAKEOUT_EDIT.fullmatch(stem):
        return match[1] + (match[2] or "")
    return stem


def _rank(name: str) -> int:
    """Return the place of a photo in its bundle: RAW before HEIF before JPEG before what else there is."""
    suffix = _suffix(name)
    return 0 if suffix in RAW_SUFFIXES else 1 if suffix in _HEIF else 2 if suffix in _JPEG else 3


@dataclass(eq=False, slots=True)
class Family:
    """Photos that are one picture, leader first, and their companions."""

    photos: list[str]
    companions: list[str] = field(default_factory=list)
    is_doubtful: bool = False

    @property
    def names(self) -> list[str]:
        """Return all names, the leader first."""
        return [*self.photos, *sorted(self.companions)]


class _Index:
    """Finds files by what other names say of them, as any disk would: the exact name, else its twins."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_key: dict[str, list[str]] = {}
        self._by_cut: dict[str, list[str]] = {}
        self._uncut: list[str] = []  # not in `_by_cut` yet: most folders never ask
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        self._by_key.setdefault(name_key(name), []).append(name)
        self._uncut.append(name)

    def _cut(self, name: str) -> None:
        if len(name) + len(_TAKEOUT_ENDING) > _TAKEOUT_LENGTH:
            numbered = _NUMBERED.fullmatch(_stem(name))
            base, number = (numbered[1] + name[len(_stem(name)) :], numbered[2]) if numbered else (name, "")
            for whole in {name, f"{base}{_TAKEOUT_ENDING}", f"{name}{_TAKEOUT_ENDING}"}:
                tail = "" if whole.startswith(name) else number
                self._by_cut.setdefault(name_key(whole[:_TAKEOUT_LENGTH]) + tail, []).append(name)

    def named(self, name: str) -> list[str]:
        """Return the file of this name; more than one if they are twins, none of them exact."""
        found = self._by_key.get(name_key(name), [])
        return [name] if name in found else found

    def full_name_owners(self, sidecar: str) -> list[str]:
        """Return the files whose whole name the sidecar's begins with."""
        base, suffix = _stem(sidecar), _suffix(sidecar)
        if owners := self.named(base):
            return owners
        if suffix == ".json":
            return self.takeout_owners(base)
        if suffix == ".pp3" and base.lower().endswith(".out"):
            return self.named(base[:-4])
        if suffix == ".xmp" and (version := _DARKTABLE_VERSION.fullmatch(base)):
            return self.named(version[1] + version[2])
        return []

    def plain_takeout_owners(self, base: str) -> list[str]:
        """Return the files that `A.ext` or `A.ext.supplemental-meta`, cut anywhere, is about."""
        owner, dot, ending = base.rpartition(".")
        is_ending = _TAKEOUT_ENDING.startswith((dot + ending).lower())
        return self.named(base) or (self.named(owner) if is_ending else [])

    def takeout_owners(self, base: str) -> list[str]:
        """Return the files that a JSON file of this name without `.json` is about."""
        if owners := self.plain_takeout_owners(base) or self._cut_owners(base, ""):
            return owners
        if not (numbered := _NUMBERED.fullmatch(base)):
            return []
        base, number = numbered[1], numbered[2]
        owner, dot, ending = base.rpartition(".")
        for name in (base, owner if _TAKEOUT_ENDING.startswith((dot + ending).lower()) else ""):
            if owners := self.named(f"{_stem(name)}{number}{name[len(_stem(name)) :]}"):
                return owners
        return self._cut_owners(base, number)

    def _cut_owners(self, base: str, number: str) -> list[str]:
        if len(base) != _TAKEOUT_LENGTH:
            return []
        for name in self._uncut:
            self._cut(name)
        self._uncut.clear()
        return self._by_cut.get(name_key(base) + number, [])


class _Families:
    """The families of one folder while they are found."""

    def __init__(self) -> None:
        self._index = _Index()
        self._of: dict[str, Family] = {}  # of each photo and companion
        self._by_stem: dict[str, list[str]] = {}  # photos by the stem that they stem from

    def add(self, photo: str) -> None:
        """Take a photo in, alone for now."""
        self._index.add(photo)
        self._of[photo] = Family([photo])
        self._by_stem.setdefault(name_key(_origin(_stem(photo))), []).append(photo)

    def join_photos(self) -> None:
        """Make one family of the photos that are one picture."""
        for photos in filter(lambda each: len(each) > 1, self._by_stem.values()):
            edits = [photo for photo in photos if _origin(_stem(photo)) != _stem(photo)]
            originals = [photo for photo in photos if photo not in edits] or edits
            ranks = sorted(_rank(photo) for photo in originals)
            if ranks[0] == 0 or [rank for rank in ranks if rank < 3] == [1, 2]:
                family = self._join([photo for photo in originals if _rank(photo) < 3])
                family.is_doubtful = ranks[0] > 0 or any(ranks.count(rank) > 1 for rank in range(3))
            for edit in edits if originals is not edits else ():
                whole = [photo for photo in originals if _rank(photo) < 3] or originals
                alike = [photo for photo in originals if _suffix(photo) == _suffix(edit)]
                self._adopt_by(edit, whole if len(self._families_of(whole)) == 1 else alike or whole)

    def adopt(self, names: Iterable[str]) -> list[str]:
        """Give each file to the family that it belongs to; return those that belong to none."""
        orphans = []
        for name in names:
            owners = self._owners(name)
            if owners:
                self._adopt_by(name, owners)
                self._index.add(name)
            else:
                orphans.append(name)
        return orphans

    def each(self) -> list[Family]:
        """Return the families in the order of their leaders' names."""
        for family in (families := list(dict.fromkeys(self._of.values()))):
            family.photos.sort(key=lambda name: (_rank(name), _origin(_stem(name)) != _stem(name), name))
        return sorted(families, key=lambda family: family.photos[0])

    def _owners(self, name: str) -> list[str]:
        suffix, stem = _suffix(name), _stem(name)
        if suffix in _FULL_NAME_SIDECARS and (owners := self._index.full_name_owners(name)):
            return owners
        if suffix == ".mov" and stem.lower().endswith("_hevc"):
            stem = stem[: -len("_hevc")]
        elif suffix not in _SIDECARS | _MOVIES:
            return []
        photos = self._by_stem.get(name_key(name), []) if suffix in _PIXEL_MOVIES else []
        photos = photos or self._by_stem.get(name_key(_origin(stem)), [])
        if suffix in _MOVIES:
            photos = [photo for photo in photos if _rank(photo) < 3]
        if raws := [photo for photo in photos if _rank(photo) == 0]:
            return raws  # a shared sidecar goes with the RAW file
        return [photo for photo in photos if _stem(photo) == stem] or photos

    def _families_of(self, names: Iterable[str]) -> list[Family]:
        return list(dict.fromkeys(self._of[name] for name in names))

    def _adopt_by(self, name: str, owners: list[str]) -> None:
        is_doubtful = len(self._families_of(owners)) > 1
        family = self._join(owners)
        family.is_doubtful |= is_doubtful
        if name in self._of:
            self._join([owners[0], name])
        else:
            family.companions.append(name)
            self._of[name] = family

    def _join(self, names: Iterable[str]) -> Family:
        first, *rest = self._families_of(names)
        for family in rest:
            first.photos += family.photos
            first.companions += family.companions
            first.is_doubtful |= family.is_doubtful
            self._of.update(dict.fromkeys([*family.photos, *family.companions], first))
        return first


def _head_length(name: str, stem: str) -> int:
    """Return how many characters of a name are the stem, in whatever case and form; 0 if it begins otherwise."""
    if name.startswith(stem):
        return len(stem)
    key = name_key(stem)
    return next((length for length in range(1, len(name) + 1) if name_key(name[:length]) == key), 0)


def _parts(name: str, stem: str, photos: _Index) -> tuple[str, str]:
    """Split a name of a bundle where its number goes."""
    is_cut_or_numbered = _suffix(name) == ".json" and not photos.plain_takeout_owners(_stem(name))
    if is_cut_or_numbered and (owners := photos.takeout_owners(_stem(name))):
        name = f"{owners[0]}.json"  # with a number its old name would say nothing any more
    if not (length := _head_length(name, stem)):  # Takeout's `A-edited(1)` of `A(1)`
        name = _NUMBERED_EDIT.sub(r"\1\3\2", name)
        length = _head_length(name, stem)
    if not length and name[4:5].upper() in {"E", "O"}:  # Apple's IMG_E1234 of IMG_1234
        length = _head_length(name[:4] + name[5:], stem)
        length += length > 0
    length = length or len(_stem(name))
    return name[:length], name[length:]


def _shortened(text: str, most_bytes: int) -> str:
    """Return the beginning of a text that has room, no character parted from its accents."""
    length = len(text)
    while length and (
        name_bytes(text[:length]) > most_bytes or (length < len(text) and unicodedata.combining(text[length]))
    ):
        length -= 1
    return text[:length].rstrip(" .")
