"""Where sorted photos go: the folders that were used last, or another one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from clipsorter.ui.icons import icon
from clipsorter.ui.theme import GRID

_REMEMBERED = 8


class Destination(QWidget):
    """A list of folders to choose from, the last one first."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QComboBox()
        self.list.setAccessibleName(self.tr("Into this folder"))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setMinimumContentsLength(20)
        self.list.activated.connect(self.changed)
        self.choose = QPushButton(icon("open"), self.tr("Choose …"))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._pick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.choose)

    def show_folders(self, folders: Sequence[Path]) -> None:
        """Offer these, the first one chosen."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for folder in folders:
                self._add(folder, self.list.count())
            self.list.setCurrentIndex(0)

    @property
    def folder(self) -> Path:
        """Return the one that is chosen."""
        return Path(self.list.currentData())

    def folders(self) -> list[Path]:
        """Return all that are offered, the chosen one first."""
        others = [Path(self.list.itemData(place)) for place in range(self.list.count())]
        return [self.folder, *(other for other in others if other != self.folder)][:_REMEMBERED]

    def take(self, folder: Path) -> None:
        """Choose a folder, whether it was offered or not."""
        place = self.list.findData(str(folder))
        if place < 0:
            self._add(folder, 0)
            place = 0
        self.list.setCurrentIndex(place)
        self.changed.emit()

    def _add(self, folder: Path, place: int) -> None:
        self.list.insertItem(place, icon("folder"), str(folder), str(folder))
        self.list.setItemData(place, str(folder), Qt.ItemDataRole.ToolTipRole)

    @Slot()
    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("Sort into this folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        nearest = next((each for each in (self.folder, *self.folder.parents) if each.is_dir()), Path.home())
        dialog.setDirectory(str(nearest))
        dialog.fileSelected.connect(self._take_named)
        dialog.open()

    @Slot(str)
    def _take_named(self, name: str) -> None:
        self.take(Path(name).absolute())
