"""Brings what the user taught to a model: the vectors of the examples, looked at again where a model is new."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse.events import Example
from clipsorter.clip.encoder import Encoder
from clipsorter.errors import PhotoError
from clipsorter.library.decisions import Decisions
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.library.taught import Said, said_of, sample, vectors_of
from clipsorter.photos.decode import decode
from clipsorter.photos.fingerprint import fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import is_placeholder
from clipsorter.sorting.category import Category

MOST = 32  # examples of a category, the newest: more say little that is new, and each costs time
_POOL = 1000


def said_of_all(decisions: Decisions | None, categories: Iterable[Category]) -> list[Said]:
    """Return what is learned from, for these categories; nothing where nothing was ever decided."""
    if decisions is None:
        return []
    return said_of(decisions, [category.name for category in categories], MOST)


def examples_of(said: Sequence[Said], index: Index | None, encoder: Encoder) -> list[Example]:
    """Give what was said its vectors; a photo that this model never saw is opened, one that is gone is left out."""
    vectors = vectors_of(index, {each.fingerprint for each in said}, encoder.key) if index is not None else {}
    for each in said:
        if each.fingerprint not in vectors and (vector := look(each, index, encoder)) is not None:
            vectors[each.fingerprint] = vector
    return with_vectors(said, vectors)


def with_vectors(said: Sequence[Said], vectors: Mapping[bytes, NDArray[np.float32]]) -> list[Example]:
    """Give what was said its vectors, by fingerprint; what has none is left out.

    A picture that is there twice, or as it was before it got keywords, counts once: it would vouch for itself.
    """
    examples = {
        (each.category, each.is_positive, vectors[each.fingerprint].tobytes()): Example(
            each.fingerprint, each.path, each.category, each.is_positive, vectors[each.fingerprint]
        )
        for each in reversed(said)  # the newest stands
        if each.fingerprint in vectors
    }
    return list(reversed(examples.values()))


def pool_of(index: Index | None, encoder: Encoder) -> NDArray[np.float32]:
    """Return vectors of some photos of all kinds, float32 [P, D], to know what two photos have in common by chance."""
    if index is None:
        return np.empty((0, encoder.card.embed_dim), np.float32)
    return sample(index, encoder.key, _POOL).reshape(-1, encoder.card.embed_dim)


def look(said: Said, index: Index | None, encoder: Encoder) -> NDArray[np.float32] | None:
    """Look at one example, and remember it."""
    path = said.path
    try:
        if is_placeholder(path) or fingerprint(path) != said.fingerprint:
            return None
        status = path.stat()
        pixels = encoder.preprocess(decode(path, encoder.card.resolution))
    except (PhotoError, OSError):
        return None
    vector: NDArray[np.float32] = encoder.embed(np.stack([pixels]))[0].astype(np.float16).astype(np.float32)
    if not np.isfinite(vector).all():
        return None
    if index is not None:
        photo = Photo(path, status.st_size, status.st_mtime_ns)
        index.add([EmbeddedPhoto(photo, said.fingerprint, vector)], encoder.key)
    return vector
