"""What a photo's file says of it, in the words and numbers of the user's country."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale, QTime

from clipsorter.photos.facts import Facts
from clipsorter.photos.photo import Photo


def lines_of(photo: Photo, facts: Facts, keywords: Sequence[str] = ()) -> list[str]:
    """Return the lines that are known: time taken, camera and lens, exposure, size, and keywords."""
    camera = " · ".join(text for text in (facts.camera, facts.lens) if text)
    lines = (_taken(photo, facts), camera, _exposure(facts), _size(photo, facts), _keywords(keywords))
    return [line for line in lines if line]


def size_words(size_bytes: int) -> str:
    """Return a size as file managers show it: `31.5 kB`."""
    return QLocale().formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def _keywords(keywords: Sequence[str]) -> str:
    if not keywords:
        return ""
    return QCoreApplication.translate("Facts", "Keywords: {words}").format(words=", ".join(keywords))


def _taken(photo: Photo, facts: Facts) -> str:
    """Return the time that clocks showed where the photo was taken, with their offset where it is known.

    Where the photo doesn't say it, return that of the file, by which photos are sorted.
    """
    taken = facts.taken
    if taken is None:
        return _written(photo)
    local = QDateTime(QDate(taken.year, taken.month, taken.day), QTime(taken.hour, taken.minute, taken.second))
    words = QLocale().toString(local, QLocale.FormatType.ShortFormat)
    return f"{words} UTC{taken.isoformat()[-6:]}" if taken.tzinfo else words


def _written(photo: Photo) -> str:
    if photo.mtime_ns <= 0:
        return ""
    time = QDateTime.fromMSecsSinceEpoch(photo.mtime_ns // 10**6)
    words = QLocale().toString(time, QLocale.FormatType.ShortFormat)
    return QCoreApplication.translate("Facts", "File of {time}").format(time=words)


def _exposure(facts: Facts) -> str:
    locale = QLocale()
    parts = []
    if facts.exposure_s:
        is_fraction = facts.exposure_s < 0.3
        seconds = f"1/{round(1 / facts.exposure_s)}" if is_fraction else locale.toString(facts.exposure_s, "g", 3)
        parts.append(QCoreApplication.translate("Facts", "{seconds} s").format(seconds=seconds))
    if facts.f_number:
        parts.append(f"f/{locale.toString(facts.f_number, 'g', 3)}")
    if facts.iso:
        parts.append(f"ISO {facts.iso}")
    if facts.focal_mm:
        parts.append(
            QCoreApplication.translate("Facts", "{length} mm").format(length=locale.toString(facts.focal_mm, "g", 3))
        )
    return " · ".join(parts)


def _size(photo: Photo, facts: Facts) -> str:
    locale = QLocale()
    parts = []
    if facts.width_pixels and facts.height_pixels:
        parts.append(f"{facts.width_pixels} × {facts.height_pixels}")
        megapixels = facts.width_pixels * facts.height_pixels / 1e6
        if megapixels >= 1:
            parts.append(
                QCoreApplication.translate("Facts", "{number} MP").format(
                    number=locale.toString(round(megapixels, 1), "g", 3)
                )
            )
    parts.append(size_words(photo.size))
    return " · ".join(parts)
