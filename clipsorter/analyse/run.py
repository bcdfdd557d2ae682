"""One pass over a folder: known photos from the index, new ones through decoder threads and the encoder in batches.

A photo is decoded and embedded once. Memory is bounded by the largest single folder, whose names are sorted: photos
are found as they are needed, and only a few decoded ones wait for the encoder. Nothing is written to the user's
folders.
"""

import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from clipsorter.analyse.counting import Counter
from clipsorter.analyse.events import Embedded, Event, Failed, Finished, Progress, Question, Scored
from clipsorter.analyse.intake import Intake, NewPhoto
from clipsorter.analyse.scoring import score
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import Tuning, tune
from clipsorter.errors import LibraryError, PassingError, PhotoError
from clipsorter.library.entries import EmbeddedPhoto, FailedPhoto
from clipsorter.library.index import Index
from clipsorter.photos.decoder_pool import DecoderPool, is_lasting
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import absolute
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.lesson import Lesson

_POLL_S = 0.05
_NO_NUMBERS = "made the model give no usable numbers"


@dataclass(frozen=True, slots=True)
class Memory:
    """What a run remembers: the index, and the thumbnails if they are wanted; both may be used by others meanwhile."""

    index: Index
    thumbnails: ThumbnailCache | None = None


def analyse(
    folder: Path,
    encoder: Encoder,
    question: Question | None = None,
    *,
    lesson: Lesson | None = None,
    memory: Memory | None = None,
    recursive: bool = True,
    retry: bool = False,
    tuning: Tuning | None = None,
    cancel: threading.Event | None = None,
) -> Generator[Event, None, None]:
    """Find, decode, embed and score the photos of a folder; yield events until `Finished`.

    In each group of photos the known ones come first. Without a `question` nothing is scored, with a `lesson` of it
    examples count too; without a `memory` nothing is remembered; `retry` looks again at photos that failed before;
    without a `tuning` the machine is measured once. `cancel` is read between photos and batches. Raises UsageError if
    the folder isn't there, LibraryError if the index can't be used. A listener that stops early closes the generator
    before the index.
    """
    run = _Run(folder, encoder, memory, recursive, retry, tuning or tune(encoder), cancel or threading.Event())
    try:
        for event in run.events():
            yield event
            if question is not None and isinstance(event, Embedded):
                yield Scored(event.photos, score(encoder, event.embeddings, question, lesson))
    finally:
        run.close()


@dataclass(slots=True, eq=False)
class _Batch:
    """Photos on their way through an encoder, and those before them that could not be decoded."""

    entries: list[NewPhoto]
    failed: list[tuple[NewPhoto, PhotoError]]
    encoded: Future[NDArray[np.float32]] | None = None


