import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from clipsorter.photos.photo import Photo
from clipsorter.ui import photo_reader
from clipsorter.ui.photo_reader import PhotoReader, Wish

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")
WAIT_MS = 30_000


def photo_of(path):
    status = path.stat()
    return Photo(path, status.st_size, status.st_mtime_ns)


@pytest.fixture
def reader(qtbot):
    """Return a reader, and what it read by file name."""
    reader = PhotoReader()
    reader.readings = []
    reader.arrived.connect(reader.readings.append)
    yield reader
    reader.close()


def read(qtbot, reader, *wishes):
    count = len(reader.readings) + len(wishes)
    reader.ask(wishes)
    qtbot.waitUntil(lambda: len(reader.readings) == count, timeout=WAIT_MS)
    return reader.readings[-len(wishes) :]


@pytest.fixture
def rocket(tmp_path):
    """Return a photo that is turned: 640 × 427 as it is shown."""
    path = tmp_path / "rocket.jpg"
    tags = Image.Exif()
    tags[0x0112] = 6
    tags[0x010F], tags[0x0110] = "Canon", "Canon EOS 80D"
    with Image.open(Path(skimage.__file__).with_name("data") / "rocket.jpg") as image:
        image.transpose(Image.Transpose.ROTATE_90).save(path, exif=tags)
    return photo_of(path)


def test_photo_and_facts_are_read_upright_and_kept(qtbot, reader, rocket):
    (reading,) = read(qtbot, reader, Wish(rocket, 640, is_proven=True))
    assert (reading.image.width(), reading.image.height()) == (640, 427)
    assert (reading.facts.width_pixels, reading.facts.camera) == (640, "Canon EOS 80D")
    assert reader.get(rocket, 640) is reading
    assert reader.get(rocket, 3840) is None
    reader.ask([Wish(rocket, 640, is_proven=True)])
    assert reader._first == []


def test_colours_and_places_are_those_of_the_photo(qtbot, reader, tmp_path):
    pixels = np.zeros((300, 200, 3), np.uint8)
    pixels[:150] = (250, 120, 10)
    pixels[150:, 100:] = (5, 60, 200)
    Image.fromarray(pixels).save(tmp_path / "a.png")
    (reading,) = read(qtbot, reader, Wish(photo_of(tmp_path / "a.png"), 640, is_proven=True))
    places = [(0, 0), (199, 149), (100, 150), (199, 299), (99, 299)]
    colours = [reading.image.pixelColor(*place).getRgb() for place in places]
    assert colours == [(*pixels[y, x].tolist(), 255) for x, y in places]


def test_photo_smaller_than_asked_serves_every_size(qtbot, reader, rocket):
    (reading,) = read(qtbot, reader, Wish(rocket, 1280, is_proven=True))
    assert reader.get(rocket, 3840) is reading


def test_photo_that_cannot_be_read_has_a_reason(qtbot, reader, tmp_path):
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"\xff\xd8\xff nothing more")
    gone = Photo(tmp_path / "gone.jpg", 5, 5)
    for wish in (Wish(photo_of(path), 640, True), Wish(gone, 640, True), Wish(gone, 0, True, is_full=True)):
        (reading,) = read(qtbot, reader, wish)
        assert reading.image.isNull()
        assert reading.reason.startswith("is ")


def test_photo_that_was_not_looked_at_is_decoded_in_a_process_apart(qtbot, reader, rocket):
    (reading,) = read(qtbot, reader, Wish(rocket, 640, is_proven=False))
    assert reader._apart.process is not None
    assert reading.image.width() == 640


