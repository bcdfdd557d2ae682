"""What is odd about a list of categories, told from how photos fit it: each finding has its evidence in numbers.

The likeness of words is on one scale: 0 is what any two categories have in common, 1 is the same. With the starter,
synonyms (car and automobile, airplane and plane, dog and puppy, cup and mug) have 0.83 to 0.99, and neighbours (dog and
cat, lake and sea, boat and ship, car and truck) 0.19 to 0.78.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from clipsorter.sorting.category import is_within
from clipsorter.sorting.classifier import Ranking

FEWEST_PHOTOS = 20  # below, that a category has none of them or most of them means nothing
FEWEST_IN_PART = 5

_GUESS = 0.1  # a best guess with a smaller share means nothing
_NEAR = 0.5  # of the share of the best: a second that has as much is near
ALIKE = 0.8  # likeness of words from which they mean nearly the same
APART = 0.2  # below which they mean different things, as crane bird and construction crane: 0.09
_TORN, _MOSTLY_TORN, _FEWEST_TORN = 0.25, 0.5, 5
_FEW = 3  # sure photos below which a category has next to nothing
_TOO_MUCH, _NEAR_SHARE, _NEARLY_ALL = 0.5, 0.2, 0.9
_CLEARLY_RIGHT = 2  # more of the decided photos
_FEWEST_DECIDED = 4  # photos in a category
_UNSURE = 0.25  # of its photos, from which its words could be better
_FEWEST_MEANT, _MEANT_SHARE, _ALL_MEANT_SHARE = 3, 0.1, 0.5  # of the photos of a name: one meaning, all together
_PART_FIT, _PART_SHARE = 0.4, 0.05

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Overlap:
    """Two categories that mean nearly the same, or that photos are torn between; `other` has fewer photos.

    `likeness` up to 1 is that of their words. Of `count` photos whose best guess is one of them, `torn` have the other
    close behind: one is `other`, or `kept` where that says more. `photos` are all that are torn between the two.
    """

    kept: str
    other: str
    likeness: float
    torn: int
    count: int
    is_of_other: bool
    photos: Rows
    prompts: tuple[str, ...] = ()  # of one category in the place of both

    @property
    def is_alike(self) -> bool:
        """Tell whether their words mean nearly the same."""
        return self.likeness >= ALIKE


@dataclass(frozen=True, slots=True, eq=False)
class Unknown:
    """A category whose word means nothing to the model, and that has no example."""

    category: str


@dataclass(frozen=True, slots=True, eq=False)
class Nothing:
    """A category that has none of so many photos surely; `photos` have it as their best guess."""

    category: str
    total: int
    photos: Rows


@dataclass(frozen=True, slots=True, eq=False)
class TooMuch:
    """A category that has more than half of so many photos; of its `count`, `photos` have another one close behind.

    Where it `is_nearly_all`, it tells nothing apart, and `photos` are all of it.
    """

    category: str
    count: int
    total: int
    photos: Rows
    is_nearly_all: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class BetterPhrase:
    """A prompt that does better than the bare name of a category.

    Of `decided` photos so many are surely named by words alone: rightly or wrongly, by the phrase and by the name.
    `photos` are those that the phrase is sure of and the name is not.
    """

    category: str
    phrase: str
    photos: Rows
    decided: int
    right: int
    wrong: int
    right_by_name: int
    wrong_by_name: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Photos of a category that have a word of their own, which they fit surely."""

    name: str
    photos: Rows


@dataclass(frozen=True, slots=True, eq=False)
class Ambiguous:
    """A category whose name has meanings that have nothing in common; of its `count` photos some show each of them."""

    category: str
    count: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """A category whose photos, `count`, are of clearly different kinds: each part could be one below it."""

    category: str
    count: int
    parts: tuple[Part, ...]


Finding = Overlap | Unknown | Nothing | TooMuch | BetterPhrase | Ambiguous | Split


