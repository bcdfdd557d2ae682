"""Sorting from the window, on real files: the plan, its ticks, the run, the report, and the way back."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from clipsorter import paths
from clipsorter.apply import history
from clipsorter.settings import load_settings
from tests.colour_encoder import draw_many

WAIT_MS = 60_000
CHECK = Qt.ItemDataRole.CheckStateRole


def files_of(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def row_of(window, name):
    return next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == name)


def names_shown(window):
    return [window.photos.index(place).data() for place in range(window.photos.rowCount())]


@pytest.fixture
def window(open_main, photos, qtbot):
    """Return a window in which two photos have a category, one with a sidecar; one is unsure, one broken."""
    (photos / "chelsea.png.xmp").write_text("<x/>", encoding="utf-8")
    return judged(open_main(photos), qtbot)


def judged(window, qtbot):
    """Return the window once its photos are judged."""
    window.categories.add(["cats", "coffee", "elephants"])
    table = window.photos.table
    qtbot.waitUntil(
        lambda: not window.session.is_busy and table.question > 0 and len(table.names) == 3, timeout=WAIT_MS
    )
    qtbot.waitUntil(lambda: "coffee" in map(table.category, range(len(table.photos))), timeout=WAIT_MS)
    return window


@pytest.fixture
def plan(window, qtbot):
    """Return a function that opens the dialog and waits for its plan."""

    def show(action=None):
        (action or window.sorting.sort).trigger()
        qtbot.waitUntil(lambda: window.sorting.dialog.planned is not None, timeout=WAIT_MS)
        return window.sorting.dialog

    return show


def lines(window):
    return window.sorting.bar.end.stays


def replan(dialog, qtbot, act):
    before = dialog.planned
    act()
    qtbot.waitUntil(lambda: dialog.planned not in (None, before), timeout=WAIT_MS)


def finish(window, qtbot, act):
    before = window.sorting.bar.end
    act()
    qtbot.waitUntil(lambda: not window.sorting.is_busy and window.sorting.bar.end is not before, timeout=WAIT_MS)


def folders_shown(dialog, parent=None):
    model, parent = dialog.folders, parent or QModelIndex()
    return {
        index.data(): (index.siblingAtColumn(1).data(), folders_shown(dialog, index))
        for index in (model.index(row, 0, parent) for row in range(model.rowCount(parent)))
    }


def test_plan_shows_folders_counts_and_what_stays_and_changes_nothing(window, plan, photos, tmp_path):
    before = files_of(tmp_path)
    dialog = plan()
    assert dialog.destination.folder == photos.with_name("photos sorted")
    assert folders_shown(dialog) == {
        "photos sorted": ("2", {"cats": ("1", {}), "coffee": ("1", {})}),
        "What stays": ("2", {"Unsure": ("1", {}), "Can't be read": ("1", {})}),
    }
    assert [dialog.rows.index(row, 0).data() for row in range(2)] == ["chelsea.png + 1 file", "coffee.png"]
    assert "% sure" in dialog.rows.index(0, 2).data()
    assert dialog.apply.text().replace("&", "") == "Copy 2 photos"
    assert "Of 4 photos, 2 will go and 2 will stay." in dialog.summary.text()
    assert "go along: 1" in dialog.summary.text()
    assert files_of(tmp_path) == before


def test_decisions_under_a_name_that_was_merged_are_told_and_go_along_once_they_are_moved(window, plan, photos, qtbot):
    window.review.put([row_of(window, "rocket.jpg")], "elephants")
    window.categories.merge("cats", "elephants", ["a photo of a cat"])
    notices = window.notices
    qtbot.waitUntil(lambda: notices.isVisible() and "“elephants”: 1" in notices.text, timeout=WAIT_MS)
    dialog = plan()
    assert "“elephants”, which the list no longer has: 1." in dialog.summary.text()
    assert "elephants" in folders_shown(dialog)["photos sorted"][1]
    notices.button.click()
    qtbot.waitUntil(lambda: window.photos.table.label(row_of(window, "rocket.jpg")) == "cats", timeout=WAIT_MS)
    qtbot.waitUntil(dialog.again.isVisible, timeout=WAIT_MS)
    replan(dialog, qtbot, dialog.again.click)
    assert "elephants" not in dialog.summary.text() + str(folders_shown(dialog))


def test_copy_brings_photos_and_sidecars_there_and_the_report_adds_up(window, plan, photos, qtbot):
    dialog = plan()
    finish(window, qtbot, dialog.apply.click)
    assert files_of(photos.with_name("photos sorted")) == [
        "cats/chelsea.png",
        "cats/chelsea.png.xmp",
        "coffee/coffee.png",
    ]
    assert len(files_of(photos)) == 5
    assert window.sorting.bar.text.startswith("Photos copied: 2 of 2, files in all: 3.")
    assert window.sorting.bar.undo.isVisible()
    sums = window.sorting.bar.end.sums
    assert sums.photos == sums.done + sums.stayed + sums.still_open + sums.not_begun
    window.sorting.bar.details.click()
    window.sorting.stayed.copy.click()
    text = QGuiApplication.clipboard().text()
    assert f"{photos / 'broken.jpg'}: " in text
    assert f"{photos / 'rocket.jpg'}: no category fits well enough" in text
    assert len(names_shown(window)) == 4


def test_move_takes_photos_out_of_the_grid_and_undo_brings_all_back(window, plan, photos, qtbot):
    before = files_of(photos)
    dialog = plan()
    dialog.move_.click()
    assert dialog.apply.text().replace("&", "") == "Move 2 photos"
    finish(window, qtbot, dialog.apply.click)
    assert files_of(photos) == ["broken.jpg", "rocket.jpg"]
    assert names_shown(window) == ["broken.jpg", "rocket.jpg"]
    assert window.photos.table.counts().total == 2
    assert load_settings().takes == "move"
    finish(window, qtbot, window.sorting.bar.undo.click)
    assert files_of(photos) == before
    assert not photos.with_name("photos sorted").exists()
    assert window.sorting.bar.text.startswith("Photos back where they were: 2 of 2, files in all: 3.")
    assert not window.sorting.bar.undo.isVisible()
    qtbot.waitUntil(lambda: len(names_shown(window)) == 4, timeout=WAIT_MS)


def test_unticked_photo_or_folder_stays_and_the_totals_follow(window, plan, photos, qtbot):
    dialog = plan()
    cats = dialog.folders.index(0, 0, dialog.folders.index(0, 0))
    assert dialog.folders.setData(cats, Qt.CheckState.Unchecked.value, CHECK)
    assert dialog.apply.text().replace("&", "") == "Copy 1 photo"
    assert "1 will go and 3 will stay" in dialog.summary.text()
    assert dialog.folders.index(0, 0).data(CHECK) is Qt.CheckState.PartiallyChecked
    assert dialog.folders.index(0, 1).data() == "1 of 2"
    assert dialog.rows.setData(dialog.rows.index(1, 0), Qt.CheckState.Unchecked.value, CHECK)
    assert not dialog.apply.isEnabled()
    assert "nothing to do" in dialog.summary.text()
    assert dialog.rows.setData(dialog.rows.index(0, 0), Qt.CheckState.Checked.value, CHECK)
    finish(window, qtbot, dialog.apply.click)
    assert files_of(photos.with_name("photos sorted")) == ["cats/chelsea.png", "cats/chelsea.png.xmp"]
    assert f"{photos / 'coffee.png'}: you took it out of the plan" in window.sorting.bar.end.stays


def test_name_that_is_taken_gets_a_number_and_same_content_stays(window, plan, photos, qtbot):
    taken = photos.with_name("photos sorted")
    (taken / "cats").mkdir(parents=True)
    (taken / "coffee").mkdir()
    (taken / "cats" / "chelsea.png").write_bytes(b"another")
    shutil.copy(photos / "coffee.png", taken / "coffee")
    dialog = plan()
    assert dialog.rows.index(0, 0).data() == "chelsea (2).png + 1 file"
    assert dialog.rows.index(0, 1).data() == "chelsea.png"
    assert "renamed" in dialog.rows.index(0, 2).data()
    assert "There already, with the same content" in folders_shown(dialog)["What stays"][1]
    finish(window, qtbot, dialog.apply.click)
    assert (taken / "cats" / "chelsea.png").read_bytes() == b"another"
    assert (taken / "cats" / "chelsea (2).png").read_bytes() == (photos / "chelsea.png").read_bytes()
    assert (taken / "cats" / "chelsea (2).png.xmp").exists()


def test_selection_alone_is_sorted(window, plan, photos):
    window.grid.choose(row_of(window, "coffee.png"))
    dialog = plan(window.sorting.sort_chosen)
    assert list(folders_shown(dialog)["photos sorted"][1]) == ["coffee"]
    assert "Not chosen or not shown" in folders_shown(dialog)["What stays"][1]


def test_destination_by_drop_and_dates_plan_anew(window, plan, tmp_path, qtbot):
    (tmp_path / "elsewhere").mkdir()
    dialog = plan()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "elsewhere"))])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    replan(dialog, qtbot, lambda: dialog.dropEvent(drop))
    assert dialog.planned.tree.plan.destination == tmp_path / "elsewhere"
    dialog.dates.setCurrentIndex(1)
    replan(dialog, qtbot, lambda: dialog.dates.activated.emit(1))
    assert folders_shown(dialog)["elsewhere"][1]["cats"] == ("1", {"2009": ("1", {})})
    finish(window, qtbot, dialog.apply.click)
    settings = load_settings()
    assert settings.date_folders == "{year}"
    assert settings.destinations.splitlines()[0] == str(tmp_path / "elsewhere")


def test_destination_that_is_no_folder_is_said_and_nothing_can_be_done(window, plan, photos, tmp_path, qtbot):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    dialog = plan()
    dialog.destination.take(tmp_path / "file")
    qtbot.waitUntil(lambda: "choose another folder" in dialog.notices.text, timeout=WAIT_MS)
    assert not dialog.apply.isEnabled()


def test_destination_whose_drive_is_gone_is_not_made_elsewhere(window, plan, tmp_path, qtbot):
    dialog = plan()
    dialog.destination.take(tmp_path / "drive" / "sorted")
    qtbot.waitUntil(lambda: "its drive is connected" in dialog.notices.text, timeout=WAIT_MS)
    assert not dialog.apply.isEnabled()
    assert not (tmp_path / "drive").exists()


@pytest.fixture
def small_disk(tmp_path):
    """Return a disk of 256 kB in memory; who may mount it is root on Linux."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(("options", "reason"), [("remount,size=256k", "disk is full"), ("remount,ro", "read-only")])
