"""Measures what the preview costs the window's thread and memory: python tests/benchmarks/preview.py PHOTO…"""

import os
import resource
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from clipsorter.photos.facts import read_facts
from clipsorter.photos.photo import Photo
from clipsorter.ui.photo_reader import PhotoReader, Wish
from clipsorter.ui.photo_view import PhotoView

_PAINTS = 20


def paint_ms(view: PhotoView) -> float:
    """Return the median time of one painting."""
    canvas = QImage(view.size(), QImage.Format.Format_RGB32)
    times = []
    for _ in range(_PAINTS):
        begin = time.perf_counter()
        view.render(canvas)
        times.append(1000 * (time.perf_counter() - begin))
    return sorted(times)[_PAINTS // 2]


def main() -> None:
    """Print a row for each photo."""
    app = QApplication([])
    reader = PhotoReader()
    view = PhotoView()
    view.resize(1920, 1080)
    print("facts ms | screen s | all pixels s | paint fit ms | paint 100 % ms | peak MB | photo")
    for name in sys.argv[1:]:
        path = Path(name)
        photo = Photo(path, path.stat().st_size, path.stat().st_mtime_ns)
        begin = time.perf_counter()
        facts = read_facts(path)
        facts_ms = 1000 * (time.perf_counter() - begin)
        begin = time.perf_counter()
        small = reader._look_at(Wish(photo, 1920, is_proven=True))
        small_s = time.perf_counter() - begin
        begin = time.perf_counter()
        full = reader._look_at(Wish(photo, 0, is_proven=True, is_full=True))
        full_s = time.perf_counter() - begin
        view.show_image(small.image, QSizeF(facts.width_pixels, facts.height_pixels))
        fit_ms = paint_ms(view)
        view.zoom(1.0)
        view.show_full(full.image)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        row = (
            f"{facts_ms:8.1f} | {small_s:8.2f} | {full_s:12.2f} | {fit_ms:12.1f} | {paint_ms(view):14.1f} | {peak_mb:7}"
        )
        print(f"{row} | {path.name} {facts.width_pixels} × {facts.height_pixels}")
    reader.close()
    del app


main()