class _Run:
    """The state of one pass: what waits for a decoder, what waits for the encoder, and the counts."""

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        memory: Memory | None,
        recursive: bool,
        retry: bool,
        tuning: Tuning,
        cancel: threading.Event,
    ) -> None:
        self._folder = folder
        self._recursive = recursive
        self._encoder = encoder
        self._index = memory.index if memory else None
        self._thumbnails = memory.thumbnails if memory else None
        self._cancel = cancel
        self._tuning = tuning
        self._intake = Intake(folder, recursive, retry, self._index, encoder.key)
        self._counter = Counter(folder, recursive)
        self._pool: DecoderPool[NDArray[np.uint8]] = DecoderPool(tuning.decoders, encoder.card.resolution)
        self._encoders = ThreadPoolExecutor(tuning.encoders, thread_name_prefix="encode")
        self._ahead = tuning.batch * (tuning.encoders + 1) + 2 * tuning.decoders
        self._decoding: deque[tuple[NewPhoto, Future[NDArray[np.uint8]]]] = deque()
        self._encoding: deque[_Batch] = deque()
        self._marked: set[Photo] = set()
        self._known = self._new = self._failed = 0
        self._new_started_s: float | None = None

    def events(self) -> Iterator[Event]:
        """Yield the events; each turn gives every stage what it can take, and waits only if none could do anything."""
        wait_s = _POLL_S
        while not self._cancel.is_set():
            done = self._known + self._new + self._failed
            for event in self._intake.advance(wait_s):
                self._count(event)
                yield event
            self._feed()
            self._dispatch()
            yield from self._collect()
            if self._known + self._new + self._failed > done:
                yield self._progress()
            if self._intake.is_done and not self._decoding and not self._encoding:
                break
            wait_s = self._rest()
        yield from self._finish()

    def close(self) -> None:
        """Let the threads go, also when the listener stopped listening; a cancelled run leaves them to end alone."""
        self._counter.stop()
        self._intake.close()
        self._pool.close(wait=not self._cancel.is_set())
        self._encoders.shutdown(wait=not self._cancel.is_set(), cancel_futures=True)
        if self._index is not None and self._marked:
            with suppress(LibraryError):  # an index that can't be used has been named already
                self._index.unmark_decoding(list(self._marked))

    def _count(self, event: Event) -> None:
        """Count what the intake answered by itself."""
        if isinstance(event, Embedded):
            self._known += len(event.photos)
        elif isinstance(event, Failed):
            self._failed += 1

    def _rest(self) -> float:
        """Wait until some stage can go on; return how long the intake should wait instead, in seconds."""
        pending: list[Future[Any]] = [future for _, future in self._decoding if not future.done()][:1]
        pending += [batch.encoded for batch in islice(self._encoding, 1) if batch.encoded is not None]
        pending += self._intake.pending()
        if not pending:
            return _POLL_S
        wait(pending, timeout=_POLL_S, return_when=FIRST_COMPLETED)
        return 0.0

    def _feed(self) -> None:
        """Give the decoders what they can take, marked first: if one kills the process, the next start knows."""
        new = self._intake.new
        entries = [new.popleft() for _ in range(min(self._ahead - len(self._decoding), len(new)))]
        if not entries:
            return
        if self._index is not None:
            self._marked.update(entry.photo for entry in entries)
            self._index.mark_decoding([entry.photo for entry in entries])
        for entry in entries:
            look = partial(self._look, entry.fingerprint)
            self._decoding.append((entry, self._pool.submit(entry.photo, look, apart=entry.is_suspect)))
        if self._new_started_s is None:
            self._new_started_s = time.monotonic()
            self._counter.start()

    def _look(self, name: bytes | None, picture: Image) -> NDArray[np.uint8]:
        """Make the model's pixels and the thumbnail from one decoded picture, in a decoder thread."""
        if self._thumbnails is not None and name is not None:
            self._thumbnails.put(name, picture)
        return self._encoder.preprocess(picture)

    def _dispatch(self) -> None:
        """Give the encoders what is decoded, in order and in full batches; a smaller one only where they have nothing.

        So the first answer comes at once, and an encoder that is slower than the decoders always gets full batches.
        """
        while self._decoding and len(self._encoding) <= self._tuning.encoders:
            head = list(islice(self._decoding, self._tuning.batch))
            ready = sum(1 for _ in takewhile(lambda waiting: waiting[1].done(), head))
            if ready == 0 or (ready < self._tuning.batch and self._encoding):
                return
            self._encoding.append(self._begin(head[:ready]))
            for _ in range(ready):
                self._decoding.popleft()

    def _begin(self, decoded: Sequence[tuple[NewPhoto, Future[NDArray[np.uint8]]]]) -> _Batch:
        """Start encoding what could be decoded."""
        batch, pixels = _Batch([], []), []
        for entry, future in decoded:
            try:
                pixels.append(future.result())
                batch.entries.append(entry)
            except PhotoError as error:
                batch.failed.append((entry, error))
        if pixels:
            batch.encoded = self._encoders.submit(self._encoder.embed, np.stack(pixels))
        return batch

    def _collect(self) -> Iterator[Event]:
        """Take the next batch from its encoder, if it is through; it leaves the queue when it is kept."""
        if not self._encoding or (self._encoding[0].encoded and not self._encoding[0].encoded.done()):
            return
        batch = self._encoding[0]
        entries, failed, embeddings = batch.entries, batch.failed, np.empty((0, 0), np.float32)
        if batch.encoded is not None:
            embeddings = batch.encoded.result()
            is_sound = np.isfinite(embeddings).all(axis=1)
            failed = [*failed, *((entries[row], PassingError(_NO_NUMBERS)) for row in np.flatnonzero(~is_sound))]
            entries, embeddings = [entries[row] for row in np.flatnonzero(is_sound)], embeddings[is_sound]
        if self._index is not None:
            embeddings = self._remember(self._index, entries, embeddings, failed)
        self._encoding.popleft()
        self._new += len(entries)
        self._failed += len(failed)
        yield from (Failed(entry.photo.path, str(reason)) for entry, reason in failed)
        if entries:
            names = [entry.fingerprint for entry in entries if entry.fingerprint is not None]
            yield Embedded([entry.photo for entry in entries], embeddings, names)

    def _remember(
        self,
        index: Index,
        ready: Sequence[NewPhoto],
        embeddings: NDArray[np.float32],
        failed: Sequence[tuple[NewPhoto, PhotoError]],
    ) -> NDArray[np.float32]:
        """Keep a batch in one transaction, and the failures that will last; return the vectors as they are kept."""
        rounded = embeddings.astype(np.float16).astype(np.float32)  # so that a later start gives the same answers
        index.add(
            [
                EmbeddedPhoto(entry.photo, entry.fingerprint, vector)
                for entry, vector in zip(ready, rounded, strict=True)
                if entry.fingerprint is not None
            ],
            self._encoder.key,
        )
        lasting = [
            FailedPhoto(entry.photo, str(error), entry.fingerprint) for entry, error in failed if is_lasting(error)
        ]
        passing = [entry.photo for entry, error in failed if not is_lasting(error)]
        if lasting:
            index.fail(lasting)
        if passing:
            index.unmark_decoding(passing)
        self._marked.difference_update(entry.photo for entry in ready)
        self._marked.difference_update(entry.photo for entry, _ in failed)
        return rounded

    def _finish(self) -> Iterator[Event]:
        is_cancelled = self._cancel.is_set()
        if self._index is not None and self._recursive and not is_cancelled and self._folder.is_dir():
            self._index.mark_missing(absolute(self._folder))
        yield Finished(self._known + self._new, self._failed, self._known, is_cancelled)

    def _progress(self) -> Progress:
        done, total = self._known + self._new + self._failed, self._counter.total
        if self._new_started_s is None:
            return Progress(done, total, 0.0, None)
        rate = self._new / max(time.monotonic() - self._new_started_s, 1e-9)
        left_s = max(total - done, 0) / rate if total is not None and rate else None
        return Progress(done, total, rate, left_s)
