"""The CLIP network, written for inference: two towers that end in one space.

Architecture as in Radford et al. 2021, "Learning Transferable Visual Models From Natural Language Supervision".
Module names follow the published state dicts, so that those load strictly; only the packed attention projection is a
named linear layer here (see `checkpoint.py`).
"""

from collections import OrderedDict
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from clipsorter.clip.catalog import Activation
from clipsorter.clip.linear import Conv2d, Linear

HEAD_WIDTH = 64  # of every attention in the nine architectures


@dataclass(frozen=True, slots=True)
class Architecture:
    """The hyperparameters of a CLIP network; `vision_layers` is a tuple of four for a ResNet, `patch` 0 then."""

    embed_dim: int
    resolution: int
    vision_layers: int | tuple[int, int, int, int]
    vision_width: int
    patch: int
    context_length: int
    vocabulary: int
    text_width: int
    text_layers: int

    @property
    def title(self) -> str:
        """Name the kind of image tower, for messages."""
        if isinstance(self.vision_layers, tuple):
            return f"ResNet {'-'.join(map(str, self.vision_layers))}, width {self.vision_width}"
        return f"ViT of {self.vision_layers} layers, width {self.vision_width}, patch {self.patch}"


class QuickGELU(nn.Module):
    """The sigmoid approximation of GELU that OpenAI trained with: x · σ(1.702 x)."""

    SLOPE = 1.702

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.SLOPE * x).div_(self.SLOPE)  # a third of the time of x * torch.sigmoid(1.702 * x)


class Attention(nn.Module):
    """Multi-head self-attention with one packed projection; causal for text."""

    def __init__(self, width: int, causal: bool) -> None:
        super().__init__()
        self.heads = width // HEAD_WIDTH
        self.causal = causal
        self.in_proj = Linear(width, 3 * width)
        self.out_proj = Linear(width, width)

    def forward(self, x: Tensor, asking: int | None = None) -> Tensor:
        """Attend over [N, L, width], with the first `asking` tokens only, or with all."""
        # [N, L, 3·width] → three of [N, heads, L, HEAD_WIDTH]
        query, key, value = self.in_proj(x).unflatten(-1, (3, self.heads, HEAD_WIDTH)).permute(2, 0, 3, 1, 4)
        query = query[:, :, :asking]
        attended = F.scaled_dot_product_attention(query, key, value, is_causal=self.causal)
        return self.out_proj(attended.transpose(1, 2).flatten(2))


class ResidualAttentionBlock(nn.Module):
    """A pre-norm transformer layer."""

    def __init__(self, width: int, activation: Activation, causal: bool) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(width)
        self.attn = Attention(width, causal)
        self.ln_2 = nn.LayerNorm(width)
        self.mlp = nn.Sequential(
            OrderedDict(
                c_fc=Linear(width, 4 * width),
                gelu=QuickGELU() if activation == "quickgelu" else nn.GELU(),
                c_proj=Linear(4 * width, width),
            )
        )

    def forward(self, x: Tensor, wanted: int | None = None) -> Tensor:
        """Return [N, L, width], or the first `wanted` tokens of that."""
        x = x[:, :wanted] + self.attn(self.ln_1(x), wanted)
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    """A stack of layers over [N, L, width]."""

    def __init__(self, width: int, layers: int, activation: Activation, causal: bool = False) -> None:
        super().__init__()
        self.resblocks = nn.Sequential(*(ResidualAttentionBlock(width, activation, causal) for _ in range(layers)))

    def forward(self, x: Tensor) -> Tensor:
        return self.resblocks(x)


