"""Searching as a user types it, with the real starter."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
import skimage

from clipsorter.cli.app import run

PICTURES = Path(skimage.__file__).with_name("data")

pytestmark = pytest.mark.usefixtures("measured_home")


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    folder.mkdir()
    for name in ("chelsea.png", "coffee.png", "rocket.jpg", "page.png"):
        shutil.copy(PICTURES / name, folder / name)
    return folder


def found(capsys):
    return [Path(json.loads(line)["path"]).name for line in capsys.readouterr().out.splitlines()]


def test_words_find_their_photo_first(album, capsys):
    assert run(["search", str(album), "cat", "--format", "jsonl"]) == 0
    assert found(capsys)[0] == "chelsea.png"
    assert run(["search", str(album), "coffee", "--top", "1", "--format", "jsonl"]) == 0
    assert found(capsys) == ["coffee.png"]


def test_excluded_words_come_last(album, capsys):
    for query in ("coffee -cat", "-cat coffee"):
        assert run(["search", str(album), query, "--format", "jsonl"]) == 0
        names = found(capsys)
        assert (names[0], names[-1]) == ("coffee.png", "chelsea.png")


def test_without_a_folder_all_that_is_remembered_is_searched(album, capsys):
    assert run(["search", "cat"]) == 0
    assert "0 photos" in capsys.readouterr().err
    run(["index", str(album)])
    assert run(["search", "cat", "--top", "1", "--format", "csv"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert Path(row["path"]) == album / "chelsea.png"


def test_similar_photos_leave_out_the_photo_itself(album, capsys):
    shutil.copy(album / "chelsea.png", album / "copy.png")
    assert run(["similar", str(album / "chelsea.png"), str(album), "--top", "1", "--format", "jsonl"]) == 0
    assert found(capsys) == ["copy.png"]


def test_table_names_photos_from_the_folder_on(album, capsys):
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    assert run(["search", str(album), "cat"]) == 1
    output = capsys.readouterr()
    assert "  chelsea.png" in output.out
    assert str(album) not in output.out
    assert "broken.jpg" in output.err
    assert "The best 4 of 4 photos" in output.err


def test_one_photo_is_no_photos(album, capsys):
    assert run(["search", str(album / "chelsea.png"), "cat"]) == 0
    assert "The best 1 of 1 photo of" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", ". -"], "nothing to look for"),
        (["search", "xqzzy"], "knows none of these words"),
        (["search", "/nowhere", "cat"], "/nowhere"),
        (["search", str(Path(__file__).parent)], "Say what to look for"),
        (["search", "like:~nobody-so-called/a.jpg"], "~nobody-so-called/a.jpg"),
        (["similar", "/nowhere.jpg"], "/nowhere.jpg"),
    ],
)
def test_mistakes_are_said_in_a_sentence(arguments, words, capsys):
    assert run(arguments) == 2
    assert words in capsys.readouterr().err


def test_photo_that_is_gone_since_says_so(album, capsys):
    run(["index", str(album)])
    (album / "chelsea.png").unlink()
    capsys.readouterr()
    assert run(["search", "cat", "--top", "2"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith("chelsea.png  (not there now)")
    assert "not there" not in second
