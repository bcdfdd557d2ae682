"""The way from a photo that was found to its folder: opened, with the photo chosen as soon as it is listed."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow


class FolderOfPhoto(QObject):
    """An action of the Photo menu."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._wanted: Path | None = None
        self.action = QAction(self.tr("Go to its fol&der"), self)
        self.action.triggered.connect(self.go)
        window.photos.counted.connect(self._choose)
        window.session.ended.connect(self._forget)

    @Slot()
    def settle(self) -> None:
        """Offer it for a photo of another folder."""
        row = self._window.grid.current_row()
        self.action.setEnabled(row >= 0 and self._window.photos.photo(row).path.parent != self._window.folder)

    @Slot()
    def go(self) -> None:
        """Open the folder of the current photo."""
        row = self._window.grid.current_row()
        if row >= 0:
            path = self._window.photos.photo(row).path
            self._window.open_folder(path.parent)
            self._wanted = path

    @Slot()
    def _choose(self) -> None:
        """Choose the photo once it is listed, unless the user was quicker."""
        if self._wanted is None:
            return
        if rows := self._window.photos.table.rows_of([self._wanted]):
            self._wanted = None
            self._window.grid.choose(rows[0])

    @Slot()
    def _forget(self) -> None:
        self._wanted = None
