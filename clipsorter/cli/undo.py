"""`clipsorter undo` and `clipsorter history`: what was done to photos, and back."""

import argparse
import sys
from datetime import datetime

from clipsorter import paths
from clipsorter.apply import Books, Done, Run, Tagged, history, last_undoable, undo
from clipsorter.cli.memory import opened_decisions, opened_memory
from clipsorter.cli.progress import ProgressLine
from clipsorter.cli.running import cancelled_by_ctrl_c, show_run
from clipsorter.cli.text import counted, printable
from clipsorter.photos.scan import absolute
from clipsorter.settings import load_settings


def take_back(options: argparse.Namespace) -> int:
    """Undo a run; 1 if some photos had to stay where they are."""
    run = last_undoable(history(paths.journal_file()), options.run_id)
    print(f"Taking back run {run.run_id}: {_sentence(run)}", file=sys.stderr)
    settings = load_settings()
    with (
        opened_memory(settings, wanted=paths.index_file().exists()) as memory,
        opened_decisions() as decisions,
        ProgressLine() as progress,
        cancelled_by_ctrl_c() as cancel,
    ):
        index, thumbnails = (memory.index, memory.thumbnails) if memory else (None, None)
        books = Books(paths.journal_file(), index, decisions, thumbnails)
        stayed = "stayed as it was" if run.mode == "edit" else "stayed where it was"
        files = {absolute(path) for path in options.only} if options.only else None
        return show_run(undo(books, run.run_id, files=files, cancel=cancel), cancel, _show, progress.advance, stayed)


def show_history(_: argparse.Namespace) -> int:
    """Print one line a run, the latest first."""
    runs = history(paths.journal_file())
    if not runs:
        print("No photo was ever moved, copied, tagged or thrown away.", file=sys.stderr)
    thrown = {run.run_id for run in runs if run.kind == "trash"}
    for run in runs:
        when = datetime.fromtimestamp(run.started_ns / 1e9)
        print(f"{run.run_id:>4}  {when:%Y-%m-%d %H:%M}  {_sentence(run, is_from_trash=run.undoes in thrown)}")
    return 0


def _show(done: Done | Tagged) -> None:
    if isinstance(done, Tagged):
        for path in done.files:
            print(printable(path), flush=True)
        return
    for source, target in done.files:
        print(printable(f"{source} → {target}"), flush=True)


def _sentence(run: Run, *, is_from_trash: bool = False) -> str:
    """Say what a run did, and what of it is left; `is_from_trash` if it took back what was thrown away."""
    deeds = {"move": "moved", "copy": "copied", "edit": "tagged"}
    others = {
        "undo": f"undo of run {run.undoes}",
        "untag": f"removed the tags of run {run.undoes}",
        "trash": "into the trash",
    }
    what = others.get(run.kind) or deeds[run.mode]
    parts = [f"{what}: {counted(run.done, 'photo')} ({counted(run.files, 'file')})"]
    parts += [f"{run.failed} stayed"] if run.failed else []
    parts += [f"{run.in_flight} not settled"] if run.in_flight else []
    parts += [f"{run.undone} taken back"] if run.undone else []
    parts += ["broken off"] if run.was_broken_off or run.finished_ns is None else []
    is_one_place = run.mode == "edit" or run.kind == "trash"
    source = "the trash" if is_from_trash else printable(run.folder)
    where = source if is_one_place else f"{source} → {printable(run.dest)}"
    return f"{', '.join(parts)}; {where}"
