"""Checks int8 on the user's own photos before any answer depends on it."""

from itertools import islice
from pathlib import Path

import numpy as np

from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import FastTrial
from clipsorter.clip.fast import TRIAL_PHOTOS
from clipsorter.errors import PhotoError
from clipsorter.photos.decode import decode
from clipsorter.photos.photo import Photo
from clipsorter.photos.placeholder import is_placeholder
from clipsorter.photos.scan import scan


def try_fast(folder: Path, encoder: ClipEncoder, recursive: bool = True) -> FastTrial:
    """Try int8 on the first photos of a folder that can be decoded; the encoder goes over to it if it may be trusted.

    Looks at no more than twice as many photos as it needs. Raises UsageError if the folder isn't there.
    """
    if refusal := encoder.fast_refusal():
        return FastTrial(0.0, 0.0, False, refusal)
    pixels = []
    for photo in islice(scan(folder, recursive=recursive), 2 * TRIAL_PHOTOS):
        if isinstance(photo, Photo) and not is_placeholder(photo.path):
            try:
                pixels.append(encoder.preprocess(decode(photo.path, encoder.card.resolution)))
            except PhotoError:
                continue  # the run itself will name it
        if len(pixels) == TRIAL_PHOTOS:
            break
    side = encoder.card.resolution
    return encoder.try_fast(np.stack(pixels) if pixels else np.empty((0, side, side, 3), np.uint8))
