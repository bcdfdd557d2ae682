"""Kill taggings of a folder in place at random moments: each file must be whole, and the undo restore every byte.

usage: python -m tests.benchmarks.tag_crash [KILLS] [PHOTOS] [SEED]
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.apply.tag_killing import TagTrial, kill_often
from tests.tiny_clip import make_twin, write_checkpoint


def main(kills: int, photos: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = write_checkpoint(make_twin("vit"), Path(folder) / "tiny.pt", "state_dict")
        os.environ["CLIPSORTER_HOME"] = f"{folder}/home"
        from clipsorter.clip.importing import import_model

        import_model(checkpoint, model_id="tiny")
        trial = TagTrial(Path(folder) / "home", Path(folder) / "photos", photos)
        print(f"{photos} photos; an undisturbed tagging takes {trial.tag_s:.1f} s, its undo {trial.undo_s:.1f} s")
        for what, count in sorted(kill_often(trial, kills, seed).items()):
            print(f"{count:>6}  {what}")


if __name__ == "__main__":
    started_s = time.monotonic()
    main(*(int(argument) for argument in (sys.argv[1:] + ["100", "200", "11"][len(sys.argv) - 1 :])))
    print(f"{time.monotonic() - started_s:.0f} s")
