"""`clipsorter teach`: photos are examples of a category, or of what it is not; nothing is computed here."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from clipsorter import paths
from clipsorter.cli.text import counted, printable
from clipsorter.errors import PhotoError, UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.library.taught import Said, forget_said, said_of
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import absolute
from clipsorter.sorting.category import read_name


def teach(options: argparse.Namespace) -> int:
    """Keep examples, or forget them; 1 if some photos can't be read."""
    category = read_name(options.category)
    if not options.photos and not options.refused and options.forget is None:
        raise UsageError(f"Name the photos that show “{category}”: clipsorter teach {category!r} PHOTO …")
    shown, refused, forgotten = map(_named, (options.photos, options.refused, options.forget or ()))
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        if options.forget is not None:
            chosen = {photo.fingerprint for photo in forgotten}
            said = said_of(decisions, category)
            forget_said(decisions, [each for each in said if not options.forget or each.fingerprint in chosen])
        if shown:
            decisions.forget_labels(shown)  # a photo belongs to one category
            decisions.record_labels(shown, category, is_positive=True)
        if refused:
            decisions.record_labels(refused, category, is_positive=False)
        _summarize(category, said_of(decisions, category))
    named = len(shown) + len(refused) + len(forgotten)
    return int(named < len(options.photos) + len(options.refused) + len(options.forget or ()))


def _named(files: Sequence[Path]) -> list[FingerprintedPhoto]:
    """Name photos by their content; say which can't be read."""
    photos = []
    for file in map(absolute, files):
        try:
            name, status = fingerprint(file), file.stat()
            photos.append(FingerprintedPhoto(Photo(file, status.st_size, status.st_mtime_ns), name))
        except PhotoError as error:
            print(f"clipsorter: {printable(file)} {printable(error)}", file=sys.stderr)
    return photos


def _summarize(category: str, said: Sequence[Said]) -> None:
    yes = sum(each.is_positive for each in said)
    refused = len(said) - yes
    words = f"{printable(category)} has {counted(yes, 'example')}"
    print(f"{words}{f', and {refused} of what it is not' if refused else ''}.", file=sys.stderr)
