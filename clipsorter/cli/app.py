"""The commands of the terminal: parsing, messages on stderr, exit codes."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from clipsorter import __version__
from clipsorter.cli import INTERRUPTED
from clipsorter.cli.examples import show_examples
from clipsorter.cli.finding import add_finding_parsers
from clipsorter.cli.learning import add_learning_parsers
from clipsorter.cli.log import start_log
from clipsorter.cli.models import add_models_parser
from clipsorter.cli.question import (
    add_folder_options,
    add_model_options,
    add_question_options,
    add_several_option,
    positive,
)
from clipsorter.cli.recovery import recover_first
from clipsorter.cli.text import drop_output, printable
from clipsorter.errors import ClipsorterError

logger = logging.getLogger(__name__)

DESCRIPTION = "Sort photos by categories that you write in words, on your own machine."
EXAMPLE = (
    'example:  clipsorter classify ~/Pictures -c dogs cats food "living room"'
    "\n\nWithout a command the window opens; clipsorter-gui FOLDER opens it with a folder.\n"
    "CLIPSORTER_HOME names a folder for all that is kept, CLIPSORTER_MODELS_URL a mirror.\n"
    "Exit code: 0 done, 1 some photos failed (they are named), 2 wrong use or impossible."
)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 done, 1 some photos failed, 2 wrong use or impossible."""
    _open_missing_streams()
    _speak_any_name()
    parser = _parser()
    if not arguments:
        parser.print_help()
        return 2
    options = parser.parse_args(arguments)
    start_log()
    try:
        recover_first()
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except ClipsorterError as error:
        logger.info("refused: %s", error, exc_info=error)
        print(f"clipsorter: {printable(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("clipsorter: stopped; no photo was changed.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough
        drop_output()
        return 0
    except OSError as error:
        if error.filename is not None:  # a file, which a room below should have spoken of; streams have no name
            raise
        logger.info("stopped", exc_info=error)
        print(f"clipsorter: the results can't be written: {error.strerror}.", file=sys.stderr)
        drop_output()
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clipsorter", description=DESCRIPTION, epilog=EXAMPLE, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"clipsorter {__version__}")
    # Answered before anything is parsed, since it opens the window too: __main__.py.
    parser.add_argument("--self-check", action="store_true", help="make every part of the program work once, and exit")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_classify(commands)
    _add_sort(commands)
    _add_tag(commands)
    _add_keywords(commands)
    add_finding_parsers(commands, _lazily)
    add_learning_parsers(commands, _lazily)
    _add_undo(commands)
    _add_index(commands)
    _add_library(commands)
    add_models_parser(commands)
    _add_doctor(commands)
    show_examples(commands)
    return parser


def _add_classify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "classify",
        help="print the category of each photo; nothing is changed",
        description="Print the category of each photo in FOLDER. No photo is changed, moved or sent anywhere.",
        usage="clipsorter classify FOLDER -c NAME [NAME ...] [options]",
    )
    add_folder_options(parser)
    add_question_options(parser)
    add_several_option(parser)
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="how rows are printed")
    parser.add_argument("--no-index", action="store_true", help="neither use nor fill the index")
    parser.set_defaults(run=_lazily("classify", "classify"))


def _add_sort(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "sort",
        help="bring each photo into the folder of its category; shown first, done with --apply",
        description="Show where each photo of FOLDER would go: into the folder of its category in DEST. With --apply "
        "it is copied there, or with --move moved. Unsure photos stay, nothing is ever overwritten, and it can be "
        "taken back with `undo`.",
        usage="clipsorter sort FOLDER DEST -c NAME [NAME ...] [--apply] [--copy | --move] [options]",
    )
    add_folder_options(parser)
    parser.add_argument("dest", type=Path, metavar="DEST", help="where the folders of the categories are, or are made")
    add_question_options(parser)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--copy", dest="mode", action="store_const", const="copy", help="leave the photos too (default)")
    ways.add_argument("--move", dest="mode", action="store_const", const="move", help="take the photos out of FOLDER")
    parser.add_argument("--apply", action="store_true", help="do it; without, nothing is written or made")
    parser.add_argument(
        "--date-folders", default="", metavar="PATTERN",
        help="sub-folders by the day on which a photo was taken, such as {year}/{month}",
    )  # fmt: skip
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="how rows are printed")
    parser.add_argument("--no-index", action="store_true", help="neither use nor fill the index")
    parser.set_defaults(run=_lazily("sort", "sort"), mode="copy")


