"""The commands that find photos: what `search`, `similar`, `duplicates` and `discover` take."""

import argparse
from collections.abc import Callable
from pathlib import Path

from clipsorter.cli.question import add_folder_options, add_found_options, positive

Command = Callable[[argparse.Namespace], int]
_ALL = "the photos (default: all that Clipsorter remembers)"


def add_finding_parsers(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", lazily: Callable[[str, str], Command]
) -> None:
    """Add the commands; `lazily` gives one by module and function."""
    parser = commands.add_parser(
        "search",
        help="print the photos that fit some words best; nothing is changed",
        description="Print the photos that fit QUERY best, the best first. Plain words are one phrase; -word or "
        '-"some words" leaves photos out, word*2 counts twice, like:PHOTO asks for photos like that one.',
        usage="clipsorter search [FOLDER] QUERY [options]",
    )
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=_ALL)
    parser.add_argument("query", metavar="QUERY", help="what to look for, in quotes (' -word' if nothing else)")
    add_found_options(parser)
    parser.set_defaults(run=lazily("search", "search"))
    parser = commands.add_parser(
        "similar",
        help="print the photos that are most like one; nothing is changed",
        description="Print the photos that are most like PHOTO, the likest first.",
        usage="clipsorter similar PHOTO [FOLDER] [options]",
    )
    parser.add_argument("photo", type=Path, metavar="PHOTO", help="the photo to compare with")
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=_ALL)
    add_found_options(parser)
    parser.set_defaults(run=lazily("search", "similar"))
    parser = commands.add_parser(
        "duplicates",
        help="print copies and bursts, in groups; nothing is changed",
        description="Print the photos of FOLDER of which one may be enough: the same file twice, one picture at "
        "another size or quality or cut a little, shots of one moment. In each group the best is marked; nothing is "
        "deleted.",
        usage="clipsorter duplicates FOLDER [options]",
    )
    add_folder_options(parser)
    parser.add_argument("--format", choices=["table", "jsonl", "csv"], default="table", help="how groups are printed")
    parser.set_defaults(run=lazily("duplicates", "duplicates"))
    parser = commands.add_parser(
        "discover",
        help="print what a folder holds, in groups without any words of yours; nothing is changed",
        description="Put the photos of FOLDER into groups that look alike, and print for each how many they are, a "
        "word that may fit, and its most central photos. Good names become categories.",
        usage="clipsorter discover FOLDER [--groups N] [options]",
    )
    add_folder_options(parser)
    parser.add_argument("--groups", type=positive, metavar="N", help="how many groups (default: as suits the folder)")
    parser.add_argument("--format", choices=["table", "jsonl"], default="table", help="how groups are printed")
    parser.set_defaults(run=lazily("discover", "discover"))
