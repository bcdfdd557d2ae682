import shutil
import subprocess
import sys
import threading
import time
from functools import partial

import numpy as np
import pytest
from PIL import Image

from clipsorter.analyse import Embedded, Failed, Finished, Found, Memory, Progress, Question, Scored
from clipsorter.analyse import analyse as analyse_as_tuned
from clipsorter.clip.tuning import Tuning
from clipsorter.errors import UsageError
from clipsorter.library.entries import FailedPhoto
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import fingerprint
from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.category import parse_categories
from clipsorter.sorting.classifier import NO_BAND, Thresholds
from tests.colour_encoder import ColourEncoder, draw

MANY = 100
TUNING = Tuning(threads=1, batch=8, encoders=2, decoders=2)
analyse = partial(analyse_as_tuned, tuning=TUNING)
QUESTION = Question(parse_categories(["red", "green", "blue"]), Thresholds(0.5, 0.1), top=2)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


@pytest.fixture
def memory(tmp_path):
    with Index.open(tmp_path / "index.db") as index:
        yield Memory(index, ThumbnailCache(tmp_path / "thumbnails", 10**7))


def decisions(events):
    return {
        photo.path.name: event.ranking.decision(row).category
        for event in events
        if isinstance(event, Scored)
        for row, photo in enumerate(event.photos)
    }


def failures(events):
    return {event.path.name: event.reason for event in events if isinstance(event, Failed)}


def test_each_photo_gets_its_answer(folder):
    draw(folder, a="red", b="blue", c="white")
    draw(folder / "deeper", d="lime")
    events = list(analyse(folder, ColourEncoder(), QUESTION))
    assert decisions(events) == {"a.png": "red", "b.png": "blue", "c.png": None, "d.png": "green"}
    assert events[-1] == Finished(embedded=4, failed=0, known=0, cancelled=False)
    assert sum(len(event.photos) for event in events if isinstance(event, Found)) == 4


def test_subfolders_are_left_out_when_asked(folder):
    draw(folder, a="red")
    draw(folder / "deeper", d="lime")
    assert decisions(analyse(folder, ColourEncoder(), QUESTION, recursive=False)) == {"a.png": "red"}


def test_one_bad_photo_does_not_stop_the_others(folder):
    draw(folder, a="red", c="blue")
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    events = list(analyse(folder, ColourEncoder(), QUESTION))
    assert failures(events).keys() == {"b.jpg"}
    assert all(failures(events).values())
    assert events[-1] == Finished(embedded=2, failed=1, known=0, cancelled=False)


def test_a_model_that_gives_no_numbers_fails_that_photo_alone(folder, memory):
    class Blind(ColourEncoder):
        def embed(self, pixels):
            embeddings = super().embed(pixels)
            embeddings[embeddings[:, 2] > 0.9] = np.nan
            return embeddings

    draw(folder, a="red", b="blue", c="red")
    events = list(analyse(folder, Blind(), QUESTION, memory=memory))
    assert failures(events).keys() == {"b.png"}
    assert decisions(events) == {"a.png": "red", "c.png": "red"}


def test_folder_without_photos_ends_at_once(folder):
    assert list(analyse(folder, ColourEncoder()))[-1] == Finished(0, 0, 0, False)


def test_missing_folder_is_said(folder):
    with pytest.raises(UsageError):
        list(analyse(folder / "nothing", ColourEncoder()))


def test_progress_ends_with_all_photos_counted(folder):
    draw(folder, **{f"p{i:03}": "red" for i in range(MANY)})
    last = [event for event in analyse(folder, ColourEncoder()) if isinstance(event, Progress)][-1]
    assert (last.done, last.total, last.left_s) == (MANY, MANY, 0)


