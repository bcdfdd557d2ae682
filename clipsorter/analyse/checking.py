"""Looks through a list of categories for what is odd about it, a little at a time: nothing is read but vectors."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.discovering import word_fit
from clipsorter.analyse.events import Question
from clipsorter.analyse.scoring import score
from clipsorter.clip.encoder import Encoder, Spoken
from clipsorter.clip.everyday import everyday_words
from clipsorter.clip.prompts import prompts_of
from clipsorter.sorting.category import Category
from clipsorter.sorting.checkup import (
    ALIKE,
    Ambiguous,
    BetterPhrase,
    Finding,
    Nothing,
    Overlap,
    Part,
    Split,
    Unknown,
    apart,
    better_phrase,
    clear_words,
    extremes,
    guessed,
    is_doubtful,
    meanings_of,
    overlaps,
    split_into,
)
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.discover import group_vectors

_MOST_TRIED, _MOST_OTHERS = 500, 250  # photos of a category, and others, on which a phrase is tried
_MOST_GROUPED = 800
_FEWEST_TO_SPLIT = 20
_COUNTS = (2, 3, 4, 5, 8, 12)  # of groups

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """N photos, their vectors float32 [N, D] and answers by a question, of which two a photo must be there.

    `decided` int64 [N] is the category that the user gave to each, as a column of the question, or −1. `taught` are the
    names of categories that have examples.
    """

    question: Question
    embeddings: NDArray[np.float32]
    ranking: Ranking
    decided: Rows
    taught: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Checking:
    """How far the check is, 0 to 1, and the category that is looked at."""

    done: float
    category: str = ""


def check(encoder: Encoder, checked: Checked) -> Generator[Checking | Finding, None, None]:
    """Find what is odd, and say in between how far it is; each step takes some tenths of a second at the most."""
    categories, ranking = checked.question.categories, checked.ranking
    if not categories or not len(ranking):
        return
    unknown = {name for name in encoder.unknown(categories) if name not in checked.taught}
    yield from (Unknown(name) for name in sorted(unknown))
    explained = set(unknown)
    for overlap in overlaps(ranking, encoder.likeness(categories)):
        explained |= {overlap.kept, overlap.other}
        yield _merged(overlap, checked)
    for found in extremes(ranking, checked.decided):
        if not (isinstance(found, Nothing) and found.category in explained):
            yield found
    for column, category in enumerate(categories):
        yield Checking(column / len(categories), category.name)
        if category.name in unknown:
            continue
        is_ambiguous = False
        for event in _worded(encoder, checked, column):
            is_ambiguous |= isinstance(event, Ambiguous)
            yield event
        if not is_ambiguous:
            yield from _split(encoder, checked, column)


def without_refused(ranking: Ranking, refused: Mapping[int, frozenset[str]]) -> Ranking:
    """Let no photo be surely where the user said, by its row, that it doesn't belong."""
    is_sure = ranking.is_sure.copy()
    for row, names in refused.items():
        if ranking.names[int(ranking.best[row, 0])] in names:
            is_sure[row] = False
    return replace(ranking, is_sure=is_sure)


def _merged(overlap: Overlap, checked: Checked) -> Overlap:
    both = {category.name: category for category in checked.question.categories}
    prompts = [prompt for name in (overlap.kept, overlap.other) for prompt in prompts_of(name, both[name].prompts)]
    return replace(overlap, prompts=tuple(dict.fromkeys(prompts)))


def _worded(encoder: Encoder, checked: Checked, column: int) -> Iterator[Checking | Finding]:
    """Find a phrase in the place of a bare name, or else the meanings that it has."""
    category = checked.question.categories[column]
    if category.prompts:
        return
    phrases, is_better = encoder.phrasings(category), False
    if phrases and is_doubtful(checked.ranking, column, checked.decided):
        for event in _phrased(encoder, checked, column, phrases):
            is_better |= isinstance(event, BetterPhrase)
            yield event
    if len(phrases) > 1 and not is_better:
        yield from _meanings(encoder, checked, column, phrases)


def _meanings(encoder: Encoder, checked: Checked, column: int, phrases: Sequence[str]) -> Iterator[Checking | Finding]:
    """Find the meanings of a name that have nothing in common, where photos show more than one of them."""
    categories, name = checked.question.categories, checked.question.categories[column].name
    yield Checking(column / len(categories), name)
    meant = [phrases[place] for place in apart(encoder.likeness([Spoken(phrase) for phrase in phrases]))]
    mine = guessed(checked.ranking, column)
    mine = _some(mine[np.isin(checked.decided[mine], (-1, column))], _MOST_TRIED)
    if len(meant) < 2 or not len(mine):
        return
    tried = [Category(phrase, (phrase,)) for phrase in meant]
    others = [category for category in categories if category.name != name]
    after = score(encoder, checked.embeddings[mine], replace(checked.question, categories=(*tried, *others)))
    parts = [Part(phrase, mine[after.is_sure & (after.best[:, 0] == place)]) for place, phrase in enumerate(meant)]
    if parts := list(meanings_of(parts, len(mine), checked.decided, column)):
        yield Ambiguous(name, len(mine), tuple(parts))


