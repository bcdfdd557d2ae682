"""What a plan of N photos costs, half of them RAW with JPEG and sidecar, some with names that are taken.

Nothing is on disk: the listings are given, so this measures the planning alone. `clashes` are names that a photo of
another folder has too, each time with other content of the same size.

usage: python tests/benchmarks/plan.py [--sizes N …]
"""

import argparse
import time
from collections.abc import Mapping
from pathlib import Path

from clipsorter.photos.disk import Kind
from clipsorter.sorting.plan import Assignment, State
from clipsorter.sorting.planning import plan_sorting

FOLDER_SIZE = 2_000  # photos in one folder
CATEGORIES = [f"Group {number % 5}/Thing {number}" for number in range(20)]


class GivenDisk:
    """Listings that are given; every file has one size and a content of its own."""

    def __init__(self) -> None:
        self.listings: dict[Path, dict[str, Kind]] = {}

    def listing(self, folder: Path) -> Mapping[str, Kind]:
        """Return what was given."""
        return self.listings.get(folder, {})

    def size(self, path: Path) -> int:
        """Return the one size."""
        return 1

    def content(self, path: Path) -> bytes:
        """Return the path for what it holds."""
        return str(path).encode()


def photos_of(count: int, disk: GivenDisk, *, clash: bool) -> list[Assignment]:
    """Put photos on the disk and return what is said of them; clashing ones have the same names in each folder."""
    assignments = []
    for number in range(count // 2):
        folder = Path(f"/photos/{number * 2 // FOLDER_SIZE:04}")
        stem = f"IMG_{number % (FOLDER_SIZE // 2) if clash else number:06}"
        names = [f"{stem}.NEF", f"{stem}.JPG", f"{stem}.xmp"] if number % 2 else [f"{stem}.jpg", f"{stem}_b.png"]
        disk.listings.setdefault(folder, {}).update(dict.fromkeys(names, Kind.FILE))
        category = CATEGORIES[number % len(CATEGORIES)]
        assignments += [Assignment(folder / name, State.MODEL, category, 0.9) for name in names[:2]]
    return assignments


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options = parser.parse_args()
    print(f"{'photos':>9}{'names':>10}{'CPU s':>10}{'bundles':>10}{'files':>10}{'renamed':>10}")
    for size in options.sizes:
        for clash in (False, True):
            disk = GivenDisk()
            assignments = photos_of(size, disk, clash=clash)
            started_s = time.process_time()
            counts = plan_sorting(assignments, Path("/sorted"), disk, roots=[Path("/photos")]).counts
            took_s = time.process_time() - started_s
            print(
                f"{size:>9}{'clashes' if clash else 'apart':>10}{took_s:>10.2f}{counts.bundles:>10}{counts.files:>10}"
                f"{counts.renamed:>10}",
                flush=True,
            )


if __name__ == "__main__":
    main()
