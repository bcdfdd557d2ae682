import threading
import time

import numpy as np
import pytest

from clipsorter import paths
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.clip.tuning import Tuning
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.worker import Worker
from tests.colour_encoder import ColourEncoder

COLOURS = np.eye(3, dtype=np.float32)


@pytest.fixture
def worker(qapp, monkeypatch):
    """Return a worker, in this thread, that has looked at a red, a green and a blue photo, and takes small steps."""
    monkeypatch.setattr("clipsorter.ui.worker._STEP_S", 0.0)
    worker = Worker(Settings())
    worker.loader.model = ReadyModel(ColourEncoder(), Tuning(1, 1, 1, 1))
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    with (
        Index.open(paths.index_file()) as worker.index,
        Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as worker.decisions,
    ):
        worker.lessons.use(worker.decisions)
        photos = [FingerprintedPhoto(Photo(paths.data_dir() / f"{n}.jpg", 1, n), bytes([n] * 16)) for n in range(3)]
        worker.take(photos, COLOURS)
        worker.tell()
        yield worker


@pytest.fixture
def answered(worker):
    """Return the question and the best column of each photo, of each time that all were answered."""
    found = []

    def note(batch):
        found.extend((a.question, a.ranking.best[:, 0].tolist()) for a in batch.answers if a.ranking is not None)

    worker.batch_ready.connect(note)
    return found


def ask(worker, number, *names):
    worker.ask(number, tuple(map(Category, names)))


def step_until(is_there, worker):
    steps, end_s = 0, time.monotonic() + 30
    while not is_there() and time.monotonic() < end_s:
        worker._step()
        steps += 1
    assert is_there()
    return steps


def test_photos_are_answered_in_steps(worker, answered):
    ask(worker, 1, "green", "red", "blue")
    assert step_until(lambda: answered, worker) > 1
    assert answered == [(1, [1, 0, 2])]


def test_another_question_ends_what_is_answered(worker, answered):
    ask(worker, 1, "green", "red", "blue")
    worker._step()
    ask(worker, 2, "blue", "green", "red")
    step_until(lambda: answered, worker)
    assert answered == [(2, [2, 1, 0])]


def test_a_decision_meanwhile_counts_in_the_answers_that_follow(worker, answered):
    ask(worker, 1, "green", "red", "blue")
    worker._step()
    worker.lessons.label(worker.folder.job, [0], "green")
    assert worker.decisions.count_labels(["green"]) == 1  # at once
    step_until(lambda: len(answered) == 2, worker)
    assert [question for question, _ in answered] == [1, 1]
    assert not worker.judge.is_due


def test_another_folder_is_answered_by_the_newest_question(worker, answered, tmp_path):
    ask(worker, 1, "green", "red", "blue")
    worker._step()
    ask(worker, 2, "red", "green")
    worker._step()
    worker.open_folder(2, tmp_path, True, threading.Event())
    worker.folder.take([FingerprintedPhoto(Photo(tmp_path / "a.jpg", 1, 1), bytes(16))], COLOURS[1:2])
    step_until(lambda: answered, worker)
    assert answered == [(2, [1])]
