"""How long after a double-click the window is on the screen: python tests/benchmarks/window_startup.py PROGRAM...

Each program is started as often as ROUNDS, after one start that nobody counts, with a home of its own, on a virtual
screen (Xvfb and xdotool must be there). Beside the time on the clock stands that on the processor, which other programs
lengthen less.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
LONGEST_S = 120
POLL_S = 0.01


def main() -> None:
    """Print a line for each program."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=[tell]) as screen:
        try:
            os.environ["DISPLAY"] = f":{os.read(told, 16).decode().strip()}"  # it says so when it is ready
            print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
            for program in sys.argv[1:]:
                times = [started_s(program) for _ in range(ROUNDS + 1)][1:]
                clock, processor = (statistics.median(column) for column in zip(*times, strict=True))
                each = " ".join(f"{each:.2f}" for each, _ in times)
                print(f"{clock:6.2f} s, of the processor {processor:.2f} s   {program}   ({each})")
        finally:
            screen.terminate()


def started_s(program: str) -> tuple[float, float]:
    """Start it, wait for its window, end it; return seconds on the clock, and of the processor until the end."""
    home = tempfile.mkdtemp()
    environment = {"HOME": home, "TMPDIR": home, "DISPLAY": os.environ["DISPLAY"], "PATH": "", "LANG": "C.UTF-8"}
    begun_s = time.perf_counter()
    with subprocess.Popen([program], env=environment) as process:
        wait_for(["xdotool", "search", "--onlyvisible", "--name", "Clipsorter"])
        took_s = time.perf_counter() - begun_s
        process.kill()
        usage = os.wait4(process.pid, 0)[2]
    shutil.rmtree(home, ignore_errors=True)
    return took_s, usage.ru_utime + usage.ru_stime


def wait_for(command: list[str]) -> None:
    """Run a command again and again until it succeeds."""
    end_s = time.perf_counter() + LONGEST_S
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if time.perf_counter() > end_s:
            sys.exit("No window came.")
        time.sleep(POLL_S)


if __name__ == "__main__":
    main()
