"""Renders resources/clipsorter.svg into the files that each system wants of a program's icon.

python packaging/render_app_icon.py FOLDER    writes PNG of 16 to 1024 pixels, clipsorter.ico and clipsorter.icns
"""

import os
import sys
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).parents[1] / "resources" / "clipsorter.svg"
SIDES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)
ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)


def main(folder: Path) -> None:
    """Write all files into a folder."""
    app = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {}
    for side in SIDES:
        path = folder / f"clipsorter-{side}.png"
        render(side).save(str(path))
        pictures[side] = Image.open(path)
    large = pictures[1024]
    # Each size is drawn from the lines, none is made by shrinking another.
    large.save(folder / "clipsorter.icns", append_images=list(pictures.values()))
    pictures[256].save(
        folder / "clipsorter.ico",
        sizes=[(side, side) for side in ICO_SIDES],
        append_images=[pictures[side] for side in ICO_SIDES],
    )
    del app


def render(side: int) -> QImage:
    """Draw the icon as a square."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    return image


if __name__ == "__main__":
    main(Path(sys.argv[1]))
