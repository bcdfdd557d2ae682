"""What the benchmarks run on without a download: models of exact shapes with seeded weights, photos like a camera's."""

import warnings
from pathlib import Path

import numpy as np
import open_clip
import torch
from PIL import Image

from clipsorter.clip.checkpoint import Checkpoint, build_model, infer_architecture
from clipsorter.clip.model import CLIP

WIDTH, HEIGHT = 4000, 3000


def open_clip_model(model_id: str) -> torch.nn.Module:
    """Return open_clip's model by our id, with seeded random weights that all matter to the result."""
    torch.manual_seed(0)
    name = model_id.replace("/", "-").replace("@336px", "-336") + "-quickgelu"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = open_clip.create_model(name, pretrained=None, load_weights=False).eval()
    for module in model.modules():  # a ResNet starts with its residual branches switched off
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
    return model


def our_model(theirs: torch.nn.Module) -> CLIP:
    """Return our network with the weights of theirs."""
    state = {key.replace("attn.in_proj_", "attn.in_proj."): value for key, value in theirs.state_dict().items()}
    return build_model(Checkpoint(state, infer_architecture(state, Path("seeded"))), "quickgelu")


def camera_photo(seed: int) -> Image.Image:
    """Return 12 megapixels of shapes from large to small, brightest where there is light, with a sensor's noise."""
    random = np.random.default_rng(seed)
    scene = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    for cells, contrast in ((4, 1.0), (16, 0.5), (64, 0.35), (256, 0.25), (1000, 0.15)):
        clouds = random.integers(0, 256, (cells * 3 // 4, cells, 3), dtype=np.uint8)
        scene += contrast * np.asarray(Image.fromarray(clouds).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    scene *= 220 / scene.max()
    noise = random.standard_normal((HEIGHT, WIDTH, 1), dtype=np.float32)
    noise = 4.0 * noise + 1.0 * random.standard_normal((HEIGHT, WIDTH, 3), dtype=np.float32)
    return Image.fromarray((scene + noise).clip(0, 255).astype(np.uint8))


def write_camera_photos(folder: Path, count: int) -> list[Path]:
    """Write JPEGs of about 3 MB each."""
    paths = []
    for number in range(count):
        paths.append(folder / f"IMG_{number:04}.JPG")
        camera_photo(number).save(paths[-1], "JPEG", quality=90)
    return paths
