"""`clipsorter discover`: what a folder holds, in groups without any words of the user."""

import argparse
import json
import sys

import numpy as np

from clipsorter.analyse import Memory
from clipsorter.analyse.discovering import discover as discover_groups
from clipsorter.cli.duplicates import look
from clipsorter.cli.found_rows import shown
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.text import counted, printable
from clipsorter.photos.scan import absolute, scan
from clipsorter.settings import load_settings
from clipsorter.sorting.discover import result_of

_SHOWN = 3


def discover(options: argparse.Namespace) -> int:
    """Print the groups of a folder; 1 if some photos could not be read."""
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    with opened_memory(settings) as memory, ProgressLine() as progress:
        assert isinstance(memory, Memory)
        looked, failed = look(options, encoder, memory, progress)
        groups = result_of(discover_groups(encoder, looked.embeddings.astype(np.float32), options.groups))
    root = absolute(options.folder)
    for group in groups:
        paths = [looked.photos[row].path for row in group.rows.tolist()]
        if options.format == "jsonl":
            print(json.dumps({"name": group.name, "photos": [str(path) for path in paths]}))
        else:
            central = ", ".join(printable(shown(path, root)) for path in paths[:_SHOWN])
            print(f"{len(paths):6}  {group.name or '?':14} {central}")
    print(
        f"{counted(len(looked.photos), 'photo')} in {counted(len(groups), 'group')}; {failed} could not be read.",
        file=sys.stderr,
    )
    return 1 if failed else 0
