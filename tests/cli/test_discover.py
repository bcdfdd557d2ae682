import json
import shutil
from pathlib import Path

import pytest
import skimage
from PIL import Image

from clipsorter.cli.app import run
from clipsorter.clip.encoder import Spoken, load_encoder
from clipsorter.clip.everyday import everyday_words

PICTURES = Path(skimage.__file__).with_name("data")

pytestmark = pytest.mark.usefixtures("measured_home")


def test_groups_have_names_and_all_photos(tmp_path, capsys):
    for name in ("chelsea.png", "coffee.png"):
        with Image.open(PICTURES / name) as picture:
            for number in range(3):
                picture.convert("RGB").resize((400 - 20 * number, 300)).save(tmp_path / f"{number}{name}")
    shutil.copy(PICTURES / "rocket.jpg", tmp_path)
    assert run(["discover", str(tmp_path), "--groups", "3", "--format", "jsonl"]) == 0
    groups = {each["name"]: each["photos"] for each in map(json.loads, capsys.readouterr().out.splitlines())}
    assert {name: len(photos) for name, photos in groups.items()} == {"cat": 3, "coffee": 3, "rocket": 1}
    assert run(["discover", str(tmp_path), "--groups", "3"]) == 0
    assert "3  cat" in capsys.readouterr().out


def test_starter_knows_nearly_all_words_of_the_vocabulary():
    words = everyday_words()
    assert len(words) == len(set(words)) > 100
    assert len(load_encoder("starter").unknown([Spoken(word) for word in words])) < len(words) / 5
