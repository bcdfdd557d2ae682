"""The identity of a photo on disk."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that looks like a photo, as it was when the folder was read."""

    path: Path
    size: int
    mtime_ns: int
