"""Trees of photos for the tests of moves, and what they hold."""

import os
import threading
from pathlib import Path

from clipsorter.moves.disk import Disk
from clipsorter.moves.examine import WantedBundle, WantedFile
from clipsorter.moves.journal import Journal
from clipsorter.moves.recovery import recover
from clipsorter.moves.sort import carry_out_run
from clipsorter.moves.undo import take_back

OLD_NS = 1_100_000_000_123_456_789


def write(path, content, mtime_ns=OLD_NS):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o640)
    os.utime(path, ns=(mtime_ns, mtime_ns))
    return path


def tree(*roots):
    """Return each file with its bytes, time, permissions and attributes, and each folder."""
    found = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            status = path.lstat()
            if path.is_dir():
                found[path] = None
            else:
                names = os.listxattr(path) if hasattr(os, "listxattr") else []
                attributes = {name: os.getxattr(path, name) for name in names}
                found[path] = (path.read_bytes(), status.st_mtime_ns, status.st_mode, attributes)
    return found


def files(found):
    return {path: entry for path, entry in found.items() if entry is not None}


def wanted(*pairs, category="dogs"):
    """Return one bundle, with the sizes and times that its files have now."""
    entries = []
    for source, target in pairs:
        status = source.stat()
        entries.append(WantedFile(source, target, status.st_size, status.st_mtime_ns))
    return WantedBundle(tuple(entries), category, "the model is sure")


def sort(home, folder, dest, bundles, *, mode="move", disk=None, cancel=None):
    """Carry out bundles in a run of its own; return its id and the outcomes."""
    with Journal.open(home / "journal.db") as journal:
        run_id = journal.start_run("sort", mode, folder, dest)
        outcomes = list(
            carry_out_run(journal, disk or Disk(), journal.run(run_id), bundles, cancel or threading.Event())
        )
        journal.finish_run(run_id)
    return run_id, outcomes


def undo(home, run_id, *, disk=None, files=None):
    with Journal.open(home / "journal.db") as journal:
        run = journal.run(run_id)
        undo_id = journal.start_run("undo", run.mode, run.dest, run.folder, run_id)
        outcomes = list(take_back(journal, disk or Disk(), run, undo_id, threading.Event(), files))
        journal.finish_run(undo_id)
    return outcomes


def start_again(home, disk=None):
    """Recover as the next start does; return the outcomes, and what is still in flight."""
    with Journal.open(home / "journal.db") as journal:
        outcomes = recover(journal, disk or Disk())
        return outcomes, journal.in_flight()


def photos_with_companions(folder: Path) -> list[Path]:
    return [
        write(folder / "a.nef", b"raw" * 3000),
        write(folder / "a.jpg", b"jpeg" * 1000),
        write(folder / "a.xmp", b"<x/>"),
    ]
