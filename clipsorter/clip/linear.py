"""Linear layers and convolutions as fast as this CPU allows, with the names and weights of the plain ones."""

import platform

import torch
from torch import Tensor, nn

# torch multiplies with MKL, which on AMD's CPUs leaves half of the vector unit unused; oneDNN, which is in torch too,
# fills it: 250 against 115 GFLOP/s a core of an EPYC with AVX-512 (tests/benchmarks/encoder.py). The operator is the
# one that torch.compile puts in place of a linear layer.
HAS_ONEDNN = (
    torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    and platform.machine().lower() in ("x86_64", "amd64")
    and hasattr(torch.ops.mkldnn, "_linear_pointwise")
)


class Linear(nn.Linear):
    """x · Wᵀ + b by the faster library."""

    def forward(self, x: Tensor) -> Tensor:
        if _fits(x):
            return torch.ops.mkldnn._linear_pointwise(x, self.weight, self.bias, "none", [], "")
        return super().forward(x)


class Conv2d(nn.Conv2d):
    """A convolution without groups; with one thread, torch itself takes a slow way for kernels of one pixel."""

    def forward(self, x: Tensor) -> Tensor:
        if _fits(x):
            assert not isinstance(self.padding, str)
            return torch.mkldnn_convolution(x, self.weight, self.bias, self.padding, self.stride, self.dilation, 1)
        return super().forward(x)


def _fits(x: Tensor) -> bool:
    """Tell whether oneDNN can and should take it; its operators have no gradients."""
    return HAS_ONEDNN and x.device.type == "cpu" and x.dtype == torch.float32 and not torch.is_grad_enabled()
