"""One row a photo on stdout: a table for people, jsonl and csv for programs."""

import csv
import json
import sys
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from clipsorter.analyse import Failed, Scored
from clipsorter.photos.scan import absolute
from clipsorter.sorting.classifier import Prediction

Row = Scored | Failed
_NAME_SHARE = 0.45  # of the terminal's width


class RowWriter(Protocol):
    """Writes rows as they come; each reaches stdout at once."""

    def write(self, row: Row) -> None:
        """Write one row."""


def row_writer(form: str, root: Path, top: int, console: Console) -> RowWriter:
    """Return the writer of `table`, `jsonl` or `csv`; the table names photos relative to `root`."""
    if form == "jsonl":
        return JsonRows()
    if form == "csv":
        return CsvRows(top)
    return TableRows(root, console)


class JsonRows:
    """One JSON object a line, as the design gives it."""

    def write(self, row: Row) -> None:
        """Write one object; names that are no valid text come as lone surrogates, which Python reads back."""
        fields: dict[str, object]
        if isinstance(row, Scored):
            predictions = [_as_json(prediction) for prediction in row.decision.predictions]
            fields = {"path": str(row.photo.path), "status": "ok", "decision": row.decision.category}
            fields |= {"predictions": predictions, "error": None}
        else:
            fields = {"path": str(row.path), "status": "error", "decision": None}
            fields |= {"predictions": [], "error": row.reason}
        print(json.dumps(fields), flush=True)


def _as_json(prediction: Prediction) -> dict[str, str | float]:
    return {
        "category": prediction.category,
        "probability": round(prediction.probability, 6),
        "similarity": round(prediction.similarity, 6),
    }


class CsvRows:
    """A header, then one line a photo with `top` predictions side by side."""

    def __init__(self, top: int) -> None:
        self._top = top
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        columns = [f"{what}_{n}" for n in range(1, top + 1) for what in ("category", "probability", "similarity")]
        self._writer.writerow(["path", "status", "decision", *columns, "error"])

    def write(self, row: Row) -> None:
        """Write one line."""
        if isinstance(row, Failed):
            self._writer.writerow([row.path, "error", "", *[""] * (3 * self._top), row.reason])
        else:
            cells: list[str] = []
            for prediction in row.decision.predictions:
                cells += [prediction.category, f"{prediction.probability:.6f}", f"{prediction.similarity:.6f}"]
            cells += [""] * (3 * self._top - len(cells))
            self._writer.writerow([row.photo.path, "ok", row.decision.category or "", *cells, ""])
        sys.stdout.flush()


class TableRows:
    """Aligned columns: photo, answer, how sure, and what else it could be."""

    def __init__(self, root: Path, console: Console) -> None:
        root = absolute(root)
        self._root = root if root.is_dir() else root.parent
        self._console = console
        self._name_width = max(20, int(console.width * _NAME_SHARE))

    def write(self, row: Row) -> None:
        """Print one line; sure, unsure and failed differ in sign and in colour."""
        name = _fit(
            _printable(self._relative(row.photo.path if isinstance(row, Scored) else row.path)), self._name_width
        )
        line = Text(f"{name}  ")
        if isinstance(row, Failed):
            line.append("! ", "red").append(_printable(row.reason), "red")
        else:
            first, *others = row.decision.predictions
            sure = row.decision.category is not None
            line.append(f"{'●' if sure else '?'} ", "green" if sure else "yellow")
            line.append(f"{_fit(_printable(first.category if sure else 'unsure'), 18)} ", "bold" if sure else "yellow")
            line.append(f"{first.probability:4.0%}" if sure else "    ")
            rest = others[:1] if sure else row.decision.predictions[:2]
            line.append("  " + ", ".join(f"{_printable(p.category)} {p.probability:.0%}" for p in rest), "dim")
        self._console.print(line, soft_wrap=True, highlight=False)

    def _relative(self, path: Path) -> str:
        return str(path.relative_to(self._root)) if path.is_relative_to(self._root) else str(path)


def _printable(text: str) -> str:
    """Replace what would move the cursor or is no valid text; a file name may hold anything."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def _fit(text: str, width: int) -> str:
    """Pad to a width in terminal cells, or cut the middle, since a name's end tells most."""
    if cell_len(text) > width:
        head = set_cell_size(text, width // 3).rstrip()
        tail = text
        while cell_len(head) + 1 + cell_len(tail) > width:
            tail = tail[1:]
        text = f"{head}…{tail}"
    return set_cell_size(text, width)
