"""What the window asks of 100,000 photos: how long each answer takes, and what the worker holds meanwhile.

The worker is the real one, with stored vectors in the place of photos, and its steps are taken here one after the
other. `longest` is the longest of them: a decision, or a newer question, waits no longer than that. `cpu` is what all
threads computed, in all and in the step that computed most: other programs disturb it less. `more` is how much memory
came on top meanwhile. `starter`: mixtures of two of scikit-image's pictures each, as the starter sees them. `512`:
seeded vectors around what a ViT-B/32 of seeded weights makes of the names. No photo is on the disk: of duplicates only
what is asked of vectors is measured.

usage: python -m tests.benchmarks.at_scale [--photos N] [--only starter|512]
"""

import argparse
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, SignalInstance

from clipsorter import paths
from clipsorter.analyse.ready_model import ReadyModel
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.starter import Starter
from clipsorter.clip.tuning import tune
from clipsorter.clip.vectors import unit
from clipsorter.library.decisions import Decisions
from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.news import Inquiry
from clipsorter.ui.open_folder import OpenFolder
from clipsorter.ui.worker import Worker
from tests.benchmarks.learning import NAMES
from tests.benchmarks.rescoring import seeded_encoder
from tests.benchmarks.search import mixtures

TAUGHT, EXAMPLES = 10, 20  # categories, and examples of each
DECISIONS = 10
IDLE = 400  # steps, in which the shelf is filled and what else waits is done
CATEGORIES = tuple(map(Category, NAMES))

Floats = NDArray[np.float32]


