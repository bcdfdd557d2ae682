from pathlib import Path

from clipsorter import paths


def test_every_folder_is_under_the_home_that_is_set(clipsorter_home):
    folders = [paths.config_dir(), paths.data_dir(), paths.models_dir(), paths.cache_dir(), paths.log_dir()]
    assert all(folder.is_relative_to(clipsorter_home) for folder in folders)
    assert len(set(folders)) == len(folders)


def test_models_are_not_in_the_cache(monkeypatch):
    monkeypatch.delenv("CLIPSORTER_HOME")
    assert not paths.models_dir().is_relative_to(paths.cache_dir())
    assert paths.models_dir().is_relative_to(paths.data_dir())


def test_resources_are_found():
    assert paths.resource("models.json").is_file()
    assert paths.openai_cache_dir() == Path.home() / ".cache" / "clip"
