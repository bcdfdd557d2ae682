"""The identity of a photo on disk."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that looks like a photo, as it was when the folder was read."""

    path: Path
    size: int
    mtime_ns: int

    def is_as_it_was(self) -> bool:
        """Tell whether it is still there with this size and time."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.mtime_ns)
