"""How a picture looks at a glance: small enough to keep, and compared so that a crop or a turn doesn't hide a copy.

A look is 32 × 32 grey pixels, whatever the shape of the picture. Two looks are compared by correlation: part of one,
cut and turned a little in 44 ways, with the whole of the other. On 200 photos, copies that were resized, recompressed,
cropped by 10 % or turned by 4° have 0.95 and more (the lowest twentieth), different photos of the same kind of thing
up to 0.75 (`tests/benchmarks/duplicates.py`).
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling, Transform

SIDE = 32
ALIKE = 0.92  # from here on, two looks are of one picture

_GRID = 16
_SCALES = (1.0, 0.94, 0.88, 0.82)
_TURNS = (0.0, -4.0, -2.0, 2.0, 4.0)  # degrees
_SHARPNESS_PIXELS = 256
_LEAST_SPREAD = 2.0  # of grey levels, below which a picture is a plain surface that looks like any other


@dataclass(frozen=True, slots=True)
class View:
    """A part of a picture: a square of this share of its sides, turned, and moved this far towards an edge, −1 to 1."""

    scale: float
    turn_degrees: float
    move: tuple[float, float]

    def places(self, grid: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return where points of the view [P, 2] are in the picture; both reach from −1 to 1."""
        across, down, start = self._axes()
        return grid[:, :1] * across + grid[:, 1:] * down + start

    def of(self, square: Image) -> Image:
        """Cut the view out of a square picture; it gets the size of that."""
        half, (across, down, start) = square.width / 2, self._axes()
        x, y = half * (1 + start - across - down)
        return square.transform(
            square.size, Transform.AFFINE, (across[0], down[0], x, across[1], down[1], y), Resampling.BILINEAR
        )

    def _axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        angle = np.radians(self.turn_degrees)
        across = self.scale * np.array([np.cos(angle), np.sin(angle)])
        return across, np.array([-across[1], across[0]]), (1 - self.scale) * np.array(self.move)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two looks are, up to 1, if `view` is taken of the one, or, where `is_of_other`, of the other."""

    alike: float
    view: View
    is_of_other: bool


def look_of(picture: Image) -> NDArray[np.uint8]:
    """Return the look of a picture, uint8 [32, 32]."""
    return np.asarray(picture.convert("L").resize((SIDE, SIDE), Resampling.BOX))


def sharpness_of(picture: Image) -> float:
    """Return the variance of the Laplacian at 256 pixels: more is sharper, among pictures of one scene."""
    scale = _SHARPNESS_PIXELS / max(picture.size)
    size = max(3, round(picture.width * scale)), max(3, round(picture.height * scale))
    grey = np.asarray(picture.convert("L").resize(size, Resampling.BILINEAR), np.float32)
    middle = grey[1:-1, 1:-1]
    return float((grey[:-2, 1:-1] + grey[2:, 1:-1] + grey[1:-1, :-2] + grey[1:-1, 2:] - 4 * middle).var())


def alikeness(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> Likeness:
    """Return how alike two looks are; 0 where one is a plain surface, of which nothing can be told."""
    ours, theirs = _views(one.tobytes()), _views(other.tobytes())
    alike, alike_other = ours @ theirs[0], theirs @ ours[0]
    is_of_other = bool(alike_other.max() > alike.max())
    best = alike_other if is_of_other else alike
    place = int(best.argmax())
    return Likeness(max(0.0, float(best[place])), _all_views()[place], is_of_other)


@lru_cache(512)  # of 45 KB each; a photo is compared with all that might be it
def _views(look: bytes) -> NDArray[np.float32]:
    """Return parts of a look as unit vectors without their mean, float32 [44, 256]; the first is the whole."""
    pixels = np.frombuffer(look, np.uint8)
    places, weights = _sampling()
    views: NDArray[np.float32] = np.einsum("vpk,vpk->vp", pixels[places].astype(np.float32), weights)
    views -= views.mean(axis=1, keepdims=True)
    views /= np.maximum(np.linalg.norm(views, axis=1, keepdims=True), 1e-6)
    return views if pixels.std() >= _LEAST_SPREAD else np.zeros_like(views)


@cache
def _all_views() -> list[View]:
    views = []
    for scale in _SCALES:
        for turn in _TURNS:
            moves = [(0.0, 0.0)] if turn or scale == 1 else [(x, y) for x in (0.0, -1.0, 1.0) for y in (0.0, -1.0, 1.0)]
            views += [View(scale, turn, move) for move in moves]
    return views


@cache
def _sampling() -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return for each point of each view the four pixels around it and their shares, both [44, 256, 4]."""
    line = (np.arange(_GRID) + 0.5) / _GRID * 2 - 1
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    at = np.clip((np.stack([view.places(grid) for view in _all_views()]) + 1) / 2 * SIDE - 0.5, 0, SIDE - 1)
    low = np.minimum(at.astype(np.intp), SIDE - 2)
    share = at - low
    corners = [(right, down) for down in (0, 1) for right in (0, 1)]
    places = np.stack([(low[..., 1] + down) * SIDE + low[..., 0] + right for right, down in corners], axis=-1)
    weights = np.stack(
        [np.abs(1 - right - share[..., 0]) * np.abs(1 - down - share[..., 1]) for right, down in corners], axis=-1
    )
    return places, weights.astype(np.float32)
