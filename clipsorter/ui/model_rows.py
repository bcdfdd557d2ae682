"""The models that there are, as rows for a table: what each is good for, and whether it is here."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

STARTER, FIRST_CHOICE = "starter", "ViT-B/32"
_MB = 2**20  # as on the model cards


class Place(Enum):
    """Where a model is."""

    BUILT_IN = auto()
    OURS = auto()
    ANOTHER_PROGRAM = auto()
    PARTLY = auto()
    DAMAGED = auto()
    NOWHERE = auto()


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model; `fetched_bytes` of it were fetched by a download that was broken off."""

    id: str
    title: str
    knows: str
    size_mb: int
    place: Place
    fetched_bytes: int = 0
    is_published: bool = True

    @property
    def is_ready(self) -> bool:
        """Tell whether it can be used now."""
        return self.place in (Place.BUILT_IN, Place.OURS, Place.ANOTHER_PROGRAM)


class ModelTable(QAbstractTableModel):
    """The rows, in the order of the catalogue; the one in use is bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[ModelRow, ...] = ()
        self.in_use = ""

    def show_rows(self, rows: Sequence[ModelRow]) -> None:
        """Take new rows in place of the old ones."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = tuple(rows)
            self._announce()
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def show_in_use(self, model_id: str) -> None:
        """Mark the model that answers."""
        self.in_use = model_id
        self._announce()

    def row_of(self, model_id: str) -> int:
        """Return where a model is, -1 if it isn't there."""
        return next((place for place, row in enumerate(self.rows) if row.id == model_id), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many models there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many facts are shown of each."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (self.tr("Model"), self.tr("Size"), self.tr("State"), self.tr("Good for"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a fact in words."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (row.title, self.size(row), self.state(row), self.good_for(row))[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return self.tr("It knows {knows}.").format(knows=row.knows)
            case Qt.ItemDataRole.FontRole if row.id == self.in_use:
                font = QFont()
                font.setBold(True)
                return font
        return None

    def size(self, row: ModelRow) -> str:
        """Return the size of the file as people read it."""
        return self.tr("{size} MB").format(size=QLocale().toString(row.size_mb)) if row.size_mb else "–"

    def state(self, row: ModelRow) -> str:
        """Say whether a model is here."""
        if row.id == self.in_use:
            return self.tr("✓ in use")
        match row.place:
            case Place.BUILT_IN:
                return self.tr("built in")
            case Place.OURS:
                return self.tr("ready")
            case Place.ANOTHER_PROGRAM:
                return self.tr("ready, of another program")
            case Place.PARTLY:
                return self.tr("{fetched} MB fetched").format(fetched=QLocale().toString(row.fetched_bytes // _MB))
            case Place.DAMAGED:
                return self.tr("damaged")
        return self.tr("not here")

    def good_for(self, row: ModelRow) -> str:
        """Say when one would choose a model; the order of the answers is that of the published accuracy."""
        words = {
            STARTER: self.tr("everyday things, at once"),
            FIRST_CHOICE: self.tr("the first choice: quick on every computer"),
            "ViT-B/16": self.tr("finer detail, slower"),
            "ViT-L/14": self.tr("very good answers; slow without a GPU"),
            "ViT-L/14@336px": self.tr("the best answers; very slow without a GPU"),
            "RN50": self.tr("the smallest download"),
            "RN101": self.tr("a little better than RN50"),
            "RN50x4": self.tr("between ViT-B/32 and ViT-B/16"),
            "RN50x16": self.tr("better than ViT-B/16; slow without a GPU"),
            "RN50x64": self.tr("very good answers; needs a GPU with 10 GB"),
        }
        return words.get(row.id) or self.tr("what it was trained for; imported from a file")

    def _announce(self) -> None:
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 3))