def test_disk_that_is_full_or_read_only_leaves_all_as_it_was(window, plan, photos, small_disk, qtbot, options, reason):
    before = files_of(photos)
    (small_disk / "another").write_bytes(bytes(200_000))
    subprocess.run(["mount", "-o", options, str(small_disk)], check=True)
    dialog = plan()
    dialog.move_.click()
    replan(dialog, qtbot, lambda: dialog.destination.take(small_disk))
    assert "are free there." in dialog.summary.text()
    finish(window, qtbot, dialog.apply.click)
    assert files_of(photos) == before
    assert files_of(small_disk) == ["another"]
    sums = window.sorting.bar.end.sums
    assert (sums.photos, sums.done, sums.stayed, sums.still_open) == (2, 0, 2, 0)
    assert "Could not go, unchanged: 2." in window.sorting.bar.text
    assert not window.sorting.bar.undo.isVisible()
    assert any("chelsea.png" in line and reason.casefold() in line.casefold() for line in lines(window))


def test_photo_that_changed_since_the_plan_stays_and_is_named(window, plan, photos, qtbot):
    dialog = plan()
    (photos / "coffee.png").write_bytes(b"edited")
    finish(window, qtbot, dialog.apply.click)
    sums = window.sorting.bar.end.sums
    assert (sums.done, sums.stayed) == (1, 1)
    assert "Could not go, unchanged: 1." in window.sorting.bar.text
    assert any("coffee.png: it has changed since it was looked at" in line for line in lines(window))


