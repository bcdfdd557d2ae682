"""One row a planned file on stdout: a table for people, jsonl and csv for programs."""

import csv
import json
import sys
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.text import Text

from clipsorter.cli.text import printable
from clipsorter.sorting.plan import Plan, PlannedBundle


class PlanRows(Protocol):
    """Writes the files of bundles; each row reaches stdout at once."""

    def write(self, bundle: PlannedBundle) -> None:
        """Write a row for each file of a bundle."""

    def write_staying(self, plan: Plan) -> None:
        """Write what stays, where the form has room for it."""


def plan_rows(form: str, root: Path, plan: Plan, console: Console) -> PlanRows:
    """Return the writer of `table`, `jsonl` or `csv`; the table names files relative to `root` and the destination."""
    if form == "jsonl":
        return JsonPlanRows()
    if form == "csv":
        return CsvPlanRows()
    return TablePlanRows(root, plan.destination, console)


class JsonPlanRows:
    """One JSON object a line; names that are no valid text come as lone surrogates, which Python reads back."""

    def write(self, bundle: PlannedBundle) -> None:
        """Write one object a file."""
        for file in bundle.files:
            row = {
                "source": str(file.source),
                "target": str(file.target),
                "category": bundle.category,
                "reason": bundle.reason,
            }
            print(json.dumps(row), flush=True)

    def write_staying(self, plan: Plan) -> None:
        """Write nothing: what stays is no planned file."""


class CsvPlanRows:
    """A header, then one line a file."""

    def __init__(self) -> None:
        self._writer = csv.writer(sys.stdout, lineterminator="\n")
        self._writer.writerow(["source", "target", "category", "reason"])

    def write(self, bundle: PlannedBundle) -> None:
        """Write one line a file."""
        for file in bundle.files:
            self._writer.writerow([file.source, file.target, bundle.category, bundle.reason])
        sys.stdout.flush()

    def write_staying(self, plan: Plan) -> None:
        """Write nothing: what stays is no planned file."""


class TablePlanRows:
    """From where to where and why, a line a file; what stays comes last."""

    def __init__(self, root: Path, dest: Path, console: Console) -> None:
        self._root = root if root.is_dir() else root.parent
        self._dest = dest
        self._console = console

    def write(self, bundle: PlannedBundle) -> None:
        """Print one line a file; a companion is indented under its photo."""
        for position, file in enumerate(bundle.files):
            indent = "  + " if position else ""
            line = Text(f"{indent}{_relative(file.source, self._root)}")
            line.append(" → ", "green").append(_relative(file.target, self._dest), "bold")
            if not position:
                line.append(f"  {printable(bundle.reason)}", "dim")
            self._console.print(line, soft_wrap=True, highlight=False)

    def write_staying(self, plan: Plan) -> None:
        """Print one line a photo that stays."""
        for staying in plan.staying:
            line = Text(f"{_relative(staying.photo, self._root)} ").append(printable(staying.reason), "yellow")
            self._console.print(line, soft_wrap=True, highlight=False)


def _relative(path: Path, root: Path) -> str:
    return printable(path.relative_to(root) if path.is_relative_to(root) else path)
