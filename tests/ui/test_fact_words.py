"""What is said of a photo's file."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from clipsorter.photos.facts import Facts
from clipsorter.photos.photo import Photo
from clipsorter.ui.fact_words import lines_of

WRITTEN = datetime(2024, 8, 12, 9, 30)
PHOTO = Photo(Path("/photos/a.jpg"), 2_000_000, round(WRITTEN.timestamp()) * 10**9)


def shown(year, month, day, hour, minute):
    moment = QDateTime(QDate(year, month, day), QTime(hour, minute))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def test_time_of_the_file_is_said_only_where_the_photo_does_not_know_its_own():
    assert lines_of(PHOTO, Facts())[0] == f"File of {shown(2024, 8, 12, 9, 30)}"
    known = lines_of(PHOTO, Facts(taken=datetime(2023, 5, 1, 18, 5)))
    assert known[0] == shown(2023, 5, 1, 18, 5)
    assert not any("File of" in line for line in known)


def test_file_without_a_time_has_none():
    assert lines_of(Photo(PHOTO.path, 2_000_000, 0), Facts()) == ["2.0 MB"]
