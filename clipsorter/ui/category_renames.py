"""After a rename: what a person decided is kept under the old name, and the window offers to move it."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.records import Records


class RenameOffer(QObject):
    """Offers to move decisions to the new names; not of itself, since a line that is reused may mean something else."""

    count_asked = Signal(object)
    rename_asked = Signal(object)

    def __init__(
        self, categories: CategoryModel, records: Records, notices: NoticeBar, photos: PhotoModel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._categories, self._notices, self._photos = categories, notices, photos
        self._renames: dict[str, str] = {}  # the names under which there may be decisions, to those of now
        self.move = QAction(self)
        self.move.triggered.connect(self._move)
        categories.renamed.connect(self._take_renames)
        self.count_asked.connect(records.count)
        self.rename_asked.connect(records.rename)
        records.counted.connect(self._take_count)
        records.renamed.connect(self._take_moved)

    @Slot(object)
    def _take_renames(self, renames: dict[str, str]) -> None:
        """Follow names through several renames, and back again when they are undone."""
        followed = {old: renames.get(new, new) for old, new in self._renames.items()}
        followed = {**renames, **followed}
        names = {entry.name for entry in self._categories.entries}
        self._renames = {old: new for old, new in followed.items() if old != new and old not in names and new in names}
        self._notices.withdraw(self.move)
        if self._renames:
            self.count_asked.emit(dict(self._renames))

    @Slot(object, int)
    def _take_count(self, renames: dict[str, str], count: int) -> None:
        if renames != self._renames or not count:
            return
        if len(renames) == 1:
            ((old, new),) = renames.items()
            text = self.tr("Decided by you under the name “{old}”: {count}. They stay there unless you move them.")
            self.move.setText(self.tr("Move them to “{new}”").format(new=new))
            self._notices.tell(text.format(old=old, count=count), self.move)
        else:
            text = self.tr("Decided by you under the old names: {count}. They stay there unless you move them.")
            self.move.setText(self.tr("Move them to the new names"))
            self._notices.tell(text.format(count=count), self.move)

    @Slot()
    def _move(self) -> None:
        self.rename_asked.emit(dict(self._renames))
        self._renames = {}

    @Slot(object)
    def _take_moved(self, renames: dict[str, str]) -> None:
        self._photos.rename_labels(renames)
