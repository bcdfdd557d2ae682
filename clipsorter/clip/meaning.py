"""What a category's words mean in terms of what the starter can see: 1,000 classes of things and 17 concepts.

Two sources agree here. WordNet says which classes are a kind of the thing that a category names; MiniLM's sentence
vectors say how near the category is to each class where WordNet says nothing. A background that stands for
"something else" takes part in each comparison, so that a lone category doesn't get every photo.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

import numpy as np
from numpy.typing import NDArray

from clipsorter.clip.encoder import Worded
from clipsorter.clip.prompts import leaf
from clipsorter.clip.vectors import softmax, unit
from clipsorter.clip.words import DIMENSIONS, Dictionary, alternatives, key_of, meaningful

# Measured by tests/benchmarks/starter_accuracy.py; a neighbouring value of each changes little.
_TEMPERATURE = np.float32(0.05)
_BACKGROUND = 0.65  # cosine from which a lone word means a class rather than something else
_KNOWN = 0.6  # cosine below which it means nothing that the starter can see
_KIND_BONUS = 0.3  # on the cosine, where WordNet says that the class is a kind of the category
_KIND_COSINE = 0.3  # below, it is another sense of the word
_CONCEPT_COSINE, _CONCEPT_WIDTH = 0.75, 0.04
_CONCEPT_BONUS = 0.3
_CONCEPT_CLASSES = np.float32(10)  # a concept stands for as many classes as things in general have kinds
_RELATED = 6  # terms: each is tried on photos
_REMEMBERED = 1000  # categories, in lists that were asked of
_NARROWER = 0.5  # a woman is a person, but a person is a woman only half of the time


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What C categories mean.

    `vectors` float32 [C, 384], unit, or zero if unknown; `is_known` bool [C]; `class_share` float32 [1000, C]: how
    much of a class belongs to each category; `concept_share` float32 [17, C]: the same of the concepts;
    `concept_meant` float32 [17]: how surely any category means the concept. Rows of the shares sum to at most 1.
    """

    vectors: NDArray[np.float32]
    is_known: NDArray[np.bool_]
    class_share: NDArray[np.float32]
    concept_share: NDArray[np.float32]
    concept_meant: NDArray[np.float32]


class _Concept(TypedDict):
    """An entry of concepts.json: words that mean the concept, a part of it, or more than it (with how surely)."""

    words: list[str]
    narrower: NotRequired[list[str]]
    broader: NotRequired[dict[str, float]]
    goes_back: NotRequired[bool]


