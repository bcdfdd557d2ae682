"""A small dialog for one category: what is typed counts after a short pause, and photos find their new places."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QShowEvent
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
from clipsorter.ui.swatch import swatch
from clipsorter.ui.theme import CATEGORY_COLOURS, GRID, heighten

_PAUSE_MS = 300
_FIRST_PERCENT = 50  # where the slider stands before it is moved


class CategoryEditor(QDialog):
    """Shows one category after the other; the window stays usable, and an undo there is followed here."""

    def __init__(self, model: CategoryModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._name = ""
        self._seen: Entry | None = None  # as it was when the fields were filled or last counted
        self._opened = 0
        self.setModal(False)
        letter = self.fontMetrics().averageCharWidth()
        self.setMinimumWidth(max(400, 56 * letter))
        self.resize(max(420, 60 * letter), 360)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.apply)
        self._make_fields()
        self._lay_out()
        model.renamed.connect(self._follow)
        model.recoloured.connect(self._take_changes)  # comes last of all that an edit tells

    def open_for(self, name: str) -> None:
        """Show a category."""
        self.apply()
        self._opened += 1
        self._name = name
        self._fill()
        self.show()
        self.activateWindow()
        self.prompts.setFocus()

    @Slot()
    def apply(self) -> None:
        """Let what is written count; say why not where that can't be."""
        self._pause.stop()
        if self._seen is None or not self.isVisible():
            return
        try:
            category = self._written()
        except UsageError as error:
            self.message.setText(str(error))
            return
        if category == self._seen.category:
            self.message.setText("")
            return
        self.message.setText("")
        self._seen = Entry(category, self._seen.colour)
        if not self._model.change(self._name, category, key=f"editor {self._opened}"):
            self._seen = self._model.entry(self._name)
            self.message.setText(self.tr("Another category has this name."))

    def done(self, result: int) -> None:
        """Close it; what was written last counts too."""
        self.apply()
        super().done(result)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for lines that wrap."""
        super().showEvent(event)
        heighten(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close it; what was written last counts too."""
        self.apply()
        super().closeEvent(event)

    def _make_fields(self) -> None:
        self.name, self.prompts, self.message = QLineEdit(), QPlainTextEdit(), QLabel()
        self.name.textEdited.connect(self._pause.start)
        self.name.returnPressed.connect(self.apply)
        self.prompts.setTabChangesFocus(True)
        self.prompts.setMinimumHeight(5 * self.prompts.fontMetrics().lineSpacing())
        self.prompts.setAccessibleName(self.tr("Prompts, one a line"))
        self.prompts.textChanged.connect(self._pause.start)
        self.as_all = QCheckBox(self.tr("As for all categories"))
        self.as_all.toggled.connect(self._show_percent)
        self.slider, self.percent = QSlider(Qt.Orientation.Horizontal), QLabel()
        self.slider.setRange(0, 100)
        self.slider.setAccessibleName(self.tr("Sure from this probability on"))
        self.slider.setToolTip(self.tr("Photos below this stay unsure. Higher: fewer photos, but fewer wrong ones."))
        self.slider.valueChanged.connect(self._show_percent)
        self.is_on = QCheckBox(self.tr("Look for it"))
        self.is_on.setToolTip(self.tr("Switched off, the category keeps its place and what you decided."))
        self.is_on.toggled.connect(self._pause.start)
        self.colours = QButtonGroup(self)
        for number, colour in enumerate(CATEGORY_COLOURS):
            button = QToolButton()
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setIcon(swatch(colour))
            button.setAccessibleName(self.tr("Colour {number}").format(number=number + 1))
            self.colours.addButton(button, number)
        self.colours.idClicked.connect(self._recolour)

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
        form.addRow("", self.message)
        buttons = QDialogButtonBox()
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.addLayout(form, 1)
        layout.addWidget(buttons)

    def _fill(self) -> None:
        """Write into the fields what the category is now."""
        self._pause.stop()
        self._seen = self._model.entry(self._name)
        if self._seen is None:
            self.hide()
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
        if self._seen.colour in CATEGORY_COLOURS:
            self.colours.button(CATEGORY_COLOURS.index(self._seen.colour)).setChecked(True)
        self.message.setText("")
        self._show_percent()
        self._pause.stop()

    def _written(self) -> Category:
        """Return the category that the fields describe; raise UsageError if it has no name."""
        threshold = None if self.as_all.isChecked() else self.slider.value() / 100
        prompts = read_prompts(self.prompts.toPlainText().replace("|", "\n").splitlines())
        return Category(read_name(self.name.text()), prompts, threshold, self.is_on.isChecked())

    @Slot()
    def _show_percent(self) -> None:
        is_own = not self.as_all.isChecked()
        self.slider.setEnabled(is_own)
        self.percent.setText(self.tr("{percent} %").format(percent=self.slider.value()) if is_own else "")
        self._pause.start()

    @Slot(int)
    def _recolour(self, number: int) -> None:
        self._model.recolour(self._name, CATEGORY_COLOURS[number])

    @Slot(object)
    def _follow(self, renames: dict[str, str]) -> None:
        self._name = renames.get(self._name, self._name)

    @Slot()
    def _take_changes(self) -> None:
        """Show what was changed elsewhere, as by an undo; what is written here is left alone."""
        if not self.isVisible():
            return
        entry = self._model.entry(self._name)
        if entry is None or self._seen is None or entry.category != self._seen.category:
            self._opened += 1
            self._fill()
        elif entry.colour != self._seen.colour:
            self._seen = entry
            if entry.colour in CATEGORY_COLOURS:
                self.colours.button(CATEGORY_COLOURS.index(entry.colour)).setChecked(True)
        self.setWindowTitle(self.tr("Category: {name}").format(name=self._name))
