"""Sentences of the rooms below the window in the user's language: what a user meets often; a rare one stays English."""

import re
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# As those rooms write them, with what is filled in by name. The path that stands behind some, in brackets, is left out.
SENTENCES = (
    QT_TRANSLATE_NOOP("Sentences", "the disk is full: free some space there"),
    QT_TRANSLATE_NOOP("Sentences", "your share of the disk is used up: free some space there"),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "permission was denied: check who may change this folder, and that no program has the file open",
    ),
    QT_TRANSLATE_NOOP("Sentences", "permission was denied: check who may change this file and its folder"),
    QT_TRANSLATE_NOOP("Sentences", "the disk is read-only: unlock it or choose another"),
    QT_TRANSLATE_NOOP("Sentences", "its path is too long for the disk: choose a shorter destination or category name"),
    QT_TRANSLATE_NOOP("Sentences", "it is no longer there, or its folder is gone"),
    QT_TRANSLATE_NOOP("Sentences", "a file of this name appeared there meanwhile, and nothing is ever overwritten"),
    QT_TRANSLATE_NOOP("Sentences", "the disk reported an error: check it before you go on"),
    QT_TRANSLATE_NOOP("Sentences", "another program is using it: close it there"),
    QT_TRANSLATE_NOOP("Sentences", "the drive is no longer connected"),
    QT_TRANSLATE_NOOP("Sentences", "it has changed since"),
    QT_TRANSLATE_NOOP("Sentences", "its content has changed since"),
    QT_TRANSLATE_NOOP("Sentences", "it has changed since it was looked at: look again"),
    QT_TRANSLATE_NOOP("Sentences", "it has changed since, or a later sort moved it: then undo that first"),
    QT_TRANSLATE_NOOP("Sentences", "it is no longer where it was put; if a later sort moved it on, undo that first"),
    QT_TRANSLATE_NOOP("Sentences", "it is no longer in the trash: the trash was emptied, or gave it back already"),
    QT_TRANSLATE_NOOP("Sentences", "its drive or folder can't be reached: connect it"),
    QT_TRANSLATE_NOOP("Sentences", "its disk has no trash: delete it in a file manager, or sort it into a folder"),
    QT_TRANSLATE_NOOP("Sentences", "Another Clipsorter is moving or tagging photos now: wait until it is done."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The {what} was written by a newer Clipsorter (its version is {version}, this program knows {known}): "
        "update Clipsorter. The file is {path}.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{text}” is no category: write NAME, Parent/Child, or NAME=prompt | prompt."),
    QT_TRANSLATE_NOOP("Sentences", "“{text}” is no category: what follows @ is a probability from 0 to 100 %."),
    QT_TRANSLATE_NOOP("Sentences", "The category “{name}” is there twice; write its prompts in one: A=one | two."),
    QT_TRANSLATE_NOOP("Sentences", "There is no photo {path}: check its name."),
    QT_TRANSLATE_NOOP("Sentences", "{path} is no photo that Clipsorter knows, so nothing can be compared with it."),
)


def say_sentence(sentence: str) -> str:
    """Return a sentence of a ClipsorterError, or the end of one, in the language of the window."""
    for end in ("", *_path_behind(sentence)):
        words = sentence.removesuffix(end)
        for template in map(str, SENTENCES):  # of which PySide6 says that they are objects
            if found := _pattern(template).fullmatch(words):
                return QCoreApplication.translate("Sentences", template).format(**found.groupdict()) + end
    return sentence


def _path_behind(sentence: str) -> Iterator[str]:
    if found := re.search(r" \([^()]*(?:\([^()]*\)[^()]*)*\)$", sentence):
        yield found[0]


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if number % 2 else re.escape(part) for number, part in enumerate(parts)), re.DOTALL
    )
