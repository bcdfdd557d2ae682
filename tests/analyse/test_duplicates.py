"""Vectors that are all alike leave it to the pictures, which are real, to say what is a copy."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image, ImageFilter

from clipsorter.analyse import Compared, Comparing, find_duplicates
from clipsorter.metadata.keywords import Field
from clipsorter.metadata.packet import edited_packet
from clipsorter.metadata.reading import PraiseReader
from clipsorter.photos.facts import Facts
from clipsorter.photos.fingerprint import fingerprint
from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.sorting.duplicates import Kind
from tests.photos.test_detail import page

PICTURES = Path(skimage.__file__).with_name("data")


@pytest.fixture
def album(tmp_path):
    folder = tmp_path / "album"
    folder.mkdir()
    for name in ("chelsea.png", "coffee.png", "rocket.jpg"):
        shutil.copy(PICTURES / name, folder / name)
    return folder


def compared(folder):
    photos = list(scan(folder))
    return Compared(photos, [fingerprint(photo.path) for photo in photos], np.ones((len(photos), 8), np.float32))


def groups_of(folder, **more):
    found = list(find_duplicates(compared(folder), 0.9, **more))
    assert any(isinstance(event, Comparing) for event in found)
    groups = [event for event in found if not isinstance(event, Comparing)]
    return [(group.kind, [each.photo.path.name for each in group.copies], best_of(group)) for group in groups]


def best_of(group):
    return group.copies[group.best].photo.path.name


def picture(album, name):
    with Image.open(album / name) as image:
        return image.convert("RGB")


def test_different_photos_are_no_duplicates(album):
    assert groups_of(album) == []


def test_pages_of_text_are_copies_of_their_own_copies_alone(tmp_path):
    for number in range(4):
        page(number).save(tmp_path / f"page {number}.png")
    page(2).convert("RGB").save(tmp_path / "copy.jpg", quality=60)
    assert [names for _, names, _ in groups_of(tmp_path)] == [["copy.jpg", "page 2.png"]]


def test_same_file_twice_is_an_exact_copy(album):
    shutil.copy(album / "coffee.png", album / "coffee (1).png")
    assert groups_of(album) == [(Kind.EXACT, ["coffee (1).png", "coffee.png"], "coffee.png")]


def test_stars_and_keywords_in_sidecars_say_which_is_best(album):
    for name in ("coffee (1).png", "coffee (2).png"):
        shutil.copy(album / "coffee.png", album / name)
    (album / "coffee (1).png.xmp").write_bytes(packet_with(["breakfast"]))
    stars = b'rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"'
    rated = packet_with(["more"]).replace(b'rdf:about=""', stars)
    exact = (Kind.EXACT, ["coffee (1).png", "coffee (2).png", "coffee.png"])
    assert groups_of(album, praise_of=PraiseReader()) == [(*exact, "coffee (1).png")]
    (album / "coffee (2).png.xmp").write_bytes(rated)
    assert groups_of(album, praise_of=PraiseReader()) == [(*exact, "coffee (2).png")]
    (album / "coffee (2).png.xmp").write_bytes(b"no packet at all")
    assert groups_of(album, praise_of=PraiseReader()) == [(*exact, "coffee (1).png")]


def packet_with(keywords):
    return edited_packet(b"", {Field.SUBJECT: tuple(keywords)})


def test_files_that_differ_in_the_middle_only_are_not_exact(album):
    data = bytearray((album / "rocket.jpg").read_bytes() + bytes(400_000))
    (album / "rocket.jpg").write_bytes(data)
    data[len(data) // 2] = 1
    (album / "other.jpg").write_bytes(data)
    assert [kind for kind, _, _ in groups_of(album)] == [Kind.NEAR]


def test_small_and_cropped_copies_are_found_and_the_largest_is_best(album):
    whole = picture(album, "chelsea.png")
    whole.resize((200, 133)).save(album / "small.jpg", quality=40)
    whole.crop((20, 15, whole.width - 20, whole.height - 15)).save(album / "cropped.png")
    assert groups_of(album) == [(Kind.NEAR, ["chelsea.png", "cropped.png", "small.jpg"], "chelsea.png")]


def test_raw_and_jpeg_of_one_name_are_one_picture(album):
    picture(album, "coffee.png").save(album / "coffee.jpg")
    (album / "coffee.png").rename(album / "coffee.heic")
    assert groups_of(album) == []


def test_raw_and_jpeg_count_once_beside_a_copy_of_one_of_them(album):
    (album / "elsewhere").mkdir()
    picture(album, "coffee.png").save(album / "coffee.jpg")
    (album / "coffee.png").rename(album / "coffee.heic")
    shutil.copy(album / "coffee.jpg", album / "elsewhere" / "coffee (1).jpg")
    assert groups_of(album) == [(Kind.NEAR, ["coffee.heic", "coffee (1).jpg"], "coffee.heic")]
    shutil.copy(album / "coffee.heic", album / "elsewhere" / "coffee (1).heic")
    assert groups_of(album) == [(Kind.EXACT, ["coffee.heic", "coffee (1).heic"], "coffee.heic")]


def test_two_names_of_one_file_are_no_copies(album):
    for name in ("a.png", "z.png"):
        (album / name).symlink_to(album / "coffee.png")
    (album / "hard.png").hardlink_to(album / "coffee.png")
    assert groups_of(album) == []
    shutil.copy(album / "coffee.png", album / "copied.png")
    ((kind, names, _),) = groups_of(album)
    assert kind is Kind.EXACT
    assert "copied.png" in names
    assert len(set(names) & {"coffee.png", "hard.png"}) == len(names) - 1 == 1


def test_it_goes_on_a_few_photos_at_a_time(album, monkeypatch):
    for number in range(100):
        shutil.copy(album / "coffee.png", album / f"{number}.png")
    opened = []
    monkeypatch.setattr("clipsorter.analyse.duplicates.read_facts", lambda path: opened.append(path) or Facts())
    monkeypatch.setattr("clipsorter.analyse.duplicates.full_hash", lambda path: opened.append(path) or b"")
    before = 0
    for _ in find_duplicates(compared(album), 0.9):
        assert len(opened) - before <= 16
        before = len(opened)
    assert before > 200


def shoot(album, name, image, time):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = time
    image.save(album / name, exif=exif)


def test_unlike_shots_of_one_moment_are_a_burst_with_the_sharpest_first(album):
    first, second = picture(album, "chelsea.png"), picture(album, "coffee.png").resize((451, 300))
    shoot(album, "a.jpg", first.filter(ImageFilter.GaussianBlur(5)), "2024:08:12 10:00:00")
    shoot(album, "b.jpg", second, "2024:08:12 10:00:02")
    shoot(album, "c.jpg", picture(album, "rocket.jpg"), "2024:08:12 10:00:09")
    for name in ("chelsea.png", "coffee.png", "rocket.jpg"):
        (album / name).unlink()
    assert groups_of(album) == [(Kind.BURST, ["a.jpg", "b.jpg"], "b.jpg")]


def test_thumbnails_spare_the_photos(album, tmp_path):
    cache = ThumbnailCache(tmp_path / "thumbnails", 2**24)
    whole = picture(album, "chelsea.png")
    whole.resize((300, 200)).save(album / "small.png")
    for name in ("chelsea.png", "small.png"):
        cache.put(fingerprint(album / name), picture(album, "coffee.png"))  # a look at the files would not say so
    assert [kind for kind, _, _ in groups_of(album, thumbnails=cache)] == [Kind.NEAR]


def test_cancelled_comparison_gives_no_groups(album):
    shutil.copy(album / "coffee.png", album / "copy.png")
    cancel = threading.Event()
    cancel.set()
    assert list(find_duplicates(compared(album), 0.9, cancel=cancel)) == []
