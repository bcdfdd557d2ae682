"""Words for people on a terminal: those that come from the user's files made fit to be read, and things counted."""

import os
import sys


def printable(text: object) -> str:
    """Replace what would move the cursor or is no valid text; a file name may hold anything."""
    return "".join(letter if letter.isprintable() else "�" for letter in str(text))


def counted(count: int, noun: str) -> str:
    """Say how many there are of a thing: `1 photo`, `2 photos`."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def drop_output() -> None:
    """Let what is still to be printed, at the latest as the program ends, go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
