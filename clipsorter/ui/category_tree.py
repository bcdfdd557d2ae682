"""The categories as a Qt tree that can be read; how they are edited is told in category_model.py."""

from collections.abc import Collection, Mapping
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QColor

from clipsorter.sorting.category import Category, format_category
from clipsorter.sorting.confidence import Precision
from clipsorter.ui.category_list import Entries, Entry, Node, plant, walk
from clipsorter.ui.category_words import CategoryWords
from clipsorter.ui.tally import Tally

OTHER = QColor("#8c8c8c")
_KEYS = 9
AnyIndex = QModelIndex | QPersistentModelIndex


class CategoryRole(IntEnum):
    """What is drawn beside the name; a heading has no colour, and KEY is 0 where no key leads there.

    PRECISION is None where too little was decided to say anything.
    """

    COLOUR = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    IS_UNKNOWN = Qt.ItemDataRole.UserRole + 3
    PATH = Qt.ItemDataRole.UserRole + 4
    KEY = Qt.ItemDataRole.UserRole + 5
    IS_HEADING = Qt.ItemDataRole.UserRole + 6
    BY_YOU = Qt.ItemDataRole.UserRole + 7
    SETTLED = Qt.ItemDataRole.UserRole + 8
    EXAMPLES = Qt.ItemDataRole.UserRole + 9
    PRECISION = Qt.ItemDataRole.UserRole + 10


