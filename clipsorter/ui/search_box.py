"""The search box: takes words, and photos that are dropped on it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_WIDTH = 220  # pixels


class SearchBox(QLineEdit):
    """A line for words; says which photos were dropped."""

    photos_dropped = Signal(object)  # list[Path]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setClearButtonEnabled(True)
        self.setToolTip(
            self.tr(
                "Words for what photos show (Ctrl+F)\n"
                '-word leaves photos out · word*2 counts twice · "some words" stand together\n'
                "like:photo.jpg finds photos like that one: drop a photo here, or press Ctrl+Shift+F on it"
            )
        )

    def show_scope(self, is_everywhere: bool) -> None:
        """Say what is searched."""
        if is_everywhere:
            self.setPlaceholderText(self.tr("Search everything"))
            self.setAccessibleName(self.tr("Search all photos that were looked at"))
        else:
            self.setPlaceholderText(self.tr("Search: beach at sunset"))
            self.setAccessibleName(self.tr("Search the photos of this folder"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos beside text."""
        if photos_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take them anywhere in the line."""
        if photos_of(event.mimeData()):
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask for photos like those that were dropped; nothing on disk is moved."""
        if paths := photos_of(event.mimeData()):
            event.acceptProposedAction()
            self.photos_dropped.emit(paths)
        else:
            super().dropEvent(event)


def photos_of(mime: QMimeData) -> list[Path]:
    """Return the files that are dragged."""
    paths = (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    return [path for path in paths if not path.is_dir()]
