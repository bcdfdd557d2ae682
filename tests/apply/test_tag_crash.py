"""A few kills of real commands; `python -m tests.benchmarks.tag_crash` does it a hundred times."""

import os

import pytest

from clipsorter.clip.importing import import_model
from tests.apply.tag_killing import TagTrial, kill_often


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows can't fork")
def test_killed_taggings_leave_each_file_whole(checkpoint_file, clipsorter_home, tmp_path):
    import_model(checkpoint_file, model_id="tiny")
    seen = kill_often(TagTrial(clipsorter_home, tmp_path / "photos", photos=24), kills=3, seed=5)
    assert seen["folders restored, every byte and time"] >= 3