class Memory(threading.Thread):
    """Watches how much this process holds."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._process, self.peak_bytes, self.is_over = psutil.Process(), 0, False

    def held(self) -> int:
        return self._process.memory_info().rss

    def run(self) -> None:
        while not self.is_over:
            self.peak_bytes = max(self.peak_bytes, self.held())
            time.sleep(0.005)


def around_names(encoder: Encoder, count: int) -> Floats:
    """Draw unit vectors, each more or less like one name."""
    rng = np.random.default_rng(0)
    texts = np.stack([encoder._category_vector(category) for category in CATEGORIES])
    apart = unit(texts - texts.mean(axis=0))
    photos = rng.standard_normal((count, 512), np.float32) / np.float32(512**0.5)
    photos += rng.random((count, 1), np.float32) * apart[rng.integers(len(apart), size=count)]
    return unit(photos)


def opened(encoder: Encoder, matrix: Floats, home: Path) -> Worker:
    """Return a worker that has looked at photos of these vectors, and was taught some of them."""
    worker = Worker(Settings())
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    worker.index = Index.open(paths.index_file())
    worker.decisions = Decisions.open(paths.decisions_file(), paths.data_dir() / "backups")
    worker.lessons.use(worker.decisions)
    worker.loader.model = ReadyModel(encoder, tune(encoder))
    worker.folder = OpenFolder(1, home / "photos", True, threading.Event())
    named = [
        FingerprintedPhoto(Photo(home / f"photos/{n // 500:03}/{n:06}.jpg", 1, n), n.to_bytes(16, "big"))
        for n in range(len(matrix))
    ]
    worker.folder.take(named, matrix)
    worker.tell()
    taught = named[: TAUGHT * EXAMPLES + DECISIONS]
    worker.index.add(
        [EmbeddedPhoto(n.photo, n.fingerprint, v) for n, v in zip(taught, matrix, strict=False)], encoder.key
    )
    return worker


def measure(title: str, worker: Worker, ask: Callable[[], None], answered: SignalInstance) -> None:
    """Take steps until there is an answer, and print what they took."""
    answers: list[object] = []
    answered.connect(lambda *answer: answers.append(answer))
    memory, steps_s, steps_cpu_s = Memory(), [], []
    held, begin_s, computed_s = memory.held(), time.perf_counter(), time.process_time()
    memory.start()
    ask()
    while not answers:
        step_s, step_cpu_s = time.perf_counter(), time.process_time()
        worker._step()
        steps_s.append(time.perf_counter() - step_s)
        steps_cpu_s.append(time.process_time() - step_cpu_s)
    taken_s, computed_s = time.perf_counter() - begin_s, time.process_time() - computed_s
    memory.is_over = True
    memory.join()
    answered.disconnect()
    longest_ms, most_cpu_ms = 1000 * max(steps_s), 1000 * max(steps_cpu_s)
    more_mb = max(0, memory.peak_bytes - held) / 2**20
    numbers = f"{longest_ms:12.0f}{most_cpu_ms:8.0f}{len(steps_s):7}{more_mb:9.0f}"
    print(f"  {title:34}{taken_s:8.2f}{computed_s:8.2f}{numbers}", flush=True)


def measure_decisions(worker: Worker, rows: range) -> None:
    """Print what decisions take, from the key to the answers for all photos, once the rest is done."""
    taken_s = []
    for place, row in enumerate(rows):
        for _ in range(IDLE):
            worker._step()
        answers: list[object] = []
        worker.batch_ready.connect(take := lambda *answer, answers=answers: answers.append(answer))
        begin_s = time.perf_counter()
        worker.lessons.label(1, [row], NAMES[place % TAUGHT])
        while not answers:
            worker._step()
        taken_s.append(time.perf_counter() - begin_s)
        worker.batch_ready.disconnect(take)
    print(f"  {f'{len(rows)} decisions, the median of them':34}{statistics.median(taken_s):8.3f}", flush=True)


def measure_all(worker: Worker) -> None:
    closed, cancel = np.arange(TAUGHT * EXAMPLES), threading.Event()
    numbers = iter(range(1, 100))

    def teach() -> None:
        for column in range(TAUGHT):
            worker.lessons.label(1, range(column * EXAMPLES, (column + 1) * EXAMPLES), NAMES[column])

    def suppose(*more: str) -> Callable[[], None]:
        supposed = *CATEGORIES, *map(Category, more)
        return lambda: worker.supposer.suppose("editor", next(numbers), supposed, more)

    def ask(errand: Callable[[Inquiry], None]) -> Callable[[], None]:
        return lambda: errand(Inquiry(1, NAMES[0], closed))

    edited = *CATEGORIES[1:], Category("puppies")
    batch, decided = worker.batch_ready, {name: closed[n * EXAMPLES :][:EXAMPLES] for n, name in enumerate(NAMES[:10])}
    measure("words, the first time", worker, lambda: worker.ask(1, CATEGORIES), batch)
    measure("a category edited", worker, lambda: worker.ask(2, edited), batch)
    measure("words as before", worker, lambda: worker.ask(3, CATEGORIES), batch)
    measure("200 decisions", worker, teach, batch)
    measure("one more decision", worker, lambda: worker.lessons.label(1, [len(closed)], NAMES[0]), batch)
    measure_decisions(worker, range(len(closed) + 1, len(closed) + DECISIONS))
    measure("what if: one more category", worker, suppose("tower"), worker.supposer.supposed)
    measure("what if: the next letter", worker, suppose("towers"), worker.supposer.supposed)
    measure("how right categories are", worker, worker.examiner.take_answers, worker.examiner.measured)
    measure("ten questions", worker, ask(worker.examiner.ask), worker.examiner.chosen)
    measure("what the decisions say of one", worker, ask(worker.examiner.weigh), worker.examiner.weighed)
    measure("all that fits", worker, lambda: worker.fitter.ask(1), worker.fitter.found)
    measure("groups", worker, lambda: worker.grouper.ask(1, 0), worker.grouper.grouped)
    measure("check of the categories", worker, lambda: worker.checker.ask(1, decided, cancel), worker.checker.found)
    measure("duplicates", worker, lambda: worker.comparer.ask(cancel), worker.comparer.found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--only", choices=("starter", "512"))
    options = parser.parse_args()
    _ = QCoreApplication([])
    made = {
        "starter": (Starter, lambda encoder, count: np.concatenate(list(mixtures(encoder, count)))),
        "512": (seeded_encoder, around_names),
    }
    for title, (make, draw) in made.items():
        if options.only not in (None, title):
            continue
        encoder = make()
        heading = f"{title} × {options.photos:,}"
        print(f"{heading:36}{'s':>8}{'cpu s':>8}{'longest ms':>12}{'cpu ms':>8}{'steps':>7}{'more MB':>9}")
        with tempfile.TemporaryDirectory() as home:
            os.environ["CLIPSORTER_HOME"] = home
            worker = opened(encoder, draw(encoder, options.photos), Path(home))
            measure_all(worker)
            worker.close()


if __name__ == "__main__":
    main()
