"""An older Clipsorter over what a newer one keeps: it says so, and changes nothing."""

import json
import sqlite3
from contextlib import closing

import pytest

from clipsorter import paths
from clipsorter.cli.app import run
from clipsorter.settings import load_settings, settings_file

FILES = (paths.index_file, paths.decisions_file, paths.journal_file)


@pytest.fixture
def newer(photos, tmp_path, clipsorter_home):
    """Keep what a run leaves, as if a version to come had written it; return the bytes of each database."""
    assert run(["sort", str(photos), str(tmp_path / "sorted"), "-c", "cats", "coffee", "--apply"]) == 1
    for file in FILES:
        with closing(sqlite3.connect(file())) as database:
            database.execute("PRAGMA user_version = 99")
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"zoom_pixels": 111, "hologram": {"depth": 3}}), encoding="utf-8")
    return contents()


def contents():
    return {file().name: file().read_bytes() for file in FILES}


@pytest.mark.parametrize(
    ("command", "code"), [("classify {} -c cats", 2), ("undo", 2), ("history", 2), ("library info", 2)]
)
def test_commands_refuse_and_name_the_way_out(command, code, newer, photos, capsys):
    assert run([word.format(photos) for word in command.split()]) == code
    assert "newer Clipsorter" in capsys.readouterr().err
    assert contents() == newer


def test_window_says_so_and_leaves_all_as_it_is(open_main, newer, photos, qtbot):
    window = open_main(photos)
    qtbot.waitUntil(lambda: "newer Clipsorter" in window.notices.text, timeout=20_000)
    window.close()
    assert contents() == newer
    assert json.loads(settings_file().read_text(encoding="utf-8"))["hologram"] == {"depth": 3}
    assert load_settings().zoom_pixels == 111
