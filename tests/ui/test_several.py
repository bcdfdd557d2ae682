"""Several keywords for a photo, from the window: a person beside a cup of coffee is both; with the real starter."""

import shutil
import subprocess

import exiv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from clipsorter import paths
from clipsorter.cli.app import run
from clipsorter.library.decisions import Decisions
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.sorting.classifier import Ranking
from clipsorter.sorting.several import fit
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.news import AllFits, Answers, Batch
from clipsorter.ui.photo_table import PhotoTable, State
from clipsorter.ui.planner import Judged
from clipsorter.ui.tag_model import Column
from tests.composed import BUNDLED, person_beside_coffee
from tests.ui.test_tagging import WAIT_MS, adds_up, bytes_of, finish, is_worked_out, keywords, row_of, said

CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def photos(tmp_path):
    """Return a folder of four photos: two things, one, none, and a broken one."""
    folder = tmp_path / "photos"
    folder.mkdir()
    person_beside_coffee().save(folder / "both.jpg", quality=95)
    Image.open(BUNDLED / "chelsea.png").convert("RGB").save(folder / "cat.jpg")
    Image.open(BUNDLED / "brick.png").convert("RGB").save(folder / "wall.jpg")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    return folder


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["people", "coffee", "cats", "airplanes"])
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    table = window.photos.table
    qtbot.waitUntil(
        lambda: not window.session.is_busy and table.question > 0 and len(table.names) == 4, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: window.photos.table.counts().categories.get("cats", (0, 0))[0] > 0, timeout=WAIT_MS)


@pytest.fixture
def plan(window, qtbot):
    """Return a function that opens the dialog with every category that fits, and waits until all is worked out."""

    def show():
        window.tagging.tag.trigger()
        choose(window.tagging.dialog, qtbot, True)
        qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
        return window.tagging.dialog

    return show


def choose(dialog, qtbot, several):
    """Choose with the keyboard, as a person does."""
    dialog.which.setFocus()
    if dialog.several != several:
        qtbot.keyClick(dialog.which, Qt.Key.Key_Down if several else Qt.Key.Key_Up)
    assert dialog.several is several


def keywords_of(dialog):
    return {row[Column.NAME]: row[Column.KEYWORDS] for row in said(dialog)}


def test_dialog_shows_all_that_fits_and_the_sums_add_up(window, plan, photos):
    before = bytes_of(photos)
    dialog = plan()
    assert keywords_of(dialog) == {"both.jpg": "coffee, people", "cat.jpg": "cats"}
    note = next(row[Column.NOTE] for row in said(dialog) if row[Column.NAME] == "both.jpg")
    assert note.startswith("coffee: ")
    assert "% sure, people: " in note
    assert dialog.summary.text() == (
        "Of 4 photos, 2 will gain keywords. In several categories: 1. Unsure, so they get none: 1. Can't be read: 1."
    )
    assert bytes_of(photos) == before


def test_choice_is_one_keyword_at_first_and_is_remembered(window, plan, qtbot):
    window.tagging.tag.trigger()
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    dialog = window.tagging.dialog
    assert not dialog.several
    assert keywords_of(dialog) == {"both.jpg": "people", "cat.jpg": "cats"}
    assert "In several" not in dialog.summary.text()
    plan()
    assert load_settings().tags_several
    choose(dialog, qtbot, False)
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    assert keywords_of(dialog) == {"both.jpg": "people", "cat.jpg": "cats"}
    assert not load_settings().tags_several