class VisionTransformer(nn.Module):
    """Patches of the picture and a class token through a transformer; the class token is projected."""

    def __init__(self, arch: Architecture, activation: Activation) -> None:
        super().__init__()
        assert isinstance(arch.vision_layers, int)
        width = arch.vision_width
        self.conv1 = Conv2d(3, width, kernel_size=arch.patch, stride=arch.patch, bias=False)
        self.class_embedding = nn.Parameter(torch.empty(width))
        self.positional_embedding = nn.Parameter(torch.empty((arch.resolution // arch.patch) ** 2 + 1, width))
        self.ln_pre = nn.LayerNorm(width)
        self.transformer = Transformer(width, arch.vision_layers, activation)
        self.ln_post = nn.LayerNorm(width)
        self.proj = nn.Parameter(torch.empty(width, arch.embed_dim))

    def forward(self, image: Tensor) -> Tensor:
        """Encode [N, 3, R, R] as [N, embed_dim]."""
        patches = self.conv1(image).flatten(2).transpose(1, 2)
        tokens = torch.cat([self.class_embedding.expand(len(image), 1, -1), patches], dim=1)
        tokens = self.ln_pre(tokens + self.positional_embedding)
        *layers, last = self.transformer.resblocks
        for layer in layers:
            tokens = layer(tokens)
        return self.ln_post(last(tokens, wanted=1)[:, 0]) @ self.proj  # nobody looks at the other tokens after it


class Bottleneck(nn.Module):
    """A ResNet-D block: every stride of two is an average pool, so that nothing is skipped over."""

    expansion = 4

    def __init__(self, inplanes: int, planes: int, stride: int) -> None:
        super().__init__()
        outplanes = planes * self.expansion
        self.conv1 = Conv2d(inplanes, planes, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.avgpool = nn.AvgPool2d(stride) if stride > 1 else nn.Identity()
        self.conv3 = Conv2d(planes, outplanes, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(outplanes)
        self.downsample: nn.Module = nn.Identity()
        if stride > 1 or inplanes != outplanes:
            layers = {"-1": nn.AvgPool2d(stride), "0": Conv2d(inplanes, outplanes, 1, bias=False)}
            self.downsample = nn.Sequential(OrderedDict(layers | {"1": nn.BatchNorm2d(outplanes)}))

    def forward(self, x: Tensor) -> Tensor:
        out = F.relu(self.bn1(self.conv1(x)))
        out = F.relu(self.bn2(self.conv2(out)))
        out = self.bn3(self.conv3(self.avgpool(out)))
        return F.relu(out + self.downsample(x))


class AttentionPool2d(nn.Module):
    """Pool a feature map by attention, with its mean as the only query."""

    def __init__(self, side: int, width: int, embed_dim: int) -> None:
        super().__init__()
        self.heads = width // HEAD_WIDTH
        self.positional_embedding = nn.Parameter(torch.empty(side**2 + 1, width))
        self.k_proj = Linear(width, width)
        self.q_proj = Linear(width, width)
        self.v_proj = Linear(width, width)
        self.c_proj = Linear(width, embed_dim)

    def forward(self, x: Tensor) -> Tensor:
        """Pool [N, width, side, side] to [N, embed_dim]."""
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([x.mean(dim=1, keepdim=True), x], dim=1) + self.positional_embedding
        query, key, value = (
            projection(tokens).unflatten(-1, (self.heads, HEAD_WIDTH)).transpose(1, 2)
            for projection, tokens in ((self.q_proj, x[:, :1]), (self.k_proj, x), (self.v_proj, x))
        )
        pooled = F.scaled_dot_product_attention(query, key, value)
        return self.c_proj(pooled.transpose(1, 2).flatten(1))


class ModifiedResNet(nn.Module):
    """A ResNet with a stem of three convolutions and attention pooling."""

    def __init__(self, arch: Architecture) -> None:
        super().__init__()
        assert isinstance(arch.vision_layers, tuple)
        width = arch.vision_width
        self.conv1 = Conv2d(3, width // 2, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width // 2)
        self.conv2 = Conv2d(width // 2, width // 2, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width // 2)
        self.conv3 = Conv2d(width // 2, width, 3, padding=1, bias=False)
        self.bn3 = nn.BatchNorm2d(width)
        self.avgpool = nn.AvgPool2d(2)
        inplanes = width
        for number, blocks in enumerate(arch.vision_layers, 1):
            planes = width * 2 ** (number - 1)
            outplanes = planes * Bottleneck.expansion
            strides = [1 if number == 1 else 2] + [1] * (blocks - 1)
            layer = [Bottleneck(inplanes if i == 0 else outplanes, planes, stride) for i, stride in enumerate(strides)]
            setattr(self, f"layer{number}", nn.Sequential(*layer))
            inplanes = outplanes
        self.attnpool = AttentionPool2d(arch.resolution // 32, inplanes, arch.embed_dim)

    def forward(self, image: Tensor) -> Tensor:
        """Encode [N, 3, R, R] as [N, embed_dim]."""
        x = F.relu(self.bn1(self.conv1(image)))
        x = F.relu(self.bn2(self.conv2(x)))
        x = self.avgpool(F.relu(self.bn3(self.conv3(x))))
        for number in range(1, 5):
            x = getattr(self, f"layer{number}")(x)
        return self.attnpool(x)


class CLIP(nn.Module):
    """Both towers and the temperature that they were trained with."""

    def __init__(self, arch: Architecture, activation: Activation = "quickgelu") -> None:
        super().__init__()
        self.architecture = arch
        resnet = isinstance(arch.vision_layers, tuple)
        self.visual = ModifiedResNet(arch) if resnet else VisionTransformer(arch, activation)
        self.transformer = Transformer(arch.text_width, arch.text_layers, activation, causal=True)
        # Not `nn.Embedding(…)`: its random start, even without memory, imports sympy, a second and 150 MB.
        self.token_embedding = nn.Embedding.from_pretrained(  # type: ignore[no-untyped-call]
            torch.empty(arch.vocabulary, arch.text_width)
        )
        self.positional_embedding = nn.Parameter(torch.empty(arch.context_length, arch.text_width))
        self.ln_final = nn.LayerNorm(arch.text_width)
        self.text_projection = nn.Parameter(torch.empty(arch.text_width, arch.embed_dim))
        self.logit_scale = nn.Parameter(torch.empty(()))

    @property
    def dtype(self) -> torch.dtype:
        """The type that both towers compute in."""
        return self.text_projection.dtype

    def encode_image(self, image: Tensor) -> Tensor:
        """Encode normalized pixels [N, 3, R, R] as [N, embed_dim], not yet of unit length."""
        return self.visual(image.to(self.dtype))

    def encode_text(self, text: Tensor) -> Tensor:
        """Encode token ids [N, context_length] as [N, embed_dim], not yet of unit length."""
        end = text.argmax(dim=-1)  # the end-of-text token has the highest id
        length = int(end.max()) + 1  # attention is causal: what comes after the last end changes nothing
        x = self.transformer(self.token_embedding(text[:, :length]) + self.positional_embedding[:length])
        return self.ln_final(x[torch.arange(len(x), device=x.device), end]) @ self.text_projection

    def forward(self, image: Tensor, text: Tensor) -> tuple[Tensor, Tensor]:
        """Return cosine × logit scale for every pair: logits [images, texts] and their transpose."""
        image_features = F.normalize(self.encode_image(image), dim=-1)
        text_features = F.normalize(self.encode_text(text), dim=-1)
        logits_per_image = self.logit_scale.exp() * image_features @ text_features.T
        return logits_per_image, logits_per_image.T
