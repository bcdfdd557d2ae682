"""`clipsorter duplicates`: copies and bursts of a folder in groups, the best of each marked."""

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.text import Text

from clipsorter.analyse import (
    Compared,
    Comparing,
    Embedded,
    Failed,
    Finished,
    Memory,
    Progress,
    analyse,
    find_duplicates,
)
from clipsorter.cli.found_rows import shown
from clipsorter.cli.memory import opened_memory
from clipsorter.cli.model import ready_encoder
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.text import counted, printable
from clipsorter.clip.encoder import Encoder
from clipsorter.clip.tuning import tune
from clipsorter.metadata.reading import PraiseReader
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import absolute, scan
from clipsorter.settings import load_settings
from clipsorter.sorting.duplicates import Copy, DuplicateGroup, Kind

_WORDS = {Kind.EXACT: "the same file", Kind.NEAR: "one picture", Kind.BURST: "shots of one moment"}


def duplicates(options: argparse.Namespace) -> int:
    """Print the groups of a folder; 1 if some photos could not be read."""
    scan(options.folder)  # refuses a folder that isn't there before the model is loaded
    settings = load_settings()
    encoder = ready_encoder(options, settings)
    with opened_memory(settings) as memory, ProgressLine() as progress:
        assert memory is not None
        compared, failed = look(options, encoder, memory, progress)
        groups = []
        for event in find_duplicates(compared, encoder.card.min_alike, memory.thumbnails, praise_of=PraiseReader()):
            if isinstance(event, Comparing):
                progress.advance(round(event.done * len(compared.photos)), len(compared.photos), "comparing")
            else:
                groups.append(event)
        _write(options.format, groups, absolute(options.folder), progress.console)
    spare = sum(len(group.copies) - 1 for group in groups if group.kind is not Kind.BURST)
    bursts = sum(group.kind is Kind.BURST for group in groups)
    print(
        f"{counted(len(compared.photos), 'photo')} compared: {spare} {'is a copy' if spare == 1 else 'are copies'} of "
        f"others, in {counted(len(groups) - bursts, 'group')}; {counted(bursts, 'burst')}; "
        f"{failed} could not be read.",
        file=sys.stderr,
    )
    return 1 if failed else 0


def look(options: argparse.Namespace, encoder: Encoder, memory: Memory, progress: ProgressLine) -> tuple[Compared, int]:
    """Return all photos that could be read with their vectors, and how many could not."""
    photos: list[Photo] = []
    names: list[bytes] = []
    vectors = [np.empty((0, encoder.card.embed_dim), np.float16)]
    run = analyse(
        options.folder, encoder,
        memory=memory, recursive=options.recursive, retry=options.retry, tuning=tune(encoder),
    )  # fmt: skip
    with closing(run) as events:
        for event in events:
            match event:
                case Embedded():
                    photos += event.photos
                    names += event.fingerprints
                    vectors.append(event.embeddings.astype(np.float16))
                case Failed(path, reason):
                    print(f"clipsorter: {printable(path)} {printable(reason)}.", file=sys.stderr)
                case Progress():
                    progress.show(event)
                case Finished():
                    return Compared(photos, names, np.concatenate(vectors)), event.failed
    raise AssertionError("an analysis ends with Finished")


def _write(form: str, groups: Sequence[DuplicateGroup], root: Path, console: Console) -> None:
    match form:
        case "jsonl":
            for group in groups:
                copies = [{**_facts(copy), "best": row == group.best} for row, copy in enumerate(group.copies)]
                print(json.dumps({"kind": group.kind.value, "photos": copies}))
        case "csv":
            columns = ["group", "kind", "best", *_facts(Copy(Photo(root, 0, 0)))]
            writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
            writer.writeheader()
            for number, group in enumerate(groups, start=1):
                for row, copy in enumerate(group.copies):
                    best = "yes" if row == group.best else ""
                    writer.writerow({"group": number, "kind": group.kind.value, "best": best, **_facts(copy)})
        case _:
            for group in groups:
                _write_group(group, root, console)


def _write_group(group: DuplicateGroup, root: Path, console: Console) -> None:
    console.print(Text(f"{_WORDS[group.kind]}, {len(group.copies)} photos", "bold"), highlight=False)
    for row, copy in enumerate(group.copies):
        is_best = row == group.best
        facts = [f"{copy.width_pixels} × {copy.height_pixels}", f"{copy.photo.size / 1000:,.0f} kB"]
        facts += [f"{copy.taken:%Y-%m-%d %H:%M:%S}"] if copy.taken else []
        facts += ["★" * copy.rating] if copy.rating else []
        facts += [counted(copy.keywords, "keyword")] if copy.keywords else []
        line = Text("  best  " if is_best else "        ", "green").append(
            printable(shown(copy.photo.path, root)), "default"
        )
        console.print(line.append(f"  {', '.join(facts)}", "dim"), soft_wrap=True, highlight=False)


def _facts(copy: Copy) -> dict[str, str | int | float | None]:
    return {
        "path": str(copy.photo.path),
        "bytes": copy.photo.size,
        "width": copy.width_pixels,
        "height": copy.height_pixels,
        "taken": copy.taken.isoformat() if copy.taken else None,
        "rating": copy.rating,
        "keywords": copy.keywords,
        "sharpness": round(copy.sharpness, 1),
    }
