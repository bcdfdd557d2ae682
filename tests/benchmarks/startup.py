"""How long a user waits: `--help`, the model being ready, and the first row after that.

usage: python tests/benchmarks/startup.py FOLDER [-- OPTIONS OF CLASSIFY]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
CLIPSORTER = [sys.executable, "-m", "clipsorter"]


def main() -> None:
    """Print medians of five rounds, each with an empty home."""
    folder, *options = [argument for argument in sys.argv[1:] if argument != "--"]
    helps, ready, first = [], [], []
    for _ in range(ROUNDS):
        started_s = time.perf_counter()
        subprocess.run([*CLIPSORTER, "--help"], check=True, capture_output=True)
        helps.append(time.perf_counter() - started_s)
        with tempfile.TemporaryDirectory() as home:
            command = [*CLIPSORTER, "classify", folder, "-c", "dogs", "cats", "people", *options]
            process = subprocess.Popen(
                command, env=os.environ | {"CLIPSORTER_HOME": home}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
            )
            started_s = time.perf_counter()
            process.stderr.readline()  # "Judged by …": the model is ready
            ready_s = time.perf_counter()
            process.stdout.readline()
            first.append(time.perf_counter() - ready_s)
            ready.append(ready_s - started_s)
            process.kill()
            process.communicate()
    for what, values in (("--help", helps), ("model ready", ready), ("first row after that", first)):
        print(f"{what:<22}{statistics.median(values):>7.2f} s")


if __name__ == "__main__":
    main()
