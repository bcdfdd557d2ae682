"""Opens what the program remembers, for the length of a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from clipsorter import paths
from clipsorter.analyse import Memory
from clipsorter.library.index import Index
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.settings import Settings


@contextmanager
def opened_memory(settings: Settings, wanted: bool = True) -> Iterator[Memory | None]:
    """Give the index and the thumbnails, or None if they are not wanted."""
    if not wanted:
        yield None
        return
    with Index.open(paths.index_file()) as index:
        yield Memory(index, ThumbnailCache(paths.cache_dir() / "thumbnails", settings.thumbnails_mb * 2**20))
