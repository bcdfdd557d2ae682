"""How long the window stands still while a plan of N photos is shown, ticked and carried out.

The plan is made of names alone; nothing is on the disk. Each figure is the longest of three turns in the window's
thread; what is made in the planner's thread is named so.

usage: python -m tests.benchmarks.sort_dialog [--photos N]
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtWidgets import QApplication

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.planning import plan_sorting
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.plan_tree import PlanTree
from clipsorter.ui.planner import Judged, Planned
from clipsorter.ui.sort_dialog import SortDialog
from clipsorter.ui.theme import apply_theme
from tests.benchmarks.plan import GivenDisk

FOLDER = Path("/photos")
NAMES = tuple(f"Thing {number}" for number in range(20))


def filled(count: int, disk: GivenDisk) -> PhotoModel:
    """Return a model of photos that were all judged, a quarter of them unsure."""
    paths = [FOLDER / f"{number // 2000:03}" / f"IMG_{number:06}.jpg" for number in range(count)]
    for path in paths:
        disk.listings.setdefault(path.parent, {})[path.name] = _kind()
    photos = PhotoModel()
    best = np.tile(np.arange(5, dtype=np.int16), (count, 1)) + np.arange(count, dtype=np.int16)[:, None] % 16
    probability = np.tile(np.float32([0.8, 0.1, 0.05, 0.03, 0.02]), (count, 1))
    ranking = Ranking(NAMES, best, probability, probability, np.arange(count) % 4 > 0)
    photos.take(
        Batch(1, [Photo(path, 1, 1) for path in paths], range(count), answers=[Answers(1, range(count), ranking)])
    )
    return photos


def _kind():
    from clipsorter.photos.disk import Kind

    return Kind.FILE


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=100_000)
    count = parser.parse_args().photos
    app = QApplication([])
    apply_theme(app, "light")
    disk = GivenDisk()
    photos = filled(count, disk)
    dialog = SortDialog(lambda _path: None)
    dialog.destination.show_folders([Path("/sorted")])
    dialog.show()

    def tell(what: str, act: Callable[[], object], times: int = 3) -> object:
        longest, result = 0.0, None
        for _ in range(times):
            start_s = time.perf_counter()
            result = act()
            app.processEvents()
            longest = max(longest, time.perf_counter() - start_s)
        print(f"{what:<60}{1000 * longest:>10.1f} ms", flush=True)
        return result

    is_meant = np.ones(count, bool)
    judged = tell("take down what is said of all photos", lambda: Judged(photos.table, is_meant))
    tell("look whether the plan is still that of the window", lambda: judged.is_as_now(photos.table, is_meant))
    plan = tell(
        "the plan (planner's thread)",
        lambda: plan_sorting(judged.assignments(), Path("/sorted"), disk, roots=[FOLDER]), 1,
    )  # fmt: skip
    tree = tell("its tree (planner's thread)", lambda: PlanTree(plan), 1)
    planned = Planned(tree, FOLDER, judged.looked_at(), judged.rows(), 2**40, True, {})
    tell("show the plan", lambda: dialog.show_planned(planned))
    top = dialog.folders.index_of(tree.top)
    tell("untick all", lambda: dialog.folders.setData(top, 0, 10))
    tell("tick all", lambda: dialog.folders.setData(top, 2, 10))
    tell("untick one photo", lambda: dialog.rows.setData(dialog.rows.index(count // 2, 0), 0, 10))
    tell("go to what stays", lambda: dialog.tree.setCurrentIndex(dialog.folders.index_of(tree.staying)), 1)
    tell("go to all that goes", lambda: dialog.tree.setCurrentIndex(top), 1)
    tell("scroll to the end", dialog.table.scrollToBottom)
    tell("name what was unticked", tree.unticked)
    gone = iter(np.arange(count).reshape(-1, 100))
    tell("100 photos leave", lambda: photos.lose(next(gone)))


if __name__ == "__main__":
    main()
