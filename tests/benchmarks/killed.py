"""Kill an indexing process 50 times at random moments; the resumed index must equal an uninterrupted one.

usage: python -m tests.benchmarks.killed [KILLS] [SEED]
"""

import sys
import tempfile
from pathlib import Path

from tests.analyse.killing import kill_often

if __name__ == "__main__":
    kills, seed = (int(argument) for argument in (sys.argv[1:] + ["50", "7"][len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        for what, count in kill_often(Path(folder), kills, photos=3000, seed=seed).items():
            print(f"{count:>6}  {what}")
