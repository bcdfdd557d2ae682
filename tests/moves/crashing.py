"""Kills real commands that move photos, and looks whether a photo is lost."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

from clipsorter.library.index import Index
from tests.moves.trees import OLD_NS, write

ROOT = Path(__file__).parents[2]
KILLED = signal.SIGKILL


class Nursery:
    """Starts commands, in a home of their own, through the process that `tests.moves.nursery` describes."""

    def __init__(self, home):
        environment = os.environ | {"CLIPSORTER_HOME": str(home), "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.moves.nursery"],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout.readline() == "ready\n"

    def run(self, *arguments, **how):
        """Run a command; return whether it was killed, its exit code, what it said and how long it took."""
        self._process.stdin.write(json.dumps({"arguments": list(map(str, arguments)), **how}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        is_killed = os.WIFSIGNALED(answer["status"])
        assert not is_killed or os.WTERMSIG(answer["status"]) == KILLED, answer
        return is_killed, None if is_killed else os.WEXITSTATUS(answer["status"]), answer["said"], answer["took_s"]

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def make_photos(folder, count):
    """Draw photos with companions in sub-folders, some empty, and one file that belongs to none."""
    generator = np.random.default_rng(1)
    for number in range(count):
        place = folder / f"trip {number % 5}"
        place.mkdir(parents=True, exist_ok=True)
        photo = place / f"IMG_{number:04}.jpg"
        Image.fromarray(generator.integers(0, 256, (24, 24, 3), dtype=np.uint8)).save(photo)
        os.utime(photo, ns=(OLD_NS + number, OLD_NS + number))
        if number % 3 == 0:
            write(place / f"IMG_{number:04}.jpg.xmp", b"<x n='%d'/>" % number, OLD_NS - number)
        if number % 5 == 0:
            write(place / f"IMG_{number:04}.mov", bytes(generator.integers(0, 256, 20_000, dtype=np.uint8)), OLD_NS)
    (folder / "empty" / "deeper").mkdir(parents=True)
    write(folder / "trip 0" / "notes.txt", b"mine")


def look(*roots):
    """Return each file with its SHA-256 and time, each folder with None."""
    found = {}
    for root in roots:
        for path in root.rglob("*"):
            if path.is_dir():
                found[path] = None
            else:
                found[path] = (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
    return found


class Trial:
    """One folder that is sorted, killed, started again and undone, over and over."""

    def __init__(self, home, folder, dest, photos):
        self.home, self.folder, self.dest = home, folder, dest
        make_photos(folder, photos)
        self.before = look(folder)
        self.nursery = Nursery(home)
        self.seen = Counter()
        self._sort = ["sort", folder, dest, "-c", "dog", "cat", "--min-confidence", "0", "--apply", "--move"]
        _, code, said, took_s = self.sort(mark="to go")
        assert code == 0, (code, said)
        self.sort_s = took_s
        _, code, said, self.undo_s = self.nursery.run("undo", mark="Taking back")
        assert code == 0, said
        assert look(folder) == self.before
        self.start_s = self.nursery.run("history", mark="")[3]

    def sort(self, **how):
        return self.nursery.run(*self._sort, **how)

    def kill_at_random(self, chance):
        """Kill a sort, often also the next start and the undo, at moments of their work."""
        is_killed, *_ = self.sort(mark="to go", kill_after_s=chance.uniform(0, 1.1 * self.sort_s))
        self.seen["sorts killed at work" if is_killed else "sorts killed after the end"] += 1
        self.settle(chance if chance.random() < 0.5 else None)
        if chance.random() < 0.3:
            is_killed, *_ = self.nursery.run(
                "undo", mark="Taking back", kill_after_s=chance.uniform(0, 1.1 * self.undo_s)
            )
            self.seen["undos killed at work"] += is_killed
            self.settle(chance if chance.random() < 0.5 else None)
        self.undo()

    def kill_at_step(self, at, *, before):
        """Let a sort die at a call of the disk; tell whether it came so far."""
        is_killed, code, said, _ = self.sort(die_at=at, before=before)
        assert is_killed or code == 0, said
        self.settle(None)
        self.undo()
        return is_killed

    def settle(self, chance):
        """Start again, with kills if there is a chance, and see that every photo is whole and in one place."""
        unsettled = look(self.folder, self.dest)
        contents = {entry[0] for entry in unsettled.values() if entry}
        assert contents >= {entry[0] for entry in self.before.values() if entry}, "lost before the next start"
        self.seen["left in between"] += any(path.name.startswith(".clipsorter-") for path in unsettled)
        while chance is not None and chance.random() < 0.7:
            is_killed, *_ = self.nursery.run("history", mark="", kill_after_s=chance.uniform(0, 1.1 * self.start_s))
            self.seen["starts killed at work"] += is_killed
        _, code, said, _ = self.nursery.run("history")
        assert code == 0, said
        assert "between two places" not in said
        self.seen["starts that recovered"] += "was interrupted" in said
        found = {path: entry for path, entry in look(self.folder, self.dest).items() if entry}
        files = {path: entry for path, entry in self.before.items() if entry}
        assert Counter(found.values()) == Counter(files.values()), "lost, twice or changed"
        moved = {path.stem.split(".")[0] for path in found if path.is_relative_to(self.dest)}
        stayed = {path.stem.split(".")[0] for path in found if path.is_relative_to(self.folder)}
        assert not moved & stayed, "a bundle is torn"
        self.seen["sorts left half done"] += bool(moved) and len(stayed) > 1

    def undo(self):
        """Take back what was done, and see that the tree is as it was, byte for byte."""
        while True:
            _, code, said, _ = self.nursery.run("undo")
            if code != 0:
                break
        assert code == 2, said
        assert "nothing to undo" in said
        assert look(self.folder) == self.before
        assert not self.dest.exists()
        self.seen["trees restored"] += 1

    def close(self):
        self.nursery.close()
        with Index.open(self.home / "data" / "index.db") as index:
            assert index.verify() == []


def kill_often(trial, kills, seed):
    """Kill sorts at work `kills` times; return what was seen."""
    chance = random.Random(seed)
    while trial.seen["sorts killed at work"] < kills:
        trial.kill_at_random(chance)
    trial.close()
    return trial.seen


def kill_at_every_step(trial):
    """Let a sort die before and after each call of the disk; return what was seen."""
    for before in (True, False):
        at = 0
        while trial.kill_at_step(at, before=before):
            at += 1
            trial.seen["sorts killed at a step"] += 1
    trial.close()
    return trial.seen
