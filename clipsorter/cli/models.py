"""The commands that show, fetch, take in, verify and remove models; nothing heavy is imported before one runs."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from clipsorter.cli import INTERRUPTED
from clipsorter.cli.text import printable
from clipsorter.errors import UsageError

if TYPE_CHECKING:
    from clipsorter.clip.catalog import ModelCard
    from clipsorter.clip.download import Progress, Retry
    from clipsorter.clip.store import InstalledModel

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def add_models_parser(subparsers: "Subparsers") -> None:
    """Add `models` and its commands to the main parser."""
    parser = subparsers.add_parser("models", help="list, download, import, verify and remove models")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    listing = commands.add_parser("list", help="what there is, what is on this machine, and which one answers")
    listing.set_defaults(run=list_models)

    download = commands.add_parser("download", help="fetch a published model; goes on where an earlier try stopped")
    download.add_argument("id", metavar="ID", help="a model as `models list` names it, such as ViT-B/32")
    download.add_argument(
        "--from", dest="base_url", metavar="URL", help="a mirror that has the files as URL/SHA256/FILE"
    )
    download.set_defaults(run=download_model)

    importing = commands.add_parser("import", help="take in a model file that you have; no code in it is run")
    importing.add_argument("file", metavar="FILE", type=Path)
    importing.add_argument("--id", metavar="ID", help="its name from now on (default: the name of the file)")
    importing.add_argument(
        "--activation",
        choices=("quickgelu", "gelu"),
        default="quickgelu",
        help="what it was trained with: OpenAI's with quickgelu (the default), most of LAION and DataComp with gelu",
    )
    importing.set_defaults(run=import_file)

    verifying = commands.add_parser("verify", help="read the files through and compare their SHA-256")
    verifying.add_argument("id", metavar="ID", nargs="?", help="only this model")
    verifying.set_defaults(run=verify_models)

    removing = commands.add_parser("remove", help="delete a model from Clipsorter's own folder")
    removing.add_argument("id", metavar="ID")
    removing.set_defaults(run=remove_model)


def list_models(args: argparse.Namespace) -> int:
    """Print every known model with its size and state."""
    from clipsorter.clip import store

    here = {model.card.id: model for model in store.installed()}
    default = store.default_model().card.id
    rows = [
        (printable(card.id), _size(card), _state(card, here.get(card.id), card.id == default), printable(card.knows))
        for card in store.known_models().values()
    ]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table = Table("Model", "Size", "State", "What it knows", box=None)
        for row in rows:
            table.add_row(*row, style="bold" if row[0] == default else "" if row[0] in here else "dim")
        Console(markup=False).print(table)
    else:
        for row in [("id", "size", "state", "knows"), *rows]:
            print(*row, sep="\t")
    return 0


def _size(card: "ModelCard") -> str:
    return f"{card.size_mb} MB" if card.size_mb else "-"


def _state(card: "ModelCard", model: "InstalledModel | None", is_default: bool) -> str:
    from clipsorter import paths
    from clipsorter.clip import store

    if model is not None:
        place = {"built in": "built in", "models folder": "ready"}.get(model.where, f"ready in {model.where}")
        return f"{place}, the default" if is_default else place
    if fetched := store.unfinished_bytes(card):
        return f"{fetched / 2**20:.0f} MB fetched"
    return "damaged" if (paths.models_dir() / card.file).is_file() else "not here"


def download_model(args: argparse.Namespace) -> int:
    """Fetch a model, showing how far it is."""
    from clipsorter import paths
    from clipsorter.clip import catalog, store
    from clipsorter.clip.download import download
    from clipsorter.errors import ModelMissingError
    from clipsorter.settings import load_settings

    card = store.named(args.id)
    if card.file and card.id not in catalog.catalog():
        raise UsageError(f"{card.id} was imported from a file, so it can't be downloaded.")
    try:
        model = store.find(card.id)
    except ModelMissingError:
        pass
    else:
        print(f"{card.title} is here already: {model.path}")
        return 0
    base_url = args.base_url or os.environ.get("CLIPSORTER_MODELS_URL") or load_settings().download_url
    events = download(card, paths.models_dir(), base_url=base_url or catalog.base_url())
    try:
        _show(events, card)
    except KeyboardInterrupt:
        fetched = store.unfinished_bytes(card) / 2**20
        print(f"Stopped at {fetched:.0f} MB. The same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    print(f"{card.title} is ready: {store.find(card.id).path}")
    return 0


def _show(events: "Iterator[Progress | Retry]", card: "ModelCard") -> None:
    """Show a download on stderr: a bar on a terminal, else a line for each tenth."""
    from clipsorter.clip.download import Retry

    if sys.stderr.isatty():
        _show_bar(events, card)
        return
    shown = -1
    for event in events:
        if isinstance(event, Retry):
            print(_retry_line(event), file=sys.stderr)
            continue
        total_bytes = event.bytes_total or card.size_mb * 2**20
        tenth = min(10 * event.bytes_done // total_bytes, 10)
        if tenth != shown:
            shown = tenth
            print(
                f"{card.id}: {10 * tenth} % of {total_bytes / 2**20:.0f} MB, {event.bytes_per_s / 2**20:.1f} MB/s",
                file=sys.stderr,
                flush=True,
            )


def _show_bar(events: "Iterator[Progress | Retry]", card: "ModelCard") -> None:
    from rich import progress
    from rich.console import Console

    from clipsorter.clip.download import Retry

    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.DownloadColumn(binary_units=True),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True, markup=False)) as bar:
        task = bar.add_task(card.id, total=None)
        for event in events:
            if isinstance(event, Retry):
                bar.console.print(_retry_line(event))
            else:
                bar.update(task, completed=event.bytes_done, total=event.bytes_total)


def _retry_line(event: "Retry") -> str:
    return f"{event.reason} Trying again in {event.delay_s:.0f} s." if event.delay_s else event.reason


def import_file(args: argparse.Namespace) -> int:
    """Take in a model file."""
    from clipsorter.clip.catalog import catalog
    from clipsorter.clip.importing import import_model

    card = import_model(args.file, args.id, args.activation).card
    file = printable(args.file)
    if card.id in catalog():
        print(f"{file} is the published {card.title}; it is ready as {card.id}.")
    else:
        print(f"{file} is ready as {card.id}: {card.knows}, {card.activation}.")
    return 0


def verify_models(args: argparse.Namespace) -> int:
    """Print of each model file whether it is intact; 1 if one is not."""
    from clipsorter.clip import store

    damaged = 0
    for check in store.verify(args.id):
        damaged += not check.is_intact
        print(check.model.card.id, "intact" if check.is_intact else "damaged", check.model.path, sep="\t", flush=True)
    if damaged:
        print("A damaged file is not used. Download or import the model again.", file=sys.stderr)
    return 1 if damaged else 0


def remove_model(args: argparse.Namespace) -> int:
    """Delete a model and name the files that went."""
    from clipsorter.clip import store

    for path in store.remove(args.id):
        print(f"Removed {path}")
    return 0