def test_several_keywords_are_written_read_by_others_and_taken_back(window, plan, photos, qtbot):
    before = bytes_of(photos)
    finish(window, qtbot, plan().apply.click)
    assert sorted(keywords(photos / "both.jpg")) == ["coffee", "people"]
    assert keywords(photos / "cat.jpg") == ["cats"]
    assert keywords(photos / "wall.jpg") == []
    image = exiv2.ImageFactory.open(str(photos / "both.jpg"))
    image.readMetadata()
    assert sorted(image.xmpData()["Xmp.dc.subject"].toString().split(", ")) == ["coffee", "people"]
    assert window.sorting.bar.text == "Photos tagged: 2 of 2, files written: 2."
    assert adds_up(window.sorting.bar.end.sums)
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(photos) == before


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed")
def test_exiftool_reads_both_keywords(window, plan, photos, qtbot):
    finish(window, qtbot, plan().apply.click)
    read = subprocess.run(
        ["exiftool", "-s3", "-XMP-dc:Subject", str(photos / "both.jpg")], capture_output=True, text=True, check=True
    )
    assert sorted(read.stdout.strip().split(", ")) == ["coffee", "people"]


def test_photo_that_is_unticked_gets_none_of_them(window, plan, photos, qtbot):
    dialog = plan()
    place = [row[Column.NAME] for row in said(dialog)].index("both.jpg")
    assert dialog.rows.setData(dialog.rows.index(place, 0), Qt.CheckState.Unchecked.value, CHECK)
    finish(window, qtbot, dialog.apply.click)
    assert keywords(photos / "both.jpg") == []
    assert keywords(photos / "cat.jpg") == ["cats"]


def test_decision_is_there_surely_and_a_refusal_never(window, plan, qtbot):
    window.grid.choose(row_of(window, "both.jpg"))
    window.review.assign(3)  # airplanes
    window.grid.choose(row_of(window, "cat.jpg"))
    window.review.refuse()
    qtbot.waitUntil(lambda: window.photos.table.state(row_of(window, "cat.jpg")) is State.UNSURE, timeout=WAIT_MS)
    found = keywords_of(plan())
    assert found["both.jpg"].startswith("airplanes, ")
    assert "cat.jpg" not in found
    assert any("airplanes: your decision" in row[Column.NOTE] for row in said(window.tagging.dialog))


def test_threshold_of_a_category_counts_for_it_alone(window, plan, qtbot):
    before = window.photos.table.question
    window.categories.change("people", Category("people", threshold=0.9))
    qtbot.waitUntil(lambda: window.photos.table.question > before, timeout=WAIT_MS)
    settle(window, qtbot)
    assert keywords_of(plan())["both.jpg"] == "coffee"


def test_dialog_without_categories_says_that_there_are_none(open_main, photos, qtbot):
    window = open_main(photos)
    qtbot.waitUntil(lambda: not window.session.is_busy and window.photos.rowCount() == 4, timeout=WAIT_MS)
    window.tagging.tag.trigger()
    choose(window.tagging.dialog, qtbot, True)
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    assert "No category, so no keyword: 3." in window.tagging.dialog.summary.text()


def named(window, photos, name):
    """Return what is kept of a photo's categories, the last one at the end."""
    with Decisions.open(paths.decisions_file(), paths.data_dir() / "backups") as decisions:
        photo = next(photo for photo in scan(photos) if photo.path.name == name)
        found = decisions.labels([FingerprintedPhoto(photo, fingerprint(photo.path))])
    return found[0].categories if found else ()


def test_a_photo_dropped_on_two_categories_is_in_the_second_and_undo_brings_it_back(window, photos, qtbot):
    row = row_of(window, "both.jpg")
    window.review.put([row], "coffee")
    window.review.put([row], "people")
    qtbot.waitUntil(lambda: named(window, photos, "both.jpg") == ("people",), timeout=WAIT_MS)
    window.undo_stack.undo()
    assert window.photos.table.label(row) == "coffee"
    qtbot.waitUntil(lambda: named(window, photos, "both.jpg") == ("coffee",), timeout=WAIT_MS)


