"""Int8 is tried on a folder's own photos; the small networks have random weights."""

import pytest
from PIL import Image

from clipsorter.analyse.trial import try_fast
from clipsorter.clip import linear
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import load_network
from tests.colour_encoder import draw_many
from tests.tiny_clip import make_twin, write_checkpoint


def encoder_of(path):
    network, device = load_network(path, "quickgelu", "cpu")
    return ClipEncoder(network, catalog()["ViT-B/32"], device)


@pytest.mark.skipif(not linear.HAS_ONEDNN, reason="int8 needs an x86 processor")
def test_trial_takes_the_photos_that_can_be_decoded(tmp_path, checkpoint_file):
    draw_many(tmp_path, 40)
    (tmp_path / "a broken one.jpg").write_bytes(b"\xff\xd8\xff")
    trial = try_fast(tmp_path, encoder_of(checkpoint_file))
    assert trial.least_cosine > 0.9  # it was compared; whether it is fast enough depends on the machine


@pytest.mark.skipif(not linear.HAS_ONEDNN, reason="int8 needs an x86 processor")
def test_too_few_photos_are_said(tmp_path, checkpoint_file):
    draw_many(tmp_path, 3)
    trial = try_fast(tmp_path, encoder_of(checkpoint_file))
    assert not trial.accepted
    assert "found here: 3" in trial.reason


def test_network_without_a_fast_mode_is_refused_before_any_photo_is_opened(tmp_path, monkeypatch):
    path = write_checkpoint(make_twin("resnet"), tmp_path / "resnet.pt", "state_dict")
    Image.new("RGB", (40, 40)).save(tmp_path / "a.png")
    encoder = encoder_of(path)
    monkeypatch.setattr(encoder, "preprocess", lambda picture: pytest.fail("a photo was opened"))
    trial = try_fast(tmp_path, encoder)
    assert not trial.accepted
    assert "ViT" in trial.reason
