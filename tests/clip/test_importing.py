"""A file that the user has becomes a model: proved, copied whole, under a name that every file system takes."""

import json
import shutil
import threading

import pytest

from clipsorter import paths
from clipsorter.clip import models_folder, store
from clipsorter.clip.catalog import catalog
from clipsorter.clip.checkpoint import build_model, read_checkpoint
from clipsorter.clip.importing import import_model
from clipsorter.errors import CheckpointError, UsageError
from tests.tiny_catalog import FILES, tiny_catalog
from tests.tiny_clip import make_twin, write_checkpoint


@pytest.fixture(autouse=True)
def published(tmp_path):
    with tiny_catalog(tmp_path):
        yield


def names():
    """Name what lies in the models folder, but for its own books."""
    return sorted(path.name for path in paths.models_dir().iterdir() if not path.name.startswith("."))


def test_published_file_becomes_that_model_whatever_its_name(tmp_path):
    file = tmp_path / "download(1).bin"
    file.write_bytes(FILES["ViT-B/32"])
    model = import_model(file, "mine", "gelu")
    assert model == store.find("ViT-B/32")
    assert model.card == catalog()["ViT-B/32"]
    assert model.path.read_bytes() == file.read_bytes()
    assert names() == ["ViT-B-32.pt"]
    assert import_model(file) == model


@pytest.mark.parametrize("damage", [b"damaged", None])
def test_import_replaces_a_damaged_or_unfinished_file(tmp_path, damage):
    paths.models_dir().mkdir(parents=True)
    (paths.models_dir() / ("ViT-B-32.pt" if damage else "ViT-B-32.pt.part")).write_bytes(b"damaged")
    file = tmp_path / "file"
    file.write_bytes(FILES["ViT-B/32"])
    import_model(file)
    assert store.find("ViT-B/32").path.read_bytes() == FILES["ViT-B/32"]
    assert names() == ["ViT-B-32.pt"]


@pytest.mark.parametrize("container", ["state_dict", "safetensors"])
def test_other_checkpoint_gets_a_card_of_its_own_and_loads(tmp_path, container):
    suffix = ".safetensors" if container == "safetensors" else ".pth"
    file = write_checkpoint(make_twin("vit"), tmp_path / f"my model (v2){suffix}", container)
    model = import_model(file, activation="gelu")
    assert names() == ["my-model-v2.json", f"my-model-v2{suffix}"]
    found = store.find("my-model-v2")
    assert found == model
    assert (found.card.activation, found.card.resolution, found.card.embed_dim) == ("gelu", 64, 64)
    assert "ViT of 2 layers" in found.card.knows
    assert build_model(read_checkpoint(found.path), found.card.activation).architecture.embed_dim == 64


@pytest.mark.parametrize(
    ("model_id", "name"),
    [("own", "own.pt"), ("LAION/ViT-B@2b", "LAION-ViT-B-2b.pt"), ("v1.5", "v1.5.pt"), ("console", "console.pt")],
)
def test_id_maps_to_a_safe_name_and_back(checkpoint_file, model_id, name):
    model = import_model(checkpoint_file, model_id)
    assert names() == sorted([name, name.removesuffix(".pt") + ".json"])
    assert store.find(model_id) == model
    assert [path.name for path in store.remove(model_id)] == [name, name.removesuffix(".pt") + ".json"]


@pytest.mark.parametrize(
    "model_id",
    ["", ".", "..", "../x", "a/../b", "/etc/x", "a\\b", "C:x", "a\0b", "a\nb", "con", "NUL", "com1", "aux.x", "x.",
     "-x", ".sha256", "x" * 65, "Bäume", "a b"],
)  # fmt: skip
def test_id_that_is_no_safe_file_name_is_refused(checkpoint_file, model_id):
    with pytest.raises(UsageError, match="can't be the id of a model"):
        import_model(checkpoint_file, model_id)
    assert names() == []


@pytest.mark.parametrize("model_id", ["starter", "ViT-B/32", "vit-b-32", "own", "OWN"])
def test_id_that_is_taken_is_refused(checkpoint_file, model_id):
    import_model(checkpoint_file, "own")
    before = names()
    with pytest.raises(UsageError, match=r"already\. Choose another name with --id, or rename"):
        import_model(checkpoint_file, model_id)
    assert names() == before


def test_file_name_that_gives_no_id_asks_for_one(tmp_path, checkpoint_file):
    file = tmp_path / "模型.pt"
    file.write_bytes(checkpoint_file.read_bytes())
    with pytest.raises(UsageError, match="--id"):
        import_model(file)
    assert import_model(file, "mine").card.file == "mine.pt"


@pytest.mark.parametrize("name", ["model", "model.JSON", "model.part", "model.v 2"])
def test_odd_suffix_becomes_pt(tmp_path, checkpoint_file, name):
    file = tmp_path / name
    file.write_bytes(checkpoint_file.read_bytes())
    assert import_model(file, "own").card.file == "own.pt"


def test_what_is_no_checkpoint_leaves_nothing_behind(tmp_path, checkpoint_file):
    for data in (b"", b"garbage", FILES["RN50"][:-1], checkpoint_file.read_bytes()[:-1000]):
        file = tmp_path / "broken.pt"
        file.write_bytes(data)
        with pytest.raises(CheckpointError):
            import_model(file)
    assert names() == []


def test_checkpoint_that_lacks_a_tensor_is_refused_at_once(tmp_path):
    import torch

    state = make_twin("vit").state_dict()
    del state["visual.transformer.resblocks.1.mlp.c_fc.bias"]
    torch.save(state, tmp_path / "lacking.pt")
    with pytest.raises(CheckpointError, match=r"resblocks\.1\.mlp\.c_fc\.bias is missing"):
        import_model(tmp_path / "lacking.pt")
    assert names() == []


def test_missing_file_and_folder_are_sentences(tmp_path):
    with pytest.raises(UsageError, match="is not a file"):
        import_model(tmp_path / "nothing.pt")
    with pytest.raises(UsageError, match="is not a file"):
        import_model(tmp_path)


def test_file_that_changes_while_it_is_copied_is_refused(tmp_path, monkeypatch):
    source, copy = tmp_path / "file", shutil.copyfile
    source.write_bytes(FILES["RN50"])

    def copy_of_a_busy_file(start, end):
        source.write_bytes(FILES["RN50"][::-1])
        return copy(start, end)

    monkeypatch.setattr(shutil, "copyfile", copy_of_a_busy_file)
    with pytest.raises(UsageError, match="changed while it was copied"):
        import_model(source)
    assert names() == []


def test_file_that_lies_in_the_models_folder_already_is_not_copied(checkpoint_file):
    paths.models_dir().mkdir(parents=True)
    file = paths.models_dir() / "own.pt"
    file.write_bytes(checkpoint_file.read_bytes())
    inode = file.stat().st_ino
    assert import_model(file).path == file
    assert file.stat().st_ino == inode
    assert json.loads((paths.models_dir() / "own.json").read_text(encoding="utf-8"))["id"] == "own"


def test_import_during_a_download_is_refused(checkpoint_file):
    held, done = threading.Event(), threading.Event()

    def hold():
        with models_folder.changing(paths.models_dir()):
            held.set()
            done.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    try:
        with pytest.raises(UsageError, match="Another Clipsorter"):
            import_model(checkpoint_file)
    finally:
        done.set()
        thread.join()
