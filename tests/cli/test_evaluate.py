"""The figures of `evaluate`, with the real starter on photos that scikit-image carries."""

import csv
import io

import pytest

from clipsorter.cli.app import run
from tests.cli.test_teach import folder  # noqa: F401

pytestmark = pytest.mark.usefixtures("measured_home")


@pytest.fixture
def labels(folder, tmp_path):  # noqa: F811
    """Write the truth, and one wrong label on purpose."""
    rows = [
        (f"{title}{number}.png", {"cat": "cats", "cup": "coffee"}[title])
        for title in ("cat", "cup")
        for number in range(3)
    ]
    text = "".join(f"{name},{category}\n" for name, category in [*rows, ("rocket.jpg", "cats")])
    path = tmp_path / "labels.csv"
    path.write_text("file,category\n" + text, encoding="utf-8")
    return path


def test_confusion_adds_up_to_the_photos(folder, labels, capsys):  # noqa: F811
    assert run(["evaluate", str(folder), "--labels", str(labels), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["truth"] for row in rows] == ["cats", "coffee"]
    assert [(row["cats"], row["coffee"], row["unsure"]) for row in rows] == [("3", "0", "1"), ("0", "3", "0")]
    assert (float(rows[0]["precision"]), float(rows[0]["recall"])) == (1, 0.75)


def test_text_says_how_many_are_right(folder, labels, capsys):  # noqa: F811
    assert run(["evaluate", str(folder), "--labels", str(labels)]) == 0
    assert "all: 7 photos, first answer right" in (output := capsys.readouterr().out)
    assert "sure and right 0.857, sure and wrong 0.000, unsure 0.143" in output


def test_file_without_labels_is_refused(folder, labels, capsys):  # noqa: F811
    labels.write_text("a,b\n1,2\n", encoding="utf-8")
    assert run(["evaluate", str(folder), "--labels", str(labels)]) == 2
    assert "has no labels" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"file,category\ncat0.png\n", "Label 1"),
        (b"category,file\ncats,cat0.png\ncats\n", "Label 2"),
        (b"file,category\nnowhere.png,cats\n", "None of the photos"),
        (b"\xff\xfe\x00", "save it as one"),
        (b"file;category\ncat0.png;cats\n", "with commas between"),
        (b"file,category\n", "no labels below"),
        (b"file,category\ncat0.png,cats\ncat0.png,dogs\n", "Label 2"),
    ],
)
def test_labels_that_tell_nothing_are_said_in_a_sentence(folder, labels, capsys, text, says):  # noqa: F811
    labels.write_bytes(text)
    assert run(["evaluate", str(folder), "--labels", str(labels)]) == 2
    assert says in capsys.readouterr().err


def test_label_of_a_photo_that_is_gone_is_named(folder, labels, capsys):  # noqa: F811
    (folder / "cat0.png").unlink()
    assert run(["evaluate", str(folder), "--labels", str(labels)]) == 1
    output = capsys.readouterr()
    assert "cat0.png has a label, but was not found" in output.err
    assert "all: 6 photos" in output.out


@pytest.mark.parametrize(
    ("options", "says"),
    [(["--examples", "9"], "more than 9 photos"), (["--examples", "1", "--format", "csv"], "leave --format away")],
)
def test_what_examples_can_not_do_is_said_without_a_table(folder, labels, capsys, options, says):  # noqa: F811
    assert run(["evaluate", str(folder), "--labels", str(labels), *options]) == 2
    output = capsys.readouterr()
    assert says in output.err
    assert output.out == ""


def test_paths_that_are_all_wrong_are_one_sentence(folder, labels, capsys):  # noqa: F811
    rows = "".join(f"x/cat{number}.png,cats\n" for number in range(50))
    labels.write_text("file,category\n" + rows, encoding="utf-8")
    assert run(["evaluate", str(folder), "--labels", str(labels)]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) <= 2  # the progress line stays


def test_lists_have_one_header_together(folder, labels, capsys):  # noqa: F811
    rows = "cat0.png,cats,a\ncup0.png,coffee,a\ncat1.png,animals,b\ncup1.png,coffee,b\nbroken.jpg,cats,a\n"
    labels.write_text("file,category,list\n" + rows, encoding="utf-8")
    (folder / "broken.jpg").write_bytes(b"no picture")
    (folder / "also broken.jpg").write_bytes(b"no picture")
    assert run(["evaluate", str(folder), "--labels", str(labels), "--format", "csv"]) == 1
    output = capsys.readouterr()
    found = list(csv.DictReader(io.StringIO(output.out)))
    assert [(row["list"], row["truth"]) for row in found] == [
        ("a", "cats"), ("a", "coffee"), ("b", "animals"), ("b", "coffee"),
    ]  # fmt: skip
    assert [row["animals"] for row in found] == ["", "", "1", "0"]
    assert output.err.count("broken.jpg") == 1  # of the other one nobody asked
