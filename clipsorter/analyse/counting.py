"""Counts the photos ahead of a run, so that time left can be told without keeping their names."""

import threading
from pathlib import Path

from clipsorter.photos.scan import scan


class Counter(threading.Thread):
    """Walks the folder in a thread of its own; `total` is None until it is through."""

    def __init__(self, folder: Path, recursive: bool) -> None:
        super().__init__(name="count", daemon=True)
        self.total: int | None = None
        self._found = scan(folder, recursive=recursive)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Count; end early when stopped."""
        count = 0
        for _ in self._found:
            count += 1
            if self._stopped.is_set():
                return
        self.total = count

    def stop(self) -> None:
        """Stop counting; the thread ends as soon as the disk answers."""
        self._stopped.set()
