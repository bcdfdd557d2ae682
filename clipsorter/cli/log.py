"""Where reports of the rooms below go: warnings to the user, all of them to a file that a bug report may need."""

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from clipsorter import paths
from clipsorter.cli.text import printable

_FILE_BYTES = 2**20
_OLDER_FILES = 2


def start_log() -> None:
    """Show warnings on stderr, a line each, and keep everything from INFO on in the log folder."""
    to_people = logging.StreamHandler()
    to_people.setLevel(logging.WARNING)
    to_people.setFormatter(_Line())
    to_file = _LogFile(
        paths.log_dir() / "clipsorter.log",
        maxBytes=_FILE_BYTES, backupCount=_OLDER_FILES, encoding="utf-8", errors="backslashreplace", delay=True,
    )  # fmt: skip
    to_file.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("clipsorter")
    for earlier in root.handlers:
        earlier.close()
    root.handlers[:] = [to_people, to_file]
    root.setLevel(logging.INFO)


class _Line(logging.Formatter):
    """One line, whatever the names in it hold."""

    def format(self, record: logging.LogRecord) -> str:
        return f"clipsorter: {printable(record.getMessage())}"


class _LogFile(RotatingFileHandler):
    """Made with its folder at the first report; where it can't be written, only the log is lost."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - its name in the standard library
        """Say nothing: the user asked for photos, not for a log."""
