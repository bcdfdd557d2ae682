"""`classify` and `tag` with --several, with the real starter on a photo that shows a person beside a cup of coffee."""

import csv
import io
import json

import pytest
from PIL import Image

from clipsorter.cli.app import run
from clipsorter.metadata.tagging import photo_keywords
from tests.cli.test_sort import say
from tests.composed import BUNDLED, person_beside_coffee
from tests.moves.trees import tree

ASK = ["-c", "People", "Drinks/Coffee", "Cats", "Airplanes"]

pytestmark = pytest.mark.usefixtures("measured_home")


@pytest.fixture
def folder(clipsorter_home, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    person_beside_coffee().save(folder / "both.jpg", quality=95)
    Image.open(BUNDLED / "chelsea.png").save(folder / "cat.jpg")
    Image.open(BUNDLED / "brick.png").convert("RGB").save(folder / "wall.jpg")
    return folder


def rows_of(folder, capsys, *more):
    assert run(["classify", str(folder), *ASK, "--format", "jsonl", *more]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {row["path"].rsplit("/", 1)[-1]: row for row in found}


def names(row):
    return [each["category"] for each in row["categories"]]


def test_each_photo_has_all_that_fits_beside_the_one_answer(folder, capsys):
    rows = rows_of(folder, capsys, "--several")
    assert {name: names(row) for name, row in rows.items()} == {
        "both.jpg": ["Drinks/Coffee", "People"], "cat.jpg": ["Cats"], "wall.jpg": [],
    }  # fmt: skip
    assert rows["both.jpg"]["decision"] == "People"
    assert set(rows["cat.jpg"]["categories"][0]) == {"category", "probability", "similarity", "decided_by"}
    assert "categories" not in rows_of(folder, capsys)["both.jpg"]


def test_table_and_csv_show_all(folder, capsys):
    assert run(["classify", str(folder), *ASK, "--several"]) == 0
    output = capsys.readouterr()
    both, cat, wall = output.out.splitlines()
    assert "● People" in both
    assert "● Drinks/Coffee" in both
    assert cat.count("●") == 1
    assert "? unsure" in wall
    assert "3 photos: People 1, Drinks/Coffee 1, Cats 1, Airplanes 0, unsure 1. In more than one: 1." in output.err
    assert run(["classify", str(folder), *ASK, "--several", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["categories"] for row in rows] == ["Drinks/Coffee; People", "Cats", ""]


def test_each_category_has_its_own_threshold(folder, capsys):
    sharper = ["-c", "People @95%", "Drinks/Coffee", "Cats", "--several", "--format", "jsonl", "--top", "1"]
    assert run(["classify", str(folder / "both.jpg"), *sharper]) == 0
    assert names(json.loads(capsys.readouterr().out)) == ["Drinks/Coffee"]
    assert (
        run(["classify", str(folder / "both.jpg"), *ASK, "--several", "--format", "jsonl", "--min-confidence", "0.95"])
        == 0
    )
    assert names(json.loads(capsys.readouterr().out)) == []


def test_what_you_said_outranks_the_model(folder, capsys):
    say(folder / "both.jpg", "Airplanes")
    say(folder / "both.jpg", "People", is_positive=False)
    say(folder / "wall.jpg", "Cats")
    rows = rows_of(folder, capsys, "--several", "--no-examples")
    assert names(rows["both.jpg"]) == ["Airplanes", "Drinks/Coffee"]
    assert [each["decided_by"] for each in rows["both.jpg"]["categories"]] == ["human", "model"]
    assert names(rows["wall.jpg"]) == ["Cats"]
    assert rows["both.jpg"]["decision"] == "Airplanes"


def test_photos_get_several_keywords_and_lose_them_again(folder, capsys):
    before = tree(folder)
    assert run(["tag", str(folder), *ASK, "--several"]) == 0
    assert "both.jpg  + Drinks/Coffee, People" in capsys.readouterr().out
    assert tree(folder) == before
    assert run(["tag", str(folder), *ASK, "--several", "--apply"]) == 0
    assert set(photo_keywords(folder / "both.jpg")) == {("People",), ("Drinks", "Coffee")}
    assert photo_keywords(folder / "cat.jpg") == [("Cats",)]
    assert photo_keywords(folder / "wall.jpg") == []
    assert "Drinks/Coffee 1, People 1, Cats 1, unsure 1. In more than one: 1." in capsys.readouterr().err
    assert run(["undo"]) == 0
    assert tree(folder) == before


def test_sorting_has_no_such_option(folder, tmp_path, capsys):
    with pytest.raises(SystemExit):
        run(["sort", str(folder), str(tmp_path / "sorted"), *ASK, "--several"])
    assert "--several" in capsys.readouterr().err