class CategoryTree(QAbstractItemModel):
    """Rows are named by their path: the name of a category, or of a heading that is none itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = CategoryWords(self)
        self.entries: Entries = ()
        self._root = Node("", None)
        self._nodes: list[Node] = []
        self._ids: dict[str, int] = {}
        self._keys: dict[str, int] = {}
        self._tallies: dict[str, Tally] = {}
        self._given: Mapping[str, Tally] = {}
        self._unknown: frozenset[str] = frozenset()
        self._examples: Mapping[str, int] = {}
        self._precisions: Mapping[str, Precision] = {}

    def index(self, row: int, column: int = 0, parent: AnyIndex | None = None) -> QModelIndex:
        """Return the place of a row below another one."""
        children = self._node(parent).children
        if column or not 0 <= row < len(children):
            return QModelIndex()
        return self.createIndex(row, 0, self._ids[children[row].path])

    def parent(self, index: AnyIndex | None = None) -> QModelIndex:  # type: ignore[override]
        """Return the row above one, in the tree; without an index the object that owns the model."""
        if index is None:
            return super().parent()  # type: ignore[return-value]
        above = self._node(index).parent
        if above is None or above is self._root:
            return QModelIndex()
        return self.createIndex(above.row, 0, self._ids[above.path])

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return how many rows there are below one."""
        return len(self._node(parent).children)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Return that there is one column."""
        return 1

    def index_of(self, path: str) -> QModelIndex:
        """Return where a category or heading is, or an invalid index."""
        if path not in self._ids:
            return QModelIndex()
        return self.createIndex(self._nodes[self._ids[path]].row, 0, self._ids[path])

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the last part of the name, or what is drawn beside it."""
        if not index.isValid():
            return None
        node = self._node(index)
        tally = self._tallies.get(node.path, Tally())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return node.label
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._words.say(node, tally, node.path in self._unknown, self._precisions.get(node.path))
            case Qt.ItemDataRole.ToolTipRole:
                key, examples = self._keys.get(node.path, 0), self._examples.get(node.path, 0)
                precision = self._precisions.get(node.path)
                return self._words.describe(node, tally, key, node.path in self._unknown, examples, precision)
            case Qt.ItemDataRole.CheckStateRole if node.entry is not None:
                return Qt.CheckState.Checked if node.entry.category.is_on else Qt.CheckState.Unchecked
        return self._drawn(node, tally, role)

    def _drawn(self, node: Node, tally: Tally, role: int) -> object:
        match role:
            case CategoryRole.PATH:
                return node.path
            case CategoryRole.COLOUR:
                return QColor(node.entry.colour) if node.entry else None
            case CategoryRole.COUNT:
                return tally.count
            case CategoryRole.EXAMPLES:
                return self._examples.get(node.path, 0)
            case CategoryRole.PRECISION:
                precision = self._precisions.get(node.path)
                return precision if precision is not None and not precision.is_too_few else None
            case CategoryRole.BY_YOU:
                return tally.by_you
            case CategoryRole.SETTLED:
                return tally.settled
            case CategoryRole.KEY:
                return self._keys.get(node.path, 0)
            case CategoryRole.IS_HEADING:
                return node.entry is None
            case CategoryRole.IS_UNKNOWN:
                return node.path in self._unknown
        return None

    def categories(self) -> list[Category]:
        """Return what is asked, in order: those that are switched on."""
        return [entry.category for entry in self.entries if entry.category.is_on]

    def lines(self) -> list[str]:
        """Return all categories as lines of a categories file."""
        return [format_category(entry.category) for entry in self.entries]

    def colours(self) -> list[str]:
        """Return the colour of each category, `#rrggbb`."""
        return [entry.colour for entry in self.entries]

    def colour_of(self, name: str) -> QColor:
        """Return the colour of a category; grey for one that is no longer in the list."""
        return next((QColor(entry.colour) for entry in self.entries if entry.name == name), OTHER)

    def entry(self, name: str) -> Entry | None:
        """Return a category with its colour."""
        return next((entry for entry in self.entries if entry.name == name), None)

    def position_of(self, path: str) -> int:
        """Return how many rows are above one, all unfolded; -1 if it is not there."""
        return self._ids.get(path, -1)

    def path_at(self, position: int) -> str:
        """Return the path of the row at a position or the last one before it; "" if there is none."""
        return self._nodes[min(position, len(self._nodes) - 1)].path if self._nodes and position >= 0 else ""

    def has_headings(self) -> bool:
        """Tell whether some row is below another."""
        return len(self._nodes) > len(self._root.children)

    def show_counts(self, tallies: Mapping[str, Tally]) -> None:
        """Take in how many photos each category has; a row counts all that is below it."""
        if tallies != self._given:
            self._given = tallies
            self._sum_up()
            self._announce()

    def show_unknown(self, names: Collection[str]) -> None:
        """Take in which names mean nothing to the model."""
        self._unknown = frozenset(names)
        self._announce()

    @Slot(object)
    def show_examples(self, counts: Mapping[str, int]) -> None:
        """Take in how many examples each category has, in all folders."""
        if counts != self._examples:
            self._examples = counts
            self._announce()

    @Slot(object)
    def show_precisions(self, precisions: Mapping[str, Precision]) -> None:
        """Take in how often each category was right on the user's decisions."""
        if precisions != self._precisions:
            self._precisions = precisions
            self._announce()

    def show_list(self, entries: Entries) -> None:
        """Show other categories; rows that stay where they are are told as changed, not as new."""
        self.entries = entries
        root = plant(entries)
        if _shape(root) == _shape(self._root):
            self._take_tree(root)
            self._announce()
        else:
            self.beginResetModel()
            self._take_tree(root)
            self.endResetModel()

    def _node(self, index: AnyIndex | None) -> Node:
        if index is None or not index.isValid():
            return self._root
        return self._nodes[index.internalId()]

    def _take_tree(self, root: Node) -> None:
        self._root, self._nodes = root, list(walk(root))
        self._ids = {node.path: number for number, node in enumerate(self._nodes)}
        names = [category.name for category in self.categories()]
        self._keys = {name: number for number, name in enumerate(names[:_KEYS], start=1)}
        self._sum_up()

    def _sum_up(self) -> None:
        self._tallies = {}
        for node in reversed(self._nodes):
            own = self._given.get(node.path, Tally()) if node.entry is not None else Tally()
            self._tallies[node.path] = sum((self._tallies[child.path] for child in node.children), own)

    def _announce(self, rows: QModelIndex | None = None) -> None:
        """Say that all rows may look otherwise; each parent's are told by themselves."""
        rows = rows or QModelIndex()
        if count := self.rowCount(rows):
            self.dataChanged.emit(self.index(0, 0, rows), self.index(count - 1, 0, rows))
        for row in range(count):
            self._announce(self.index(row, 0, rows))


def _shape(root: Node) -> list[tuple[int, bool]]:
    """Return what decides where rows are: how many are below each, and which are categories."""
    return [(len(node.children), node.entry is not None) for node in (root, *walk(root))]
