"""The dialog of Discover: what a folder shows, in groups with their most typical photos, each ready for a name."""

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipsorter.analyse.discovering import PhotoGroup
from clipsorter.photos.photo import Photo
from clipsorter.sorting.discover import MOST_GROUPS
from clipsorter.ui.group_card import SHOWN, GroupCard
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails
from clipsorter.ui.work_line import WorkLine

_TYPING_MS = 400


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
        self.work = WorkLine()
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
        self._area.hide()
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
        head.addWidget(self.work, 1)
        head.addWidget(label)
        head.addWidget(self.number)
        buttons.addStretch(1)
        buttons.addWidget(self.make)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self._area, 1)
        layout.addStretch(0)
        layout.addLayout(buttons)

    @property
    def wanted_count(self) -> int:
        """Return how many groups are wanted; 0 leaves that open."""
        return 0 if self.number.value() == self.number.minimum() else self.number.value()

    def show_pace(self, done: float) -> None:
        """Say how far the grouping is; the groups so far stay until there are others."""
        self.work.show_work(self.tr("Grouping the photos: {percent} %").format(percent=round(100 * done)), done)

    def show_failure(self, sentence: str) -> None:
        """Say why there are no groups; those of before stay."""
        self.work.say(sentence)

    def show_groups(
        self, groups: Sequence[PhotoGroup], count: int, photos: Sequence[Photo], known: Sequence[str]
    ) -> None:
        """Show groups of `photos` by their rows, one each turn of the event loop; nothing is made yet."""
        number = QLocale().toString
        self.work.say(
            self.tr(
                "Photos: {count}, groups that look alike: {groups}. Tick what is to become a category; any name can be "
                "changed."
            ).format(groups=number(len(groups)), count=number(count))
            if groups
            else self.tr("No photo is looked at yet, so nothing can be proposed.")
        )
        self._area.setVisible(bool(groups))
        for card in self.cards:
            card.hide()
        self._spare += self.cards[::-1]
        self.cards, self._known = [], known
        self._waiting = deque((group, [photos[row] for row in group.rows[:SHOWN].tolist()]) for group in groups)
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
