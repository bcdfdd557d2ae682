import random
import subprocess
import sys
from contextlib import ExitStack, suppress
from pathlib import Path

import numpy as np

from clipsorter.library.index import Index
from clipsorter.photos.photo import Photo

_WRITER = Path(__file__).with_name("writer.py")


def start_writer(index: Path, folder: Path, batches: int, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, _WRITER, index, folder, str(batches), str(size)]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def batch_photos(folder: Path, number: int, size: int) -> list[Photo]:
    return [Photo(folder / f"{number:04d}-{n:04d}.jpg", size=n, mtime_ns=n) for n in range(size)]


def test_two_processes_adding_the_same_photos_end_with_one_row_each(tmp_path: Path) -> None:
    path, folder, batches, size = tmp_path / "index.db", tmp_path / "photos", 60, 20
    with ExitStack() as stack:
        writers = [stack.enter_context(start_writer(path, folder, batches, size)) for _ in range(2)]
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        for writer in writers:
            output, errors = writer.communicate(timeout=60)
            assert (writer.returncode, errors) == (0, "")
            assert len(output.split()) == batches
    with Index.open(path) as index:
        info = index.info()
        assert (info.photos, info.vectors) == (batches * size, {"encoder": batches * size})
        assert index.verify() == []


def test_killed_writer_leaves_a_sound_index_with_every_committed_batch(tmp_path: Path) -> None:
    path, size, dice = tmp_path / "index.db", 20, random.Random(4)
    committed: dict[Path, int] = {}
    for round_number in range(20):
        folder = tmp_path / f"round {round_number}"
        with start_writer(path, folder, batches=2000, size=size) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
            lines = [writer.stdout.readline() for _ in range(dice.randrange(8))]
            with suppress(subprocess.TimeoutExpired):  # somewhere inside a batch
                writer.wait(timeout=dice.uniform(0, 0.02))
            writer.kill()
            lines += writer.stdout.read().splitlines()
        with Index.open(path) as index:
            assert index.verify() == []
            committed[folder] = 0
            for number in range(2000):
                photos = batch_photos(folder, number, size)
                split = index.split(photos, "encoder")
                if len(split.known) < size:
                    assert split.known == []  # a batch is there whole or not at all
                    assert set(split.new + split.suspect) == set(photos)
                    break
                matrix = index.embeddings([known.photo_id for known in split.known], "encoder").matrix
                assert np.all(matrix == np.float16(number / 1000))
                committed[folder] += 1
        assert committed[folder] >= len(lines)  # each line was printed after its commit
    assert sum(committed.values()) > 20
    with Index.open(path) as index:
        assert index.info().vectors == {"encoder": sum(committed.values()) * size}
