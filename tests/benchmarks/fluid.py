"""How long the window's thread is away, in gaps of a 5 ms timer, while the starter looks at real photos. No screen.

Below the table: what the longest gaps were made of (Linux), and the same timer in a process that only idles meanwhile,
which is what this machine and its other programs cost.

usage: python -m tests.benchmarks.fluid [--count N] [--photos FOLDER] [--log FILE]
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that lacks is not wanted here

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

TICK_MS = 5
_LIMIT_S = 900
_HEADER = f"{'gaps in ms':<44}{'median':>8}{'99 %':>8}{'max':>8}{'> 16':>7}{'> 50':>7}{'seconds':>9}"


@dataclass(frozen=True, slots=True)
class Gap:
    """One interval of the timer: its length, and what of it was spent computing and waiting for a core."""

    end_s: float
    length_ms: float
    computed_ms: float
    queued_ms: float


class Stopwatch:
    """Ticks each 5 ms in the thread that made it; runs the event loop until a condition is met."""

    def __init__(self) -> None:
        self.all: list[tuple[str, Gap]] = []
        self._gaps: list[Gap] = []
        self._condition: Callable[[], bool] = bool
        self._loop = QEventLoop()
        self._queue = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._last = self._clocks()
        self._begin_s = self._last[0]
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def wait(self, condition: Callable[[], bool]) -> float:
        """Let the window work until the condition holds; return the seconds that took."""
        begin_s = time.perf_counter()
        self._condition = condition
        if not condition():
            self._loop.exec()
        self._condition = bool
        return time.perf_counter() - begin_s

    def pause(self, seconds: float) -> None:
        """Let the window work for a while."""
        until_s = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() >= until_s)

    def restart(self) -> None:
        """Forget the gaps so far, and the time since the last tick."""
        self._gaps = []
        self._last = self._clocks()
        self._begin_s = self._last[0]

    def report(self, what: str) -> None:
        """Print the gaps since the last report."""
        self._tick()
        lengths = sorted(gap.length_ms for gap in self._gaps)
        middle, late = lengths[len(lengths) // 2], lengths[min(len(lengths) - 1, int(len(lengths) * 0.99))]
        over_16, over_50 = (sum(length > limit for length in lengths) for limit in (16, 50))
        seconds = self._gaps[-1].end_s - self._begin_s
        figures = f"{middle:>8.1f}{late:>8.1f}{lengths[-1]:>8.1f}{over_16:>7}{over_50:>7}{seconds:>9.1f}"
        print(f"{what:<44}{figures}", flush=True)
        self.all += [(what, gap) for gap in self._gaps]
        self.restart()

    def longest(self, count: int) -> list[tuple[str, Gap]]:
        """Return the longest gaps of all reports."""
        return sorted(self.all, key=lambda item: -item[1].length_ms)[:count]

    def _clocks(self) -> tuple[float, float, float]:
        queued_ns = 0
        with suppress(OSError):
            queued_ns = int(self._queue.read_text(encoding="ascii").split()[1])
        return time.perf_counter(), time.thread_time(), queued_ns / 1e9

    def _tick(self) -> None:
        now = self._clocks()
        length_s, computed_s, queued_s = (new - old for new, old in zip(now, self._last, strict=True))
        self._last = now
        self._gaps.append(Gap(now[0], 1000 * length_s, 1000 * computed_s, 1000 * queued_s))
        if self._condition():
            self._loop.quit()
        if now[0] - self._begin_s > _LIMIT_S:
            raise SystemExit("it takes too long")


def write_photos(folder: Path, source: Path | None, count: int) -> None:
    """Write JPEGs that all differ in content: real ones, each copy with a comment of its own."""
    import skimage
    from PIL import Image

    if source is not None:
        suffixes = (".jpg", ".jpeg")
        originals = [path.read_bytes() for path in sorted(source.rglob("*")) if path.suffix.lower() in suffixes]
    else:
        originals = []
        for path in sorted(Path(skimage.__file__).with_name("data").iterdir()):
            with suppress(OSError), Image.open(path) as picture, tempfile.TemporaryFile() as file:
                picture.convert("RGB").resize((1600, 1200)).save(file, "JPEG", quality=88)
                file.seek(0)
                originals.append(file.read())
    folder.mkdir(parents=True)
    for number in range(count):
        original = originals[number % len(originals)]
        comment = b"\xff\xfe\x00\x0a%08d" % number
        (folder / f"IMG_{number:05}.jpg").write_bytes(original[:2] + comment + original[2:])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--photos", type=Path, help="a folder of JPEGs; else pictures that come with scikit-image")
    parser.add_argument("--log", type=Path, help="where all gaps over 16 ms are written with their times")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        photos, others = Path(home) / "photos", Path(home) / "others"
        write_photos(photos, arguments.photos, arguments.count)
        write_photos(others, arguments.photos, arguments.count // 4)
        print(_HEADER)
        subprocess.run([sys.executable, "-m", __spec__.name, "idle", "nothing: a process that idles", "3"], check=True)
        idle = subprocess.Popen([sys.executable, "-m", __spec__.name, "idle", "the same, beside all this"], text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
        watch = _use_window(photos, others)
        print(idle.communicate("\n")[0].rstrip())
        for what, gap in watch.longest(8):
            print(
                f"  {gap.length_ms:6.1f} ms in “{what}”: {gap.computed_ms:.1f} computing, "
                f"{gap.queued_ms:.1f} waiting for a core, the rest for a lock"
            )
        if arguments.log:
            lines = [f"{gap.end_s:.4f} {gap.length_ms:.1f} {gap.computed_ms:.1f} {gap.queued_ms:.1f} {what}\n"
                     for what, gap in watch.all if gap.length_ms > 16]  # fmt: skip
            arguments.log.write_text("".join(lines), encoding="utf-8")


def _use_window(photos: Path, others: Path) -> Stopwatch:
    """Do what a person does in the window, and report the gaps of each step."""
    from clipsorter.settings import load_settings
    from clipsorter.ui.app import open_window
    from clipsorter.ui.turns import SWITCH_S

    sys.setswitchinterval(SWITCH_S)
    app = QApplication([])
    watch = Stopwatch()
    window = open_window(load_settings())
    window.show()
    app.processEvents()
    watch.report("the window is made and shown")
    watch.wait(lambda: window.status.model_words.startswith("Starter"))
    watch.report("the model is loaded, and measured")

    window.open_folder(photos)
    watch.wait(lambda: window.photos.rowCount() >= len(list(photos.iterdir())))
    watch.report("photos are listed")
    watch.pause(10)
    watch.report("photos are looked at")
    for line in ("dogs", "cats", "food, flowers, people"):
        question = window.photos.table.question
        window.categories.add(line.split(", "))
        took_s = watch.wait(lambda question=question: window.photos.table.question > question)
        watch.pause(1)
        print(f"  “{line}” typed meanwhile: answered after {1000 * took_s:.0f} ms")
    watch.report("categories are typed meanwhile")
    watch.wait(lambda: not window.session.is_busy)
    print(f"  {window.status.words}")
    watch.report("the rest is looked at")

    window.open_folder(others)
    watch.pause(1)
    for folder in (photos, others, photos):
        begin_s = time.perf_counter()
        window.open_folder(folder)
        call_s = time.perf_counter() - begin_s
        first_s = watch.wait(lambda: window.photos.rowCount() > 0)  # the worker has left the old folder by then
        print(f"  other folder: {1000 * call_s:.0f} ms for the call, {1000 * first_s:.0f} ms to its first photos")
        watch.pause(1)
    watch.report("folders are switched meanwhile")

    begin_s = time.perf_counter()
    window.close()
    print(f"  closed in {1000 * (time.perf_counter() - begin_s):.0f} ms, threads left: {_threads_left()}")
    watch.restart()
    return watch


def _threads_left() -> list[str]:
    own = (threading.main_thread(),)
    return [
        thread.name for thread in threading.enumerate() if thread not in own and not thread.name.startswith("Dummy")
    ]


def _idle(what: str, seconds: float | None) -> None:
    """Tick in a process of its own, for some seconds or until a line comes."""
    app = QCoreApplication([])
    assert app is not None
    watch = Stopwatch()
    watch.restart()
    if seconds is not None:
        watch.pause(seconds)
    else:
        line: list[str] = []
        threading.Thread(target=lambda: line.append(sys.stdin.readline()), daemon=True).start()
        watch.wait(lambda: bool(line))
    watch.report(what)


if __name__ == "__main__":
    if sys.argv[1:2] == ["idle"]:
        _idle(sys.argv[2], float(sys.argv[3]) if sys.argv[3:] else None)
    else:
        main()
