import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache, encode_thumbnail

_DAY_S = 86_400


def noise(size: tuple[int, int] = (640, 480), seed: int = 0) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 255, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def key(number: int) -> bytes:
    return number.to_bytes(2, "big").ljust(16, b"\x01")


@pytest.mark.parametrize(
    ("size", "expected"),
    [((4000, 3000), (512, 384)), ((300, 900), (171, 512)), ((64, 48), (64, 48)), ((9000, 2), (512, 1))],
)
def test_thumbnail_has_512_pixels_at_most_and_is_never_enlarged(
    tmp_path: Path, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails", 10**8)
    path = cache.put(key(1), Image.new("RGB", size, "red"))
    assert path is not None
    with Image.open(path) as thumbnail:
        assert (thumbnail.format, thumbnail.mode, thumbnail.size) == ("JPEG", "RGB", expected)
        red, green, blue = thumbnail.getpixel((0, 0))
    assert red > 245
    assert max(green, blue) < 10


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "P", "CMYK", "I;16"])
def test_picture_of_any_mode_has_a_thumbnail(mode: str) -> None:
    assert encode_thumbnail(Image.new(mode, (600, 600))).startswith(b"\xff\xd8")


def test_colour_profile_is_kept(tmp_path: Path) -> None:
    picture = noise()
    picture.info["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = ThumbnailCache(tmp_path, 10**8).put(key(1), picture)
    assert path is not None
    with Image.open(path) as thumbnail:
        assert thumbnail.info["icc_profile"] == picture.info["icc_profile"]


def test_thumbnail_is_found_by_fingerprint_in_a_later_session(tmp_path: Path) -> None:
    path = ThumbnailCache(tmp_path, 10**8).put(key(1), noise())
    later = ThumbnailCache(tmp_path, 10**8)
    assert later.get(key(1)) == path
    assert later.get(key(2)) is None


def test_least_recently_used_go_first_and_the_limit_holds(tmp_path: Path) -> None:
    one_bytes = len(encode_thumbnail(noise()))
    cache = ThumbnailCache(tmp_path, 10 * one_bytes + one_bytes // 2)
    now = time.time()
    for number in range(10):
        path = cache.put(key(number), noise(seed=number))
        assert path is not None
        os.utime(path, (now, now - _DAY_S * (20 - number)))
    assert cache.get(key(0)) is not None  # the oldest, but just used
    cache.put(key(10), noise(seed=10))
    left = [number for number in range(11) if cache.get(key(number))]
    assert 0 in left
    assert 1 not in left
    assert left[-1] == 10
    assert 8 <= len(left) <= 10
    for number in range(11, 60):
        cache.put(key(number), noise(seed=number))
        assert sum(file.stat().st_size for file in tmp_path.rglob("*.jpg")) <= 10 * one_bytes + one_bytes // 2


def test_new_session_counts_what_is_there(tmp_path: Path) -> None:
    limit_bytes = 5 * len(encode_thumbnail(noise()))
    for number in range(20):
        ThumbnailCache(tmp_path, limit_bytes).put(key(number), noise(seed=number))
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.jpg")) <= limit_bytes


def test_threads_share_a_cache(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 10 * len(encode_thumbnail(noise())))

    def fill(start: int) -> None:
        for number in range(start, start + 20):
            cache.put(key(number), noise(seed=number))

    threads = [threading.Thread(target=fill, args=(start,)) for start in (0, 10, 100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    files = list(tmp_path.rglob("*.jpg"))
    assert 5 <= len(files) <= 10
    for file in files:
        with Image.open(file) as thumbnail:
            thumbnail.load()


def test_folder_that_can_not_be_written_costs_the_thumbnail_only(tmp_path: Path) -> None:
    (tmp_path / "thumbnails").write_text("a file is in the way", encoding="utf-8")
    cache = ThumbnailCache(tmp_path / "thumbnails", 10**8)
    assert cache.put(key(1), noise()) is None
    assert cache.get(key(1)) is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
def test_full_disk_costs_the_thumbnail_only_and_leaves_no_rest(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    cache = ThumbnailCache(tmp_path / "thumbnails", 10**8)
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))  # the system refuses a longer file
        assert cache.put(key(1), noise()) is None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert {file.name for file in tmp_path.rglob("*") if file.is_file()} <= {"CACHEDIR.TAG"}


def test_file_left_empty_by_a_crash_is_no_thumbnail(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, 10**8)
    path = cache.put(key(1), noise())
    assert path is not None
    path.write_bytes(b"")
    assert cache.get(key(1)) is None


def test_thumbnails_are_never_taken_for_photos(tmp_path: Path) -> None:
    noise().save(tmp_path / "photo.png")
    assert ThumbnailCache(tmp_path / "cache", 10**8).put(key(1), noise()) is not None
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "CACHEDIR.TAG").write_text("no signature")
    noise().save(tmp_path / "mine" / "photo.png")
    found = [photo.path.relative_to(tmp_path).as_posix() for photo in scan(tmp_path)]
    assert found == ["photo.png", "mine/photo.png"]
