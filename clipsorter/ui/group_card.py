"""One group of Discover: its most typical photos, how many it has, and the name that it may get."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clipsorter.analyse.discovering import PhotoGroup
from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import is_within
from clipsorter.ui.picture_row import PictureRow
from clipsorter.ui.thumbnails import Thumbnails

SHOWN = 6  # photos

_PIXELS = 104
_NAME_WIDTH = 200


class GroupCard(QFrame):
    """Becomes a category by a tick or its own button; a name of the user's own makes its photos examples."""

    changed = Signal()
    making_asked = Signal(object)  # self
    showing_asked = Signal(object)  # self

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed, self._made = "", ""
        self._known: Sequence[str] = ()
        self._is_known = False  # the name, by now
        self.rows: NDArray[np.int64] = np.empty(0, np.int64)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.tick, self.field, self.count, self.note = QCheckBox(), QLineEdit(), QLabel(), QLabel()
        self.field.setPlaceholderText(self.tr("Name"))
        self.field.setFixedWidth(_NAME_WIDTH)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.show_photos = QPushButton(self.tr("Show photos"))
        self.show_photos.setToolTip(self.tr("Show the photos of this group in the window, the most typical first"))
        self.make = QPushButton()
        for button in (self.show_photos, self.make):
            button.setAutoDefault(False)
        head = QHBoxLayout()
        for widget in (self.tick, self.field, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.show_photos)
        head.addWidget(self.make)
        self.row = PictureRow(thumbnails, SHOWN, _PIXELS)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.row)
        layout.addWidget(self.note)
        self.tick.toggled.connect(self._settle)
        self.field.textChanged.connect(self._take_name)
        self.make.clicked.connect(self._ask_making)
        self.show_photos.clicked.connect(self._ask_showing)

    @property
    def name(self) -> str:
        """Return the name that stands there."""
        return self.field.text().strip()

    @property
    def is_own(self) -> bool:
        """Tell whether the name is one of the user's, which the model may not know."""
        return self.name != self._proposed

    @property
    def shown_count(self) -> int:
        """Return how many photos of the group are shown."""
        return self.row.count

    @property
    def is_ready(self) -> bool:
        """Tell whether a category can be made of it."""
        return bool(self.name) and not self._is_made and (self.is_own or not self._is_known)

    @property
    def _is_made(self) -> bool:
        return bool(self._made) and self._made in self._known

    def show_group(self, group: PhotoGroup, photos: Sequence[Photo], known: Sequence[str]) -> None:
        """Show a group; it is ticked if there is a new word for it. `photos` are the most typical ones."""
        self._proposed, self._made, self._known = group.name, "", known
        self.rows = group.rows
        number = QLocale().toString(len(group.rows))
        is_one = len(group.rows) == 1
        self.count.setText(self.tr("1 photo") if is_one else self.tr("{count} photos").format(count=number))
        for widget in (self.field, self.tick):
            widget.blockSignals(True)
        self.field.setText(group.name)
        self.field.setAccessibleName(self.tr("Name of a group, photos: {count}").format(count=number))
        self._is_known = self._names_a_category()
        self.tick.setChecked(self.is_ready)
        for widget in (self.field, self.tick):
            widget.blockSignals(False)
        self.row.show_photos(photos, [photo.path.name for photo in photos])
        self._settle()

    def show_known(self, known: Sequence[str]) -> None:
        """Say whether there is a category of this name by now."""
        self._known = known
        self._is_known = self._names_a_category()
        self._settle()

    def show_made(self) -> None:
        """Say that it is a category now."""
        self._made = self.name
        self._settle()

    def _names_a_category(self) -> bool:
        return bool(self.name) and any(is_within(self.name, other) for other in self._known)

    @Slot()
    def _take_name(self) -> None:
        """Tick what gets a name: whoever writes one wants it."""
        self._is_known = self._names_a_category()
        if self.field.hasFocus():
            self.tick.setChecked(self.is_ready)
        self._settle()

    @Slot()
    def _settle(self) -> None:
        is_more = self._is_known and self.is_own and not self._is_made
        self.make.setText(self.tr("Add examples") if is_more else self.tr("Make a category"))
        self.make.setEnabled(self.is_ready)
        self.tick.setEnabled(self.is_ready)
        self.field.setEnabled(not self._is_made)
        self.tick.setAccessibleName(self.tr("Choose {name}").format(name=self.name or self.tr("the group")))
        said = self._said()
        self.note.setText(said)
        self.note.setVisible(bool(said))
        self.changed.emit()

    def _said(self) -> str:
        if self._is_made:
            return self.tr("Now a category. Undo (Ctrl+Z) takes it back.")
        if not self.name:
            return self.tr("No everyday word fits. Give it a name of your own, or leave it.")
        if not self.is_own:
            return self.tr("You have this category already.") if self._is_known else ""
        if self._is_known:
            return self.tr("You have this category. The photos here will be more examples of it.")
        if self.shown_count == 1:
            return self.tr("A name of your own: its photo here will be its example.")
        text = self.tr("A name of your own: its {count} photos here will be its examples.")
        return text.format(count=QLocale().toString(self.shown_count))

    @Slot()
    def _ask_making(self) -> None:
        self.making_asked.emit(self)

    @Slot()
    def _ask_showing(self) -> None:
        self.showing_asked.emit(self)