class Lexicon:
    """The words that the starter knows, tied to what it can see."""

    def __init__(self, folder: Path) -> None:
        """Read the tables of resources/starter."""
        self._dictionary = Dictionary(folder)
        self._kinds: dict[str, list[list[int]]] = json.loads((folder / "kinds.json").read_text(encoding="utf-8"))
        with np.load(folder / "classes.npz") as tables:
            self.classes = unit(tables["classes"].astype(np.float32))
            self.concepts = unit(tables["concepts"].astype(np.float32))
        meanings: dict[str, _Concept] = json.loads((folder / "concepts.json").read_text(encoding="utf-8"))
        self.goes_back = np.array([each.get("goes_back", False) for each in meanings.values()])
        self._strengths = [_strengths(each) for each in meanings.values()]
        self._meanings: dict[tuple[tuple[str, tuple[str, ...]], ...], Meaning] = {}

    def meaning(self, categories: Sequence[Worded]) -> Meaning:
        """Return what categories mean, each in comparison with the others; one that is unknown has no share."""
        asked = tuple((category.name, tuple(category.prompts)) for category in categories)
        if (meaning := self._meanings.get(asked)) is None:
            while self._meanings and sum(map(len, self._meanings)) + len(asked) > _REMEMBERED:
                del self._meanings[next(iter(self._meanings))]  # the oldest
            meaning = self._meanings[asked] = self._compared(categories)
        return meaning

    def _compared(self, categories: Sequence[Worded]) -> Meaning:
        phrases = [_phrases(category) for category in categories]
        vectors = np.array([self._vector(each) for each in phrases], np.float32).reshape(-1, DIMENSIONS)
        forms = [self._forms(each) for each in phrases]
        is_kind = np.array([self._is_kind(each) for each in forms], bool).reshape(-1, len(self.classes)).T
        class_cosine = self.classes @ vectors.T
        affinity = class_cosine + _KIND_BONUS * (is_kind & (class_cosine >= _KIND_COSINE))
        concept_cosine = self.concepts @ vectors.T
        named = np.array([[_named(strengths, each) for each in forms] for strengths in self._strengths], "f4")
        meant = np.maximum(named, 1 / (1 + np.exp(-(concept_cosine - _CONCEPT_COSINE) / _CONCEPT_WIDTH)))
        is_known = (affinity.max(axis=0) >= _KNOWN) | (meant.max(axis=0) >= _NARROWER)
        meant *= is_known
        powers = meant * np.exp((concept_cosine + _CONCEPT_BONUS * named) / _TEMPERATURE)
        return Meaning(
            vectors=vectors * is_known[:, None],
            is_known=is_known,
            class_share=_class_share(affinity, is_known),
            concept_share=powers / np.maximum(powers.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny),
            concept_meant=meant.max(axis=1, initial=0),
        )

    def alone(self, category: Worded) -> NDArray[np.float32]:
        """Return how much of each class and concept one category by itself means, float32 [1000 + 17]."""
        meaning = self.meaning([category])
        concepts = meaning.concept_meant * meaning.concept_share[:, 0]
        return np.concatenate([meaning.class_share[:, 0], _CONCEPT_CLASSES * concepts])

    def related(self, category: Worded) -> list[str]:
        """Return terms for things that the starter can see of which a name is a part, the nearest first."""
        key = meaningful(leaf(category.name))
        forms, vector = set(self._dictionary.forms(key)), self._dictionary.vector(key)
        terms = [term for term in self._kinds if term not in forms and forms & {*term.split(), term.split(" ", 1)[-1]}]
        known = [(term, found) for term in terms if (found := self._dictionary.vector(term)) is not None]
        if vector is None or not known:
            return []
        order = np.argsort(-(np.stack([found for _, found in known]) @ vector), kind="stable")
        return [known[number][0] for number in order[:_RELATED].tolist()]

    def _vector(self, phrases: Sequence[str]) -> NDArray[np.float32]:
        """Return the normalized mean of what is known of some phrases, zero if nothing is."""
        vectors = [vector for vector in map(self._dictionary.vector, phrases) if vector is not None]
        return unit(np.sum(vectors, axis=0)) if vectors else np.zeros(DIMENSIONS, np.float32)

    def _forms(self, phrases: Sequence[str]) -> list[str]:
        """Return the keys by which phrases may be found."""
        return [form for phrase in phrases for form in self._dictionary.forms(meaningful(phrase))]

    def _is_kind(self, forms: Sequence[str]) -> NDArray[np.bool_]:
        """Tell of each of the 1,000 classes whether it is a kind of what one of the forms names."""
        is_kind = np.zeros(len(self.classes), bool)
        for form in forms:
            for first, last in self._kinds.get(form, ()):
                is_kind[first : last + 1] = True
        return is_kind


def _named(strengths: dict[str, float], forms: Sequence[str]) -> float:
    """Return how surely one of the forms names a concept, 0..1."""
    return max((strengths.get(form, 0.0) for form in forms), default=0.0)


def _phrases(category: Worded) -> list[str]:
    """Return what a category is called: its prompts, or else the last part of its name."""
    texts = category.prompts or (leaf(category.name),)
    return [phrase for text in texts for phrase in alternatives(text)]


def _strengths(meaning: _Concept) -> dict[str, float]:
    """Return how surely each key means one concept."""
    return {
        **{key_of(word): strength for word, strength in meaning.get("broader", {}).items()},
        **{key_of(word): _NARROWER for word in meaning.get("narrower", [])},
        **{key_of(word): 1.0 for word in meaning["words"]},
    }


def _class_share(affinity: NDArray[np.float32], is_known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Divide each class among the known categories and a background: float32 [1000, C].

    The more categories there are, the less likely is something else: the background weighs as much as √C less.
    """
    background = _BACKGROUND - 0.5 * float(_TEMPERATURE) * np.log(max(int(is_known.sum()), 1))
    compared = np.full((len(affinity), affinity.shape[1] + 1), background / _TEMPERATURE, np.float32)
    compared[:, :-1] = np.where(is_known, affinity / _TEMPERATURE, -np.inf)
    return softmax(compared)[:, :-1]
