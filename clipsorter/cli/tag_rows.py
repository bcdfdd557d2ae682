"""One row a photo on stdout: what it gains, and in which files."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.text import Text

from clipsorter.cli.text import printable


@dataclass(frozen=True, slots=True)
class TagRow:
    """A photo, the keywords that it gains or loses, and the files that are changed or made for it."""

    photo: Path
    keywords: Sequence[str]
    files: Sequence[Path]
    note: str = ""


class TagRows(Protocol):
    """Writes rows as they come; each reaches stdout at once."""

    def write(self, row: TagRow) -> None:
        """Write the row of a photo."""


def tag_rows(form: str, root: Path, console: Console, sign: str = "+") -> TagRows:
    """Return the writer of `table`, `jsonl` or `csv`; the table names photos relative to `root`."""
    if form == "jsonl":
        return JsonTagRows()
    return CsvTagRows() if form == "csv" else TableTagRows(root, console, sign)


class JsonTagRows:
    """One JSON object a line; names that are no valid text come as lone surrogates, which Python reads back."""

    def write(self, row: TagRow) -> None:
        """Write one object."""
        files = [str(path) for path in row.files]
        entry = {"path": str(row.photo), "keywords": list(row.keywords), "files": files, "note": row.note}
        print(json.dumps(entry), flush=True)


class CsvTagRows:
    """A header, then one line a file."""

    def __init__(self) -> None:
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        self._writer.writerow(["path", "keywords", "file", "note"])

    def write(self, row: TagRow) -> None:
        """Write one line a file."""
        for path in row.files:
            self._writer.writerow([row.photo, "; ".join(row.keywords), path, row.note])
        sys.stdout.flush()


class TableTagRows:
    """What a photo gains, and where if that is not the photo itself."""

    def __init__(self, root: Path, console: Console, sign: str) -> None:
        self._root = root if root.is_dir() else root.parent
        self._console = console
        self._sign = sign

    def write(self, row: TagRow) -> None:
        """Print one line, and one for a note."""
        is_below = row.photo.is_relative_to(self._root)
        line = Text(printable(row.photo.relative_to(self._root) if is_below else row.photo))
        line.append(f"  {self._sign} ", "green").append(printable(", ".join(row.keywords)), "bold")
        if beside := [path.name for path in row.files if path != row.photo]:
            line.append(f"  in {printable(', '.join(beside))}", "dim")
        self._console.print(line, soft_wrap=True, highlight=False)
        if row.note:
            self._console.print(Text(f"  {printable(row.note)}", "yellow"), soft_wrap=True, highlight=False)
