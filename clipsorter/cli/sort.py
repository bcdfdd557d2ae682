"""`clipsorter sort`: the plan, and with --apply what it says, done."""

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from clipsorter import paths
from clipsorter.analyse import Failed, Finished, Found, Progress
from clipsorter.apply import Books, Done, apply
from clipsorter.cli.asking import Asking, asking
from clipsorter.cli.judging import Answer
from clipsorter.cli.plan_rows import PlanRows, plan_rows
from clipsorter.cli.running import cancelled_by_ctrl_c, show_run
from clipsorter.cli.text import counted, printable
from clipsorter.errors import PhotoError
from clipsorter.photos.disk import Disk
from clipsorter.photos.facts import read_facts
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import absolute
from clipsorter.sorting.plan import Assignment, Plan, State
from clipsorter.sorting.planning import plan_sorting

Mode = Literal["move", "copy"]


def sort(options: argparse.Namespace) -> int:
    """Show where each photo would go, or with --apply bring it there; 1 if some photos failed or stayed."""
    root = absolute(options.folder)
    folder = root if root.is_dir() else root.parent
    with asking(options) as asked:
        assignments, looked_at, has_failed = _assign(asked)
        plan = plan_sorting(
            assignments, absolute(options.dest), Disk(),
            roots=[folder], date_folders=options.date_folders, taken=_day,
        )  # fmt: skip
        rows = plan_rows(options.format, root, plan, asked.progress.console)
        if not options.apply:
            for bundle in plan.bundles:
                rows.write(bundle)
            rows.write_staying(plan)
            _summarize(plan)
            _invite(plan, options.mode)
            return int(has_failed)
        return max(int(has_failed), _apply(asked, plan, rows, folder, options.mode, looked_at))


def _assign(asked: Asking) -> tuple[list[Assignment], dict[Path, Photo], bool]:
    """Return what is said of each photo, the photos as they were looked at, and whether something failed."""
    looked_at: dict[Path, Photo] = {}
    assignments: list[Assignment] = []
    for event in asked.answers:
        match event:
            case Found(photos):
                looked_at |= {photo.path: photo for photo in photos}
            case Answer():
                assignments.append(_assignment(event))
            case Failed(path, reason):
                print(f"clipsorter: {printable(path)} {printable(reason)}", file=sys.stderr)
                if path in looked_at:
                    assignments.append(Assignment(path, State.FAILED, detail=reason))
            case Progress():
                asked.progress.show(event)
            case Finished():
                return assignments, looked_at, event.failed > 0
    raise AssertionError("an analysis ends with Finished")


def _assignment(answer: Answer) -> Assignment:
    decision = answer.decision
    if decision.category is None:
        return Assignment(answer.photo.path, State.UNSURE)
    confidence = next((p.probability for p in decision.predictions if p.category == decision.category), 0.0)
    state = State.HUMAN if answer.by == "human" else State.MODEL
    return Assignment(answer.photo.path, state, decision.category, confidence)


def _day(photo: Path) -> date | None:
    """Return the day on which a photo was taken, None if it doesn't say."""
    try:
        taken = read_facts(photo).taken_local
    except PhotoError:
        return None
    return taken.date() if taken else None


def _summarize(plan: Plan) -> None:
    """Say on stderr how many go where, how many stay and why: the numbers add up to the photos found."""
    counts = plan.counts
    if not counts.photos:
        print("There are no photos to sort.", file=sys.stderr)
        return
    going = ", ".join(f"{printable(name)} {count}" for name, count in counts.by_category.items())
    staying = ", ".join(f"{why.value} {count}" for why, count in counts.by_why.items())
    print(
        f"{counted(counts.photos, 'photo')}: {counts.planned} to go{f' ({going})' if going else ''}, "
        f"{counts.staying} to stay{f' ({staying})' if staying else ''}; "
        f"{counts.companions} companion{' goes' if counts.companions == 1 else 's go'} along.",
        file=sys.stderr,
    )
    for shared in plan.shared_folders:
        print(f"{printable(shared.folder)} is shared by {printable(', '.join(shared.categories))}.", file=sys.stderr)


def _invite(plan: Plan, mode: Mode) -> None:
    if plan.bundles:
        verb = "moves" if mode == "move" else "copies"
        print(f"Nothing was changed. The same command with --apply {verb} them.", file=sys.stderr)


def _apply(asked: Asking, plan: Plan, rows: PlanRows, folder: Path, mode: Mode, looked_at: Mapping[Path, Photo]) -> int:
    """Do it; print each file that is in its place, and on stderr what stayed and the sums."""
    _summarize(plan)
    if not plan.bundles:
        return 0
    index = asked.memory.index if asked.memory else None
    books = Books(paths.journal_file(), index, asked.decisions)
    planned = {bundle.files[0].source: bundle for bundle in plan.bundles}
    with cancelled_by_ctrl_c() as cancel:
        run = apply(plan, books, folder=folder, mode=mode, looked_at=looked_at, cancel=cancel)
        return show_run(
            run, cancel,
            lambda done: rows.write(planned[done.files[0][0]]) if isinstance(done, Done) else None,
            asked.progress.advance,
        )  # fmt: skip
