import csv
import io
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
def album(tmp_path):
    folder = tmp_path / "album"
    folder.mkdir()
    for name in ("chelsea.png", "coffee.png"):
        shutil.copy(PICTURES / name, folder / name)
    with Image.open(PICTURES / "chelsea.png") as image:
        image.convert("RGB").save(folder / "copy.jpg", quality=70)
    return folder


def test_table_marks_the_best(album, capsys):
    assert run(["duplicates", str(album)]) == 0
    output = capsys.readouterr()
    lines = output.out.splitlines()
    assert lines[0] == "one picture, 2 photos"
    assert [line.split()[0] for line in lines[1:]] == ["best", "copy.jpg"]
    assert "3 photos compared: 1 is a copy of others, in 1 group; 0 bursts" in output.err


def test_jsonl_has_one_object_a_group(album, capsys):
    assert run(["duplicates", str(album), "--format", "jsonl"]) == 0
    (group,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert group["kind"] == "near"
    assert {Path(each["path"]).name: each["best"] for each in group["photos"]} == {
        "chelsea.png": True,
        "copy.jpg": False,
    }
    assert group["photos"][0]["width"] == 451


def test_csv_has_one_line_a_photo_and_nothing_is_touched(album, capsys):
    before = {path.name: path.stat().st_mtime_ns for path in album.iterdir()}
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    assert run(["duplicates", str(album), "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["group"], row["kind"], row["best"]) for row in rows] == [("1", "near", "yes"), ("1", "near", "")]
    (album / "broken.jpg").unlink()
    assert {path.name: path.stat().st_mtime_ns for path in album.iterdir()} == before
