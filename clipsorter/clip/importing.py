"""Takes a model file that the user has into the models folder: for machines without a network, and other trainings."""

import json
import re
import shutil
from dataclasses import asdict
from pathlib import Path

from clipsorter import paths
from clipsorter.clip.catalog import Activation, ModelCard, catalog
from clipsorter.clip.models_folder import (
    changing,
    demand_space,
    failure_at,
    known_sha256,
    part_of,
    put_in_place,
    remember_sha256,
    sha256_of,
)
from clipsorter.clip.store import InstalledModel, is_taken, known_models
from clipsorter.durable import write_atomically
from clipsorter.errors import UsageError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@/+-]{0,63}")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,12}")
_TAKEN_SUFFIXES = {".json", ".part"}
_WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MIN_PROBABILITY, _MIN_MARGIN = 0.5, 0.15  # those of the published checkpoints


def import_model(
    source: Path,
    model_id: str | None = None,
    activation: Activation = "quickgelu",
    models_dir: Path | None = None,
) -> InstalledModel:
    """Copy a checkpoint into the models folder, and return it as it can be loaded from now on.

    A published file is known by its SHA-256 and becomes that model, whatever `model_id` and `activation` say. Any
    other is read, without running code from it, and gets a card of its own under `model_id`, by default the file's
    name. Shapes can't tell the activation: OpenAI trained with QuickGELU, LAION and DataComp mostly with GELU.
    Raises UsageError (file unreadable, id unusable or taken, no space), CheckpointError (no CLIP of a known kind).
    """
    models_dir = models_dir or paths.models_dir()
    with changing(models_dir):
        try:
            if not source.is_file():
                raise UsageError(f"{source} is not a file. Name the file of a model.")
            sha256 = sha256_of(source)
        except OSError as error:
            raise UsageError(f"{source} can't be read: {error.strerror or error}.") from error
        published = next((card for card in catalog().values() if card.sha256 == sha256), None)
        card = published or _new_card(source, model_id, activation, sha256, models_dir)
        _take(source, models_dir / card.file, card)
        if published is None:
            card_path = (models_dir / card.file).with_suffix(".json")
            try:
                write_atomically(card_path, json.dumps(asdict(card), indent=1))
            except OSError as error:
                raise failure_at(card_path, error) from error
    return InstalledModel(card, models_dir / card.file, "models folder")


def _new_card(source: Path, model_id: str | None, activation: Activation, sha256: str, models_dir: Path) -> ModelCard:
    """Describe a checkpoint that is not a published one, after proving that a network can be made of it."""
    from clipsorter.clip.checkpoint import build_model, read_checkpoint

    id_ = re.sub(r"[^A-Za-z0-9._@+-]+", "-", source.stem).strip("-._@+") if model_id is None else model_id
    stem = _file_stem(id_)
    if is_taken(id_, known_models(models_dir)):
        raise UsageError(f"There is a model {id_} already. Choose another name with --id, or rename the file.")
    checkpoint = read_checkpoint(source)
    architecture = checkpoint.architecture
    weights = sum(tensor.numel() for tensor in checkpoint.state.values())
    build_model(checkpoint, activation)  # a missing tensor shows now rather than at the first use
    suffix = source.suffix.lower()
    if not _SUFFIX.fullmatch(suffix) or suffix in _TAKEN_SUFFIXES:
        suffix = ".pt"
    return ModelCard(
        id=id_,
        title=id_,
        knows=f"whatever English words describe; imported, {architecture.title}",
        resolution=architecture.resolution,
        embed_dim=architecture.embed_dim,
        min_probability=_MIN_PROBABILITY,
        min_margin=_MIN_MARGIN,
        activation=activation,
        file=stem + suffix,
        sha256=sha256,
        size_mb=max(1, round(source.stat().st_size / 2**20)),
        min_gpu_gb=max(4.0, round(9 * 2 * weights / 1e9, 1)),  # as in the catalogue: nine times the float16 weights
    )


def _file_stem(model_id: str) -> str:
    """Turn an id into a name that every file system takes; raise UsageError if it can't be one."""
    stem = re.sub(r"[@/+]", "-", model_id)
    if not _ID.fullmatch(model_id) or ".." in model_id or stem.endswith(".") or _WINDOWS_DEVICES.fullmatch(stem):
        raise UsageError(
            f"{model_id!r} can't be the id of a model. Choose one with --id: at most 64 letters, digits and "
            ". _ @ / + -, beginning with a letter or a digit, and no name that Windows reserves."
        )
    return stem


def _take(source: Path, target: Path, card: ModelCard) -> None:
    """Copy a file under its final name once the copy is proved, unless it is there already."""
    part, models_dir = part_of(target), target.parent
    try:
        if target.is_file() and known_sha256(target, models_dir) == card.sha256:
            return
        demand_space(models_dir, source.stat().st_size, card.title)
        shutil.copyfile(source, part)
        is_same = sha256_of(part) == card.sha256
    except OSError as error:
        part.unlink(missing_ok=True)
        raise failure_at(part, error) from error
    if not is_same:
        part.unlink(missing_ok=True)
        raise UsageError(f"{source} changed while it was copied. Import it again when nothing writes to it.")
    put_in_place(part, target)
    remember_sha256(target, card.sha256, target.stat(), models_dir)