def test_all_that_was_said_of_a_photo_elsewhere_is_tagged_teaches_and_comes_back_by_undo(
    open_main, photos, clipsorter_home, qtbot
):
    (photos / "wall.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:subject><rdf:Bag>'
        "<rdf:li>airplanes</rdf:li><rdf:li>people</rdf:li>"
        "</rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>",
        encoding="utf-8",
    )
    assert run(["keywords", str(photos / "wall.jpg"), "--import", "-c", "people", "-c", "airplanes"]) == 0
    (photos / "wall.jpg.xmp").unlink()  # else it has these keywords already
    window = open_main(photos)
    window.categories.add(["people", "coffee", "cats", "airplanes"])
    settle(window, qtbot)
    row = row_of(window, "wall.jpg")
    qtbot.waitUntil(lambda: window.photos.table.label(row) == "airplanes", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: examples(window) == {"people": 1, "airplanes": 1}, timeout=WAIT_MS)
    assert all_keywords(window, qtbot)["wall.jpg"] == "airplanes, people"
    window.review.put([row], "cats")
    qtbot.waitUntil(lambda: named(window, photos, "wall.jpg") == ("cats",), timeout=WAIT_MS)
    assert all_keywords(window, qtbot)["wall.jpg"].startswith("cats")
    window.undo_stack.undo()
    assert window.photos.table.label(row) == "airplanes"
    qtbot.waitUntil(lambda: named(window, photos, "wall.jpg") == ("people", "airplanes"), timeout=WAIT_MS)
    assert all_keywords(window, qtbot)["wall.jpg"] == "airplanes, people"


def examples(window):
    names = [entry.name for entry in window.categories.entries]
    counts = {name: window.categories.index_of(name).data(CategoryRole.EXAMPLES) for name in names}
    return {name: count for name, count in counts.items() if count}


def all_keywords(window, qtbot):
    window.tagging.tag.trigger()
    dialog = window.tagging.dialog
    choose(dialog, qtbot, True)
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    found = keywords_of(dialog)
    dialog.close()
    return found


def fitting(*rows, names=("people", "coffee")):
    shares = np.array(rows, np.float32)
    return fit(shares, shares, names, 0.5, [None] * len(names))


@pytest.fixture
def table():
    """Return five photos: sure of people, unsure, put into pets, not looked at, failed."""
    table = PhotoTable()
    table.take(Batch(0, [Photo(BUNDLED / f"{row}.jpg", 1, 1) for row in range(5)], known=[0, 1, 2]))
    best, shares = np.array([[0], [1], [1]]), np.array([[0.6], [0.4], [0.9]], np.float32)
    ranking = Ranking(("people", "coffee"), best, shares, shares, np.array([True, False, True]))
    table.take(Batch(0, answers=[Answers(7, [0, 1, 2], ranking)], failures={4: "is cut short"}))
    table.set_label([2], "pets")
    return table


def wished(table, all_fits):
    wishes, without = Judged(table, np.ones(5, bool), all_fits).wishes({})
    return [[(tag.category, tag.decided_by) for tag in wish.tags] for wish in wishes], without


def test_where_it_is_surely_and_what_else_fits_are_wished_for(table):
    found, without = wished(table, AllFits(1, 7, [0, 1, 2], fitting([0.1, 0.8], [0.6, 0.7], [0.3, 0.9]), {}))
    assert found == [
        [("people", "model"), ("coffee", "model")],
        [("coffee", "model"), ("people", "model")],
        [("pets", "human"), ("coffee", "model")],
    ]
    assert without == {State.WAITING: 1, State.FAILED: 1}


def test_refused_categories_are_not_wished_for(table):
    refused = {1: frozenset({"coffee"}), 2: frozenset({"coffee", "people"})}
    found, _ = wished(table, AllFits(1, 7, [0, 1, 2], fitting([0.9, 0.1], [0.6, 0.7], [0.3, 0.9]), refused))
    assert found == [[("people", "model")], [("people", "model")], [("pets", "human")]]


def test_plan_is_stale_once_the_categories_are_others(table):
    everything = np.ones(5, bool)
    judged = Judged(table, everything, AllFits(1, 7, [0], fitting([0.9, 0.9]), {}))
    assert judged.is_as_now(table, everything)
    table.question = 8  # a threshold was changed: all stays where it is in the window
    assert not judged.is_as_now(table, everything)
    assert Judged(table, everything).is_as_now(table, everything)
