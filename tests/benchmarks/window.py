"""How quick the window is: to the screen, with 100,000 rows, and while photos are looked at. Needs no screen.

usage: python -m tests.benchmarks.window [the options of tests.benchmarks.fluid]
"""

import os
import subprocess
import sys
import tempfile

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # what that lacks is not wanted here

_START = """
import time; begin_s = time.perf_counter()
import os, sys
from PySide6.QtWidgets import QApplication
from clipsorter.settings import load_settings
from clipsorter.ui.app import open_window
app = QApplication([])
window = open_window(load_settings())
window.show()
app.processEvents()
print(f"{time.perf_counter() - begin_s:.2f} s to the window, torch imported: {'torch' in sys.modules}")
window.close()
sys.stdout.flush()
os._exit(0)  # as the program does while a model is still being loaded
"""


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        subprocess.run([sys.executable, "-c", _START], check=True)
        subprocess.run([sys.executable, "-m", "tests.benchmarks.grid"], check=True)
    subprocess.run([sys.executable, "-m", "tests.benchmarks.fluid", *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
