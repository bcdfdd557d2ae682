"""Tells whether two pictures that look alike at a glance are one, by their details.

Pages of text look alike at a glance, and brick walls, and waves. So patches of one picture are searched for in the
other, near the places where they should be: the highest normalized cross-correlation, without what is coarser than a
patch. In a copy nearly all are found, and their shifts from these places fit one affine map. `sameness` is the
correlation that two thirds of the patches reach; it counts as 0 where a shift doesn't fit. On 100 photos and pages,
copies that were resized, recompressed, cropped by 8 % or turned by 3° have 0.7 and more; 5,000 pairs of different pages
that look alike at a glance have 0 (`tests/benchmarks/duplicates.py` counts those that are taken for copies).
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from clipsorter.photos.look import View

SIDE = 128
SAME = 0.55  # from here on, two pictures are one

_PATCH, _STEP, _REACH = 24, 12, 6  # pixels: of a patch, from one to the next, and how far it is searched for
_A_SIDE = (SIDE - _PATCH - 2 * _REACH) // _STEP + 1  # patches
_BLUR = 4  # pixels: what is coarser than that is no detail
_LEAST_SPREAD = 3.0  # of grey levels, below which a patch shows nothing
_FEWEST = 4  # patches that show something
_MOST = 2 / 3  # of the patches are found in a copy
_FITS = 1.0  # pixels that a shift may be off
_ROUNDS = 5

Floats = NDArray[np.float32]


def detail_of(picture: Image.Image) -> NDArray[np.uint8]:
    """Return the details of a picture, uint8 [128, 128], whatever its shape."""
    return np.asarray(picture.convert("L").resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def sameness(one: NDArray[np.uint8], other: NDArray[np.uint8], view: View) -> float | None:
    """Return how much of one picture, cut and turned as by `view`, is found in the other, 0 to 1.

    None if there is too little detail to tell.
    """
    patches = _windows(_fine(view.of(Image.fromarray(one))), _PATCH, _REACH)
    around = _windows(_fine(Image.fromarray(other)), _PATCH + 2 * _REACH, 0)
    rows = np.flatnonzero(patches.std(axis=(1, 2)) >= _LEAST_SPREAD)
    if len(rows) < _FEWEST:
        return None
    correlations = _correlations(patches[rows], around[rows]).reshape(len(rows), -1)
    best = correlations.argmax(axis=1)
    shifts = np.stack(np.divmod(best, 2 * _REACH + 1), axis=1)
    places = np.stack([np.ones(len(rows)), *np.divmod(rows, _A_SIDE)], axis=1)
    fits = _fits_one_map(places, shifts.astype(np.float64))
    return float(np.quantile(np.where(fits, correlations[np.arange(len(rows)), best], 0), 1 - _MOST))


def _fine(picture: Image.Image) -> Floats:
    """Return what is finer than the blur, float32 [128, 128]."""
    blurred = picture.filter(ImageFilter.GaussianBlur(_BLUR))
    return np.asarray(picture, np.float32) - np.asarray(blurred, np.float32)


def _windows(picture: Floats, side: int, margin: int) -> Floats:
    """Return the squares of a picture around the place of each patch, float32 [64, side, side], row by row."""
    views = np.lib.stride_tricks.sliding_window_view(picture, (side, side))
    places = slice(margin, margin + _A_SIDE * _STEP, _STEP)
    return views[places, places].reshape(-1, side, side)


def _correlations(patches: Floats, around: Floats) -> Floats:
    """Return the normalized cross-correlation of patches [P, p, p] with all places in what is around them [P, q, q].

    Float32 [P, q − p + 1, q − p + 1]; products by the Fourier transform, sums of squares by running sums (Lewis 1995).
    """
    side, reach = patches.shape[1], around.shape[1] - patches.shape[1] + 1
    zero_mean = patches - patches.mean(axis=(1, 2), keepdims=True)
    spectrum = np.fft.rfft2(around) * np.conj(np.fft.rfft2(zero_mean, around.shape[1:]))
    products = np.fft.irfft2(spectrum, around.shape[1:])[:, :reach, :reach]
    spread = _sums(around**2, side) - _sums(around, side) ** 2 / side**2
    length = np.linalg.norm(zero_mean, axis=(1, 2))[:, None, None] * np.sqrt(np.maximum(spread, 1e-6))
    return np.asarray(products / length, np.float32)


def _sums(squares: Floats, side: int) -> NDArray[np.float64]:
    """Return the sums of all squares of a side within larger ones [P, q, q], float64 [P, q − side + 1 twice]."""
    running = np.pad(squares.astype(np.float64).cumsum(axis=1).cumsum(axis=2), ((0, 0), (1, 0), (1, 0)))
    rows = running[:, side:] - running[:, :-side]
    return np.asarray(rows[:, :, side:] - rows[:, :, :-side])


def _fits_one_map(places: NDArray[np.float64], shifts: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which shifts [P, 2] fit the affine map of places [P, 3] that most of them follow, bool [P].

    Least squares, again and again without what was furthest off.
    """
    kept, off = np.ones(len(places), bool), np.zeros(len(places))
    for _ in range(_ROUNDS):
        map_, *_ = np.linalg.lstsq(places[kept], shifts[kept], rcond=None)
        off = np.abs(places @ map_ - shifts).max(axis=1)
        kept = off <= max(_FITS, float(np.quantile(off, 0.6)))
    return off <= _FITS
