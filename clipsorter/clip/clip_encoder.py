"""CLIP as an encoder of the program: unit vectors, cosine, logit scale, softmax."""

from collections.abc import Sequence

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from PIL.Image import Image

from clipsorter.clip.catalog import ModelCard
from clipsorter.clip.encoder import Scores, Worded
from clipsorter.clip.model import CLIP
from clipsorter.clip.preprocess import Preprocess
from clipsorter.clip.prompts import BACKGROUND, DEFAULT_TEMPLATE, ENSEMBLE, prompts_of
from clipsorter.clip.tokenizer import tokenize_array


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

    @property
    def card(self) -> ModelCard:
        """What is known of the model."""
        return self._card

    @property
    def device(self) -> str:
        """Where it runs."""
        return self._device

    def preprocess(self, image: Image) -> NDArray[np.uint8]:
        """Resize and crop to uint8 [R, R, 3]."""
        return self._preprocess.pixels(image)

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Encode pixels [N, R, R, 3] as unit vectors, float32 [N, D]."""
        with torch.inference_mode():
            batch = self._preprocess.normalize(torch.from_numpy(pixels).to(self._device))
            return _unit(self._model.encode_image(batch))

    def unknown(self, categories: Sequence[Worded]) -> list[str]:
        """Return nothing: byte-level tokens can spell every word."""
        return []

    def score(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Scores:
        """Judge unit vectors [N, D]: softmax of cosine × logit scale over C categories (Radford et al. 2021, fig. 3).

        One category alone has nothing to be compared with, so its probability is taken against the best background
        prompt.
        """
        texts = np.concatenate([[self._category_vector(category) for category in categories], self._encode(BACKGROUND)])
        # Categories first, photos second: so each step below runs along memory, many times faster than across it.
        cosine = texts @ embeddings.T
        similarity, background = cosine[: len(categories)], cosine[len(categories) :].max(axis=0)
        best = similarity.max(axis=0)
        compared = similarity if len(categories) > 1 else np.vstack([similarity, background])
        probability = np.exp(self._logit_scale * (compared - compared.max(axis=0)))
        probability /= probability.sum(axis=0)
        return Scores(similarity.T, probability[: len(categories)].T, background > best)

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the vectors as they are: they are compared by cosine already."""
        return embeddings

    def _category_vector(self, category: Worded) -> NDArray[np.float32]:
        """Average the unit vectors of a category's prompts, and normalize again: float32 [D]."""
        mean = self._encode(prompts_of(category.name, category.prompts, self._templates)).mean(axis=0)
        vector: NDArray[np.float32] = mean / np.linalg.norm(mean)
        return vector

    def _encode(self, prompts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors of prompts, float32 [len(prompts), D]; a prompt over 77 tokens raises UsageError."""
        new = [prompt for prompt in dict.fromkeys(prompts) if prompt not in self._prompt_vectors]
        if new:
            tokens = torch.from_numpy(tokenize_array(new, self._model.architecture.context_length))
            with torch.inference_mode():
                vectors = _unit(self._model.encode_text(tokens.to(self._device)))
            self._prompt_vectors.update(zip(new, vectors, strict=True))
        return np.stack([self._prompt_vectors[prompt] for prompt in prompts])


def _unit(vectors: torch.Tensor) -> NDArray[np.float32]:
    """Normalize in float32 and bring to the CPU."""
    return F.normalize(vectors.float(), dim=-1).cpu().numpy()
