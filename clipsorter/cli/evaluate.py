"""`clipsorter evaluate`: how right the answers are on photos whose category is known, by words and by examples."""

import argparse
import csv
import math
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipsorter.analyse import Embedded, Example, Failed, Progress, Question, analyse, score, teach
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.text import counted, printable
from clipsorter.clip.encoder import Encoder
from clipsorter.errors import UsageError
from clipsorter.photos.scan import absolute, scan
from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds
from clipsorter.sorting.measure import Measured, measure

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Labels:
    """One list of categories, and the photos of the folder whose category in it is known."""

    title: str
    names: Sequence[str]
    files: Sequence[Path]
    truth: NDArray[np.int64]


def evaluate(options: argparse.Namespace) -> int:
    """Measure and print; 1 if a photo with a label could not be looked at."""
    if options.examples and options.format != "text":
        raise UsageError("With --examples there is a table of means alone: leave --format away.")
    lists = _read(options.labels, absolute(options.folder))
    untold = {file for each in lists for file in each.files}
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    with opened_memory(settings) as memory, ProgressLine() as progress:
        vectors: dict[Path, Vectors] = {}
        with closing(analyse(options.folder, encoder, memory=memory, recursive=options.recursive)) as events:
            for event in events:
                match event:
                    case Embedded(photos, matrix):
                        vectors |= {photo.path: vector for photo, vector in zip(photos, matrix, strict=True)}
                    case Progress():
                        progress.show(event)
                    case Failed(path, reason) if path in untold:
                        untold.discard(path)
                        print(f"clipsorter: {printable(path)} {printable(reason)}.", file=sys.stderr)
    missing = [file for each in lists for file in each.files if file not in vectors]
    known = [each for each in (_only(each, vectors) for each in lists) if each.files]
    if not known:
        raise UsageError(
            f"None of the photos that {options.labels} names was found in {options.folder}, such as {missing[0]}: "
            "write their paths as they are from there."
        )
    for file in dict.fromkeys(file for file in missing if file in untold):
        print(f"clipsorter: {printable(file)} has a label, but was not found or can't be read.", file=sys.stderr)
    if options.examples:
        _print_table(encoder, known, vectors, options)
    else:
        _print_lists(encoder, known, vectors, options)
    return int(bool(missing))


