import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QMessageBox

from clipsorter.photos.photo import Photo
from clipsorter.sorting.duplicates import Copy, DuplicateGroup, Kind


@pytest.fixture
def dialog(open_main, photos, qtbot):
    """Return the dialog over a folder in which a photo lies thrice."""
    with Image.open(photos / "chelsea.png") as picture:
        picture.convert("RGB").save(photos / "copy.jpg", quality=60)
        picture.convert("RGB").resize((300, 200)).save(photos / "small.jpg")
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    window.actions_.duplicates.action.trigger()
    shown = window.actions_.duplicates.dialog
    qtbot.waitUntil(lambda: shown.groups.count() == 1, timeout=60_000)
    return shown


def items(dialog):
    return [dialog.photos.item(row) for row in range(dialog.photos.count())]


def test_copies_are_side_by_side_with_the_best_marked_and_none_ticked(dialog, photos):
    assert [item.text().splitlines()[0] for item in items(dialog)] == ["★ best: chelsea.png", "copy.jpg", "small.jpg"]
    size = QLocale().formattedDataSize(
        (photos / "chelsea.png").stat().st_size, 1, QLocale.DataSizeFormat.DataSizeSIFormat
    )
    assert f"451 × 300, {size}" in items(dialog)[0].text()  # as in the preview and in file managers
    assert dialog.chosen() == []
    assert not dialog.trash.isEnabled()


def test_all_but_the_best_are_ticked_by_a_button(dialog):
    dialog.others.click()
    assert [path.name for path in dialog.chosen()] == ["copy.jpg", "small.jpg"]
    assert "2" in dialog.trash.text()


def test_last_photo_of_a_group_takes_no_tick(dialog):
    dialog.others.click()
    items(dialog)[0].setCheckState(Qt.CheckState.Checked)
    assert items(dialog)[0].checkState() is Qt.CheckState.Unchecked
    assert [path.name for path in dialog.chosen()] == ["copy.jpg", "small.jpg"]
    assert "chelsea.png" in dialog.work.said.text()


def test_tick_can_be_taken_back(dialog):
    items(dialog)[1].setCheckState(Qt.CheckState.Checked)
    assert [path.name for path in dialog.chosen()] == ["copy.jpg"]
    items(dialog)[1].setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_ticked_photos_go_to_the_trash_and_undo_brings_them_back(dialog, photos, qtbot):
    window = dialog.parent()
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.iterdir()}
    dialog.others.click()
    trash_what_is_ticked(dialog, qtbot)
    assert not (photos / "small.jpg").exists()
    assert window.photos.rowCount() == 4
    assert dialog.groups.count() == 0
    assert dialog.chosen() == []
    trashed = Path.home() / ".local" / "share" / "Trash" / "files"
    assert sorted(path.name for path in trashed.iterdir()) == ["copy.jpg", "small.jpg"]
    assert window.sorting.bar.text == "Files put into the trash: 2 of 2."
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.sorting.bar.undo.click()
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in photos.iterdir()} == before
    assert window.sorting.bar.text == "Photos back from the trash: 2 of 2, files in all: 2."
    assert sorted(photo.path.name for photo in window.photos.table.photos) == sorted(before)
    assert list(trashed.iterdir()) == []
    assert [item.text().splitlines()[0] for item in items(dialog)] == ["★ best: chelsea.png", "copy.jpg", "small.jpg"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_history_brings_photos_back_from_the_trash_after_a_restart(dialog, photos, open_main, qtbot):
    before = (photos / "small.jpg").read_bytes()
    items(dialog)[2].setCheckState(Qt.CheckState.Checked)
    trash_what_is_ticked(dialog, qtbot)
    window = dialog.parent()
    window.close()
    again = open_main(photos)
    with qtbot.waitSignal(again.session.ended, timeout=60_000):
        pass
    again.sorting.history.trigger()
    runs = again.sorting.runs
    qtbot.waitUntil(lambda: runs.model.rowCount() == 1, timeout=60_000)
    cells = [runs.model.index(0, column).data() for column in range(6)]
    assert cells[1:] == ["To the trash", "1", "", str(photos), "Trash"]
    with qtbot.waitSignal(again.session.ended, timeout=60_000):
        runs.undo.click()
    assert (photos / "small.jpg").read_bytes() == before
    assert "small.jpg" in [photo.path.name for photo in again.photos.table.photos]
    qtbot.waitUntil(lambda: runs.model.rowCount() == 2, timeout=60_000)
    assert runs.model.index(1, 3).data() == "taken back"
    assert [runs.model.index(0, column).data() for column in (1, 4, 5)] == ["Taken back", "Trash", str(photos)]
    assert "share" not in runs.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_emptied_trash_is_said_and_nothing_else_is_touched(dialog, photos, qtbot):
    window = dialog.parent()
    items(dialog)[2].setCheckState(Qt.CheckState.Checked)
    trash_what_is_ticked(dialog, qtbot)
    (Path.home() / ".local" / "share" / "Trash" / "files" / "small.jpg").unlink()
    end = window.sorting.bar.end
    window.sorting.bar.undo.click()
    qtbot.waitUntil(lambda: window.sorting.bar.end is not end, timeout=60_000)
    assert window.sorting.bar.text.startswith("Photos back from the trash: 0 of 1")
    assert "the trash was emptied" in window.sorting.bar.end.stays[0]


def trash_what_is_ticked(dialog, qtbot):
    window = dialog.parent()
    dialog.trash.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=60_000)
    (box,) = window.findChildren(QMessageBox)
    assert "Undo takes this back" in box.informativeText()
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: window.sorting.bar.end is not None and not window.sorting.is_busy, timeout=60_000)
    assert window.sorting.bar.undo.isVisibleTo(window.sorting.bar)


