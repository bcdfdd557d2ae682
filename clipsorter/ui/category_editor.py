"""A small dialog for one category: what is written counts when it is kept; until then it is only told."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category, read_name, read_prompts
from clipsorter.ui.category_list import Entry
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.sentences import say_sentence
from clipsorter.ui.swatch import swatch
from clipsorter.ui.theme import CATEGORY_COLOURS, GRID, heighten

_FIRST_PERCENT = 50  # where the slider stands before it is moved


class CategoryEditor(QDialog):
    """Shows one category after the other; the window stays usable, and an undo there is followed here."""

    proposed = Signal(object)  # what is written, if it can be kept and would change something: Category, else None

    def __init__(self, model: CategoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self.path = ""  # the name of the category before the edit
        self._seen: Entry | None = None  # as it was when the fields were filled
        self.setModal(False)
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(max(480, 56 * letter))
        self.resize(max(500, 60 * letter), 360)
        self._make_fields()
        self._lay_out()
        model.renamed.connect(self._follow)
        model.recoloured.connect(self._take_changes)  # comes last of all that an edit tells

    def open_for(self, name: str) -> None:
        """Show a category, unless another one was changed here and that is neither kept nor cancelled yet."""
        if self.isVisible() and name != self.path and self._is_changed():
            self.message.setText(self.tr("Keep or cancel this change first."))
            self.message.show()
        else:
            self.path = name
            self._fill()
            self.show()
            self.prompts.setFocus()
        self.activateWindow()

    def show_outlook(self, outlook: QWidget) -> None:
        """Make room for what tells the outcome of what is written."""
        self._column.insertWidget(1, outlook)

    def accept(self) -> None:
        """Let what is written count, and close; say why not where that can't be."""
        if self._seen is None or not self.keep.isEnabled():
            return
        if self._is_changed() and not self._model.change(self.path, self._written(), self._colour()):
            self._consider()
            return
        super().accept()

    def done(self, result: int) -> None:
        """Close it; what was written and not kept is forgotten."""
        super().done(result)
        self.proposed.emit(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for lines that wrap."""
        super().showEvent(event)
        heighten(self)

    def _make_fields(self) -> None:
        self.name, self.prompts, self.message = QLineEdit(), QPlainTextEdit(), QLabel()
        self.name.textEdited.connect(self._consider)
        self.prompts.setTabChangesFocus(True)
        self.prompts.setMinimumHeight(5 * self.prompts.fontMetrics().lineSpacing())
        self.prompts.setAccessibleName(self.tr("Prompts, one a line"))
        self.prompts.textChanged.connect(self._consider)
        self.as_all = QCheckBox(self.tr("As for all categories"))
        self.as_all.toggled.connect(self._show_percent)
        self.slider, self.percent = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.slider.setRange(0, 100)
        self.slider.setAccessibleName(self.tr("Sure from this probability on"))
        self.slider.setToolTip(self.tr("Photos below this stay unsure. Higher: fewer photos, but fewer wrong ones."))
        self.slider.valueChanged.connect(self._show_percent)
        self.is_on = QCheckBox(self.tr("Look for it"))
        self.is_on.setToolTip(self.tr("Switched off, the category keeps its place and what you decided."))
        self.is_on.toggled.connect(self._consider)
        self.colours = QButtonGroup(self)
        for number, colour in enumerate(CATEGORY_COLOURS):
            button = QToolButton()
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setIcon(swatch(colour))
            button.setAccessibleName(self.tr("Colour {number}").format(number=number + 1))
            self.colours.addButton(button, number)
        self.colours.idClicked.connect(self._consider)

    def _lay_out(self) -> None:
        hint = QLabel(
            self.tr("One a line, in plain English; a photo that fits one of them fits. Empty: the name is looked for.")
        )
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        for label in (hint, self.message):
            label.setWordWrap(True)
        threshold, colours, prompts = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for widget in (self.as_all, self.slider, self.percent):
            threshold.addWidget(widget)
        self.percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 % "))
        for button in self.colours.buttons():
            colours.addWidget(button)
        colours.addStretch(1)
        prompts.addWidget(self.prompts, 1)
        prompts.addWidget(hint)
        form = QFormLayout()
        form.addRow(self.tr("&Name"), self.name)
        label = QLabel(self.tr("&Prompts"))
        label.setBuddy(self.prompts)
        form.addRow(label, prompts)
        form.addRow(self.tr("Sure from"), threshold)
        form.addRow(self.tr("Colour"), colours)
        form.addRow("", self.is_on)
        form.addRow(self.message)
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton(self.tr("&Keep"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setDefault(True)
        self.keep.setToolTip(self.tr("Let the change count (Ctrl+Return)"))
        self.cancel = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.cancel.setAutoDefault(False)
        self.cancel.setToolTip(self.tr("Leave the category as it is (Esc)"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self._column.setSpacing(2 * GRID)
        self._column.addLayout(form, 1)
        self._column.addWidget(buttons)

    def _fill(self) -> None:
        """Write into the fields what the category is now."""
        self._seen = self._model.entry(self.path)
        if self._seen is None:
            self.reject()
            return
        category = self._seen.category
        self.setWindowTitle(self.tr("Category: {name}").format(name=category.name))
        fields = (self.name, self.prompts, self.as_all, self.slider, self.is_on)
        blockers = [QSignalBlocker(field) for field in fields]
        self.name.setText(category.name)
        self.prompts.setPlainText("\n".join(category.prompts))
        self.as_all.setChecked(category.threshold is None)
        self.slider.setValue(_FIRST_PERCENT if category.threshold is None else round(100 * category.threshold))
        self.is_on.setChecked(category.is_on)
        del blockers
        self.colours.setExclusive(False)  # a colour of an older file is none of these
        for number, button in enumerate(self.colours.buttons()):
            button.setChecked(CATEGORY_COLOURS[number] == self._seen.colour)
        self.colours.setExclusive(True)
        self._show_percent()

    def _written(self) -> Category:
        """Return the category that the fields describe; raise UsageError if it has no name."""
        threshold = None if self.as_all.isChecked() else self.slider.value() / 100
        prompts = read_prompts(self.prompts.toPlainText().replace("|", "\n").splitlines())
        return Category(read_name(self.name.text()), prompts, threshold, self.is_on.isChecked())

    def _colour(self) -> str:
        number = self.colours.checkedId()
        return CATEGORY_COLOURS[number] if number >= 0 or self._seen is None else self._seen.colour

    def _is_changed(self) -> bool:
        """Tell whether something else is written than what counts."""
        if self._seen is None:
            return False
        try:
            return Entry(self._written(), self._colour()) != self._seen
        except UsageError:
            return True

    @Slot()
    def _consider(self) -> None:
        """Propose what is written; say why not where it can't be kept."""
        message, category = "", None
        try:
            category = self._written()
            self._model.changed(self.path, category)
        except UsageError as error:
            message = say_sentence(str(error)) if category is None else self.tr("Another category has this name.")
            category = None
        self.message.setText(message)
        self.message.setVisible(bool(message))
        self.keep.setEnabled(not message)
        is_new = self._seen is not None and category != self._seen.category
        self.proposed.emit(category if is_new else None)

    @Slot()
    def _show_percent(self) -> None:
        is_own = not self.as_all.isChecked()
        self.slider.setEnabled(is_own)
        self.percent.setText(self.tr("{percent} %").format(percent=self.slider.value()) if is_own else "")
        self._consider()

    @Slot(object)
    def _follow(self, renames: dict[str, str]) -> None:
        self.path = renames.get(self.path, self.path)

    @Slot()
    def _take_changes(self) -> None:
        """Show what was changed elsewhere, as by an undo; what is written here stays if its category did."""
        if not self.isVisible():
            return
        if self._model.entry(self.path) != self._seen:
            self._fill()
        else:
            self._consider()
