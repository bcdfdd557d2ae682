"""Pictures for the screen: the newest wish first, bounded memory, nothing that stops at a broken file."""

import threading

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from clipsorter.photos.photo import Photo
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.ui.pictures import PictureReader, thumbnail_reader
from clipsorter.ui.thumbnails import PictureLoader, Thumbnails


def photo(path):
    status = path.stat()
    return Photo(path, status.st_size, status.st_mtime_ns)


@pytest.fixture
def pictures(tmp_path):
    for number in range(8):
        Image.new("RGB", (600, 400), (30 * number, 0, 0)).save(tmp_path / f"{number}.jpg")
    return [photo(tmp_path / f"{number}.jpg") for number in range(8)]


def test_thumbnail_is_kept_on_disk_and_read_from_there(pictures, tmp_path):
    cache = ThumbnailCache(tmp_path / "cache", 10**7)
    reader = thumbnail_reader(cache)
    image = reader.read(pictures[1], 256, is_proven=True)
    assert (image.width(), image.height()) == (256, 171)
    files = list((tmp_path / "cache").rglob("*.jpg"))
    assert len(files) == 1
    Image.new("RGB", (512, 512), "blue").save(files[0])
    assert reader.read(pictures[1], 256, is_proven=True).height() == 256
    reader.close()


def test_photo_that_was_not_looked_at_is_decoded_apart(pictures, tmp_path):
    reader = PictureReader(300)
    image = reader.read(pictures[7], 1000, is_proven=False)
    assert image.width() == 600
    assert image.pixelColor(5, 5).red() == pytest.approx(210, abs=3)
    assert reader._apart.process.is_alive()
    reader.close()
    assert not reader._apart.process.is_alive()


def test_broken_photo_gives_an_empty_picture(tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    assert PictureReader(256).read(photo(tmp_path / "broken.jpg"), 256, is_proven=True).isNull()
    assert PictureReader(256).read(Photo(tmp_path / "gone.jpg", 1, 1), 256, is_proven=True).isNull()


class SlowReader:
    """Reads nothing until it is let go, and notes in which order."""

    def __init__(self):
        self.go, self.order = threading.Event(), []

    def read(self, photo, pixels, is_proven):
        self.go.wait(10)
        self.order.append(photo.path.stem)
        image = QImage(pixels, pixels, QImage.Format.Format_RGB32)
        image.fill(0)
        return image

    def close(self):
        pass


def test_newest_wish_comes_first_and_old_ones_are_dropped(pictures, qtbot):
    reader = SlowReader()
    loader = PictureLoader(reader, threads=1, wishes=3)
    loader.ask(pictures[0], 16, True)
    qtbot.waitUntil(lambda: not loader.wishes())  # it is being read
    for entry in pictures[1:6]:
        loader.ask(entry, 16, True)
    reader.go.set()
    qtbot.waitUntil(lambda: len(reader.order) == 4)
    assert reader.order == ["0", "5", "4", "3"]
    loader.close()


def test_memory_is_bounded(pictures, qtbot):
    reader = SlowReader()
    reader.go.set()
    loader = PictureLoader(reader, threads=1, wishes=20)
    thumbnails = Thumbnails(loader, max_bytes=3 * 256 * 256 * 4)
    for entry in pictures:
        thumbnails.get(entry, 200, True)
    qtbot.waitUntil(lambda: thumbnails.get(pictures[-1], 200, True) is not None and len(reader.order) >= 8)
    qtbot.waitUntil(lambda: not thumbnails._asked)
    assert len(thumbnails._kept) == 3
    loader.close()


def test_picture_comes_at_the_size_it_is_drawn_at(pictures, qtbot):
    loader = PictureLoader(PictureReader(300), 1, 10)
    thumbnails = Thumbnails(loader, 10**8)
    qtbot.waitUntil(lambda: thumbnails.get(pictures[0], 200, True) is not None)
    for pixels, size in ((200, (200, 133)), (120, (120, 80)), (200, (200, 133)), (256, (256, 171))):
        picture = thumbnails.get(pictures[0], pixels, True)
        assert (picture.width(), picture.height()) == size
    assert thumbnails.get(pictures[0], 120, True).cacheKey() == thumbnails.get(pictures[0], 120, True).cacheKey()
    loader.close()


def test_wish_that_was_dropped_can_be_made_again(pictures, qtbot):
    reader = SlowReader()
    loader = PictureLoader(reader, threads=1, wishes=2)
    thumbnails = Thumbnails(loader, max_bytes=10**8)
    for entry in pictures[:5]:
        assert thumbnails.get(entry, 200, True) is None
    reader.go.set()
    qtbot.waitUntil(lambda: thumbnails.get(pictures[1], 200, True) is not None)
    loader.close()


def test_photo_that_failed_before_it_was_looked_at_is_read_again_once_it_is_proven(pictures, qtbot):
    class Doubtful(SlowReader):
        def read(self, photo, pixels, is_proven):
            image = super().read(photo, pixels, is_proven)
            return image if is_proven else QImage()

    reader = Doubtful()
    reader.go.set()
    loader = PictureLoader(reader, threads=1, wishes=9)
    thumbnails = Thumbnails(loader, max_bytes=10**8)
    qtbot.waitUntil(lambda: thumbnails.get(pictures[0], 200, False) is not None)
    assert thumbnails.get(pictures[0], 200, False).isNull()
    qtbot.waitUntil(lambda: bool(thumbnails.get(pictures[0], 200, True)))
    assert len(reader.order) == 2
    loader.close()
