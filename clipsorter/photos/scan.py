"""Finding photos: a folder becomes a stream of photos, and of what could not be read."""

import importlib.util
import os
import re
import stat
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from clipsorter.errors import UsageError
from clipsorter.photos.photo import Photo

# What cameras write from their sensor. `.raw` is left out: it is more often a disk image than a photo.
_RAW = """
    3fr arw bay cap cr2 cr3 crw dcr dcs dng drf erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf ori pef ptx raf rw2
    rwl rwz sr2 srf srw sti x3f
"""
_PICTURES = "jpg jpeg jpe jfif mpo png apng gif bmp dib tif tiff webp heic heics heif heifs hif avif avifs"
_OPTIONAL = "jxl" if importlib.util.find_spec("pillow_jxl") else ""
RAW_SUFFIXES = frozenset(f".{suffix}" for suffix in _RAW.split())
PHOTO_SUFFIXES = RAW_SUFFIXES | {f".{suffix}" for suffix in f"{_PICTURES} {_OPTIONAL}".split()}

# Folders without a dot in front that belong to a machine or to another program: thumbnails and recycle bins of
# network storage and Windows, and the libraries of Apple's programs, which break when a file is moved out of them.
_FOREIGN_FOLDERS = frozenset({"@eadir", "#recycle", "#snapshot", "$recycle.bin", "system volume information"})
_FOREIGN_LIBRARIES = (".photoslibrary", ".migratedphotolibrary", ".aplibrary")

# How a program marks a folder of what it can make again, as Clipsorter does its thumbnails (bford.info/cachedir).
CACHE_TAG, CACHE_SIGNATURE = "CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or folder that could not be looked at; `f"{path} {reason}"` reads as a sentence."""

    path: Path
    reason: str


def scan(roots: Path | Iterable[Path], *, recursive: bool = True) -> Iterator[Photo | Unreadable]:
    """Yield the photos of folders, and single files whatever their names, as the disk is walked.

    Within a folder files come first, then sub-folders, both in natural order (IMG_2 before IMG_10). Linked folders
    come after everything else, so that a photo is found under its own path rather than a link's; no folder is
    walked twice. Paths are absolute. Raise UsageError, before anything is walked, if a root is not there.
    """
    wanted = [absolute(root) for root in ([roots] if isinstance(roots, Path) else roots)]
    return _walk(wanted, {root for root in wanted if _is_file_root(root)}, recursive)


def absolute(root: Path) -> Path:
    """Return one name for one place; links are kept as the user wrote them unless `..` makes them ambiguous."""
    return root.resolve() if ".." in root.parts else root.absolute()


def _is_file_root(root: Path) -> bool:
    """Tell a file from a folder, and refuse what is neither."""
    try:
        mode = root.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a name with a NUL in it
        raise UsageError(
            f"{root} can't be opened ({_reason(error)}): check the spelling, and that its drive is connected."
        ) from error
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise UsageError(f"{root} is neither a file nor a folder: name a folder of photos, or a photo.")
    return stat.S_ISREG(mode)


def _walk(roots: list[Path], files: set[Path], recursive: bool) -> Iterator[Photo | Unreadable]:
    for file in dict.fromkeys(root for root in roots if root in files):
        yield _photo(file)
    visited: set[tuple[int, int]] = set()
    pending = deque(root for root in roots if root not in files)
    links: deque[Path] = deque()
    while pending or links:
        folder = pending.popleft() if pending else links.popleft()
        try:
            status = folder.stat()
        except OSError as error:
            yield Unreadable(folder, _reason(error))
            continue
        if (identity := (status.st_dev, status.st_ino)) in visited:
            continue
        visited.add(identity)
        listing = _list(folder)
        for entry in listing.photos:
            if (path := Path(entry.path)) not in files:
                yield _photo(path)
        if listing.error:
            yield Unreadable(folder, listing.error)
        if recursive:
            pending.extendleft(reversed(listing.folders))
            links.extend(listing.links)


@dataclass(frozen=True, slots=True)
class _Listing:
    """What one folder holds, in order; `error` says why it is not all of it."""

    photos: list["os.DirEntry[str]"]
    folders: list[Path]
    links: list[Path]
    error: str | None


def _list(folder: Path) -> _Listing:
    """Read one folder once; nothing is asked about its files but their kind, which the listing itself tells."""
    photos: list[os.DirEntry[str]] = []
    folders: list[os.DirEntry[str]] = []
    error: str | None = None
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if _is_hidden(entry):
                    continue
                if entry.name == CACHE_TAG and _is_cache_tag(Path(entry.path)):
                    return _Listing([], [], [], None)
                if _is_folder(entry):
                    if not is_foreign(entry.name):
                        folders.append(entry)
                elif _suffix(entry.name) in PHOTO_SUFFIXES and _may_be_file(entry):
                    photos.append(entry)
    except OSError as failure:
        error = _reason(failure)
    photos.sort(key=_natural)
    folders.sort(key=_natural)
    return _Listing(
        photos,
        [Path(entry.path) for entry in folders if not entry.is_symlink()],
        [Path(entry.path) for entry in folders if entry.is_symlink()],
        error,
    )


def _is_cache_tag(path: Path) -> bool:
    try:
        with path.open("rb") as tag:
            return tag.read(len(CACHE_SIGNATURE)) == CACHE_SIGNATURE
    except OSError:
        return False


def _suffix(name: str) -> str:
    """Return what pathlib calls the suffix, lower-case, at a tenth of the cost: it is asked of every file."""
    return name[name.rfind(".") :].lower() if "." in name else ""


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads in a circle, or to where we may not look: the photo, if it is one, says why
        return False


def _may_be_file(entry: "os.DirEntry[str]") -> bool:
    """Tell photos from sockets and devices; a link that leads nowhere counts, so that it is reported."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True


def _is_hidden(entry: "os.DirEntry[str]") -> bool:
    if entry.name.startswith("."):
        return True
    if sys.platform == "win32":
        return bool(entry.stat(follow_symlinks=False).st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN)
    return False


def is_foreign(name: str) -> bool:
    """Tell a folder that belongs to a machine or another program by its name; its photos are not looked at."""
    name = name.lower()
    return name in _FOREIGN_FOLDERS or name.endswith(_FOREIGN_LIBRARIES)


def _natural(entry: "os.DirEntry[str]") -> tuple[list[str | int], str]:
    """Return a sorting key in which numbers count by value; text and numbers alternate, so they never compare."""
    parts = re.split(r"([0-9]+)", entry.name.lower())
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], entry.name


def _photo(path: Path) -> Photo | Unreadable:
    try:
        status = path.stat()
    except OSError as error:
        return Unreadable(path, _reason(error))
    return Photo(path, status.st_size, status.st_mtime_ns)


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "is not there, or is a link to something that is not there"
        case PermissionError():
            return "may not be read: permission denied"
        case _:
            return f"can't be read: {getattr(error, 'strerror', None) or error}"
