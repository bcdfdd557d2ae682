"""Pictures that are one, and pages that only look alike."""

import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from clipsorter.photos.detail import SAME, detail_of, sameness
from clipsorter.photos.look import ALIKE, alikeness, look_of
from tests.photos.test_look import COPIES, picture


def page(seed):
    """Draw a page of text whose lines are all of one length, as in a book."""
    letters = random.Random(seed)
    sheet = Image.new("L", (850, 1100), 248)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=16)
    for top in range(70, 1030, 24):
        draw.text((70, top), "".join(letters.choice("etaoin shrdlu cmfwyp") for _ in range(82)), fill=20, font=font)
    return sheet


def compared(one, other):
    likeness = alikeness(look_of(one), look_of(other))
    details = detail_of(one), detail_of(other)
    return likeness.alike, sameness(*(details[::-1] if likeness.is_of_other else details), likeness.view)


@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_copies_are_one_picture_in_either_order(change):
    one = picture("coffee.png")
    for pair in ((one, change(one)), (change(one), one)):
        _, same = compared(*pair)
        assert same > SAME + 0.1


@pytest.mark.parametrize("name", ["smaller", "grey", "cropped at a corner"])
def test_copies_of_a_page_are_one_picture(name):
    one = page(1)
    alike, same = compared(one, COPIES[name](one))
    assert alike > ALIKE
    assert same > SAME + 0.1


def test_pages_that_look_alike_are_not_one():
    pages = [page(seed) for seed in range(5)]
    for number, one in enumerate(pages):
        for other in pages[:number]:
            alike, same = compared(one, other)
            assert alike > ALIKE  # so the details must tell
            assert same < SAME - 0.2


def test_of_a_smooth_picture_nothing_is_told():
    fall = np.linspace(0, 255, 128, dtype=np.uint8)
    smooth = Image.fromarray(np.tile(fall, (128, 1)))
    assert compared(smooth, smooth) == (pytest.approx(1), None)
