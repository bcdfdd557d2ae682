"""Which files of a photo change, and how, when it gets or loses keywords: worked out whole before any is written."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from clipsorter.errors import MetadataError
from clipsorter.metadata.jpeg import START as JPEG_START
from clipsorter.metadata.keywords import Field, Fields, Keyword, folded, keywords_in, with_keywords, without_keywords
from clipsorter.metadata.packet import edited_packet, read_packet
from clipsorter.metadata.picture import can_hold, edited_picture, has_iptc, is_dng, read_fields
from clipsorter.metadata.preset import Preset
from clipsorter.metadata.sidecar import new_sidecars, sidecars_of
from clipsorter.photos.placeholder import IN_CLOUD, is_placeholder
from clipsorter.photos.scan import RAW_SUFFIXES

_HEAD_BYTES = 2**19
_LARGEST_BYTES = 2**31  # two of it are in memory
Placement = Literal["preset", "embed", "sidecar"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One file before and after, whole; `before` is None for a sidecar that is made."""

    path: Path
    before: bytes | None
    after: bytes
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Tagging:
    """What a photo gains: the keywords it had in none of its files, and the files that change; none if it had all.

    `note` is a sentence for the user where keywords go elsewhere than the preset says.
    """

    photo: Path
    new: tuple[Keyword, ...]
    edits: tuple[Edit, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a photo would gain: the keywords it has in none of its files, and the files that would change or be made."""

    photo: Path
    new: tuple[Keyword, ...]
    files: tuple[Path, ...]
    note: str = ""


def photo_keywords(photo: Path) -> list[Keyword]:
    """Return the keywords of a photo, from the file and its sidecars, each once; raise MetadataError."""
    return keywords_beside(photo, names_in(photo.parent))


def keywords_beside(photo: Path, names: Sequence[str]) -> list[Keyword]:
    """Return the keywords of a photo as `photo_keywords`, where the names in its folder are known."""
    found = [_read_head(photo)]
    found += [read_packet(_read(sidecar)) for sidecar in sidecars_of(photo, names)]
    return list({folded(keyword): keyword for fields in found for keyword in keywords_in(fields)}.values())


def _read_head(photo: Path) -> Fields:
    """Read the fields in a picture, of a JPEG only as far as they go, which is far before its end."""
    head = _read(photo, _HEAD_BYTES)
    if head.startswith(JPEG_START) and len(head) == _HEAD_BYTES:
        with suppress(MetadataError):  # its fields go on behind the head
            return read_fields(head, photo.suffix)
    return read_fields(head if len(head) < _HEAD_BYTES else _read(photo), photo.suffix)


def plan_tagging(
    photo: Path, keywords: Iterable[Keyword], preset: Preset, placement: Placement = "preset", *, iptc: bool = False
) -> Tagging:
    """Work out how a photo gets keywords; nothing is written. `iptc` asks for an IPTC block where there is none.

    Every file that programs may read gets all keywords of all of them, since some read but one. Raises MetadataError
    if one of the files is damaged or write-protected: then none is to change.
    """
    return _planned(photo, keywords, preset, placement, iptc, is_proved=True)


def preview_tagging(
    photo: Path, keywords: Iterable[Keyword], preset: Preset, placement: Placement = "preset", *, iptc: bool = False
) -> Preview:
    """Tell what `plan_tagging` would say, in a tenth of the time: no picture is decoded. Raises MetadataError."""
    tagging = _planned(photo, keywords, preset, placement, iptc, is_proved=False)
    return Preview(photo, tagging.new, tuple(edit.path for edit in tagging.edits), tagging.note)


def _planned(
    photo: Path, keywords: Iterable[Keyword], preset: Preset, placement: Placement, iptc: bool, *, is_proved: bool
) -> Tagging:
    _require_here(photo)
    wanted, data, names = list(keywords), _read(photo), names_in(photo.parent)
    inside = read_fields(data, photo.suffix)
    present = {sidecar: _read(sidecar) for sidecar in sidecars_of(photo, names)}
    beside = {path: read_packet(packet) for path, packet in present.items()}
    everywhere = [keyword for fields in (inside, *beside.values()) for keyword in keywords_in(fields)]
    known = {folded(keyword) for keyword in everywhere}
    new = tuple({folded(keyword): keyword for keyword in wanted if folded(keyword) not in known}.values())
    is_embedded = _is_embedded(photo, data, preset, placement)
    edits, note = [], ""
    if is_embedded:
        try:
            edits += _embedded(photo, data, inside, wanted, everywhere, iptc, is_proved)
        except MetadataError as error:
            note = f"{photo.name}: {error}; its keywords go into a sidecar."
    if not edits and not present and (note or not is_embedded):
        present = dict.fromkeys(new_sidecars(photo, preset.raw_sidecars), b"")
    for path, packet in present.items():
        fields = with_keywords(beside.get(path, {}), wanted, everywhere).fields
        if fields != beside.get(path, {}):
            edits.append(_edit(path, packet if path in beside else None, _edited_sidecar(packet, fields)))
    return Tagging(photo, new, tuple(edits) if wanted else (), note)


def plan_removal(photo: Path, keywords: Iterable[Keyword]) -> Tagging:
    """Work out how a photo loses keywords, in whichever of its files they stand; raise MetadataError."""
    _require_here(photo)
    unwanted, data, edits = list(keywords), _read(photo), []
    if can_hold(data, photo.suffix):
        fields = read_fields(data, photo.suffix)
        less = without_keywords(fields, unwanted)
        if less != fields:
            _require_writable(photo, "it")
            edits.append(_edit(photo, data, edited_picture(data, photo.suffix, less)))
    for path in sidecars_of(photo, names_in(photo.parent)):
        packet = _read(path)
        fields = read_packet(packet)
        less = without_keywords(fields, unwanted)
        if less != fields:
            edits.append(_edit(path, packet, _edited_sidecar(packet, less)))
    return Tagging(photo, (), tuple(edits))


def _is_embedded(photo: Path, data: bytes, preset: Preset, placement: Placement) -> bool:
    if placement == "sidecar" or photo.suffix.casefold() in RAW_SUFFIXES - {".dng"} or not can_hold(data, photo.suffix):
        return False
    is_wanted = preset.is_embedding_dng if is_dng(data) else preset.is_embedding
    return placement == "embed" or is_wanted


def _embedded(
    photo: Path, data: bytes, inside: Fields, wanted: list[Keyword], everywhere: list[Keyword], iptc: bool,
    is_proved: bool,
) -> list[Edit]:  # fmt: skip
    _require_writable(photo, "it")
    if iptc or has_iptc(data, photo.suffix):
        inside = {Field.IPTC: (), **inside}
    fields = with_keywords(inside, wanted, everywhere).fields
    if fields == {field: items for field, items in inside.items() if items}:
        return []
    return [_edit(photo, data, edited_picture(data, photo.suffix, fields, is_proved=is_proved))]


def _edited_sidecar(packet: bytes, fields: Fields) -> bytes:
    """Return the packet with these fields, read again; raise MetadataError if a name is not as it was written."""
    edited = edited_packet(packet, fields)
    found = read_packet(edited)
    if any(found.get(field, ()) != items for field, items in fields.items() if field is not Field.ACDSEE):
        raise MetadataError("its keywords could not be written")
    return edited


def _edit(path: Path, before: bytes | None, after: bytes) -> Edit:
    if before is not None:
        _require_writable(path)
    return Edit(path, before, after, path.stat().st_mtime_ns if before is not None else 0)


def _require_writable(path: Path, name: str = "") -> None:
    name = name or path.name
    _require_no_link(path)
    status = path.stat()
    if not status.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise MetadataError(f"{name} is write-protected")
    if status.st_nlink > 1:
        raise MetadataError(f"{name} is one file under several names (hard links), which writing would part")


def _require_here(photo: Path) -> None:
    """Refuse a photo that lies elsewhere: behind a link, or in the cloud, from where reading would fetch it."""
    _require_no_link(photo)
    if is_placeholder(photo):
        raise MetadataError(IN_CLOUD)


def _require_no_link(path: Path) -> None:
    if path.is_symlink():
        raise MetadataError(f"{path.name} is a link to another place, and links are not followed")


def _read(path: Path, most: int = -1) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise MetadataError(f"{path.name} is larger than 2 GB")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise MetadataError(f"{path.name} can't be read: {error.strerror}") from error


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder; raise MetadataError."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError as error:
        raise MetadataError(f"{folder} can't be read: {error.strerror}") from error
