"""`clipsorter classify`: an answer for each photo, printed as it comes."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing

import numpy as np

from clipsorter.analyse import Event, Failed, Finished, Progress, Question, Scored, analyse, score
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.question import read_categories
from clipsorter.cli.rows import RowWriter, row_writer
from clipsorter.cli.text import printable
from clipsorter.clip.catalog import catalog
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import tune
from clipsorter.errors import UsageError
from clipsorter.photos.scan import scan
from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import NO_BAND, Thresholds


def classify(options: argparse.Namespace) -> int:
    """Classify a folder and return the exit code: 1 if some photos failed."""
    categories = read_categories(options)
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    tuning = tune(encoder)
    _introduce(encoder, categories)
    question = Question(categories, _thresholds(options.min_confidence, encoder), options.top)
    score(encoder, np.empty((0, encoder.card.embed_dim), np.float32), question)  # refuses a prompt that is too long
    with opened_memory(settings, wanted=not options.no_index) as memory, ProgressLine() as progress:
        rows = row_writer(options.format, options.folder, options.top, progress.console)
        run = analyse(
            options.folder, encoder, question,
            memory=memory, recursive=options.recursive, retry=options.retry, tuning=tuning,
        )  # fmt: skip
        with closing(run) as events:
            counts, finished = _print_rows(events, rows, progress)
    _summarize(counts, finished, [category.name for category in categories], options)
    return 1 if finished.failed else 0


def _print_rows(
    events: Iterator[Event], rows: RowWriter, progress: ProgressLine
) -> tuple[Counter[str | None], Finished]:
    """Print the rows; count the answers, None for unsure."""
    counts: Counter[str | None] = Counter()
    for event in events:
        match event:
            case Scored(photos, ranking):
                for row, photo in enumerate(photos):
                    decision = ranking.decision(row)
                    rows.write(photo, decision)
                    counts[decision.category] += 1
            case Failed(path, reason):
                rows.write_failure(path, reason)
            case Progress():
                progress.show(event)
            case Finished():
                return counts, event
    raise AssertionError("an analysis ends with Finished")


def _introduce(encoder: Encoder, categories: Sequence[Category]) -> None:
    """Say which model answers, what it can't, and how to get a better one."""
    card = encoder.card
    unknown = encoder.unknown(categories)
    if len(unknown) == len(categories):
        raise UsageError(
            f"{card.title} knows none of these words: {', '.join(unknown)}. Use plain English nouns, "
            "or get CLIP, which reads whole sentences: clipsorter models download ViT-B/32"
        )
    for name in unknown:
        print(
            f"clipsorter: {card.title} does not know the word “{printable(name)}”, so nothing will be put there.",
            file=sys.stderr,
        )
    where = encoder.device.upper()
    if card.id == "starter":
        size_mb = catalog()["ViT-B/32"].size_mb
        print(
            f"Judged by the starter on the {where}: it knows {card.knows}. "
            f"For whole sentences and fewer unsure photos get CLIP ({size_mb} MB, once): "
            "clipsorter models download ViT-B/32",
            file=sys.stderr,
        )
    else:
        print(f"Judged by {printable(card.title)} on the {where}.", file=sys.stderr)


def _thresholds(min_confidence: float | None, encoder: Encoder) -> Thresholds:
    """Return the band of the model's card, or the user's; 0 switches it off."""
    if min_confidence == 0:
        return NO_BAND
    return Thresholds(min_confidence or encoder.card.min_probability, encoder.card.min_margin)


def _summarize(
    counts: Counter[str | None], finished: Finished, names: Sequence[str], options: argparse.Namespace
) -> None:
    """Print the sums on stderr: they add up to the photos found."""
    photos = finished.embedded + finished.failed
    if not photos:
        print(f"There are no photos in {printable(options.folder)}.", file=sys.stderr)
        return
    parts = [f"{printable(name)} {counts[name]}" for name in names]
    parts += [f"unsure {counts[None]}"] if counts[None] else []
    parts += [f"failed {finished.failed}"] if finished.failed else []
    print(f"{photos} photo{'' if photos == 1 else 's'}: {', '.join(parts)}.", file=sys.stderr)
