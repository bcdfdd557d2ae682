import numpy as np
import pytest

from clipsorter import paths
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.clip.tuning import Tuning
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.worker import Worker
from tests.colour_encoder import ColourEncoder

PAST = 0.0
COLOURS = np.eye(3, dtype=np.float32)


@pytest.fixture
def worker(qapp):
    """Return a worker, in this thread, that has looked at a red, a green and a blue photo."""
    worker = Worker(Settings())
    worker.loader.model = ReadyModel(ColourEncoder(), Tuning(1, 1, 1, 1))
    worker.folder.vectors.append([0, 1, 2], COLOURS)
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    with (
        Index.open(paths.index_file()) as worker.index,
        Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as worker.decisions,
    ):
        yield worker


@pytest.fixture
def told(worker):
    found = []
    worker.supposer.supposed.connect(found.append)
    return found


def suppose(worker, asker, number, *names):
    worker.supposer.suppose(asker, number, tuple(map(Category, names)), names)


def take_steps(worker, most=100):
    steps = 0
    while worker.supposer.is_due and steps < most:
        worker.supposer.step(PAST)
        steps += 1
    return steps


def test_what_is_supposed_is_judged_in_steps(worker, told):
    suppose(worker, "editor", 1, "red", "green")
    assert 1 < take_steps(worker) < 100
    assert [(each.asker, each.number) for each in told] == [("editor", 1)]
    assert told[0].ranking.best[:, 0].tolist()[:2] == [0, 1]
    assert told[0].rows.tolist() == [0, 1, 2]


def test_the_next_letter_ends_what_is_under_way(worker, told):
    suppose(worker, "editor", 1, "red", "green")
    worker.supposer.step(PAST)
    suppose(worker, "editor", 2, "blue", "green")
    take_steps(worker)
    assert [each.number for each in told] == [2]
    assert list(told[0].ranking.names) == ["blue", "green"]


def test_another_asker_waits_for_what_is_under_way(worker, told):
    suppose(worker, "editor", 1, "red", "green")
    worker.supposer.step(PAST)
    suppose(worker, "adding", 1, "blue", "green")
    take_steps(worker)
    assert [each.asker for each in told] == ["editor", "adding"]


def test_what_is_forgotten_is_not_told(worker, told):
    suppose(worker, "editor", 1, "red", "green")
    worker.supposer.step(PAST)
    worker.supposer.forget("editor")
    assert not worker.supposer.is_due
    assert not told


def test_photos_of_another_folder_are_judged_from_the_beginning(worker, told):
    suppose(worker, "editor", 1, "red", "green")
    worker.supposer.step(PAST)
    worker.folder.vectors = type(worker.folder.vectors)()
    worker.folder.vectors.append([0], COLOURS[1:2])
    take_steps(worker)
    assert [each.ranking.best[:, 0].tolist() for each in told] == [[1]]
