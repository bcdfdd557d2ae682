"""Where reports of all rooms are kept: files that a bug report may need, the same for the window and the terminal."""

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from clipsorter import paths

_FILE_BYTES = 2**20
_OLDER_FILES = 2


def log_file() -> Path:
    """Return the path of the newest log file; the older ones lie beside it with a number at the end."""
    return paths.log_dir() / "clipsorter.log"


def start_log(*listeners: logging.Handler) -> None:
    """Keep all reports from INFO on in the log folder, and give them to these listeners too."""
    to_file = _LogFile(
        log_file(), maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", errors="backslashreplace",
        delay=True,
    )  # fmt: skip
    to_file.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("clipsorter")
    for earlier in root.handlers:
        earlier.close()
    root.handlers[:] = [*listeners, to_file]
    root.setLevel(logging.INFO)


class _LogFile(RotatingFileHandler):
    """Made with its folder at the first report; where it can't be written, only the log is lost."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name in the standard library
        """Say nothing: the user asked for photos, not for a log."""
