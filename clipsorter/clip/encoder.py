"""What every model can do for the rest of the program, and how one is loaded."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from clipsorter.clip import store
from clipsorter.clip.catalog import Activation, ModelCard
from clipsorter.clip.quiet_loading import quiet_loading

if TYPE_CHECKING:
    from clipsorter.clip.device import DeviceChoice
    from clipsorter.clip.model import CLIP

logger = logging.getLogger(__name__)


class Worded(Protocol):
    """A category as an encoder sees it: a name such as `Animals/Dog`, and prompts written by the user, if any."""

    @property
    def name(self) -> str: ...

    @property
    def prompts(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """How N photos fit C categories.

    `similarity` float32 [N, C] in -1..1; `probability` float32 [N, C], rows sum to at most 1;
    `none_wins` bool [N]: "none of these" fits better than every category.
    """

    similarity: NDArray[np.float32]
    probability: NDArray[np.float32]
    none_wins: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Presence:
    """How surely N photos show each of C categories, whatever else they show.

    `similarity` float32 [N, C] in -1..1; `probability` float32 [N, C], each of itself: a photo may show all, or none.
    """

    similarity: NDArray[np.float32]
    probability: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Sought:
    """What a search is for: phrases with their weights, and photos by their stored vectors float32 [P, D].

    A weight below 0 means what should not be there.
    """

    phrases: tuple[tuple[str, float], ...]
    photos: NDArray[np.float32]
    photo_weights: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """A phrase of a search as a category: all of it is the prompt."""

    name: str

    @property
    def prompts(self) -> tuple[str, ...]:
        """Return the phrase."""
        return (self.name,)


@dataclass(frozen=True, slots=True)
class FastTrial:
    """How int8 did beside float32 on a user's photos: least cosine, times the speed, the verdict in a sentence."""

    least_cosine: float
    speed_up: float
    accepted: bool
    reason: str


class Shelf(Protocol):
    """A growing number of stored vectors in the form in which one model searches very many of them."""

    is_exact: bool  # else the best few hundred are to be compared once more, since a shelf rounds

    def __len__(self) -> int: ...

    def add(self, embeddings: NDArray[np.float32]) -> None:
        """Add stored vectors [n, D]."""

    def relevance(self, sought: Sought) -> NDArray[np.float32]:
        """Say how well each vector fits what is sought, nearly as `Encoder.relevance` does: float32 [N]."""

    def probability(self, phrase: str) -> NDArray[np.float32]:
        """Say how surely each vector shows a phrase rather than not, nearly as `Encoder.score` does: float32 [N]."""

    def compare(self, examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines of each vector to M mapped examples [M, E], nearly as `Encoder.compare` does: [N, M]."""


class Encoder(Protocol):
    """A model that turns photos into vectors once, and judges stored vectors by words as often as needed."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def device(self) -> str:
        """`cpu`, `cuda` or `mps`; becomes `cpu` where a GPU's memory proves too small."""

    @property
    def key(self) -> str:
        """Name what decides a vector (model, preprocessing, weights, …): vectors of two keys are never mixed."""

    def preprocess(self, image: Image) -> NDArray[np.uint8]:
        """Turn an upright RGB picture into the model's square, uint8 [R, R, 3]; runs in decoder threads."""

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Turn pixels [N, R, R, 3] into the vectors that are stored, float32 [N, D].

        Called from several threads at once, while another one may call `score`.
        """

    def unknown(self, categories: Sequence[Worded]) -> list[str]:
        """Name the categories whose words mean nothing to this model."""

    def likeness(self, categories: Sequence[Worded]) -> NDArray[np.float32]:
        """Say how near the words of C categories are in meaning, float32 [C, C]: 1 the same, 0 as any two words are."""

    def phrasings(self, category: Worded) -> list[str]:
        """Return prompts that say more closely what the name of a category may mean, the likeliest first."""

    def prepare(self, embeddings: NDArray[np.float32], deadline_s: float) -> bool:
        """Make what every question about stored vectors [N, D] needs, until a point of the monotonic clock.

        Tells whether all is made; then what is asked of this matrix, or of rows of it, costs only its own. A matrix
        that grows is the same one as long as its first rows are.
        """

    def score(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Scores:
        """Judge stored vectors [N, D] by C categories; a category that is unknown scores 0."""

    def presence(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Presence:
        """Judge stored vectors [N, D] by each of C categories alone; what is said of one is the same without others."""

    def relevance(self, embeddings: NDArray[np.float32], sought: Sought) -> NDArray[np.float32]:
        """Say how well stored vectors [N, D] fit what is sought, float32 [N]; more is better."""

    def shelf(self) -> Shelf:
        """Return an empty shelf."""

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Map stored vectors [N, D] to unit vectors [N, E] in which examples are compared by cosine."""

    def compare(self, embeddings: NDArray[np.float32], examples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the cosines of stored vectors [N, D], mapped, to M mapped examples [M, E], float32 [N, M].

        Nothing of the size of N × E is made, so this may be asked of a million photos.
        """


def load_encoder(model_id: str, device: "DeviceChoice" = "auto", ensemble: bool = False) -> Encoder:
    """Load an installed model by id; float16 on CUDA, float32 elsewhere.

    Falls back to the CPU, with a warning in the log, where the GPU is missing or too small. Raises UsageError for an
    unknown id, ModelMissingError if the file is not on this machine, CheckpointError if the file is no CLIP.
    """
    with quiet_loading():
        return _load(model_id, device, ensemble)


def _load(model_id: str, device: "DeviceChoice", ensemble: bool) -> Encoder:
    if model_id == "starter":
        from clipsorter.clip.starter import Starter

        return Starter()
    from clipsorter.clip.clip_encoder import ClipEncoder
    from clipsorter.clip.device import choose_device

    model = store.find(model_id)
    chosen = choose_device(device, model.card.title, model.card.min_gpu_gb)
    network, chosen = load_network(model.path, model.card.activation, chosen)
    return ClipEncoder(network, model.card, chosen, ensemble)


def load_network(path: Path, activation: Activation, device: str) -> "tuple[CLIP, str]":
    """Read a checkpoint onto a device, or onto the CPU if the GPU's memory is taken; say which it was."""
    import torch

    from clipsorter.clip.checkpoint import build_model, read_checkpoint
    from clipsorter.clip.device import free_cached_memory, is_out_of_memory

    dtype = torch.float16 if device == "cuda" else torch.float32
    try:
        return build_model(read_checkpoint(path), activation, device, dtype), device
    except RuntimeError as error:
        if device == "cpu" or not is_out_of_memory(error):
            raise
    logger.warning("The GPU has too little free memory for %s, so it runs on the CPU.", path.name)
    free_cached_memory()  # outside the handler, whose error holds on to what was loaded
    return build_model(read_checkpoint(path), activation), "cpu"
