"""Small CLIP networks with seeded random weights, in every container, and open_clip's twin of each."""

import open_clip
import torch
from safetensors.torch import save_file

TEXT = {"context_length": 77, "vocab_size": 49408, "width": 64, "heads": 1, "layers": 2}
VISION = {
    "vit": {"image_size": 64, "layers": 2, "width": 128, "patch_size": 16},
    "resnet": {"image_size": 64, "layers": (1, 2, 1, 1), "width": 16},
}
CONTAINERS = ("torchscript", "state_dict", "wrapped", "safetensors", "fp16_torchscript")


def make_twin(kind: str, quick_gelu: bool = True) -> torch.nn.Module:
    """Return open_clip's model with seeded weights, such that each tensor matters to the result."""
    torch.manual_seed(3)
    twin = open_clip.model.CLIP(embed_dim=64, vision_cfg=VISION[kind], text_cfg=TEXT, quick_gelu=quick_gelu).eval()
    for module in twin.modules():
        if isinstance(module, torch.nn.Conv2d | torch.nn.Linear):
            torch.nn.init.kaiming_normal_(module.weight)
        elif isinstance(module, torch.nn.BatchNorm2d | torch.nn.LayerNorm):
            for name, tensor in module.state_dict().items():
                if name in ("bias", "running_mean"):
                    tensor.normal_(std=0.3)
                elif name in ("weight", "running_var"):
                    tensor.uniform_(0.5, 1.5)
    return twin


def write_checkpoint(twin, path, container):
    """Save open_clip's model the way that `container` is found in the wild."""
    state = twin.state_dict()
    if container.endswith("torchscript"):
        twin = twin.half() if container == "fp16_torchscript" else twin
        picture = torch.randn(1, 3, 64, 64, dtype=next(twin.parameters()).dtype)
        traced = torch.jit.trace(twin, (picture, torch.ones(1, 77, dtype=torch.long)), check_trace=False)
        torch.jit.save(traced, path)
        twin.float()
    elif container == "state_dict":
        torch.save(state, path)
    elif container == "wrapped":
        torch.save({"epoch": 3, "state_dict": {f"module.{name}": tensor for name, tensor in state.items()}}, path)
    else:
        save_file({name: tensor.contiguous() for name, tensor in state.items()}, path)
    return path
