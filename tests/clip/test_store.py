"""Which models are here: only files that are what their cards say, from wherever they came."""

import json
import os
from dataclasses import asdict, replace

import pytest

from clipsorter import paths
from clipsorter.clip import models_folder, store
from clipsorter.clip.catalog import catalog
from clipsorter.errors import ModelMissingError, UsageError
from tests.tiny_catalog import FILES, tiny_catalog


@pytest.fixture(autouse=True)
def published(tmp_path):
    with tiny_catalog(tmp_path):
        yield


@pytest.fixture
def folder():
    paths.models_dir().mkdir(parents=True)
    return paths.models_dir()


@pytest.fixture
def openai_cache():
    paths.openai_cache_dir().mkdir(parents=True)
    return paths.openai_cache_dir()


def put(folder, model_id, data=None):
    path = folder / catalog()[model_id].file
    path.write_bytes(FILES[model_id] if data is None else data)
    return path


def put_imported(folder, model_id, **changes):
    """Write what an import leaves: a file and its card."""
    path = folder / f"{model_id}.pt"
    path.write_bytes(model_id.encode())
    card = replace(
        catalog()["ViT-B/32"], id=model_id, title=model_id, file=path.name, sha256=models_folder.sha256_of(path)
    )
    (folder / f"{model_id}.json").write_text(json.dumps(asdict(card) | changes), encoding="utf-8")
    return path


def rot(path):
    """Change a byte and nothing else that is seen from outside."""
    stat, data = path.stat(), bytearray(path.read_bytes())
    data[1000 % len(data)] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def ids(models):
    return [model.card.id for model in models]


def test_only_the_starter_is_here_at_first():
    (starter,) = store.installed()
    assert (starter.card.id, starter.where) == ("starter", "built in")
    assert starter.path.stat().st_size > 10_000_000
    assert store.default_model() == starter
    assert not paths.models_dir().exists()


def test_published_files_are_used_where_they_are(folder, openai_cache):
    ours, theirs = put(folder, "ViT-B/32"), put(openai_cache, "RN50")
    put(openai_cache, "ViT-B/32")
    found = {(model.card.id, model.path, model.where) for model in store.installed() if model.where != "built in"}
    assert found == {("ViT-B/32", ours, "models folder"), ("RN50", theirs, "~/.cache/clip")}
    assert store.find("RN50").path == theirs
    assert sorted(path.name for path in openai_cache.iterdir()) == ["RN50.pt", "ViT-B-32.pt"]


def test_damaged_file_is_not_installed(folder, openai_cache):
    put(folder, "ViT-B/32", b"half of it")
    put(openai_cache, "RN50", b"")
    assert ids(store.installed()) == ["starter"]
    with pytest.raises(ModelMissingError):
        store.find("ViT-B/32")


def test_good_file_of_openai_stands_in_for_our_damaged_one(folder, openai_cache):
    put(folder, "ViT-B/32", b"half of it")
    theirs = put(openai_cache, "ViT-B/32")
    assert store.find("ViT-B/32").path == theirs


def test_file_is_hashed_once_and_again_when_it_changes(folder):
    path = put(folder, "RN50")
    assert "RN50" in ids(store.installed())
    rot(path)
    assert "RN50" in ids(store.installed())  # looks the same, so it is not read
    path.touch()
    assert "RN50" not in ids(store.installed())


def test_verify_reads_again_and_the_finding_stays(folder, openai_cache):
    path, theirs = put(folder, "RN50"), put(openai_cache, "ViT-L/14")
    store.installed()
    rot(path)
    checks = {check.model.path: check.is_intact for check in store.verify()}
    assert checks == {path: False, theirs: True}
    assert "RN50" not in ids(store.installed())


def test_verify_of_one_model_reads_only_that(folder):
    put(folder, "RN50")
    put(folder, "ViT-B/32")
    assert [check.model.card.id for check in store.verify("rn50")] == ["RN50"]


def test_verify_of_what_has_no_file_is_refused():
    with pytest.raises(ModelMissingError, match="models download RN50"):
        list(store.verify("RN50"))
    with pytest.raises(UsageError, match="part of the program"):
        list(store.verify("starter"))


def test_missing_model_is_a_sentence_with_the_command():
    with pytest.raises(ModelMissingError, match=r"`clipsorter models download ViT-B/32` fetches it \(1 MB\)"):
        store.find("ViT-B/32")


@pytest.mark.parametrize("typed", ["ViT-B/32", "ViT-B-32", "vit-b/32", "VIT_B_32", "vit b 32", "Vit-B-32 "])
def test_id_is_understood_as_people_type_it(typed):
    assert store.named(typed).id == "ViT-B/32"


@pytest.mark.parametrize(("typed", "meant"), [("vit-b32", "ViT-B/32"), ("RN-50", "RN50"), ("strater", "starter")])
def test_misspelt_id_is_asked_about(typed, meant):
    with pytest.raises(UsageError, match=rf"no model '{typed}'\. Did you mean {meant}\? Known are: starter, RN50, "):
        store.named(typed)


@pytest.mark.parametrize("typed", ["", "../../etc/passwd", "dall-e"])
def test_unknown_id_names_the_known_ones(typed):
    with pytest.raises(UsageError, match=r"no model .*Known are: starter, RN50, ViT-B/32, ViT-L/14\."):
        store.named(typed)


