from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image, ImageFilter

from clipsorter.photos.look import ALIKE, alikeness, look_of, sharpness_of

PICTURES = Path(skimage.__file__).with_name("data")


def picture(name="coffee.png"):
    with Image.open(PICTURES / name) as image:
        return image.convert("RGB")


def cut(image, share):
    x, y = int(image.width * share / 2), int(image.height * share / 2)
    return image.crop((x, y, image.width - x, image.height - y))


COPIES = {
    "smaller": lambda image: image.resize((image.width // 4, image.height // 4)),
    "grey": lambda image: image.convert("L"),
    "cropped": lambda image: cut(image, 0.1),
    "cropped at a corner": lambda image: image.crop((0, 0, int(image.width * 0.94), int(image.height * 0.94))),
    "turned": lambda image: cut(image.rotate(3, Image.Resampling.BICUBIC), 0.12),
}


@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_changed_copy_is_alike(change):
    for name in ("coffee.png", "chelsea.png", "astronaut.png"):
        assert alikeness(look_of(picture(name)), look_of(change(picture(name)))).alike > ALIKE


def test_other_pictures_are_not_alike():
    looks = [look_of(picture(name)) for name in ("coffee.png", "chelsea.png", "astronaut.png", "rocket.jpg")]
    found = [alikeness(one, other).alike for number, one in enumerate(looks) for other in looks[:number]]
    assert max(found) < 0.8


def test_plain_surfaces_tell_nothing():
    plain = look_of(Image.new("RGB", (90, 60), "navy"))
    assert alikeness(plain, plain).alike == 0
    assert alikeness(plain, look_of(picture())).alike == 0


def test_blur_takes_sharpness():
    sharp = picture()
    assert sharpness_of(sharp.filter(ImageFilter.GaussianBlur(4))) < 0.3 * sharpness_of(sharp)


def test_look_of_a_line_is_a_look():
    assert look_of(Image.new("L", (2000, 1))).shape == (32, 32)
    assert np.isfinite(sharpness_of(Image.new("L", (2000, 1))))