def test_slow_encoder_gets_full_batches(folder):
    class Slow(ColourEncoder):
        def embed(self, pixels):
            threading.Event().wait(0.1)  # while this one waits, the decoders get ahead
            return super().embed(pixels)

    draw(folder, **{f"p{i:03}": "red" for i in range(MANY // 2)})
    encoder = Slow()
    list(analyse(folder, encoder))
    assert max(encoder.batches) == TUNING.batch


@pytest.mark.parametrize("remembers", [True, False])
def test_cancel_stops_between_batches_and_leaves_no_thread(folder, memory, remembers):
    draw(folder, **{f"p{i:03}": "red" for i in range(MANY)})
    before = threading.active_count()
    cancel = threading.Event()
    events = []
    for event in analyse(folder, ColourEncoder(), memory=memory if remembers else None, cancel=cancel):
        events.append(event)
        if isinstance(event, Embedded):
            cancel.set()
    assert events[-1].cancelled
    assert events[-1].embedded < MANY
    assert threads_end(before)


def threads_end(before):
    """Tell whether the threads of a run are gone within a few seconds: what has begun is let through."""
    deadline_s = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline_s:
        time.sleep(0.01)
    return threading.active_count() == before


def test_listener_that_leaves_ends_the_run(folder):
    draw(folder, **{f"p{i:03}": "red" for i in range(MANY)})
    before = threading.active_count()
    events = analyse(folder, ColourEncoder(), QUESTION)
    next(events)
    events.close()
    assert threads_end(before)


def test_nothing_in_the_folder_changes(folder, memory):
    draw(folder, a="red", b="white")
    before = [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(folder.iterdir())]
    list(analyse(folder, ColourEncoder(), Question(QUESTION.categories, NO_BAND), memory=memory))
    assert [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(folder.iterdir())] == before


def test_a_photo_is_looked_at_once(folder, memory):
    draw(folder, a="red", b="blue", c="white")
    first = list(analyse(folder, ColourEncoder(), QUESTION, memory=memory))
    encoder = ColourEncoder()
    second = list(analyse(folder, encoder, QUESTION, memory=memory))
    assert encoder.batches == []
    assert decisions(second) == decisions(first)
    assert second[-1] == Finished(embedded=3, failed=0, known=3, cancelled=False)


def test_second_start_gives_the_very_same_numbers(folder, memory):
    draw(folder, a="peru", b="teal", c="orchid")
    runs = [list(analyse(folder, ColourEncoder(), memory=memory)) for _ in range(2)]
    vectors = [np.concatenate([event.embeddings for event in run if isinstance(event, Embedded)]) for run in runs]
    assert len(vectors[0]) == 3
    assert np.array_equal(*(np.unique(matrix, axis=0) for matrix in vectors))


def test_moved_and_copied_photos_are_known_by_their_content(folder, memory):
    draw(folder, a="red", b="blue")
    list(analyse(folder, ColourEncoder(), memory=memory))
    (folder / "a.png").rename(folder / "renamed.png")
    shutil.copy(folder / "b.png", folder / "copy.png")
    encoder = ColourEncoder()
    events = list(analyse(folder, encoder, QUESTION, memory=memory))
    assert encoder.batches == []
    assert decisions(events) == {"renamed.png": "red", "b.png": "blue", "copy.png": "blue"}
    assert memory.index.info().missing == 1


def test_changed_photo_is_looked_at_again(folder, memory):
    draw(folder, a="red", b="blue")
    list(analyse(folder, ColourEncoder(), memory=memory))
    Image.new("RGB", (50, 30), "lime").save(folder / "a.png")
    encoder = ColourEncoder()
    assert decisions(analyse(folder, encoder, QUESTION, memory=memory))["a.png"] == "green"
    assert sum(encoder.batches) == 1


def test_another_model_never_sees_these_vectors(folder, memory):
    draw(folder, a="red")
    list(analyse(folder, ColourEncoder(), memory=memory))
    other = ColourEncoder()
    other.key = "colour, another version"
    list(analyse(folder, other, memory=memory))
    assert other.batches == [1]


def test_failed_photo_is_left_alone_until_a_retry(folder, memory):
    draw(folder, a="red")
    (folder / "b.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    first = failures(analyse(folder, ColourEncoder(), memory=memory))
    assert failures(analyse(folder, ColourEncoder(), memory=memory)) == first
    assert failures(analyse(folder, ColourEncoder(), memory=memory, retry=True)) == first
    stat = (folder / "b.jpg").stat()
    Image.new("RGB", (40, 30), "blue").save(folder / "b.jpg")
    assert (folder / "b.jpg").stat().st_size != stat.st_size
    assert decisions(analyse(folder, ColourEncoder(), QUESTION, memory=memory))["b.jpg"] == "blue"


def test_retry_decodes_apart_what_may_have_killed_its_decoder(folder, memory):
    draw(folder, a="red")
    photo = next(scan(folder))
    name = fingerprint(photo.path)
    memory.index.fail([FailedPhoto(photo, "made its decoder crash, so it is left alone", name)])
    assert failures(analyse(folder, ColourEncoder(), memory=memory)).keys() == {"a.png"}
    (folder / "a.png").rename(folder / "renamed.png")
    assert failures(analyse(folder, ColourEncoder(), memory=memory)).keys() == {"renamed.png"}
    retried = analyse(folder, ColourEncoder(), QUESTION, memory=memory, retry=True)
    next(retried)
    assert decisions(retried) == {"renamed.png": "red"}


def test_marks_go_when_the_encoder_gives_up(folder, memory, tmp_path):
    class Exhausted(ColourEncoder):
        def embed(self, pixels):
            raise UsageError("no memory left")

    draw(folder, a="red", b="blue", c="lime")
    (folder / "d.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    with pytest.raises(UsageError, match="no memory"):
        list(analyse(folder, Exhausted(), memory=memory))
    with Index.open(tmp_path / "index.db") as opened:
        assert opened.split(list(scan(folder)), "colour").suspect == []


def test_another_model_looks_again_at_what_gave_no_numbers(folder, memory):
    class Blind(ColourEncoder):
        key = "blind"

        def embed(self, pixels):
            return super().embed(pixels) * np.float32(np.nan)

    draw(folder, a="red")
    assert failures(analyse(folder, Blind(), memory=memory)).keys() == {"a.png"}
    assert decisions(analyse(folder, ColourEncoder(), QUESTION, memory=memory)) == {"a.png": "red"}


def test_cancel_is_heard_while_the_disk_is_slow(folder, monkeypatch):
    draw(folder, **{f"p{i:03}": "red" for i in range(20)})
    answered = threading.Event()

    def slow(path):
        answered.wait(20)
        return fingerprint(path)

    monkeypatch.setattr("clipsorter.analyse.intake.fingerprint", slow)
    cancel = threading.Event()
    with Index.open(folder.parent / "slow.db") as index:
        events = analyse(folder, ColourEncoder(), memory=Memory(index), cancel=cancel)
        assert isinstance(next(events), Found)
        cancel.set()
        assert list(events)[-1] == Finished(0, 0, 0, cancelled=True)
        assert not answered.is_set()
    answered.set()


def test_each_vector_comes_with_the_name_of_its_content(folder, memory):
    draw(folder, a="red", b="blue")
    for _ in range(2):
        embedded = [event for event in analyse(folder, ColourEncoder(), memory=memory) if isinstance(event, Embedded)]
        names = {
            photo: name for event in embedded for photo, name in zip(event.photos, event.fingerprints, strict=True)
        }
        assert names == {photo: fingerprint(photo.path) for photo in scan(folder)}


def test_failure_of_the_moment_is_not_remembered(folder, memory):
    draw(folder, a="red")
    link = folder / "b.png"
    link.symlink_to(folder / "gone.png")
    list(analyse(folder, ColourEncoder(), memory=memory))
    draw(folder.parent, gone="blue")
    (folder.parent / "gone.png").rename(folder / "gone.png")
    assert failures(analyse(folder, ColourEncoder(), memory=memory)) == {}


def test_photo_that_was_being_decoded_when_the_process_died_is_decoded_apart(folder, tmp_path):
    draw(folder, a="red", b="blue")
    program = (
        "import os, sys; from pathlib import Path; from clipsorter.library.index import Index;"
        "from clipsorter.photos.scan import scan; index = Index.open(Path(sys.argv[1]));"
        "index.mark_decoding(list(scan(Path(sys.argv[2])))); os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "index.db"), str(folder)], check=False)
    with Index.open(tmp_path / "index.db") as index:
        events = list(analyse(folder, ColourEncoder(), QUESTION, memory=Memory(index)))
    assert decisions(events) == {"a.png": "red", "b.png": "blue"}


def test_thumbnail_comes_from_the_same_decode(folder, memory):
    draw(folder, a="red")
    list(analyse(folder, ColourEncoder(), memory=memory))
    photo = next(event for event in analyse(folder, ColourEncoder(), memory=memory) if isinstance(event, Found)).photos[
        0
    ]
    known = memory.index.split([photo], "colour").known[0]
    with Image.open(memory.thumbnails.get(known.fingerprint)) as thumbnail:
        assert thumbnail.getpixel((3, 3))[0] > 240


def test_folder_that_went_away_forgets_nothing(folder, memory):
    draw(folder / "drive", a="red")
    list(analyse(folder, ColourEncoder(), memory=memory))
    (folder / "drive").rename(folder.parent / "elsewhere")
    list(analyse(folder, ColourEncoder(), memory=memory))
    assert memory.index.info().missing == 0
