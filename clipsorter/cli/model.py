"""Loads the model that a command asks for, ready to run on this machine."""

import argparse
import sys

from clipsorter.clip import store
from clipsorter.clip.encoder import Encoder, load_encoder
from clipsorter.errors import ModelMissingError, UsageError
from clipsorter.settings import Settings, settings_file


def chosen_encoder(options: argparse.Namespace, settings: Settings) -> Encoder:
    """Load the model asked for, that of the settings, or the best one here."""
    device, ensemble = options.device or settings.device, getattr(options, "ensemble", False)
    if options.model or not settings.model:
        return load_encoder(options.model or store.default_model().card.id, device, ensemble)
    try:
        return load_encoder(settings.model, device, ensemble)
    except (UsageError, ModelMissingError) as error:
        raise UsageError(f"{error} It is {settings_file()} that names this model.") from error


def ready_encoder(options: argparse.Namespace, settings: Settings) -> Encoder:
    """Load the model chosen, and try int8 if that is wanted."""
    encoder = chosen_encoder(options, settings)
    if options.device in ("cuda", "mps") and not encoder.device.startswith(options.device):
        where, wanted = encoder.device.upper(), options.device.upper()
        print(f"{encoder.card.title} runs on the {where}: it can use no {wanted} device here.", file=sys.stderr)
    if getattr(options, "ensemble", False) and encoder.card.id == "starter":
        print("The starter knows words, not sentences, so --ensemble changes nothing.", file=sys.stderr)
    if settings.fast if options.fast is None else options.fast:
        _go_fast(encoder, options)
    return encoder


def _go_fast(encoder: Encoder, options: argparse.Namespace) -> None:
    """Go over to int8 where it may be trusted; say why, or why not."""
    from clipsorter.analyse.trial import try_fast  # imports torch, as the next does
    from clipsorter.clip.clip_encoder import ClipEncoder

    if not isinstance(encoder, ClipEncoder):
        print(f"{encoder.card.title} has no fast mode; it is fast as it is.", file=sys.stderr)
    elif not encoder.resume_fast():
        earlier = None if options.retry else encoder.earlier_trial()
        if earlier is not None:
            print(f"{earlier.reason} This was found before; --retry tries again.", file=sys.stderr)
        elif options.folder is None:
            print("Fast mode is tried on the photos of a folder, so name one.", file=sys.stderr)
        else:
            print(try_fast(options.folder, encoder, options.recursive).reason, file=sys.stderr)
