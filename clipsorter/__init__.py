"""Clipsorter sorts photos by categories that its user writes in words, on the user's own machine."""

import os

__version__ = "0.1.0"

# Read once, when torch and NumPy are imported. Threads of torch that wait for work sleep; by default they spin. Beside
# decoders or another busy program a picture took four times as long, against 4 % that sleeping costs on an idle machine
# (ViT-L/14 and ViT-B/32 on two cores). OpenBLAS has no threads: they kept a core busy for 25 ms after each small
# product, or waited up to 50 ms for one that was busy. Large products are made by `blocks.products`. Other programs
# that Clipsorter starts are to know nothing of it.
_THREADS = {"OMP_WAIT_POLICY": "PASSIVE", "OPENBLAS_NUM_THREADS": "1"}
SET_HERE = {name: value for name, value in _THREADS.items() if name not in os.environ}
os.environ.update(SET_HERE)
