"""Models and settings from the window: what is chosen counts at once, and is there after a restart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QSpinBox

from clipsorter import paths
from clipsorter.settings import load_settings
from clipsorter.ui.photo_table import State
from tests.model_server import ModelServer, gated, serving
from tests.tiny_catalog import tiny_catalog

WAIT_MS = 30_000


@pytest.fixture(autouse=True)
def published(tmp_path, checkpoint_file, monkeypatch):
    """Publish a real network as ViT-B/32."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with tiny_catalog(tmp_path, checkpoint_file), serving(ModelServer(checkpoint_file.read_bytes())) as site:
        monkeypatch.setenv("CLIPSORTER_MODELS_URL", site.url)
        yield site


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.add(["cats", "coffee"])
    wait_for(qtbot, window, "Starter · CPU · exact")
    return window


def wait_for(qtbot, window, model):
    qtbot.waitUntil(lambda: window.status.model_words == model, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=WAIT_MS)


def click(qtbot, button):
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def open_models(qtbot, window):
    click(qtbot, window.status.model)
    qtbot.waitUntil(lambda: bool(window.preferences.models.models.rows), timeout=WAIT_MS)
    return window.preferences.models


def get_first_choice(qtbot, window):
    dialog = open_models(qtbot, window)
    click(qtbot, dialog.first)
    wait_for(qtbot, window, "CLIP ViT-B/32 · CPU · exact")
    return dialog


def choose(box, value):
    box.setCurrentIndex(box.findData(value))


def open_settings(window):
    window.preferences.show_settings()
    return window.preferences.settings


def test_line_says_what_the_starter_knows_and_leads_to_the_dialog(window, qtbot, published):
    line = window.preferences.line
    assert line.isVisible()
    assert line.get.text().startswith("Get ViT-B/32, ")
    click(qtbot, line.get)
    dialog = window.preferences.models
    qtbot.waitUntil(lambda: bool(dialog.models.rows), timeout=WAIT_MS)
    assert dialog.isVisible()
    assert dialog.row.id == "ViT-B/32"
    assert not dialog.isModal()
    assert published.paths == []


def test_line_that_was_closed_stays_away(window, open_main, qtbot):
    click(qtbot, window.preferences.line.close_button)
    assert window.preferences.line.isHidden()
    window.close()
    again = open_main()
    wait_for(qtbot, again, "Starter · CPU · exact")
    assert again.preferences.line.isHidden()


def test_model_that_was_got_replaces_the_starter_and_is_used_after_a_restart(window, open_main, qtbot):
    dialog = get_first_choice(qtbot, window)
    assert window.preferences.line.isHidden()
    assert dialog.models.data(dialog.models.index(dialog.models.row_of("ViT-B/32"), 2)) == "✓ in use"
    assert all(window.photos.table.state(row) is not State.WAITING for row in range(4))
    assert load_settings().model == "ViT-B/32"
    window.close()
    again = open_main()
    wait_for(qtbot, again, "CLIP ViT-B/32 · CPU · exact")


def test_going_back_to_the_starter_gives_the_same_answers(window, qtbot):
    before = [window.photos.table.state(row) for row in range(4)]
    dialog = get_first_choice(qtbot, window)
    dialog._choose("starter")
    click(qtbot, dialog.use)
    wait_for(qtbot, window, "Starter · CPU · exact")
    assert [window.photos.table.state(row) for row in range(4)] == before
    assert window.preferences.line.isHidden()  # the other one is here already


def test_model_in_use_that_is_removed_gives_way_to_the_starter(window, qtbot):
    dialog = get_first_choice(qtbot, window)
    dialog._remove()
    wait_for(qtbot, window, "Starter · CPU · exact")
    assert load_settings().model == ""


def test_download_goes_on_when_the_dialog_is_closed(window, qtbot):
    dialog = open_models(qtbot, window)
    click(qtbot, dialog.first)
    dialog.close()
    wait_for(qtbot, window, "CLIP ViT-B/32 · CPU · exact")


def test_photos_are_looked_at_while_a_model_is_fetched(window, qtbot, checkpoint_file, monkeypatch):
    with serving(ModelServer(checkpoint_file.read_bytes(), gated(100_000))) as site:
        monkeypatch.setenv("CLIPSORTER_MODELS_URL", site.url)
        dialog = open_models(qtbot, window)
        click(qtbot, dialog.first)
        qtbot.waitUntil(lambda: bool(site.paths), timeout=WAIT_MS)
        before = window.photos.table.question
        window.categories.add(["rockets"])
        qtbot.waitUntil(lambda: window.photos.table.question > before, timeout=WAIT_MS)
        window.rescan()
        wait_for(qtbot, window, "Starter · CPU · exact")
        assert window.preferences.files.busy_with == ("download", "ViT-B/32")
        site.gate.set()
        wait_for(qtbot, window, "CLIP ViT-B/32 · CPU · exact")


