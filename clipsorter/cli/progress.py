"""How far a run is: a live line on a terminal, a plain line now and then elsewhere."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from clipsorter.analyse import Progress
from clipsorter.cli.text import counted

_PLAIN_EVERY_S = 10.0


class _Console(Console):
    """Leaves the exit code to the program where the reader of a pipe has gone; rich would end with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class ProgressLine:
    """Shows progress on stderr; on a terminal rows must be printed through `console`, above the live line."""

    def __init__(self) -> None:
        rows_on_terminal = sys.stdout.isatty()
        self.console = _Console(file=sys.stdout)
        self._live = sys.stderr.isatty()
        self._bar = Bar(
            BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[pace]}"),
            console=self.console if rows_on_terminal else Console(stderr=True),
            transient=True, redirect_stdout=False, redirect_stderr=False, disable=not self._live,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=None, pace="")
        self._next_plain_s = time.monotonic() + _PLAIN_EVERY_S

    def __enter__(self) -> "ProgressLine":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, progress: Progress) -> None:
        """Take in how far the run is."""
        left = "" if progress.left_s is None else f" · {format_duration(progress.left_s)} left"
        self.advance(progress.done, progress.total, f"{progress.rate:.1f} photos/s{left}")

    def advance(self, done: int, total: int | None, pace: str = "") -> None:
        """Take in how many photos are done."""
        if self._live:
            self._bar.update(self._task, completed=done, total=total, pace=pace)
        elif time.monotonic() >= self._next_plain_s:
            self._next_plain_s = time.monotonic() + _PLAIN_EVERY_S
            so_far = counted(done, "photo") if total is None else f"{done} of {counted(total, 'photo')}"
            print(f"{so_far}{f' · {pace}' if pace else ''}", file=sys.stderr)


def format_duration(duration_s: float) -> str:
    """Give a duration as people say it: `40 s`, `3 min`, `2 h 10 min`."""
    if duration_s < 90:
        return f"{duration_s:.0f} s"
    minutes = round(duration_s / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
