"""The commands that teach categories and measure answers: what `teach` and `evaluate` take."""

import argparse
from collections.abc import Callable
from pathlib import Path

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
        epilog="example:  clipsorter teach Rex dog1.jpg dog2.jpg dog3.jpg",
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
