"""The plan for Qt's views: its folders as a tree with ticks, and what lies in the folder that is chosen as rows.

Both answer only what is on the screen, so that a hundred thousand photos cost no more than a hundred.
"""

from collections.abc import Callable
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QIcon

from clipsorter.sorting.plan import PlannedBundle, Staying
from clipsorter.ui.icons import icon
from clipsorter.ui.plan_tree import Node, PlanTree
from clipsorter.ui.plan_words import heading_of, is_odd, why_it_goes, why_it_stays

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


class FolderModel(QAbstractItemModel):
    """The folders of a plan below its destination, and the reasons for which photos stay."""

    ticked = Signal()  # or unticked

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tree: PlanTree | None = None
        self._folder, self._staying = icon("folder"), icon("photo")

    def show_tree(self, tree: PlanTree | None) -> None:
        """Show another plan."""
        self.beginResetModel()
        self.tree = tree
        self.endResetModel()

    def node(self, index: _Index) -> Node | None:
        """Return what an index stands for."""
        return self.tree.nodes[index.internalId()] if self.tree is not None and index.isValid() else None

    def index_of(self, node: Node, column: int = 0) -> QModelIndex:
        """Return where a node is."""
        place = node.place if node.parent else self._siblings(None).index(node)
        return self.createIndex(place, column, node.number)

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008  as Qt has it
        """Return the index of a child."""
        siblings = self._siblings(self.node(parent))
        if not (0 <= row < len(siblings) and 0 <= column < 2):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row].number)

    def parent(self, index: _Index) -> QModelIndex:  # type: ignore[override]
        """Return the index of the folder around one."""
        node = self.node(index)
        return self.index_of(node.parent) if node is not None and node.parent is not None else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many folders there are in one."""
        return 0 if parent.column() > 0 else len(self._siblings(self.node(parent)))

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return two: the name, and how many photos."""
        return 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the headings."""
        if role == _Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (self.tr("Folder"), self.tr("Photos"))[section]
        return None

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return a name with its tick, or a count."""
        node, tree = self.node(index), self.tree
        if node is None or tree is None:
            return None
        if index.column() == 1:
            if role == _Role.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            return self._count(node, tree) if role == _Role.DisplayRole else None
        match role:
            case _Role.DisplayRole:
                return self._name(node)
            case _Role.AccessibleTextRole:
                return self.tr("{name}, photos: {count}").format(name=self._name(node), count=self._count(node, tree))
            case _Role.ToolTipRole:
                return str(node.path) if node.path is not None else self._name(node)
            case _Role.DecorationRole:
                return self._folder if node.path is not None else self._staying
            case _Role.CheckStateRole if node.path is not None and node.last > node.first:
                ticks = tree.ticks(node)
                if ticks.all():
                    return Qt.CheckState.Checked
                return Qt.CheckState.PartiallyChecked if ticks.any() else Qt.CheckState.Unchecked
        return None

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Tick or untick all of a folder."""
        node = self.node(index)
        if node is None or self.tree is None or role != _Role.CheckStateRole or node.path is None:
            return False
        self.tree.ticks(node)[:] = Qt.CheckState(value) != Qt.CheckState.Unchecked
        self.recount()
        self.ticked.emit()
        return True

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let folders be ticked."""
        node = self.node(index)
        if node is None or node.path is None or index.column():
            return super().flags(index)
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def recount(self) -> None:
        """Show ticks and counts anew; there are as many folders as fit on a few screens."""
        for node in self.tree.nodes if self.tree else ():
            if node.path is not None:
                index = self.index_of(node)
                self.dataChanged.emit(index, index.siblingAtColumn(1))

    def _siblings(self, parent: Node | None) -> list[Node]:
        if parent is not None:
            return parent.children
        return self.tree.roots if self.tree is not None else []

    def _name(self, node: Node) -> str:
        if node.path is not None:
            return node.name
        return self.tr("What stays") if node.why is None else heading_of(node.why)

    def _count(self, node: Node, tree: PlanTree) -> str:
        number = QLocale().toString
        all_ = tree.photos(node)
        if node.path is None or (going := tree.ticked_photos(node)) == all_:
            return number(all_)
        return self.tr("{count} of {all}").format(count=number(going), all=number(all_))


