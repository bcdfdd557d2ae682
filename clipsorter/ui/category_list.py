"""Edits of a list of categories, each as a new list: what the window's tree shows and its undo keeps."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from clipsorter.sorting.category import Category, is_within
from clipsorter.ui.theme import CATEGORY_COLOURS


@dataclass(frozen=True, slots=True)
class Entry:
    """A category and its colour."""

    category: Category
    colour: str

    @property
    def name(self) -> str:
        """Return the name of the category."""
        return self.category.name


Entries = tuple[Entry, ...]


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree. A parent that is no category itself has no entry: it is a heading."""

    path: str
    parent: "Node | None"
    entry: Entry | None = None
    children: list["Node"] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Return the last part of the name."""
        return self.path.rpartition("/")[2]

    @property
    def row(self) -> int:
        """Return the place among the siblings."""
        return self.parent.children.index(self) if self.parent else 0


def plant(entries: Iterable[Entry]) -> Node:
    """Make a tree; siblings are in the order in which they come first."""
    nodes = {"": Node("", None)}
    for entry in entries:
        parent, path = nodes[""], ""
        for part in entry.name.split("/"):
            path = f"{path}/{part}" if path else part
            if path not in nodes:
                nodes[path] = Node(path, parent)
                parent.children.append(nodes[path])
            parent = nodes[path]
        parent.entry = entry
    return nodes[""]


def walk(node: Node) -> Iterator[Node]:
    """Give all nodes below one, as they are read from top to bottom."""
    for child in node.children:
        yield child
        yield from walk(child)


def grouped(entries: Iterable[Entry]) -> Entries:
    """Put entries, no name of which is there twice, in the order of their tree, in which they are shown."""
    return tuple(node.entry for node in walk(plant(entries)) if node.entry is not None)


def without(entries: Entries, path: str) -> Entries:
    """Take out a category or heading, and all below it."""
    return tuple(entry for entry in entries if not is_within(entry.name, path))


def renamed(entries: Entries, path: str, new_path: str) -> Entries:
    """Give a category or heading another name; what is below it goes with it."""
    return tuple(_with_name(entry, new_path + entry.name[len(path) :]) if is_within(entry.name, path) else entry
                 for entry in entries)  # fmt: skip


def placed(entries: Entries, path: str, new_path: str, before: str | None) -> Entries:
    """Put a category or heading before another one, or last among its siblings; its parent may be a new one."""
    moved = renamed(tuple(entry for entry in entries if is_within(entry.name, path)), path, new_path)
    rest = without(entries, path)
    first = (number for number, entry in enumerate(rest) if before is not None and is_within(entry.name, before))
    place = next(first, len(rest))
    return rest[:place] + moved + rest[place:]


def coloured(categories: Sequence[Category], colours: dict[str, str], taken: Iterable[str] = ()) -> Entries:
    """Give categories the colours that they had, and the others one that is free, or else the next in turn."""
    used = {*taken, *(colours[category.name] for category in categories if category.name in colours)}
    entries = []
    for number, category in enumerate(categories):
        colour = colours.get(category.name)
        if colour is None:
            free = (each for each in CATEGORY_COLOURS if each not in used)
            colour = next(free, CATEGORY_COLOURS[(number + len(used)) % len(CATEGORY_COLOURS)])
            used.add(colour)
        entries.append(Entry(category, colour))
    return tuple(entries)


def _with_name(entry: Entry, name: str) -> Entry:
    return replace(entry, category=replace(entry.category, name=name))
