"""One row a photo on stdout: a table for people, jsonl and csv for programs."""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from clipsorter.cli.judging import Answer
from clipsorter.cli.text import printable
from clipsorter.photos.scan import absolute
from clipsorter.sorting.classifier import Prediction
from clipsorter.sorting.several import Fit

_NAME_SHARE = 0.45  # of the terminal's width


class RowWriter(Protocol):
    """Writes rows as they come; each reaches stdout at once."""

    def write(self, answer: Answer) -> None:
        """Write the row of a photo that has its answer."""

    def write_failure(self, path: Path, reason: str) -> None:
        """Write the row of a photo or folder that could not be read."""


def row_writer(form: str, root: Path, top: int, console: Console, *, several: bool = False) -> RowWriter:
    """Return the writer of `table`, `jsonl` or `csv`; the table names photos relative to `root`.

    With `several` each answer has all categories that fit.
    """
    if form == "jsonl":
        return JsonRows(several)
    if form == "csv":
        return CsvRows(top, several)
    return TableRows(root, console)


class JsonRows:
    """One JSON object a line; names that are no valid text come as lone surrogates, which Python reads back."""

    def __init__(self, several: bool = False) -> None:
        self._several = several

    def write(self, answer: Answer) -> None:
        """Write one object."""
        decision = answer.decision
        predictions = [_as_json(prediction) for prediction in decision.predictions]
        self._print(
            answer.photo.path, answer.categories or (),
            status="ok", decision=decision.category, decided_by=answer.by, predictions=predictions, error=None,
        )  # fmt: skip

    def write_failure(self, path: Path, reason: str) -> None:
        """Write one object without predictions."""
        self._print(path, (), status="error", decision=None, decided_by=None, predictions=[], error=reason)

    def _print(self, path: Path, categories: Sequence[Fit], **fields: object) -> None:
        if self._several:
            fields["categories"] = [_as_json(each) | {"decided_by": each.decided_by} for each in categories]
        print(json.dumps({"path": str(path), **fields}), flush=True)


def _as_json(prediction: Prediction | Fit) -> dict[str, str | float]:
    return {
        "category": prediction.category,
        "probability": round(prediction.probability, 6),
        "similarity": round(prediction.similarity, 6),
    }


class CsvRows:
    """A header, then one line a photo with `top` predictions side by side."""

    def __init__(self, top: int, several: bool = False) -> None:
        self._top, self._several = top, several
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        columns = [f"{what}_{n}" for n in range(1, top + 1) for what in ("category", "probability", "similarity")]
        more = ["categories"] if several else []
        self._writer.writerow(["path", "status", "decision", "decided_by", *columns, "error", *more])

    def write(self, answer: Answer) -> None:
        """Write one line."""
        cells: list[str] = []
        for prediction in answer.decision.predictions:
            cells += [prediction.category, f"{prediction.probability:.6f}", f"{prediction.similarity:.6f}"]
        names = "; ".join(each.category for each in answer.categories or ())
        self._print(answer.photo.path, "ok", answer.decision.category or "", answer.by, cells, "", names)

    def write_failure(self, path: Path, reason: str) -> None:
        """Write one line without predictions."""
        self._print(path, "error", "", "", [], reason)

    def _print(
        self, path: Path, status: str, decision: str, by: str, cells: list[str], error: str, names: str = ""
    ) -> None:  # fmt: skip
        padding, more = [""] * (3 * self._top - len(cells)), [names] if self._several else []
        self._writer.writerow([path, status, decision, by, *cells, *padding, error, *more])
        sys.stdout.flush()


class TableRows:
    """Aligned columns: photo, answer, how sure, and what else it could be."""

    def __init__(self, root: Path, console: Console) -> None:
        root = absolute(root)
        self._root = root if root.is_dir() else root.parent
        self._console = console
        self._name_width = max(20, int(console.width * _NAME_SHARE))
        self._cuts = console.is_terminal  # a file has room for whole names

    def write(self, answer: Answer) -> None:
        """Print one line; sure, unsure, failed and said by the user differ in sign and in colour."""
        if answer.categories is not None:
            self._write_all(answer, answer.categories)
            return
        decision, is_human = answer.decision, answer.by == "human"
        category = decision.category
        own = next((p for p in decision.predictions if p.category == category), None)
        line = self._start(answer.photo.path)
        sign = "✓" if is_human else "●" if category else "?"
        line.append(f"{sign} ", "cyan" if is_human else "green" if category else "yellow")
        line.append(f"{self._column(category or 'unsure', 18)} ", "bold" if category else "yellow")
        line.append(f"{own.probability:4.0%}" if own else "    ")
        rest = [p for p in decision.predictions if p != own][: 1 if category else 2]
        others = ", ".join(f"{printable(p.category)} {p.probability:.0%}" for p in rest)
        line.append(f"  {'your word; ' if is_human else ''}{others}", "dim")
        self._console.print(line, soft_wrap=True, highlight=False)

    def _write_all(self, answer: Answer, categories: Sequence[Fit]) -> None:
        """Print one line with all that fits, or that nothing does and what comes nearest."""
        line = self._start(answer.photo.path)
        for place, each in enumerate(categories):
            is_human = each.decided_by == "human"
            line.append(", " if place else "").append("✓ " if is_human else "● ", "cyan" if is_human else "green")
            line.append(printable(each.category), "bold")
            line.append(" your word" if is_human else f" {each.probability:.0%}", "dim")
        if not categories:
            others = ", ".join(f"{printable(p.category)} {p.probability:.0%}" for p in answer.decision.predictions[:2])
            line.append("? unsure", "yellow").append(f"  {others}", "dim")
        self._console.print(line, soft_wrap=True, highlight=False)

    def write_failure(self, path: Path, reason: str) -> None:
        """Print one line with the reason."""
        line = self._start(path).append(f"! {printable(reason)}", "red")
        self._console.print(line, soft_wrap=True, highlight=False)

    def _start(self, path: Path) -> Text:
        return Text(f"{self._column(self._relative(path), self._name_width)}  ")

    def _column(self, text: str, width: int) -> str:
        text = printable(text)
        return _fit(text, width if self._cuts else max(width, cell_len(text)))

    def _relative(self, path: Path) -> str:
        return str(path.relative_to(self._root)) if path.is_relative_to(self._root) else str(path)


def _fit(text: str, width: int) -> str:
    """Pad to a width in terminal cells, or cut the middle, since a name's end tells most."""
    if cell_len(text) > width:
        head = set_cell_size(text, width // 3).rstrip()
        tail = text
        while cell_len(head) + 1 + cell_len(tail) > width:
            tail = tail[1:]
        text = f"{head}…{tail}"
    return set_cell_size(text, width)
