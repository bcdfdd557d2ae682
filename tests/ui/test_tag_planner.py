"""What photos gain is worked out beside the window, what is on the screen first, and only while it is wanted."""

import threading

import numpy as np
import pytest

from clipsorter.apply import Where
from clipsorter.photos.photo import Photo
from clipsorter.ui.news import Batch
from clipsorter.ui.photo_table import PhotoTable
from clipsorter.ui.planner import Judged
from clipsorter.ui.tag_planner import TagPlanner


@pytest.fixture
def planner(qapp):
    planner = TagPlanner()
    yield planner
    planner.close()


@pytest.fixture
def judged(photos):
    """Return the photos of a folder, two of them named by the user, none judged."""
    table = PhotoTable()
    paths = sorted(photos.iterdir())
    found = [Photo(path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    table.take(Batch(0, found))
    table.set_label([1, 3], "cats")
    return Judged(table, np.ones(len(paths), bool))


def test_rows_on_the_screen_come_first_and_each_comes_once(planner):
    planner.look_first_at(5, 7)
    places = planner._places(9)
    begun = [next(places) for _ in range(3)]
    planner.look_first_at(2, 4)
    assert [*begun, *places] == [5, 6, 0, 2, 3, 1, 4, 7, 8]


def test_gains_come_by_their_place_and_photos_without_a_category_are_counted(planner, judged, qtbot):
    listed = []
    planner.listed.connect(listed.append)
    with qtbot.waitSignal(planner.foreseen, timeout=20_000) as told:
        planner.ask(judged, {}, Where())
    (wanted,), (gains,) = listed, told.args
    assert [wish.photo.path.name for wish in wanted.wishes] == ["chelsea.png", "rocket.jpg"]
    assert sum(wanted.without.values()) == 2
    assert {place: seen.gained for place, seen in gains.items()} == {0: ("cats",), 1: ("cats",)}


def test_what_is_no_longer_wanted_is_not_told(planner, judged, qtbot):
    told = []
    planner.listed.connect(told.append)
    planner.foreseen.connect(told.append)
    is_held = threading.Event()
    planner._thread.submit(is_held.wait)
    planner.ask(judged, {}, Where())
    planner.drop()
    is_held.set()
    planner.close()
    qtbot.wait(1)
    assert told == []
