"""How quick the window is: to the screen, with 100,000 rows, and while photos are looked at. Needs no screen.

usage: python -m tests.benchmarks.window [the options of tests.benchmarks.fluid]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that lacks is not wanted here

_START = """
import time; begin_s = time.perf_counter()
import sys
from PySide6.QtWidgets import QApplication
from clipsorter.settings import load_settings
from clipsorter.ui.app import open_window
app = QApplication([])
window = open_window(load_settings())
window.show()
app.processEvents()
print(f"{time.perf_counter() - begin_s:.2f} s to the window, torch imported: {'torch' in sys.modules}")
window.close()
"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        subprocess.run([sys.executable, "-c", _START], check=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.window", "rows"], check=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.fluid", *sys.argv[1:]], check=True)


def _rows(count: int = 100_000) -> None:
    """Fill the grid without a worker, sort, filter, and scroll from end to end."""
    import numpy as np
    import psutil
    from PySide6.QtWidgets import QApplication

    from clipsorter.photos.photo import Photo
    from clipsorter.settings import Settings
    from clipsorter.sorting.category import Category
    from clipsorter.sorting.classifier import Ranking
    from clipsorter.ui.news import Answers, Batch
    from clipsorter.ui.photo_table import Filter, Order, State
    from clipsorter.ui.session import Session
    from clipsorter.ui.window import MainWindow

    app = QApplication([])
    window = MainWindow(Settings(), Session(Settings()))
    window.show()
    photos = [Photo(Path(f"/nowhere/IMG_{number:06}.jpg"), 1, number) for number in range(count)]
    generator = np.random.default_rng(0)
    names = [Category(name).name for name in ("dogs", "cats", "food", "beach", "people")]
    probability = np.sort(generator.dirichlet(np.ones(5), count).astype(np.float32))[:, ::-1]
    best = np.argsort(generator.random((count, 5)))
    ranking = Ranking(names, best, probability, probability, probability[:, 0] > 0.5)

    def timed(what: str, action) -> None:
        begin_s = time.perf_counter()
        action()
        app.processEvents()
        print(f"{1000 * (time.perf_counter() - begin_s):7.0f} ms  {what}")

    timed(f"{count} photos appear", lambda: window.photos.take(Batch(1, photos)))
    answers = Answers(1, list(range(count)), ranking)
    timed("all are answered", lambda: window._take_batch(Batch(1, known=range(count), answers=[answers])))
    for order in Order:
        timed(f"sort: {order.name}", lambda order=order: window.photos.show_only(Filter(), order))
    timed("filter: unsure", lambda: window.photos.show_only(Filter(State.UNSURE), Order.LEAST_SURE))
    timed("filter: name", lambda: window.photos.show_only(Filter(text="77"), Order.FOLDER))
    timed("all again", lambda: window.photos.show_only(Filter(), Order.FOLDER))
    timed("one decision", lambda: window.photos.label([5], ["cats"]))
    timed("larger pictures", lambda: window.grid.set_zoom(200))
    bar, frames, begin_s = window.grid.verticalScrollBar(), 120, time.perf_counter()
    for frame in range(frames):
        bar.setValue(bar.maximum() * frame // frames)
        window.grid.viewport().repaint()
        app.processEvents()
    print(f"{frames / (time.perf_counter() - begin_s):7.0f} frames/s scrolling end to end")
    print(f"{psutil.Process().memory_info().rss / 2**20:7.0f} MB of memory, without a model")
    window.close()


if __name__ == "__main__":
    _rows() if sys.argv[1:] == ["rows"] else main()
