"""The commands that teach categories, check them, and measure answers: `teach`, `check` and `evaluate`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from clipsorter.cli.question import add_category_options, add_folder_options, positive

Command = Callable[[argparse.Namespace], int]


def add_learning_parsers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", lazily: Callable[[str, str], Command]
) -> None:
    """Add the commands; `lazily` gives one by module and function."""
    parser = commands.add_parser(
        "teach",
        help="say which photos show a category: from two or three it is recognised, whatever its name",
        description="Keep photos as examples of CATEGORY. classify, sort and tag learn from them at once, with every "
        "model. Where words are good, they go on counting.",
        usage="clipsorter teach CATEGORY [PHOTO ...] [--not PHOTO ...] [--forget [PHOTO ...]]",
    )
    parser.add_argument("category", metavar="CATEGORY", help="a name, as with -c")
    parser.add_argument("photos", type=Path, nargs="*", metavar="PHOTO", help="the examples")
    parser.add_argument(
        "--not", dest="refused", type=Path, nargs="+", default=[], metavar="PHOTO", help="examples of what it is not"
    )
    parser.add_argument(
        "--forget", type=Path, nargs="*", metavar="PHOTO", help="no longer examples (none named: forget all)"
    )
    parser.set_defaults(run=lazily("teach", "teach"))
    parser = commands.add_parser(
        "check",
        help="print what is odd about categories: overlaps, none or too many photos, better words, splits",
        description="Look through the categories on the photos of FOLDER: those that overlap, mean nothing to the "
        "model, have no photo or too many, hold different things, or would do better as a phrase. Each finding has "
        "its numbers and what helps; nothing is changed.",
        usage="clipsorter check FOLDER -c NAME [NAME ...] [options]",
    )
    add_folder_options(parser)
    add_category_options(parser)
    parser.add_argument("--format", choices=["text", "jsonl"], default="text", help="how findings are printed")
    parser.set_defaults(run=lazily("check", "check_categories"))
    parser = commands.add_parser(
        "evaluate",
        help="measure how right the answers are on photos whose category is known",
        description="Judge the photos of FOLDER that FILE names, and compare: accuracy, the unsure share, precision "
        "and recall of each category, and what is mixed up. With --examples also what teaching a few photos is worth.",
        usage="clipsorter evaluate FOLDER --labels FILE [options]",
    )
    add_folder_options(parser)
    parser.add_argument(
        "--labels", type=Path, required=True, metavar="FILE", help="a csv file with the columns file,category[,list]"
    )
    parser.add_argument(
        "--examples", type=positive, metavar="N", help="teach N random photos a category, measure on the others"
    )
    parser.add_argument("--draws", type=positive, default=20, metavar="K", help="how often they are drawn (default 20)")
    parser.add_argument("--hide-names", action="store_true", help="ask for made-up names in place of the categories")
    parser.add_argument("--format", choices=["text", "csv"], default="text", help="how figures are printed")
    parser.set_defaults(run=lazily("evaluate", "evaluate"))
