"""A photo of two things, made of two that scikit-image carries: an astronaut, and a cup of coffee beside her."""

from pathlib import Path

import skimage
from PIL import Image

BUNDLED = Path(skimage.__file__).with_name("data")


def person_beside_coffee() -> Image.Image:
    """Return the picture, 600 × 448."""
    both = Image.new("RGB", (600, 448))
    for place, (name, box) in enumerate({"astronaut.png": (84, 0, 427, 512), "coffee.png": (238, 0, 506, 400)}.items()):
        half = Image.open(BUNDLED / name).convert("RGB").crop(box).resize((300, 448))
        both.paste(half, (300 * place, 0))
    return both
