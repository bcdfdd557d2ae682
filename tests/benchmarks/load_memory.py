"""The peak memory of loading ViT-B/32 from each container, over the size of its float32 weights.

Each load runs in a process of its own; the peak is that of the process less what it held before, torch imported.

usage: python tests/benchmarks/load_memory.py
"""

import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import open_clip
import torch
from safetensors.torch import save_file

LOAD = """
import re, sys
from pathlib import Path
import torch
from clipsorter.clip.checkpoint import build_model, read_checkpoint

def held(which):
    return int(re.search(which + r":\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

torch.randn(64, 64) @ torch.randn(64, 64)
before = held("VmRSS")
model = build_model(read_checkpoint(Path(sys.argv[1])), "quickgelu")
size = sum(p.numel() * 4 for p in model.parameters())
print(size, held("VmHWM") - before)
"""


def write(folder: Path) -> dict[str, Path]:
    """Write one seeded ViT-B/32 in each container and precision."""
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = open_clip.create_model("ViT-B-32-quickgelu", pretrained=None, load_weights=False).eval()
        paths = {}
        for kind in ("fp32", "fp16"):
            model = model.half() if kind == "fp16" else model
            state = {name: tensor.contiguous() for name, tensor in model.state_dict().items()}
            torch.save(state, folder / f"{kind}.pt")
            save_file(state, folder / f"{kind}.safetensors")
            inputs = torch.randn(1, 3, 224, 224, dtype=next(model.parameters()).dtype), torch.ones(1, 77).long()
            torch.jit.save(torch.jit.trace(model, inputs, check_trace=False), folder / f"{kind}.torchscript")
            paths |= {path.name: path for path in folder.glob(f"{kind}.*")}
    return paths


def main() -> None:
    """Print a table."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'container':<20}{'weights':>10}{'peak':>10}{'ratio':>8}")
        for name, path in write(Path(folder)).items():
            command = [sys.executable, "-c", LOAD, str(path)]
            size, peak = map(int, subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
            print(f"{name:<20}{size / 2**20:>7.0f} MB{peak / 2**20:>7.0f} MB{peak / size:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
