"""The categories as the window edits them, by name, by mouse and by key; each edit can be undone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QUndoStack

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category, is_within, parse_category, read_name, read_set, refuse_twins
from clipsorter.ui.category_edit import EditCategories
from clipsorter.ui.category_list import Entries, Entry, Node, coloured, grouped, placed, renamed, without
from clipsorter.ui.category_tree import AnyIndex, CategoryTree
from clipsorter.ui.sentences import say_sentence

MIME = "application/x-clipsorter-category"
_MOST_NAMED = 3  # of what is added at once, where an edit is named


class CategoryModel(CategoryTree):
    """An ordered list of categories, shown as a tree; no name is there twice."""

    edited = Signal()  # what is asked has changed, or may have
    renamed = Signal(object)  # old names to new ones: dict[str, str]
    recoloured = Signal()
    refused = Signal(str)  # a sentence why an edit was not taken
    photos_dropped = Signal(str, object)  # on a category: list[Path]

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename a category where it is, or switch it on or off."""
        node = self._node(index)
        if role == Qt.ItemDataRole.EditRole:
            return self.rename(node.path, self._below(node.parent, str(value)))
        if role == Qt.ItemDataRole.CheckStateRole and node.entry is not None:
            is_on = Qt.CheckState(value) == Qt.CheckState.Checked
            return self.change(node.path, replace(node.entry.category, is_on=is_on))
        return False

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let rows be edited, switched off, dragged, and dropped upon."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flag = Qt.ItemFlag
        own = flag.ItemIsEditable | flag.ItemIsDragEnabled | flag.ItemIsDropEnabled
        return super().flags(index) | own | (flag.ItemIsUserCheckable if self._node(index).entry else own)

    def supportedDropActions(self) -> Qt.DropAction:
        """Take categories that are moved, and photos, of which nothing is taken away."""
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        """Let categories be moved only."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return what can be dropped here."""
        return [MIME, "text/uri-list"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the category that is dragged."""
        mime = QMimeData()
        mime.setData(MIME, self._node(indexes[0]).path.encode())
        return mime

    def canDropMimeData(self, mime: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Tell whether something may be dropped: photos on a category, a category anywhere."""
        if mime.hasUrls():
            return parent.isValid() and row < 0 and self._node(parent).entry is not None
        return mime.hasFormat(MIME)

    def dropMimeData(self, mime: QMimeData, action: Qt.DropAction, row: int, column: int, parent: AnyIndex) -> bool:
        """Put photos into a category, or a category to its new place: on a heading it becomes the last below it."""
        if not self.canDropMimeData(mime, action, row, column, parent):
            return False
        target = self._node(parent)
        if mime.hasUrls():
            paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
            self.photos_dropped.emit(target.path, paths)
            return True
        path = bytes(mime.data(MIME).data()).decode()
        if row >= 0:
            return self.place(path, target, target.children[row].path if row < len(target.children) else None)
        if target.entry is None:
            return self.place(path, target, None)
        return self._take_place(path, target)

    def restore(self, text: str, colours: str) -> None:
        """Put in the categories of an earlier time; what is damaged is left out. This is no edit to undo."""
        try:
            categories = read_set(text)
        except UsageError:
            categories = []
        kept = dict(zip([category.name for category in categories], colours.split(), strict=False))
        self.show_entries(coloured(categories, {name: c for name, c in kept.items() if QColor(c).isValid()}), {})

    def replace_all(self, categories: Sequence[Category], text: str) -> bool:
        """Put other categories in place of all; those whose names stay keep their colours."""
        entries = coloured(categories, {entry.name: entry.colour for entry in self.entries})
        return self._edit(lambda: entries, text)

    def add(self, lines: Iterable[str]) -> bool:
        """Add categories, written as in a categories file, at the end; tell whether that was possible."""
        lines = [line.strip() for line in lines if line.strip()]
        if len(lines) > _MOST_NAMED:
            text = self.tr("add {count} categories").format(count=len(lines))
        else:
            text = self.tr("add {names}").format(names=", ".join(lines))
        return bool(lines) and self._edit(lambda: self.added(lines), text)

    def remove(self, path: str) -> None:
        """Take out a category or heading with all below it; decisions on photos stay."""
        self._edit(lambda: without(self.entries, path), self.tr("delete {name}").format(name=path))

    def rename(self, path: str, new_path: str) -> bool:
        """Give a category or heading another name; what is below it goes with it."""
        text = self.tr("rename {old}").format(old=path)
        return self._edit(lambda: renamed(self.entries, path, read_name(new_path)), text, (path, new_path))

    def merge(self, kept: str, other: str, prompts: Sequence[str]) -> bool:
        """Let a category stand for another one too, which goes; what is below that goes below this."""
        text = self.tr("merge {other} into {name}").format(other=other, name=kept)

        def merged() -> Entries:
            rest = tuple(entry for entry in self.entries if entry.name != other)
            return tuple(
                replace(e, category=replace(e.category, prompts=tuple(prompts))) if e.name == kept else e
                for e in renamed(rest, other, kept)
            )

        return self._edit(merged, text, (other, kept))

    def change(self, name: str, category: Category, colour: str = "") -> bool:
        """Put a category in place of the one of this name, and give it another colour if there is one."""
        text = self.tr("change {name}").format(name=name)
        rename = (name, category.name) if category.name != name else None
        return self._edit(lambda: self.changed(name, category, colour), text, rename)

    def changed(self, name: str, category: Category, colour: str = "") -> Entries:
        """Return the list as `change` would leave it; raise UsageError if a name would be there twice."""
        tidy = replace(category, name=read_name(category.name))
        entries = renamed(self.entries, name, tidy.name)
        refuse_twins([entry.category for entry in entries])
        return tuple(Entry(tidy, colour or e.colour) if e.name == tidy.name else e for e in entries)

    def renaming(self, path: str, label: str) -> tuple[Category, Entries] | None:
        """Return a category and the list as they would be with this name in the row, None for a heading.

        Raises UsageError for what is no name, or one that is there.
        """
        if (entry := self.entry(path)) is None:
            return None
        above = path.rpartition("/")[0]
        category = replace(entry.category, name=read_name(f"{above}/{label}" if above else label))
        return category, self.changed(path, category)

    def added(self, lines: Iterable[str]) -> Entries:
        """Return the list as `add` would leave it; raise UsageError for what is no category."""
        known = {entry.name.casefold() for entry in self.entries}
        categories = [parse_category(line) for line in lines]
        if twins := [category.name for category in categories if category.name.casefold() in known]:
            raise UsageError(self.tr("The category “{name}” is in the list already.").format(name=twins[0]))
        entries = self.entries + coloured(categories, {}, self.colours())
        refuse_twins([entry.category for entry in entries])
        return entries

    def recolour(self, name: str, colour: str) -> None:
        """Give a category another colour."""
        text = self.tr("colour {name}").format(name=name)
        self._edit(lambda: tuple(replace(e, colour=colour) if e.name == name else e for e in self.entries), text)

    def step(self, path: str, by: int) -> bool:
        """Move a row up (-1) or down (1) among its siblings; tell whether there is a place."""
        node = self._nodes[self._ids[path]]
        siblings = node.parent.children if node.parent else []
        if not 0 <= node.row + by < len(siblings):
            return False
        return self._take_place(path, siblings[node.row + by])

    def place(self, path: str, parent: Node, before: str | None) -> bool:
        """Put a row below another, before one of those there or last; tell whether it can be there."""
        if is_within(parent.path, path) or (before is not None and is_within(before, path)):
            return False
        new_path = self._below(parent, path.rpartition("/")[2])
        text = self.tr("move {name}").format(name=path)
        return self._edit(lambda: placed(self.entries, path, new_path, before), text, (path, new_path))

    def show_entries(self, entries: Entries, renames: dict[str, str]) -> None:
        """Show a list, as an edit or its undoing asks for it."""
        before = self.entries
        self.show_list(grouped(entries))
        if any(old != new for old, new in renames.items()):
            self.renamed.emit(renames)
        if [entry.category for entry in before] != [entry.category for entry in self.entries]:
            self.edited.emit()
        self.recoloured.emit()

    def _below(self, parent: Node | None, label: str) -> str:
        return f"{parent.path}/{label}" if parent is not None and parent.path else label

    def _take_place(self, path: str, target: Node) -> bool:
        """Put a row where another one is, which makes room: upwards if the row comes from above."""
        siblings = target.parent.children if target.parent else []
        place = target.row
        if any(sibling.path == path for sibling in siblings[:place]):
            place += 1
        return self.place(path, target.parent or self._root, siblings[place].path if place < len(siblings) else None)

    def _edit(self, change: Callable[[], Entries], text: str, rename: tuple[str, str] | None = None) -> bool:
        """Make an edit that can be undone; tell whether it was taken."""
        try:
            entries = change()
            refuse_twins([entry.category for entry in entries])
        except UsageError as error:
            self.refused.emit(say_sentence(str(error)))
            return False
        if (entries := grouped(entries)) == self.entries:
            return False
        renames = {}
        if rename is not None and rename[0] != rename[1]:
            old, new = rename[0], read_name(rename[1])
            renames = {n.path: new + n.path[len(old) :] for n in self._nodes if is_within(n.path, old)}
        self._stack.push(EditCategories(self, entries, text, renames))
        return True
