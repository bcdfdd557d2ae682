"""`clipsorter teach`: photos are examples of a category, or of what it is not; no model is asked here."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from clipsorter import paths
from clipsorter.cli.text import counted, printable
from clipsorter.errors import PhotoError, UsageError
from clipsorter.library.decisions import Decisions
from clipsorter.library.taught import Said, forget_said, said_of
from clipsorter.photos.decode import decode
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import absolute
from clipsorter.sorting.category import parse_category

_PIXELS = 32  # enough to see that it is a picture


def teach(options: argparse.Namespace) -> int:
    """Keep examples, or forget them; 1 if some photos can't be read."""
    category = parse_category(options.category).name
    if not options.photos and not options.refused and options.forget is None:
        raise UsageError(f"Name the photos that show “{category}”: clipsorter teach {category!r} PHOTO …")
    shown, refused = map(_named, (options.photos, options.refused))
    failed = len(options.photos) + len(options.refused) - len(shown) - len(refused)
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        if options.forget is not None:
            failed += _forget(decisions, category, options.forget)
        if shown:
            for label in decisions.labels(shown):
                name = printable(label.photo.photo.path)
                for other in sorted(set(label.categories) - {category}):
                    print(f"{name} is no longer an example of {printable(other)}.", file=sys.stderr)
            decisions.forget_labels(shown)  # a photo belongs to one category
            decisions.record_labels(shown, category, is_positive=True)
        if refused:
            decisions.record_labels(refused, category, is_positive=False)
        _summarize(category, said_of(decisions, [category]))
    return int(failed > 0)


def _named(files: Sequence[Path]) -> list[FingerprintedPhoto]:
    """Name photos by their content; say which can't be read."""
    photos = []
    for file in map(absolute, files):
        try:
            name, status = fingerprint(file), file.stat()
            decode(file, _PIXELS)
            photos.append(FingerprintedPhoto(Photo(file, status.st_size, status.st_mtime_ns), name))
        except PhotoError as error:
            print(f"clipsorter: {printable(file)} {printable(error)}.", file=sys.stderr)
    return photos


def _forget(decisions: Decisions, category: str, files: Sequence[Path]) -> int:
    """Forget examples, all where no file is named; return how many files are none, after saying so."""
    said = said_of(decisions, [category])
    meant, strangers = [] if files else said, 0
    for file in map(absolute, files):
        name = b""
        with suppress(PhotoError):  # it may be gone since
            name = fingerprint(file)
        mine = [each for each in said if each.path == file or each.fingerprint == name]
        if not mine:
            strangers += 1
            print(f"clipsorter: {printable(file)} is no example of {printable(category)}.", file=sys.stderr)
        meant += mine
    forget_said(decisions, meant)
    return strangers


def _summarize(category: str, said: Sequence[Said]) -> None:
    yes = sum(each.is_positive for each in said)
    refused = len(said) - yes
    words = f"{printable(category)} has {counted(yes, 'example')}"
    print(f"{words}{f', and {refused} of what it is not' if refused else ''}.", file=sys.stderr)
