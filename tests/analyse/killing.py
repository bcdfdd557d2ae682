"""Indexes a folder in a process that is killed at random moments, and compares what is there with a whole run."""

import random
import subprocess
import sys
import time
from pathlib import Path

from clipsorter.analyse import Embedded, Failed, Memory, analyse
from clipsorter.clip.tuning import Tuning
from clipsorter.library.index import Index
from tests.colour_encoder import ColourEncoder, draw_many

PROGRAM = """
import sys
from pathlib import Path
from clipsorter.analyse import Embedded, Memory, analyse
from clipsorter.clip.tuning import Tuning
from clipsorter.library.index import Index
from tests.colour_encoder import ColourEncoder

print("started", flush=True)
with Index.open(Path(sys.argv[2])) as index:
    for event in analyse(Path(sys.argv[1]), ColourEncoder(), memory=Memory(index), tuning=Tuning(1, 16, 2, 2)):
        if isinstance(event, Embedded):
            print(len(event.photos), flush=True)
"""
ROOT = Path(__file__).parents[2]


def start(folder: Path, index: Path) -> subprocess.Popen:
    """Index in a process of its own, and wait until it begins."""
    command = [sys.executable, "-c", PROGRAM, str(folder), str(index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout.readline() == b"started\n", process.stderr.read()
    return process


def read(folder: Path, index_file: Path) -> tuple[dict[str, bytes], int]:
    """Finish indexing here; return each photo's vector as bytes, and how many had to be decoded."""
    encoder = ColourEncoder()
    vectors = {}
    with Index.open(index_file) as index:
        for event in analyse(folder, encoder, memory=Memory(index), tuning=Tuning(1, 16, 2, 2)):
            assert not isinstance(event, Failed), event
            if isinstance(event, Embedded):
                rows = zip(event.photos, event.embeddings, strict=True)
                vectors |= {photo.path.name: vector.tobytes() for photo, vector in rows}
        assert index.verify() == []
        assert index.info().photos == len(vectors)
    return vectors, sum(encoder.batches)


def kill_often(folder: Path, kills: int, photos: int, seed: int) -> dict[str, int]:
    """Kill an indexing process at work `kills` times; assert that nothing is lost, and return what was seen."""
    chance = random.Random(seed)
    draw_many(folder / "photos", photos)
    whole, _ = read(folder / "photos", folder / "whole.db")
    seen = {"killed at work": 0, "killed after the end": 0, "indexes begun": 1}
    index = folder / "killed.db"
    while seen["killed at work"] < kills:
        process = start(folder / "photos", index)
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        process.communicate()
        seen["killed at work" if process.returncode < 0 else "killed after the end"] += 1
        if index.exists():
            with Index.open(index) as opened:
                assert opened.verify() == []
                if opened.info().photos == photos:  # it was through: begin anew, so that later kills hit work too
                    vectors, _ = read(folder / "photos", index)
                    assert vectors == whole
                    index = folder / f"killed-{seen['indexes begun']}.db"
                    seen["indexes begun"] += 1
    resumed, decoded = read(folder / "photos", index)
    assert resumed == whole
    seen["decoded by the last run"] = decoded
    return seen
