"""The real dialog of models against a real server on loopback, with small files as the published ones."""

import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from clipsorter import paths
from clipsorter.clip.catalog import catalog
from clipsorter.ui.model_dialog import ModelDialog
from clipsorter.ui.model_worker import ModelFiles
from tests import model_server as server
from tests.model_server import ModelServer, serving
from tests.tiny_catalog import FILES, tiny_catalog

WAIT_MS = 30_000
FILE = FILES["ViT-B/32"]
HALF = len(FILE) // 2


@pytest.fixture(autouse=True)
def published(tmp_path, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "CLIPSORTER_MODELS_URL"):
        monkeypatch.delenv(name, raising=False)
    with tiny_catalog(tmp_path):
        yield


@pytest.fixture
def open_dialog(qtbot):
    """Return a function that opens the dialog as the window does; its thread ends with the test."""
    opened = []

    def open_(url="http://127.0.0.1:1"):
        files = ModelFiles()
        files.worker.retry_delays_s = (0.0,)
        dialog = ModelDialog(files, url)
        qtbot.addWidget(dialog)
        opened.append((files, dialog))
        files.list_models()
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog.models.rows), timeout=WAIT_MS)
        return dialog

    yield open_
    for files, dialog in opened:
        dialog.close()
        assert files.close()


def click(qtbot, button):
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def idle(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog._files.busy_with is None, timeout=WAIT_MS)


def cells(dialog, model_id):
    place = dialog.models.row_of(model_id)
    return [dialog.models.index(place, column).data() for column in range(4)]


def target():
    return paths.models_dir() / catalog()["ViT-B/32"].file


def part():
    return target().with_name(f"{target().name}.part")


def put(model_id, data=None):
    paths.models_dir().mkdir(parents=True, exist_ok=True)
    path = paths.models_dir() / catalog()[model_id].file
    path.write_bytes(FILES[model_id] if data is None else data)
    return path


def test_all_models_are_listed_and_nothing_is_fetched_unasked(open_dialog, qtbot):
    with serving(ModelServer(FILE)) as site:
        dialog = open_dialog(site.url)
        dialog.show_in_use("starter")
        assert cells(dialog, "starter") == ["Starter", "–", "✓ in use", "everyday things, at once"]
        assert cells(dialog, "RN50")[1:3] == ["1 MB", "not here"]
        assert len(dialog.models.rows) == len(catalog())
        assert dialog.first.isVisible()
        assert dialog.first.text() == "&Get ViT-B/32 (1 MB)"
        assert site.paths == []


def test_download_goes_to_the_end_and_the_model_can_be_used(open_dialog, qtbot):
    with serving(ModelServer(FILE)) as site:
        dialog = open_dialog(site.url)
        click(qtbot, dialog.first)
        assert dialog.download.isVisible()
        idle(qtbot, dialog)
    assert target().read_bytes() == FILE
    assert cells(dialog, "ViT-B/32")[2] == "ready"
    assert dialog.said.text() == "CLIP ViT-B/32 is here, and its SHA-256 is right."
    assert not dialog.download.isVisible()
    assert not dialog.first.isVisible()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        click(qtbot, dialog.use)
    assert chosen.args == ["ViT-B/32"]


def test_download_is_paused_and_goes_on_from_there(open_dialog, qtbot):
    with serving(ModelServer(FILE, server.gated(HALF), server.ranged)) as site:
        dialog = open_dialog(site.url)
        click(qtbot, dialog.first)
        qtbot.waitUntil(lambda: "of 0 MB" in dialog.download.words.text(), timeout=WAIT_MS)
        click(qtbot, dialog.download.pause)
        site.gate.set()
        idle(qtbot, dialog)
        fetched = part().stat().st_size
        assert HALF <= fetched <= len(FILE)
        assert not target().exists()
        assert "Paused at" in dialog.download.words.text()
        assert dialog.notices.isHidden()
        click(qtbot, dialog.download.resume)
        idle(qtbot, dialog)
        assert site.ranges == [None, f"bytes={fetched}-"]
    assert target().read_bytes() == FILE


def test_what_was_fetched_before_a_restart_is_gone_on_with(open_dialog, qtbot):
    paths.models_dir().mkdir(parents=True)
    part().write_bytes(FILE[:HALF])
    with serving(ModelServer(FILE)) as site:
        dialog = open_dialog(site.url)
        assert cells(dialog, "ViT-B/32")[2] == "0 MB fetched"
        assert "is fetched in part" in dialog.download.title.text()
        click(qtbot, dialog.download.resume)
        idle(qtbot, dialog)
        assert site.ranges == [f"bytes={HALF}-"]
    assert target().read_bytes() == FILE


def test_download_that_is_given_up_leaves_nothing(open_dialog, qtbot):
    with serving(ModelServer(FILE, server.gated(HALF))) as site:
        dialog = open_dialog(site.url)
        click(qtbot, dialog.first)
        qtbot.waitUntil(lambda: part().exists(), timeout=WAIT_MS)
        click(qtbot, dialog.download.cancel)
        site.gate.set()
        idle(qtbot, dialog)
    assert not part().exists()
    assert not target().exists()
    assert cells(dialog, "ViT-B/32")[2] == "not here"
    assert dialog.first.isVisible()


def test_wrong_checksum_is_a_sentence_with_a_way_out(open_dialog, qtbot):
    with serving(ModelServer(FILE, server.other(FILE[::-1]), server.ranged)) as site:
        dialog = open_dialog(site.url)
        click(qtbot, dialog.first)
        idle(qtbot, dialog)
        assert "its SHA-256 is wrong. It was removed. Try again" in dialog.notices.text
        assert dialog.notices.isVisible()
        assert list(paths.models_dir().glob("*.pt*")) == []
        click(qtbot, dialog.first)
        idle(qtbot, dialog)
        assert dialog.notices.isHidden()
    assert target().read_bytes() == FILE


