import pytest
from PIL import Image

from clipsorter.clip.importing import import_model


@pytest.fixture
def tiny_model(checkpoint_file, clipsorter_home):
    """Install the small CLIP with random weights: its answers mean nothing, all else is real."""
    return import_model(checkpoint_file, model_id="tiny")


@pytest.fixture
def photos(tmp_path):
    """Return a folder with two drawn photos and a broken one."""
    folder = tmp_path / "photos"
    (folder / "deeper").mkdir(parents=True)
    Image.new("RGB", (80, 60), "red").save(folder / "a.png")
    Image.new("RGB", (80, 60), "blue").save(folder / "deeper" / "b é🐈.jpg")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing more")
    return folder
