"""CLIP as an encoder of the program: unit vectors, cosine, logit scale, softmax."""

import copy
import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image
from torch import nn

from clipsorter.blocks import products
from clipsorter.clip import fast, tuning
from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.device import free_cached_memory, is_out_of_memory
from clipsorter.clip.encoder import FastTrial, Presence, Scores, Shelf, Sought, Worded
from clipsorter.clip.everyday import everyday_words
from clipsorter.clip.model import CLIP, VisionTransformer
from clipsorter.clip.preprocess import Preprocess
from clipsorter.clip.prompts import BACKGROUND, DEFAULT_TEMPLATE, ENSEMBLE, kinds_of, prompts_of
from clipsorter.clip.shelf import Bytes
from clipsorter.clip.tokenizer import tokenize_array
from clipsorter.clip.vectors import unit

logger = logging.getLogger(__name__)

_PHOTO_SHARE = 0.3  # cosines between photos are spread wider than those with words, which they would drown
_EVERY_WORD = 5  # of the everyday words is enough to know what two have in common
_AT_ONCE = 64  # pictures in one pass through the network, which bounds the memory it takes


class ClipEncoder:
    """A loaded CLIP network on one device; prompts are encoded once and remembered."""

    def __init__(self, model: CLIP, card: ModelCard, device: str, ensemble: bool = False) -> None:
        """Take a network that already lies on `device`; `ensemble` averages several templates for bare names."""
        self._model = model
        self._card = card
        self._device = device
        self._templates = ENSEMBLE if ensemble else (DEFAULT_TEMPLATE,)
        self._preprocess = Preprocess(model.architecture.resolution)
        self._logit_scale = float(model.logit_scale.exp())
        self._prompt_vectors: dict[str, NDArray[np.float32]] = {}
        self._at_once = _AT_ONCE
        self._moving = threading.Lock()
        self._fast: fast.Network | None = None

    @property
    def card(self) -> ModelCard:
        """What is known of the model."""
        return self._card

    @property
    def device(self) -> str:
        """Where it runs; becomes `cpu` where a GPU's memory proves too small for a single picture."""
        return self._device

    @property
    def key(self) -> str:
        """Name model, preprocessing, activation, weights, and int8 where it is in use.

        A GPU's float16 has the same key as float32: its vectors differ by less than 1e-4 in cosine, less than the
        float16 in which vectors are stored and the decoding of a photo at another scale make of it.
        """
        card, precision = self._card, " int8" if self._fast else ""
        pixels = f"{self._preprocess.resolution}px-bicubic"
        return f"{card.id} {pixels} {card.activation} {card.sha256[:16]}{precision}"

    def preprocess(self, image: Image) -> NDArray[np.uint8]:
        """Resize and crop to uint8 [R, R, 3]."""
        return self._preprocess.pixels(image)

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode pixels [N, R, R, 3] as unit vectors, float32 [N, D]; may run in several threads at once.

        Where the GPU's memory is too small for so many pictures at once, half as many are tried, down to one; if
        that doesn't fit either, the network moves to the CPU.
        """
        vectors, done = [], 0
        while done < len(pixels):
            part, model = pixels[done : done + self._at_once], self._model
            try:
                with torch.inference_mode():
                    vectors.append(self._encode_pictures(part, model))
            except RuntimeError as error:
                if not is_out_of_memory(error) or (self._device == "cpu" and self._model is model):
                    raise
            else:
                done += len(part)
                continue
            self._make_room(len(part), model)  # outside the handler, whose error holds on to memory
        if not vectors:
            return np.zeros((0, self._card.embed_dim), np.float32)
        return unit(torch.cat([each.float().cpu() for each in vectors]).numpy())

    def _make_room(self, count: int, model: CLIP) -> None:
        """Take fewer than `count` pictures at once from now on, or go to the CPU where not even one fits.

        Other threads may be computing: the network stays whole until the last of them is done with it.
        """
        with self._moving:
            if self._model is not model:
                return  # another thread was here first
            if count > 1:
                self._at_once = min(self._at_once, count // 2)
                logger.warning("The GPU's memory is too small for %d pictures at once.", count)
            else:
                logger.warning("The GPU has too little free memory for %s, so it goes on on the CPU.", self._card.title)
                self._model, self._device, self._at_once = _on_cpu(model), "cpu", _AT_ONCE
        free_cached_memory()

    def fast_refusal(self) -> str | None:
        """Say why int8 needn't even be tried here, None if it may be."""
        return fast.refusal(self.device, self._model.visual, fast.TRIAL_PHOTOS)

    def try_fast(self, pixels: NDArray[np.uint8]) -> FastTrial:
        """Check int8 on a user's photos, uint8 [32, R, R, 3], and go over to it for good if it may be trusted.

        Accepted if each cosine to float32 is at least 0.99 and time is saved; `key` is another one then, and the
        float32 tower is dropped, so no other thread may embed meanwhile. On this machine the model need not be tried
        again: `resume_fast`.
        """
        if self._fast:
            return FastTrial(1.0, 1.0, True, "Fast mode is already in use.")
        refusal = fast.refusal(self._device, self._model.visual, len(pixels))
        if refusal:
            return FastTrial(0.0, 0.0, False, refusal)
        assert isinstance(self._model.visual, VisionTransformer)
        network = fast.quantize(self._model.visual, self._preprocess)
        trial = fast.compare(self._exact, network, pixels)
        tuning.remember("fast", self, asdict(trial))
        if trial.accepted:
            self._go_fast(network)
        return trial

    def earlier_trial(self) -> FastTrial | None:
        """Return what `try_fast` found for this model on this machine, None if it was not tried yet."""
        facts = tuning.recall("fast", self)
        if facts is None or facts.keys() != set(FastTrial.__slots__):
            return None
        return FastTrial(**facts)

    def resume_fast(self) -> bool:
        """Go over to int8 if an earlier trial accepted it; tell whether int8 is in use."""
        trial = self.earlier_trial()
        if self._fast is None and trial is not None and trial.accepted is True:
            if fast.refusal(self._device, self._model.visual, fast.TRIAL_PHOTOS):
                return False
            assert isinstance(self._model.visual, VisionTransformer)
            self._go_fast(fast.quantize(self._model.visual, self._preprocess))
        return self._fast is not None

    def _go_fast(self, network: fast.Network) -> None:
        self._fast = network
        del self._model.visual  # gives its memory back

    def _exact(self, pictures: torch.Tensor) -> torch.Tensor:
        """Encode uint8 [N, R, R, 3] on the device as [N, D]."""
        return self._model.encode_image(self._preprocess.normalize(pictures))

    def _encode_pictures(self, pixels: NDArray[np.uint8], model: CLIP) -> torch.Tensor:
        pictures, device = torch.from_numpy(pixels), model.logit_scale.device
        if device.type == "cuda":
            pictures = pictures.pin_memory()  # from there the copy needs no waiting for: this thread goes on at once
        pictures = pictures.to(device, non_blocking=device.type == "cuda")
        return self._fast(pictures) if self._fast else model.encode_image(self._preprocess.normalize(pictures))

    def unknown(self, categories: Sequence[Worded]) -> list[str]:
        """Return nothing: byte-level tokens can spell every word."""
        return []

    def likeness(self, categories: Sequence[Worded]) -> NDArray[np.float32]:
        """Return cosines of prompts, float32 [C, C], put so that everyday words have 0 in common, and 1 is the same.

        Cosines of CLIP's sentences are all high, and how high differs from model to model.
        """
        words = self._encode([DEFAULT_TEMPLATE.format(word) for word in everyday_words()[::_EVERY_WORD]])
        chance = np.float32(np.median((words @ words.T)[np.triu_indices(len(words), 1)]))
        texts = np.stack([self._category_vector(category) for category in categories])
        return np.asarray((texts @ texts.T - chance) / np.maximum(1 - chance, np.float32(1e-3)))

    def phrasings(self, category: Worded) -> list[str]:
        """Return sentences that say what kind of thing a name means; first as its place in the tree says."""
        return kinds_of(category.name)

    def prepare(self, embeddings: NDArray[np.float32], deadline_s: float) -> bool:
        """Do nothing: vectors are compared as they are."""
        return True

    def score(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Scores:
        """Judge unit vectors [N, D]: softmax of cosine × logit scale over C categories (Radford et al. 2021, fig. 3).

        One category alone has nothing to be compared with, so its probability is taken against the best background
        prompt.
        """
        texts = np.concatenate([[self._category_vector(category) for category in categories], self._encode(BACKGROUND)])
        # Categories first, photos second: so each step below runs along memory, many times faster than across it.
        cosine = products(texts, embeddings)
        similarity, background = cosine[: len(categories)], cosine[len(categories) :].max(axis=0)
        best = similarity.max(axis=0)
        compared = similarity if len(categories) > 1 else np.vstack([similarity, background])
        probability = np.exp(self._logit_scale * (compared - compared.max(axis=0)))
        probability /= probability.sum(axis=0)
        return Scores(similarity.T, probability[: len(categories)].T, background > best)

    def presence(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Presence:
        """Judge unit vectors [N, D]: for each category the softmax of it and the best background prompt alone."""
        texts = np.concatenate([[self._category_vector(category) for category in categories], self._encode(BACKGROUND)])
        cosine = products(texts, embeddings)
        similarity, background = cosine[: len(categories)], cosine[len(categories) :].max(axis=0)
        probability = np.exp(-np.logaddexp(0, self._logit_scale * (background - similarity)))
        return Presence(similarity.T, probability.T.astype(np.float32))

    def relevance(self, embeddings: NDArray[np.float32], sought: Sought) -> NDArray[np.float32]:
        """Return the scalar product of unit vectors [N, D] with the weighted sum of what is sought, float32 [N]."""
        return products(self.direction(sought)[None], embeddings)[0]

    def shelf(self) -> Shelf:
        """Return an empty shelf."""
        return _ClipShelf(self)

    def beside_background(self, phrase: str) -> tuple[NDArray[np.float32], float]:
        """Return the vector of a phrase, those of the background [1 + B, D], and what cosines are multiplied by."""
        return self._encode([DEFAULT_TEMPLATE.format(phrase), *BACKGROUND]), self._logit_scale

    def direction(self, sought: Sought) -> NDArray[np.float32]:
        """Return the weighted sum of what is sought, float32 [D]."""
        direction = np.zeros(self._card.embed_dim, np.float32)
        for phrase, weight in sought.phrases:
            direction += np.float32(weight) * self._encode([DEFAULT_TEMPLATE.format(phrase)])[0]
        for photo, weight in zip(sought.photos, sought.photo_weights, strict=True):
            direction += np.float32(_PHOTO_SHARE * weight) * photo
        return direction

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the vectors as they are: they are compared by cosine already."""
        return embeddings

    def compare(self, embeddings: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines of unit vectors [N, D] to examples [M, D]."""
        return products(examples, embeddings).T

    def _category_vector(self, category: Worded) -> NDArray[np.float32]:
        """Average the unit vectors of a category's prompts, and normalize again: float32 [D]."""
        mean = self._encode(prompts_of(category.name, category.prompts, self._templates)).mean(axis=0)
        vector: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return vector

    def _encode(self, prompts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of prompts, float32 [len(prompts), D]; a prompt over 77 tokens raises UsageError."""
        new = [prompt for prompt in dict.fromkeys(prompts) if prompt not in self._prompt_vectors]
        if new:
            model = self._model  # `embed` may move it meanwhile
            tokens = torch.from_numpy(tokenize_array(new, model.architecture.context_length))
            with torch.inference_mode():
                vectors = unit(model.encode_text(tokens.to(model.logit_scale.device)).float().cpu().numpy())
            self._prompt_vectors.update(zip(new, vectors, strict=True))
        return np.stack([self._prompt_vectors[prompt] for prompt in prompts])


class _ClipShelf:
    """Unit vectors as bytes."""

    is_exact = False

    def __init__(self, encoder: ClipEncoder) -> None:
        self._encoder = encoder
        self._bytes = Bytes()

    def __len__(self) -> int:
        return len(self._bytes)

    def add(self, embeddings: NDArray[np.float32]) -> None:
        """Add unit vectors [n, D]."""
        self._bytes.add(embeddings)

    def relevance(self, sought: Sought) -> NDArray[np.float32]:
        """Return the rounded scalar products with what is sought, float32 [N]."""
        return self._bytes.products(self._encoder.direction(sought))

    def probability(self, phrase: str) -> NDArray[np.float32]:
        """Return the softmax of a phrase against the best background prompt, float32 [N]."""
        texts, scale = self._encoder.beside_background(phrase)
        cosine, *background = self._bytes.closer_products(texts).T
        found: NDArray[np.float32] = 1 / (1 + np.exp(scale * (np.max(background, axis=0) - cosine)))
        return found

    def compare(self, examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines to M examples [M, D], float32 [N, M]."""
        return self._bytes.closer_products(examples)


def _on_cpu(model: CLIP) -> CLIP:
    """Return a copy of a network in float32 on the CPU; the network itself stays as it is."""
    moved: dict[int, torch.Tensor] = {}
    for weight in model.parameters():
        moved[id(weight)] = nn.Parameter(weight.to("cpu", torch.float32), requires_grad=False)
    for counter in model.buffers():
        moved[id(counter)] = counter.to("cpu", torch.float32 if counter.is_floating_point() else counter.dtype)
    return copy.deepcopy(model, moved)  # which takes what is in `moved` for copies that were made before
