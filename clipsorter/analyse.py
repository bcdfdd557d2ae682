"""The read side: from a folder to an answer for each photo, as typed events for whoever listens.

Nothing is written to the user's folders, and memory is bounded whatever their size: photos are found as they are
needed, and only a few decoded ones wait for the encoder.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.clip.encoder import Encoder
from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import Unreadable, scan
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Decision, Thresholds, decide

BATCH = 16  # enough to fill the encoder; larger ones gain little and make the listener wait


@dataclass(frozen=True, slots=True)
class Scored:
    """A photo has its answer."""

    photo: Photo
    decision: Decision


@dataclass(frozen=True, slots=True)
class Failed:
    """A photo, or a folder, could not be read; the others go on."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is: photos done, photos in all (None while still counting), a second's worth, seconds left."""

    done: int
    total: int | None
    rate: float
    left_s: float | None


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over: every photo found is in one of the two numbers, unless it was cancelled."""

    scored: int
    failed: int
    cancelled: bool


Event = Scored | Failed | Progress | Finished


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each photo; at most `top` predictions come with each answer."""

    categories: Sequence[Category]
    thresholds: Thresholds
    top: int = 5


def analyse(
    folder: Path, question: Question, encoder: Encoder, recursive: bool = True, cancel: threading.Event | None = None
) -> Iterator[Event]:
    """Find, decode, embed and score the photos of a folder; yield events until `Finished`.

    Answers come in the order in which photos are found. `cancel` is read between photos and batches. Raises UsageError
    if the folder isn't there.
    """
    run = _Run(folder, question, encoder, recursive, cancel or threading.Event())
    try:
        yield from run.events()
    finally:
        run.close()


class _Run:
    """The state of one analysis: the pool, what waits, and the counts."""

    def __init__(
        self, folder: Path, question: Question, encoder: Encoder, recursive: bool, cancel: threading.Event
    ) -> None:
        self._found = scan(folder, recursive=recursive)
        self._question = question
        self._encoder = encoder
        self._cancel = cancel
        self._workers = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="decode")
        self._waiting: deque[tuple[Photo, Future[NDArray[np.uint8]]]] = deque()
        self._count = _Count(folder, recursive, cancel)
        self._scored = self._failed = 0
        self._started_s = time.monotonic()

    def events(self) -> Iterator[Event]:
        self._count.start()
        batch: list[tuple[Photo, NDArray[np.uint8]]] = []
        size = 1  # the first answer comes at once; then batches grow
        exhausted = False
        while not self._cancel.is_set():
            while not exhausted and len(self._waiting) < BATCH + self._workers:
                found = next(self._found, None)
                if found is None:
                    exhausted = True
                elif isinstance(found, Unreadable):
                    yield self._fail(found.path, found.reason)
                else:
                    self._waiting.append((found, self._pool.submit(self._pixels, found.path)))
            if self._waiting:
                photo, future = self._waiting.popleft()
                try:
                    batch.append((photo, future.result()))
                except PhotoError as error:
                    yield self._fail(photo.path, str(error))
            if batch and (len(batch) == size or not self._waiting):
                yield from self._score(batch)
                yield self._progress()
                batch = []
                size = min(2 * size, BATCH)
            if exhausted and not self._waiting and not batch:
                break
        yield Finished(self._scored, self._failed, self._cancel.is_set())

    def close(self) -> None:
        """Let the pool and the counter go, also when the listener stopped listening."""
        self._count.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _pixels(self, path: Path) -> NDArray[np.uint8]:
        """Decode and preprocess one photo, in the pool."""
        return self._encoder.preprocess(decode(path, self._encoder.card.resolution))

    def _score(self, batch: Sequence[tuple[Photo, NDArray[np.uint8]]]) -> Iterator[Scored]:
        question = self._question
        embeddings = self._encoder.embed(np.stack([pixels for _, pixels in batch]))
        scores = self._encoder.score(embeddings, question.categories)
        names = [category.name for category in question.categories]
        decisions = decide(
            scores.similarity, scores.probability, scores.none_wins, names, question.thresholds, question.top
        )
        self._scored += len(batch)
        for (photo, _), decision in zip(batch, decisions, strict=True):
            yield Scored(photo, decision)

    def _fail(self, path: Path, reason: str) -> Failed:
        self._failed += 1
        return Failed(path, reason)

    def _progress(self) -> Progress:
        done, total = self._scored + self._failed, self._count.total
        rate = done / max(time.monotonic() - self._started_s, 1e-9)
        return Progress(done, total, rate, None if total is None else max(total - done, 0) / rate)


class _Count(threading.Thread):
    """Counts the photos ahead of the run, so that time left can be told without keeping their names."""

    def __init__(self, folder: Path, recursive: bool, cancel: threading.Event) -> None:
        super().__init__(name="count", daemon=True)
        self.total: int | None = None
        self._found = scan(folder, recursive=recursive)
        self._cancel = cancel
        self._stopped = threading.Event()

    def run(self) -> None:
        count = 0
        for _ in self._found:
            count += 1
            if self._cancel.is_set() or self._stopped.is_set():
                return
        self.total = count

    def stop(self) -> None:
        """Stop counting and wait for the thread."""
        self._stopped.set()
        if self.is_alive():
            self.join()
