"""The int8 tower beside the float32 one: on a small seeded network, and on one whose channels differ in size."""

import copy
import json

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from skimage import data

from clipsorter.clip import fast
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import load_network
from clipsorter.clip.linear import HAS_ONEDNN
from clipsorter.clip.preprocess import Preprocess
from clipsorter.paths import cache_dir
from tests.tiny_clip import make_twin, write_checkpoint

pytestmark = pytest.mark.skipif(not HAS_ONEDNN, reason="fast mode is for x86 processors")

PICTURES = (data.astronaut(), data.chelsea(), data.coffee(), data.rocket())
PREPROCESS = Preprocess(64)
LEAST = 0.999 if fast.WEIGHT_STEPS == 127 else 0.998  # an older processor has half of the steps


@pytest.fixture(scope="module")
def photos():
    """32 crops of four real pictures, uint8 [32, 64, 64, 3]."""
    crops = [picture[n : n + 200, n : n + 260] for picture in PICTURES for n in range(0, 160, 20)]
    return np.stack([PREPROCESS.pixels(Image.fromarray(crop)) for crop in crops])


@pytest.fixture
def network(checkpoint_file):
    return load_network(checkpoint_file, "quickgelu", "cpu")[0]


@pytest.fixture
def encoder(network):
    return ClipEncoder(network, catalog()["ViT-B/32"], "cpu")


def least_cosine(visual, photos):
    """Compare the tower with what `quantize` makes of it."""
    pictures = torch.from_numpy(photos)
    with torch.inference_mode():
        exact = visual(PREPROCESS.normalize(pictures))
        return F.cosine_similarity(fast.quantize(visual, PREPROCESS)(pictures), exact).min().item()


@pytest.mark.parametrize("is_quick", [True, False])
def test_int8_keeps_the_direction_of_the_vectors(photos, tmp_path, is_quick):
    path = write_checkpoint(make_twin("vit", quick_gelu=is_quick), tmp_path / "model.pt", "state_dict")
    network, _ = load_network(path, "quickgelu" if is_quick else "gelu", "cpu")
    cosine = least_cosine(network.visual, photos)
    assert LEAST < cosine < 0.9999999  # and it did round


def test_sums_of_the_largest_products_are_not_cut_off():
    layer = fast.Int8Linear(torch.ones(3, 64), torch.zeros(3), least=0.0)
    assert torch.allclose(layer(torch.full((2, 64), 5.0)), torch.full((2, 3), 320.0), rtol=0.01)


def test_channels_of_very_different_size_cost_little(network, photos, monkeypatch):
    """As in trained networks: a few channels are many times as large as the others, and random weights have none."""
    random = torch.Generator().manual_seed(0)
    layers = {}
    for block in network.visual.transformer.resblocks:
        for norm, layer in ((block.ln_1, block.attn.in_proj), (block.ln_2, block.mlp.c_fc)):
            norm.weight[torch.randperm(128, generator=random)[:2]] *= 30
            layers[norm] = layer
    evened_out = least_cosine(network.visual, photos)
    # Sizes equal to those of the weights mean that nothing is moved from one to the other.
    monkeypatch.setattr(
        fast, "_channel_sizes", lambda *_: {norm: layer.weight.abs().amax(dim=0) for norm, layer in layers.items()}
    )
    as_it_is = least_cosine(network.visual, photos)
    assert 1 - evened_out < (1 - as_it_is) / 2
    assert evened_out > 0.99


def test_quantizing_leaves_the_exact_tower_as_it_was(network, photos):
    before = copy.deepcopy(network.visual.state_dict())
    fast.quantize(network.visual, PREPROCESS)
    assert all(torch.equal(tensor, before[name]) for name, tensor in network.visual.state_dict().items())


def test_a_vector_does_not_depend_on_its_neighbours_nor_on_the_start(network, photos):
    pictures = torch.from_numpy(photos)
    first, again = fast.quantize(network.visual, PREPROCESS), fast.quantize(network.visual, PREPROCESS)
    with torch.inference_mode():
        together = first(pictures)
        assert torch.equal(together, again(pictures))
        assert torch.allclose(together[5:6], first(pictures[5:6]), atol=1e-5)


def test_black_and_white_pictures_have_vectors(encoder, photos):
    network = fast.quantize(encoder._model.visual, PREPROCESS)
    flat = torch.stack([torch.zeros(64, 64, 3), torch.full((64, 64, 3), 255)]).to(torch.uint8)
    with torch.inference_mode():
        assert torch.isfinite(network(flat)).all()


