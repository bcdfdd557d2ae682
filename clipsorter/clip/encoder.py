"""What every model can do for the rest of the program, and how one is loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from clipsorter.clip.catalog import ModelCard


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


class Encoder(Protocol):
    """A model that turns photos into vectors once, and judges stored vectors by words as often as needed."""

    @property
    def card(self) -> ModelCard: ...

    @property
    def device(self) -> str:
        """`cpu`, `cuda` or `mps`."""

    def preprocess(self, image: Image) -> NDArray[np.uint8]:
        """Turn an upright RGB picture into the model's square, uint8 [R, R, 3]; runs in decoder threads."""

    def embed(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Turn pixels [N, R, R, 3] into the vectors that are stored, float32 [N, D]."""

    def unknown(self, categories: Sequence[Worded]) -> list[str]:
        """Name the categories whose words mean nothing to this model."""

    def score(self, embeddings: NDArray[np.float32], categories: Sequence[Worded]) -> Scores:
        """Judge stored vectors [N, D] by C categories; a category that is unknown scores 0."""

    def example_space(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Map stored vectors [N, D] to unit vectors [N, E] in which examples are compared by cosine."""
