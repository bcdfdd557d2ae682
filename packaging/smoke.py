"""Starts a packaged Clipsorter as a new user's machine does: no settings, no network, no Python, no screen.

python packaging/smoke.py PROGRAM [--checkpoint FILE]    PROGRAM: dist/clipsorter/clipsorter, or what pip installed

Without a FILE, a tiny CLIP with random weights is made for the import, which needs the test extra.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
from clipsorter.cli.self_check import CATEGORIES, draw_pictures

LONGEST_S = 300


class Machine:
    """A home folder and an environment in which nothing is that the package doesn't bring."""

    def __init__(self, program: Path, home: Path) -> None:
        self._program = program.absolute()
        nothing = home / "empty"
        nothing.mkdir()
        self._environment = {"HOME": str(home), "PATH": str(nothing), "LANG": "C.UTF-8"}
        if sys.platform == "win32":
            for name in ("SYSTEMROOT", "TEMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
                self._environment[name] = os.environ["SYSTEMROOT"] if name == "SYSTEMROOT" else str(home)
        self._offline = offline()
        print("network    none" if self._offline else "network    could not be cut off here")

    def run(self, *arguments: str) -> str:
        """Run the program, print what it took, and return what it wrote; end with its messages if it fails."""
        started_s = time.perf_counter()
        done = subprocess.run(
            [*self._offline, str(self._program), *arguments],
            env=self._environment, cwd=self._environment["HOME"], capture_output=True, text=True, encoding="utf-8",
            timeout=LONGEST_S, check=False,
        )  # fmt: skip
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        print(f"{time.perf_counter() - started_s:>7.1f} s  {' '.join(arguments[:2])}")
        return done.stdout


def offline() -> list[str]:
    """Return the command that runs another in a network that holds nothing, where there is one that may be used."""
    unshare = shutil.which("unshare")
    command = [unshare or "", "--map-root-user", "--net"]
    if unshare and subprocess.run([*command, "/bin/true"], check=False, capture_output=True).returncode == 0:
        return command
    return []


def tiny_checkpoint(folder: Path) -> Path:
    """Make a CLIP with random weights, whose answers mean nothing."""
    from tests.tiny_clip import make_twin, write_checkpoint

    return write_checkpoint(make_twin("vit"), folder / "tiny.safetensors", "safetensors")


def main() -> None:
    """Go through everything once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        checkpoint = options.checkpoint or tiny_checkpoint(folder)
        home, photos = folder / "home", folder / "photos"
        home.mkdir()
        photos.mkdir()
        drawn = draw_pictures(photos)
        if drawn.pop("clock.jxl", None):  # which comes with an extra
            (photos / "clock.jxl").unlink()
        machine = Machine(options.program, home)
        print(f"           {machine.run('--version').strip()}")
        print("".join(f"           {line}\n" for line in machine.run("--self-check").splitlines()), end="")
        machine.run("models", "import", str(checkpoint), "--id", "tiny")
        rows = machine.run("classify", str(photos), "-c", *CATEGORIES, "--model", "tiny", "--format", "jsonl")
        answered = [json.loads(row) for row in rows.splitlines()]
        if len(answered) != len(drawn) or any(row["status"] != "ok" for row in answered):
            sys.exit(f"The imported model answered {answered}.")
        machine.run("models", "verify", "tiny")
        print(f"passed: {options.program}")


if __name__ == "__main__":
    main()