def overlaps(ranking: Ranking, likeness: Floats) -> list[Overlap]:
    """Find pairs of categories, by the ranking of N photos and the likeness of words, float32 [C, C]; worst first.

    Words count where some photos are torn too, or where one of the two leaves the other next to nothing; photos alone
    only if most of a category are torn. A category and what is below it in the tree are meant to overlap. Of four
    that all mean the same, three pairs are found: they say it all.
    """
    count, found = len(ranking.names), []
    if count < 2:
        return []
    best, second = ranking.best[:, 0], ranking.best[:, 1]
    is_guess = ranking.probability[:, 0] >= _GUESS
    is_torn = is_guess & (ranking.probability[:, 1] >= _NEAR * ranking.probability[:, 0])
    guesses = np.bincount(best[is_guess], minlength=count)
    sure = np.bincount(best[ranking.is_sure], minlength=count)
    torn = np.bincount(best[is_torn] * count + second[is_torn], minlength=count * count).reshape(count, count)
    for pair in combinations(range(count), 2):
        if _is_one_branch(*(ranking.names[column] for column in pair)):
            continue
        other, kept = sorted(pair, key=lambda column: (guesses[column], sure[column], -column))
        sides = ((torn[a, b] / max(guesses[a], 1), guesses[a], a, b) for a, b in ((other, kept), (kept, other)))
        share, _, one, two = max(sides)
        alike, is_starved = float(likeness[other, kept]), min(sure[other], sure[kept]) < _FEW
        by_words = alike >= ALIKE and (share >= _TORN or is_starved)
        if by_words or (share >= _MOSTLY_TORN and torn[one, two] >= _FEWEST_TORN):
            rows = np.flatnonzero(is_torn & np.isin(best, pair) & np.isin(second, pair))
            names = ranking.names[kept], ranking.names[other]
            numbers = int(torn[one, two]), int(guesses[one])
            found.append((alike + share, Overlap(*names, alike, *numbers, is_of_other=one == other, photos=rows)))
    return _connecting([overlap for _, overlap in sorted(found, key=lambda each: -each[0])])


def extremes(ranking: Ranking, decided: Rows) -> list[Nothing | TooMuch]:
    """Find categories that have none of N photos, or too many; `decided` int64 [N] are columns of the user, or −1."""
    total, best = len(ranking), ranking.best[:, 0]
    found: list[Nothing | TooMuch] = []
    if total < FEWEST_PHOTOS:
        return found
    said = np.where(decided >= 0, decided, np.where(ranking.is_sure, best, -1))
    for column, name in enumerate(ranking.names):
        mine = said == column
        if not mine.any():
            found.append(Nothing(name, total, guessed(ranking, column)))
        elif len(ranking.names) > 1 and mine.mean() > _TOO_MUCH:
            near = mine & (decided < 0) & (ranking.probability[:, 1] >= _NEAR * ranking.probability[:, 0])
            if mine.mean() >= _NEARLY_ALL:
                found.append(TooMuch(name, int(mine.sum()), total, np.flatnonzero(mine), is_nearly_all=True))
            elif near.sum() > _NEAR_SHARE * mine.sum():
                found.append(TooMuch(name, int(mine.sum()), total, np.flatnonzero(near)))
    return found


def guessed(ranking: Ranking, column: int) -> Rows:
    """Return the photos of which a category is the best guess, be it sure or not."""
    return np.flatnonzero((ranking.best[:, 0] == column) & (ranking.probability[:, 0] >= _GUESS))


def is_doubtful(ranking: Ranking, column: int, decided: Rows) -> bool:
    """Tell whether decisions can show that other words are better: many photos are unsure, or decided otherwise."""
    if np.count_nonzero(decided == column) < _FEWEST_DECIDED:
        return False
    mine = guessed(ranking, column)
    is_wrong = (decided >= 0) & (decided != ranking.best[:, 0]) & ((decided == column) | (ranking.best[:, 0] == column))
    return bool(len(mine)) and (
        float(ranking.is_sure[mine].mean()) < 1 - _UNSURE or int(is_wrong.sum()) >= _CLEARLY_RIGHT
    )


