"""A slider for how sure the model has to be of the photos that are shown: at least so much, or at most."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from clipsorter.ui.theme import GRID


class ShareFilter(QWidget):
    """`≥ 50 %` or, turned round by its button, `≤ 50 %`."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn = QToolButton()
        self.turn.setAutoRaise(True)
        self.turn.setAccessibleName(self.tr("At least or at most"))
        self.turn.setToolTip(self.tr("Show photos of which the model is at least, or at most, so sure"))
        self.turn.clicked.connect(self._turn_round)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.slider.setFixedWidth(96)
        self.slider.setAccessibleName(self.tr("How sure the model is, in per cent"))
        self.slider.setToolTip(self.tr("The share that the best category has in the answer of the model"))
        self._words = QLabel()
        self._words.setMinimumWidth(self._words.fontMetrics().horizontalAdvance(self._share(100)))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        for widget in (self.turn, self.slider, self._words):
            layout.addWidget(widget)
        self._is_at_most = False
        self.slider.valueChanged.connect(self._announce)
        self._say()

    def range(self) -> tuple[float, float]:
        """Return the least and the largest share, 0 to 1."""
        share = self.slider.value() / 100
        return (0.0, share) if self._is_at_most else (share, 1.0)

    def reset(self) -> None:
        """Leave out nothing."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(0)
        self._is_at_most = False
        self._say()

    @Slot()
    def _turn_round(self) -> None:
        """Ask for the other end; where one left out nothing, so does the other."""
        self._is_at_most = not self._is_at_most
        if self.slider.value() in (0, 100):
            with QSignalBlocker(self.slider):
                self.slider.setValue(100 if self._is_at_most else 0)
        self._announce()

    @Slot()
    def _announce(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        self.turn.setText("≤" if self._is_at_most else "≥")
        self._words.setText(self._share(self.slider.value()))

    def _share(self, percent: int) -> str:
        return self.tr("{percent} %").format(percent=percent)
