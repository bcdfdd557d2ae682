"""`sort`, `undo` and `history` as a user types them; the model is a small CLIP with random weights."""

import csv
import io
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from PIL import Image

from clipsorter import paths
from clipsorter.apply import Books, bundles_around, trash
from clipsorter.cli.app import run
from clipsorter.library.decisions import Decisions
from clipsorter.moves.disk import Disk
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from tests.moves.trees import files, tree

pytestmark = pytest.mark.usefixtures("tiny_model")
ASK = ["-c", "dog", "cat", "--min-confidence", "0"]


@pytest.fixture
def places(photos, tmp_path):
    """Return a folder with two sound photos, one of them with a companion, and a place that is not there yet."""
    (photos / "broken.jpg").unlink()
    (photos / "a.png.xmp").write_text("<x/>", encoding="utf-8")
    return photos, tmp_path / "sorted"


def sort(places, *arguments):
    return run(["sort", *map(str, places), *ASK, *arguments])


def say(photo, category, *, is_positive=True):
    """Let the user say of a photo where it belongs."""
    status = photo.stat()
    named = FingerprintedPhoto(Photo(photo, status.st_size, status.st_mtime_ns), fingerprint(photo))
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        decisions.record_labels([named], category, is_positive=is_positive)


def test_without_apply_nothing_is_written(places, clipsorter_home, capsys):
    before, home = tree(places[0].parent), tree(clipsorter_home / "data")
    assert sort(places, "--no-index", "--move") == 0
    assert tree(places[0].parent) == before
    assert tree(clipsorter_home / "data") == home
    output = capsys.readouterr()
    assert "a.png → " in output.out
    assert "+ a.png.xmp" in output.out
    assert "Nothing was changed" in output.err
    assert sort(places) == 0
    assert tree(places[0].parent) == before
    assert not paths.journal_file().exists()


