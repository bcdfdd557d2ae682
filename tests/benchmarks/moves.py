"""What safety costs: many small files moved on one volume, by the journal, by `mv` one by one, and by bare renames.

usage: python -m tests.benchmarks.moves [FILES] [FOLDER]
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import WantedBundle, WantedFile
from clipsorter.moves.journal import Journal
from clipsorter.moves.sort import carry_out_run
from clipsorter.moves.undo import take_back


def main(count: int, place: Path | None) -> None:
    with tempfile.TemporaryDirectory(dir=place) as name:
        root = Path(name)
        folder = root / "photos"
        folder.mkdir()
        for number in range(count):
            (folder / f"IMG_{number:06}.jpg").write_bytes(b"%06d" % number * 500)
        journal = Journal.open(root / "journal.db")
        ways: list[tuple[str, Callable[[Path, Path], None]]] = [
            ("mv, a process a file", move_by_processes),
            ("os.rename", move_by_renames),
            ("journaled move", lambda source, target: move(journal, source, target)),
            ("journaled undo", lambda source, target: undo(journal)),
            ("journaled copy", lambda source, target: move(journal, source, target, "copy")),
        ]
        print(f"{count} files of 3 kB on {root}")
        first_s = None
        for title, way in ways:
            target = folder if title == "journaled undo" else root / title
            source = next(place for place in root.iterdir() if place.is_dir() and any(place.iterdir()))
            started_s = time.monotonic()
            way(source, target)
            took_s = time.monotonic() - started_s
            first_s = first_s or took_s
            assert sum(1 for _ in target.rglob("*.jpg")) == count or title == "journaled undo"
            each_ms = took_s / count * 1000
            print(f"{took_s:8.2f} s  {each_ms:7.3f} ms a file  {took_s / first_s:6.2f} × mv  {title}", flush=True)
        journal.close()


def move_by_processes(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        subprocess.run(["mv", "-n", path, target / path.name], check=True)


def move_by_renames(source: Path, target: Path) -> None:
    target.mkdir()
    for path in sorted(source.iterdir()):
        path.rename(target / path.name)


def move(journal: Journal, source: Path, target: Path, mode: str = "move") -> None:
    run = journal.run(journal.start_run("sort", mode, source, target))
    wanted = (WantedBundle((WantedFile(path, target / path.name),)) for path in sorted(source.rglob("*.jpg")))
    assert all(outcome.state == "done" for outcome in carry_out_run(journal, Disk(), run, wanted, threading.Event()))
    journal.finish_run(run.run_id)


def undo(journal: Journal) -> None:
    run = next(run for run in journal.history() if run.is_undoable)
    undo_id = journal.start_run("undo", run.mode, run.dest, run.folder, run.run_id)
    outcomes = take_back(journal, Disk(), run, undo_id, threading.Event())
    assert all(outcome.state == "done" for outcome in outcomes)
    journal.finish_run(undo_id)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if sys.argv[1:] else 10_000,
        Path(sys.argv[2]) if sys.argv[2:] else None,
    )
