"""Index and library commands, with the small CLIP of random weights."""

import json
import sqlite3

import pytest

from clipsorter import paths
from clipsorter.cli.app import run

pytestmark = pytest.mark.usefixtures("tiny_model")


def test_index_looks_once_and_classify_uses_it(photos, capsys):
    assert run(["index", str(photos)]) == 1
    first = capsys.readouterr()
    assert "0 known before, 2 new, 1 failed" in first.err
    assert "broken.jpg is " in first.out
    assert run(["index", str(photos)]) == 1
    assert "2 known before, 0 new, 1 failed" in capsys.readouterr().err
    (photos / "a.png").rename(photos / "renamed.png")
    assert run(["classify", str(photos), "-c", "dog", "cat", "--format", "jsonl"]) == 1
    assert {row["status"] for row in map(json.loads, capsys.readouterr().out.splitlines())} == {"ok", "error"}
    assert run(["library", "info"]) == 0
    output = capsys.readouterr().out
    assert "photos      4 (could not be read: 1, gone: 1)" in output
    assert "vectors     2 of tiny" in output


def test_control_characters_in_a_name_stay_off_the_terminal(tmp_path, capsys):
    folder = tmp_path / "bell\x07"
    folder.mkdir()
    (folder / "broken\x1b[31m.jpg").write_bytes(b"nothing")
    assert run(["index", str(folder)]) == 1
    output = capsys.readouterr()
    assert "broken�[31m.jpg" in output.out
    assert not {"\x07", "\x1b"} & set(output.out + output.err)


def test_answers_are_the_same_with_and_without_the_index(photos, capsys):
    answers = []
    for option in ([], [], ["--no-index"]):
        run(["classify", str(photos), "-c", "dog", "cat", "--format", "jsonl", *option])
        rows = map(json.loads, capsys.readouterr().out.splitlines())
        answers.append({row["path"]: row["predictions"] for row in rows})
    assert answers[0] == answers[1]
    for path, predictions in answers[2].items():
        for ours, theirs in zip(predictions, answers[0][path], strict=True):
            assert ours["probability"] == pytest.approx(theirs["probability"], abs=0.01)


def test_no_index_writes_nothing(photos):
    run(["classify", str(photos), "-c", "dog", "--no-index"])
    assert not paths.index_file().exists()
    assert [path.name for path in paths.cache_dir().iterdir()] == ["tuning.json"]  # of the machine, not of photos


def test_library_is_looked_after(photos, capsys):
    run(["index", str(photos)])
    (photos / "a.png").unlink()
    run(["index", str(photos)])
    assert run(["library", "verify"]) == 0
    assert run(["library", "clean"]) == 0
    assert run(["library", "backup"]) == 0
    output = capsys.readouterr().out
    assert "index       sound" in output
    assert "Forgotten, since gone: 1 photo." in output
    assert list((paths.data_dir() / "backups").iterdir())


def test_damaged_index_is_set_aside_and_made_again(photos, capsys):
    run(["index", str(photos)])
    capsys.readouterr()
    paths.index_file().write_bytes(b"not a database at all" * 1000)
    assert run(["classify", str(photos), "-c", "dog", "--format", "jsonl"]) == 1
    output = capsys.readouterr()
    assert output.err.count("was damaged") == 1
    assert len(output.out.splitlines()) == 3
    assert list(paths.data_dir().glob("index.corrupt-*"))


def test_index_of_a_newer_version_is_refused(photos, capsys):
    run(["index", str(photos)])
    connection = sqlite3.connect(paths.index_file())
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert run(["classify", str(photos), "-c", "dog"]) == 2
    assert "newer Clipsorter" in capsys.readouterr().err
