"""The encoder on a small seeded CLIP: shapes, norms and arithmetic, not meaning."""

import copy
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data

from clipsorter import clip
from clipsorter.clip import checkpoint
from clipsorter.clip.catalog import catalog
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import load_network
from clipsorter.clip.importing import import_model
from clipsorter.errors import CheckpointError, ModelMissingError, UsageError
from clipsorter.sorting.category import Category

PICTURES = [Image.fromarray(picture) for picture in (data.astronaut(), data.chelsea(), data.coffee())]


@pytest.fixture(scope="module")
def encoder(checkpoint_file):
    network, device = load_network(checkpoint_file, "quickgelu", "cpu")
    return ClipEncoder(network, catalog()["ViT-B/32"], device)


@pytest.fixture(scope="module")
def embeddings(encoder):
    return encoder.embed(np.stack([encoder.preprocess(picture) for picture in PICTURES]))


def test_embeddings_are_unit_float32(embeddings):
    assert embeddings.shape == (3, 64)
    assert embeddings.dtype == np.float32
    assert np.allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


class SmallMemory(ClipEncoder):
    """Takes the CPU for a GPU with memory for so many pictures at once, until it is told to go to the CPU."""

    room = 5
    all_fail = None

    def _encode_pictures(self, pixels, model):
        if model.dtype == torch.float16 and len(pixels) > self.room:
            if self.all_fail:
                self.all_fail.wait()
            raise RuntimeError("MPS backend out of memory (MPS allocated: 8.97 GB)")
        return super()._encode_pictures(pixels, model)


@pytest.fixture
def small(encoder):
    return SmallMemory(copy.deepcopy(encoder._model).half(), encoder.card, "mps")


@pytest.fixture(scope="module")
def noise():
    return np.random.default_rng(0).integers(0, 256, (70, 64, 64, 3), dtype=np.uint8)


def test_batch_halves_until_it_fits_the_memory(encoder, small, noise):
    assert np.allclose(small.embed(noise), encoder.embed(noise), atol=1e-2)
    assert (small._at_once, small.device) == (4, "mps")


def test_network_moves_to_the_cpu_where_no_picture_fits(encoder, small, noise, caplog):
    small.room = 0
    texts = small.score(encoder.embed(noise), [Category("dog")])
    found = small.embed(noise)
    assert (small.device, small._model.dtype) == ("cpu", torch.float32)
    assert np.allclose(found, encoder.embed(noise), atol=1e-2)
    assert small.score(found, [Category("cat")]).similarity.shape == texts.similarity.shape
    assert "goes on on the CPU" in caplog.text


def test_threads_that_run_out_of_memory_together_move_the_network_once(encoder, small, noise, caplog):
    small.room, small.all_fail, small._at_once = 0, threading.Barrier(4, timeout=60), 1
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(small.embed, [noise[:3]] * 4))
    assert np.allclose(found, encoder.embed(noise[:3]), atol=1e-2)
    assert caplog.text.count("goes on on the CPU") == 1


def test_other_errors_of_a_gpu_are_not_hidden(small, noise, monkeypatch):
    def fail(*_):
        raise RuntimeError("CUDA error: an illegal memory access was encountered")

    monkeypatch.setattr(small, "_encode_pictures", fail)
    with pytest.raises(RuntimeError, match="illegal"):
        small.embed(noise)
    assert small.device == "mps"


@pytest.mark.parametrize("error", [torch.OutOfMemoryError("x"), RuntimeError("MPS backend out of memory")], ids=str)
def test_network_that_does_not_fit_a_gpu_is_loaded_on_the_cpu(checkpoint_file, error, monkeypatch, caplog):
    build = checkpoint.build_model

    def build_in_little_memory(read, activation, device="cpu", dtype=torch.float32):
        if device != "cpu":
            raise error
        return build(read, activation, device, dtype)

    monkeypatch.setattr(checkpoint, "build_model", build_in_little_memory)
    network, device = load_network(checkpoint_file, "quickgelu", "mps")
    assert (device, network.dtype) == ("cpu", torch.float32)
    assert "too little free memory" in caplog.text


def test_no_pictures_have_no_vectors(encoder):
    assert encoder.embed(np.zeros((0, 64, 64, 3), np.uint8)).shape == (0, encoder.card.embed_dim)


def test_key_tells_models_activations_weights_and_preprocessing_apart(encoder):
    cards = [encoder.card, *(replace(encoder.card, **{field: "gelu"}) for field in ("id", "sha256", "activation"))]
    keys = [ClipEncoder(encoder._model, card, "cpu").key for card in cards]
    assert len(set(keys)) == 4
    assert keys[0] == encoder.key
    assert "64px" in keys[0]


def test_score_equals_the_logits_of_the_model(encoder, embeddings, checkpoint_file):
    names = ["dog", "cat", "cup of coffee"]
    scores = encoder.score(embeddings, [Category(name) for name in names])
    model, preprocess = clip.load(checkpoint_file, device="cpu")
    tokens = clip.tokenize([f"a photo of a {name}" for name in names])
    logits, _ = model(torch.stack([preprocess(picture) for picture in PICTURES]), tokens)
    assert np.allclose(scores.probability, logits.softmax(dim=-1).numpy(), atol=1e-4)
    assert np.allclose(scores.similarity * float(model.logit_scale.exp()), logits.numpy(), atol=1e-3)
    assert scores.none_wins.shape == (3,)


