"""Finds copies and bursts: stored vectors say which photos might be one picture; their looks and details decide."""

import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.bundle import bundles_in
from clipsorter.photos.decode import decode
from clipsorter.photos.detail import SAME, detail_of, sameness
from clipsorter.photos.facts import Facts, Praise, read_facts
from clipsorter.photos.fingerprint import full_hash
from clipsorter.photos.look import ALIKE, Likeness, alikeness, look_of, sharpness_of
from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.duplicates import Copy, DuplicateGroup, Groups, Kind, near_pairs, propose_best

BURST_S = 3.0  # between two shots of one burst

_READERS = 2
_LOOK_PIXELS = 256
_SMOOTH_ALIKE = 0.995  # looks of one picture, where there are no details to compare
_DETAILS = 512  # photos whose details are kept, of 16 KB each
_AT_ONCE = 16  # photos that are opened between two looks at what else there is to do
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What is compared: photos, their fingerprints, and their stored vectors float16 or float32 [N, D]."""

    photos: Sequence[Photo]
    fingerprints: Sequence[bytes]
    embeddings: NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Comparing:
    """How far the comparison is, 0 to 1."""

    done: float


def find_duplicates(
    compared: Compared,
    least: float,
    thumbnails: ThumbnailCache | None = None,
    cancel: threading.Event | None = None,
    praise_of: Callable[[Path], Praise] | None = None,
) -> Generator[Comparing | DuplicateGroup, None, None]:
    """Yield how far it is, and at the end the groups: copies first, then bursts of what remains of them.

    `least` is the cosine from which photos may be one picture, which their looks and details then decide. What belongs
    to one picture by its names, as RAW and JPEG, is no duplicate; its leading photo stands for it. Nor are two names of
    one file. `praise_of` tells what people said of a photo. Opens only photos that may be duplicates, a few at each
    step; writes nothing but thumbnails. After a `cancel` no group comes.
    """
    search = _Search(compared, thumbnails, praise_of or (lambda _: Praise()))
    with search.readers:
        for event in search.run(least):
            if cancel is not None and cancel.is_set():
                return
            yield event


@dataclass(frozen=True, slots=True, eq=False)
class _Glance:
    look: NDArray[np.uint8]
    sharpness: float


@dataclass(slots=True, eq=False)
class _Search:
    """The state of one comparison: what is joined so far, and what was seen of photos on the way."""

    compared: Compared
    thumbnails: ThumbnailCache | None
    praise_of: Callable[[Path], Praise]
    readers: ThreadPoolExecutor = field(init=False)
    copies: Groups = field(init=False)
    exact: Groups = field(init=False)
    leader: NDArray[np.int64] = field(init=False)  # the row that stands for the picture of each
    close: list[tuple[int, int]] = field(default_factory=list)  # too unlike for copies, but of one burst
    glances: dict[int, _Glance | None] = field(default_factory=dict)
    facts: dict[int, Facts] = field(default_factory=dict)
    detail: Callable[[int], NDArray[np.uint8] | None] = field(init=False)

    def __post_init__(self) -> None:
        count = len(self.compared.photos)
        self.detail = lru_cache(_DETAILS)(partial(_detail, self.compared, self.thumbnails))
        self.readers = ThreadPoolExecutor(_READERS, thread_name_prefix="compare")
        self.copies, self.exact = Groups(count), Groups(count)
        self.leader = np.arange(count)

    def run(self, least: float) -> Iterator[Comparing | DuplicateGroup]:
        """Compare, a few photos at a time, and yield how far it is; then the groups."""
        for _ in chain(self._join_pictures(), self._join_exact()):
            yield Comparing(0)
        for done in self._join_near(least):
            yield Comparing(done)
        yield from self._groups()

    def _join_pictures(self) -> Iterator[None]:
        """Join the photos of one picture by their names, as RAW and JPEG of one shot, a folder at a time."""
        rows_of: dict[Path, dict[str, int]] = defaultdict(dict)
        for row, photo in enumerate(self.compared.photos):
            rows_of[photo.path.parent][photo.path.name] = row
        for folder, rows in rows_of.items():
            for bundle in bundles_in(folder, rows, rows.keys()):
                first, *others = [rows[path.name] for path in bundle.files if path.name in rows]
                for row in others:
                    self.leader[row] = first
                    self.copies.join(first, row)
            yield

    def _join_exact(self) -> Iterator[None]:
        """Join files of the same content: equal fingerprints are proved by all bytes."""
        rows_of: dict[bytes, list[int]] = defaultdict(list)
        for row, name in enumerate(self.compared.fingerprints):
            rows_of[name].append(row)
        for rows in (rows for rows in rows_of.values() if len(rows) > 1):
            by_file: dict[tuple[int, int], int] = {}
            by_content: dict[bytes, int] = {}
            for row in sorted(
                rows, key=lambda row: self.compared.photos[row].path.is_symlink()
            ):  # the file itself first
                path = self.compared.photos[row].path
                with suppress(PhotoError, OSError):  # it went away meanwhile
                    status = path.stat()
                    first = by_file.setdefault((status.st_dev, status.st_ino), row)
                    if first == row:
                        first = by_content.setdefault(full_hash(path), row)
                    else:  # without it nothing of it would be left
                        self.leader[self.leader == self.leader[row]] = self.leader[first]
                    self.exact.join(first, row)
                    self.copies.join(first, row)
                yield

    def _join_near(self, least: float) -> Iterator[float]:
        """Join photos that look like one picture; yield how far it is."""
        vectors = np.empty(self.compared.embeddings.shape, np.float16)
        for _ in _scale(self.compared.embeddings, vectors):
            yield 0.0
        for pairs in near_pairs(vectors, least, self.copies.numbers):
            one, other = pairs.one.tolist(), pairs.other.tolist()
            for _ in self._find(self.glances, self._look_at, {*one, *other}):
                yield pairs.done
            unlike = []
            for pair in zip(one, other, strict=True):
                is_one_picture, likeness = self._at_a_glance(*pair)
                if likeness is not None:
                    yield pairs.done  # what follows takes longer
                    is_one_picture = self._in_detail(*pair, likeness)
                if not is_one_picture:
                    unlike.append(pair)
            for _ in self._find(self.facts, self._facts_of, {row for pair in unlike for row in pair}):
                yield pairs.done
            self.close += [pair for pair in unlike if self._is_one_moment(*pair)]
            yield pairs.done

    def _at_a_glance(self, one: int, other: int) -> tuple[bool, Likeness | None]:
        """Tell whether two photos are known to be one picture, and if not, how alike they are where they may be one."""
        first, second = self.glances[one], self.glances[other]
        if self.copies.numbers[one] == self.copies.numbers[other]:
            return True, None
        if first is None or second is None or (likeness := alikeness(first.look, second.look)).alike < ALIKE:
            return False, None
        return False, likeness

    def _in_detail(self, one: int, other: int, likeness: Likeness) -> bool:
        """Tell whether two photos that look alike are copies of one picture, and join them if they are."""
        if likeness.is_of_other:
            one, other = other, one
        first, second = self.detail(one), self.detail(other)
        if first is None or second is None:
            return False
        same = sameness(first, second, likeness.view)
        if same < SAME if same is not None else likeness.alike < _SMOOTH_ALIKE:
            return False
        self.copies.join(one, other)
        return True

    def _groups(self) -> Iterator[Comparing | DuplicateGroup]:
        """Yield the groups of copies, then the bursts among what would remain of them."""
        stays = self.leader.copy()
        for rows in self.copies.groups():
            if len(leaders := np.unique(self.leader[rows]).tolist()) < 2:
                continue
            contents = {frozenset(self.exact.numbers[rows][self.leader[rows] == each].tolist()) for each in leaders}
            group = yield from self._group(Kind.EXACT if len(contents) == 1 else Kind.NEAR, leaders)
            stays[rows] = leaders[group.best]
        bursts = Groups(len(stays))
        for a, b in self.close:
            bursts.join(int(stays[a]), int(stays[b]))
        for rows in bursts.groups():
            yield from self._group(Kind.BURST, rows)

    def _is_one_moment(self, one: int, other: int) -> bool:
        first, second = self.facts[one], self.facts[other]
        if first.taken_local is None or second.taken_local is None or first.camera != second.camera:
            return False
        return abs((first.taken_local - second.taken_local).total_seconds()) <= BURST_S

    def _group(self, kind: Kind, rows: list[int]) -> Generator[Comparing | DuplicateGroup, None, DuplicateGroup]:
        """Find what speaks for each photo of a group; yield the group at last, and return it."""
        found: dict[int, Copy] = {}
        for _ in self._find(found, self._copy, set(rows)):
            yield Comparing(1)
        copies = tuple(found[row] for row in rows)
        group = DuplicateGroup(kind, copies, propose_best(copies))
        yield group
        return group

    def _find(self, known: dict[int, _Found], find: Callable[[int], _Found], rows: Set[int]) -> Iterator[None]:
        """Find what is not known of photos yet, a few at a time."""
        new = sorted(rows - known.keys())
        for first in range(0, len(new), _AT_ONCE):
            few = new[first : first + _AT_ONCE]
            known.update(zip(few, self.readers.map(find, few), strict=True))
            yield

    def _copy(self, row: int) -> Copy:
        photo = self.compared.photos[row]
        facts = self.facts[row] if row in self.facts else self._facts_of(row)
        glance = self.glances[row] if row in self.glances else self._look_at(row)
        praise = self.praise_of(photo.path)
        return Copy(
            photo, facts.width_pixels, facts.height_pixels, glance.sharpness if glance else 0.0,
            facts.rating if praise.rating is None else praise.rating, facts.taken_local, praise.keywords,
        )  # fmt: skip

    def _look_at(self, row: int) -> _Glance | None:
        picture = _small(self.compared, self.thumbnails, row)
        return None if picture is None else _Glance(look_of(picture), sharpness_of(picture))

    def _facts_of(self, row: int) -> Facts:
        try:
            return read_facts(self.compared.photos[row].path)
        except PhotoError:
            return Facts()


def _detail(compared: Compared, thumbnails: ThumbnailCache | None, row: int) -> NDArray[np.uint8] | None:
    picture = _small(compared, thumbnails, row)
    return None if picture is None else detail_of(picture)


def _small(compared: Compared, thumbnails: ThumbnailCache | None, row: int) -> Image.Image | None:
    """Return a photo's thumbnail, or the photo itself; None if it can't be read."""
    file = thumbnails.get(compared.fingerprints[row]) if thumbnails else None
    if file is not None:
        with suppress(OSError), Image.open(file) as thumbnail:
            return thumbnail.copy()
    try:
        return decode(compared.photos[row].path, _LOOK_PIXELS)
    except PhotoError:
        return None


def _scale(embeddings: NDArray[np.floating], vectors: NDArray[np.float16]) -> Iterator[None]:
    """Fill in vectors of length 1, [N, D]; pause after each few thousand."""
    for first in range(0, len(embeddings), 4096):
        part = embeddings[first : first + 4096].astype(np.float32)
        length = np.linalg.norm(part, axis=1, keepdims=True)
        vectors[first : first + 4096] = part / np.maximum(length, np.finfo(np.float32).tiny)
        yield
