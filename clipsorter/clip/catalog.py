"""The model cards: what is known of each model before its file is opened."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from clipsorter.errors import UsageError
from clipsorter.paths import resource

Activation = Literal["quickgelu", "gelu"]


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Facts of one model.

    `min_probability` and `min_margin` (both in 0..1) bound the unsure band: an answer below either is not given.
    `min_presence` is the least probability of a category by itself where a photo may be in several.
    `min_found` is the probability that a phrase must exceed for a photo to fit a saved search.
    `min_alike` is the cosine of stored vectors from which two photos may be copies of one picture.
    `sha256` and `file` are empty for the starter, which ships with the program.
    """

    id: str
    title: str
    knows: str
    resolution: int
    embed_dim: int
    min_probability: float
    min_margin: float
    activation: Activation = "quickgelu"
    file: str = ""
    sha256: str = ""
    size_mb: int = 0
    min_gpu_gb: float = 0.0
    min_alike: float = 0.9
    min_presence: float = 0.9  # the cautious side, until it was measured with a checkpoint
    min_found: float = 0.5  # not measured either: below, a background prompt says more of the photo than the phrase


@cache
def catalog() -> dict[str, ModelCard]:
    """Return the nine published checkpoints and the starter by id, in the order they are listed."""
    facts = json.loads(resource("models.json").read_text(encoding="utf-8"))
    return {entry["id"]: card_from_json(entry) for entry in facts["models"]}


def card_from_json(entry: dict[str, Any]) -> ModelCard:
    """Build a card from its JSON object; raise UsageError if a field is missing, unknown or of another type."""
    try:
        card = ModelCard(**entry)
    except TypeError as error:
        raise UsageError(f"The model card of {entry.get('id', 'a model')} is damaged: {error}.") from error
    for name, kind in get_type_hints(ModelCard).items():
        value, choices = getattr(card, name), get_args(kind)
        if value not in choices if choices else not isinstance(value, (int, float) if kind is float else kind):
            raise UsageError(f"The model card of {card.id} is damaged: {name} can't be {value!r}.")
    return card


def base_url() -> str:
    """Return the address below which the published checkpoints lie as SHA256/FILE."""
    return str(json.loads(resource("models.json").read_text(encoding="utf-8"))["base_url"])
