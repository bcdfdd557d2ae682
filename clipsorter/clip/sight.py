"""What the starter sees in photos, whatever the categories; each photo of a folder is looked at once.

The network's classifier takes most of the time: 80 µs a photo and core. Threads of our own look at a few photos each,
as those of torch wait for each other after every product, and long where other programs have a core.
"""

import os
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from clipsorter.clip.meaning import Lexicon

_AT_ONCE = 512  # photos: 40 ms of one core, between two looks at the clock
_MOST_THREADS = 4
_MARKED_BY = 64  # numbers of each feature, by whose sum it is known again
# On the classifier's logits: trained with smoothed labels, it is less sure than it may be. Measured as in meaning.py.
_SHARPNESS = 1.25
_TINY = torch.finfo(torch.float32).tiny

Features = NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What N photos show, whatever the categories.

    `classes` float16 [N, 1000]: softmax of the sharpened classifier; `concepts` float32 [N, 18]: softmax of the head,
    "other" last; `semantic` float32 [N, 384]: the mean sentence vector of all this, not normalized; `scale` float32
    [N, 2]: one over the lengths of the feature, and of the semantic vector once centred. The classes are in half
    precision, since a hundred thousand photos are kept at once.
    """

    classes: NDArray[np.float16]
    concepts: NDArray[np.float32]
    semantic: NDArray[np.float32]
    scale: NDArray[np.float32]

    def part(self, rows: slice) -> "Seen":
        """Return what some of the photos show; nothing is copied."""
        return Seen(self.classes[rows], self.concepts[rows], self.semantic[rows], self.scale[rows])

    def times(self, class_share: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the classes times float32 [1000, C], float32 [N, C]."""
        product: NDArray[np.float32] = (torch.from_numpy(self.classes).float() @ torch.from_numpy(class_share)).numpy()
        return product

    def similarity(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines of what photos are called with unit vectors [C, 384], float32 [N, C]."""
        called = torch.from_numpy(self.semantic)
        cosines: NDArray[np.float32] = (called @ torch.from_numpy(vectors.T) / _lengths(called)).numpy()
        return cosines


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """Tells concepts by what `head_input` makes: `weights` float32 [18, 2280], `bias` float32 [18].

    `semantic_mean` float32 [384] is the mean of what photos of all kinds are called.
    """

    weights: Tensor
    bias: Tensor
    semantic_mean: Tensor


class Sight:
    """Looks at features, and remembers what it saw in one growing matrix: that of the open folder."""

    def __init__(self, classifier: Callable[[Tensor], Tensor], head: Head, lexicon: Lexicon, device: str) -> None:
        """`classifier` makes logits [N, 1000] of features [N, 1280] on a device."""
        self._classifier, self._head, self._device = classifier, head, device
        self._named = torch.from_numpy(lexicon.classes), torch.from_numpy(lexicon.concepts)
        self._matrix: weakref.ref[Features] | None = None
        self._seen, self._count = self._empty(0), 0  # of the first rows of the matrix
        self._marks = np.empty(0, np.float32)
        self._beside: tuple[weakref.ref[Features], NDArray[np.float32], Seen] | None = None  # of a few other photos

    def look(self, features: Features) -> Seen:
        """Look at features [N, 1280], and remember nothing."""
        seen = self._empty(len(features))
        self._fill(seen, features, float("inf"))
        return seen

    def see(self, features: Features) -> Seen:
        """Return what features [N, 1280] show; of the matrix that is remembered, only new rows are looked at.

        Another matrix takes its place, unless it is smaller: a few photos are looked at, and a folder stays.
        """
        first = self._place(features, is_kept=False)
        if first is None:
            return self._see_beside(features)
        self._go_on(features, first, float("inf"))
        return self._seen.part(slice(first, first + len(features)))

    def _see_beside(self, features: Features) -> Seen:
        """Return what a few photos show, which may be asked again with other words."""
        marks = _marks(features)
        if self._beside is None or self._beside[0]() is not features or not _is_same(self._beside[1], marks):
            self._beside = weakref.ref(features), marks, self.look(features)
        return self._beside[2]

    def prepare(self, features: Features, deadline_s: float) -> bool:
        """Look at a matrix [N, D] and remember it, until a point of the monotonic clock; tell whether that is done.

        Where all was looked at, only `see` finds out that the matrix holds other photos by now: that costs 25 ms for
        100,000 of them.
        """
        matrix, first = _matrix_of(features)
        if self._matrix is not None and matrix is self._matrix() and first + len(features) <= self._count:
            return True
        place = self._place(features, is_kept=True)
        return place is None or self._go_on(features, place, deadline_s)

    def _place(self, features: Features, is_kept: bool) -> int | None:
        """Return where in the matrix that is remembered features begin, None if they are not to be remembered."""
        matrix, first = _matrix_of(features)
        known = self._matrix() if self._matrix is not None else None
        if matrix is known:  # which may hold other photos by now
            seen = slice(first, min(self._count, first + len(features)))
            if not _is_same(_marks(matrix[seen]), self._marks[seen]):
                self._count = first
        elif not self._is_beginning_of(matrix):  # else the folder has grown out of its matrix
            if first or not (is_kept or known is None or self._count <= len(features)):
                return None
            self._count = 0
        self._matrix = weakref.ref(matrix)
        return first if first <= self._count else None

    def _is_beginning_of(self, matrix: Features) -> bool:
        count = self._count
        return 0 < count <= len(matrix) and _is_same(_marks(matrix[:count]), self._marks[:count])

    def _go_on(self, features: Features, first: int, deadline_s: float) -> bool:
        """Look at those of the features that were not seen yet; tell whether none is left."""
        new = features[self._count - first :]
        if not len(new):
            return True
        if len(self._seen.classes) < self._count + len(new):
            self._make_room(max(len(_matrix_of(features)[0]), self._count + len(new)))
        done = self._fill(self._seen.part(slice(self._count, None)), new, deadline_s)
        self._marks[self._count : self._count + done] = _marks(new[:done])
        self._count += done
        return done == len(new)

    def _make_room(self, count: int) -> None:
        before, marks, known = self._seen, self._marks, slice(self._count)
        self._seen, self._marks = self._empty(count), np.empty(count, np.float32)
        _copy(before.part(known), self._seen.part(known))
        self._marks[known] = marks[known]

    def _empty(self, count: int) -> Seen:
        classes, concepts = self._named
        return Seen(
            np.empty((count, len(classes)), np.float16),
            np.empty((count, len(concepts) + 1), np.float32),
            np.empty((count, classes.shape[1]), np.float32),
            np.empty((count, 2), np.float32),
        )

    def _fill(self, seen: Seen, features: Features, deadline_s: float) -> int:
        """Look at features until a point in time, at a few of them at least; return how many were seen."""
        blocks = [slice(first, first + _AT_ONCE) for first in range(0, len(features), _AT_ONCE)]
        threads = max(1, min(os.cpu_count() or 1, _MOST_THREADS, len(blocks)))

        def work(rows: slice) -> None:
            _copy(self._look_at(features[rows]), seen.part(slice(rows.start, rows.start + len(features[rows]))))

        with ThreadPoolExecutor(threads) as pool:
            apply = pool.map if threads > 1 else map
            for first in range(0, len(blocks), threads):
                for _ in apply(work, blocks[first : first + threads]):  # raises what a block raised
                    pass
                if time.monotonic() > deadline_s:
                    return min(len(features), blocks[first].start + threads * _AT_ONCE)
        return len(features)

    @torch.inference_mode()
    def _look_at(self, block: Features) -> Seen:
        """Apply classifier and head."""
        features, head = torch.from_numpy(block.astype(np.float32)), self._head
        logits = self._classifier(features.to(self._device)).cpu()
        classes = torch.softmax(logits, dim=1)
        concepts = torch.softmax(head_input(features, classes) @ head.weights.T + head.bias, dim=1)
        called = semantic(classes, concepts, *self._named)
        lengths = torch.cat([_lengths(features), _lengths(called - head.semantic_mean)], dim=1)
        sharpened = torch.softmax(logits * _SHARPNESS, dim=1).half()
        return Seen(sharpened.numpy(), concepts.numpy(), called.numpy(), (1 / lengths).numpy())


def head_input(features: Tensor, classes: Tensor) -> Tensor:
    """Return what the head of concepts is fit on: the unit feature beside the unit root of p, float32 [N, 2280]."""
    return torch.cat([features / _lengths(features), classes.sqrt()], dim=1)


def semantic(classes: Tensor, concepts: Tensor, class_vectors: Tensor, concept_vectors: Tensor) -> Tensor:
    """Return what photos are called: Σ q_k concept_k + q_other Σ p_j class_j, float32 [N, 384]."""
    return concepts[:, :-1] @ concept_vectors + concepts[:, -1:] * (classes @ class_vectors)


def _lengths(vectors: Tensor) -> Tensor:
    return torch.linalg.vector_norm(vectors, dim=1, keepdim=True).clamp_min(_TINY)


def _copy(seen: Seen, to: Seen) -> None:
    to.classes[:], to.concepts[:], to.semantic[:], to.scale[:] = seen.classes, seen.concepts, seen.semantic, seen.scale


def _matrix_of(features: Features) -> tuple[Features, int]:
    """Return the matrix of which features are some rows, and the first of them."""
    whole = features.base
    if isinstance(whole, np.ndarray) and (whole.ndim, whole.dtype, whole.shape[1:], whole.strides) == (
        2, features.dtype, features.shape[1:], features.strides
    ):  # fmt: skip
        return whole, (features.ctypes.data - whole.ctypes.data) // features.strides[0]
    return features, 0


def _marks(features: Features) -> NDArray[np.float32]:
    with np.errstate(all="ignore"):  # rows that are not filled in yet may hold anything
        marks: NDArray[np.float32] = features[:, :_MARKED_BY].sum(axis=1, dtype=np.float32)
    return marks


def _is_same(marks: NDArray[np.float32], others: NDArray[np.float32]) -> bool:
    return bool((marks.view(np.int32) == others.view(np.int32)).all())  # what is no number is the same as itself
