"""How quick the window is: to the screen, with 100,000 rows, and while photos are looked at. Needs no screen.

python -m tests.benchmarks.window [PHOTOS]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
    count = int(sys.argv[1]) if sys.argv[1:] else 500
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        subprocess.run([sys.executable, "-c", _START], check=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.window", "rows"], check=True)
        _index(Path(home) / "photos", count)


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


def _index(folder: Path, count: int) -> None:
    """Look at drawn photos while a timer of 5 ms tells how long the thread of the window was away."""
    import numpy as np
    from PIL import Image
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from clipsorter.settings import load_settings
    from clipsorter.ui.app import _SWITCH_S, open_window

    folder.mkdir(parents=True)
    generator = np.random.default_rng(0)
    for number in range(count):
        small = Image.fromarray(generator.integers(0, 256, (12, 16, 3), dtype=np.uint8))
        small.resize((1600, 1200)).save(folder / f"{number:05}.jpg", quality=85)
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication([])
    window = open_window(load_settings())
    window.show()
    gaps_ms: list[float] = []
    last_s = time.perf_counter()

    def tick() -> None:
        nonlocal last_s
        now_s = time.perf_counter()
        gaps_ms.append(1000 * (now_s - last_s))
        last_s = now_s

    def report(what: str) -> None:
        longest = ", ".join(f"{gap:.0f}" for gap in sorted(gaps_ms)[-5:])
        print(f"{what}: {sum(gap > 50 for gap in gaps_ms)} gaps over 50 ms; the longest: {longest} ms")
        gaps_ms.clear()

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(5)
    window.categories.add(["dogs", "cats", "food"])
    while "Loading" in window.status._model.text():
        app.processEvents()
        time.sleep(0.001)
    report("while the model is loaded")
    begin_s = time.perf_counter()
    window.open_folder(folder)
    while window.session.is_busy:
        app.processEvents()
        time.sleep(0.001)
    print(f"{count} photos in {time.perf_counter() - begin_s:.1f} s: {window.status.words}")
    report("while they are looked at")
    begin_s = time.perf_counter()
    window.open_folder(folder)
    while not window.photos.rowCount():
        app.processEvents()
    print(f"{1000 * (time.perf_counter() - begin_s):.0f} ms from opening it again to the first rows")
    begin_s = time.perf_counter()
    window.close()
    print(f"{1000 * (time.perf_counter() - begin_s):.0f} ms to close")


if __name__ == "__main__":
    _rows() if sys.argv[1:] == ["rows"] else main()
