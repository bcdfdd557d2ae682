"""All nine full-size architectures against open_clip on the same seeded random weights: one picture, one text.

usage: python -m tests.benchmarks.parity [ID …]        the largest needs about 6 GB of memory
"""

import sys
import time

import open_clip
import torch
import torch.nn.functional as F

from clipsorter.clip.catalog import catalog
from tests.benchmarks.seeded import open_clip_model, our_model


def compare(model_id: str) -> tuple[float, float, float]:
    """Return the cosine of both images and of both texts, and the duration of ours in seconds."""
    theirs = open_clip_model(model_id)
    ours = our_model(theirs)
    side = ours.architecture.resolution
    picture, text = torch.randn(1, 3, side, side), open_clip.tokenize(["a photo of a dog at the beach"])
    with torch.inference_mode():
        started_s = time.perf_counter()
        image, sentence = ours.encode_image(picture), ours.encode_text(text)
        duration_s = time.perf_counter() - started_s
        image_cosine = F.cosine_similarity(image, theirs.encode_image(picture)).item()
        text_cosine = F.cosine_similarity(sentence, theirs.encode_text(text)).item()
    return image_cosine, text_cosine, duration_s


def main() -> None:
    """Print a table."""
    ids = sys.argv[1:] or [card.id for card in catalog().values() if card.file]
    print(f"{'model':<16}{'1 - cos image':>15}{'1 - cos text':>15}{'both towers':>13}")
    for model_id in ids:
        image_cosine, text_cosine, duration_s = compare(model_id)
        print(f"{model_id:<16}{1 - image_cosine:>15.1e}{1 - text_cosine:>15.1e}{duration_s:>11.2f} s", flush=True)


if __name__ == "__main__":
    main()