def test_decision_after_the_plan_is_noticed(window, plan, qtbot):
    dialog = plan()
    assert not dialog.again.isVisible()
    window.grid.choose(row_of(window, "rocket.jpg"))
    window.review.assign(2)
    assert dialog.again.isVisible()
    replan(dialog, qtbot, dialog.again.click)
    assert not dialog.again.isVisible()
    assert "elephants" in folders_shown(dialog)["photos sorted"][1]


def test_decision_follows_a_photo_that_is_moved(window, plan, photos, open_main, qtbot):
    window.grid.choose(row_of(window, "rocket.jpg"))
    window.review.assign(2)
    dialog = plan()
    dialog.move_.click()
    finish(window, qtbot, dialog.apply.click)
    window.review.stack.undo()  # of a photo that is no longer here: its decision stays
    window.open_folder(photos.with_name("photos sorted"))
    qtbot.waitUntil(lambda: not window.session.is_busy and len(names_shown(window)) == 3, timeout=WAIT_MS)
    assert window.photos.table.label(row_of(window, "rocket.jpg")) == "elephants"


def test_history_lists_runs_and_takes_one_back_after_a_restart(window, plan, photos, open_main, qtbot):
    before = files_of(photos)
    dialog = plan()
    dialog.move_.click()
    finish(window, qtbot, dialog.apply.click)
    window.close()
    again = open_main(photos)
    again.sorting.history.trigger()
    runs = again.sorting.runs
    qtbot.waitUntil(lambda: runs.model.rowCount() == 1, timeout=WAIT_MS)
    cells = [runs.model.index(0, column).data() for column in range(6)]
    assert cells[1:] == ["Moved", "3", "", str(photos), str(photos.with_name("photos sorted"))]
    (photos.with_name("photos sorted") / "coffee" / "coffee.png").write_bytes(b"edited since")
    finish(again, qtbot, runs.undo.click)
    assert files_of(photos) == [name for name in before if name != "coffee.png"]
    assert "Could not go, unchanged: 1." in again.sorting.bar.text
    assert any("coffee.png" in line and "changed" in line for line in again.sorting.bar.end.stays)
    qtbot.waitUntil(lambda: runs.model.rowCount() == 2, timeout=WAIT_MS)
    assert runs.model.index(1, 3).data() == "partly taken back"
    assert runs.run.kind == "sort"  # it stays chosen
    runs.close()
    again.sorting.history.trigger()
    qtbot.waitUntil(lambda: runs.run is not None, timeout=WAIT_MS)
    assert runs.run.kind == "undo"  # the latest


