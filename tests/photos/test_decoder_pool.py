import multiprocessing
import os
import signal
import time

import pytest
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.decoder_pool import DecoderPool, is_lasting
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import is_placeholder, lacks_content


@pytest.fixture
def pool():
    pool = DecoderPool(2, 32)
    yield pool
    pool.close()


def photo_of(path):
    status = path.stat()
    return Photo(path, status.st_size, status.st_mtime_ns)


@pytest.mark.parametrize("apart", [False, True])
def test_each_picture_is_looked_at(pool, tmp_path, apart):
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    future = pool.submit(photo_of(tmp_path / "a.png"), lambda picture: picture.getpixel((0, 0)), apart)
    assert future.result() == (255, 0, 0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes to hold a decoder")
def test_photo_that_kills_its_decoder_fails_alone(pool, tmp_path):
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    os.mkfifo(tmp_path / "deadly.jpg")  # opening it blocks, so that the decoder can be killed at work
    deadly = pool.submit(photo_of(tmp_path / "deadly.jpg"), lambda picture: picture.size, apart=True)
    while not (children := multiprocessing.active_children()):
        time.sleep(0.01)
    os.kill(children[0].pid, signal.SIGKILL)
    with pytest.raises(PhotoError, match="crash"):
        deadly.result()
    sound = pool.submit(photo_of(tmp_path / "a.png"), lambda picture: picture.size, apart=True)
    assert sound.result() == (40, 50)


def test_photo_that_changed_since_it_was_found_is_not_taken(pool, tmp_path):
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    photo = photo_of(tmp_path / "a.png")
    os.utime(tmp_path / "a.png", ns=(1, 1))
    with pytest.raises(PhotoError, match="changed"):
        pool.submit(photo, lambda picture: picture.size).result()


def test_faults_of_the_moment_are_told_from_faults_of_the_file(pool, tmp_path):
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(PhotoError) as broken:
        pool.submit(photo_of(tmp_path / "broken.jpg"), lambda picture: picture.size).result()
    with pytest.raises(PhotoError) as gone:
        pool.submit(Photo(tmp_path / "gone.jpg", 1, 1), lambda picture: picture.size).result()
    assert is_lasting(broken.value)
    assert not is_lasting(gone.value)


class Status:
    def __init__(self, **fields):
        self.__dict__.update(fields)


def test_placeholders_are_told_by_what_the_systems_say(tmp_path):
    assert lacks_content(Status(st_file_attributes=0x0040_0000 | 0x20))
    assert lacks_content(Status(st_flags=0x4000_0000))
    assert not lacks_content(Status(st_file_attributes=0x20, st_flags=0))
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert not is_placeholder(tmp_path / "a.jpg")
