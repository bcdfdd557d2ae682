"""Teaching on the terminal, with the real starter on photos that scikit-image carries."""

import json
import shutil
from pathlib import Path

import pytest
import skimage
from PIL import Image

from clipsorter.cli.app import run

PICTURES = Path(skimage.__file__).with_name("data")

pytestmark = pytest.mark.usefixtures("measured_home")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with three cuts of a cat, three of a cup of coffee, and a rocket."""
    for name, title in (("chelsea.png", "cat"), ("coffee.png", "cup")):
        picture = Image.open(PICTURES / name)
        width, height = picture.size
        for number, inset in enumerate((0, 20, 40)):
            picture.crop((inset, inset // 2, width - inset, height)).save(tmp_path / f"{title}{number}.png")
    shutil.copy(PICTURES / "rocket.jpg", tmp_path / "rocket.jpg")
    return tmp_path


def answers(capsys, folder, *names, options=()):
    capsys.readouterr()
    assert run(["classify", str(folder), "-c", *names, "--format", "jsonl", *options]) == 0
    rows = map(json.loads, capsys.readouterr().out.splitlines())
    return {Path(row["path"]).name: (row["decision"], row["decided_by"]) for row in rows}


def test_made_up_names_are_learned_from_one_photo_each(folder, capsys):
    assert run(["teach", "Mizzo", str(folder / "cat0.png")]) == 0
    assert run(["teach", "Kaffka", str(folder / "cup0.png")]) == 0
    assert "Kaffka has 1 example." in capsys.readouterr().err
    said = answers(capsys, folder, "Mizzo", "Kaffka")
    assert said["cat0.png"] == ("Mizzo", "human")
    assert said["cat2.png"] == ("Mizzo", "model")
    assert said["cup2.png"] == ("Kaffka", "model")
    assert said["rocket.jpg"] == (None, "model")
    assert answers(capsys, folder, "Mizzo", "Kaffka", options=["--no-index"]) == said


def test_taught_categories_are_unknown_words_again_without_examples(folder, capsys):
    run(["teach", "Mizzo", str(folder / "cat0.png")])
    assert run(["classify", str(folder), "-c", "Mizzo", "--no-examples"]) == 2
    assert run(["teach", "Mizzo", "--forget"]) == 0
    assert "Mizzo has 0 examples." in capsys.readouterr().err
    assert run(["classify", str(folder), "-c", "Mizzo"]) == 2


def test_one_example_of_a_good_word_changes_no_other_answer(folder, capsys):
    before = answers(capsys, folder, "cats", "coffee")
    run(["teach", "coffee", str(folder / "cat0.png")])
    after = answers(capsys, folder, "cats", "coffee")
    assert after.pop("cat0.png") == ("coffee", "human")
    assert before.pop("cat0.png") == ("cats", "model")
    assert before == after


def test_what_it_is_not_is_kept_apart(folder, capsys):
    assert run(["teach", "cats", "--not", str(folder / "cat0.png")]) == 0
    assert "cats has 0 examples, and 1 of what it is not." in capsys.readouterr().err
    said = answers(capsys, folder, "cats", "coffee")
    assert said["cat0.png"][0] is None
    assert said["cup0.png"] == ("coffee", "model")


def test_teach_without_a_photo_says_what_to_do(capsys):
    assert run(["teach", "Rex"]) == 2
    assert "Name the photos that show “Rex”" in capsys.readouterr().err


def test_photo_that_is_not_there_is_named(folder, capsys):
    assert run(["teach", "Rex", str(folder / "gone.jpg"), str(folder / "cat0.png")]) == 1
    output = capsys.readouterr().err
    assert "gone.jpg can't be read" in output
    assert "Rex has 1 example." in output


def test_what_is_no_photo_is_no_example(folder, capsys):
    (folder / "notes.jpg").write_text("no picture", encoding="utf-8")
    assert run(["teach", "Rex", str(folder / "notes.jpg")]) == 1
    output = capsys.readouterr().err
    assert "notes.jpg is not a picture of a known kind." in output
    assert "Rex has 0 examples." in output


def test_example_that_is_gone_can_be_forgotten(folder, capsys):
    run(["teach", "Rex=a dog", str(folder / "cat0.png"), str(folder / "cat1.png")])
    assert "Rex has 2 examples." in capsys.readouterr().err
    (folder / "cat0.png").unlink()
    assert run(["teach", "Rex", "--forget", str(folder / "cat0.png")]) == 0
    assert "Rex has 1 example." in capsys.readouterr().err
    assert run(["teach", "Rex", "--forget", str(folder / "cup0.png")]) == 1
    assert "cup0.png is no example of Rex." in capsys.readouterr().err


def test_what_another_category_loses_is_said(folder, capsys):
    run(["teach", "Mizzo", str(folder / "cat0.png")])
    assert run(["teach", "Kaffka", str(folder / "cat0.png"), str(folder / "cup0.png")]) == 0
    error = capsys.readouterr().err
    assert error.count("cat0.png is no longer an example of Mizzo.") == 1
    assert "cup0.png" not in error
