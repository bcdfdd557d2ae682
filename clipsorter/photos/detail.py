"""Tells whether two pictures that look alike at a glance are one, by their details.

Pages of text look alike at a glance, and brick walls, and waves. So patches of one picture are searched for in the
other, near the places where they should be: the highest normalized cross-correlation, without what is coarser than a
patch. In a copy nearly all are found, and their shifts from these places fit one affine map. `sameness` is the
correlation that two thirds of the patches reach; it counts as 0 where a shift doesn't fit. On 100 photos and pages,
copies that were resized, recompressed, cropped by 8 % or turned by 3° have 0.7 and more; of 5,000 pairs of different
pages that look alike at a glance, all have less than 0.1 (`tests/benchmarks/duplicates.py`).
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from clipsorter.photos.look import View

SIDE = 128
SAME = 0.55  # from here on, two pictures are one

_PATCH, _STEP, _REACH = 24, 12, 6  # pixels: of a patch, from one to the next, and how far it is searched for
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
    patches, found = _fine(view.of(Image.fromarray(one))), _fine(Image.fromarray(other))
    places, shifts, correlations = [], [], []
    for top in range(_REACH, SIDE - _PATCH - _REACH + 1, _STEP):
        for left in range(_REACH, SIDE - _PATCH - _REACH + 1, _STEP):
            patch = patches[top : top + _PATCH, left : left + _PATCH]
            if patch.std() < _LEAST_SPREAD:
                continue
            around = found[top - _REACH : top + _PATCH + _REACH, left - _REACH : left + _PATCH + _REACH]
            correlation = _correlations(patch, around)
            places.append((1.0, left / SIDE, top / SIDE))
            shifts.append(np.unravel_index(int(correlation.argmax()), correlation.shape))
            correlations.append(correlation.max())
    if len(places) < _FEWEST:
        return None
    fits = _fits_one_map(np.array(places), np.array(shifts, np.float64))
    return float(np.quantile(np.where(fits, correlations, 0), 1 - _MOST))


def _fine(picture: Image.Image) -> Floats:
    """Return what is finer than the blur, float32 [128, 128]."""
    blurred = picture.filter(ImageFilter.GaussianBlur(_BLUR))
    return np.asarray(picture, np.float32) - np.asarray(blurred, np.float32)


def _correlations(patch: Floats, around: Floats) -> Floats:
    """Return the normalized cross-correlation of a patch with each place of its size, float32 [2 reach + 1] twice."""
    windows = np.lib.stride_tricks.sliding_window_view(around, patch.shape)
    flat = windows.reshape(-1, patch.size)
    zero_mean = (patch - patch.mean()).ravel()
    mean = flat.mean(axis=1)
    spread = np.einsum("np,np->n", flat, flat) - patch.size * mean**2
    length = np.linalg.norm(zero_mean) * np.sqrt(np.maximum(spread, 1e-6))
    return np.asarray((flat @ zero_mean / length).reshape(windows.shape[:2]), np.float32)


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