def test_server_that_is_not_there_leads_to_the_import_of_a_file(open_dialog, qtbot):
    dialog = open_dialog()
    click(qtbot, dialog.first)
    idle(qtbot, dialog)
    assert "127.0.0.1" in dialog.notices.text
    assert "import the model from a file" in dialog.notices.text
    assert dialog.importing.isEnabled()


def test_server_that_goes_away_is_told_while_it_is_tried_again(open_dialog, qtbot):
    with serving(ModelServer(FILE, server.breaking(HALF), server.ranged)) as site:
        dialog = open_dialog(site.url)
        dialog._files.worker.retry_delays_s = (60.0,)
        click(qtbot, dialog.first)
        qtbot.waitUntil(lambda: "Trying again in 60 s." in dialog.download.words.text(), timeout=WAIT_MS)
        assert "broke off" in dialog.download.words.text()
        click(qtbot, dialog.download.pause)
        idle(qtbot, dialog)
        click(qtbot, dialog.download.resume)
        idle(qtbot, dialog)
    assert target().read_bytes() == FILE


def test_dropped_file_is_imported(open_dialog, qtbot, tmp_path):
    (tmp_path / "some name.bin").write_bytes(FILE)
    dialog = open_dialog()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "some name.bin"))])
    kind = Qt.KeyboardModifier.NoModifier
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, kind))
    idle(qtbot, dialog)
    assert cells(dialog, "ViT-B/32")[2] == "ready"
    assert "CLIP ViT-B/32 was imported" in dialog.said.text()
    assert dialog.row.id == "ViT-B/32"


def test_file_of_another_training_becomes_a_model_of_its_own(open_dialog, qtbot, checkpoint_file):
    dialog = open_dialog()
    dialog.gelu.setChecked(True)
    dialog._import_named(str(checkpoint_file))
    idle(qtbot, dialog)
    assert cells(dialog, "tiny")[2:] == ["ready", "what it was trained for; imported from a file"]
    assert dialog.row.id == "tiny"
    assert not dialog.get.isVisible()


def test_file_that_is_no_model_is_said(open_dialog, qtbot, tmp_path):
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
    dialog = open_dialog()
    dialog._import_named(str(tmp_path / "holiday.jpg"))
    idle(qtbot, dialog)
    assert "holiday.jpg" in dialog.notices.text


def test_damaged_file_is_found_and_can_be_replaced(open_dialog, qtbot):
    path = put("ViT-B/32")
    dialog = open_dialog()
    dialog._choose("ViT-B/32")
    click(qtbot, dialog.verify)
    idle(qtbot, dialog)
    assert dialog.said.text() == "CLIP ViT-B/32 is intact."
    path.write_bytes(FILE[::-1])
    click(qtbot, dialog.verify)
    idle(qtbot, dialog)
    assert "is damaged, so it is not used" in dialog.notices.text
    assert cells(dialog, "ViT-B/32")[2] == "damaged"
    assert not dialog.use.isVisible()
    assert dialog.first.isVisible()


def test_removing_is_asked_about_first(open_dialog, qtbot):
    path = put("RN50")
    dialog = open_dialog()
    dialog._choose("RN50")
    click(qtbot, dialog.remove)
    box = dialog.findChild(QMessageBox)
    assert "Remove CLIP RN50?" in box.text()
    assert path.exists()
    click(qtbot, next(button for button in box.buttons() if button.text() == "Remove CLIP RN50"))
    idle(qtbot, dialog)
    assert not path.exists()
    assert cells(dialog, "RN50")[2] == "not here"


def test_starter_can_neither_be_removed_nor_fetched(open_dialog, qtbot):
    dialog = open_dialog()
    dialog._choose("starter")
    assert not any(button.isVisible() for button in (dialog.get, dialog.remove, dialog.verify))
    assert dialog.use.isEnabled()
    dialog.show_in_use("starter")
    assert not dialog.use.isEnabled()


def test_other_program_at_work_is_said(open_dialog, qtbot):
    from clipsorter.clip.models_folder import changing

    dialog = open_dialog()
    with changing(paths.models_dir()):
        click(qtbot, dialog.first)
        idle(qtbot, dialog)
    assert "Another Clipsorter" in dialog.notices.text


def test_thread_ends_while_a_download_waits_for_the_server(open_dialog, qtbot):
    with serving(ModelServer(FILE, server.gated(HALF))) as site:
        dialog = open_dialog(site.url)
        click(qtbot, dialog.first)
        qtbot.waitUntil(lambda: part().exists(), timeout=WAIT_MS)
        threading.Timer(0.05, site.gate.set).start()
        assert dialog._files.close()
    assert part().stat().st_size >= HALF


def test_every_button_has_a_name_and_can_be_reached_by_tab(open_dialog, qtbot):
    dialog = open_dialog()
    for button in dialog.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.text() or button.accessibleName()
    assert dialog.table.accessibleName()


def test_listing_and_downloading_import_no_torch(tmp_path):
    program = """
import sys, threading
from pathlib import Path
from clipsorter.ui.model_worker import ModelWorker
from tests.tiny_catalog import tiny_catalog
with tiny_catalog(Path(sys.argv[1])):
    worker, told = ModelWorker(), []
    worker.ended.connect(told.append)
    worker.list_models()
    worker.download("ViT-B/32", sys.argv[2], threading.Event())
    assert told[0].failure is None, told
assert "torch" not in sys.modules
"""
    with serving(ModelServer(FILE)) as site:
        arguments = [sys.executable, "-c", program, str(tmp_path), site.url]
        done = subprocess.run(arguments, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
