"""Loads the model that a command asks for, ready to run on this machine."""

import argparse
import sys

from clipsorter.analyse.trial import try_fast
from clipsorter.clip import store
from clipsorter.clip.clip_encoder import ClipEncoder
from clipsorter.clip.encoder import Encoder, load_encoder
from clipsorter.clip.tuning import tune
from clipsorter.settings import Settings


def ready_encoder(options: argparse.Namespace, settings: Settings) -> Encoder:
    """Load the model asked for, that of the settings, or the best one here; tune it, and try int8 if that is wanted."""
    model_id = options.model or settings.model or store.default_model().card.id
    encoder = load_encoder(model_id, options.device or settings.device, getattr(options, "ensemble", False))
    if settings.fast if options.fast is None else options.fast:
        _go_fast(encoder, options)
    tune(encoder)
    return encoder


def _go_fast(encoder: Encoder, options: argparse.Namespace) -> None:
    """Go over to int8 where it may be trusted; say why, or why not."""
    if not isinstance(encoder, ClipEncoder):
        print(f"{encoder.card.title} has no fast mode; it is fast as it is.", file=sys.stderr)
    elif not encoder.resume_fast():
        trial = encoder.earlier_trial() or try_fast(options.folder, encoder, options.recursive)
        print(trial.reason, file=sys.stderr)