def test_prompts_of_a_category_are_averaged_as_unit_vectors(encoder, embeddings):
    both = encoder.score(embeddings, [Category("pet", ("a dog", "a cat"))]).similarity[:, 0]
    singles = encoder.score(embeddings, [Category("1", ("a dog",)), Category("2", ("a cat",))]).similarity
    cosine = encoder.score(encoder._encode(["a dog"]), [Category("2", ("a cat",))]).similarity[0, 0]
    assert np.allclose(both, singles.mean(axis=1) / np.sqrt((1 + cosine) / 2), atol=1e-5)


def test_a_lone_category_is_compared_with_the_background(encoder, embeddings):
    scores = encoder.score(embeddings, [Category("dog")])
    assert (scores.probability < 1).all()
    assert ((scores.probability[:, 0] < 0.5) == scores.none_wins).all()


def test_tree_names_are_read_by_their_last_part(encoder, embeddings):
    one, other = (encoder.score(embeddings, [Category(name)]) for name in ("Animals/Dog", "Dog"))
    assert np.array_equal(one.similarity, other.similarity)


def test_prompt_that_is_too_long_is_named(encoder, embeddings):
    with pytest.raises(UsageError, match="too long"):
        encoder.score(embeddings, [Category("x", ("dog " * 100,))])


PUBLISHED_EXAMPLE = """
import torch
from clipsorter import clip
from PIL import Image

device = "cuda" if torch.cuda.is_available() else "cpu"
model, preprocess = clip.load({model!r}, device=device)

image = preprocess(Image.open({picture!r})).unsqueeze(0).to(device)
text = clip.tokenize(["a diagram", "a dog", "a cat"]).to(device)

with torch.no_grad():
    image_features = model.encode_image(image)
    text_features = model.encode_text(text)

    logits_per_image, logits_per_text = model(image, text)
    probs = logits_per_image.softmax(dim=-1).cpu().numpy()

image_features /= image_features.norm(dim=-1, keepdim=True)
text_features /= text_features.norm(dim=-1, keepdim=True)
similarity = (100.0 * image_features @ text_features.T).softmax(dim=-1)
values, indices = similarity[0].topk(2)
"""


def test_published_example_runs_with_its_import_changed(tmp_path, checkpoint_file):
    PICTURES[0].convert("RGBA").save(tmp_path / "CLIP.png")
    names = {}
    exec(PUBLISHED_EXAMPLE.format(model=str(checkpoint_file), picture=str(tmp_path / "CLIP.png")), names)
    assert names["probs"].shape == (1, 3)
    assert names["probs"].sum() == pytest.approx(1)
    assert names["logits_per_text"].shape == (3, 1)
    assert len(names["values"]) == 2


def test_public_face_names_what_is_missing(tmp_path):
    assert len(clip.available_models()) == 9
    with pytest.raises(ModelMissingError, match="models download"):
        clip.load("ViT-B/32")
    with pytest.raises(UsageError, match="ViT-B/32"):
        clip.load("no such model")
    (tmp_path / "x.pt").write_text("hello", encoding="utf-8")
    with pytest.raises(CheckpointError):
        clip.load(tmp_path / "x.pt")


@pytest.mark.parametrize("device", ["cpu", "cpu:0", torch.device("cpu"), torch.device("cpu", 0)], ids=str)
def test_device_is_named_as_torch_does(checkpoint_file, device, caplog):
    network, _ = clip.load(checkpoint_file, device=device)
    assert network.logit_scale.device.type == "cpu"
    assert not caplog.records


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU here")
@pytest.mark.parametrize("device", ["cuda:0", torch.device("cuda")], ids=str)
def test_device_that_is_missing_is_said(checkpoint_file, device, caplog):
    network, _ = clip.load(checkpoint_file, device=device)
    assert network.logit_scale.device.type == "cpu"
    assert "no CUDA device" in caplog.text


def test_activation_is_that_of_the_card_or_as_asked_for(checkpoint_file):
    with torch.inference_mode():
        pixels = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(0))
        quick, gelu = (
            clip.load(checkpoint_file, "cpu", activation=kind)[0].encode_image(pixels) for kind in ("quickgelu", "gelu")
        )
        assert not torch.allclose(quick, gelu)
        assert torch.equal(clip.load(checkpoint_file, "cpu")[0].encode_image(pixels), quick)
        imported = import_model(checkpoint_file, "own", "gelu")
        assert torch.equal(clip.load(imported.path, "cpu")[0].encode_image(pixels), gelu)
        assert torch.equal(clip.load("own", "cpu")[0].encode_image(pixels), gelu)


def test_presence_is_a_category_against_the_best_background_and_nothing_else(encoder, embeddings):
    categories = [Category("cat"), Category("coffee", ("a cup of coffee", "coffee")), Category("a dog")]
    presence = encoder.presence(embeddings, categories)
    assert np.allclose(presence.similarity, encoder.score(embeddings, categories).similarity, atol=1e-6)
    for column, category in enumerate(categories):
        alone = encoder.score(embeddings, [category]).probability[:, 0]
        assert np.allclose(presence.probability[:, column], alone, atol=1e-5)
    assert presence.probability.dtype == np.float32


def test_on_a_shelf_a_phrase_has_half_where_the_background_says_as_much(encoder, embeddings):
    shelf = encoder.shelf()
    shelf.add(embeddings)
    said = []
    for phrase in ("a cat", "coffee", "dog", "sunset", "xqzzy", "no photo at all"):
        background_wins = encoder.score(embeddings, [Category(phrase)]).none_wins
        assert ((shelf.probability(phrase) <= encoder.card.min_found) == background_wins).all()
        said += background_wins.tolist()
    assert set(said) == {True, False}