class Column(IntEnum):
    """The columns of the rows."""

    NAME = 0
    FROM = 1
    WHY = 2


class RowModel(QAbstractTableModel):
    """The bundles of a folder, or the photos that stay for a reason; `thumbnail` gives their pictures."""

    ticked = Signal()

    def __init__(self, thumbnail: Callable[[Path], QIcon | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail, self._odd = thumbnail, icon("warning")
        self._tree: PlanTree | None = None
        self._node: Node | None = None
        self._root = Path()

    def show_node(self, tree: PlanTree | None, node: Node | None, root: Path) -> None:
        """Show what a node holds; `root` is the folder that is sorted."""
        self.beginResetModel()
        self._tree, self._node, self._root = tree, node, root
        self.endResetModel()

    def refresh(self) -> None:
        """Show ticks and thumbnails anew."""
        if count := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(Column) - 1))

    def item(self, row: int) -> PlannedBundle | Staying:
        """Return what is in a row."""
        assert self._tree is not None and self._node is not None
        items = self._tree.bundles if self._node.path is not None else self._tree.stays
        return items[self._node.first + row]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many there are."""
        return 0 if self._node is None or parent.isValid() else self._node.last - self._node.first

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return what is said of each."""
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the headings."""
        if role == _Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (self.tr("Photo"), self.tr("From"), self.tr("Why"))[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let what goes be ticked."""
        is_going = self._node is not None and self._node.path is not None
        if index.column() == Column.NAME and is_going:
            return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable
        return super().flags(index)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return name, picture and tick, or where it is, or why."""
        if not index.isValid() or self._tree is None or self._node is None:
            return None
        item = self.item(index.row())
        if isinstance(item, Staying):
            return self._stay(item, index.column(), role)
        if role == _Role.CheckStateRole and index.column() == Column.NAME:
            is_ticked = self._tree.is_ticked[self._node.first + index.row()]
            return Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked
        return self._going(item, index.column(), role)

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Take a bundle out of the plan, or put it back."""
        if role != _Role.CheckStateRole or self._tree is None or self._node is None or self._node.path is None:
            return False
        self._tree.is_ticked[self._node.first + index.row()] = Qt.CheckState(value) != Qt.CheckState.Unchecked
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _going(self, bundle: PlannedBundle, column: int, role: int) -> object:
        leader, target = bundle.files[0].source, bundle.files[0].target
        if role == _Role.DecorationRole and column == Column.NAME:
            return self._thumbnail(leader)
        if role == _Role.DecorationRole and column == Column.WHY and is_odd(bundle):
            return self._odd
        if role == _Role.ToolTipRole and column == Column.WHY:
            return why_it_goes(bundle)
        if role == _Role.ToolTipRole:
            return "\n".join(f"{file.source}\n→ {file.target}" for file in bundle.files)
        if role not in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return None
        match column:
            case Column.NAME:
                if len(bundle.files) == 1:
                    return target.name
                more = len(bundle.files) - 1
                if more == 1:
                    return self.tr("{name} + 1 file").format(name=target.name)
                return self.tr("{name} + {count} files").format(name=target.name, count=more)
            case Column.FROM:
                return self._place(leader if leader.name != target.name else leader.parent)
        return why_it_goes(bundle)

    def _stay(self, stay: Staying, column: int, role: int) -> object:
        if role == _Role.DecorationRole and column == Column.NAME:
            return self._thumbnail(stay.photo)
        if role == _Role.ToolTipRole:
            return f"{stay.photo}\n{why_it_stays(stay)}"
        if role not in (_Role.DisplayRole, _Role.AccessibleTextRole):
            return None
        match column:
            case Column.NAME:
                return stay.photo.name
            case Column.FROM:
                return self._place(stay.photo.parent)
        return why_it_stays(stay)

    def _place(self, path: Path) -> str:
        """Return a path as it is seen from the folder that is sorted."""
        if not path.is_relative_to(self._root):
            return str(path)
        below = path.relative_to(self._root)
        return str(below) if below.parts else self._root.name
