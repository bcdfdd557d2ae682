"""How long each action on 100,000 photos keeps the window's thread, with all that is drawn after it. No screen.

usage: python -m tests.benchmarks.grid [COUNT]
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that lacks is not wanted here
os.environ["CLIPSORTER_HOME"] = tempfile.mkdtemp()

import numpy as np
import psutil
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clipsorter.photos.photo import Photo
from clipsorter.settings import Settings
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.failures import Failures
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_order import Grouping, Order
from clipsorter.ui.photo_table import Filter, State
from clipsorter.ui.session import Session
from clipsorter.ui.turns import SWITCH_S
from clipsorter.ui.window import MainWindow

NAMES = ("dogs", "cats", "food", "beach", "people")
BATCH = 2000
MONTHS_NS = 120 * 30 * 86_400 * 10**9


class Drawn:
    """Gives a picture for each photo without a disk."""

    def __init__(self) -> None:
        self._image = QImage(256, 192, QImage.Format.Format_RGB32)
        self._image.fill(Qt.GlobalColor.darkCyan)

    def read(self, photo: Photo, pixels: int, is_proven: bool) -> QImage:
        """Return the picture."""
        return self._image.copy()

    def close(self) -> None:
        """Do nothing."""


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    sys.setswitchinterval(SWITCH_S)
    app = QApplication([])
    session = Session(Settings())
    window = MainWindow(Settings(), session, Failures(session))
    window._small._reader = Drawn()
    window.categories.add(NAMES)
    window.resize(1320, 840)
    window.show()
    longest_ms: list[float] = []

    def timed(what: str, action: Callable[[], object]) -> None:
        app.processEvents()
        begin_s, begin_cpu_s = time.perf_counter(), time.thread_time()
        action()
        app.processEvents()
        cpu_ms = 1000 * (time.thread_time() - begin_cpu_s)
        longest_ms.append(cpu_ms)
        print(f"{1000 * (time.perf_counter() - begin_s):7.1f} {cpu_ms:7.1f}  {what}")

    print("ms by the clock, and of them at work in the window's thread (the rest is waiting for other programs)")
    photos, grid, filters = window.photos, window.grid, window.filters
    times_ms = _fill(app, window, count)
    for what, found in times_ms.items():
        print(
            f"{np.median(found):7.1f} {max(found):7.1f}  {what} of {BATCH}: the middle and the longest of {len(found)}"
        )
    for order in Order:
        timed(f"sort: {order.name}", lambda order=order: filters.choose_order(order))
    filters.choose_order(Order.FOLDER)
    for grouping in Grouping:
        timed(f"group: {grouping.name}", lambda grouping=grouping: filters.choose_grouping(grouping))
    filters.choose_grouping(Grouping.CATEGORY)
    for order in (Order.NEWEST, Order.LEAST_SURE, Order.FOLDER):
        timed(f"under headings, sort: {order.name}", lambda order=order: filters.choose_order(order))
    timed("fold a group", lambda: grid.fold(0, is_folded=True))
    timed("unfold it", lambda: grid.fold(0, is_folded=False))
    timed("choose a group", lambda: grid.choose_group(0))
    timed("sort with that group chosen", lambda: filters.choose_order(Order.NEWEST))
    timed("no headings with that group chosen", lambda: filters.choose_grouping(Grouping.NONE))
    rows = np.arange(count)
    dogs = rows[photos.table.category_numbers(rows) == 0]
    timed(f"choose {len(dogs)} photos of a category that lie scattered", lambda: grid.choose_rows(dogs))
    timed("choose one instead", lambda: grid.choose(0))
    timed("show unsure ones", lambda: filters.choose_state(State.UNSURE))
    timed("show all", lambda: filters.choose_state(None))
    timed("at least 50 %", lambda: filters.share.slider.setValue(50))
    timed("any share", lambda: filters.share.slider.setValue(0))
    timed("with 77 in the name", lambda: photos.show_only(Filter(text="77"), Order.FOLDER))
    timed("all again", lambda: photos.show_only(Filter(), Order.FOLDER))
    timed("choose all", grid.selectAll)
    timed("sort with all chosen", lambda: filters.choose_order(Order.OLDEST))
    timed("End", lambda: QTest.keyClick(grid, Qt.Key.Key_End))
    timed("Shift+Home", lambda: QTest.keyClick(grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier))
    grid.choose(7)
    timed("one decision", lambda: window.review.assign(1))
    timed("undo it", window.review.stack.undo)
    filters.choose_grouping(Grouping.CATEGORY)
    grid.choose(9)
    timed("one decision under headings", lambda: window.review.assign(2))
    timed("undo it", window.review.stack.undo)
    filters.choose_grouping(Grouping.NONE)
    grid.selectAll()
    timed("decide about all", lambda: window.review.assign(0))
    timed("undo that", window.review.stack.undo)
    timed("larger pictures", lambda: grid.set_zoom(200))
    timed("smaller pictures", lambda: grid.set_zoom(80))
    grid.set_zoom(160)
    timed("another width", lambda: window.resize(1200, 840))
    print(f"{max(longest_ms):7.1f} ms at work in the longest of these")
    _scroll(app, window)
    print(f"{psutil.Process().memory_info().rss / 2**20:7.0f} MB of memory, without a model")
    window.close()


def _fill(app: QApplication, window: MainWindow, count: int) -> dict[str, list[float]]:
    """Let photos appear and be answered in batches; return the milliseconds of each."""
    generator = np.random.default_rng(0)
    changed_ns = generator.integers(10**18, 10**18 + MONTHS_NS, count).tolist()
    found: dict[str, list[float]] = {"photos appear, a batch": [], "photos are answered, a batch": []}

    def timed(what: str, batch: Batch) -> None:
        begin_s = time.thread_time()
        window._take_batch(batch)
        app.processEvents()
        found[what].append(1000 * (time.thread_time() - begin_s))

    for first in range(0, count, BATCH):
        rows = range(first, min(first + BATCH, count))
        new = [Photo(Path(f"/nowhere/{row // 500:03}/IMG_{row % 5000:04}.jpg"), 1, changed_ns[row]) for row in rows]
        timed("photos appear, a batch", Batch(0, new))
    for first in range(0, count, BATCH):
        rows = list(range(first, min(first + BATCH, count)))
        share = np.sort(generator.dirichlet(np.ones(5), len(rows)).astype(np.float32))[:, ::-1]
        best = np.argsort(generator.random((len(rows), 5)))
        ranking = Ranking(NAMES, best, share, share, share[:, 0] > 0.5)
        timed("photos are answered, a batch", Batch(0, known=rows, answers=[Answers(1, rows, ranking)]))
    return found


def _scroll(app: QApplication, window: MainWindow, frames: int = 120) -> None:
    """Scroll from end to end, and line by line, drawing each time."""
    bar, viewport = window.grid.verticalScrollBar(), window.grid.viewport()
    for what, step in (("from end to end", bar.maximum() // frames), ("by a line of the wheel", 144)):
        bar.setValue(0)
        times_ms = []
        for _ in range(frames):
            begin_s = time.perf_counter()
            bar.setValue(bar.value() + step)
            app.processEvents()
            times_ms.append(1000 * (time.perf_counter() - begin_s))
        rate = 1000 * frames / sum(times_ms)
        print(f"{rate:7.0f} frames/s scrolling {what}, the longest {max(times_ms):.1f} ms")
    viewport.repaint(QRect(0, 0, 1, 1))
    begin_s = time.perf_counter()
    for _ in range(10):
        viewport.repaint()
    print(f"{100 * (time.perf_counter() - begin_s):7.1f} ms  to draw all that is in view")


if __name__ == "__main__":
    main()
