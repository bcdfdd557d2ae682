"""What each photo gains, as rows for Qt's table, which asks only for those on the screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

from clipsorter.apply import Foreseen, Tag, Wish
from clipsorter.photos.photo import Photo
from clipsorter.ui.tag_planner import Wanted

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_PROTECTED = "it is write-protected; its keywords go into a sidecar"


class Gain(IntEnum):
    """What is known of a photo: 0 before it was looked into."""

    OPEN = 0
    GAINS = 1
    HAS_ALL = 2
    REFUSED = 3


class Column(IntEnum):
    """The columns of the rows."""

    NAME = 0
    KEYWORDS = 1
    WHERE = 2
    NOTE = 3


@dataclass(frozen=True, slots=True)
class GainCounts:
    """How many photos there are: `photos` = `going` + `has_all` + `refused` + `unticked`; of `open` it is unknown."""

    photos: int
    going: int
    has_all: int
    refused: int
    unticked: int
    open: int


class TagModel(QAbstractTableModel):
    """The photos that are to get keywords; `thumbnail` gives their pictures."""

    ticked = Signal()

    def __init__(self, thumbnail: Callable[[Photo], QIcon | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self.wanted = Wanted((), {})
        self._take(self.wanted)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show other photos, all ticked, none looked into."""
        self.beginResetModel()
        self._take(wanted)
        self.endResetModel()

    def _take(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self._found: dict[int, Foreseen] = {}
        self._is_ticked = np.ones(len(wanted.wishes), bool)
        self._gains = np.zeros(len(wanted.wishes), np.uint8)

    def show_foreseen(self, gains: Mapping[int, Foreseen]) -> None:
        """Show what was found out of some of them, by their place."""
        self._found.update(gains)
        for place, found in gains.items():
            self._gains[place] = Gain.REFUSED if found.problem else Gain.GAINS if found.files else Gain.HAS_ALL
        if gains:
            self.dataChanged.emit(self.index(min(gains), 0), self.index(max(gains), len(Column) - 1))

    def counts(self) -> GainCounts:
        """Count them."""
        kinds = np.bincount(self._gains[self._is_ticked], minlength=len(Gain)).tolist()
        return GainCounts(
            photos=len(self._gains),
            going=kinds[Gain.OPEN] + kinds[Gain.GAINS],
            has_all=kinds[Gain.HAS_ALL],
            refused=kinds[Gain.REFUSED],
            unticked=int(np.count_nonzero(~self._is_ticked)),
            open=int(np.count_nonzero(self._gains == Gain.OPEN)),
        )

    def ticked_wishes(self) -> list[Wish]:
        """Return what is to be done; those that have all are told by the run."""
        return [wish for wish, is_ticked in zip(self.wanted.wishes, self._is_ticked.tolist(), strict=True) if is_ticked]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  as Qt has it
        """Return how many photos there are."""
        return 0 if parent.isValid() else len(self._gains)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Return what is said of each."""
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> object:
        """Return the headings."""
        if role == _Role.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return (self.tr("Photo"), self.tr("New keywords"), self.tr("Into"), self.tr("Why, and what to know"))[
                section
            ]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let photos be ticked."""
        if index.column() == Column.NAME:
            return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable
        return super().flags(index)

    def setData(self, index: _Index, value: object, role: int = _Role.EditRole) -> bool:
        """Tick or untick a photo."""
        if role != _Role.CheckStateRole or not index.isValid():
            return False
        self._is_ticked[index.row()] = Qt.CheckState(value) != Qt.CheckState.Unchecked
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return one cell."""
        if not index.isValid():
            return None
        wish, found = self.wanted.wishes[index.row()], self._found.get(index.row())
        if index.column() == Column.NAME:
            if role == _Role.CheckStateRole:
                return Qt.CheckState.Checked if self._is_ticked[index.row()] else Qt.CheckState.Unchecked
            if role == _Role.DecorationRole:
                return self._thumbnail(wish.photo)
            if role == _Role.ToolTipRole:
                return str(wish.photo.path)
        if role not in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return None
        match index.column():
            case Column.NAME:
                return wish.photo.path.name
            case Column.KEYWORDS:
                return self._keywords(wish, found)
            case Column.WHERE:
                return self._where(found)
        return self._note(wish, found)

    def _keywords(self, wish: Wish, found: Foreseen | None) -> str:
        if found is None or found.problem:
            return ", ".join(tag.category for tag in wish.tags)
        if not found.files:
            return self.tr("has them already")
        return ", ".join(found.gained) or self.tr("the same ones, for more programs")

    def _where(self, found: Foreseen | None) -> str:
        if found is None:
            return "…"
        if found.problem:
            return self.tr("nowhere")
        sidecars = ", ".join(path.name for path in found.files if path != found.photo)
        if found.photo not in found.files:
            return sidecars
        if sidecars:
            return self.tr("the picture, {sidecars}").format(sidecars=sidecars)
        return self.tr("the picture")

    def _note(self, wish: Wish, found: Foreseen | None) -> str:
        if len(wish.tags) == 1:
            words = self._why(wish.tags[0])
        else:
            words = ", ".join(f"{tag.category}: {self._why(tag)}" for tag in wish.tags)
        note = self._remark(found) if found is not None else ""
        return f"{words}; {note}" if note else words

    def _why(self, tag: Tag) -> str:
        if tag.decided_by == "human":
            return self.tr("your decision")
        return self.tr("{percent} % sure").format(percent=round(100 * tag.probability))

    def _remark(self, found: Foreseen) -> str:
        """Return what the rooms below say of a photo; what is rare stays in English."""
        said = found.problem or found.note.removeprefix(f"{found.photo.name}: ").removesuffix(".")
        return self.tr("it is write-protected; its keywords go into a sidecar") if said == _PROTECTED else said
