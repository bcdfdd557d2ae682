"""From a folder to what has to be decoded: found in a thread, looked up in the index, named by content.

Nothing here waits for the disk: the folder is walked and contents are read in threads, and a bounded number of photos
is on its way at any time.
"""

import queue
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from clipsorter.analyse.events import Embedded, Event, Failed, Found
from clipsorter.errors import PhotoError
from clipsorter.library.entries import FailedPhoto, KnownPhoto
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import IN_CLOUD, is_placeholder
from clipsorter.photos.scan import Unreadable, scan

_AT_ONCE = 512  # photos looked up in one query, and the most that wait for a decoder
_FOUND_AHEAD = 4 * _AT_ONCE
_READERS = 2


@dataclass(frozen=True, slots=True)
class NewPhoto:
    """A photo that has to be decoded; without an index its content has no name. A suspect may kill its decoder."""

    photo: Photo
    fingerprint: bytes | None
    is_suspect: bool = False


class Intake:
    """Finds photos, answers what the index knows, and keeps the rest in `new` until it is taken from there."""

    def __init__(self, folder: Path, recursive: bool, retry: bool, index: Index | None, encoder_key: str) -> None:
        """Raise UsageError if the folder isn't there; `retry` takes photos that failed before as suspects."""
        self.new: deque[NewPhoto] = deque()
        self._retry = retry
        self._index = index
        self._encoder_key = encoder_key
        self._queue: queue.Queue[Photo | Unreadable | None] = queue.Queue(_FOUND_AHEAD)
        self._stopped = threading.Event()
        self._is_exhausted = False
        self._naming: deque[tuple[Photo, bool, Future[bytes]]] = deque()
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="fingerprint")
        found = scan(folder, recursive=recursive)
        self._scanner = threading.Thread(target=self._find, args=(found,), name="scan", daemon=True)
        self._scanner.start()

    @property
    def is_done(self) -> bool:
        """Tell whether every photo was found, and answered or taken."""
        return self._is_exhausted and not self._naming and not self.new

    def pending(self) -> list[Future[bytes]]:
        """Return what the next photo waits for, if that is its name."""
        return [self._naming[0][2]] if self._naming and not self._naming[0][2].done() else []

    def advance(self, wait_s: float) -> Iterator[Event]:
        """Take what was found and what was named meanwhile; wait for a first photo at most `wait_s` seconds."""
        if not self._is_exhausted and len(self._naming) + len(self.new) < _AT_ONCE:
            yield from self._look_up(self._take(wait_s))
        yield from self._adopt_named()

    def close(self) -> None:
        """Let the threads end; they do so by themselves as soon as the disk answers."""
        self._stopped.set()
        self._readers.shutdown(wait=False, cancel_futures=True)

    def _find(self, found: Iterator[Photo | Unreadable]) -> None:
        """Walk the folder, in a thread, as far ahead as the queue allows."""
        for item in found:
            while not self._stopped.is_set():
                try:
                    self._queue.put(item, timeout=0.1)
                except queue.Full:
                    continue
                break
            if self._stopped.is_set():
                return
        self._queue.put(None)

    def _take(self, wait_s: float) -> list[Photo | Unreadable]:
        items: list[Photo | Unreadable] = []
        try:
            while len(items) < _AT_ONCE:
                item = self._queue.get(timeout=wait_s) if wait_s and not items else self._queue.get_nowait()
                if item is None:
                    self._is_exhausted = True
                    break
                items.append(item)
        except queue.Empty:
            pass
        return items

    def _look_up(self, found: Sequence[Photo | Unreadable]) -> Iterator[Event]:
        """Answer what is known, and begin to name what is new."""
        yield from (Failed(item.path, item.reason) for item in found if isinstance(item, Unreadable))
        photos = [item for item in found if isinstance(item, Photo)]
        if not photos:
            return
        yield Found(photos)
        if self._index is None:
            for photo in photos:
                if is_placeholder(photo.path):
                    yield Failed(photo.path, IN_CLOUD)
                else:
                    self.new.append(NewPhoto(photo, None))
            return
        split = self._index.split(photos, self._encoder_key)
        yield from self._answer(self._index, split.known)
        yield from self._refuse(split.failed)
        for photos, is_suspect in ((split.new, False), (split.suspect, True)):
            self._naming += [(photo, is_suspect, self._readers.submit(_name_content, photo)) for photo in photos]

    def _adopt_named(self) -> Iterator[Event]:
        """Take the photos whose content has a name by now; what was moved or copied here is known after all."""
        named: list[FingerprintedPhoto] = []
        suspects: set[Photo] = set()
        while self._naming and self._naming[0][2].done():
            photo, is_suspect, future = self._naming.popleft()
            try:
                named.append(FingerprintedPhoto(photo, future.result()))
            except PhotoError as error:
                yield Failed(photo.path, str(error))
            if is_suspect:
                suspects.add(photo)
        if not named or self._index is None:
            return
        split = self._index.adopt(named, self._encoder_key)
        yield from self._answer(self._index, split.known)
        yield from self._refuse(split.failed)
        names = {entry.photo: entry.fingerprint for entry in named}
        self.new += [NewPhoto(photo, names[photo], photo in suspects) for photo in split.new]

    def _answer(self, index: Index, known: Sequence[KnownPhoto]) -> Iterator[Event]:
        if known:
            stored = index.embeddings([entry.photo_id for entry in known], self._encoder_key)
            yield Embedded([entry.photo for entry in known], stored.matrix, [entry.fingerprint for entry in known])

    def _refuse(self, failed: Sequence[FailedPhoto]) -> Iterator[Event]:
        """Repeat why photos failed before, or take them again; one of them may have killed its decoder."""
        if self._retry:
            self.new += [NewPhoto(entry.photo, entry.fingerprint, is_suspect=True) for entry in failed]
        else:
            yield from (Failed(entry.photo.path, entry.reason) for entry in failed)


def _name_content(photo: Photo) -> bytes:
    """Return the fingerprint of a photo that is on this disk."""
    if is_placeholder(photo.path):
        raise PhotoError(IN_CLOUD)
    return fingerprint(photo.path)
