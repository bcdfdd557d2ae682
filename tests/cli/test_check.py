import json
from pathlib import Path

import pytest
import skimage
from PIL import Image

from clipsorter.cli.app import run

PICTURES = Path(skimage.__file__).with_name("data")


@pytest.fixture
def pets(tmp_path):
    """Return a folder of 24 photos, cats and cups and women, each cut a little differently."""
    folder = tmp_path / "pets"
    folder.mkdir()
    for name, called in (("chelsea.png", "cat"), ("coffee.png", "cup"), ("astronaut.png", "woman")):
        with Image.open(PICTURES / name) as picture:
            for number in range(8):
                whole = picture.convert("RGB")
                whole.crop((3 * number, 2 * number, whole.width, whole.height)).save(folder / f"{called}{number}.png")
    return folder


def findings(capsys, *arguments):
    assert run(["check", *map(str, arguments), "--format", "jsonl"]) == 0
    return {each["finding"]: each for each in map(json.loads, capsys.readouterr().out.splitlines())}


def test_bad_list_is_told_with_numbers_photos_and_what_helps(pets, capsys):
    found = findings(capsys, pets, "-c", "cat", "kitty", "coffee", "people", "elephant", "Xyzzyx")
    assert {"“elephant” has no photo", "“Xyzzyx” means nothing to the model"} <= set(found)
    (overlap,) = [each for each in found.values() if each["kind"] == "Overlap"]
    assert "mean nearly the same" in overlap["explanation"]
    assert "a photo of a kitty" in overlap["next"][0]
    assert {Path(photo).name[:3] for photo in overlap["photos"]} <= {"cat"}
    assert run(["check", str(pets), "-c", "cat", "elephant"]) == 0
    said = capsys.readouterr()
    assert "“elephant” has no photo\n    The model surely sees “elephant” in none of the 24 photos." in said.out
    assert "1 finding about 2 categories, on 24 photos; 0 could not be read." in said.err


def test_good_list_has_nothing_odd(pets, capsys):
    assert run(["check", str(pets), "-c", "cat", "coffee", "people"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "Nothing is odd about 3 categories" in said.err


def test_file_of_categories_is_checked_and_examples_count(pets, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("cat\nMinka\n", encoding="utf-8")
    assert "“Minka” means nothing to the model" in findings(capsys, pets, "--categories", tmp_path / "mine.txt")
    assert run(["teach", "Minka", *(str(pets / f"woman{number}.png") for number in range(3))]) == 0
    capsys.readouterr()
    assert findings(capsys, pets, "--categories", tmp_path / "mine.txt") == {}


def test_unreadable_photo_is_named(pets, capsys):
    (pets / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    assert run(["check", str(pets), "-c", "cat", "coffee", "people"]) == 1
    assert "broken.jpg" in capsys.readouterr().err


def test_wrong_use_is_told_in_a_sentence(pets, capsys):
    assert run(["check", str(pets)]) == 2
    assert "no category" in capsys.readouterr().err
    assert run(["check", str(pets / "nowhere"), "-c", "cat"]) == 2
