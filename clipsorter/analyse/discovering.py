"""Finds what a folder holds before anybody has said a word, and what each group might be called."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from clipsorter.clip.encoder import Encoder, Spoken
from clipsorter.clip.everyday import everyday_words
from clipsorter.sorting.discover import group_in_steps, suggested_count

_NAMED_BY = 9  # the most central photos
_WORDS_AT_ONCE = 2  # a tenth of a second each, where a CLIP has a core for its own
_LEAST_FIT = 0.25  # below, a word names too few of them


@dataclass(frozen=True, slots=True, eq=False)
class PhotoGroup:
    """Photos that belong together: a word for them, "" if none fits, and their rows, the most central first."""

    name: str
    rows: NDArray[np.int64]


def discover(
    encoder: Encoder, embeddings: NDArray[np.float32], count: int | None = None
) -> Generator[float, None, list[PhotoGroup]]:
    """Put stored vectors [N, D] into groups, and yield how far that is, 0 to 1.

    Returns the groups, the largest first; each has a word of the vocabulary for itself.
    """
    groups = yield from group_in_steps(
        len(embeddings),
        lambda rows: encoder.example_space(embeddings[rows]),
        count or suggested_count(len(embeddings)),
    )
    if not groups:
        return []
    words = everyday_words()
    for first in range(0, len(words), _WORDS_AT_ONCE):  # an encoder remembers the words that it was given
        encoder.score(embeddings[:0], [Spoken(word) for word in words[first : first + _WORDS_AT_ONCE]])
        yield 1.0
    fit = word_fit(encoder, embeddings, groups, words)
    names = [""] * len(groups)
    for _ in range(min(len(groups), len(words))):  # the surest name first; no two groups have the same
        group, word = divmod(int(fit.argmax()), len(words))
        if fit[group, word] < _LEAST_FIT:
            break
        names[group] = words[word]
        fit[group], fit[:, word] = -1, -1
    return [PhotoGroup(name, rows) for name, rows in zip(names, groups, strict=True)]


def word_fit(
    encoder: Encoder, embeddings: NDArray[np.float32], groups: Sequence[NDArray[np.int64]], words: Sequence[str]
) -> NDArray[np.float32]:
    """Say how well words fit the most central photos of groups, float32 [groups, words], 0..1."""
    central = np.concatenate([rows[:_NAMED_BY] for rows in groups])
    fits = encoder.score(embeddings[central], [Spoken(word) for word in words]).probability
    edges = np.cumsum([0, *(min(len(rows), _NAMED_BY) for rows in groups)])
    return np.stack([fits[first:last].mean(axis=0) for first, last in pairwise(edges)])
