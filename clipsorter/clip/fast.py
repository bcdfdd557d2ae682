"""An image tower in int8 for the CPU: a third of the time, and vectors that differ a little.

Every matrix product of the tower, the one over the patches too, multiplies bytes: weights with one scale an output,
known beforehand; activations with one scale a token, found as they come (dynamic quantization), so that a photo's
vector does not depend on its neighbours in the batch. Channels that are much larger than others would leave the rest
few of the 256 steps; their size is moved into the weights first (SmoothQuant, Xiao et al. 2022, equation 4, α = ½).
The sizes are taken on drawn pictures, so the tower is a function of the weights alone, the same at every start.

The products are oneDNN's, on plain tensors, as torch.compile uses them: torch.ao.quantization is deprecated, and
torchao without a compiler is slower (tests/benchmarks/encoder.py).
"""

import copy
from collections.abc import Callable
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from clipsorter.clip.encoder import FastTrial
from clipsorter.clip.linear import HAS_ONEDNN
from clipsorter.clip.model import QuickGELU, ResidualAttentionBlock, VisionTransformer
from clipsorter.clip.preprocess import Preprocess
from clipsorter.clip.tuning import thread_clock

TRIAL_PHOTOS = 32
LEAST_COSINE = 0.99
LEAST_SPEED_UP = 1.2
_AT_ONCE = 8
_LEAST_GELU = -0.17  # of both GELU (-0.16997) and QuickGELU (-0.16361)
_DRAWN = 8
_TINY = 1e-12  # in place of zero, where something is divided by it
# Without VNNI, two products are added up in 16 bits and cut off there: 2 · 255 · 64 still has room, 2 · 255 · 127 not.
WEIGHT_STEPS = 127 if getattr(torch.cpu, "_is_vnni_supported", lambda: False)() else 64

Network = Callable[[Tensor], Tensor]  # pixels uint8 [N, R, R, 3] to vectors [N, D]


class Int8Linear(nn.Module):
    """x · Wᵀ + b of float32 tokens [..., in], multiplied as bytes; `least` is a bound that no input falls below."""

    def __init__(self, weight: Tensor, bias: Tensor, least: float | None = None) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1).clamp_min(_TINY) / WEIGHT_STEPS
        rounded = (weight / scale[:, None]).round()
        # As plain attributes: the prepacked weight is opaque, and no state dict is ever taken of this tower.
        self.weight = torch.ops.onednn.qlinear_prepack(rounded.to(torch.int8), None)
        self.weight_scale = scale
        self.weight_zero = torch.zeros(len(scale), dtype=torch.int32)
        self.least = least
        self.bias = bias if least is None else bias + least * rounded.sum(dim=1) * scale

    def forward(self, x: Tensor) -> Tensor:
        """Give each token the scale that its own range needs; uint8 holds it shifted by 128, or by `least`."""
        most = x.amax(dim=-1, keepdim=True)
        if self.least is None:
            scale = torch.maximum(most, -x.amin(dim=-1, keepdim=True)).clamp_min_(_TINY) / 127
            shifted = x.mul(1 / scale).add_(128.5)
        else:
            scale = (most - self.least) / 255
            shifted = x.mul(1 / scale).add_(0.5 - self.least / scale)
        product = self.multiply(shifted.to(torch.uint8), zero=128 if self.least is None else 0)
        return product.mul_(scale).add_(self.bias)

    def multiply(self, x: Tensor, zero: int) -> Tensor:
        """Return (x - zero) · Wᵀ as float32, for x uint8."""
        return torch.ops.onednn.qlinear_pointwise(
            x, 1.0, zero, self.weight, self.weight_scale, self.weight_zero, None, 1.0, 0, torch.float32, "none", [], ""
        )


class Int8Patches(nn.Module):
    """The patch embedding of pixels as they are, uint8 [N, R, R, 3]: mean and deviation are part of the weights."""

    def __init__(self, conv: nn.Conv2d, preprocess: Preprocess) -> None:
        super().__init__()
        mean, std = (torch.tensor(values).view(3, 1, 1) for values in (preprocess.mean, preprocess.std))
        weight, self.side = conv.weight, conv.kernel_size[0]
        bias = -(weight * mean / std).sum(dim=(1, 2, 3))
        self.linear = Int8Linear((weight / (255 * std)).permute(0, 2, 3, 1).flatten(1), bias)

    def forward(self, pixels: Tensor) -> Tensor:
        """Return [N, width, R / side, R / side], as the convolution does for normalized pixels."""
        count, grid, side = len(pixels), pixels.shape[1] // self.side, self.side
        patches = pixels.reshape(count, grid, side, grid, side * 3).transpose(2, 3).reshape(count, grid * grid, -1)
        product = self.linear.multiply(patches, zero=0).add_(self.linear.bias)
        return product.transpose(1, 2).view(count, -1, grid, grid)


def refusal(device: str, visual: nn.Module, photos: int) -> str | None:
    """Say why fast mode is not even tried, None if it may be."""
    if device != "cpu":
        return "Fast mode is for the CPU; this model runs on the GPU, which is faster still."
    if not isinstance(visual, VisionTransformer):
        return "Fast mode is for the ViT models; of a ResNet, int8 would speed up too little."
    if not HAS_ONEDNN:
        return "Fast mode needs an x86 processor and a PyTorch with oneDNN."
    if photos < TRIAL_PHOTOS:
        return f"Fast mode is checked on {TRIAL_PHOTOS} photos first; found here: {photos}."
    return None


