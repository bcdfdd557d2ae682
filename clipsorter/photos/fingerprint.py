"""Recognise a photo by its content, so that one that was moved or renamed outside is not looked at again.

A fingerprint covers the size and both ends of a file. Two different photos share one only if they have the same size
and the same first and last 64 KiB. In a compressed picture that is as good as impossible: the head holds the camera's
metadata, and a change of one pixel moves every byte after it. It is likely in an uncompressed one (two screenshots or
scans with the same margins, a picture painted over in the middle), so these are hashed whole.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import PhotoError
from clipsorter.photos.photo import Photo

_END_BYTES = 64 * 1024
_UNCOMPRESSED_SUFFIXES = frozenset({".bmp", ".dib", ".pam", ".pbm", ".pgm", ".ppm", ".pnm", ".tga", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class FingerprintedPhoto:
    """A photo and the fingerprint (16 bytes) of its content."""

    photo: Photo
    fingerprint: bytes


def fingerprint(path: Path) -> bytes:
    """Return the fingerprint of the file, 16 bytes; raise PhotoError if it can't be read.

    Reads at most 128 KiB of a compressed picture, all of an uncompressed one. Reading pulls a file down that is only
    in the cloud: the caller knows those.
    """
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=16)
            if size <= 2 * _END_BYTES:
                digest.update(file.read(2 * _END_BYTES))
            elif path.suffix.lower() in _UNCOMPRESSED_SUFFIXES:
                digest.update(hashlib.file_digest(file, "blake2b").digest())
            else:
                digest.update(file.read(_END_BYTES))
                file.seek(size - _END_BYTES)
                digest.update(file.read(_END_BYTES))
    except OSError as error:
        raise PhotoError(f"can't be read: {error.strerror or error}") from error
    return digest.digest()


def full_hash(path: Path) -> bytes:
    """Return the BLAKE2b hash of the whole file, 64 bytes: equal only for identical content; raise PhotoError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "blake2b").digest()
    except OSError as error:
        raise PhotoError(f"can't be read: {error.strerror or error}") from error