def test_other_folder_closes_the_dialog(dialog, tmp_path, qtbot):
    window = dialog.parent()
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.open_folder(tmp_path / "empty")
    assert window.actions_.duplicates.dialog is None


def test_of_a_photo_in_two_groups_something_stays_of_both(dialog, tmp_path):
    first, second, third = (Copy(Photo(tmp_path / f"{name}.jpg", 1, 1)) for name in "abc")
    dialog.show_groups(
        [DuplicateGroup(Kind.NEAR, (first, second), 0), DuplicateGroup(Kind.BURST, (first, third), 1)], 3
    )
    dialog.others.click()
    dialog.groups.setCurrentRow(1)
    dialog.others.click()
    assert [path.name for path in dialog.chosen()] == ["b.jpg"]
    items(dialog)[1].setCheckState(Qt.CheckState.Checked)
    assert [path.name for path in dialog.chosen()] == ["b.jpg"]
    assert "a.jpg was not ticked" in dialog.work.said.text()


def test_nothing_goes_that_is_no_longer_a_copy(dialog, photos, qtbot):
    dialog.others.click()
    Image.new("RGB", (30, 20), "red").save(photos / "chelsea.png")
    assert "chelsea.png is gone or has changed" in refused(dialog, qtbot)
    (photos / "chelsea.png").unlink()
    assert "chelsea.png is gone or has changed" in refused(dialog, qtbot)
    assert (photos / "small.jpg").exists()


def test_what_was_to_stay_does_not_go_along(dialog, photos, qtbot):
    (photos / "small.jpg").unlink()
    (photos / "copy.jpg").rename(photos / "chelsea.jpg")
    (photos / "chelsea.xmp").write_bytes(b"whose is it?")  # so the two go together, whichever it belongs to
    window = dialog.parent()
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.rescan()
    window.actions_.duplicates.action.trigger()
    qtbot.waitUntil(lambda: len(items(dialog)) == 2, timeout=60_000)
    dialog.others.click()
    assert [path.name for path in dialog.chosen()] == ["chelsea.jpg"]
    assert refused(dialog, qtbot).startswith("chelsea.png belongs to a photo that is ticked")


def refused(dialog, qtbot):
    """Return what is said where the window must not even ask."""
    window, said = dialog.parent(), []
    window.session.worker.sorter.failed.connect(lambda failure: said.append(failure.sentence))
    dialog.trash.click()
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    assert not window.findChildren(QMessageBox)
    return said[0]
