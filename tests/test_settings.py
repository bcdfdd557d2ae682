import json
import logging
import os

import pytest

from clipsorter.errors import ClipsorterError
from clipsorter.settings import Settings, load_settings, read_settings, save_settings, settings_file


def test_defaults_without_a_file():
    assert load_settings() == Settings()


def test_saved_settings_come_back_and_leave_no_temporary_file():
    settings = Settings(model="ViT-B/32", device="cpu", download_url="http://127.0.0.1:1/ü")
    save_settings(settings)
    assert load_settings() == settings
    assert [path.name for path in settings_file().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ({"model": 7, "device": "cpu"}, Settings(device="cpu")),
        ({"model": "RN50", "device": "toaster"}, Settings(model="RN50")),
        ({"model": "RN50", "thumbnails_mb": -5}, Settings(model="RN50")),
        ({"fast": True, "thumbnails_mb": 0}, Settings(fast=True)),
        ({"fast": False, "thumbnails_mb": 1}, Settings(thumbnails_mb=1)),
        ({"model": "RN50", "from_a_later_version": True}, Settings(model="RN50")),
        ({"model": "RN50", "min_probability": 1.5, "min_margin": 0.2}, Settings(model="RN50", min_margin=0.2)),
        ({"min_probability": 0, "min_margin": True}, Settings(min_probability=0)),
        ({"theme": "dark", "language": "tlh"}, Settings(theme="dark")),
        ({"theme": ["dark"], "min_margin": "much"}, Settings()),
    ],
)
def test_damaged_key_falls_back_alone(stored, kept):
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(json.dumps(stored), encoding="utf-8")
    assert load_settings() == kept


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null"])
def test_damaged_file_falls_back_with_a_note(content, caplog):
    settings_file().parent.mkdir(parents=True)
    settings_file().write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load_settings() == Settings()
    assert "defaults are used" in caplog.text


def test_folder_that_cannot_be_made_is_one_sentence(clipsorter_home):
    (clipsorter_home / "config").write_text("in the way", encoding="utf-8")
    with pytest.raises(ClipsorterError, match="could not be saved"):
        save_settings(Settings())


def test_each_damaged_key_has_a_sentence():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text('{"theme": "pink", "fast": 1, "model": "RN50"}', encoding="utf-8")
    settings, notes = read_settings()
    assert settings == Settings(model="RN50")
    assert len(notes) == 2
    assert "“theme”" in notes[1]
    assert "'pink'" in notes[1]


def test_folder_whose_name_is_no_text_is_remembered(clipsorter_home):
    folder = os.fsdecode(b"/photos/caf\xe9")
    save_settings(Settings(folder=folder))
    assert load_settings().folder == folder
