"""The time at which a photo was taken, as Exif and XMP write it, and as programs have bent it."""

import re
from datetime import UTC, datetime, timedelta, timezone

_TIME = re.compile(
    r"\s*(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})"
    r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_OFFSET = re.compile(r"\s*([+-])(\d{2}):?(\d{2})\s*", re.ASCII)
_MAX_XMP_BYTES = 2**20
# By name, not as XML: what is written in a photo may be hostile, and only three values are wanted.
_XMP_TIMES = tuple(
    re.compile(rf"\b{name}\s*(?:=\s*[\"']|>\s*)([^\"'<]{{4,40}})")
    for name in ("exif:DateTimeOriginal", "photoshop:DateCreated", "(?:xmp|xap):CreateDate", "exif:DateTimeDigitized")
)


def parse_time(text: str, fraction: str = "", offset: str = "") -> datetime | None:
    """Return the time that is written, None if it is none; with a time zone where the text or `offset` names one."""
    found = _TIME.match(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    fraction = found[7] or fraction.strip()
    microsecond = int(fraction[:6].ljust(6, "0")) if fraction.isascii() and fraction.isdigit() else 0
    try:
        return datetime(year, month, day, hour, minute, second, microsecond, _zone(found[8] or offset))
    except ValueError:  # the 31st of February, or a clock that was never set: 0000:00:00
        return None


def time_of_xmp(xmp: object) -> datetime | None:
    """Return the best time that an XMP packet names."""
    if isinstance(xmp, bytes):
        xmp = xmp[:_MAX_XMP_BYTES].decode("utf-8", "replace")
    if not isinstance(xmp, str):
        return None
    for pattern in _XMP_TIMES:
        if (found := pattern.search(xmp[:_MAX_XMP_BYTES])) and (taken := parse_time(found[1])):
            return taken
    return None


def _zone(offset: str) -> timezone | None:
    if offset.strip().upper() == "Z":
        return UTC
    if not (found := _OFFSET.fullmatch(offset)):
        return None
    away = timedelta(hours=int(found[2]), minutes=int(found[3]))
    return timezone(-away if found[1] == "-" else away) if away < timedelta(days=1) else None
