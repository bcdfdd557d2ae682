"""What a photo's room shows while better pictures of it are on their way."""

import shutil
from pathlib import Path

import pytest
import skimage

from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.ui.news import Batch
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_pane import PhotoPane
from clipsorter.ui.photo_reader import PhotoReader
from clipsorter.ui.pictures import thumbnail_reader
from clipsorter.ui.thumbnails import PictureLoader, Thumbnails

WAIT_MS = 30_000


@pytest.fixture
def pane(qtbot, tmp_path):
    """Return a pane, not on the screen yet, over a table of a good and a broken photo."""
    shutil.copy(Path(skimage.__file__).with_name("data") / "rocket.jpg", tmp_path)
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    paths = [tmp_path / "rocket.jpg", tmp_path / "broken.jpg"]
    model = PhotoModel()
    photos = tuple(Photo(path, path.stat().st_size, path.stat().st_mtime_ns) for path in paths)
    model.take(Batch(1, photos=photos, known=(0, 1)))
    loader = PictureLoader(thumbnail_reader(ThumbnailCache(tmp_path / "cache", 2**24)), 1, 9)
    reader = PhotoReader()
    pane = PhotoPane(model, Thumbnails(loader, 2**24), reader)
    qtbot.addWidget(pane)
    pane.resize(500, 400)
    yield pane
    loader.close()
    reader.close()


def test_thumbnail_stands_in_until_the_photo_is_read(pane, qtbot):
    pane.show_row(0)
    assert "Reading" in pane._words
    qtbot.waitUntil(lambda: not pane.image.isNull(), timeout=WAIT_MS)
    assert max(pane.image.size().toTuple()) <= 512
    assert pane.facts.width_pixels == 0
    pane.show()
    qtbot.waitUntil(lambda: pane.facts.width_pixels == 640, timeout=WAIT_MS)
    assert pane.image.width() == 640
    assert pane._words == ""


def test_photo_that_turns_out_broken_says_why(pane, qtbot):
    pane.show()
    pane.show_row(1)
    qtbot.waitUntil(lambda: "it is damaged" in pane._words, timeout=WAIT_MS)
    assert pane.image.isNull()
    pane.show_row(-1)
    assert pane._words == ""
