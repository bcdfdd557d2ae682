"""What the user's decisions say of a category, and from which share of the answer on it may be sure."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from clipsorter.sorting.confidence import FEWEST, Evidence
from clipsorter.ui.theme import GRID

_PRECISIONS = (80, 90, 95, 99)  # per cent
_USUAL = 95


class VerdictPage(QWidget):
    """The user says how often the category shall be right; the threshold that follows is set by a button."""

    threshold_chosen = Signal(float)  # 0..1
    more_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence: Evidence | None = None
        self._category, self._is_waiting = "", True
        self._present: float | None = None
        self.heading, self.said, self.wish, self.result, self.note = (QLabel() for _ in range(5))
        self.wishes = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for percent in _PRECISIONS:
            choice = QRadioButton(self.tr("{percent} %").format(percent=percent))
            choice.setChecked(percent == _USUAL)
            self.wishes.addButton(choice, percent)
            row.addWidget(choice)
        row.addStretch(1)
        self.wishes.idToggled.connect(self._settle)
        self.take, self.more, self.close_button = QPushButton(), QPushButton(self.tr("&Ten more")), QPushButton()
        self.close_button.setText(self.tr("&Close"))
        for each, signal in ((self.more, self.more_asked), (self.close_button, self.left)):
            each.clicked.connect(signal)
        self.take.clicked.connect(self._take)
        font = self.heading.font()
        font.setPointSizeF(1.3 * font.pointSizeF())
        self.heading.setFont(font)
        beside, below = QHBoxLayout(), QHBoxLayout()
        beside.addWidget(self.take)
        beside.addStretch(1)
        below.addStretch(1)
        for button in (self.more, self.close_button):
            below.addWidget(button)
        for button in (self.take, self.more, self.close_button):
            button.setAutoDefault(False)
        layout = QVBoxLayout()
        layout.setSpacing(2 * GRID)
        layout.addStretch(1)
        for label in (self.heading, self.said, self.wish, self.result, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.heading)
        layout.addWidget(self.said)
        layout.addWidget(self.wish)
        layout.addLayout(row)
        layout.addWidget(self.result)
        layout.addLayout(beside)
        layout.addWidget(self.note)
        layout.addStretch(2)
        middle, around = QHBoxLayout(), QVBoxLayout(self)
        middle.addStretch(1)
        middle.addLayout(layout, 6)  # lines of a length that is read easily
        middle.addStretch(1)
        around.setContentsMargins(0, 0, 0, 0)
        around.addLayout(middle, 1)
        around.addLayout(below)

    @property
    def threshold(self) -> float | None:
        """Return the threshold that follows from what is wished, 0..1."""
        return None if self._evidence is None else self._evidence.threshold(self.wishes.checkedId() / 100)

    def show_waiting(self, category: str, said: Sequence[bool | None]) -> None:
        """Say what was answered; what follows is being worked out."""
        self._category, self._evidence, self._is_waiting = category, None, True
        self.heading.setText(self.tr("“{name}”: what follows from your decisions").format(name=category))
        text = self.tr("Answered: {yes} yes, {no} no, {skipped} can't say.")
        if not said:
            text = self.tr("There is nothing to ask: all photos here that look like it are decided, or none does.")
        self.said.setText(text.format(yes=said.count(True), no=said.count(False), skipped=said.count(None)))
        self.wish.setText(self.tr("How often shall a sure “{name}” be right?").format(name=category))
        self.result.setText(self.tr("Working out what follows …"))
        self.note.setText("")
        self.take.hide()

    def show_no_model(self) -> None:
        """Say that nothing can be worked out as things are."""
        if self._is_waiting:
            self.result.setText(self.tr("No model could be loaded, so nothing follows. Choose another model."))

    def show_evidence(self, evidence: Evidence | None, present: float | None) -> None:
        """Show what all decisions say, beside the category's threshold of now, 0..1."""
        self._present, self._is_waiting = present, False
        self._evidence = evidence if evidence is not None and len(evidence.confidence) else None
        self._settle()

    def show_present(self, present: float | None) -> None:
        """Show that the category has another threshold now."""
        self._present = present
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Say what follows for what is wished."""
        if self._is_waiting:
            return
        evidence, threshold = self._evidence, self.threshold
        self.take.setVisible(threshold is not None)
        self.note.setText("")
        if evidence is None:
            self.result.setText(
                self.tr(
                    "Nothing follows yet: of the photos that you decided, the model would put none here by itself. "
                    "Put some photos into the category that belong there, or give it better words."
                )
            )
            return
        number = QLocale().toString
        if threshold is None:
            wish, count = self.wishes.checkedId(), evidence.precision_from(0).count
            words = self.tr(
                "No threshold gives {wish} %: among what you decided and the model would put here (photos: {count}), "
                "even the surest is wrong too often. More examples, or better words, help more than a threshold."
            )
            less = [each for each in _PRECISIONS if each < wish and evidence.threshold(each / 100) is not None]
            if less:
                words += " " + self.tr("What can be had: {percent} %.").format(percent=less[-1])
            self.result.setText(words.format(wish=wish, count=number(count)))
            return
        self._show_threshold(evidence, threshold)

    def _show_threshold(self, evidence: Evidence, threshold: float) -> None:
        """Say what a threshold does, and offer it."""
        percent, number = round(100 * threshold), QLocale().toString
        found = evidence.precision_from(threshold)
        words = [
            self.tr("Right from a share of {percent} % on, among what you decided: {right} of {count}.").format(
                percent=percent, right=number(found.right), count=number(found.count)
            )
        ]
        if found.is_too_few:
            words.append(
                self.tr("These are too few to say how often it is right: {fewest} are needed.").format(fewest=FEWEST)
            )
        else:
            words.append(
                self.tr("Of all photos it may be {low} to {high} % (95 % interval).").format(
                    low=round(100 * found.low), high=round(100 * found.high)
                )
            )
        words.append(
            self.tr("Of the photos here that you did not decide, {count} would surely be in it.").format(
                count=number(evidence.count_from(threshold))
            )
        )
        self.result.setText(" ".join(words))
        self.note.setText(
            self.tr(
                "Measured on your decisions only, each photo judged without your decision. What you decided is no "
                "random choice of your photos, so take it as a hint."
            )
        )
        is_so = self._present is not None and round(100 * self._present) == percent
        text = self.tr("It is sure from {percent} % on") if is_so else self.tr("&Be sure from {percent} % on")
        self.take.setText(text.format(percent=percent))
        self.take.setEnabled(not is_so)
        self.take.setToolTip(self.tr("Undo in the window (Ctrl+Z) takes it back."))

    @Slot()
    def _take(self) -> None:
        if (threshold := self.threshold) is not None:
            self.threshold_chosen.emit(threshold)
