"""How long closing the window takes while a model is being loaded: until it is gone, and until the program has ended.

python -m tests.benchmarks.closing
"""

import os
import subprocess
import sys
import tempfile
import time

_CHILD = """
import sys, time
from PySide6.QtCore import QTimer
from clipsorter.ui import app
opened = app.open_window
def open_window(*args):
    window = opened(*args)
    def close():
        if not window.session.is_loading:
            return
        timer.stop()
        QTimer.singleShot(int(sys.argv[1]), end)
    def end():
        loading, begin_s = window.session.is_loading, time.perf_counter()
        window.close()
        print(f"{1000 * (time.perf_counter() - begin_s):.0f} {loading} {time.time()}", flush=True)
    timer = QTimer(window)
    timer.timeout.connect(close)
    timer.start(1)
    return window
app.open_window = open_window
sys.exit(app.run([]))
"""


def main() -> None:
    """Print the figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print("closed after   close() took   then the program took   (a model was being loaded)")
    for delay_ms in (0, 100, 300, 600, 1000, 1500, 2000, 3000):
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                [sys.executable, "-c", _CHILD, str(delay_ms)],
                env=os.environ | {"CLIPSORTER_HOME": home}, capture_output=True, text=True, check=True,
            )  # fmt: skip
            end_s = time.time()
        took_ms, loading, closed_s = done.stdout.split()
        print(f"{delay_ms:9} ms {took_ms:>11} ms {1000 * (end_s - float(closed_s)):20.0f} ms   {loading}")


if __name__ == "__main__":
    main()
