"""Pictures and sentences in, unit vectors out.

The three functions here follow the convention that users of CLIP know:

    from clipsorter import clip
    model, preprocess = clip.load("ViT-B/32", device="cpu")
    logits_per_image, logits_per_text = model(preprocess(image).unsqueeze(0), clip.tokenize(["a dog", "a cat"]))
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor
    from torch import device as TorchDevice

    from clipsorter.clip.catalog import Activation
    from clipsorter.clip.model import CLIP
    from clipsorter.clip.preprocess import Preprocess

__all__ = ["available_models", "load", "tokenize"]


def available_models() -> list[str]:
    """Return the ids of the nine published models; `load` takes those that are on this machine."""
    from clipsorter.clip.catalog import catalog

    return [card.id for card in catalog().values() if card.file]


def load(
    name: str | Path, device: "str | TorchDevice" = "auto", activation: "Activation" = "quickgelu"
) -> "tuple[CLIP, Preprocess]":
    """Load a model by id or by the path of its file; return the network and its preprocessing.

    `activation` is for a file that has no card: shapes can't tell it, and most of LAION's and DataComp's models were
    trained with `gelu`. `device` is `auto`, or a device of torch; of several GPUs the first is taken.

    The network has `encode_image(float [N, 3, R, R])`, `encode_text(int [N, 77])`, and called with both it returns
    the logits [N images, N texts] and their transpose. Nothing is downloaded: a model that is not here raises
    ModelMissingError with the command that fetches it.
    """
    from clipsorter.clip import store
    from clipsorter.clip.device import choose_device
    from clipsorter.clip.encoder import load_network
    from clipsorter.clip.preprocess import Preprocess

    if os.path.isfile(name):  # noqa: PTH113  (pathlib's raises where the name of a model is no possible path)
        path, card = Path(name), store.card_of(Path(name))
    else:
        found = store.find(str(name))
        path, card = found.path, found.card
    chosen = choose_device(device, str(name), card.min_gpu_gb if card else 0.0)
    network, _ = load_network(path, card.activation if card else activation, chosen)
    return network, Preprocess(network.architecture.resolution)


def tokenize(texts: str | Sequence[str], context_length: int = 77, truncate: bool = False) -> "Tensor":
    """Turn texts into token ids, int32 [len(texts), context_length]; too long raises UsageError unless `truncate`."""
    import torch

    from clipsorter.clip.tokenizer import tokenize_array

    return torch.from_numpy(tokenize_array(texts, context_length, truncate))
