"""A category as the user writes it, on a command line, in a file, or in the window."""

from collections.abc import Iterable
from dataclasses import dataclass

from clipsorter.errors import UsageError


@dataclass(frozen=True, slots=True)
class Category:
    """A name, `Parent/Child` in a tree, and the prompts to look for; none means that the name is the prompt."""

    name: str
    prompts: tuple[str, ...] = ()


def parse_category(text: str) -> Category:
    """Read `NAME` or `NAME=prompt | prompt`; raise UsageError if there is no name."""
    name, _, prompts = text.partition("=")
    name = "/".join(part.strip() for part in name.split("/"))
    if not name or "" in name.split("/"):
        raise UsageError(f"“{text}” is no category: write NAME, Parent/Child, or NAME=prompt | prompt.")
    return Category(name, tuple(prompt.strip() for prompt in prompts.split("|") if prompt.strip()))


def parse_categories(texts: Iterable[str]) -> list[Category]:
    """Read one category from each text, in order.

    Raises UsageError if a name is there twice or there is none at all: the answer would be a matter of luck.
    """
    categories = [parse_category(text) for text in texts]
    if not categories:
        raise UsageError('There is no category to sort by. Name some: -c dogs cats "birthday party".')
    seen: set[str] = set()
    for category in categories:
        if category.name.casefold() in seen:
            raise UsageError(f"The category “{category.name}” is there twice; write its prompts in one: A=one | two.")
        seen.add(category.name.casefold())
    return categories


def meant_lines(text: str) -> list[str]:
    """Return the lines of a categories file that are neither empty nor a `#` comment."""
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
