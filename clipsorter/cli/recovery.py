"""What each command does first: bring to rest what a crash left between two places."""

import sys

from clipsorter import paths
from clipsorter.cli.text import printable
from clipsorter.errors import ClipsorterError


def recover_first() -> None:
    """Recover, and say so; a journal that can't be used stops no command but those that need it."""
    if not paths.journal_file().exists():
        return
    from clipsorter.apply import Records, recover_at_start  # SQLite and numpy, which `--help` and others never need

    try:
        recovered = recover_at_start(Records(paths.journal_file()))
    except ClipsorterError as error:
        print(f"clipsorter: {printable(error)}", file=sys.stderr)
        return
    for sentence in recovered.sentences() if recovered else ():
        print(f"clipsorter: {printable(sentence)}", file=sys.stderr)
