"""The line above the photos: which of them are shown, and in which order."""

from PySide6.QtCore import QLocale, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLineEdit, QToolButton, QWidget

from clipsorter.ui.photo_table import Counts, Filter, Order, State
from clipsorter.ui.theme import GRID

_TYPING_MS = 150
_ROOM_FOR_TEXT, _ROOM_FOR_ORDER = 640, 500  # pixels


class FilterBar(QWidget):
    """Says `changed` when something else is to be shown."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._category: str | None = None
        self._states: list[State | None] = [None, State.SURE, State.UNSURE, State.BY_YOU, State.FAILED]
        self._words = (self.tr("All"), self.tr("Sure"), self.tr("Unsure"), self.tr("By you"), self.tr("Failed"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID // 2)
        self._group = QButtonGroup(self)
        for number, word in enumerate(self._words):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setAutoRaise(True)
            self._group.addButton(button, number)
            layout.addWidget(button)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._announce)
        self.only = QToolButton()
        self.only.setToolTip(self.tr("Show the photos of all categories again"))
        self.only.clicked.connect(self._show_all_categories)
        self.only.hide()
        layout.addWidget(self.only)
        layout.addStretch(1)
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Sort by"))
        for text, order in (
            (self.tr("Sort: folder"), Order.FOLDER),
            (self.tr("Sort: newest first"), Order.NEWEST),
            (self.tr("Sort: category"), Order.CATEGORY),
            (self.tr("Sort: surest first"), Order.SUREST),
            (self.tr("Sort: least sure first"), Order.LEAST_SURE),
        ):
            self.order.addItem(text, order)
        self.order.currentIndexChanged.connect(self._announce)
        layout.addWidget(self.order)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Name"))
        self.text.setAccessibleName(self.tr("Show photos with this in their name"))
        self.text.setClearButtonEnabled(True)
        self.text.setMaximumWidth(160)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._announce)
        self.text.textChanged.connect(self._typing.start)
        layout.addWidget(self.text)
        self.setMinimumWidth(120)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let go of what is used least where there is no room."""
        super().resizeEvent(event)
        self.text.setVisible(self.width() >= _ROOM_FOR_TEXT or bool(self.text.text()))
        self.order.setVisible(self.width() >= _ROOM_FOR_ORDER)

    def filter(self) -> Filter:
        """Return which photos are to be shown."""
        return Filter(self._states[self._group.checkedId()], self._category, self.text.text())

    def sort_order(self) -> Order:
        """Return how they are to be sorted."""
        return Order(self.order.currentData())

    def is_filtering(self) -> bool:
        """Tell whether some photos may be left out."""
        return self.filter() != Filter()

    def show_counts(self, counts: Counts) -> None:
        """Write how many there are of each kind."""
        for number, (word, state) in enumerate(zip(self._words, self._states, strict=True)):
            count = counts.total if state is None else counts.states[state]
            self._group.button(number).setText(f"{word} {QLocale().toString(count)}" if counts.total else word)

    def choose_state(self, state: State | None) -> None:
        """Show the photos of a state, None for all."""
        self._group.button(self._states.index(state)).setChecked(True)
        self.changed.emit()

    def choose_category(self, name: str | None) -> None:
        """Show the photos of a category, None for all."""
        self._category = name
        self.only.setText(f"{name} ✕")
        self.only.setVisible(name is not None)
        self.changed.emit()

    def review_unsure(self) -> None:
        """Show the unsure photos, those first between which the model hesitates most."""
        with QSignalBlocker(self.order):
            self.order.setCurrentIndex(self.order.findData(Order.LEAST_SURE))
        self._category = None
        self.only.hide()
        self.choose_state(State.UNSURE)

    def reset(self) -> None:
        """Show all."""
        with QSignalBlocker(self.text):
            self.text.clear()
        self._category = None
        self.only.hide()
        self.choose_state(None)

    @Slot()
    def _show_all_categories(self) -> None:
        self.choose_category(None)

    @Slot()
    def _announce(self) -> None:
        self.changed.emit()
