import numpy as np
import pytest
import torch
from PIL import Image
from torchvision import transforms

from clipsorter.clip.preprocess import Preprocess

SIZES = [(224, 224), (640, 480), (481, 641), (225, 1000), (100, 60), (3, 2), (1001, 333), (224, 225), (337, 336)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("resolution", [224, 336])
def test_equals_the_published_transform(size, resolution):
    noise = np.random.default_rng(7).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    image = Image.fromarray(noise)
    ours = Preprocess(resolution)
    theirs = transforms.Compose(
        [
            transforms.Resize(resolution, interpolation=transforms.InterpolationMode.BICUBIC),
            transforms.CenterCrop(resolution),
            transforms.ToTensor(),
            transforms.Normalize(ours.mean, ours.std),
        ]
    )
    assert ours(image).shape == (3, resolution, resolution)
    assert torch.allclose(ours(image), theirs(image), atol=1e-6)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK", "LA", "1"])
def test_any_mode_becomes_rgb(mode):
    assert Preprocess(32).pixels(Image.new(mode, (40, 50))).shape == (32, 32, 3)