def test_trial_measures_both_networks(network, photos):
    """Not how much faster: that is the machine's."""
    trial = fast.compare(
        lambda pictures: network.encode_image(PREPROCESS.normalize(pictures)),
        fast.quantize(network.visual, PREPROCESS),
        photos,
    )
    assert LEAST < trial.least_cosine < 1
    assert trial.speed_up > 0
    assert torch.get_num_threads() >= 1


def test_one_photo_that_differs_refuses_fast_mode(photos):
    def exact(pictures):
        return pictures.float().flatten(1)

    def wrong_once(pictures):
        given = exact(pictures)
        is_odd = (pictures == torch.from_numpy(photos[7])).flatten(1).all(dim=1)
        given[is_odd] = -given[is_odd]
        return given

    assert fast.compare(exact, exact, photos).least_cosine == pytest.approx(1)
    trial = fast.compare(exact, wrong_once, photos)
    assert not trial.accepted
    assert "too much" in trial.reason


@pytest.mark.parametrize(
    ("cosine", "speed_up", "accepted", "word"),
    [
        (0.995, 2.0, True, "agrees"),
        (0.99, 1.2, True, "agrees"),
        (0.9899, 3.0, False, "too much"),
        (float("nan"), 3.0, False, "too much"),
        (0.999, 1.1, False, "too little"),
    ],
)
def test_verdict_needs_both_likeness_and_speed(cosine, speed_up, accepted, word):
    verdict = fast.judge(cosine, speed_up)
    assert verdict.accepted is accepted
    assert word in verdict.reason


def test_accepted_trial_changes_key_and_vectors_and_is_remembered(network, encoder, photos, monkeypatch):
    monkeypatch.setattr(fast, "LEAST_SPEED_UP", 0.0)  # a network this small gains nothing, and that is not the point
    exact_key, exact = encoder.key, encoder.embed(photos)
    trial = encoder.try_fast(photos)
    assert trial.accepted
    assert encoder.key != exact_key
    vectors = encoder.embed(photos)
    assert not np.array_equal(vectors, exact)
    assert (vectors * exact).sum(axis=1).min() == pytest.approx(trial.least_cosine, abs=1e-4)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert not hasattr(network, "visual")  # its memory is given back
    assert encoder.try_fast(photos).accepted  # asking again does no harm
    assert encoder.resume_fast()


def test_next_start_goes_on_in_fast_mode(checkpoint_file, photos, monkeypatch):
    monkeypatch.setattr(fast, "LEAST_SPEED_UP", 0.0)
    encoders = [
        ClipEncoder(load_network(checkpoint_file, "quickgelu", "cpu")[0], catalog()["ViT-B/32"], "cpu")
        for _ in range(2)
    ]
    assert not encoders[1].resume_fast()
    encoders[0].try_fast(photos)
    assert encoders[1].resume_fast()
    assert encoders[1].key == encoders[0].key
    assert np.array_equal(encoders[1].embed(photos), encoders[0].embed(photos))


def test_refused_trial_leaves_exact_mode(encoder, photos, monkeypatch):
    monkeypatch.setattr(fast, "LEAST_COSINE", 1.1)
    exact_key, exact = encoder.key, encoder.embed(photos)
    trial = encoder.try_fast(photos)
    assert not trial.accepted
    assert encoder.key == exact_key
    assert np.array_equal(encoder.embed(photos), exact)
    assert not encoder.resume_fast()


def test_damaged_memory_is_no_acceptance(encoder):
    cache_dir().mkdir(parents=True)
    (cache_dir() / "tuning.json").write_text("[1, 2", encoding="utf-8")
    assert not encoder.resume_fast()
    (cache_dir() / "tuning.json").write_text(json.dumps({"fast": {"accepted": "yes"}}), encoding="utf-8")
    assert not encoder.resume_fast()


def test_refusals_say_why(encoder, photos, tmp_path, monkeypatch):
    assert "32 photos" in encoder.try_fast(photos[:31]).reason
    path = write_checkpoint(make_twin("resnet"), tmp_path / "model.pt", "state_dict")
    resnet = ClipEncoder(load_network(path, "quickgelu", "cpu")[0], catalog()["RN50"], "cpu")
    assert "ResNet" in resnet.try_fast(photos).reason
    assert "GPU" in ClipEncoder(encoder._model, encoder.card, "mps").try_fast(photos).reason
    monkeypatch.setattr(fast, "HAS_ONEDNN", False)
    assert "x86" in encoder.try_fast(photos).reason
    assert not encoder.try_fast(photos).accepted
