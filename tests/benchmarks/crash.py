"""Kill sorts at random moments and at every step, on one volume and across two: no photo may be lost.

usage: python -m tests.benchmarks.crash [KILLS] [SEED]
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.moves.crashing import Trial, kill_at_every_step, kill_often
from tests.tiny_clip import make_twin, write_checkpoint


def main(kills: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
        checkpoint = write_checkpoint(make_twin("vit"), Path(disk) / "tiny.pt", "state_dict")
        for volumes, other in (("one volume", disk), ("two volumes", memory)):
            if volumes == "two volumes" and Path(disk).stat().st_dev == Path(memory).stat().st_dev:
                print("there is no second volume here")
                continue
            report(volumes, "random", kill_often(trial(checkpoint, disk, other, 300), kills // 2, seed))
            report(volumes, "every step", kill_at_every_step(trial(checkpoint, disk, other, 4)))


def trial(checkpoint: Path, disk: str, other: str, photos: int) -> Trial:
    home = Path(tempfile.mkdtemp(dir=disk))
    os.environ["CLIPSORTER_HOME"] = str(home)
    from clipsorter.clip.importing import import_model

    import_model(checkpoint, model_id="tiny")
    folder = Path(tempfile.mkdtemp(dir=disk))
    return Trial(home, folder / "photos", Path(tempfile.mkdtemp(dir=other)) / "sorted", photos)


def report(volumes: str, how: str, seen: dict[str, int]) -> None:
    print(f"{volumes}, {how}")
    for what, count in sorted(seen.items()):
        print(f"{count:>6}  {what}")
    print(flush=True)


if __name__ == "__main__":
    kills, seed = (int(argument) for argument in (sys.argv[1:] + ["300", "11"][len(sys.argv) - 1 :]))
    started_s = time.monotonic()
    main(kills, seed)
    print(f"{time.monotonic() - started_s:.0f} s")
