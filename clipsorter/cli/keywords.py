"""`clipsorter keywords`: what photos are tagged with already, by whatever program; and taken for the user's word."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence

from clipsorter import paths
from clipsorter.apply import Books, import_keywords
from clipsorter.cli.question import read_categories
from clipsorter.cli.text import counted, printable
from clipsorter.errors import UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.metadata.reading import read_keywords
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan


def keywords(options: argparse.Namespace) -> int:
    """Print the keywords of photos, or import them; 1 if those of some could not be read."""
    found = list(scan(options.photos))
    photos = [each for each in found if isinstance(each, Photo)]
    has_failed = len(photos) < len(found)
    for each in found:
        if not isinstance(each, Photo):
            print(f"clipsorter: {printable(each.path)} {printable(each.reason)}.", file=sys.stderr)
    if options.is_import:
        return max(int(has_failed), _import(photos, options))
    if options.names or options.categories:
        raise UsageError("-c is for --import: without it, all keywords are printed.")
    for entry in read_keywords(photo.path for photo in photos):
        has_failed |= bool(entry.problem)
        if options.format == "jsonl":
            row = {"path": str(entry.photo), "keywords": entry.words, "error": entry.problem or None}
            print(json.dumps(row), flush=True)
        else:
            print(printable(f"{entry.photo}: {entry.problem or ', '.join(entry.words) or '-'}"), flush=True)
    return int(has_failed)


def _import(photos: Sequence[Photo], options: argparse.Namespace) -> int:
    names = [category.name for category in read_categories(options)]
    counts: Counter[str] = Counter()
    has_failed = False
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        for entry in import_keywords(photos, names, Books(paths.journal_file(), decisions=decisions)):
            counts.update(entry.categories)
            if entry.categories:
                print(printable(f"{entry.photo}: {', '.join(entry.categories)}"), flush=True)
            if entry.problem:
                has_failed = True
                print(f"clipsorter: {printable(entry.photo)} {printable(entry.problem)}.", file=sys.stderr)
    parts = ", ".join(f"{printable(name)} {count}" for name, count in counts.items())
    print(
        f"Your decisions now: {counted(counts.total(), 'keyword')} of {counted(len(photos), 'photo')}"
        f"{f' ({parts})' if parts else ''}.",
        file=sys.stderr,
    )
    return int(has_failed)
