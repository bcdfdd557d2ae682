"""Finds the photos that a query fits best: arithmetic on stored vectors, no photo is opened but one to compare with."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Embedded, Failed
from clipsorter.analyse.run import Memory, analyse
from clipsorter.clip.encoder import Encoder, Shelf, Sought, Spoken
from clipsorter.clip.tuning import Tuning
from clipsorter.errors import UsageError
from clipsorter.photos.photo import Photo
from clipsorter.sorting.query import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo and how well it fits; scores of one query and one model can be compared, others can't."""

    photo: Photo
    score: float


_EXACT = 1024
_ROWS = 64

Block = tuple[Sequence[Photo], NDArray[np.float32]]  # photos, and their stored vectors [N, D]


def sought_by(query: Query, likes: NDArray[np.float32] | None = None) -> Sought:
    """Turn a query into what encoders judge by; `likes` float32 [P, D] are the stored vectors of its photos."""
    return Sought(
        tuple((phrase.text, phrase.weight) for phrase in query.phrases),
        np.empty((0, 0), np.float32) if likes is None else likes,
        tuple(like.weight for like in query.photos),
    )


def unknown_phrases(encoder: Encoder, query: Query) -> list[str]:
    """Return the phrases that mean nothing to this model."""
    return encoder.unknown([Spoken(phrase.text) for phrase in query.phrases])


def rank_vectors(
    encoder: Encoder, embeddings: NDArray[np.float32], sought: Sought, top: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the rows of the `top` best of stored vectors [N, D], best first, and their scores, both [min(N, top)]."""
    if not len(embeddings):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    scores = encoder.relevance(embeddings, sought)
    rows = _largest(scores, top)
    rows = rows[np.lexsort((rows, -scores[rows]))]
    return rows, scores[rows]


def best_on(
    shelf: Shelf,
    encoder: Encoder,
    sought: Sought,
    top: int,
    vectors_of: Callable[[NDArray[np.int64]], NDArray[np.float32]],
) -> NDArray[np.int64]:
    """Return the places of the `top` best on a shelf, best first; `vectors_of` gives the vectors of places as stored.

    Of a shelf that rounds, the best 1,024 are compared exactly.
    """
    rounded = shelf.relevance(sought)
    places = _largest(rounded, top if shelf.is_exact else max(top, _EXACT))
    if shelf.is_exact:
        return places[np.lexsort((places, -rounded[places]))]
    return places[rank_vectors(encoder, vectors_of(places), sought, top)[0]]


def fits_query(shelf: Shelf, query: Query, unknown: Collection[str], least: float) -> NDArray[np.bool_]:
    """Tell of each vector whether it shows all phrases of a query, and none that it leaves out, bool [N].

    `least` is `min_found` of the model's card. Phrases that are `unknown` are passed over; where nothing remains,
    nothing fits. Photos have no say: how alike is alike enough, nobody has measured.

    The starter's is measured on the photos of starter_accuracy.py, each name asked alone: from 0.3 on, 92 % of the
    single objects that are found are right, and 88 % of the right ones are found; of ordinary photos 72 % and 76 %.
    From 0.5 on it is 98 and 83 %, 76 and 58 %.
    """
    known = [phrase for phrase in query.phrases if phrase.text not in unknown]
    if not any(phrase.weight > 0 for phrase in known):
        return np.zeros(len(shelf), bool)
    fits = np.ones(len(shelf), bool)
    for phrase in known:
        fits &= (shelf.probability(phrase.text) > least) == (phrase.weight > 0)
    return fits


def _largest(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the places of the largest of scores [N] in no order, int64 [min(N, count)]."""
    places, columns = np.arange(len(scores)), len(scores) // _ROWS
    if columns > count:  # the best of so many columns are so many scores: none of the largest is below the last of them
        best = scores[: _ROWS * columns].reshape(_ROWS, columns).max(axis=0)
        places = np.flatnonzero(scores >= np.partition(best, columns - count)[columns - count])
    first = max(len(places) - count, 0)
    return places[np.argpartition(scores[places], first)[first:]] if first else places


def best_of(encoder: Encoder, blocks: Iterable[Block], sought: Sought, top: int) -> list[Hit]:
    """Return the best photos of any number, best first; memory holds one block and the best so far."""
    best: list[Hit] = []
    for photos, embeddings in blocks:
        rows, scores = rank_vectors(encoder, embeddings, sought, top)
        hits = (Hit(photos[row], score) for row, score in zip(rows.tolist(), scores.tolist(), strict=True))
        best = nlargest(top, chain(best, hits), key=lambda hit: hit.score)
    return best


def vector_of(path: Path, encoder: Encoder, memory: Memory | None = None, tuning: Tuning | None = None) -> Embedded:
    """Return one photo with its stored vector, looked at if it is new; raise UsageError if it can't be."""
    if not path.is_file():
        raise UsageError(f"There is no photo {path}: check its name.")
    with closing(analyse(path, encoder, memory=memory, tuning=tuning)) as events:
        for event in events:
            match event:
                case Embedded():
                    return event
                case Failed(_, reason):
                    raise UsageError(f"{path} {reason}, so nothing can be compared with it.")
    raise UsageError(f"{path} is no photo that Clipsorter knows, so nothing can be compared with it.")