@pytest.fixture
def many(open_main, tmp_path, qtbot):
    """Return a window with more photos than the journal takes at once, all put into a category by hand."""
    draw_many(tmp_path / "many", 300)
    window = open_main(tmp_path / "many")
    window.categories.add(["cats"])
    table = window.photos.table
    qtbot.waitUntil(lambda: len(table.photos) == 300 and table.question > 0, timeout=WAIT_MS)
    window.session.cancel()  # nothing else is asked of the model than the category
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)
    window.review.put(range(300), "cats")
    window.sorting.sort.trigger()
    qtbot.waitUntil(lambda: window.sorting.dialog.planned is not None, timeout=WAIT_MS)
    return window


class Order(QObject):
    """Notes in the window's thread what comes first."""

    def __init__(self, window):
        super().__init__()
        self.seen = []
        window.session.batch_ready.connect(self.answer)
        window.session.worker.sorter.ended.connect(self.end)

    @Slot(object)
    def answer(self, batch):
        self.seen += ["answer"] if batch.answers else []

    @Slot(object)
    def end(self, _):
        self.seen.append("end")


def test_categories_are_answered_while_photos_are_copied(many, qtbot):
    order = Order(many)

    def copy_and_ask():
        many.sorting.dialog.apply.click()
        many.session.ask(many.categories.categories())

    finish(many, qtbot, copy_and_ask)
    assert many.sorting.bar.end.sums.done == 300
    qtbot.waitUntil(lambda: "end" in order.seen)
    assert order.seen[0] == "answer"