def test_window_closes_although_a_download_is_under_way(window, qtbot):
    dialog = open_models(qtbot, window)
    click(qtbot, dialog.first)
    window.close()
    assert not window.preferences.files.is_alive
    assert not dialog.isVisible()


def test_unsure_band_counts_at_once(window, qtbot):
    dialog = open_settings(window)
    assert not dialog.probability.isVisible()
    row = next(n for n, photo in enumerate(window.photos.table.photos) if photo.path.name == "chelsea.png")
    assert window.photos.table.state(row) is State.SURE
    dialog.suggested.setChecked(False)
    assert dialog.probability.isVisible()
    dialog.probability.setValue(100)
    qtbot.waitUntil(lambda: window.photos.table.state(row) is State.UNSURE, timeout=WAIT_MS)
    dialog.suggested.setChecked(True)
    qtbot.waitUntil(lambda: window.photos.table.state(row) is State.SURE, timeout=WAIT_MS)
    assert load_settings().min_probability == 1.0


def test_choices_are_kept(window, qtbot):
    dialog = open_settings(window)
    themes = []
    window.preferences.theme_chosen.connect(themes.append)
    choose(dialog.theme, "contrast")
    choose(dialog.language, "de")
    choose(dialog.device, "cpu")
    dialog.limit.setValue(300)
    kept = load_settings()
    assert (kept.theme, kept.language, kept.device, kept.thumbnails_mb) == ("contrast", "de", "cpu", 300)
    assert themes == ["contrast"]
    wait_for(qtbot, window, "Starter · CPU · exact")


def test_subfolders_are_one_choice_in_the_menu_and_in_the_dialog(window, qtbot):
    dialog = open_settings(window)
    assert dialog.subfolders.isChecked()
    click(qtbot, dialog.subfolders)
    assert not window.actions_.subfolders.isChecked()
    assert window.session.is_busy
    window.actions_.subfolders.trigger()
    assert dialog.subfolders.isChecked()
    wait_for(qtbot, window, "Starter · CPU · exact")


def test_cache_is_measured_and_emptied(window, qtbot):
    folder = paths.cache_dir() / "thumbnails"
    assert list(folder.rglob("*.jpg"))
    dialog = open_settings(window)
    qtbot.waitUntil(lambda: dialog.empty.isEnabled() and "MB are in use" in dialog.cache_size.text(), timeout=WAIT_MS)
    click(qtbot, dialog.empty)
    qtbot.waitUntil(lambda: not dialog.empty.isEnabled(), timeout=WAIT_MS)
    assert not list(folder.rglob("*.jpg"))


def test_fast_mode_that_does_not_fit_is_said_in_the_dialog(window, qtbot):
    dialog = open_settings(window)
    dialog.fast.setChecked(True)
    qtbot.waitUntil(lambda: "no fast mode" in dialog.fast_note.text(), timeout=WAIT_MS)
    wait_for(qtbot, window, "Starter · CPU · exact")


def test_every_control_of_the_settings_has_a_name(window):
    dialog = open_settings(window)
    for kind in (QAbstractButton, QComboBox, QSpinBox):
        for control in dialog.findChildren(kind):
            assert control.accessibleName() or getattr(control, "text", str)(), control


def test_details_of_a_failed_download_can_be_read(window, qtbot, monkeypatch):
    monkeypatch.setenv("CLIPSORTER_MODELS_URL", "http://127.0.0.1:1")
    window.preferences.files.worker.retry_delays_s = (0.0,)
    dialog = open_models(qtbot, window)
    click(qtbot, dialog.first)
    qtbot.waitUntil(lambda: "import the model from a file" in dialog.notices.text, timeout=WAIT_MS)
    assert window.notices.text == ""
    click(qtbot, dialog.notices._details)
    assert "ConnectionRefusedError" in window.failures.dialog.details.toPlainText()
    assert window.status.model_words == "Starter · CPU · exact"


def test_failure_is_said_in_the_window_where_the_dialog_was_closed(window, qtbot, monkeypatch):
    monkeypatch.setenv("CLIPSORTER_MODELS_URL", "http://127.0.0.1:1")
    window.preferences.files.worker.retry_delays_s = (0.2,)
    dialog = open_models(qtbot, window)
    click(qtbot, dialog.first)
    dialog.close()
    qtbot.waitUntil(lambda: "import the model from a file" in window.notices.text, timeout=WAIT_MS)
