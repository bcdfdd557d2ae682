"""What a search needs of very many photos that the starter has seen: of the classes of each, the likeliest alone.

A thousand shares a photo are 2 kB, of which nearly all are nothing. The sixteen that say most are 128 bytes, and words
become a table of a thousand numbers from which each photo picks its own sixteen (`tests/benchmarks/search.py`).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from clipsorter.clip.encoder import Sought, Spoken
from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.shelf import Bytes

if TYPE_CHECKING:
    from clipsorter.clip.sight import Seen

# Orders what has no probability at all. On the photos of starter_accuracy.py, mean average precision of the names as
# queries: probability 0.85 and 0.92, similarity 0.75 and 0.84.
SIMILARITY_SHARE = np.float32(0.05)
_KEPT = 16  # classes of each photo
_GROWS = 0, 0, 1, 0  # the dimension of each column that counts photos


def weight_of_words(weight: float) -> np.float32:
    """Return what probability and similarity are multiplied by, so that a sure and similar photo has the weight."""
    return np.float32(weight) / (1 + SIMILARITY_SHARE)


class StarterShelf:
    """Photos by their likeliest classes and their concepts, and as bytes in example space, for likeness."""

    is_exact = True  # what is left out of a photo is too little to be worth another look at its features

    def __init__(
        self,
        lexicon: Lexicon,
        look: Callable[[NDArray[np.float32]], "Seen"],
        side_by_side: Callable[[NDArray[np.float32], NDArray[np.float32]], NDArray[np.float32]],
    ) -> None:
        """`look` says what features show, `side_by_side` maps features and sentence vectors to example space."""
        self._lexicon = lexicon
        self._look, self._side_by_side = look, side_by_side
        self._beside = Bytes()
        self._parts: list[tuple[torch.Tensor, ...]] = []

    def __len__(self) -> int:
        return len(self._beside)

    def add(self, embeddings: NDArray[np.float32]) -> None:
        """Add features [n, 1280]."""
        seen = self._look(embeddings)
        best = torch.from_numpy(seen.classes).float().topk(_KEPT, dim=1, sorted=False)
        scale = 1 / np.maximum(np.linalg.norm(seen.semantic, axis=1), np.finfo(np.float32).tiny)
        concepts = torch.from_numpy(seen.concepts.T.copy())  # along memory, as they are asked for
        self._beside.add(self._side_by_side(embeddings, seen.semantic))  # first: it may be out of memory
        self._parts.append((best.indices.int(), best.values, concepts, torch.from_numpy(scale)))

    def relevance(self, sought: Sought) -> NDArray[np.float32]:
        """Return the weighted sum of how surely photos show each phrase and are like each photo, float32 [N]."""
        found = np.zeros(len(self), np.float32)
        if sought.phrases and len(self):
            found += self._said(sought)
        if len(sought.photos):
            liked = self._side_by_side(sought.photos, self._look(sought.photos).semantic)
            found += self._beside.products(np.array(sought.photo_weights, np.float32) @ liked)
        return found

    def probability(self, phrase: str) -> NDArray[np.float32]:
        """Return how surely photos show a phrase, float32 [N]."""
        if not len(self):
            return np.empty(0, np.float32)
        probability, _ = self._pick(Sought(((phrase, 1.0),), np.empty((0, 0), np.float32)))
        found: NDArray[np.float32] = probability[0].numpy()
        return found

    def compare(self, examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines in example space to M examples [M, 1664], float32 [N, M]."""
        return self._beside.closer_products(examples)

    def _said(self, sought: Sought) -> NDArray[np.float32]:
        probability, similarity = self._pick(sought)
        weights = torch.tensor([float(weight_of_words(weight)) for _, weight in sought.phrases])
        relevance: NDArray[np.float32] = (weights @ probability + similarity).numpy()
        return relevance

    def _pick(self, sought: Sought) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the probability of each phrase, [P, N], and the weighted similarity to all of them, [N]."""
        if len(self._parts) > 1:  # or each of many small ones would be asked apart
            columns = zip(*self._parts, strict=True)
            self._parts = [tuple(torch.cat(column, dim) for column, dim in zip(columns, _GROWS, strict=True))]
        indices, shares, concepts, scale = self._parts[0]
        by_class, by_concept = (torch.from_numpy(table) for table in self._tables(sought))
        count = len(sought.phrases)
        picked = torch.nn.functional.embedding_bag(indices, by_class, per_sample_weights=shares, mode="sum")
        said = by_concept.T @ concepts
        probability = said[count : 2 * count] * picked.T[:count] + said[:count]
        return probability, (said[-1] + concepts[-1] * picked[:, -1]) * scale

    def _tables(self, sought: Sought) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return by what classes [1000, P + 1] and concepts with "other" [18, 2 P + 1] are multiplied for P phrases.

        Columns for classes: the share of each phrase, and the similarity to all phrases together. For concepts: what
        each phrase has of them, what counts of its classes, and the same similarity.
        """
        meanings = [self._lexicon.meaning([Spoken(phrase)]) for phrase, _ in sought.phrases]
        spoken = np.zeros(self._lexicon.classes.shape[1], np.float32)
        for meaning, (_, weight) in zip(meanings, sought.phrases, strict=True):
            spoken += weight_of_words(weight) * SIMILARITY_SHARE * meaning.vectors[0]
        by_class = [meaning.class_share[:, 0] for meaning in meanings] + [self._lexicon.classes @ spoken]
        mine = [np.append(meaning.concept_meant * meaning.concept_share[:, 0], 0) for meaning in meanings]
        rest = [np.append(self._lexicon.goes_back * (1 - meaning.concept_meant), 1) for meaning in meanings]
        by_concept = [*mine, *rest, np.append(self._lexicon.concepts @ spoken, 0)]
        return np.stack(by_class, axis=1).astype(np.float32), np.stack(by_concept, axis=1).astype(np.float32)
