"""Takes the pictures of the README: the real window, with photos that scikit-image brings along (CC0 or public domain).

xvfb-run -s "-screen 0 1600x1000x24" python packaging/screenshots.py    writes packaging/pictures/*.webp
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import skimage
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication

PICTURES = Path(__file__).parent / "pictures"
PHOTOS = {
    "astronaut.png": "IMG_2041", "chelsea.png": "IMG_2042", "coffee.png": "IMG_2043", "rocket.jpg": "IMG_2044",
    "text.png": "SCAN_0007", "hubble_deep_field.jpg": "IMG_2047", "coins.png": "IMG_2050", "camera.png": "IMG_2051",
    "brick.png": "IMG_2052", "grass.png": "IMG_2053", "gravel.png": "IMG_2055", "clock_motion.png": "IMG_2058",
}  # fmt: skip
CATEGORIES = ("people", "cats", "coffee", "documents", "rockets", "night sky")
BY_HAND = {"IMG_2047.jpg": "night sky", "IMG_2044.jpg": "rockets", "SCAN_0007.jpg": "documents"}
OTHER_FOLDERS = ("Birthday", "Garden", "Scans")
SIZE = (1280, 800)
LONGEST_S = 180


class Stage:
    """The window with photos that were looked at, and a way to wait for what it does."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        from clipsorter.settings import Settings
        from clipsorter.ui.app import open_window
        from clipsorter.ui.theme import apply_theme

        self._app, self.dress = app, lambda choice: apply_theme(app, choice)
        self.dress("light")
        favourites = "\n".join(str(folder.with_name(name)) for name in OTHER_FOLDERS[:2])
        settings = Settings(
            categories="\n".join(CATEGORIES), zoom_pixels=152, offers_model=False, favourite_folders=favourites
        )
        self.window = open_window(settings, [str(folder)])
        tree = self.window.folders.tree
        tree.setRootIndex(tree.model().index(str(folder.parent)))  # of this machine, only what is in the picture
        self.window.left.setSizes([250, 350])
        self.window.resize(*SIZE)
        self.window.show()
        table = self.window.photos.table
        self.wait(lambda: not self.window.session.is_busy and len(table.photos) == len(PHOTOS) and table.question > 0)
        self.rest()

    def wait(self, is_done: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end_s = time.monotonic() + LONGEST_S
        while not is_done():
            self._app.processEvents()
            time.sleep(0.01)
            if time.monotonic() > end_s:
                sys.exit("The window did not get ready.")

    def rest(self) -> None:
        """Let all pictures come."""
        end_s = time.monotonic() + 2
        self.wait(lambda: time.monotonic() > end_s)

    def row(self, name: str) -> int:
        """Return the row of a photo."""
        return next(row for row, photo in enumerate(self.window.photos.table.photos) if photo.path.name == name)

    def take(self, name: str) -> None:
        """Write what is seen as a WebP."""
        self.rest()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self.window.grab().save(buffer, "PNG")
        path = Path(tempfile.gettempdir()) / "screenshot.png"
        path.write_bytes(buffer.data().data())
        PICTURES.mkdir(exist_ok=True)
        Image.open(path).convert("RGB").save(PICTURES / f"{name}.webp", quality=88, method=6)
        path.unlink()


def take_results(stage: Stage) -> None:
    """Photos in the order of their categories, and one of them in the preview."""
    from clipsorter.ui.photo_order import Order

    window = stage.window
    for name, category in BY_HAND.items():
        window.grid.choose(stage.row(name))
        window.review.assign(CATEGORIES.index(category))
    window.filters.choose_order(Order.CATEGORY)
    window.grid.choose(stage.row("IMG_2042.jpg"))
    window.grid.setFocus()
    stage.take("results")


def take_review(stage: Stage) -> None:
    """The unsure ones, least sure first, in the dark."""
    stage.dress("dark")
    stage.window.actions_.unsure.trigger()
    stage.window.grid.choose(stage.row("IMG_2051.jpg"))
    stage.take("review")


def main() -> None:
    """Take all pictures."""
    pictures = Path(tempfile.gettempdir()) / "Pictures"
    folder = pictures / "Holidays 2024"
    with tempfile.TemporaryDirectory() as home:
        os.environ["CLIPSORTER_HOME"] = home
        pictures.mkdir()
        try:
            for name in OTHER_FOLDERS:
                (pictures / name).mkdir()
            folder.mkdir()
            for name, called in PHOTOS.items():
                photo = Image.open(Path(skimage.__file__).with_name("data") / name)
                photo.convert("RGB").save(folder / f"{called}.jpg", quality=92)
            app = QApplication([sys.argv[0]])
            stage = Stage(app, folder)
            take_results(stage)
            take_review(stage)
            stage.window.close()
        finally:
            shutil.rmtree(pictures)


if __name__ == "__main__":
    main()
