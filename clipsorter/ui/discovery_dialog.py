"""The dialog of Discover: what a folder shows, in groups with their most typical photos, each ready for a name."""

from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLocale, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipsorter.analyse.discovering import PhotoGroup
from clipsorter.photos.photo import Photo
from clipsorter.sorting.category import is_within
from clipsorter.sorting.discover import MOST_GROUPS
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

_SHOWN = 6
_PIXELS = 104
_NAME_WIDTH = 200
_TYPING_MS = 400


class GroupCard(QFrame):
    """One group: its most typical photos, how many it has, and the name that it may get."""

    changed = Signal()
    making_asked = Signal(object)  # self
    showing_asked = Signal(object)  # self

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._proposed, self._made = "", ""
        self._known: Sequence[str] = ()
        self._photos: Sequence[Photo] = ()
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
        head, below = QHBoxLayout(), QHBoxLayout()
        for widget in (self.tick, self.field, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.show_photos)
        head.addWidget(self.make)
        self.pictures = [QLabel() for _ in range(_SHOWN)]
        for picture in self.pictures:
            picture.setFixedSize(_PIXELS, _PIXELS)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            below.addWidget(picture)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addLayout(below)
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
        return len(self._photos)

    @property
    def is_ready(self) -> bool:
        """Tell whether a category can be made of it."""
        return bool(self.name) and not self._is_made and (self.is_own or not self._is_known)

    @property
    def _is_made(self) -> bool:
        return bool(self._made) and self._made in self._known

    @property
    def _is_known(self) -> bool:
        return any(is_within(self.name, other) for other in self._known)

    def show_group(self, group: PhotoGroup, photos: Sequence[Photo], known: Sequence[str]) -> None:
        """Show a group; it is ticked if there is a new word for it. `photos` are the most typical ones."""
        self._proposed, self._made, self._known = group.name, "", known
        self.rows, self._photos = group.rows, photos[:_SHOWN]
        number = QLocale().toString(len(group.rows))
        is_one = len(group.rows) == 1
        self.count.setText(self.tr("1 photo") if is_one else self.tr("{count} photos").format(count=number))
        self.field.setText(group.name)
        self.field.setAccessibleName(self.tr("Name of a group, photos: {count}").format(count=number))
        self.tick.setChecked(self.is_ready)
        for place, picture in enumerate(self.pictures):
            photo = self._photos[place] if place < len(self._photos) else None
            picture.clear()
            picture.setVisible(photo is not None)
            picture.setToolTip(photo.path.name if photo else "")
            picture.setAccessibleName(photo.path.name if photo else "")
            self._draw(place)
        self._settle()

    def show_known(self, known: Sequence[str]) -> None:
        """Say whether there is a category of this name by now."""
        self._known = known
        self._settle()

    def show_made(self) -> None:
        """Say that it is a category now."""
        self._made = self.name
        self._settle()

    def take_picture(self, photo: Photo) -> None:
        """Draw a picture that came, if it is one of these."""
        if photo in self._photos:
            self._draw(self._photos.index(photo))

    def _draw(self, place: int) -> None:
        if place < len(self._photos):
            pixels = round(_PIXELS * self.devicePixelRatioF())
            found = self._thumbnails.get(self._photos[place], pixels, is_proven=True)
            if found is not None and not found.isNull():
                found.setDevicePixelRatio(self.devicePixelRatioF())
                self.pictures[place].setPixmap(found)

    @Slot()
    def _take_name(self) -> None:
        """Tick what gets a name: whoever writes one wants it."""
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