def better_phrase(phrase: str, before: Ranking, after: Ranking, column: int, decided: Rows) -> BetterPhrase | None:
    """Tell what a phrase in place of the name of a category is worth on the decided ones of N photos; None if no more.

    Photos that nobody decided say little: of four phrases that were sure of more, in lists of everyday words on 2,591
    photos with the starter, three were sure of wrong ones only.
    """
    was, is_now = (ranking.is_sure & (ranking.best[:, 0] == column) for ranking in (before, after))
    truth = decided >= 0
    right, wrong, right_by_name, wrong_by_name = (
        int(np.count_nonzero(truth & ranking.is_sure & ((ranking.best[:, 0] == decided) == is_right)))
        for ranking in (after, before)
        for is_right in (True, False)
    )
    if right < right_by_name or right - wrong < right_by_name - wrong_by_name + _CLEARLY_RIGHT:
        return None
    numbers = int(truth.sum()), right, wrong, right_by_name, wrong_by_name
    return BetterPhrase(before.names[column], phrase, np.flatnonzero(is_now & ~was), *numbers)


def clear_words(groups: Sequence[Rows], fit: Floats, words: Sequence[str]) -> dict[str, int]:
    """Return the words that clearly name a group of photos, each with the size of its largest group.

    `fit` float32 [groups, W] says how well each word fits each group.
    """
    found: dict[str, int] = {}
    for group, row in zip(groups, fit, strict=True):
        if row.max(initial=0) >= _PART_FIT and len(group) >= FEWEST_IN_PART:
            word = words[int(row.argmax())]
            found[word] = max(found.get(word, 0), len(group))
    return found


def split_into(parts: Sequence[Part], total: int) -> tuple[Part, ...]:
    """Return those parts of a category's `total` photos that are worth a category, the largest first; not only one."""
    large = [part for part in parts if len(part.photos) >= max(FEWEST_IN_PART, _PART_SHARE * total)]
    return tuple(sorted(large, key=lambda part: -len(part.photos))) if len(large) > 1 else ()


def apart(likeness: Floats) -> list[int]:
    """Return places of phrases that mean nothing alike, by their likeness float32 [P, P]; the first ones count more."""
    found: list[int] = []
    for place in range(len(likeness)):
        if all(likeness[place, other] < APART for other in found):
            found.append(place)
    return found


def meanings_of(parts: Sequence[Part], total: int, decided: Rows, column: int) -> tuple[Part, ...]:
    """Return the meanings of a name that enough of its `total` photos show, the first ones first; not only one.

    `parts` are the photos that fit each phrase. Together they must be most of all: of a kitchen, some photos show
    kitchen utensils, and that is no other meaning. `decided` int64 [N] is the column that the user gave to each of all
    photos, or −1: nothing is found where that shows that all are meant.
    """
    shown = tuple(part for part in parts if len(part.photos) >= max(_FEWEST_MEANT, _MEANT_SHARE * total))
    is_meant = [bool((decided[part.photos] == column).any()) for part in shown]
    is_most = sum(len(part.photos) for part in shown) >= _ALL_MEANT_SHARE * total
    return shown if len(shown) > 1 and is_most and not all(is_meant) else ()


def photos_of(finding: Finding) -> Rows:
    """Return the photos that show a finding, int64 [n]."""
    match finding:
        case Unknown():
            return np.empty(0, np.int64)
        case Split(parts=parts) | Ambiguous(parts=parts):
            return np.concatenate([part.photos for part in parts])
        case _:
            return finding.photos


def placed(finding: Finding, rows: Rows) -> Finding:
    """Say of a finding about N photos which rows of a larger table they are, int64 [N]."""
    if isinstance(finding, Split | Ambiguous):
        parts = tuple(replace(part, photos=rows[part.photos]) for part in finding.parts)
        return replace(finding, parts=parts)
    return finding if isinstance(finding, Unknown) else replace(finding, photos=rows[finding.photos])


def _connecting(overlaps: Sequence[Overlap]) -> list[Overlap]:
    """Leave out what joins two categories that the pairs before join already, be it through a third one."""
    found, joined = [], dict[str, set[str]]()
    for overlap in overlaps:
        one, other = (joined.setdefault(name, {name}) for name in (overlap.kept, overlap.other))
        if one is not other:
            found.append(overlap)
            one |= other
            joined |= dict.fromkeys(other, one)
    return found


def _is_one_branch(name: str, other: str) -> bool:
    return is_within(name, other) or is_within(other, name)
