import tempfile

import pytest
import torch

from clipsorter.cli.app import run
from clipsorter.cli.doctor import _drawn_photos, _multiply


@pytest.mark.usefixtures("tiny_model")
def test_doctor_tells_what_a_bug_report_needs(capsys, clipsorter_home):
    assert run(["doctor", "--model", "tiny", "--device", "cpu"]) == 0
    output = capsys.readouterr().out
    for expected in (
        torch.__version__.partition("+")[0],
        str(clipsorter_home),
        "tiny on CPU",
        "img/s",
        "starter",
        "photos/s",
    ):
        assert expected in output


@pytest.mark.usefixtures("tiny_model")
def test_temporary_folder_that_cannot_be_written_is_one_sentence(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert run(["doctor", "--model", "tiny", "--device", "cpu"]) == 2
    said = capsys.readouterr().err
    assert "TMPDIR" in said
    assert said.count("\n") == 1


def test_photos_to_measure_take_the_room_of_one_and_go_away():
    with _drawn_photos() as photo:
        names = list(photo.parent.iterdir())
        assert len(names) == 100
        assert all(name.samefile(photo) for name in names)
    assert not photo.parent.exists()


def test_where_a_file_cannot_have_several_names_there_are_a_few_copies(tmp_path):
    photo = tmp_path / "drawn.jpg"
    photo.write_bytes(b"pixels")
    photo.with_name("link0.jpg").touch()
    _multiply(photo)
    assert sum(path.read_bytes() == b"pixels" for path in tmp_path.iterdir()) == 11
