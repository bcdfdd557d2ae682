import threading
from pathlib import Path

import pytest
from PIL import Image

from clipsorter.analyse import BATCH, Failed, Finished, Progress, Question, Scored, analyse
from clipsorter.errors import UsageError
from clipsorter.sorting.category import parse_categories
from clipsorter.sorting.classifier import NO_BAND, Thresholds
from tests.colour_encoder import ColourEncoder

QUESTION = Question(parse_categories(["red", "green", "blue"]), Thresholds(0.5, 0.1), top=2)


def draw(folder: Path, **colours: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, colour in colours.items():
        Image.new("RGB", (40, 30), colour).save(folder / f"{name}.png")


def decisions(events):
    return {event.photo.path.name: event.decision.category for event in events if isinstance(event, Scored)}


def test_each_photo_gets_its_answer(tmp_path):
    draw(tmp_path, a="red", b="blue", c="white")
    draw(tmp_path / "deeper", d="lime")
    events = list(analyse(tmp_path, QUESTION, ColourEncoder()))
    assert decisions(events) == {"a.png": "red", "b.png": "blue", "c.png": None, "d.png": "green"}
    assert events[-1] == Finished(scored=4, failed=0, cancelled=False)
    assert all(len(event.decision.predictions) == 2 for event in events if isinstance(event, Scored))


def test_subfolders_are_left_out_when_asked(tmp_path):
    draw(tmp_path, a="red")
    draw(tmp_path / "deeper", d="lime")
    assert decisions(analyse(tmp_path, QUESTION, ColourEncoder(), recursive=False)) == {"a.png": "red"}


def test_one_bad_photo_does_not_stop_the_others(tmp_path):
    draw(tmp_path, a="red", c="blue")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    events = list(analyse(tmp_path, QUESTION, ColourEncoder()))
    failed = [event for event in events if isinstance(event, Failed)]
    assert [event.path.name for event in failed] == ["b.jpg"]
    assert failed[0].reason
    assert events[-1] == Finished(scored=2, failed=1, cancelled=False)


def test_folder_without_photos_ends_at_once(tmp_path):
    assert list(analyse(tmp_path, QUESTION, ColourEncoder())) == [Finished(0, 0, False)]


def test_missing_folder_is_said(tmp_path):
    with pytest.raises(UsageError):
        list(analyse(tmp_path / "nothing", QUESTION, ColourEncoder()))


def test_first_answer_comes_alone_and_batches_grow(tmp_path):
    draw(tmp_path, **{f"p{i:03}": "red" for i in range(3 * BATCH)})
    encoder = ColourEncoder()
    events = list(analyse(tmp_path, QUESTION, encoder))
    assert encoder.batches[:5] == [1, 2, 4, 8, 16]
    assert max(encoder.batches) == BATCH
    assert isinstance(events[0], Scored)
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert (last.done, last.total, last.left_s) == (3 * BATCH, 3 * BATCH, 0)


def test_cancel_stops_between_batches_and_leaves_no_thread(tmp_path):
    draw(tmp_path, **{f"p{i:03}": "red" for i in range(3 * BATCH)})
    before = threading.active_count()
    cancel = threading.Event()
    events = []
    for event in analyse(tmp_path, QUESTION, ColourEncoder(), cancel=cancel):
        events.append(event)
        cancel.set()
    assert events[-1].cancelled
    assert events[-1].scored < BATCH
    assert threading.active_count() == before


def test_listener_that_leaves_ends_the_run(tmp_path):
    draw(tmp_path, **{f"p{i:03}": "red" for i in range(3 * BATCH)})
    before = threading.active_count()
    events = analyse(tmp_path, QUESTION, ColourEncoder())
    next(events)
    events.close()
    assert threading.active_count() == before


def test_nothing_in_the_folder_changes(tmp_path):
    draw(tmp_path, a="red", b="white")
    before = [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(tmp_path.iterdir())]
    list(analyse(tmp_path, Question(QUESTION.categories, NO_BAND), ColourEncoder()))
    assert [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(tmp_path.iterdir())] == before
