"""The model cards with small files in place of the published ones: real hashes of real, if useless, bytes."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from clipsorter.clip import catalog

IDS = ("RN50", "ViT-B/32", "ViT-L/14")
FILES = {model_id: random.Random(model_id).randbytes(300_000) for model_id in IDS}


@contextmanager
def tiny_catalog(folder: Path, checkpoint: Path | None = None) -> Iterator[None]:
    """Let the published models be those of FILES, ViT-B/32 a `checkpoint` if there is one; cards lie in `folder`."""
    files = FILES | ({"ViT-B/32": checkpoint.read_bytes()} if checkpoint else {})
    resource = catalog.resource
    facts = json.loads(resource("models.json").read_text(encoding="utf-8"))
    facts["models"] = [entry for entry in facts["models"] if entry["id"] in ("starter", *IDS)]
    for entry in facts["models"]:
        if entry["id"] in files:
            file = files[entry["id"]]
            entry |= {"sha256": sha256(file).hexdigest(), "size_mb": max(1, round(len(file) / 2**20))}
        if checkpoint and entry["id"] == "ViT-B/32":
            entry |= {"resolution": 64, "embed_dim": 64}  # as tests/tiny_clip.py makes them
    cards = folder / "tiny-models.json"
    cards.write_text(json.dumps(facts), encoding="utf-8")
    catalog.resource = lambda name: cards if name == "models.json" else resource(name)
    catalog.catalog.cache_clear()
    try:
        yield
    finally:
        catalog.resource = resource
        catalog.catalog.cache_clear()
