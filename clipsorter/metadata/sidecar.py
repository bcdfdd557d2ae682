"""Sidecars: the XMP files beside a photo that hold what is not written into it."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from clipsorter.metadata.preset import Naming
from clipsorter.photos.names import name_key
from clipsorter.photos.scan import RAW_SUFFIXES

_VERSION = re.compile(r"(.+)(_\d\d)(\.[^.]+)\.xmp", re.IGNORECASE)


def sidecars_of(photo: Path, names: Iterable[str]) -> list[Path]:
    """Return the sidecars of a photo among the names of its folder, `name.ext.xmp` first, in whatever case.

    darktable writes one for each version of its work on a photo: `name_01.ext.xmp`, if no photo has that name.
    `name.xmp` belongs to the RAW file where another photo has the same stem; without a RAW, to them all.
    """
    start = name_key(photo.stem)
    names = [name for name in names if name_key(name).startswith(start)]  # one look at each, not four
    wanted = [f"{photo.name}.xmp"]
    if photo.suffix.casefold() in RAW_SUFFIXES or not _has_raw(photo, names):
        wanted.append(f"{photo.stem}.xmp")
    found = []
    for name in wanted:
        found += [photo.with_name(each) for each in names if name_key(each) == name_key(name)]
    return found + [photo.with_name(each) for each in names if _is_version(each, photo, names)]


def new_sidecars(photo: Path, raw_namings: Collection[Naming]) -> list[Path]:
    """Return the names of sidecars to be made: for all but RAW files `name.ext.xmp`, which no other photo shares."""
    namings = raw_namings if photo.suffix.casefold() in RAW_SUFFIXES else (Naming.FULL,)
    return [photo.with_name(f"{photo.name}.xmp" if each is Naming.FULL else f"{photo.stem}.xmp") for each in namings]


def _is_version(name: str, photo: Path, names: Iterable[str]) -> bool:
    """Tell whether a name is that of a sidecar of one of darktable's versions of a photo."""
    match = _VERSION.fullmatch(name)
    if match is None or name_key(f"{match[1]}{match[3]}") != name_key(photo.name):
        return False
    return name_key(f"{match[1]}{match[2]}{match[3]}") not in {name_key(each) for each in names}


def _has_raw(photo: Path, names: Iterable[str]) -> bool:
    """Tell whether a RAW file has the stem of the photo."""
    stem = name_key(photo.stem)
    others = (Path(name) for name in names if name != photo.name)
    return any(other.suffix.casefold() in RAW_SUFFIXES and name_key(other.stem) == stem for other in others)
