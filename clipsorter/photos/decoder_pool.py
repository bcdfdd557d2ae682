"""Decodes photos beside the encoder: in threads, and in a process apart where a photo may kill its decoder."""

import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, TypeVar

from PIL.Image import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.photo import Photo

Looked = TypeVar("Looked")


class DecoderPool(Generic[Looked]):
    """A few threads that decode photos and look at each picture once."""

    def __init__(self, workers: int, min_side: int) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="decode")
        self._min_side = min_side
        self._apart: ProcessPoolExecutor | None = None
        self._apart_lock = threading.Lock()

    def submit(self, photo: Photo, look: Callable[[Image], Looked], apart: bool = False) -> Future[Looked]:
        """Decode a photo and give `look(picture)`; the future raises PhotoError.

        `apart` decodes in another process: if it dies, the photo is to blame, and only that photo fails.
        """
        return self._threads.submit(self._look, photo, look, self._decode_apart if apart else self._decode)

    def close(self, wait: bool = True) -> None:
        """Drop what has not begun; `wait` for what has."""
        self._threads.shutdown(wait=wait, cancel_futures=True)
        if self._apart is not None:
            self._apart.shutdown(wait=wait, cancel_futures=True)

    def _look(self, photo: Photo, look: Callable[[Image], Looked], decoder: Callable[[Photo], Image]) -> Looked:
        picture = decoder(photo)
        try:
            status = photo.path.stat()
        except OSError as error:
            raise PhotoError("is no longer there") from error
        if (status.st_size, status.st_mtime_ns) != (photo.size, photo.mtime_ns):
            raise PhotoError("changed while it was being read; it is looked at next time")
        return look(picture)

    def _decode(self, photo: Photo) -> Image:
        return decode(photo.path, self._min_side)

    def _decode_apart(self, photo: Photo) -> Image:
        with self._apart_lock:
            if self._apart is None:
                self._apart = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
            try:
                return self._apart.submit(decode, photo.path, self._min_side).result()
            except BrokenProcessPool as error:
                self._apart = None
                raise PhotoError("made its decoder crash, so it is left alone") from error


def is_lasting(error: PhotoError) -> bool:
    """Tell a fault of the file itself from one of the moment: a drive that went away, a permission."""
    return not (isinstance(error.__cause__, OSError) and error.__cause__.errno is not None)
