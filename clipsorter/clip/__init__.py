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

    from clipsorter.clip.catalog import Activation
    from clipsorter.clip.device import DeviceChoice
    from clipsorter.clip.model import CLIP
    from clipsorter.clip.preprocess import Preprocess

__all__ = ["available_models", "load", "tokenize"]

# Read once, when torch is imported, which happens in this package alone: threads that wait for each other sleep. By
# default they spin, and beside decoders or another busy program a picture took four times as long, against 4 % that
# sleeping costs on an idle machine (ViT-L/14 and ViT-B/32 on two cores).
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def available_models() -> list[str]:
    """Return the ids of the nine published models; `load` takes those that are on this machine."""
    from clipsorter.clip.catalog import catalog

    return [card.id for card in catalog().values() if card.file]


def load(name: str | Path, device: "DeviceChoice" = "auto") -> "tuple[CLIP, Preprocess]":
    """Load a model by id or by the path of its file; return the network and its preprocessing.

    The network has `encode_image(float [N, 3, R, R])`, `encode_text(int [N, 77])`, and called with both it returns
    the logits [N images, N texts] and their transpose. Nothing is downloaded: a model that is not here raises
    ModelMissingError with the command that fetches it.
    """
    from clipsorter.clip import store
    from clipsorter.clip.device import choose_device
    from clipsorter.clip.encoder import load_network
    from clipsorter.clip.preprocess import Preprocess

    activation: Activation
    if Path(name).is_file():
        path, activation, needed_gb = Path(name), "quickgelu", 0.0
    else:
        found = store.find(str(name))
        path, activation, needed_gb = found.path, found.card.activation, found.card.min_gpu_gb
    network, _ = load_network(path, activation, choose_device(device, str(name), needed_gb))
    return network, Preprocess(network.architecture.resolution)


def tokenize(texts: str | Sequence[str], context_length: int = 77, truncate: bool = False) -> "Tensor":
    """Turn texts into token ids, int32 [len(texts), context_length]; too long raises UsageError unless `truncate`."""
    import torch

    from clipsorter.clip.tokenizer import tokenize_array

    return torch.from_numpy(tokenize_array(texts, context_length, truncate))
