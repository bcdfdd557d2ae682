"""A run on a terminal: what is in its place, what stayed, the sums; Ctrl+C stops it after the photos in hand."""

import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from types import FrameType

from clipsorter.apply import Begun, Done, Event, Finished, Progress, Report, Stayed, Tagged
from clipsorter.cli import INTERRUPTED
from clipsorter.cli.text import counted, drop_output, printable

_VERBS = {
    ("sort", "move"): "moved",
    ("sort", "copy"): "copied",
    ("undo", "move"): "moved back",
    ("undo", "copy"): "taken away again",
    ("tag", "edit"): "tagged",
    ("untag", "edit"): "rid of what that run wrote",
    ("undo", "edit"): "as they were, byte for byte",
}


@contextmanager
def cancelled_by_ctrl_c() -> Iterator[threading.Event]:
    """Give an event that Ctrl+C sets, so that nothing is torn in the middle."""
    cancel = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        cancel.set()
        print("clipsorter: stopping after the photos in hand …", file=sys.stderr)

    earlier = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, earlier)


def show_run(
    run: Generator[Event, None, None],
    cancel: threading.Event,
    show: Callable[[Done | Tagged], None],
    advance: Callable[[int, int], None],
    stayed: str = "stayed where it was",
) -> int:
    """Follow a run to its end and return the exit code: 1 if a photo stayed where it should not."""
    with closing(run) as events:
        for event in events:
            match event:
                case Begun():
                    pass
                case Done() | Tagged():
                    _unless_nobody_reads(show, event)
                case Stayed(photo, reason, is_open):
                    where = "is not settled until the next start" if is_open else stayed
                    print(f"clipsorter: {printable(photo)} {where}: {printable(reason)}.", file=sys.stderr)
                case Progress(done, total):
                    advance(done, total)
                case Finished(report):
                    _tell_sums(report)
                    if cancel.is_set():
                        return INTERRUPTED
                    return 1 if report.stayed or report.still_open else 0
    raise AssertionError("a run ends with Finished")


def _unless_nobody_reads(show: Callable[[Done | Tagged], None], done: Done | Tagged) -> None:
    """Go on moving where `| head` has seen enough: half a sort is not what was asked for."""
    try:
        show(done)
    except BrokenPipeError:
        drop_output()


def _tell_sums(report: Report) -> None:
    """Say how every photo ended; the numbers add up."""
    verb = _VERBS[report.kind, report.mode]
    parts = [f"{report.done} of {counted(report.bundles, 'photo')} {verb}"]
    which = "changed" if report.mode == "edit" else "with companions"
    parts[0] += f" ({counted(report.files, 'file')} {which})"
    parts += [f"{report.unchanged} needed no change"] if report.unchanged else []
    how = "unchanged" if report.mode == "edit" else "in place"
    parts += [f"{report.stayed} stayed {how}"] if report.stayed else []
    parts += [f"{report.still_open} not settled until the next start"] if report.still_open else []
    parts += [f"{report.not_begun} not begun"] if report.not_begun else []
    print(f"Run {report.run_id}: {', '.join(parts)}.", file=sys.stderr)
    for notice in report.notices:
        print(f"clipsorter: {printable(notice)}", file=sys.stderr)
    if report.kind != "undo" and report.done:
        print(f"To take it back: clipsorter undo {report.run_id}", file=sys.stderr)