class DiscoveryDialog(QDialog):
    """Modeless: the groups of a folder one below the other, and how many there are to be."""

    count_changed = Signal()
    making_asked = Signal(object)  # list[GroupCard]
    showing_asked = Signal(object)  # GroupCard

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._waiting: deque[tuple[PhotoGroup, Sequence[Photo]]] = deque()
        self._known: Sequence[str] = ()
        self.cards: list[GroupCard] = []
        self._spare: list[GroupCard] = []
        self.setWindowTitle(self.tr("What the photos show"))
        self.setModal(False)
        self.resize(780, 640)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.number = QSpinBox()
        self.number.setRange(1, MOST_GROUPS)
        self.number.setSpecialValueText(self.tr("automatic"))
        self.number.setAccessibleName(self.tr("How many groups"))
        self.number.setToolTip(self.tr("More groups part what looks different; fewer join what looks alike"))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self.count_changed)
        self._building = QTimer(self)
        self._building.timeout.connect(self._add_next)
        self._area, self._list = QScrollArea(), QVBoxLayout()
        self.make, close = QPushButton(), QPushButton(self.tr("&Close"))
        for button in (self.make, close):
            button.setAutoDefault(False)
        self._lay_out(close)
        self.number.valueChanged.connect(self._typing.start)
        self.make.clicked.connect(self._ask_making)
        close.clicked.connect(self.close)
        thumbnails.arrived.connect(self._take_picture)
        self._settle()

    def _lay_out(self, close: QPushButton) -> None:
        label = QLabel(self.tr("&Groups:"))
        label.setBuddy(self.number)
        body = QWidget()
        self._list.setSpacing(GRID)
        self._list.addStretch(1)
        body.setLayout(self._list)
        self._area.setWidgetResizable(True)
        self._area.setWidget(body)
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.said, 1)
        head.addWidget(label)
        head.addWidget(self.number)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)
        layout.addLayout(buttons)

    @property
    def wanted_count(self) -> int:
        """Return how many groups are wanted; 0 leaves that open."""
        return 0 if self.number.value() == self.number.minimum() else self.number.value()

    def show_pace(self, done: float) -> None:
        """Say how far the grouping is; the groups so far stay until there are others."""
        self.said.setText(self.tr("Grouping the photos: {percent} %").format(percent=round(100 * done)))

    def show_groups(
        self, groups: Sequence[PhotoGroup], count: int, photos: Sequence[Photo], known: Sequence[str]
    ) -> None:
        """Show groups of `photos` by their rows, one each turn of the event loop; nothing is made yet."""
        number = QLocale().toString
        self.said.setText(
            self.tr(
                "{count} photos, in {groups} groups that look alike. Tick what is to become a category; "
                "any name can be changed."
            ).format(groups=number(len(groups)), count=number(count))
            if groups
            else self.tr("No photo is looked at yet, so nothing can be proposed.")
        )
        for card in self.cards:
            card.hide()
        self._spare += self.cards[::-1]
        self.cards, self._known = [], known
        self._waiting = deque((group, [photos[row] for row in group.rows[:_SHOWN].tolist()]) for group in groups)
        self._area.verticalScrollBar().setValue(0)
        self._building.start(0)
        self._settle()

    def show_known(self, known: Sequence[str]) -> None:
        """Say which names are categories by now."""
        self._known = known
        for card in self.cards:
            card.show_known(known)

    def show_made(self, cards: Sequence[GroupCard]) -> None:
        """Say which groups are categories now."""
        for card in cards:
            card.show_made()

    def chosen(self) -> list[GroupCard]:
        """Return the groups that are ticked and have a name."""
        return [card for card in self.cards if card.tick.isChecked() and card.is_ready]

    @Slot()
    def _add_next(self) -> None:
        """Show one more group: all at once would take a while."""
        if not self._waiting:
            self._building.stop()
            return
        group, photos = self._waiting.popleft()
        card = self._spare.pop() if self._spare else self._new_card()
        self.cards.append(card)
        card.show_group(group, photos, self._known)
        card.show()

    def _new_card(self) -> GroupCard:
        card = GroupCard(self._thumbnails)
        card.changed.connect(self._settle)
        card.making_asked.connect(self._ask_making_one)
        card.showing_asked.connect(self.showing_asked)
        self._list.insertWidget(self._list.count() - 1, card)
        return card

    @Slot(object)
    def _take_picture(self, photo: Photo) -> None:
        for card in self.cards:
            card.take_picture(photo)

    @Slot(object)
    def _ask_making_one(self, card: GroupCard) -> None:
        self.making_asked.emit([card])

    @Slot()
    def _ask_making(self) -> None:
        self.making_asked.emit(self.chosen())

    @Slot()
    def _settle(self) -> None:
        chosen = self.chosen()
        count = len({card.name for card in chosen})
        one, more = self.tr("&Make 1 category"), self.tr("&Make {count} categories")
        self.make.setText(one if count == 1 else more.format(count=QLocale().toString(count)))
        self.make.setEnabled(bool(chosen))
