"""One pass over a folder: known photos from the index, new ones through decoder threads and the encoder in batches.

A photo is decoded and embedded once. Memory is bounded whatever the folder's size: photos are found as they are
needed, and only a few decoded ones wait for the encoder. Nothing is written to the user's folders.
"""

import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from itertools import islice, takewhile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from clipsorter.analyse.counting import Counter
from clipsorter.analyse.events import Embedded, Event, Failed, Finished, Found, Progress, Question, Scored
from clipsorter.analyse.scoring import score
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import Tuning, tune
from clipsorter.errors import PhotoError
from clipsorter.library.entries import EmbeddedPhoto, FailedPhoto, KnownPhoto
from clipsorter.library.index import Index
from clipsorter.photos.decoder_pool import DecoderPool, is_lasting
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import is_placeholder
from clipsorter.photos.scan import Unreadable, absolute, scan
from clipsorter.photos.thumbnail import ThumbnailCache

_FIRST_GROUP, _GROUP = 16, 1024  # photos that are looked up at once: few at first, so that the first answer comes soon
_POLL_S = 0.1
_IN_CLOUD = "is only in the cloud: make it available on this computer, then look again"
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
    memory: Memory | None = None,
    recursive: bool = True,
    retry: bool = False,
    tuning: Tuning | None = None,
    cancel: threading.Event | None = None,
) -> Generator[Event, None, None]:
    """Find, decode, embed and score the photos of a folder; yield events until `Finished`.

    In each group of photos the known ones come first. Without a `question` nothing is scored, without a `memory`
    nothing is remembered; `retry` looks again at photos that failed before; without a `tuning` the machine is
    measured once. `cancel` is read between photos and batches. Raises UsageError if the folder isn't there,
    LibraryError if the index can't be used. A listener that stops early closes the generator
    before the index.
    """
    run = _Run(folder, encoder, memory, recursive, retry, tuning or tune(encoder), cancel or threading.Event())
    try:
        for event in run.events():
            yield event
            if question is not None and isinstance(event, Embedded):
                yield Scored(event.photos, score(encoder, event.embeddings, question))
    finally:
        run.close()


@dataclass(frozen=True, slots=True)
class _New:
    """A photo that has to be decoded; without a memory its content has no name."""

    photo: Photo
    fingerprint: bytes | None
    is_suspect: bool = False


