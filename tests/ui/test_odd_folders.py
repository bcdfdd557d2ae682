"""Folders that are empty, huge, broken, oddly named, or go away: the window goes on, and says what is so."""

import os
import shutil
import sys
import threading
from pathlib import Path

import pytest
import skimage
from PIL import Image

from clipsorter.ui.photo_table import State

WAIT_MS = 60_000
ODD_NAMES = ("\U0001f600\U0001f30a.png", "שלום עולם.png", "<b>bold<i> &amp;.png", " a%20b{x}.png", "x" * 240 + ".png")
ODD_ON_UNIX = (*ODD_NAMES, "new\nline.png", os.fsdecode(b"\xff\xfe.png"))


def wait_for_end(qtbot, window):
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    window._settle()


def states(window):
    return {state: count for state, count in window.photos.table.counts().states.items() if count}


@pytest.fixture
def many(tmp_path):
    """Return a folder of 150 different photos, more than are decoded within a moment."""
    folder = tmp_path / "many"
    folder.mkdir()
    coffee = Image.open(Path(skimage.__file__).with_name("data") / "coffee.png").resize((900, 600))
    for number in range(150):
        coffee.putpixel((0, 0), (number % 256, number // 256, 0))
        if number < 2:
            coffee.save(folder / f"{number}.jpg", quality=90)
        else:
            whole = (folder / f"{number % 2}.jpg").read_bytes()
            (folder / f"{number}.jpg").write_bytes(whole[:2] + b"\xff\xfe\x00\x06%04d" % number + whole[2:])
    return folder


def test_one_photo_is_counted_as_one(open_main, photos, qtbot):
    for name in ("broken.jpg", "coffee.png", "rocket.jpg"):
        (photos / name).unlink()
    window = open_main(photos)
    wait_for_end(qtbot, window)
    assert window.status.words == "1 photo"
    assert window.stack.currentWidget() is window.grid


def test_folder_of_broken_photos_alone_shows_each_with_a_reason(open_main, tmp_path, qtbot):
    for number in range(5):
        (tmp_path / f"{number}.jpg").write_bytes(b"\xff\xd8\xff" * number)
    window = open_main(tmp_path)
    wait_for_end(qtbot, window)
    assert states(window) == {State.FAILED: 5}
    assert all(window.photos.table.reasons[row] for row in range(5))
    assert "5 can't be read" in window.status.words
    window.grid.choose(0)
    window.review.assign(0)
    assert states(window) == {State.FAILED: 5}


def test_odd_names_are_shown_judged_and_decided(open_main, photos, qtbot):
    names = ODD_ON_UNIX if sys.platform == "linux" else ODD_NAMES[:2]
    odd = photos / ("fold\udcff er" if sys.platform == "linux" else "שלום")
    odd.mkdir()
    for number, name in enumerate(names):
        picture = Image.open(photos / "chelsea.png").resize((300 + number, 200))
        picture.save(odd / name)
    window = open_main(odd)
    window.categories.add(["cats", "coffee"])
    wait_for_end(qtbot, window)
    assert {photo.path.name for photo in window.photos.table.photos} == set(names)
    assert State.FAILED not in states(window)
    for row in range(len(names)):
        window.grid.choose(row)
        window.review.assign(1)
        window.grab()
    assert states(window) == {State.BY_YOU: len(names)}
    window.close()

    again = open_main()
    wait_for_end(qtbot, again)
    qtbot.waitUntil(lambda: states(again) == {State.BY_YOU: len(names)}, timeout=WAIT_MS)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no folder from being written to in this way")
def test_folder_that_may_not_be_written_is_looked_at_and_left_as_it_is(open_main, photos, qtbot):
    before = sorted(photos.iterdir())
    photos.chmod(0o555)
    window = open_main(photos)
    window.categories.add(["cats"])
    wait_for_end(qtbot, window)
    assert states(window)[State.FAILED] == 1
    assert len(window.photos.table.photos) == 4
    window.close()
    assert sorted(photos.iterdir()) == before
    photos.chmod(0o755)


def test_folder_that_goes_away_while_it_is_looked_at_is_said_to_be_gone(open_main, many, qtbot):
    window = open_main(many)
    qtbot.waitUntil(lambda: states(window).get(State.KNOWN, 0) > 4, timeout=WAIT_MS)
    many.rename(many.with_name("elsewhere"))
    wait_for_end(qtbot, window)
    qtbot.waitUntil(lambda: "no longer there" in window.notices.text, timeout=WAIT_MS)
    assert State.WAITING not in states(window)
    window.rescan()
    wait_for_end(qtbot, window)
    assert "not there" in window.empty._heading.text()
    assert "F5" not in window.status.words
    many.with_name("elsewhere").rename(many)
    window.rescan()
    qtbot.waitUntil(lambda: len(window.photos.table.photos) == 150, timeout=WAIT_MS)


def test_folder_that_goes_away_afterwards_keeps_what_was_found(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["cats"])
    wait_for_end(qtbot, window)
    shutil.rmtree(photos)
    window.grid.choose(1)
    window.review.assign(0)
    window.grab()
    assert len(window.photos.table.photos) == 4
    assert window.photos.table.state(1) is State.BY_YOU


def test_ten_thousand_files_are_listed_before_they_are_looked_at(open_main, tmp_path, qtbot):
    for number in range(10_000):
        (tmp_path / f"IMG_{number}.jpg").touch()
    window = open_main()
    qtbot.waitUntil(lambda: "Starter" in window.status.model_words, timeout=WAIT_MS)
    window.open_folder(tmp_path)
    qtbot.waitUntil(lambda: window.photos.rowCount() == 10_000, timeout=WAIT_MS)
    assert [photo.path.name for photo in window.photos.table.photos[8:11]] == ["IMG_8.jpg", "IMG_9.jpg", "IMG_10.jpg"]
    assert window.session.is_busy
    window.close()
    assert not any(photo.path.stat().st_size for photo in window.photos.table.photos)


def test_window_of_three_inches_shows_photos_and_the_way_on(open_main, photos, tmp_path, qtbot):
    (tmp_path / "empty").mkdir()
    window = open_main(photos)
    wait_for_end(qtbot, window)

    def is_narrow():
        window.resize(288, 400)  # again when the panels have gone: before, they need more room
        return window.width() == 288

    qtbot.waitUntil(is_narrow)
    assert window.grid.width() > window.grid.zoom
    window.open_folder(tmp_path / "empty")
    wait_for_end(qtbot, window)
    button = window.empty.button
    assert button.isVisible()
    assert button.mapTo(window, button.rect().bottomRight()).x() < 288


@pytest.mark.parametrize("moment", ["loading", "listing", "indexing"])
def test_closed_window_leaves_no_thread_and_a_sound_library(open_main, many, qtbot, moment):
    window = open_main() if moment != "loading" else open_main(many)
    if moment != "loading":
        qtbot.waitUntil(lambda: "Starter" in window.status.model_words, timeout=WAIT_MS)
        window.open_folder(many)
    if moment == "indexing":
        qtbot.waitUntil(lambda: states(window).get(State.KNOWN, 0) > 4, timeout=WAIT_MS)
    window.close()
    assert window.session._thread.isFinished()
    own = ("decode", "encode", "fingerprint", "picture", "scan", "count")
    qtbot.waitUntil(lambda: not [t.name for t in threading.enumerate() if t.name.startswith(own)], timeout=WAIT_MS)

    again = open_main()
    wait_for_end(qtbot, again)
    qtbot.waitUntil(lambda: len(again.photos.table.photos) == 150, timeout=WAIT_MS)
    wait_for_end(qtbot, again)
    assert states(again) == {State.KNOWN: 150}