def test_jsonl_has_one_object_a_planned_file(places, capsys):
    assert sort(places, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {Path(row["source"]).name for row in rows} == {"a.png", "a.png.xmp", "b é🐈.jpg"}
    assert all(set(row) == {"source", "target", "category", "reason"} for row in rows)
    assert all(Path(row["target"]).is_relative_to(places[1] / row["category"]) for row in rows)


def test_csv_has_the_same_columns(places, capsys):
    assert sort(places, "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 3
    assert list(rows[0]) == ["source", "target", "category", "reason"]


def test_apply_copies_and_undo_takes_the_copies_away(places, capsys):
    before = tree(places[0])
    assert sort(places, "--apply") == 0
    assert tree(places[0]) == before
    assert len(files(tree(places[1]))) == 3
    assert "2 of 2 photos copied (3 files with companions)" in capsys.readouterr().err
    assert run(["undo"]) == 0
    assert tree(places[0]) == before
    assert not places[1].exists()


def test_moved_photos_are_brought_back_by_number(places, capsys):
    before = tree(places[0])
    assert sort(places, "--apply", "--move", "--no-index") == 0
    assert files(tree(places[0])) == {}
    assert run(["undo", "1"]) == 0
    assert tree(places[0]) == before
    capsys.readouterr()
    assert run(["history"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "undo of run 1: 2 photos (3 files)" in lines[0]
    assert "moved: 2 photos (3 files), 2 taken back" in lines[1]
    assert run(["undo"]) == 2
    assert run(["undo", "1"]) == 2
    assert run(["undo", "9"]) == 2


def test_one_photo_of_a_run_is_brought_back_with_its_companion_and_the_rest_later(places, capsys):
    before = tree(places[0])
    assert sort(places, "--apply", "--move") == 0
    assert run(["undo", "1", "--only", str(places[0] / "a.png")]) == 0
    assert {path.name for path in files(tree(places[0]))} == {"a.png", "a.png.xmp"}
    assert run(["undo", "1", "--only", str(next(places[1].rglob("b é🐈.jpg")))]) == 0
    assert tree(places[0]) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_photos_come_back_from_the_trash(places, capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    before = files(tree(places[0]))
    list(trash(bundles_around([places[0] / "a.png"]), Books(paths.journal_file())))
    assert not (places[0] / "a.png.xmp").exists()
    assert run(["history"]) == 0
    assert f"into the trash: 1 photo (2 files); {places[0]}" in capsys.readouterr().out
    assert run(["undo"]) == 0
    assert "1 of 1 photo moved back (2 files with companions)" in capsys.readouterr().err
    assert files(tree(places[0])) == before
    assert run(["history"]) == 0
    assert f"undo of run 1: 1 photo (2 files); the trash → {places[0]}" in capsys.readouterr().out


def test_help_of_the_history_names_the_trash(capsys):
    with pytest.raises(SystemExit):
        run(["history", "--help"])
    assert "the trash" in capsys.readouterr().out


def test_undo_of_a_photo_that_is_in_no_run_changes_nothing(places, capsys):
    sort(places, "--apply", "--move")
    after = tree(places[1])
    assert run(["undo", "1", "--only", "stranger.jpg"]) == 2
    assert tree(places[1]) == after
    assert "none of these photos" in capsys.readouterr().err


def test_undo_names_what_changed_since_and_ends_with_1(places, capsys):
    sort(places, "--apply", "--move")
    changed = next(places[1].rglob("b é🐈.jpg"))
    changed.write_bytes(b"edited")
    capsys.readouterr()
    assert run(["undo"]) == 1
    output = capsys.readouterr()
    assert f"{changed} stayed where it was: it has changed since" in output.err
    assert "1 of 2 photos moved back" in output.err


def test_sorting_again_changes_nothing(places, capsys):
    sort(places, "--apply", "--move")
    before = tree(places[1])
    assert run(["sort", str(places[1]), str(places[1]), *ASK, "--apply", "--move"]) == 0
    assert tree(places[1]) == before
    assert "already there 2" in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["--no-index"]], ids=["index", "no index"])
def test_the_word_of_the_user_outranks_the_model(places, capsys, options):
    folder, dest = places
    run(["classify", str(folder), *ASK, "--format", "jsonl", "--no-index"])
    row = next(row for row in map(json.loads, capsys.readouterr().out.splitlines()) if row["path"].endswith("a.png"))
    other = "cat" if row["decision"] == "dog" else "dog"
    say(folder / "a.png", other)
    run(["classify", str(folder), *ASK, "--format", "jsonl", *options])
    rows = {Path(row["path"]).name: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (rows["a.png"]["decision"], rows["a.png"]["decided_by"]) == (other, "human")
    before, now = (
        {p["category"]: p["probability"] for p in predictions}
        for predictions in (row["predictions"], rows["a.png"]["predictions"])
    )
    assert now == pytest.approx(before, abs=1e-3)
    assert rows["b é🐈.jpg"]["decided_by"] == "model"
    run(["classify", str(folder), *ASK, *options])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("a.png"))
    assert "✓" in line
    assert "your word" in line
    assert f"{now[other]:.0%}" in line
    sort(places, "--apply", *options)
    assert (dest / other / "a.png").exists()


def test_a_category_that_the_user_refused_is_not_the_answer(places, capsys):
    say(places[0] / "a.png", "dog", is_positive=False)
    say(places[0] / "a.png", "cat", is_positive=False)
    run(["classify", str(places[0]), *ASK, "--format", "jsonl"])
    rows = {Path(row["path"]).name: row for row in map(json.loads, capsys.readouterr().out.splitlines())}
    assert (rows["a.png"]["decision"], rows["a.png"]["decided_by"]) == (None, "human")


def test_what_was_said_for_other_questions_does_not_answer_this_one(places, capsys):
    say(places[0] / "a.png", "holiday")
    run(["classify", str(places[0]), *ASK, "--format", "jsonl"])
    assert {row["decided_by"] for row in map(json.loads, capsys.readouterr().out.splitlines())} == {"model"}


def test_a_broken_photo_is_named_and_the_rest_is_sorted(places, capsys):
    (places[0] / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    assert sort(places, "--apply", "--move") == 1
    assert [path.name for path in files(tree(places[0]))] == ["broken.jpg"]
    assert "broken.jpg" in capsys.readouterr().err


def test_date_folders_come_from_the_photo(places, capsys):
    exif = Image.Exif()
    exif[306] = "2011:02:03 04:05:06"
    exif.get_ifd(0x8769)[36867] = "2011:02:03 04:05:06"
    Image.new("RGB", (80, 60), "green").save(places[0] / "dated.jpg", exif=exif)
    assert sort(places, "--date-folders", "{year}/{month}", "--format", "jsonl") == 0
    targets = [Path(json.loads(line)["target"]) for line in capsys.readouterr().out.splitlines()]
    assert {path.parent.relative_to(places[1]).parts[1:] for path in targets if path.name == "dated.jpg"} == {
        ("2011", "02")
    }
    assert sort(places, "--date-folders", "{day}/{hour}") == 2


def test_ctrl_c_stops_between_photos_and_says_how_far_it_came(places, capsys, monkeypatch):
    real = Disk.rename

    def rename(self, source, target):
        real(self, source, target)
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(Disk, "rename", rename)
    assert sort(places, "--apply", "--move") == 130
    assert "1 of 2 photos moved" in (errors := capsys.readouterr().err)
    assert "1 not begun" in errors
    assert Books(paths.journal_file()).journal_file.exists()
    assert len(files(tree(places[0]))) + len(files(tree(places[1]))) == 3


@pytest.mark.parametrize(
    "arguments", [["--copy", "--move"], ["--date-folders", "{year"], ["--format", "xml"]], ids=lambda a: a[-1]
)
def test_wrong_use_ends_with_2(places, arguments):
    try:
        assert sort(places, *arguments) == 2
    except SystemExit as ending:  # what argparse itself refuses
        assert ending.code == 2
