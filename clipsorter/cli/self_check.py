"""The first half of `clipsorter --self-check`: each part that is not plain Python works once, on drawn pictures.

So a package that lacks one is known before a user meets it.
"""

import math
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import rawpy
from PIL import Image, ImageDraw, ImageFont, features

from clipsorter.analyse import Failed, Question, Scored, analyse
from clipsorter.clip.encoder import load_encoder
from clipsorter.clip.tokenizer import tokenize_array
from clipsorter.errors import ClipsorterError, PhotoError
from clipsorter.metadata.preset import PRESETS
from clipsorter.metadata.tagging import plan_tagging
from clipsorter.photos.decode import FORMATS
from clipsorter.photos.decoder_pool import DecoderApart
from clipsorter.photos.photo import Photo
from clipsorter.photos.raw import develop
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Thresholds

CATEGORIES = ("clocks", "documents", "dogs")
_SUFFIXES = {"PNG": "png", "WEBP": "webp", "TIFF": "tif", "HEIF": "heic", "AVIF": "avif", "JXL": "jxl"}
_A_DIAGRAM = [49406, 320, 22697, 49407]  # of openai/CLIP's README
_SIDE = 900
_WORDS = "Dear Sir or Madam, we thank you for your letter of the third and enclose the invoice for the month of"


class SelfCheckError(ClipsorterError):
    """A part of the program doesn't do what it must."""


def draw_pictures(folder: Path) -> dict[str, str]:
    """Write a page and a clock, the latter in each format that can be written; return the category of each name."""
    _page().save(folder / "page.jpg", quality=90)
    expected = {"page.jpg": "documents"}
    clock = _clock()
    for name, suffix in _SUFFIXES.items():
        if name in FORMATS and (name != "AVIF" or features.check("avif")):
            path = folder / f"clock.{suffix}"
            clock.save(path)
            expected[path.name] = "clocks"
    return expected


def check_engine(folder: Path, expected: Mapping[str, str]) -> None:
    """Try each part and print a line for it; raise SelfCheckError, or whatever a missing part raises."""
    _say("pictures", _check_decoders(folder))
    _say("RAW", _check_raw())
    _say("keywords", _check_keywords(folder / "page.jpg"))
    _say("words", _check_words())
    _say("starter", _check_starter(folder, expected))


def _say(part: str, what: str) -> None:
    sys.stdout.write(f"{part:<10}{what}\n")
    sys.stdout.flush()


def _check_decoders(folder: Path) -> str:
    """Decode all in the process apart, which a frozen program starts from itself."""
    apart = DecoderApart(224)
    try:
        for path in sorted(folder.iterdir()):
            status = path.stat()
            if min(apart.decode(Photo(path, status.st_size, status.st_mtime_ns)).size) < 224:
                raise SelfCheckError(f"{path.name} was decoded too small.")
    except PhotoError as error:
        raise SelfCheckError(f"{path.name} {error}.") from error
    finally:
        apart.close()
    return ", ".join(sorted(path.suffix[1:] for path in folder.iterdir()))


def _check_raw() -> str:
    try:
        develop(b"no RAW file", 224)
    except rawpy.LibRawError:
        return f"LibRaw {'.'.join(map(str, rawpy.libraw_version))}"
    raise SelfCheckError("LibRaw takes anything for a RAW file.")


def _check_keywords(photo: Path) -> str:
    """Work out how a picture gets a keyword, which is read back to prove it; nothing is written."""
    tagging = plan_tagging(photo, [("Clock",)], PRESETS["all"])
    if tagging.new != (("Clock",),) or not tagging.edits:
        raise SelfCheckError(f"{photo.name} would not get its keyword.")
    return f"{len(tagging.edits)} file would change"


def _check_words() -> str:
    tokens = tokenize_array(["a diagram"])[0, : len(_A_DIAGRAM)].tolist()
    if tokens != _A_DIAGRAM:
        raise SelfCheckError(f"Words are split wrongly: {tokens}.")
    return "CLIP's vocabulary"


def _check_starter(folder: Path, expected: Mapping[str, str]) -> str:
    encoder = load_encoder("starter", "cpu")
    question = Question([Category(name) for name in CATEGORIES], Thresholds(0.5, 0.15))
    found: dict[str, str | None] = {}
    for event in analyse(folder, encoder, question):
        if isinstance(event, Scored):
            found |= {photo.path.name: event.ranking.decision(row).category for row, photo in enumerate(event.photos)}
        elif isinstance(event, Failed):
            raise SelfCheckError(f"{event.path.name} {event.reason}.")
    if found != dict(expected):
        raise SelfCheckError(f"The starter sees {found}.")
    return f"{len(found)} pictures are what they show"


def _page() -> Image.Image:
    """Draw a typed letter."""
    page = Image.new("RGB", (_SIDE, 1200), "#fdfdfb")
    draw = ImageDraw.Draw(page)
    draw.text((90, 90), "Invoice No. 2024-117", "#111", ImageFont.load_default(44))
    for line, top in enumerate(range(190, 1100, 40)):
        words = _WORDS.split()
        text = " ".join(words[(line * 7 + place) % len(words)] for place in range(11))
        draw.text((90, top), text, "#222", ImageFont.load_default(26))
    return page


def _clock() -> Image.Image:
    """Draw a clock on a wall."""
    clock = Image.new("RGB", (_SIDE, _SIDE), "#b9a58c")
    draw = ImageDraw.Draw(clock)
    middle = np.array([_SIDE / 2, _SIDE / 2])

    def at(degrees: float, radius: float) -> tuple[float, float]:
        x, y = middle + radius * np.array([math.sin(math.radians(degrees)), -math.cos(math.radians(degrees))])
        return float(x), float(y)

    for radius, colour in ((360, "#3a2a20"), (320, "#f7f4ea")):
        draw.circle((_SIDE / 2, _SIDE / 2), radius, fill=colour)
    for hour in range(1, 13):
        draw.text(at(30 * hour, 255), str(hour), "#111", ImageFont.load_default(64), anchor="mm")
    for minute in range(60):
        draw.line((at(6 * minute, 300), at(6 * minute, 315)), fill="#111", width=2 if minute % 5 else 6)
    for degrees, length, width in ((305, 150, 18), (60, 230, 10)):
        draw.line((at(0, 0), at(degrees, length)), fill="#111", width=width)
    draw.circle((_SIDE / 2, _SIDE / 2), 20, fill="#111")
    return clock
