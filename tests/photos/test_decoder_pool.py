import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from PIL import Image

from clipsorter.errors import PassingError, PhotoError
from clipsorter.photos.decoder_pool import DecoderApart, DecoderPool, is_lasting
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
def test_photo_that_kills_its_decoder_fails_alone(tmp_path):
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    os.mkfifo(tmp_path / "deadly.jpg")  # opening it blocks, so that the decoder can be killed at work
    apart = DecoderApart(32)
    with ThreadPoolExecutor(1) as thread:
        deadly = thread.submit(apart.decode, photo_of(tmp_path / "deadly.jpg"))
        while apart.process is None:
            time.sleep(0.01)
        apart.process.kill()
        with pytest.raises(PhotoError, match="crash"):
            deadly.result(timeout=60)
    assert apart.decode(photo_of(tmp_path / "a.png")).size == (40, 50)
    apart.close()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes to hold a decoder")
def test_closing_ends_a_decoder_that_is_still_at_a_photo(tmp_path):
    os.mkfifo(tmp_path / "endless.jpg")
    apart = DecoderApart(32)
    with ThreadPoolExecutor(1) as thread:
        endless = thread.submit(apart.decode, photo_of(tmp_path / "endless.jpg"))
        while apart.process is None:
            time.sleep(0.01)
        apart.close()
        assert not apart.process.is_alive()
        with pytest.raises(PassingError):
            endless.result(timeout=60)
        with pytest.raises(PassingError):  # none is begun anew
            apart.decode(photo_of(tmp_path / "endless.jpg"))


def test_no_process_outlives_a_program_that_is_killed(tmp_path):
    program = (
        "import sys; from pathlib import Path; from PIL import Image\n"
        "from clipsorter.photos.decoder_pool import DecoderApart; from clipsorter.photos.photo import Photo\n"
        "folder = Path(sys.argv[1]); Image.new('RGB', (40, 50)).save(folder / 'a.png')\n"
        "status = (folder / 'a.png').stat()\n"
        "apart = DecoderApart(32); apart.decode(Photo(folder / 'a.png', status.st_size, status.st_mtime_ns))\n"
        "print(apart.process.pid, flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killed:
        decoder = int(killed.stdout.readline())
        begun = psutil.Process(killed.pid).children(recursive=True)
        assert decoder in [process.pid for process in begun]
        killed.kill()
    assert psutil.wait_procs(begun, timeout=60)[1] == []


def test_process_that_cannot_be_begun_blames_no_photo(tmp_path):
    resource = pytest.importorskip("resource", reason="needs a limit on open files")
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    apart, limits = DecoderApart(32), resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        with pytest.raises(PassingError, match="process of its own"):
            apart.decode(photo_of(tmp_path / "a.png"))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
    assert apart.decode(photo_of(tmp_path / "a.png")).size == (40, 50)
    apart.close()


def test_photo_that_changed_since_it_was_found_is_not_taken(pool, tmp_path):
    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    photo = photo_of(tmp_path / "a.png")
    os.utime(tmp_path / "a.png", ns=(1, 1))
    with pytest.raises(PhotoError, match="changed"):
        pool.submit(photo, lambda picture: picture.size).result()


def test_lack_of_memory_is_of_the_moment(pool, tmp_path):
    def look(picture):
        raise MemoryError

    Image.new("RGB", (40, 50), "red").save(tmp_path / "a.png")
    with pytest.raises(PassingError, match="memory"):
        pool.submit(photo_of(tmp_path / "a.png"), look).result()


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
