"""A category as the user writes it, on a command line, in a file, or in the window."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clipsorter.errors import UsageError

_QUOTED = re.compile(r'"(?P<name>(?:[^"]|"")+)"\s*(?P<rest>[@=].*|)', re.DOTALL)
_THRESHOLD = re.compile(r"(?P<name>.*?)\s*@\s*(?P<percent>\d+(?:\.\d+)?)\s*%\s*", re.DOTALL)
_OFF = re.compile(r"#~\s+(?P<line>.+)")


@dataclass(frozen=True, slots=True)
class Category:
    """A name, `Parent/Child` in a tree, and the prompts to look for; none means that the name is the prompt.

    `threshold` (0..1) is the least probability of a sure answer, in place of the model's. A category that is not
    `is_on` keeps its place in a list, and is not asked for.
    """

    name: str
    prompts: tuple[str, ...] = ()
    threshold: float | None = None
    is_on: bool = True


def parse_category(text: str) -> Category:
    """Read `NAME`, `NAME=prompt | prompt`, or `NAME @60% = prompt | prompt`.

    A name in "double quotes" may hold `=`, or end in `@60%`; a double quote in it is written twice. Raises UsageError
    if there is no name, or if the threshold is over 100 %.
    """
    threshold = None
    if quoted := _QUOTED.fullmatch(text.strip()):
        name = quoted["name"].replace('""', '"')
        own, _, prompts = quoted["rest"].partition("=")
        if found := _THRESHOLD.fullmatch(own):
            threshold = _share(found["percent"], text)
    else:
        name, _, prompts = text.partition("=")
        if found := _THRESHOLD.fullmatch(name):
            name, threshold = found["name"], _share(found["percent"], text)
    return Category(read_name(name, text), read_prompts(prompts.split("|")), threshold)


def read_name(name: str, text: str | None = None) -> str:
    """Return a name, or `Parent/Child`, without needless spaces; raise UsageError if a part is empty.

    `text` is all that was written, for the message.
    """
    name = "/".join(map(_plain, name.split("/")))
    if "" in name.split("/"):
        text = name if text is None else text
        raise UsageError(f"“{text}” is no category: write NAME, Parent/Child, or NAME=prompt | prompt.")
    return name


def read_prompts(prompts: Iterable[str]) -> tuple[str, ...]:
    """Return prompts without needless spaces and empty ones."""
    return tuple(filter(None, map(_plain, prompts)))


def is_within(name: str, parent: str) -> bool:
    """Tell whether a category is another one, or below it in the tree."""
    return name == parent or name.startswith(f"{parent}/")


def format_category(category: Category) -> str:
    """Write a category as a line of a categories file, from which it can be read again; see `read_set`."""
    name = category.name
    if name.startswith(("#", '"')) or "=" in name or _THRESHOLD.fullmatch(name):
        name = '"' + name.replace('"', '""') + '"'
    line = name if category.threshold is None else f"{name} @{100 * category.threshold:g}%"
    if category.prompts:
        line += f" = {' | '.join(category.prompts)}"
    return line if category.is_on else f"#~ {line}"


def parse_categories(texts: Iterable[str]) -> list[Category]:
    """Read one category from each text, in order.

    Raises UsageError if a name is there twice or there is none at all: the answer would be a matter of luck.
    """
    categories = [parse_category(text) for text in texts]
    if not categories:
        raise UsageError('There is no category to sort by. Name some: -c dogs cats "living room".')
    refuse_twins(categories)
    return categories


def refuse_twins(categories: Sequence[Category]) -> None:
    """Raise UsageError if a name is there twice, be it in other letters."""
    seen: set[str] = set()
    for category in categories:
        if category.name.casefold() in seen:
            raise UsageError(f"The category “{category.name}” is there twice; write its prompts in one: A=one | two.")
        seen.add(category.name.casefold())


def meant_lines(text: str) -> list[str]:
    """Return the lines of a categories file that are neither empty nor a `#` comment."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_set(text: str) -> list[Category]:
    """Read a categories file with those that are switched off: `#~ NAME`, a comment to whoever only asks.

    Raises UsageError as `parse_categories` does, but not for an empty one.
    """
    categories = []
    for line in map(str.strip, text.splitlines()):
        if found := _OFF.fullmatch(line):
            categories.append(replace(parse_category(found["line"]), is_on=False))
        elif meant_lines(line):
            categories.append(parse_category(line))
    refuse_twins(categories)
    return categories


def _share(percent: str, text: str) -> float:
    if (share := float(percent) / 100) > 1:
        raise UsageError(f"“{text}” is no category: what follows @ is a probability from 0 to 100 %.")
    return share


def _plain(text: str) -> str:
    """Return a text on one line, without spaces around it."""
    return " ".join(text.split())
