"""The text above the photos finds keywords in files and sidecars, read away from the window's thread."""

import pytest
from PIL import Image

from clipsorter.metadata.preset import PRESETS
from clipsorter.metadata.tagging import plan_tagging
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.ui.filter_bar import FilterBar
from clipsorter.ui.keyword_search import KeywordSearch
from clipsorter.ui.news import Batch
from clipsorter.ui.photo_model import PhotoModel


def write_keyword(photo, keyword, preset="all"):
    for edit in plan_tagging(photo, [keyword], PRESETS[preset]).edits:
        edit.path.write_bytes(edit.after)


@pytest.fixture
def folder(tmp_path):
    for name in ("one.jpg", "two.png", "three.jpg"):
        Image.new("RGB", (9, 9)).save(tmp_path / name)
    write_keyword(tmp_path / "one.jpg", ("Animals", "Dog"))
    write_keyword(tmp_path / "two.png", ("Übersee",), "immich")
    return tmp_path


@pytest.fixture
def search(qtbot, folder):
    filters, photos = FilterBar(), PhotoModel()
    qtbot.addWidget(filters)
    search = KeywordSearch(filters, photos)
    filters.changed.connect(lambda: photos.show_only(filters.filter(), filters.sort_order(), filters.group_by()))
    add(photos, folder)
    yield search, filters, photos
    search.close()


def add(photos, folder):
    known = {photo.path for photo in photos.table.photos}
    photos.take(Batch(0, photos=[each for each in scan(folder) if isinstance(each, Photo) and each.path not in known]))


def shown(photos):
    return [photos.index(place, 0).data() for place in range(photos.rowCount())]


@pytest.mark.parametrize(
    ("text", "found"), [("dog", ["one.jpg"]), ("ÜBERSEE", ["two.png"]), ("animals/d", ["one.jpg"])]
)
def test_a_keyword_is_found_by_a_part_of_it(search, text, found, qtbot):
    _, filters, photos = search
    filters.text.setText(text)
    qtbot.waitUntil(lambda: shown(photos) == found)


def test_names_are_found_as_before(search, qtbot):
    _, filters, photos = search
    filters.text.setText("three")
    qtbot.waitUntil(lambda: shown(photos) == ["three.jpg"])


def test_photos_that_come_later_are_found_too(search, folder, qtbot):
    _, filters, photos = search
    filters.text.setText("dog")
    qtbot.waitUntil(lambda: shown(photos) == ["one.jpg"])
    Image.new("RGB", (9, 9)).save(folder / "four.jpg")
    write_keyword(folder / "four.jpg", ("Dogs",))
    add(photos, folder)
    qtbot.waitUntil(lambda: shown(photos) == ["one.jpg", "four.jpg"])


def test_another_folder_forgets_the_keywords_of_the_last(search, folder, tmp_path_factory, qtbot):
    _, filters, photos = search
    filters.text.setText("dog")
    qtbot.waitUntil(lambda: shown(photos) == ["one.jpg"])
    other = tmp_path_factory.mktemp("other")
    Image.new("RGB", (9, 9)).save(other / "one.jpg")
    Image.new("RGB", (9, 9)).save(other / "dog.jpg")
    photos.start_over()
    add(photos, other)
    qtbot.waitUntil(lambda: shown(photos) == ["dog.jpg"])


def test_a_damaged_sidecar_hides_no_other_photo(search, folder, qtbot):
    _, filters, photos = search
    (folder / "three.jpg.xmp").write_bytes(b"<broken")
    filters.text.setText("dog")
    qtbot.waitUntil(lambda: shown(photos) == ["one.jpg"])