def _phrased(encoder: Encoder, checked: Checked, column: int, phrases: Sequence[str]) -> Iterator[Checking | Finding]:
    """Try what may say better what a name means, by words alone, and give the best."""
    question, category = checked.question, checked.question.categories[column]
    mine = guessed(checked.ranking, column)
    is_other = np.ones(len(checked.ranking), bool)
    is_other[mine] = False
    decided = np.flatnonzero(is_other & (checked.decided >= 0))
    others = np.flatnonzero(is_other & (checked.decided < 0))
    some = (_some(mine, _MOST_TRIED), _some(decided, _MOST_OTHERS), _some(others, _MOST_OTHERS))
    rows = np.sort(np.concatenate(some))
    vectors, truth = checked.embeddings[rows], checked.decided[rows]
    before = score(encoder, vectors, question)
    found: list[BetterPhrase] = []
    for phrase in phrases:
        yield Checking(column / len(question.categories), category.name)
        tried = [replace(each, prompts=(phrase,)) if each is category else each for each in question.categories]
        after = score(encoder, vectors, replace(question, categories=tuple(tried)))
        if (better := better_phrase(phrase, before, after, column, truth)) is not None:
            found.append(replace(better, photos=rows[better.photos]))
    if found:
        yield max(found, key=lambda each: (each.right - each.wrong, len(each.photos)))


def _split(encoder: Encoder, checked: Checked, column: int) -> Iterator[Checking | Finding]:
    """Put the photos of a category into groups, and propose a split where each has a word of its own."""
    category = checked.question.categories[column]
    is_mine = checked.ranking.is_sure & (checked.ranking.best[:, 0] == column)
    mine = np.flatnonzero(np.where(checked.decided >= 0, checked.decided == column, is_mine))
    if len(mine) < _FEWEST_TO_SPLIT:
        return
    sample = _some(mine, _MOST_GROUPED)
    vectors, words = checked.embeddings[sample], everyday_words()
    space, found = encoder.example_space(vectors), dict[str, int]()
    for count in _COUNTS:
        yield Checking(column / len(checked.question.categories), category.name)
        groups = group_vectors(space, count)
        named = clear_words(groups, word_fit(encoder, vectors, groups, words), words)
        found |= {word: max(size, found.get(word, 0)) for word, size in named.items()}
    yield Checking(column / len(checked.question.categories), category.name)
    parts = _tried(encoder, checked, category, mine, _new_words(encoder, checked, found))
    if worth := split_into(parts, len(mine)):
        yield Split(category.name, len(mine), worth)


def _tried(encoder: Encoder, checked: Checked, category: Category, mine: Rows, words: Sequence[str]) -> list[Part]:
    """Return which of a category's photos would surely be in categories below it, by words."""
    added = [Category(f"{category.name}/{word}") for word in words]
    question = replace(checked.question, categories=(*checked.question.categories, *added))
    if len(mine) > _MOST_GROUPED:  # an encoder remembers what it made of the whole matrix
        after, places = score(encoder, checked.embeddings, question), mine
    else:
        after, places = score(encoder, checked.embeddings[mine], question), np.arange(len(mine))
    parts = []
    for number, word in enumerate(words, start=len(checked.question.categories)):
        is_there = after.is_sure[places] & (after.best[places, 0] == number)
        there = np.flatnonzero(is_there)
        there = there[np.argsort(-after.probability[places[there], 0], kind="stable")]
        parts.append(Part(word, mine[there]))
    return parts


def _new_words(encoder: Encoder, checked: Checked, found: Mapping[str, int]) -> list[str]:
    """Return words that mean what no category means, nor another one that names a larger group."""
    new: list[str] = []
    for word in sorted(found, key=lambda word: -found[word]):
        likeness = encoder.likeness([Spoken(word), *checked.question.categories, *map(Spoken, new)])
        if likeness[0, 1:].max() < ALIKE:
            new.append(word)
    return new


def _some(rows: Rows, most: int) -> Rows:
    """Return at most so many of some rows, spread evenly."""
    return rows[:: max(1, -(-len(rows) // most))]