def test_window_that_is_closed_during_a_sort_stops_soon_and_loses_nothing(many, tmp_path, qtbot):
    before = files_of(tmp_path / "many")
    many.sorting.dialog.move_.click()
    many.sorting.dialog.apply.click()
    assert many.sorting.progress.isVisible()
    qtbot.waitUntil((tmp_path / "many sorted" / "cats").exists, timeout=WAIT_MS)
    many.close()
    moved = [Path(name).name for name in files_of(tmp_path / "many sorted")]
    assert sorted([*files_of(tmp_path / "many"), *moved]) == before
    (run,) = history(paths.journal_file())
    assert (run.done, run.in_flight, run.finished_ns is not None) == (len(moved), 0, True)


def test_cancel_stops_between_photos_and_the_rest_is_counted(many, tmp_path, qtbot):
    def begin_and_stop():
        many.sorting.dialog.apply.click()
        qtbot.waitUntil((tmp_path / "many sorted" / "cats").exists, timeout=WAIT_MS)
        many.sorting.progress.cancel.click()

    finish(many, qtbot, begin_and_stop)
    sums = many.sorting.bar.end.sums
    assert (sums.photos, sums.done + sums.not_begun) == (300, 300)
    assert len(files_of(tmp_path / "many sorted")) == sums.done
    assert ("Not begun" in many.sorting.bar.text) == bool(sums.not_begun)


def test_raw_and_jpeg_go_together_or_not_at_all(open_main, photos, qtbot):
    shutil.copy(photos / "coffee.png", photos / "chelsea.jpg")
    (photos / "chelsea.nef").write_bytes(b"no RAW that can be read")
    window = judged(open_main(photos), qtbot)
    window.sorting.sort.trigger()
    dialog = window.sorting.dialog
    qtbot.waitUntil(lambda: dialog.planned is not None, timeout=WAIT_MS)
    texts = [dialog.rows.index(row, 0).data() for row in range(dialog.rows.rowCount())]
    assert "chelsea.nef + 1 file" in texts
    row = texts.index("chelsea.nef + 1 file")
    assert "chelsea.nef alone: can't be read" in dialog.rows.index(row, 2).data()
    dialog.rows.setData(dialog.rows.index(row, 0), Qt.CheckState.Unchecked.value, CHECK)
    finish(window, qtbot, dialog.apply.click)
    there = files_of(photos.with_name("photos sorted"))
    assert "coffee/coffee.png" in there
    assert not any("chelsea.nef" in name or "chelsea.jpg" in name for name in there)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_trash_takes_a_photo_with_its_sidecar_and_the_grid_goes_on(window, photos, qtbot):
    window.grid.choose(row_of(window, "chelsea.png"))
    window.sorting.trash.trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=WAIT_MS)
    (box,) = window.findChildren(QMessageBox)
    assert "1 photo" in box.text()
    assert "chelsea.png.xmp" in box.informativeText()
    assert (photos / "chelsea.png").exists()
    finish(window, qtbot, box.buttons()[0].click)
    assert files_of(photos) == ["broken.jpg", "coffee.png", "rocket.jpg"]
    assert names_shown(window) == ["broken.jpg", "coffee.png", "rocket.jpg"]
    assert window.grid.current_row() == row_of(window, "coffee.png")
    assert window.sorting.bar.text.startswith("Files put into the trash: 2 of 2.")
