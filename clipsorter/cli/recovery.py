"""What each command does first: bring to rest what a crash left between two places."""

import sys

from clipsorter import paths
from clipsorter.cli.text import printable


def recover_first() -> None:
    """Recover, and say so; a journal that can't be used stops no command but those that need it."""
    if not paths.journal_file().exists():
        return
    from clipsorter.apply import Books, recovery_news  # SQLite and numpy, which `--help` and others never need

    for sentence in recovery_news(Books(paths.journal_file())):
        print(f"clipsorter: {printable(sentence)}", file=sys.stderr)