@dataclass(slots=True, eq=False)
class _Batch:
    """Photos on their way through an encoder, and those before them that could not be decoded."""

    entries: list[_New]
    failed: list[tuple[_New, PhotoError]]
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
        self._retry = retry
        self._encoder = encoder
        self._index = memory.index if memory else None
        self._thumbnails = memory.thumbnails if memory else None
        self._cancel = cancel
        self._found = scan(folder, recursive=recursive)
        self._counter = Counter(folder, recursive)
        self._tuning = tuning
        self._pool: DecoderPool[NDArray[np.uint8]] = DecoderPool(tuning.decoders, encoder.card.resolution)
        self._readers = ThreadPoolExecutor(2, thread_name_prefix="fingerprint")
        self._encoders = ThreadPoolExecutor(tuning.encoders, thread_name_prefix="encode")
        self._ahead = tuning.batch * (tuning.encoders + 1) + 2 * tuning.decoders
        self._waiting: deque[_New] = deque()
        self._decoding: deque[tuple[_New, Future[NDArray[np.uint8]]]] = deque()
        self._encoding: deque[_Batch] = deque()
        self._known = self._new = self._failed = 0
        self._new_started_s: float | None = None

    def events(self) -> Iterator[Event]:
        """Yield the events; each turn keeps the decoders and the encoders busy first, then takes what is ready."""
        group, is_exhausted = _FIRST_GROUP, False
        while not self._cancel.is_set():
            while not is_exhausted and not self._waiting and len(self._decoding) < self._ahead:
                found = list(islice(self._found, group))
                is_exhausted = len(found) < group
                group = min(4 * group, _GROUP)
                yield from self._take(found)
                if self._cancel.is_set():
                    break
            self._feed()
            self._dispatch()
            if self._encoding:
                yield from self._collect()
            elif is_exhausted and not self._waiting and not self._decoding:
                break
        yield from self._finish()

    def close(self) -> None:
        """Let the threads go, also when the listener stopped listening; a cancelled run leaves them to end alone."""
        self._counter.stop()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._pool.close(wait=not self._cancel.is_set())
        self._encoders.shutdown(wait=not self._cancel.is_set(), cancel_futures=True)
        left = [entry.photo for entry, _ in self._decoding]
        left += [entry.photo for batch in self._encoding for entry in batch.entries]
        if self._index is not None and left:
            self._index.unmark_decoding(left)

    def _take(self, found: Sequence[Photo | Unreadable]) -> Iterator[Event]:
        """Sort what was found into known, failed and new."""
        for item in found:
            if isinstance(item, Unreadable):
                yield self._fail(item.path, item.reason)
        photos = [item for item in found if isinstance(item, Photo)]
        if photos:
            yield Found(photos)
        if self._index is None:
            for photo in photos:
                if is_placeholder(photo.path):
                    yield self._fail(photo.path, _IN_CLOUD)
                else:
                    self._waiting.append(_New(photo, None))
            return
        split = self._index.split(photos, self._encoder.key)
        yield from self._answer_known(self._index, split.known)
        again = [_New(entry.photo, entry.fingerprint) for entry in split.failed if self._retry]
        for entry in split.failed if not self._retry else ():
            yield self._fail(entry.photo.path, entry.reason)
        yield from self._identify(self._index, split.new, is_suspect=False)
        yield from self._identify(self._index, split.suspect, is_suspect=True)
        self._waiting += again
        yield self._progress()

    def _answer_known(self, index: Index, known: Sequence[KnownPhoto]) -> Iterator[Embedded]:
        """Answer from the index."""
        if known:
            self._known += len(known)
            stored = index.embeddings([entry.photo_id for entry in known], self._encoder.key)
            yield Embedded([entry.photo for entry in known], stored.matrix)

    def _identify(self, index: Index, photos: Sequence[Photo], is_suspect: bool) -> Iterator[Event]:
        """Name the content of new photos; what was moved or copied here is known after all."""
        named: list[FingerprintedPhoto] = []
        for photo, future in [(photo, self._readers.submit(_name_content, photo)) for photo in photos]:
            try:
                named.append(FingerprintedPhoto(photo, future.result()))
            except PhotoError as error:
                yield self._fail(photo.path, str(error))
            if self._cancel.is_set():
                return
        split = index.adopt(named, self._encoder.key)
        yield from self._answer_known(index, split.known)
        for entry in split.failed:
            yield self._fail(entry.photo.path, entry.reason)
        names = {entry.photo: entry.fingerprint for entry in named}
        self._waiting += [_New(photo, names[photo], is_suspect) for photo in split.new]

    def _feed(self) -> None:
        """Give the decoders what they can take, marked first: if one kills the process, the next start knows."""
        count = min(self._ahead - len(self._decoding), len(self._waiting))
        if count <= 0:
            return
        entries = [self._waiting.popleft() for _ in range(count)]
        if self._index is not None:
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
        while self._decoding and len(self._encoding) <= self._tuning.encoders and not self._cancel.is_set():
            if not self._encoding:
                wait([self._decoding[0][1]], timeout=_POLL_S)
            head = islice(self._decoding, self._tuning.batch)
            ready = sum(1 for _ in takewhile(lambda waiting: waiting[1].done(), head))
            if ready == 0 or (ready < self._tuning.batch and self._encoding):
                return
            self._encoding.append(self._begin([self._decoding.popleft() for _ in range(ready)]))

    def _begin(self, decoded: Sequence[tuple[_New, Future[NDArray[np.uint8]]]]) -> _Batch:
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
        """Take the next batch from its encoder; it leaves the queue, and its marks go, when it is kept."""
        batch = self._encoding[0]
        entries, failed, embeddings = batch.entries, batch.failed, np.empty((0, 0), np.float32)
        if batch.encoded is not None:
            if not wait([batch.encoded], timeout=_POLL_S).done:
                return
            embeddings = batch.encoded.result()
            is_sound = np.isfinite(embeddings).all(axis=1)
            failed = [*failed, *((entries[row], PhotoError(_NO_NUMBERS)) for row in np.flatnonzero(~is_sound))]
            entries, embeddings = [entries[row] for row in np.flatnonzero(is_sound)], embeddings[is_sound]
        if self._index is not None:
            embeddings = self._remember(self._index, entries, embeddings, failed)
        self._encoding.popleft()
        self._new += len(entries)
        for entry, reason in failed:
            yield self._fail(entry.photo.path, str(reason))
        if entries:
            yield Embedded([entry.photo for entry in entries], embeddings)
        yield self._progress()

    def _remember(
        self,
        index: Index,
        ready: Sequence[_New],
        embeddings: NDArray[np.float32],
        failed: Sequence[tuple[_New, PhotoError]],
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
        return rounded

    def _finish(self) -> Iterator[Event]:
        is_cancelled = self._cancel.is_set()
        if self._index is not None and self._recursive and not is_cancelled and self._folder.is_dir():
            self._index.mark_missing(absolute(self._folder))
        yield Finished(self._known + self._new, self._failed, self._known, is_cancelled)

    def _fail(self, path: Path, reason: str) -> Failed:
        self._failed += 1
        return Failed(path, reason)

    def _progress(self) -> Progress:
        done, total = self._known + self._new + self._failed, self._counter.total
        if self._new_started_s is None:
            return Progress(done, total, 0.0, None)
        rate = self._new / max(time.monotonic() - self._new_started_s, 1e-9)
        left_s = max(total - done, 0) / rate if total is not None and rate else None
        return Progress(done, total, rate, left_s)


def _name_content(photo: Photo) -> bytes:
    """Return the fingerprint of a photo that is on this disk."""
    if is_placeholder(photo.path):
        raise PhotoError(_IN_CLOUD)
    return fingerprint(photo.path)
