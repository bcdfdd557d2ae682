"""A start of the window after a crash: what was between two places is brought to rest, and said."""

import threading

import pytest

from clipsorter import paths
from clipsorter.moves.journal import Journal
from clipsorter.moves.sort import carry_out_run
from tests.moves.disks import WatchedDisk
from tests.moves.trees import wanted


class Crash(BaseException):
    pass


class AfterRename(WatchedDisk):
    def after(self, number, name):
        if name == "rename":
            raise Crash


def test_the_window_recovers_what_a_crash_left(photos, tmp_path, clipsorter_home, open_main, qtbot):
    bundle = wanted(
        (photos / "chelsea.png", tmp_path / "sorted" / "chelsea.png"),
        (photos / "coffee.png", tmp_path / "sorted" / "coffee.png"),
    )
    paths.data_dir().mkdir(parents=True)
    with Journal.open(paths.journal_file()) as journal, pytest.raises(Crash):
        run = journal.run(journal.start_run("sort", "move", photos, tmp_path / "sorted"))
        list(carry_out_run(journal, AfterRename(), run, [bundle], threading.Event()))
    assert not (photos / "chelsea.png").exists()
    window = open_main(photos)  # opening a folder does not silence it
    qtbot.waitUntil((photos / "chelsea.png").exists, timeout=20_000)
    qtbot.waitUntil(lambda: "None is lost" in window.notices.text, timeout=20_000)
    assert not (tmp_path / "sorted").exists()
