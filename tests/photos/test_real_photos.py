"""The photos beside the project: real cameras, and files that were made to break decoders."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan

SQUARE = (64, 64)

# Runs apart from the tests, so that a decoder that crashes or eats all memory is a failure and not the end.
JUDGE = """
import json, sys
from pathlib import Path
from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
if sys.platform == "linux":
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
answers = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        answers[path.name] = list(decode(path, 224).size)
    except PhotoError as error:
        answers[path.name] = str(error)
status = Path("/proc/self/status")
peak = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")] if status.exists() else []
print(json.dumps([answers, int(peak[0].split()[1]) // 1024 if peak else None]))
"""

BROKEN_BUT_SEEN = """
broken1.jpg exif_impossible_date.jpg hopper_bad_exif.jpg invalid-exif.jpg junk_jpeg_header.jpg no_palette.gif
orientation_9.jpg png_named.jpg tiny_1x1.png wide_20000x1.png
""".split()
REASONS = {
    "zero_byte.jpg": "is empty",
    "empty.heic": "is empty",
    "truncated_50pct.jpg": "is cut short",
    "truncated_image.png": "is cut short",
    "corrupt_middle.jpg": "is damaged",
    "crc_error.png": "is damaged",
    "text_renamed.jpg": "is not a picture of a known kind",
    "bomb_30000x30000_1bit.png": "has more pixels than are safe to open",
    "decompression_bomb.gif": "has more pixels than are safe to open",
    "png_decompression_dos.png": "unpacks to more than is safe to open",
}


def thumb(path: Path) -> np.ndarray:
    return np.asarray(decode(path, 224).resize(SQUARE, Image.Resampling.BICUBIC)).astype(float)


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def test_every_camera_photo_is_found_and_decoded(shared_photos: Path) -> None:
    camera = shared_photos / "camera"
    with (camera / "manifest.csv").open(encoding="utf-8", newline="") as file:
        expected = {row["file"] for row in csv.DictReader(file)}
    photos = [item for item in scan(camera) if isinstance(item, Photo)]
    assert {photo.path.name for photo in photos} == expected
    for photo in photos:
        picture = decode(photo.path, 224)
        with_room = picture.mode == "RGB" and min(picture.size) >= 224
        assert with_room or photo.size < 200_000, photo.path.name


@pytest.mark.parametrize("number", range(2, 9))
def test_landscapes_of_all_orientations_look_the_same(shared_photos: Path, number: int) -> None:
    camera = shared_photos / "camera"
    first, other = thumb(camera / "Landscape_1.jpg"), thumb(camera / f"Landscape_{number}.jpg")
    assert decode(camera / f"Landscape_{number}.jpg", 224).size == (900, 600)
    assert likeness(first, other) > 0.98  # each shows its number
    assert likeness(first, other[::-1]) < 0.9
    assert likeness(first, other[:, ::-1]) < 0.9


def test_phones_and_cameras_come_out_upright(shared_photos: Path) -> None:
    camera = shared_photos / "camera"
    assert likeness(thumb(camera / "rot0mir0.avif"), thumb(camera / "rot1mir0.avif")) > 0.95
    assert likeness(thumb(camera / "orientation-90.jpg"), thumb(camera / "orientation-hflip.jpg")) > 0.99
    for name in ("Canon EOS 1000D.jpg", "Nikon Coolpix P7000.webp", "IMG_2927.HEIC", "arrow.heic", "classic-car.heic"):
        picture = decode(camera / name, 224)
        assert picture.height > picture.width, name
    # The arrow points up: its widest ink is in the upper half, at the ends of its head.
    ink = np.asarray(decode(camera / "arrow.heic", 224).convert("L").resize((90, 120))) < 90
    rows = [np.ptp(np.flatnonzero(row)) if row.any() else 0 for row in ink]
    assert int(np.argmax(rows)) < 60
    # The sky is above.
    for name in ("IMG_20180725_163423.jpg", "aarhus.jpg", "tahoe-gps.jpg", "heic-iphone7.heic", "broken1.jpg"):
        folder = "broken" if name == "broken1.jpg" else "camera"
        pixels = thumb(shared_photos / folder / name)
        assert pixels[:16].mean() > pixels[-16:].mean() + 10, name


def test_colours_are_right(shared_photos: Path) -> None:
    camera = shared_photos / "camera"
    flower = likeness(thumb(camera / "flower_small.cmyk.jpg"), thumb(camera / "flower_small.rgba.png"))
    assert flower > 0.8  # the PNG is half transparent
    park = thumb(camera / "Channel_digital_image_CMYK_color_no_profile.jpg")
    red, green, blue = park[40:].mean(axis=(0, 1))
    assert green > red > blue  # grass, which inverted inks would make purple
    red, green, blue = thumb(camera / "fin de journée.jpg").mean(axis=(0, 1))
    assert red > 1.5 * blue


def test_apple_heic_that_lost_its_last_tile_is_cut_short(shared_photos: Path, tmp_path: Path) -> None:
    whole = (shared_photos / "camera" / "IMG_2927.HEIC").read_bytes()
    (tmp_path / "a.heic").write_bytes(whole[:-1])
    with Image.open(tmp_path / "a.heic") as image:
        image.load()  # the decoder itself has no objection
    with pytest.raises(PhotoError, match="is cut short"):
        decode(tmp_path / "a.heic", 224)


def test_every_broken_file_is_a_picture_or_a_reason_within_two_gigabytes(shared_photos: Path) -> None:
    arguments = [sys.executable, "-c", JUDGE, str(shared_photos / "broken")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, timeout=120)
    answers, peak_mb = json.loads(done.stdout)
    assert done.stderr == ""
    assert sorted(name for name, answer in answers.items() if isinstance(answer, list)) == sorted(BROKEN_BUT_SEEN)
    assert {name: answers[name] for name in REASONS} == REASONS
    reasons = [answer for answer in answers.values() if isinstance(answer, str)]
    assert all(reason.startswith(("is ", "has ", "unpacks ")) for reason in reasons)
    assert answers["wide_20000x1.png"] == [20, 1]
    if peak_mb is not None:
        print(f"peak memory {peak_mb} MB")
        assert peak_mb < 2000
