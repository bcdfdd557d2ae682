"""Finds copies and bursts: stored vectors say which photos might be one picture, and a look at those decides."""

import threading
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.bundle import bundles_in
from clipsorter.photos.decode import decode
from clipsorter.photos.facts import Facts, Praise, read_facts
from clipsorter.photos.fingerprint import full_hash
from clipsorter.photos.look import ALIKE, alikeness, look_of, sharpness_of
from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.duplicates import Copy, DuplicateGroup, Groups, Kind, near_pairs, propose_best

BURST_S = 3.0  # between two shots of one burst

_READERS = 2
_LOOK_PIXELS = 256


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

    `least` is the cosine from which photos may be one picture, which a look at both then decides. What belongs to one
    picture by its names, as RAW and JPEG, is no duplicate. `praise_of` tells what people said of a photo. Opens only
    photos that may be duplicates; writes nothing but thumbnails. After a `cancel` no group comes.
    """
    search = _Search(compared, thumbnails, praise_of or (lambda _: Praise()))
    with search.readers:
        search.join_exact()
        for done in search.join_near(least):
            if cancel is not None and cancel.is_set():
                return
            yield Comparing(done)
        yield from search.groups()


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
    close: list[tuple[int, int]] = field(default_factory=list)  # too unlike for copies, but may be of one burst
    glances: dict[int, _Glance | None] = field(default_factory=dict)
    facts: dict[int, Facts] = field(default_factory=dict)

    def __post_init__(self) -> None:
        count = len(self.compared.photos)
        self.readers = ThreadPoolExecutor(_READERS, thread_name_prefix="compare")
        self.copies, self.exact = Groups(count), Groups(count)

    def join_exact(self) -> None:
        """Join files of the same content: equal fingerprints are proved by all bytes."""
        by_name: dict[bytes, list[int]] = defaultdict(list)
        for row, name in enumerate(self.compared.fingerprints):
            by_name[name].append(row)
        for rows in by_name.values():
            if len(rows) < 2:
                continue
            by_content: dict[bytes, int] = {}
            for row in rows:
                with suppress(PhotoError):  # it went away meanwhile
                    first = by_content.setdefault(full_hash(self.compared.photos[row].path), row)
                    self.exact.join(first, row)
                    self.copies.join(first, row)

    def join_near(self, least: float) -> Iterator[float]:
        """Join photos that look like one picture; yield how far it is."""
        one_picture = np.arange(len(self.compared.photos))
        vectors = np.empty(self.compared.embeddings.shape, np.float16)
        for _ in chain(_number_pictures(self.compared.photos, one_picture), _scale(self.compared.embeddings, vectors)):
            yield 0.0
        for pairs in near_pairs(vectors, least, self.copies.numbers):
            is_meant = one_picture[pairs.one] != one_picture[pairs.other]
            one, other = pairs.one[is_meant].tolist(), pairs.other[is_meant].tolist()
            self._glance({*one, *other})
            for a, b in zip(one, other, strict=True):
                if self.copies.numbers[a] == self.copies.numbers[b]:
                    continue
                first, second = self.glances[a], self.glances[b]
                if first and second and alikeness(first.look, second.look) >= ALIKE:
                    self.copies.join(a, b)
                else:
                    self.close.append((a, b))
            yield pairs.done

    def groups(self) -> Iterator[DuplicateGroup]:
        """Yield the groups of copies, then the bursts among what would remain of them."""
        stays = np.arange(len(self.compared.photos))
        for rows in self.copies.groups():
            is_exact = len({int(number) for number in self.exact.numbers[rows]}) == 1
            group = self._group(Kind.EXACT if is_exact else Kind.NEAR, rows)
            stays[rows] = rows[group.best]
            yield group
        bursts = Groups(len(stays))
        self._read_facts({row for pair in self.close for row in pair})
        for a, b in self.close:
            if self._is_one_moment(a, b):
                bursts.join(int(stays[a]), int(stays[b]))
        for rows in bursts.groups():
            yield self._group(Kind.BURST, rows)

    def _is_one_moment(self, one: int, other: int) -> bool:
        first, second = self.facts[one], self.facts[other]
        if first.taken_local is None or second.taken_local is None or first.camera != second.camera:
            return False
        return abs((first.taken_local - second.taken_local).total_seconds()) <= BURST_S

    def _group(self, kind: Kind, rows: list[int]) -> DuplicateGroup:
        self._read_facts(set(rows))
        self._glance(set(rows))
        copies = tuple(self._copy(row) for row in rows)
        return DuplicateGroup(kind, copies, propose_best(copies))

    def _copy(self, row: int) -> Copy:
        facts, glance, photo = self.facts[row], self.glances[row], self.compared.photos[row]
        praise = self.praise_of(photo.path)
        return Copy(
            photo, facts.width_pixels, facts.height_pixels, glance.sharpness if glance else 0.0,
            facts.rating if praise.rating is None else praise.rating, facts.taken_local, praise.keywords,
        )  # fmt: skip

    def _glance(self, rows: set[int]) -> None:
        """Look at those of the photos that were not looked at yet."""
        new = sorted(rows - self.glances.keys())
        self.glances.update(zip(new, self.readers.map(self._look_at, new), strict=True))

    def _look_at(self, row: int) -> _Glance | None:
        photo, name = self.compared.photos[row], self.compared.fingerprints[row]
        file = self.thumbnails.get(name) if self.thumbnails else None
        if file is not None:
            with suppress(OSError), Image.open(file) as thumbnail:
                return _Glance(look_of(thumbnail), sharpness_of(thumbnail))
        try:
            picture = decode(photo.path, _LOOK_PIXELS)
        except PhotoError:
            return None
        return _Glance(look_of(picture), sharpness_of(picture))

    def _read_facts(self, rows: set[int]) -> None:
        new = sorted(rows - self.facts.keys())
        self.facts.update(zip(new, self.readers.map(self._facts_of, new), strict=True))

    def _facts_of(self, row: int) -> Facts:
        try:
            return read_facts(self.compared.photos[row].path)
        except PhotoError:
            return Facts()


def _number_pictures(photos: Sequence[Photo], numbers: NDArray[np.int64]) -> Iterator[None]:
    """Give photos of one picture by their names, as RAW and JPEG of one shot, one number; pause after each folder."""
    rows_of: Mapping[str, dict[str, int]] = defaultdict(dict)
    folders = {}
    for row, photo in enumerate(photos):
        rows_of[str(photo.path.parent)][photo.path.name] = row
        folders[str(photo.path.parent)] = photo.path.parent
    for folder, rows in rows_of.items():
        for bundle in bundles_in(folders[folder], rows, rows.keys()):
            members = [rows[path.name] for path in bundle.files if path.name in rows]
            for one, other in pairwise(members):
                numbers[other] = numbers[one]
        yield


def _scale(embeddings: NDArray[np.floating], vectors: NDArray[np.float16]) -> Iterator[None]:
    """Fill in vectors of length 1, [N, D]; pause after each few thousand."""
    for first in range(0, len(embeddings), 4096):
        part = embeddings[first : first + 4096].astype(np.float32)
        length = np.linalg.norm(part, axis=1, keepdims=True)
        vectors[first : first + 4096] = part / np.maximum(length, np.finfo(np.float32).tiny)
        yield
