"""`tag` and `keywords` as a user types them; the model is a small CLIP with random weights."""

import csv
import io
import json
import os

import pytest
from PIL import Image

from clipsorter import paths
from clipsorter.cli.app import run
from clipsorter.library.decisions import Decisions
from clipsorter.metadata.tagging import photo_keywords
from tests.cli.test_sort import say
from tests.moves.trees import tree

pytestmark = pytest.mark.usefixtures("tiny_model")
ASK = ["-c", "Animals/Dog", "cat", "--min-confidence", "0"]
KEYWORDS = ([("Animals", "Dog")], [("cat",)])


@pytest.fixture
def folder(photos):
    """Return a folder with two sound photos."""
    (photos / "broken.jpg").unlink()
    return photos


def photos_of(folder):
    return [folder / "a.png", folder / "deeper" / "b é🐈.jpg"]


def test_without_apply_nothing_is_written(folder, clipsorter_home, capsys):
    before = tree(folder)
    assert run(["tag", str(folder), *ASK]) == 0
    assert tree(folder) == before
    assert not paths.journal_file().exists()
    output = capsys.readouterr()
    assert "a.png  + " in output.out
    assert "2 would be tagged. Nothing was changed." in output.err


def test_photos_are_tagged_and_taken_back(folder, capsys):
    before = tree(folder)
    assert run(["tag", str(folder), *ASK, "--apply"]) == 0
    assert all(photo_keywords(photo) in KEYWORDS for photo in photos_of(folder))
    assert "Run 1: 2 of 2 photos tagged (2 files changed)" in capsys.readouterr().err
    assert run(["tag", str(folder), *ASK, "--apply"]) == 0
    assert "2 needed no change" in capsys.readouterr().err
    assert run(["history"]) == 0
    assert "tagged: 2 photos (2 files)" in capsys.readouterr().out
    assert run(["undo", "1"]) == 0
    assert tree(folder) == before


def test_photos_that_were_tagged_are_not_looked_at_again(folder, capsys):
    run(["index", str(folder)])
    run(["tag", str(folder), *ASK, "--apply"])
    run(["index", str(folder)])
    assert "2 known before, 0 new" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_rows_for_programs_name_the_files(folder, form, capsys):
    assert run(["tag", str(folder), *ASK, "--preset", "immich", "--format", form]) == 0
    output = capsys.readouterr().out
    if form == "jsonl":
        rows = [json.loads(line) for line in output.splitlines()]
        assert [row["files"] for row in rows] == [[f"{photo}.xmp"] for photo in photos_of(folder)]
        assert set(rows[0]) == {"path", "keywords", "files", "note"}
    else:
        rows = list(csv.DictReader(io.StringIO(output)))
        assert [row["file"] for row in rows] == [f"{photo}.xmp" for photo in photos_of(folder)]


def test_sidecar_and_embed_outrank_the_preset(folder):
    assert run(["tag", str(folder), *ASK, "--sidecar", "--apply"]) == 0
    assert sorted(path.name for path in folder.rglob("*.xmp")) == ["a.png.xmp", "b é🐈.jpg.xmp"]
    assert run(["undo"]) == 0
    assert run(["tag", str(folder), *ASK, "--preset", "immich", "--embed", "--apply"]) == 0
    assert list(folder.rglob("*.xmp")) == []


def test_unsure_photos_get_none_and_your_word_outranks_the_model(folder, capsys):
    say(folder / "a.png", "cat")
    assert run(["tag", str(folder), "-c", "dog", "cat", "--min-confidence", "1", "--apply"]) == 0
    assert photo_keywords(folder / "a.png") == [("cat",)]
    assert photo_keywords(photos_of(folder)[1]) == []
    assert "cat 1, unsure 1" in capsys.readouterr().err
    assert run(["tag", "--remove-run", "1"]) == 0
    assert "0 photos would lose" in capsys.readouterr().err


def test_what_a_run_wrote_is_removed_again(folder, capsys):
    run(["tag", str(folder), *ASK, "--apply"])
    before = tree(folder)
    assert run(["tag", "--remove-run", "1"]) == 0
    assert tree(folder) == before
    assert "a.png  - " in capsys.readouterr().out
    assert run(["tag", "--remove-run", "1", "--apply"]) == 0
    assert all(photo_keywords(photo) == [] for photo in photos_of(folder))
    run(["history"])
    assert "removed the tags of run 1: 2 photos" in capsys.readouterr().out
    assert run(["undo"]) == 0
    assert tree(folder) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--apply"], "Name the folder"),
        (["--remove-run", "3"], "no run 3"),
        ([".", "--remove-run", "3"], "leave out FOLDER"),
    ],
)
def test_impossible_requests_are_one_sentence(arguments, says, capsys):
    assert run(["tag", *arguments]) == 2
    assert says in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="nothing is read-only for root")
def test_a_read_only_folder_is_a_sentence_and_nothing_is_lost(folder, capsys):
    before = tree(folder)
    folder.chmod(0o555)
    assert run(["tag", str(folder), *ASK, "--apply"]) == 1
    folder.chmod(0o755)
    assert "permission was denied" in capsys.readouterr().err
    assert tree(folder) == before


def test_a_write_protected_photo_and_a_wrong_ending_are_told(folder, capsys):
    (folder / "a.png").chmod(0o444)
    Image.new("RGB", (9, 9)).save(folder / "c.png", "JPEG")
    assert run(["tag", str(folder), *ASK, "--apply"]) == 0
    assert "write-protected" in capsys.readouterr().out
    assert photo_keywords(folder / "a.png") in KEYWORDS
    assert photo_keywords(folder / "c.png") in KEYWORDS
    assert Image.open(folder / "c.png").format == "JPEG"


def test_keywords_are_printed(folder, capsys):
    run(["tag", str(folder), *ASK, "--apply"])
    capsys.readouterr()
    assert run(["keywords", str(folder), "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["path"] for row in rows] == [str(photo) for photo in photos_of(folder)]
    assert all(row["keywords"][0] in ("Animals/Dog", "cat") and row["error"] is None for row in rows)
    assert run(["keywords", str(folder / "a.png")]) == 0
    assert capsys.readouterr().out.startswith(f"{folder / 'a.png'}: ")


def test_keywords_become_decisions_if_that_is_asked_for(folder, capsys):
    sidecar = folder / "a.png.xmp"
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>'
        "<rdf:li>dog</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>",
        encoding="utf-8",
    )
    before = tree(folder)
    assert run(["keywords", str(folder), "--import", *ASK[:3]]) == 0
    assert tree(folder) == before
    assert "Your decisions now: 1 keyword of 2 photos (Animals/Dog 1)." in capsys.readouterr().err
    assert run(["classify", str(folder), *ASK, "--format", "jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (rows[0]["decision"], rows[0]["decided_by"]) == ("Animals/Dog", "human")


def test_what_clipsorter_wrote_itself_is_nobodys_decision(folder):
    run(["tag", str(folder), *ASK, "--apply"])
    assert run(["keywords", str(folder), "--import", *ASK[:3]]) == 0
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        assert decisions.count_labels(["Animals/Dog", "cat"]) == 0