def _add_tag(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "tag",
        help="write the category of each photo as a keyword that other programs read; shown first, done with --apply",
        description="Show which keyword each photo of FOLDER would get: its category. With --apply it is written into "
        "the photo or a sidecar beside it, as the preset says. Unsure photos get none, keywords that are there stay, "
        "and all of it can be taken back with `undo`.",
        usage="clipsorter tag FOLDER -c NAME [NAME ...] [--apply] [options]\n"
        "       clipsorter tag --remove-run RUN [--apply]",
    )
    add_folder_options(parser, is_optional=True)
    add_question_options(parser)
    add_several_option(parser)
    parser.add_argument(
        "--preset", choices=["all", "lightroom", "darktable", "digikam", "immich"], default="all",
        help="the program that is to find the keywords (default: all)",
    )  # fmt: skip
    places = parser.add_mutually_exclusive_group()
    places.add_argument(
        "--sidecar", dest="placement", action="store_const", const="sidecar", help="write only beside photos (.xmp)"
    )
    places.add_argument(
        "--embed", dest="placement", action="store_const", const="embed",
        help="write into photos that can hold it: JPEG, TIFF, PNG, WebP, DNG",
    )  # fmt: skip
    parser.add_argument("--iptc", action="store_true", help="write IPTC too where a photo has none yet (old programs)")
    parser.add_argument("--remove-run", type=positive, metavar="RUN", help="remove what the model wrote in run RUN")
    parser.add_argument("--apply", action="store_true", help="do it; without, nothing is written")
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="how rows are printed")
    parser.add_argument("--no-index", action="store_true", help="neither use nor fill the index")
    parser.set_defaults(run=_lazily("tag", "tag_photos"), placement="preset")


def _add_keywords(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "keywords",
        help="print the keywords of photos, from the files and their sidecars",
        description="Print the keywords that photos have, from the files and their sidecars. With --import, those that "
        "name a category of -c become your decisions, which outrank the model; nothing is written into photos.",
    )
    parser.add_argument("photos", nargs="+", type=Path, metavar="PHOTO", help="photos, or folders of them")
    parser.add_argument("--import", dest="is_import", action="store_true", help="take them for your decisions")
    parser.add_argument("-c", dest="names", nargs="+", action="extend", default=[], metavar="NAME", help="categories")
    parser.add_argument("--categories", type=Path, metavar="FILE", help="categories from a file")
    parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="how rows are printed")
    parser.set_defaults(run=_lazily("keywords", "keywords"))


def _add_undo(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "undo",
        help="take back a sort or a tagging, also days later",
        description="Bring the photos of a run back to where they were, and as they were. What has changed since "
        "stays, and is named.",
    )
    parser.add_argument(
        "run_id",
        nargs="?",
        type=positive,
        metavar="RUN",
        help="its number (see clipsorter history; default: the last)",
    )
    parser.add_argument(
        "--only", nargs="+", type=Path, metavar="PHOTO",
        help="only these, by their path before or after, each with what belongs to it",
    )  # fmt: skip
    parser.set_defaults(run=_lazily("undo", "take_back"))
    meaning = "list what was moved, copied, tagged or put into the trash, and what of it was taken back"
    commands.add_parser("history", help=meaning, description=meaning).set_defaults(run=_lazily("undo", "show_history"))


def _add_index(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "index",
        help="look at each photo once, so that later answers come at once",
        description="Look at each photo of FOLDER once and keep its vector. Goes on from where it was stopped.",
    )
    add_folder_options(parser)
    parser.set_defaults(run=_lazily("library", "index"))


def _add_library(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "library",
        help="what is remembered of your photos: show, check, clean, back up",
        description="Look after what Clipsorter remembers: the index, which can be made again, and your decisions.",
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    for name, meaning in (
        ("info", "count what is remembered"),
        ("verify", "check both databases"),
        ("clean", "forget photos that are gone"),
        ("backup", "back up the decisions now"),
    ):
        actions.add_parser(name, help=meaning, description=meaning).set_defaults(run=_lazily("library", name))


def _add_doctor(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "doctor",
        help="versions, device, folders, models, and a measured speed: what a bug report needs",
        description="Print what a bug report needs, and measure how many photos a second this machine does.",
    )
    add_model_options(parser)
    parser.set_defaults(run=_lazily("doctor", "doctor"))


def _lazily(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Return a command that is imported when it runs, so that `--help` answers at once."""

    def run_command(options: argparse.Namespace) -> int:
        command = getattr(importlib.import_module(f"clipsorter.cli.{module}"), function)
        return int(command(options))

    return run_command


def _open_missing_streams() -> None:
    """Give a program that was started without stdout or stderr something to write to."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end


def _speak_any_name() -> None:
    """Let file names that are no valid text, or not of the terminal's encoding, be printed rather than raise."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
