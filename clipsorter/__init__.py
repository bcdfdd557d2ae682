"""Clipsorter sorts photos by categories that its user writes in words, on the user's own machine."""

import os

__version__ = "0.1.0"

# Read once, when torch and NumPy are imported: threads of theirs that wait for work sleep. By default they spin. Beside
# decoders or another busy program a picture took four times as long, against 4 % that sleeping costs on an idle machine
# (ViT-L/14 and ViT-B/32 on two cores), and OpenBLAS kept a core busy for 25 ms after each small product: a decision on
# 100,000 photos took 125 ms instead of 90. 16 means 2^16 cycles.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_THREAD_TIMEOUT", "16")
