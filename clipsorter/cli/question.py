"""The options that several commands share: which photos, which model, what is asked."""

import argparse
import math
from pathlib import Path

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category, meant_lines, parse_categories


def add_question_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is asked of each photo."""
    add_category_options(parser)
    parser.add_argument("--top", type=positive, default=5, metavar="K", help="predictions for each photo (default 5)")


def add_category_options(parser: argparse.ArgumentParser) -> None:
    """Add the categories, and how photos are judged by them."""
    parser.add_argument(
        "-c", dest="names", nargs="+", action="extend", default=[], metavar="NAME",
        help="categories: NAME, Parent/Child, NAME='a prompt | another prompt', or 'NAME @60%%' (sure from 60 %% on)",
    )  # fmt: skip
    parser.add_argument(
        "--categories",
        type=Path,
        metavar="FILE",
        help="categories from a file, one a line, # comments (the window writes such files)",
    )
    parser.add_argument("--ensemble", action="store_true", help="average several phrasings of each bare name (CLIP)")
    parser.add_argument(
        "--min-confidence", type=_share, metavar="P",
        help="answers below P (0 to 1) are unsure; 0 always answers (default: what suits the model)",
    )  # fmt: skip
    parser.add_argument(
        "--no-examples", dest="learns", action="store_false", help="judge by words alone, whatever was taught"
    )


def add_several_option(parser: argparse.ArgumentParser) -> None:
    """Add that a photo may be in more than one category."""
    parser.add_argument(
        "--several", action="store_true",
        help="every category that fits, each decided by itself and by its own threshold",
    )  # fmt: skip


def add_folder_options(parser: argparse.ArgumentParser, *, is_optional: bool = False) -> None:
    """Add FOLDER and how it is read."""
    how_many = "?" if is_optional else None
    parser.add_argument("folder", type=Path, nargs=how_many, metavar="FOLDER", help="the photos (or one photo)")
    add_reading_options(parser)


def add_found_options(parser: argparse.ArgumentParser) -> None:
    """Add how many photos are found, how they are printed, and how a folder is read."""
    parser.add_argument("--top", type=positive, default=20, metavar="N", help="how many photos (default 20)")
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="how rows are printed")
    parser.add_argument("--no-index", action="store_true", help="neither use nor fill the index")
    add_reading_options(parser)


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """Add how a folder is read, and by which model."""
    parser.add_argument(
        "--recursive", action=argparse.BooleanOptionalAction, default=True, help="look into sub-folders (default)"
    )
    parser.add_argument(
        "--retry",
        action="store_true",
        help="try again photos that could not be read, and --fast if it was refused",
    )
    parser.add_argument(
        "--fast", action=argparse.BooleanOptionalAction,
        help="compute in int8 on the CPU, if that proves right on the first photos of FOLDER and faster here",
    )  # fmt: skip
    add_model_options(parser)


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Add which model runs, and where."""
    parser.add_argument(
        "--model", metavar="ID", help="which model (see: clipsorter models list; default: the best here)"
    )
    parser.add_argument("--device", choices=["auto", "cpu", "cuda", "mps"], help="where the model runs")


def read_categories(options: argparse.Namespace) -> list[Category]:
    """Read the categories of the command line and of the file, in this order; raise UsageError if none or twice."""
    lines = list(options.names)
    if options.categories is not None:
        try:
            lines += meant_lines(options.categories.read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise UsageError(f"The categories in {options.categories} can't be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise UsageError(f"{options.categories} is not a text file in UTF-8; save it as UTF-8.") from error
    return parse_categories(lines)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to 1")
    return value


def positive(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 up")
    return value