@torch.inference_mode()
def quantize(visual: VisionTransformer, preprocess: Preprocess) -> Network:
    """Return the tower in int8, for pixels uint8 [N, R, R, 3]; `visual` stays as it is and may be dropped."""
    sizes = _channel_sizes(visual, preprocess)
    replaced: dict[int, nn.Module] = {id(visual.conv1): Int8Patches(visual.conv1, preprocess)}
    for block in _blocks(visual):
        replaced |= _quantize_block(block, sizes)
    return copy.deepcopy(visual, replaced)  # which takes what is in `replaced` for copies that were made before


def _quantize_block(block: ResidualAttentionBlock, sizes: dict[nn.Module, Tensor]) -> dict[int, nn.Module]:
    """Return what stands for each module of a layer that changes, by id."""
    attention = block.attn
    fc, gelu, proj = cast(tuple[nn.Linear, nn.Module, nn.Linear], tuple(block.mlp))
    into_attention, into_mlp = (
        (sizes[norm] / layer.weight.abs().amax(dim=0).clamp_min(_TINY)).sqrt().clamp_min(_TINY)
        for norm, layer in ((block.ln_1, attention.in_proj), (block.ln_2, fc))
    )
    replaced: dict[int, nn.Module] = {
        id(block.ln_1): _shrunk(block.ln_1, into_attention),
        id(attention.in_proj): Int8Linear(attention.in_proj.weight * into_attention, attention.in_proj.bias),
        id(attention.out_proj): Int8Linear(attention.out_proj.weight, attention.out_proj.bias),
        id(block.ln_2): _shrunk(block.ln_2, into_mlp),
    }
    slope = 1.0
    if isinstance(gelu, QuickGELU):  # x · σ(1.702 x) = silu(1.702 x) / 1.702, and both factors can lie in the weights
        slope = QuickGELU.SLOPE
        replaced[id(gelu)] = nn.SiLU(inplace=True)
    return replaced | {
        id(fc): Int8Linear(fc.weight * into_mlp * slope, fc.bias * slope),
        id(proj): Int8Linear(proj.weight / slope, proj.bias, _LEAST_GELU * slope),
    }


def _shrunk(norm: nn.LayerNorm, factor: Tensor) -> nn.LayerNorm:
    """Return the normalization with each channel divided by its factor."""
    shrunk = copy.deepcopy(norm)
    shrunk.weight.div_(factor)
    shrunk.bias.div_(factor)
    return shrunk


def _blocks(visual: VisionTransformer) -> list[ResidualAttentionBlock]:
    return [block for block in visual.transformer.resblocks if isinstance(block, ResidualAttentionBlock)]


def compare(exact: Network, fast: Network, pixels: NDArray[np.uint8]) -> FastTrial:
    """Run both over photos [N, R, R, 3] in turns, and judge the fast one by each cosine and by the time it saves.

    Times are those that this thread computes, which other programs disturb little; both networks get one thread.
    """
    cosines, exact_s, fast_s = [], 0.0, 0.0
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            parts = [torch.from_numpy(pixels[n : n + _AT_ONCE]) for n in range(0, len(pixels), _AT_ONCE)]
            fast(parts[0])
            for part in parts:
                begin_s = thread_clock()
                wanted = exact(part)
                middle_s = thread_clock()
                given = fast(part)
                fast_s += thread_clock() - middle_s
                exact_s += middle_s - begin_s
                cosines.append(F.cosine_similarity(given, wanted, dim=-1))
    finally:
        torch.set_num_threads(threads)
    return judge(torch.cat(cosines).min().item(), exact_s / max(fast_s, 1e-9))


def judge(least_cosine: float, speed_up: float) -> FastTrial:
    """Accept or refuse, with a sentence."""
    measured = f"at least {least_cosine:.4f} in cosine, {speed_up:.1f} times the speed"
    if not least_cosine >= LEAST_COSINE:  # also where it is not a number
        return FastTrial(least_cosine, speed_up, False, f"Fast mode changes this model's answers too much: {measured}.")
    if speed_up < LEAST_SPEED_UP:
        return FastTrial(least_cosine, speed_up, False, f"Fast mode gains too little on this machine: {measured}.")
    return FastTrial(least_cosine, speed_up, True, f"Fast mode agrees with exact mode: {measured}.")


def _channel_sizes(visual: VisionTransformer, preprocess: Preprocess) -> dict[nn.Module, Tensor]:
    """Return the largest size of each channel behind each normalization, on drawn pictures: float32 [width] each."""
    sizes: dict[nn.Module, Tensor] = {}

    def note(norm: nn.Module, _: object, output: Tensor) -> None:
        sizes[norm] = output.abs().amax(dim=(0, 1))

    norms = [norm for block in _blocks(visual) for norm in (block.ln_1, block.ln_2)]
    hooks = [norm.register_forward_hook(note) for norm in norms]
    try:
        visual(preprocess.normalize(_drawn_pictures(preprocess.resolution)))
    finally:
        for hook in hooks:
            hook.remove()
    return sizes


def _drawn_pictures(side: int) -> Tensor:
    """Draw clouds of colour in three sizes, with noise: the same pixels each time, uint8 [8, side, side, 3]."""
    random = torch.Generator().manual_seed(9)
    picture = 0.5 + 0.06 * torch.randn(_DRAWN, 3, side, side, generator=random)
    for cells, contrast in ((4, 1.0), (16, 0.5), (64, 0.25)):
        clouds = torch.rand(_DRAWN, 3, cells, cells, generator=random) - 0.5
        picture += contrast * F.interpolate(clouds, size=(side, side), mode="bicubic")
    return (255 * picture.clamp(0, 1)).to(torch.uint8).permute(0, 2, 3, 1)
