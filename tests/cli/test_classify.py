"""The command as a user types it; the model is a small CLIP with random weights."""

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
import skimage

from clipsorter.cli.app import run
from clipsorter.clip import tuning
from clipsorter.clip.encoder import FastTrial, load_encoder
from clipsorter.settings import Settings, save_settings, settings_file

pytestmark = pytest.mark.usefixtures("tiny_model")


def lines_of(capsys):
    return capsys.readouterr().out.splitlines()


def test_jsonl_has_one_object_a_photo(photos, capsys):
    assert run(["classify", str(photos), "-c", "dog", "cat", "--format", "jsonl", "--min-confidence", "0"]) == 1
    rows = {Path(row["path"]).name: row for row in map(json.loads, lines_of(capsys))}
    assert set(rows) == {"a.png", "b é🐈.jpg", "broken.jpg"}
    sound = rows["a.png"]
    assert set(sound) == {"path", "status", "decision", "decided_by", "predictions", "error"}
    assert (sound["status"], sound["decided_by"], sound["error"]) == ("ok", "model", None)
    assert sound["decision"] == sound["predictions"][0]["category"]
    assert sum(prediction["probability"] for prediction in sound["predictions"]) == pytest.approx(1, abs=1e-4)
    broken = rows["broken.jpg"]
    assert (broken["status"], broken["decision"], broken["predictions"]) == ("error", None, [])
    assert broken["error"]


