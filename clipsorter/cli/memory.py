"""Opens what the program remembers, for the length of a command."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from clipsorter import paths
from clipsorter.analyse import Memory
from clipsorter.cli.text import printable
from clipsorter.library.decisions import Decisions
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


@contextmanager
def opened_decisions(may_write: bool = True) -> Iterator[Decisions | None]:
    """Give the decisions, or None if none was ever made; where nothing may be written, a copy of them."""
    file, backups = paths.decisions_file(), paths.data_dir() / "backups"
    if not file.exists() and not (may_write and backups.exists()):
        yield None
        return
    with tempfile.TemporaryDirectory() if not may_write else nullcontext() as folder:
        if folder:
            for part in (file, file.with_name(f"{file.name}-wal")):  # SQLite can't read the log without writing
                if part.exists():
                    shutil.copyfile(part, Path(folder) / part.name)
            file, backups = Path(folder) / file.name, Path(folder) / "backups"
        with Decisions.open(file, backups) as decisions:
            for notice in decisions.notices:
                print(f"clipsorter: {printable(notice)}", file=sys.stderr)
            yield decisions
