"""`clipsorter classify`: an answer for each photo, printed as it comes."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from clipsorter.analyse import Failed, Finished, Progress
from clipsorter.cli.asking import Asking, asking
from clipsorter.cli.judging import Answer
from clipsorter.cli.rows import RowWriter, row_writer
from clipsorter.cli.text import counted, printable


def classify(options: argparse.Namespace) -> int:
    """Classify a folder and return the exit code: 1 if some photos failed."""
    with asking(options, several=options.several) as asked:
        rows = row_writer(
            options.format, options.folder, options.top, asked.progress.console, several=options.several
        )  # fmt: skip
        counts, finished = _print_rows(asked, rows)
        _summarize(counts, finished, [category.name for category in asked.categories], options)
    return 1 if finished.failed else 0


def _print_rows(asked: Asking, rows: RowWriter) -> tuple[Counter[str | None], Finished]:
    """Print the rows; count the answers, None for unsure, and under "" the photos that are in more than one."""
    counts: Counter[str | None] = Counter()
    for event in asked.answers:
        match event:
            case Answer():
                rows.write(event)
                if event.categories is None:
                    counts[event.decision.category] += 1
                else:
                    counts.update(each.category for each in event.categories)
                    counts[None] += not event.categories
                    counts[""] += len(event.categories) > 1
            case Failed(path, reason):
                rows.write_failure(path, reason)
            case Progress():
                asked.progress.show(event)
            case Finished():
                return counts, event
    raise AssertionError("an analysis ends with Finished")


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
    several = f" In more than one: {counts['']}." if counts[""] else ""
    print(f"{counted(photos, 'photo')}: {', '.join(parts)}.{several}", file=sys.stderr)
