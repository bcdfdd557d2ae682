"""A picture to the square of pixels that a CLIP model was trained on, as a record that travels with the model."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor


@dataclass(frozen=True, slots=True)
class Preprocess:
    """Bicubic antialiased resize of the shorter side, centre crop, RGB, CLIP's mean and deviation."""

    resolution: int
    mean: tuple[float, float, float] = (0.48145466, 0.4578275, 0.40821073)
    std: tuple[float, float, float] = (0.26862954, 0.26130258, 0.27577711)

    def __call__(self, image: Image.Image) -> Tensor:
        """Turn any picture into normalized pixels, float32 [3, R, R]."""
        return self.normalize(torch.from_numpy(self.pixels(image)).unsqueeze(0)).squeeze(0)

    def pixels(self, image: Image.Image) -> NDArray[np.uint8]:
        """Resize and crop to uint8 [R, R, 3]; the rounding of sizes is torchvision's."""
        side, shorter = self.resolution, min(image.size)
        width, height = (side if edge == shorter else int(side * edge / shorter) for edge in image.size)
        left, top = round((width - side) / 2), round((height - side) / 2)
        image = image.resize((width, height), Image.Resampling.BICUBIC)
        return np.array(image.crop((left, top, left + side, top + side)).convert("RGB"))

    def normalize(self, pixels: Tensor) -> Tensor:
        """Turn uint8 [N, R, R, 3] into float32 [N, 3, R, R] on the same device."""
        mean, std = (torch.tensor(values, device=pixels.device).view(3, 1, 1) for values in (self.mean, self.std))
        return (pixels.permute(0, 3, 1, 2).float() / 255 - mean) / std
