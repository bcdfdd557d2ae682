"""`clipsorter index` and `clipsorter library`: fill and look after what is remembered."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing

from clipsorter import paths
from clipsorter.analyse import Event, Failed, Finished, Progress, analyse
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.text import counted, printable
from clipsorter.clip.tuning import tune
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.photos.scan import scan
from clipsorter.settings import load_settings


def index(options: argparse.Namespace) -> int:
    """Embed what is new in a folder; 1 if some photos failed, which are named on stdout."""
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    tuning = tune(encoder)
    with opened_memory(settings) as memory, ProgressLine() as progress:
        run = analyse(
            options.folder, encoder,
            memory=memory, recursive=options.recursive, retry=options.retry, tuning=tuning,
        )  # fmt: skip
        with closing(run) as events:
            finished = _report(events, progress)
    new = finished.embedded - finished.known
    print(
        f"{printable(encoder.card.title)} knows {counted(finished.embedded, 'photo')} "
        f"of {printable(options.folder)}: "
        f"{finished.known} known before, {new} new, {finished.failed} failed.",
        file=sys.stderr,
    )
    return 1 if finished.failed else 0


def _report(events: Iterator[Event], progress: ProgressLine) -> Finished:
    """Show progress and name what failed."""
    for event in events:
        match event:
            case Failed(path, reason):
                print(printable(f"{path} {reason}"), flush=True)
            case Progress():
                progress.show(event)
            case Finished():
                return event
    raise AssertionError("an analysis ends with Finished")


def info(_: argparse.Namespace) -> int:
    """Print what is remembered and where."""
    with Index.open(paths.index_file()) as opened:
        counts = opened.info()
    print(f"index       {paths.index_file()} ({counts.size_bytes / 2**20:.1f} MB)")
    print(f"photos      {counts.photos} (could not be read: {counts.failed}, gone: {counts.missing})")
    for key, count in counts.vectors.items():
        print(f"vectors     {count} of {printable(key)}")
    with _opened_decisions() as decisions:
        print(f"decisions   {paths.decisions_file()} ({counted(len(decisions.sets()), 'category set')})")
    print(f"thumbnails  {paths.cache_dir() / 'thumbnails'}")
    return 0


def verify(_: argparse.Namespace) -> int:
    """Check both databases; 1 if something is wrong."""
    with Index.open(paths.index_file()) as opened, _opened_decisions() as decisions:
        found = {"index": opened.verify(), "decisions": decisions.verify()}
    for name, problems in found.items():
        print(f"{name:<10}  {'sound' if not problems else counted(len(problems), 'problem')}")
        for problem in problems:
            print(f"  {printable(problem)}")
    return 1 if any(found.values()) else 0


def clean(_: argparse.Namespace) -> int:
    """Forget the photos that are gone from the disk."""
    with Index.open(paths.index_file()) as opened:
        print(f"Forgotten, since gone: {counted(opened.clean(), 'photo')}. Your decisions are kept.")
    return 0


def backup(_: argparse.Namespace) -> int:
    """Back up the decisions now."""
    with _opened_decisions() as decisions:
        print(f"The decisions are backed up as {decisions.backup()}.")
    return 0


def _opened_decisions() -> Decisions:
    return Decisions.open(paths.decisions_file(), paths.data_dir() / "backups")