def test_default_is_the_strongest_that_was_asked_for(folder, openai_cache):
    put(openai_cache, "ViT-L/14")
    assert store.default_model().card.id == "ViT-L/14"
    put_imported(folder, "own")
    assert store.default_model().card.id == "own"
    put(folder, "RN50")
    assert store.default_model().card.id == "RN50"
    put(folder, "ViT-B/32")
    assert store.default_model().card.id == "ViT-B/32"


def test_imported_model_is_installed_with_its_card(folder):
    path = put_imported(folder, "own")
    model = store.find("OWN")
    assert (model.path, model.where, model.card.title) == (path, "models folder", "own")


def test_imported_model_whose_file_changed_is_named_as_such(folder):
    put_imported(folder, "own").write_bytes(b"other")
    assert ids(store.installed()) == ["starter"]
    with pytest.raises(ModelMissingError, match="not the one that was imported"):
        store.find("own")


@pytest.mark.parametrize(
    "changes",
    [
        {"file": "../own.pt"},
        {"file": "RN50.pt"},
        {"file": ""},
        {"id": "vit-b-32"},
        {"id": 7},
        {"resolution": "64"},
        {"activation": "relu"},
        {"surplus": 1},
    ],
)
def test_damaged_card_of_an_imported_model_is_left_out(folder, changes):
    put_imported(folder, "own", **changes)
    assert list(store.known_models()) == list(catalog())


@pytest.mark.parametrize("text", ["", "[]", '{"id": "own"}', "\ud83d".encode("utf-8", "surrogatepass")])
def test_file_that_is_no_card_is_left_out(folder, text):
    (folder / "own.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    assert list(store.known_models()) == list(catalog())


def test_imported_card_without_a_hash_proves_nothing(folder):
    put_imported(folder, "own", sha256="")
    assert ids(store.installed()) == ["starter"]


def test_remove_deletes_the_file_and_what_a_download_left(folder):
    path, part = put(folder, "RN50"), folder / "RN50.pt.part"
    part.write_bytes(b"half")
    assert store.unfinished_bytes(catalog()["RN50"]) == 4
    assert store.remove("rn50") == [path, part]
    assert all(left.name.startswith(".") for left in folder.iterdir())
    with pytest.raises(UsageError, match="nothing to remove"):
        store.remove("RN50")


def test_remove_of_an_imported_model_frees_its_id(folder):
    path = put_imported(folder, "own")
    assert store.remove("own") == [path, folder / "own.json"]
    assert "own" not in store.known_models()


def test_remove_never_touches_what_belongs_to_another_program(folder, openai_cache):
    theirs = put(openai_cache, "RN50")
    with pytest.raises(UsageError, match="belongs to another program"):
        store.remove("RN50")
    ours = put(folder, "RN50")
    assert store.remove("RN50") == [ours]
    assert theirs.read_bytes() == FILES["RN50"]


def test_starter_can_not_be_removed():
    with pytest.raises(UsageError, match="part of the program"):
        store.remove("starter")


def test_remove_waits_for_nobody(folder):
    path = put(folder, "RN50")
    with models_folder.changing(folder), pytest.raises(UsageError, match="Another Clipsorter"):
        store.remove("RN50")
    assert path.exists()


def test_folders_can_be_given(tmp_path):
    models, cache = tmp_path / "models", tmp_path / "cache"
    models.mkdir()
    cache.mkdir()
    put(models, "RN50")
    put(cache, "ViT-B/32")
    assert ids(store.installed(models, cache)) == ["starter", "RN50", "ViT-B/32"]
    assert ids(store.installed()) == ["starter"]


def test_models_are_found_where_nothing_can_be_remembered(folder):
    put(folder, "RN50")
    (folder / ".sha256.json").mkdir()  # neither read nor written
    assert "RN50" in ids(store.installed())


def test_damaged_card_is_warned_of_once(folder, caplog):
    put_imported(folder, "own", surplus=1)
    for _ in range(3):
        store.installed()
    assert [record.message for record in caplog.records if record.levelname == "WARNING"] == [
        f"{folder / 'own.json'} is not the card of a model; it is left out."
    ]


# Stands for a folder without permission, which keeps nobody out who runs the tests as root.
UNREACHABLE = "x" * 300


@pytest.mark.skipif(os.name == "nt", reason="a name that is too long is one that isn't there")
def test_openai_cache_that_can_not_be_looked_into_counts_as_empty(folder, tmp_path):
    put(folder, "RN50")
    assert ids(store.installed(folder, tmp_path / UNREACHABLE)) == ["starter", "RN50"]


@pytest.mark.skipif(os.name == "nt", reason="a name that is too long is one that isn't there")
def test_models_folder_that_can_not_be_looked_into_is_said(tmp_path):
    models = tmp_path / UNREACHABLE
    for look in (store.installed, store.default_model, lambda models: store.find("RN50", models)):
        with pytest.raises(UsageError, match="can't be read"):
            look(models)
    with pytest.raises(UsageError, match="can't be read"):
        store.unfinished_bytes(catalog()["RN50"], models)


def test_card_belongs_to_a_file_in_the_models_folder_alone(folder, tmp_path):
    path = put_imported(folder, "own", activation="gelu")
    assert store.card_of(path).activation == "gelu"
    assert store.card_of(folder / "other.pt") is None
    assert store.card_of(tmp_path / "own.pt") is None
