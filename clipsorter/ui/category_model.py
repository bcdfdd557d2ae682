"""The categories as the window edits them: each with a colour, a count, and whether the model knows its words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category, format_category, meant_lines, parse_categories
from clipsorter.ui.photo_table import Counts
from clipsorter.ui.theme import CATEGORY_COLOURS

OTHER = QColor("#8c8c8c")


class CategoryRole(IntEnum):
    """What the list draws beside the name."""

    COLOUR = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    IS_UNKNOWN = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A category and its colour."""

    category: Category
    colour: str


class CategoryModel(QAbstractListModel):
    """An ordered list of categories; no name is there twice."""

    edited = Signal()  # what is asked has changed
    recoloured = Signal()
    refused = Signal(str)  # a sentence why an edit was not taken

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._counts: dict[str, tuple[int, int]] = {}
        self._unknown: frozenset[str] = frozenset()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many categories there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name, the text to edit, or what is drawn beside it."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        name = entry.category.name
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.EditRole:
                return format_category(entry.category)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._describe(index.row())
            case CategoryRole.COLOUR:
                return QColor(entry.colour)
            case CategoryRole.COUNT:
                return self._counts.get(name, (0, 0))[0]
            case CategoryRole.IS_UNKNOWN:
                return name in self._unknown
        return None

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Rename a category, or give it prompts, as `NAME=prompt | prompt`."""
        lines = self.lines()
        if role != Qt.ItemDataRole.EditRole or lines[index.row()] == str(value):
            return False
        lines[index.row()] = str(value)
        if (categories := self._parsed(lines)) is None:
            return False
        self._entries[index.row()] = replace(self._entries[index.row()], category=categories[index.row()])
        self.dataChanged.emit(index, index)
        self.edited.emit()
        return True

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Let names be edited in place."""
        own = Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags
        return super().flags(index) | own

    def categories(self) -> list[Category]:
        """Return what is asked, in order."""
        return [entry.category for entry in self._entries]

    def lines(self) -> list[str]:
        """Return the categories as lines of a categories file."""
        return [format_category(entry.category) for entry in self._entries]

    def colours(self) -> list[str]:
        """Return the colour of each category, `#rrggbb`."""
        return [entry.colour for entry in self._entries]

    def colour_of(self, name: str) -> QColor:
        """Return the colour of a category; grey for one that is no longer in the list."""
        return next((QColor(entry.colour) for entry in self._entries if entry.category.name == name), OTHER)

    def restore(self, text: str, colours: str) -> None:
        """Put in the categories of an earlier time; what is damaged is left out."""
        lines, kept = meant_lines(text), colours.split()
        try:
            categories = parse_categories(lines) if lines else []
        except UsageError:
            categories = []
        self.beginResetModel()
        self._entries = [
            Entry(category, kept[row] if row < len(kept) and QColor(kept[row]).isValid() else _colour(row))
            for row, category in enumerate(categories)
        ]
        self.endResetModel()
        self.edited.emit()

    def add(self, lines: Sequence[str]) -> bool:
        """Add categories at the end; tell whether that was possible."""
        lines = [line for line in lines if line.strip()]
        categories = self._parsed([*self.lines(), *lines]) if lines else None
        if categories is None:
            return False
        first = len(self._entries)
        self.beginInsertRows(QModelIndex(), first, len(categories) - 1)
        for category in categories[first:]:
            self._entries.append(Entry(category, self._free_colour()))
        self.endInsertRows()
        self.edited.emit()
        return True

    def remove(self, row: int) -> None:
        """Take a category out; decisions on photos stay."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()
        self.edited.emit()

    def move(self, row: int, target: int) -> bool:
        """Put a category at another place; tell whether there is one."""
        if row == target or not 0 <= target < len(self._entries):
            return False
        self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target + (target > row))
        self._entries.insert(target, self._entries.pop(row))
        self.endMoveRows()
        self.edited.emit()
        return True

    def recolour(self, row: int, colour: str) -> None:
        """Give a category another colour."""
        self._entries[row] = replace(self._entries[row], colour=colour)
        self.dataChanged.emit(self.index(row), self.index(row))
        self.recoloured.emit()

    def show_counts(self, counts: Counts) -> None:
        """Take in how many photos each category has."""
        if counts.categories != self._counts:
            self._counts = counts.categories
            self._announce()

    def show_unknown(self, names: Collection[str]) -> None:
        """Take in which names mean nothing to the model."""
        self._unknown = frozenset(names)
        self._announce()

    def _announce(self) -> None:
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def _parsed(self, lines: Sequence[str]) -> list[Category] | None:
        try:
            return parse_categories(lines)
        except UsageError as error:
            self.refused.emit(str(error))
            return None

    def _free_colour(self) -> str:
        """Return the first colour that no category has, or the next in turn."""
        taken = {entry.colour for entry in self._entries}
        return next((colour for colour in CATEGORY_COLOURS if colour not in taken), _colour(len(self._entries)))

    def _describe(self, row: int) -> str:
        category = self._entries[row].category
        if category.name in self._unknown:
            return self.tr(
                "The model does not know the word “{name}”, so nothing will be put there. Use plain English nouns."
            ).format(name=category.name)
        count, by_you = self._counts.get(category.name, (0, 0))
        return self.tr("{name}: {count} photos, {by_you} of them decided by you").format(
            name=category.name, count=count, by_you=by_you
        )


def _colour(row: int) -> str:
    return CATEGORY_COLOURS[row % len(CATEGORY_COLOURS)]
