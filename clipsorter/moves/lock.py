"""One sort at a time, across processes: a lock that the system takes from the dead."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from clipsorter.errors import UsageError
from clipsorter.library.database import no_lock


@contextmanager
def sorting_alone(journal_file: Path) -> Iterator[None]:
    """Be the only one who moves photos by this journal; raise UsageError if another process does, LibraryError."""
    try:
        journal_file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{journal_file}.sort.lock")
        lock.acquire(blocking=False)
    except Timeout as error:
        raise UsageError("Another Clipsorter is moving or tagging photos now: wait until it is done.") from error
    except (OSError, NotImplementedError) as error:
        raise no_lock(journal_file, error) from error
    try:
        yield
    finally:
        lock.release()
