"""Reports of the rooms below on the terminal: warnings, a line each."""

import logging

from clipsorter import log
from clipsorter.cli.text import printable


def start_log() -> None:
    """Show warnings on stderr, and keep everything from INFO on in the log folder."""
    to_people = logging.StreamHandler()
    to_people.setLevel(logging.WARNING)
    to_people.setFormatter(_Line())
    log.start_log(to_people)


class _Line(logging.Formatter):
    """One line, whatever the names in it hold."""

    def format(self, record: logging.LogRecord) -> str:
        return f"clipsorter: {printable(record.getMessage())}"
