"""Makes the model that the user chose ready to answer: loaded, measured on this machine, and fast where it may be."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clipsorter.clip import store
from clipsorter.clip.catalog import ModelCard, catalog
from clipsorter.clip.encoder import Encoder, load_encoder
from clipsorter.clip.tuning import Tuning, tune
from clipsorter.errors import ClipsorterError

if TYPE_CHECKING:
    from clipsorter.clip.device import DeviceChoice

_FIRST_CHOICE = "ViT-B/32"  # quick on every computer, and far better than the starter


@dataclass(frozen=True, slots=True, eq=False)
class ReadyModel:
    """A model that can answer.

    `offered` is what to get where the starter is all there is. `in_place_of` is the error that kept the model that
    was wanted from loading, None if there was none. Where fast mode is wanted and not in use, `fast_note` says why,
    unless it is to be tried, on so many `trial_photos`.
    """

    encoder: Encoder
    tuning: Tuning
    offered: ModelCard | None = None
    in_place_of: ClipsorterError | None = None
    is_fast: bool = False
    trial_photos: int = 0
    fast_note: str = ""


def load_model(wanted: str, device: "DeviceChoice", fast: bool, retry: bool = False) -> ReadyModel:
    """Load the model of that id, the best one here if it is empty or can't be loaded; takes seconds.

    `retry` has fast mode tried again where it was refused before. Raises ClipsorterError if no model can be loaded.
    """
    failure: ClipsorterError | None = None
    try:
        encoder = load_encoder(wanted or store.default_model().card.id, device)
    except ClipsorterError as error:
        if not wanted:
            raise
        failure = error
        encoder = load_encoder(store.default_model().card.id, device)
    offered = catalog()[_FIRST_CHOICE] if store.default_model().card.id == "starter" else None
    ready = ReadyModel(encoder, tune(encoder), offered, failure)
    return _resume_fast(ready, retry) if fast else ready


def _resume_fast(ready: ReadyModel, retry: bool) -> ReadyModel:
    """Go over to int8 if it was found good before; else say why not, or that it is to be tried."""
    from clipsorter.clip.clip_encoder import ClipEncoder
    from clipsorter.clip.fast import TRIAL_PHOTOS

    encoder = ready.encoder
    if not isinstance(encoder, ClipEncoder):
        return replace(ready, fast_note=f"{encoder.card.title} has no fast mode; it is fast as it is.")
    if encoder.resume_fast():
        return replace(ready, is_fast=True)
    if refusal := encoder.fast_refusal():
        return replace(ready, fast_note=refusal)
    earlier = encoder.earlier_trial()
    if earlier is not None and not retry:
        return replace(ready, fast_note=earlier.reason)
    return replace(ready, trial_photos=TRIAL_PHOTOS)


def try_model_fast(ready: ReadyModel, folder: Path, recursive: bool) -> ReadyModel:
    """Try int8 on the first photos of a folder; no other thread may embed meanwhile. Raises UsageError."""
    from clipsorter.analyse.trial import try_fast
    from clipsorter.clip.clip_encoder import ClipEncoder

    if not isinstance(ready.encoder, ClipEncoder):
        return replace(ready, trial_photos=0)
    trial = try_fast(folder, ready.encoder, recursive)
    return replace(ready, trial_photos=0, is_fast=trial.accepted, fast_note="" if trial.accepted else trial.reason)
