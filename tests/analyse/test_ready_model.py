import pytest

from clipsorter import paths
from clipsorter.analyse.ready_model import load_model, try_model_fast
from clipsorter.clip.importing import import_model
from clipsorter.errors import ModelMissingError, UsageError
from tests.colour_encoder import draw_many

pytestmark = pytest.mark.usefixtures("measured_home")


def test_best_model_is_loaded_where_none_is_wanted(checkpoint_file):
    alone = load_model("", "cpu", fast=False)
    assert alone.encoder.card.id == "starter"
    assert alone.offered.id == "ViT-B/32"
    import_model(checkpoint_file, "tiny")
    better = load_model("", "cpu", fast=False)
    assert better.encoder.card.id == "tiny"
    assert better.offered is None


def test_model_that_cannot_be_loaded_is_replaced_and_the_reason_kept():
    ready = load_model("ViT-B/32", "cpu", fast=False)
    assert ready.encoder.card.id == "starter"
    assert isinstance(ready.in_place_of, ModelMissingError)


def test_no_model_at_all_is_an_error():
    paths.data_dir().mkdir(parents=True)
    paths.models_dir().symlink_to(paths.models_dir())  # can't be looked into
    with pytest.raises(UsageError):
        load_model("", "cpu", fast=False)


def test_fast_mode_is_tried_once_and_again_only_if_asked(checkpoint_file, tmp_path):
    import_model(checkpoint_file, "tiny")
    ready = load_model("tiny", "cpu", fast=True)
    if not ready.trial_photos:
        pytest.skip(ready.fast_note)
    draw_many(tmp_path / "photos", ready.trial_photos)
    tried = try_model_fast(ready, tmp_path / "photos", recursive=True)
    assert tried.trial_photos == 0
    assert tried.is_fast == (not tried.fast_note)
    later = load_model("tiny", "cpu", fast=True)
    assert (later.is_fast, later.trial_photos, later.fast_note) == (tried.is_fast, 0, tried.fast_note)
    if not tried.is_fast:
        assert load_model("tiny", "cpu", fast=True, retry=True).trial_photos == ready.trial_photos


def test_starter_needs_no_fast_mode(tmp_path):
    ready = load_model("starter", "cpu", fast=True)
    assert "no fast mode" in ready.fast_note
    assert not try_model_fast(ready, tmp_path, recursive=True).is_fast
