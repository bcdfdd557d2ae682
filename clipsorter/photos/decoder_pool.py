"""Decodes photos beside the encoder: in threads, and in a process apart where a photo may kill its decoder."""

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from PIL.Image import Image

from clipsorter.errors import PassingError, PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.photo import Photo

Looked = TypeVar("Looked")
_FAREWELL_S = 0.3

if sys.platform == "linux":  # one process has imported the decoders, and forks those that decode in milliseconds
    _CONTEXT = multiprocessing.get_context("forkserver")
    _CONTEXT.set_forkserver_preload([__name__])
else:
    _CONTEXT = multiprocessing.get_context("spawn")


class DecoderPool(Generic[Looked]):
    """A few threads that decode photos and look at each picture once."""

    def __init__(self, workers: int, min_side: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="decode")
        self._min_side = min_side
        self._apart = DecoderApart(min_side)

    def submit(self, photo: Photo, look: Callable[[Image], Looked], apart: bool = False) -> Future[Looked]:
        """Decode a photo and give `look(picture)`; the future raises PhotoError.

        `apart` decodes in another process: if it dies, the photo is to blame, and only that photo fails.
        """
        return self._threads.submit(self._look, photo, look, self._apart.decode if apart else self._decode)

    def close(self, wait: bool = True) -> None:
        """Drop what has not begun; `wait` for what has."""
        self._threads.shutdown(wait=wait, cancel_futures=True)
        self._apart.close()

    def _look(self, photo: Photo, look: Callable[[Image], Looked], decoder: Callable[[Photo], Image]) -> Looked:
        picture = decoder(photo)
        try:
            status = photo.path.stat()
        except OSError as error:
            raise PassingError("is no longer there") from error
        if (status.st_size, status.st_mtime_ns) != (photo.size, photo.mtime_ns):
            raise PhotoError("changed while it was being read; it is looked at next time")
        try:
            return look(picture)
        except MemoryError as error:
            raise PassingError("needs more memory than there is now") from error

    def _decode(self, photo: Photo) -> Image:
        return decode(photo.path, self._min_side)


class DecoderApart:
    """A process that decodes one photo at a time, begun when it is needed; it ends when its parent does.

    A pool of `concurrent.futures` would not do: its workers stay for ever when their parent is killed.
    """

    def __init__(self, min_side: int) -> None:
        self._min_side = min_side
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self.process: BaseProcess | None = None
        self._is_closed = False

    def decode(self, photo: Photo) -> Image:
        """Decode a photo; raise PhotoError, also if that killed the process."""
        with self._lock:
            if self._is_closed:
                raise PassingError("was left alone, since the run was stopped")
            connection = self._connection or self._start()
            try:
                connection.send(photo.path)
                picture, reason, lasts = connection.recv()
            except (EOFError, OSError) as error:
                self._end()
                if self._is_closed:
                    raise PassingError("was left alone, since the run was stopped") from error
                raise PhotoError("made its decoder crash, so it is left alone") from error
        if picture is None:
            raise PhotoError(reason) if lasts else PassingError(reason)
        return picture  # type: ignore[no-any-return]

    def close(self) -> None:
        """Let the process end, by force if it is still at a photo, and begin no other."""
        self._is_closed = True
        self._end()

    def _end(self) -> None:
        if self._connection is None or self.process is None:
            return
        self._connection.close()
        self._connection = None
        self.process.join(_FAREWELL_S)
        self.process.kill()
        self.process.join()

    def _start(self) -> Connection:
        try:
            ours, theirs = multiprocessing.Pipe()
            process = _CONTEXT.Process(target=_decode_all, args=(theirs, self._min_side), daemon=True)
            process.start()
        except OSError as error:
            raise PassingError("needs a process of its own, and none can be begun now") from error
        theirs.close()  # so that the end of the process is an end of file here
        self._connection, self.process = ours, process
        return ours


def _decode_all(connection: Connection, min_side: int) -> None:
    """Answer each path with a picture, or with a reason and whether it lasts, until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's to answer
    while True:
        try:
            path: Path = connection.recv()
        except (EOFError, ConnectionError):
            return
        try:
            answer: tuple[Image | None, str, bool] = (decode(path, min_side), "", True)
        except PhotoError as error:
            answer = (None, str(error), is_lasting(error))
        connection.send(answer)


def is_lasting(error: PhotoError) -> bool:
    """Tell a fault of the file itself from one of the moment: a drive that went away, no memory, another model."""
    cause = error.__cause__
    is_of_the_system = (isinstance(cause, OSError) and cause.errno is not None) or isinstance(cause, MemoryError)
    return not isinstance(error, PassingError) and not is_of_the_system
