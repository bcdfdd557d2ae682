"""Programs that photos are handed to."""

import os
import sys

import pytest

from clipsorter.ui import other_programs
from clipsorter.ui.other_programs import OtherPrograms

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="starts a shell script")


@pytest.fixture
def programs(qtbot):
    programs = OtherPrograms()
    yield programs
    programs.deleteLater()


def test_program_gets_the_photos_and_not_what_clipsorter_asks_of_its_libraries(programs, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(other_programs, "SET_HERE", {"OPENBLAS_NUM_THREADS": "1"})
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    program, told = tmp_path / "program", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nenv > "{told}.part"\necho "got $1" >> "{told}.part"\nmv "{told}.part" "{told}"\n')
    program.chmod(0o755)
    assert programs.open_with(program, [tmp_path / "a photo.jpg"])
    qtbot.waitUntil(told.exists, timeout=10_000)
    lines = told.read_text().splitlines()
    assert lines[-1] == f"got {tmp_path / 'a photo.jpg'}"
    assert not any(line.startswith("OPENBLAS_NUM_THREADS=") for line in lines)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"


def test_what_is_no_program_is_said(programs, qtbot, tmp_path):
    (tmp_path / "text").write_text("no program")
    with qtbot.waitSignal(programs.refused, timeout=10_000) as refused:
        assert not programs.open_with(tmp_path / "text", [tmp_path / "a photo.jpg"])
    assert refused.args == ["text could not be started. Check that it is a program."]