def test_full_picture_has_all_pixels_unless_that_is_too_much(qtbot, reader, tmp_path, monkeypatch):
    path = tmp_path / "large.png"
    Image.fromarray(np.tile(np.arange(256, dtype=np.uint8), (1500, 12))).save(path)
    (reading,) = read(qtbot, reader, Wish(photo_of(path), 0, is_proven=True, is_full=True))
    assert (reading.image.width(), reading.image.height()) == (3072, 1500)
    assert reading.image.pixelColor(200, 7).red() == 200
    monkeypatch.setattr(photo_reader, "_FULL_PIXELS", 1_000_000)
    (reading,) = read(qtbot, reader, Wish(photo_of(path), 0, is_proven=True, is_full=True))
    assert 0.8e6 < reading.image.width() * reading.image.height() < 1.01e6
    assert reader.get(photo_of(path), 0) is None


def test_pictures_in_memory_are_bounded_and_the_last_one_stays(qtbot, rocket, tmp_path):
    reader = PhotoReader(max_bytes=640 * 427 * 4 * 2)
    photos = []
    arrived = []
    reader.arrived.connect(arrived.append)
    for number in range(5):
        path = tmp_path / f"{number}.jpg"
        shutil.copy(rocket.path, path)
        photos.append(photo_of(path))
    reader.ask([Wish(photo, 640, is_proven=True) for photo in photos])
    qtbot.waitUntil(lambda: len(arrived) == 5, timeout=WAIT_MS)
    assert sum(reader.get(photo, 640) is not None for photo in photos) == 2
    reader.close()


def test_new_wishes_replace_those_that_wait(qtbot, reader, rocket, tmp_path, monkeypatch):
    may_go = threading.Event()
    real = photo_reader.decode

    def decode(path, min_side):
        may_go.wait(20)
        return real(path, min_side)

    monkeypatch.setattr(photo_reader, "decode", decode)
    photos = []
    for number in range(6):
        path = tmp_path / f"{number}.jpg"
        shutil.copy(rocket.path, path)
        photos.append(photo_of(path))
    reader.ask([Wish(photo, 640, is_proven=True) for photo in photos[:5]])
    qtbot.waitUntil(lambda: len(reader._at_work) == 2)
    reader.ask([Wish(photos[5], 640, is_proven=True)])
    may_go.set()
    qtbot.waitUntil(lambda: len(reader.readings) == 3, timeout=WAIT_MS)
    assert {reading.wish.photo for reading in reader.readings} == {photos[0], photos[1], photos[5]}


def test_what_is_wanted_now_does_not_wait_for_what_is_read_ahead(qtbot, reader, rocket, tmp_path, monkeypatch):
    may_go = threading.Event()
    real = photo_reader.decode
    monkeypatch.setattr(
        photo_reader, "decode", lambda path, side: (path.name == "rocket.jpg" or may_go.wait(20)) and real(path, side)
    )
    slow = []
    for number in range(3):
        shutil.copy(rocket.path, tmp_path / f"{number}.jpg")
        slow.append(photo_of(tmp_path / f"{number}.jpg"))
    other = Photo(tmp_path / "gone.jpg", 1, 1)
    reader.ask([Wish(photo, 640, is_proven=True) for photo in (rocket, *slow)])
    qtbot.waitUntil(lambda: len(reader.readings) == 1, timeout=WAIT_MS)
    assert reader.readings[0].wish.photo == rocket
    may_go.set()
    reader.ask([Wish(other, 640, is_proven=True)])
    qtbot.waitUntil(lambda: any(reading.wish.photo == other for reading in reader.readings), timeout=WAIT_MS)


def test_real_photos_are_pictures_or_reasons(qtbot, reader, shared_photos):
    paths = [path for path in (shared_photos / "broken").iterdir() if path.suffix != ".csv"]
    paths += [shared_photos / "camera" / name for name in ("arrow.heic", "bee_animated.gif", "colorchart.dng")]
    readings = read(qtbot, reader, *(Wish(photo_of(path), 1280, is_proven=True) for path in paths))
    assert all(reading.image.isNull() == bool(reading.reason) for reading in readings)
    sizes = {reading.wish.photo.path.name: reading.image.size().toTuple() for reading in readings}
    assert sizes["arrow.heic"] == (960, 1280)
    assert sizes["bee_animated.gif"] == (200, 133)
