"""One row a photo that was found, the best first: a table for people, jsonl and csv for programs."""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from clipsorter.analyse import Hit
from clipsorter.cli.text import printable


def write_hits(form: str, hits: Sequence[Hit], root: Path | None, console: Console) -> None:
    """Print hits as `table`, `jsonl` or `csv`; the table names photos relative to `root` if there is one."""
    match form:
        case "jsonl":
            for hit in hits:
                print(json.dumps({"path": str(hit.photo.path), "score": round(hit.score, 6)}))
        case "csv":
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow(["path", "score"])
            writer.writerows((hit.photo.path, f"{hit.score:.6f}") for hit in hits)
        case _:
            for hit in hits:
                is_there = hit.photo.path.exists()  # else its drive is away, or it is gone since it was looked at
                line = Text(f"{hit.score:6.3f}  ", "dim").append(printable(shown(hit.photo.path, root)), "default")
                line.append("" if is_there else "  (not there now)", "dim")
                console.print(line, soft_wrap=True, highlight=False)


def shown(path: Path, root: Path | None) -> Path:
    """Return a path as it is shown: from the folder on that was asked about."""
    return path.relative_to(root) if root is not None and path != root and path.is_relative_to(root) else path
