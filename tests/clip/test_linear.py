"""The layers that oneDNN computes, against torch's own."""

import pytest
import torch
from torch import nn

from clipsorter.clip.linear import Conv2d, Linear


@pytest.mark.parametrize("shape", [(1, 96), (3, 50, 96), (2, 0, 96)])
def test_linear_equals_the_plain_one(shape):
    ours = Linear(96, 40)
    plain = nn.Linear(96, 40)
    plain.load_state_dict(ours.state_dict())
    x = torch.randn(shape)
    with torch.inference_mode():
        assert torch.allclose(ours(x), plain(x), atol=1e-5)
        assert torch.allclose(ours(x.transpose(0, -2)), plain(x.transpose(0, -2)), atol=1e-5)


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "bias"), [(1, 1, 0, True), (3, 2, 1, False), (16, 16, 0, True)]
)
@pytest.mark.parametrize("memory_format", [torch.contiguous_format, torch.channels_last])
def test_convolution_equals_the_plain_one(kernel, stride, padding, bias, memory_format):
    ours = Conv2d(3, 8, kernel, stride, padding, bias=bias)
    plain = nn.Conv2d(3, 8, kernel, stride, padding, bias=bias)
    plain.load_state_dict(ours.state_dict())
    x = torch.randn(2, 3, 32, 32).to(memory_format=memory_format)
    with torch.inference_mode():
        assert torch.allclose(ours(x), plain(x), atol=1e-4)


def test_gradients_still_flow():
    x = torch.randn(4, 8, requires_grad=True)
    layer = Linear(8, 2)
    layer(x).sum().backward()
    assert torch.allclose(x.grad, layer.weight.sum(dim=0).expand(4, 8), atol=1e-6)


def test_other_precisions_are_computed_too():
    layer = Linear(8, 2)
    x = torch.randn(4, 8)
    with torch.inference_mode():
        wanted = layer(x)
        assert torch.allclose(layer.double()(x.double()).float(), wanted, atol=1e-5)
        assert torch.allclose(layer.bfloat16()(x.bfloat16()).float(), wanted, atol=0.1)
