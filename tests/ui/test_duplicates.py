import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox


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
    qtbot.waitUntil(lambda: shown.groups.count() == 1, timeout=20_000)
    return shown


def items(dialog):
    return [dialog.photos.item(row) for row in range(dialog.photos.count())]


def test_copies_are_side_by_side_with_the_best_marked_and_none_ticked(dialog):
    assert [item.text().splitlines()[0] for item in items(dialog)] == ["★ best: chelsea.png", "copy.jpg", "small.jpg"]
    assert "451 × 300" in items(dialog)[0].text()
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
    assert "chelsea.png" in dialog.said.text()


def test_tick_can_be_taken_back(dialog):
    items(dialog)[1].setCheckState(Qt.CheckState.Checked)
    assert [path.name for path in dialog.chosen()] == ["copy.jpg"]
    items(dialog)[1].setCheckState(Qt.CheckState.Unchecked)
    assert dialog.chosen() == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the trash is the user's own")
def test_ticked_photos_go_to_the_trash_and_come_back(dialog, photos, qtbot):
    from send2trash.plat_other import HOMETRASH  # read from the environment once, when the first test needs it

    window = dialog.parent()
    items(dialog)[2].setCheckState(Qt.CheckState.Checked)
    dialog.trash.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(QMessageBox)), timeout=20_000)
    (box,) = window.findChildren(QMessageBox)
    box.buttons()[0].click()
    qtbot.waitUntil(lambda: dialog.photos.count() == 2, timeout=20_000)
    assert not (photos / "small.jpg").exists()
    assert dialog.chosen() == []
    (trashed,) = Path(HOMETRASH, "files").glob("small*.jpg")
    trashed.rename(photos / "small.jpg")
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.rescan()
    assert window.photos.rowCount() == 6


def test_other_folder_closes_the_dialog(dialog, tmp_path, qtbot):
    window = dialog.parent()
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.open_folder(tmp_path / "empty")
    assert window.actions_.duplicates.dialog is None
