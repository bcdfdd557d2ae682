"""The lines above the photos: which of them are shown, in which order, and under which headings."""

from PySide6.QtCore import QLocale, QSignalBlocker, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.photo_order import Grouping, Order
from clipsorter.ui.photo_table import Counts, Filter, State
from clipsorter.ui.share_filter import ShareFilter
from clipsorter.ui.theme import GRID

_TYPING_MS = 150
_ROOM_FOR_TEXT, _ROOM_FOR_SHARE, _ROOM_FOR_ORDER = 620, 560, 380  # pixels


class FilterBar(QWidget):
    """Says `changed` when something else is to be shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._category: str | None = None
        self._order_before: Order | None = None  # the review of unsure photos
        self._states: list[State | None] = [None, State.SURE, State.UNSURE, State.BY_YOU, State.FAILED]
        self._words = [self.tr("All"), self.tr("Sure"), self.tr("Unsure"), self.tr("By you"), self.tr("Failed")]
        self._corrected = len(self._states)  # the button after these
        self._words.append(self.tr("Corrected"))
        self.only = QToolButton(self)
        self._states_line = QGridLayout()
        self._placed: tuple[int, list[QAbstractButton]] = 0, []
        self.order, self.grouping, self.share = QComboBox(), QComboBox(), ShareFilter()
        self.text = QLineEdit()
        self._typing = QTimer(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addLayout(self._state_line())
        layout.addLayout(self._order_line())
        self.setMinimumWidth(120)

    def _state_line(self) -> QGridLayout:
        self._states_line.setSpacing(GRID // 2)
        self._group = QButtonGroup(self)
        for number, word in enumerate(self._words):
            button = QToolButton(self)
            button.setText(word)
            button.setCheckable(True)
            button.setAutoRaise(True)
            self._group.addButton(button, number)
        self._group.button(0).setChecked(True)
        self._group.button(self._corrected).setToolTip(
            self.tr("Photos that you put elsewhere than the model would have")
        )
        self._group.idClicked.connect(self._announce)
        self.only.setToolTip(self.tr("Show the photos of all categories again"))
        self.only.clicked.connect(self._show_all_categories)
        self.only.hide()
        self._place_states()
        return self._states_line

    def _place_states(self) -> None:
        """Put as many states side by side as there is room for, the others below them."""
        buttons = [*self._group.buttons(), self.only]
        shown = [button for button in buttons if not button.isHidden()]
        widths = [button.sizeHint().width() + GRID // 2 for button in shown]
        room = self.width() - 2 * GRID + GRID // 2
        columns = len(shown)
        while columns > 1 and sum(max(widths[column::columns]) for column in range(columns)) > room:
            columns -= 1
        if (columns, shown) == self._placed:
            return
        self._placed = columns, shown
        for place, button in enumerate(shown):
            self._states_line.addWidget(button, place // columns, place % columns, Qt.AlignmentFlag.AlignLeft)
        for column in range(len(buttons) + 1):
            self._states_line.setColumnStretch(column, int(column == columns))

    def _order_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(GRID)
        self.order.setAccessibleName(self.tr("Sort by"))
        for text, order in (
            (self.tr("Sort: folder"), Order.FOLDER),
            (self.tr("Sort: name, A to Z"), Order.NAME),
            (self.tr("Sort: name, Z to A"), Order.NAME_BACKWARDS),
            (self.tr("Sort: newest file first"), Order.NEWEST),
            (self.tr("Sort: oldest file first"), Order.OLDEST),
            (self.tr("Sort: category"), Order.CATEGORY),
            (self.tr("Sort: surest first"), Order.SUREST),
            (self.tr("Sort: least sure first"), Order.LEAST_SURE),
        ):
            self.order.addItem(text, order)
        self.grouping.setAccessibleName(self.tr("Group by"))
        for text, grouping in (
            (self.tr("No headings"), Grouping.NONE),
            (self.tr("Headings: category"), Grouping.CATEGORY),
            (self.tr("Headings: month of the file"), Grouping.MONTH),
            (self.tr("Headings: folder"), Grouping.FOLDER),
        ):
            self.grouping.addItem(text, grouping)
        self.text.setPlaceholderText(self.tr("Name or keyword"))
        self.text.setAccessibleName(self.tr("Show photos with this in their name or keywords"))
        self.text.setClearButtonEnabled(True)
        self.text.setMaximumWidth(160)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._announce)
        self.text.textChanged.connect(self._typing.start)
        for combo in (self.order, self.grouping):
            combo.currentIndexChanged.connect(self._announce)
            line.addWidget(combo)
        self.order.activated.connect(self._keep_order)
        self.share.changed.connect(self._announce)
        line.addWidget(self.share)
        line.addStretch(1)
        line.addWidget(self.text)
        return line

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of what is used least where there is no room, unless photos are left out by it."""
        super().resizeEvent(event)
        self._place_states()
        width = self.width()
        self.text.setVisible(width >= _ROOM_FOR_TEXT or bool(self.text.text()))
        self.share.setVisible(width >= _ROOM_FOR_SHARE or self.share.range() != (0, 1))
        self.order.setVisible(width >= _ROOM_FOR_ORDER)
        self.grouping.setVisible(width >= _ROOM_FOR_ORDER)

    def filter(self) -> Filter:
        """Return which photos are to be shown."""
        number = self._group.checkedId()
        state = self._states[number] if number < self._corrected else None
        least, most = self.share.range()
        return Filter(state, self._category, self.text.text(), least, most, is_corrected=number == self._corrected)

    def sort_order(self) -> Order:
        """Return how they are to be sorted."""
        return Order(self.order.currentData())

    def arrangement(self) -> tuple[str, str]:
        """Return order and headings by their names, as they are outside a review."""
        return (self._order_before or self.sort_order()).name, self.group_by().name

    def arrange(self, order: str, grouping: str) -> None:
        """Take up an order and headings by their names; what has no such name stays as it is."""
        if order in Order.__members__:
            self.choose_order(Order[order])
        if grouping in Grouping.__members__:
            self.choose_grouping(Grouping[grouping])

    def group_by(self) -> Grouping:
        """Return under which headings they are to be put."""
        return Grouping(self.grouping.currentData())

    @property
    def checked(self) -> QAbstractButton:
        """Return the button of the states that are shown."""
        return self._group.button(self._group.checkedId())

    def is_filtering(self) -> bool:
        """Tell whether some photos may be left out."""
        return self.filter() != Filter()

    def show_counts(self, counts: Counts) -> None:
        """Write how many there are of each kind; nobody needs an offer of photos that do not exist."""
        numbers = [counts.total if state is None else counts.states[state] for state in self._states]
        for number, (word, count) in enumerate(zip(self._words, [*numbers, counts.corrected], strict=True)):
            text = f"{word} {QLocale().toString(count)}" if counts.total else word
            if self._group.button(number).text() != text:  # or all would be laid out anew
                self._group.button(number).setText(text)
        corrected = self._group.button(self._corrected)
        corrected.setVisible(counts.corrected > 0 or corrected.isChecked())
        self._place_states()

    def choose_state(self, state: State | None) -> None:
        """Show the photos of a state, None for all."""
        self._group.button(self._states.index(state)).setChecked(True)
        self.changed.emit()

    def choose_grouping(self, grouping: Grouping) -> None:
        """Put the photos under headings."""
        self.grouping.setCurrentIndex(self.grouping.findData(grouping))

    def choose_order(self, order: Order) -> None:
        """Sort the photos."""
        self.order.setCurrentIndex(self.order.findData(order))

    def choose_category(self, name: str | None) -> None:
        """Show the photos of a category, None for all."""
        self._category = name
        self.only.setText(f"{name} ✕")
        self.only.setVisible(name is not None)
        self._place_states()
        self.changed.emit()

    def review_unsure(self) -> None:
        """Show the unsure photos, those first between which the model hesitates most, until all are shown again."""
        self._order_before = self._order_before or self.sort_order()
        self._set_order(Order.LEAST_SURE)
        self._category = None
        self.only.hide()
        self.share.reset()
        self.choose_state(State.UNSURE)

    def reset(self) -> None:
        """Show all."""
        with QSignalBlocker(self.text):
            self.text.clear()
        self._category = None
        self.only.hide()
        self.share.reset()
        if self._order_before is not None:
            self._set_order(self._order_before)
            self._order_before = None
        self.choose_state(None)

    def _set_order(self, order: Order) -> None:
        """Note an order that is announced with what follows."""
        with QSignalBlocker(self.order):
            self.choose_order(order)

    @Slot()
    def _keep_order(self) -> None:
        """Stay with the order that the user has chosen, in a review too."""
        self._order_before = None

    @Slot()
    def _show_all_categories(self) -> None:
        self.choose_category(None)

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()