def _read(file: Path, folder: Path) -> list[Labels]:
    """Read `file,category[,list]`; raise UsageError if that is not what it holds."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            rows, columns = list(reader), reader.fieldnames
    except OSError as error:
        raise UsageError(f"The labels in {file} can't be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file} is not a csv file in UTF-8; save it as one.") from error
    if not {"file", "category"} <= set(columns or ()):
        raise UsageError(
            f"{file} has no labels: its first line must name the columns file,category (and list), in small letters, "
            "with commas between."
        )
    if not rows:
        raise UsageError(f"{file} has no labels below its first line.")
    labelled: set[tuple[str, str]] = set()
    for number, row in enumerate(rows, start=1):
        if not row["file"] or not row["category"]:
            raise UsageError(
                f"Label {number} in {file} is not whole: write a file and a category, with a comma between."
            )
        if (label := (row.get("list") or "", row["file"])) in labelled:
            raise UsageError(f"Label {number} in {file} is of {row['file']}, which has one already: leave one of them.")
        labelled.add(label)
    lists: list[Labels] = []
    for title in dict.fromkeys(row.get("list") or "" for row in rows):
        mine = [row for row in rows if (row.get("list") or "") == title]
        names = list(dict.fromkeys(row["category"] for row in mine))
        truth = np.array([names.index(row["category"]) for row in mine])
        lists.append(Labels(title, names, [folder / row["file"] for row in mine], truth))
    return lists


def _only(labels: Labels, vectors: dict[Path, Vectors]) -> Labels:
    rows = [row for row, file in enumerate(labels.files) if file in vectors]
    return Labels(labels.title, labels.names, [labels.files[row] for row in rows], labels.truth[rows])


def _question(encoder: Encoder, names: Sequence[str], is_hidden: bool) -> Question:
    shown = [f"xq{number}zk" for number in range(len(names))] if is_hidden else names
    band = Thresholds(encoder.card.min_probability, encoder.card.min_margin)
    return Question([Category(name) for name in shown], band, len(names))


def _print_lists(
    encoder: Encoder, lists: Sequence[Labels], vectors: dict[Path, Vectors], options: argparse.Namespace
) -> None:
    """Print how right words alone are, for each list; as csv they have one header together."""
    names = list(dict.fromkeys(name for each in lists for name in each.names))
    if options.format == "csv":
        csv.writer(sys.stdout).writerow(["list", "truth", *names, "unsure", "precision", "recall"])
    for labels in lists:
        question = _question(encoder, labels.names, options.hide_names)
        found = measure(score(encoder, np.stack([vectors[file] for file in labels.files]), question), labels.truth)
        if options.format == "csv":
            _write_measured(labels, found, names)
        else:
            _print_measured(labels, found)


def _write_measured(labels: Labels, found: Measured, names: Sequence[str]) -> None:
    """Write the rows of one list; what is of other lists stays empty."""
    out = csv.writer(sys.stdout)
    for column, name in enumerate(labels.names):
        *counts, unsure = found.confusion[column].tolist()
        count_of = dict(zip(labels.names, counts, strict=True))
        shares = found.precision(column), found.recall(column)
        row = [labels.title, name, *(count_of.get(each, "") for each in names), unsure]
        out.writerow([*row, *("" if math.isnan(share) else f"{share:.4f}" for share in shares)])


def _print_measured(labels: Labels, found: Measured) -> None:
    """Print the figures of one list."""
    print(
        f"{printable(labels.title) or 'all'}: {counted(found.photos, 'photo')}, first answer right {found.first:.3f}; "
        f"sure and right {found.right:.3f}, sure and wrong {found.wrong:.3f}, unsure {found.unsure:.3f}"
    )
    for column, name in enumerate(labels.names):
        row = found.confusion[column].copy()
        row[column] = 0
        others = [*labels.names, "unsure"]
        mixed = ", ".join(f"{printable(others[place])} {row[place]}" for place in np.argsort(-row) if row[place])
        print(
            f"    {printable(name):24} precision {found.precision(column):5.2f}  recall {found.recall(column):5.2f}"
            f"{f'  also: {mixed}' if mixed else ''}"
        )


def _print_table(
    encoder: Encoder, lists: Sequence[Labels], vectors: dict[Path, Vectors], options: argparse.Namespace
) -> None:
    """Print how right words alone and words with examples are, a mean over draws for each list, then over lists."""
    sums: list[NDArray[np.float64]] = []
    for labels in lists:
        figures = _draws(encoder, labels, vectors, options)
        if figures is None:
            continue
        if not sums:
            head = f"{'photos':>7}{'words':>8}{'taught':>8}{'spread':>8}{'worst':>8}"
            print(f"{'':28}{head}   sure: right / wrong / unsure")
        sums.append(figures)
        print(_line(printable(labels.title) or "all", figures))
    if not sums:
        raise UsageError(
            f"In no list are there three categories of more than {counted(options.examples, 'photo')}: "
            "give fewer examples, or label more photos."
        )
    print(_line("mean of the lists", np.mean(sums, axis=0)))
    if left_out := len(lists) - len(sums):
        print(
            f"Left out, without three categories of more than {counted(options.examples, 'photo')}: "
            f"{counted(left_out, 'list')}.",
            file=sys.stderr,
        )


def _line(title: str, figures: NDArray[np.float64]) -> str:
    photos, words, taught, spread, worst, right, wrong, unsure = figures
    shares = f"{right:.3f} / {wrong:.3f} / {unsure:.3f}"
    return f"{title[:27]:28}{photos:7.0f}{words:8.3f}{taught:8.3f}{spread:8.3f}{worst:+8.3f}   {shares}"


def _draws(
    encoder: Encoder, labels: Labels, vectors: dict[Path, Vectors], options: argparse.Namespace
) -> NDArray[np.float64] | None:
    """Teach random examples again and again, and measure on the other photos; None where there are too few.

    Only categories with enough photos for examples and one more are asked for. Accuracy is the mean over categories;
    the spread is the standard deviation over draws, the worst draw is told beside words alone.
    """
    columns = [c for c in range(len(labels.names)) if (labels.truth == c).sum() > options.examples]
    if len(columns) < 3:
        return None
    rows = np.flatnonzero(np.isin(labels.truth, columns))
    truth = np.array([columns.index(labels.truth[row]) for row in rows])
    question = _question(encoder, [labels.names[column] for column in columns], options.hide_names)
    names = [category.name for category in question.categories]
    matrix = np.stack([vectors[labels.files[row]] for row in rows.tolist()])
    generator, found = np.random.default_rng(0), []
    for _ in range(options.draws):
        chosen = [
            int(row)
            for column in range(len(columns))
            for row in generator.permutation(np.flatnonzero(truth == column))[: options.examples]
        ]
        examples = [
            Example(row.to_bytes(16, "little"), labels.files[int(rows[row])], names[truth[row]], True, matrix[row])
            for row in chosen
        ]
        others = np.setdiff1d(np.arange(len(rows)), chosen)
        words = measure(score(encoder, matrix[others], question), truth[others])
        lesson = teach(encoder, question, examples, matrix)
        taught = measure(score(encoder, matrix[others], question, lesson), truth[others])
        found.append((words.balanced, taught.balanced, taught.right, taught.wrong, taught.unsure))
    values = np.array(found)
    gains = values[:, 1] - values[:, 0]
    means = values.mean(axis=0)
    return np.array([len(rows), means[0], means[1], values[:, 1].std(), gains.min(), *means[2:]])
