"""What was taught, with the vectors of a real model."""

import os
import shutil
from pathlib import Path

import pytest
import skimage

from clipsorter import paths
from clipsorter.analyse.teaching import examples_of, said_of_all
from clipsorter.cli.app import run
from clipsorter.clip.encoder import load_encoder
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.sorting.category import Category

pytestmark = pytest.mark.usefixtures("measured_home")


def examples(*names):
    categories = [Category(name) for name in names]
    with (
        Index.open(paths.index_file()) as index,
        Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions,
    ):
        found = examples_of(said_of_all(decisions, categories), index, load_encoder("starter"))
    return [(each.category, each.is_positive, each.path.name) for each in found]


def test_a_photo_counts_once_also_after_it_got_keywords(tmp_path, clipsorter_home):
    """Its bytes are others now, and the decision stands for both; twins would vouch for each other."""
    for name in ("chelsea.png", "coffee.png"):
        shutil.copy(Path(skimage.__file__).with_name("data") / name, tmp_path)
    assert run(["teach", "Mizzo", str(tmp_path / "chelsea.png")]) == 0
    assert run(["teach", "Mizzo", "--not", str(tmp_path / "coffee.png")]) == 0
    before = (tmp_path / "chelsea.png").read_bytes()
    assert run(["tag", str(tmp_path), "-c", "Mizzo", "--apply"]) == 0
    assert (tmp_path / "chelsea.png").read_bytes() != before
    assert examples("Mizzo") == [("Mizzo", True, "chelsea.png"), ("Mizzo", False, "coffee.png")]


def test_copies_of_a_photo_are_one_example(tmp_path, clipsorter_home):
    picture = Path(skimage.__file__).with_name("data") / "chelsea.png"
    shutil.copy(picture, tmp_path / "one.png")
    (tmp_path / "two.png").write_bytes(picture.read_bytes() + os.urandom(8))  # of another fingerprint
    assert run(["teach", "Mizzo", str(tmp_path / "one.png"), str(tmp_path / "two.png")]) == 0
    assert len(examples("Mizzo")) == 1