def test_csv_has_a_header_and_as_many_predictions_as_asked(photos, capsys):
    assert run(["classify", str(photos), "-c", "dog", "cat", "car", "--top", "2", "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 3
    assert [name for name in rows[0] if name.startswith("category")] == ["category_1", "category_2"]
    assert {row["status"] for row in rows} == {"ok", "error"}


def test_table_names_photos_from_the_folder_on(photos, capsys):
    assert run(["classify", str(photos), "-c", "dog", "cat", "--min-confidence", "0"]) == 1
    output = capsys.readouterr()
    assert "a.png" in output.out
    assert str(photos) not in output.out
    assert "! " in output.out
    assert "3 photos: " in output.err
    assert "failed 1" in output.err
    assert "Judged by tiny on the CPU" in output.err


def test_a_single_photo_can_be_asked_about(photos, capsys):
    assert run(["classify", str(photos / "a.png"), "-c", "dog", "cat", "--format", "jsonl"]) == 0
    assert len(lines_of(capsys)) == 1


def test_subfolders_can_be_left_out(photos, capsys):
    run(["classify", str(photos), "-c", "dog", "cat", "--format", "jsonl", "--no-recursive"])
    assert len(lines_of(capsys)) == 2


def test_categories_come_from_a_file(photos, tmp_path, capsys):
    file = tmp_path / "mine.txt"
    file.write_text("﻿# mine\nAnimals/Dog=a dog | a puppy\n\ncar\n", encoding="utf-8")
    run(["classify", str(photos / "a.png"), "--categories", str(file), "--format", "jsonl"])
    predictions = json.loads(lines_of(capsys)[0])["predictions"]
    assert {prediction["category"] for prediction in predictions} == {"Animals/Dog", "car"}


def test_threshold_of_a_category_is_honoured_and_what_the_window_switched_off_is_not_asked(tmp_path, capsys):
    cat = Path(skimage.__file__).with_name("data") / "chelsea.png"
    file = tmp_path / "mine.txt"
    decisions = []
    for text in ("cats\n#~ dogs\ncars\n", "cats @100%\n#~ dogs\ncars\n"):
        file.write_text(text, encoding="utf-8")
        run(["classify", str(cat), "--categories", str(file), "--format", "jsonl", "--model", "starter"])
        (line,) = lines_of(capsys)
        assert [prediction["category"] for prediction in json.loads(line)["predictions"]] == ["cats", "cars"]
        decisions.append(json.loads(line)["decision"])
    assert decisions == ["cats", None]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["{photos}"], "no category"),
        (["{photos}", "-c", "dog", "Dog"], "twice"),
        (["{photos}", "-c", "/"], "no category"),
        (["{photos}/nothing", "-c", "dog"], "spelling"),
        (["{photos}", "--categories", "{photos}/nothing.txt"], "can't be read"),
        (["{photos}", "--categories", "{photos}/a.png"], "UTF-8"),
        (["{photos}", "-c", "dog", "--model", "ViT-B/32"], "models download ViT-B/32"),
        (["{photos}", "-c", "dog", "--model", "vitamin"], "no model"),
        (["{photos}", "-c", "dog " * 100], "too long"),
    ],
)
def test_wrong_use_is_one_sentence(arguments, says, photos, capsys):
    assert run(["classify", *(argument.replace("{photos}", str(photos)) for argument in arguments)]) == 2
    output = capsys.readouterr()
    assert says in output.err
    assert "Traceback" not in output.err
    assert output.out == ""


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--top", "0", "'0' is no whole number from 1 up"),
        ("--top", "many", "'many' is no whole number from 1 up"),
        ("--min-confidence", "2", "'2' is no number from 0 to 1"),
        ("--min-confidence", "high", "'high' is no number from 0 to 1"),
        ("--min-confidence", "nan", "'nan' is no number from 0 to 1"),
        ("--format", "xml", "invalid choice: 'xml'"),
    ],
)
def test_wrong_option_is_refused_in_plain_words(option, value, says, photos, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(["classify", str(photos), "-c", "dog", option, value])
    assert stopped.value.code == 2
    assert says in capsys.readouterr().err


def test_one_photo_is_counted_as_one(photos, capsys):
    run(["classify", str(photos / "a.png"), "-c", "dog"])
    assert "\n1 photo: " in capsys.readouterr().err


def test_long_names_are_whole_in_a_file(photos, capsys):
    name = "deeper/" + 15 * "long " + ".png"
    (photos / "a.png").rename(photos / name)
    run(["classify", str(photos), "-c", "a category of many letters", "--min-confidence", "0"])
    shown = capsys.readouterr().out
    assert name in shown
    assert "a category of many letters" in shown


def test_control_characters_in_a_category_stay_off_the_terminal(photos, capsys):
    run(["classify", str(photos), "-c", "dog\x1b[31m", "--min-confidence", "0"])
    output = capsys.readouterr()
    assert "dog�[31m 2" in output.err
    assert "\x1b" not in output.err + output.out


def test_ensemble_changes_the_similarities(photos, capsys):
    similarities = []
    for options in ([], ["--ensemble"]):
        run(["classify", str(photos / "a.png"), "-c", "dog", "--format", "jsonl", *options])
        similarities.append(json.loads(lines_of(capsys)[0])["predictions"][0]["similarity"])
    assert similarities[0] != similarities[1]


def test_starter_says_that_it_ignores_the_ensemble(photos, capsys):
    assert run(["classify", str(photos / "a.png"), "-c", "dog", "cat", "--ensemble", "--model", "starter"]) == 0
    assert "--ensemble changes nothing" in capsys.readouterr().err


def test_model_that_the_settings_name_wrongly_is_said_to_come_from_there(photos, capsys):
    for model, says in (("foo", "There is no model 'foo'"), ("RN50", "not on this machine")):
        save_settings(Settings(model=model))
        for command in (["classify", str(photos), "-c", "dog"], ["index", str(photos)], ["doctor"]):
            assert run(command) == 2
            said = capsys.readouterr().err
            assert says in said
            assert str(settings_file()) in said


@pytest.mark.parametrize("command", [["classify", "-c", "dog", "--no-index"], ["index"]])
def test_machine_is_measured_once_also_where_that_cannot_be_kept(command, photos, clipsorter_home, monkeypatch):
    measured = []

    def measure_and_note(encoder):
        measured.append(encoder)
        return measure(encoder)

    measure = tuning.measure
    monkeypatch.setattr(tuning, "measure", measure_and_note)
    (clipsorter_home / "cache").write_text("in the way", encoding="utf-8")
    run([command[0], str(photos), *command[1:]])
    assert len(measured) == 1


def test_fast_mode_that_was_refused_is_tried_again_only_on_request(photos, capsys):
    refused = FastTrial(0.9, 1.0, False, "Fast mode changes this model's answers too much.")
    tuning.remember("fast", load_encoder("tiny", "cpu"), asdict(refused))
    for options, says in ([], f"{refused.reason} This was found before"), (["--retry"], "found here: 2"):
        run(["classify", str(photos), "-c", "dog", "--fast", "--device", "cpu", *options])
        assert says in capsys.readouterr().err


def test_missing_folder_is_said_before_torch_is_imported(tmp_path):
    program = "import sys; from clipsorter.cli.app import run\n"
    program += "for command in (['classify', '-c', 'dog'], ['index']):\n"
    program += "    assert run([command[0], sys.argv[1], *command[1:]]) == 2; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "nowhere")], check=True, capture_output=True)


def test_folder_without_photos_is_said(tmp_path, capsys):
    assert run(["classify", str(tmp_path), "-c", "dog"]) == 0
    assert "no photos" in capsys.readouterr().err


def clipsorter(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "clipsorter", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def test_undecodable_name_is_printed_and_can_be_read_back(tmp_path, photos):
    name = os.fsdecode(b"caf\xff\x1b[31m.png")
    (photos / "a.png").rename(tmp_path / name)
    for form in ("table", "jsonl", "csv"):
        process = clipsorter("classify", str(tmp_path), "-c", "dog", "cat", "--no-recursive", "--format", form)
        output, errors = process.communicate()
        assert process.returncode == 0, errors
        assert b"Traceback" not in errors
        if form == "jsonl":
            assert json.loads(output)["path"] == str(tmp_path / name)
        if form == "table":
            assert b"\x1b" not in output


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_reader_that_leaves_ends_the_program_quietly(form, photos):
    process = clipsorter("classify", str(photos), "-c", "dog", "--format", form)
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    assert process.wait() == 0


def test_help_does_not_import_torch():
    program = "import sys; from clipsorter.cli.app import run\ntry: run(['--help'])\nexcept SystemExit: pass\n"
    program += "heavy = {'torch', 'numpy', 'PIL', 'rich', 'PySide6'} & set(sys.modules); assert not heavy, heavy"
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="only Unix has machines without a display")
def test_no_command_without_a_display_is_one_sentence():
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.pop("QT_QPA_PLATFORM", None)
    process = clipsorter(env=environment | {"PYTHONIOENCODING": "utf-8"})
    _, errors = process.communicate()
    assert process.returncode == 2
    assert b"clipsorter --help" in errors
    assert b"Traceback" not in errors
