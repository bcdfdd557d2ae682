"""A second process that writes to the index: run by the tests, and killed by some of them.

`writer.py INDEX FOLDER BATCHES SIZE` waits for a line on stdin, then marks and adds BATCHES batches of SIZE photos, and
prints the number of a batch when it is committed.
"""

import sys
from pathlib import Path

import numpy as np

from clipsorter.library.entries import EmbeddedPhoto
from clipsorter.library.index import Index
from clipsorter.photos.photo import Photo


def main() -> None:
    index_path, folder, batches, size = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    with Index.open(index_path) as index:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(batches):
            photos = [Photo(folder / f"{number:04d}-{n:04d}.jpg", size=n, mtime_ns=n) for n in range(size)]
            index.mark_decoding(photos)
            vector = np.full(512, number / 1000, np.float32)
            index.add([EmbeddedPhoto(photo, str(photo.path).encode()[-16:], vector) for photo in photos], "encoder")
            print(number, flush=True)


if __name__ == "__main__":
    main()
