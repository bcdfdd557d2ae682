"""Tagging from the window, on real files: what photos gain, the run, the report, and the way back."""

import os
import shutil

import numpy as np
import pytest
from PySide6.QtCore import Qt

from clipsorter.metadata.tagging import photo_keywords
from clipsorter.settings import load_settings
from clipsorter.ui.tag_model import Column

WAIT_MS = 60_000
CHECK = Qt.ItemDataRole.CheckStateRole


def bytes_of(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def keywords(photo):
    return ["/".join(keyword) for keyword in photo_keywords(photo)]


def row_of(window, name):
    return next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == name)


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window in which two photos have a category; one is unsure, one broken."""
    window = open_main(photos)
    window.categories.add(["cats", "coffee", "elephants"])
    table = window.photos.table
    qtbot.waitUntil(
        lambda: not window.session.is_busy and table.question > 0 and len(table.names) == 3, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: window.photos.table.counts().categories.get("cats") == (1, 0), timeout=WAIT_MS)
    return window


def is_worked_out(window):
    dialog = window.tagging.dialog
    return dialog is not None and dialog.wanted is not None and not dialog.rows.counts().open


@pytest.fixture
def plan(window, qtbot):
    """Return a function that opens the dialog and waits until all is worked out."""

    def show(action=None):
        (action or window.tagging.tag).trigger()
        qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
        return window.tagging.dialog

    return show


def finish(window, qtbot, act):
    before = window.sorting.bar.end
    act()
    qtbot.waitUntil(lambda: not window.sorting.is_busy and window.sorting.bar.end is not before, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.session.is_busy and window.photos.rowCount() > 0, timeout=WAIT_MS)


def said(dialog):
    rows = range(dialog.rows.rowCount())
    return [tuple(dialog.rows.index(row, column).data() for column in Column) for row in rows]


def adds_up(sums):
    return sums.photos == sums.done + sums.unchanged + sums.stayed + sums.still_open + sums.not_begun


def test_dialog_shows_what_photos_gain_and_changes_nothing(window, plan, photos):
    before = bytes_of(photos)
    dialog = plan()
    rows = said(dialog)
    assert [row[:3] for row in rows] == [
        ("chelsea.png", "cats", "the picture"),
        ("coffee.png", "coffee", "the picture"),
    ]
    assert all("% sure" in row[Column.NOTE] for row in rows)
    assert dialog.apply.text().replace("&", "") == "Tag 2 photos"
    assert dialog.summary.text() == (
        "Of 4 photos, 2 will gain keywords. Unsure, so they get none: 1. Can't be read: 1."
    )
    assert bytes_of(photos) == before


def test_tag_writes_the_keywords_and_undo_restores_every_byte(window, plan, photos, qtbot):
    before = bytes_of(photos)
    finish(window, qtbot, plan().apply.click)
    assert keywords(photos / "chelsea.png") == ["cats"]
    assert keywords(photos / "coffee.png") == ["coffee"]
    assert keywords(photos / "rocket.jpg") == []
    assert window.sorting.bar.text == "Photos tagged: 2 of 2, files written: 2."
    assert adds_up(window.sorting.bar.end.sums)
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(photos) == before
    assert "have lost the tags again" in window.sorting.bar.text


def test_tagging_again_says_who_has_them_already(window, plan, photos, qtbot):
    finish(window, qtbot, plan().apply.click)
    dialog = plan()
    assert {row[Column.KEYWORDS] for row in said(dialog)} == {"has them already"}
    assert "2 gain" not in dialog.summary.text()
    assert "Have them already: 2." in dialog.summary.text()
    assert not dialog.apply.isEnabled()
    window.grid.choose(row_of(window, "rocket.jpg"))
    window.review.assign(2)
    finish(window, qtbot, plan().apply.click)
    assert keywords(photos / "rocket.jpg") == ["elephants"]
    assert window.sorting.bar.text == "Photos tagged: 1 of 3, files written: 1. Tagged so before: 2."
    assert adds_up(window.sorting.bar.end.sums)


def test_decision_of_the_user_outranks_the_model(window, plan, photos, qtbot):
    window.grid.choose(row_of(window, "chelsea.png"))
    window.review.assign(2)
    dialog = plan()
    assert ("chelsea.png", "elephants", "the picture", "your decision") in said(dialog)
    finish(window, qtbot, dialog.apply.click)
    assert keywords(photos / "chelsea.png") == ["elephants"]


def test_photo_that_is_unticked_gets_nothing(window, plan, photos, qtbot):
    dialog = plan()
    assert dialog.rows.setData(dialog.rows.index(0, 0), Qt.CheckState.Unchecked.value, CHECK)
    assert dialog.apply.text().replace("&", "") == "Tag 1 photo"
    assert "Taken out by you: 1." in dialog.summary.text()
    finish(window, qtbot, dialog.apply.click)
    assert keywords(photos / "chelsea.png") == []
    assert keywords(photos / "coffee.png") == ["coffee"]


def test_selection_alone_is_tagged(window, plan):
    window.grid.choose(row_of(window, "coffee.png"))
    dialog = plan(window.tagging.tag_chosen)
    assert [row[Column.NAME] for row in said(dialog)] == ["coffee.png"]
    assert dialog.windowTitle() == "Tag a chosen photo of photos"


def test_only_what_a_search_shows_is_tagged(window, plan):
    window.photos.show_found(np.array([row_of(window, "rocket.jpg"), row_of(window, "coffee.png")]))
    dialog = plan()
    assert [row[Column.NAME] for row in said(dialog)] == ["coffee.png"]
    assert dialog.summary.text() == "Of 2 photos, 1 will gain keywords. Unsure, so they get none: 1."


def test_preset_leads_into_sidecars_and_is_kept(window, plan, photos, qtbot):
    before = bytes_of(photos)
    dialog = plan()
    place = dialog.presets.findData("darktable")
    dialog.presets.setCurrentIndex(place)
    dialog.presets.activated.emit(place)
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    assert said(dialog)[0][Column.WHERE] == "chelsea.png.xmp"
    assert load_settings().metadata_preset == "darktable"
    finish(window, qtbot, dialog.apply.click)
    assert keywords(photos / "chelsea.png") == ["cats"]
    assert {name: state for name, state in bytes_of(photos).items() if not name.endswith(".xmp")} == before
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(photos) == before


@pytest.mark.skipif(os.name == "nt", reason="write protection is another thing there")
def test_write_protected_photo_goes_into_a_sidecar_with_a_note(window, plan, photos, qtbot):
    (photos / "coffee.png").chmod(0o444)
    before = bytes_of(photos)
    dialog = plan()
    row = said(dialog)[1]
    assert row[Column.WHERE] == "coffee.png.xmp"
    assert row[Column.NOTE].endswith(" % sure; it is write-protected; its keywords go into a sidecar")
    finish(window, qtbot, dialog.apply.click)
    assert keywords(photos / "coffee.png") == ["coffee"]
    assert (photos / "coffee.png").read_bytes() == before["coffee.png"][0]
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(photos) == before


def test_photo_with_a_damaged_sidecar_stays_and_is_named(window, plan, photos, qtbot):
    (photos / "coffee.png.xmp").write_text("<x/>", encoding="utf-8")
    dialog = plan()
    assert said(dialog)[1][Column.WHERE] == "nowhere"
    assert "Can't be tagged: 1." in dialog.summary.text()
    assert dialog.apply.text().replace("&", "") == "Tag 1 photo"
    finish(window, qtbot, dialog.apply.click)
    assert adds_up(window.sorting.bar.end.sums)
    assert "Could not be changed: 1." in window.sorting.bar.text
    assert any("coffee.png" in line for line in window.sorting.bar.end.stays)
    assert (photos / "coffee.png.xmp").read_text(encoding="utf-8") == "<x/>"


def test_decision_after_it_was_worked_out_is_noticed(window, plan, qtbot):
    dialog = plan()
    assert not dialog.again.isVisible()
    window.grid.choose(row_of(window, "rocket.jpg"))
    window.review.assign(2)
    assert dialog.again.isVisible()
    dialog.again.click()
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    assert "elephants" in {row[Column.KEYWORDS] for row in said(dialog)}


def test_cancel_leaves_the_rest_as_it_was_and_says_so(window, plan, photos, qtbot):
    before = bytes_of(photos)
    dialog = plan()

    def begin_and_stop():
        dialog.apply.click()
        window.sorting.progress.cancel.click()

    finish(window, qtbot, begin_and_stop)
    sums = window.sorting.bar.end.sums
    assert adds_up(sums)
    assert sums.photos == 2 == sums.done + sums.not_begun
    assert ("Not begun" in window.sorting.bar.text) == bool(sums.not_begun)
    if sums.done:
        finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(photos) == before


def test_window_that_is_closed_during_a_run_leaves_each_photo_whole(window, plan, photos, open_main, qtbot):
    before = bytes_of(photos)
    plan().apply.click()
    assert window.sorting.is_busy
    assert window.sorting.progress.isVisible()
    window.close()
    for name in ("chelsea.png", "coffee.png"):
        is_tagged = (photos / name).read_bytes() != before[name][0]
        assert keywords(photos / name) == ([{"chelsea.png": "cats"}.get(name, "coffee")] if is_tagged else [])
    assert set(bytes_of(photos)) == set(before)


def test_history_takes_back_a_tagging_after_a_restart(window, plan, photos, open_main, qtbot):
    before = bytes_of(photos)
    finish(window, qtbot, plan().apply.click)
    window.close()
    again = open_main(photos)
    again.sorting.history.trigger()
    runs = again.sorting.runs
    qtbot.waitUntil(lambda: runs.model.rowCount() == 1, timeout=WAIT_MS)
    assert runs.model.index(0, 1).data() == "Tagged"
    finish(again, qtbot, runs.undo.click)
    assert bytes_of(photos) == before


def test_history_removes_what_the_model_wrote_and_keeps_the_decision_of_the_user(window, plan, photos, qtbot):
    window.grid.choose(row_of(window, "rocket.jpg"))
    window.review.assign(2)
    finish(window, qtbot, plan().apply.click)
    window.sorting.history.trigger()
    runs = window.sorting.runs
    qtbot.waitUntil(lambda: runs.model.rowCount() == 1, timeout=WAIT_MS)
    assert runs.remove.isVisible()
    finish(window, qtbot, runs.remove.click)
    assert [keywords(photos / name) for name in ("chelsea.png", "coffee.png", "rocket.jpg")] == [[], [], ["elephants"]]
    assert window.sorting.bar.text == "Photos that have lost the tags again: 2 of 2, files in all: 2."
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert keywords(photos / "chelsea.png") == ["cats"]
    assert "have their tags again" in window.sorting.bar.text


@pytest.mark.parametrize("name", ["IMG_2927.HEIC", "RAW_KODAK_DC50_é.KDC"])
def test_heic_and_raw_get_a_sidecar_and_stay_as_they_are(open_main, shared_photos, tmp_path, qtbot, name):
    source = shared_photos / "camera" / name
    folder = tmp_path / "camera"
    folder.mkdir()
    shutil.copy(source, folder)
    before = bytes_of(folder)
    window = open_main(folder)
    window.categories.add(["cats", "coffee"])
    qtbot.waitUntil(
        lambda: not window.session.is_busy and len(window.photos.table.names) == 2 and window.photos.rowCount() == 1,
        timeout=WAIT_MS,
    )
    window.grid.choose(0)
    window.review.assign(1)
    window.tagging.tag.trigger()
    qtbot.waitUntil(lambda: is_worked_out(window), timeout=WAIT_MS)
    finish(window, qtbot, window.tagging.dialog.apply.click)
    assert window.sorting.bar.text.startswith("Photos tagged: 1 of 1")
    assert bytes_of(folder)[source.name] == before[source.name]
    assert keywords(folder / source.name) == ["coffee"]
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert bytes_of(folder) == before
