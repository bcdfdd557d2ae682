"""Our networks against open_clip's, on the same seeded random weights."""

import warnings

import open_clip
import pytest
import torch
import torch.nn.functional as F

from clipsorter.clip.catalog import catalog
from clipsorter.clip.checkpoint import build_model, infer_architecture, read_checkpoint
from clipsorter.clip.model import CLIP
from tests.tiny_clip import CONTAINERS, make_twin, write_checkpoint

OPENAI = [card for card in catalog().values() if card.file]


@pytest.mark.filterwarnings("ignore")  # tracing is deprecated, and warns of many things
@pytest.mark.parametrize("container", CONTAINERS)
def test_parity_with_open_clip_in_every_container(twin, container, tmp_path):
    path = write_checkpoint(twin, tmp_path / "model.bin", container)
    ours = build_model(read_checkpoint(path), "quickgelu")
    generator = torch.Generator().manual_seed(5)
    pictures = torch.randn(6, 3, 64, 64, generator=generator)
    texts = open_clip.tokenize(["a dog", "a photo of a cat", "sunset over the sea", "🐈", "receipt", "a"])
    with torch.no_grad():
        theirs = F.normalize(twin.encode_image(pictures)), F.normalize(twin.encode_text(texts))
        image, text = F.normalize(ours.encode_image(pictures)), F.normalize(ours.encode_text(texts))
    tolerance = 2e-3 if container.startswith("fp16") else 1e-5
    assert (image @ text.T - theirs[0] @ theirs[1].T).abs().max() < tolerance
    assert F.cosine_similarity(image, theirs[0]).min() > 1 - tolerance
    assert F.cosine_similarity(text, theirs[1]).min() > 1 - tolerance
    assert not torch.allclose(image[0], image[1], atol=1e-3)  # different pictures differ


def test_calling_the_model_gives_logits_both_ways(checkpoint_file):
    model = build_model(read_checkpoint(checkpoint_file), "quickgelu")
    pictures, texts = torch.randn(3, 3, 64, 64), open_clip.tokenize(["a dog", "a cat"])
    per_image, per_text = model(pictures, texts)
    image, text = F.normalize(model.encode_image(pictures)), F.normalize(model.encode_text(texts))
    assert torch.allclose(per_image, model.logit_scale.exp() * image @ text.T, atol=1e-5)
    assert torch.equal(per_text, per_image.T)


def test_activation_changes_the_result(checkpoint_file, tmp_path):
    gelu_twin = make_twin("vit", quick_gelu=False)
    path = write_checkpoint(gelu_twin, tmp_path / "laion.pt", "state_dict")
    picture = torch.randn(1, 3, 64, 64, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        theirs = gelu_twin.encode_image(picture)
    assert torch.allclose(build_model(read_checkpoint(path), "gelu").encode_image(picture), theirs, atol=1e-4)
    assert not torch.allclose(build_model(read_checkpoint(path), "quickgelu").encode_image(picture), theirs, atol=1e-4)


@pytest.mark.parametrize("card", OPENAI, ids=lambda card: card.id)
def test_full_size_tree_takes_the_state_dict_of_open_clip(card, tmp_path):
    """On the meta device: names and shapes of all nine architectures, with the facts inferred from shapes alone."""
    name = card.id.replace("/", "-").replace("@336px", "-336") + "-quickgelu"
    with torch.device("meta"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = open_clip.model.CLIP(**_without_name(open_clip.get_model_config(name)))
    state = {key.replace("attn.in_proj_", "attn.in_proj."): value for key, value in theirs.state_dict().items()}
    architecture = infer_architecture(state, tmp_path)
    assert (architecture.resolution, architecture.embed_dim) == (card.resolution, card.embed_dim)
    with torch.device("meta"):
        ours = CLIP(architecture).state_dict()
    assert {key: value.shape for key, value in ours.items()} == {key: value.shape for key, value in state.items()}


def _without_name(config):
    return {key: value for key, value in config.items() if key != "quick_gelu"} | {"quick_gelu": True}
