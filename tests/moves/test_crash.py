"""A few kills of real commands; `python -m tests.benchmarks.crash` does it hundreds of times."""

import os

import pytest

from clipsorter.clip.importing import import_model
from tests.moves.crashing import Trial, kill_often

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows can't fork")


@pytest.mark.parametrize("volumes", ["one", "two"])
def test_killed_sorts_lose_nothing(volumes, checkpoint_file, clipsorter_home, tmp_path, request):
    import_model(checkpoint_file, model_id="tiny")
    dest = tmp_path if volumes == "one" else request.getfixturevalue("other_volume")
    trial = Trial(clipsorter_home, tmp_path / "photos", dest / "sorted", photos=20)
    seen = kill_often(trial, kills=3, seed=5)
    assert seen["trees restored"] >= 3
