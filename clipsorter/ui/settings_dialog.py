"""The dialog of settings: one page, and each choice counts at once."""

from PySide6.QtCore import QLocale, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from clipsorter import paths
from clipsorter.settings import Settings
from clipsorter.ui.news import ModelReady
from clipsorter.ui.theme import GRID, heighten

_MB = 2**20
_LEAST_MB, _MOST_MB = 64, 1_000_000


class SettingsDialog(QDialog):
    """Modeless; shows the settings, and tells which fields are changed."""

    changed = Signal(object)  # dict[str, object]: names and values of fields of Settings
    subfolders_chosen = Signal(bool)
    models_asked = Signal()
    cache_emptied = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setModal(False)
        self.model, self.fast_note, self.cache_size = QLabel(), _quiet_label(), QLabel()
        self.models = QPushButton(self.tr("&Models …"))
        self.device = self._choice(
            settings.device,
            ("auto", self.tr("Automatic: a GPU where there is one")),
            ("cpu", self.tr("Processor (CPU)")),
            ("cuda", self.tr("NVIDIA GPU (CUDA)")),
            ("mps", self.tr("Apple GPU (MPS)")),
        )
        self.fast = QCheckBox(self.tr("&Fast mode"))
        self.suggested = QCheckBox(self.tr("As the model suggests"))
        self.probability, self.margin = self._percent(settings.min_probability), self._percent(settings.min_margin)
        self.theme = self._choice(
            settings.theme,
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )
        self.language = self._choice(
            settings.language, ("system", self.tr("As the system")), ("en", "English"), ("de", "Deutsch")
        )
        self.subfolders = QCheckBox(self.tr("Include s&ubfolders"))
        self.limit = QSpinBox()
        self.open_cache = QPushButton(self.tr("&Open the folder"))
        self.empty = QPushButton(self.tr("&Empty it"))
        self.close_button = QPushButton(self.tr("Close"))
        self.fast.setChecked(settings.fast)
        self.suggested.setChecked(settings.unsure_as_suggested)
        self.subfolders.setChecked(settings.subfolders)
        self.limit.setRange(_LEAST_MB, _MOST_MB)
        self.limit.setSingleStep(256)
        self.limit.setSuffix(self.tr(" MB"))
        self.limit.setGroupSeparatorShown(True)
        self.limit.setKeyboardTracking(False)
        self.limit.setValue(settings.thumbnails_mb)
        self._lay_out()
        self._settle()
        self._connect()

    def show_model(self, model: ModelReady) -> None:
        """Say which model answers, where it runs, and whether fast mode is in use."""
        self.model.setText(f"{model.title} · {model.device.upper()}")
        if model.is_fast:
            note = self.tr("Fast mode is in use.")
        else:
            note = model.fast_note or self.tr(
                "On the CPU a folder takes about 60 % of the time. It is tried on 32 photos of the open folder first, "
                "and used only where it agrees with exact mode."
            )
        self.fast_note.setText(note)

    @Slot(float)
    def show_cache_size(self, size_bytes: float) -> None:
        """Say how much the thumbnails take."""
        size = QLocale().toString(round(size_bytes / _MB))
        self.cache_size.setText(self.tr("{size} MB are in use.").format(size=size))
        self.empty.setEnabled(size_bytes > 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Be high enough for lines that wrap, which Qt does not count."""
        super().showEvent(event)
        heighten(self)

    def _choice(self, chosen: str, *items: tuple[str, str]) -> QComboBox:
        box = QComboBox()
        for value, words in items:
            box.addItem(words, value)
        box.setCurrentIndex(max(box.findData(chosen), 0))
        return box

    def _percent(self, share: float) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, 100)
        box.setSuffix(self.tr(" %"))
        box.setKeyboardTracking(False)
        box.setValue(round(100 * share))
        return box

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        form.setSpacing(GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.addRow(self.tr("Model"), _side_by_side(self.model, self.models))
        form.addRow(self.tr("Runs on"), self.device)
        form.addRow("", self.fast)
        form.addRow("", self.fast_note)
        form.addRow(self.tr("A photo is unsure"), self.suggested)
        form.addRow(self.tr("below a probability of"), self.probability)
        form.addRow(self.tr("or a lead over the second of"), self.margin)
        _add_gap(form)
        form.addRow(self.tr("Folders"), self.subfolders)
        form.addRow(self.tr("Thumbnails take at most"), self.limit)
        place = _quiet_label(str(paths.cache_dir() / "thumbnails"))
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow("", place)
        form.addRow("", _side_by_side(self.cache_size, self.open_cache, self.empty))
        _add_gap(form)
        form.addRow(self.tr("Theme"), self.theme)
        form.addRow(self.tr("Language"), self.language)
        form.addRow("", _quiet_label(self.tr("Another language is spoken from the next start on.")))
        for widget, words in (
            (self.device, self.tr("Runs on")),
            (self.probability, self.tr("Unsure below a probability of")),
            (self.margin, self.tr("Unsure below a lead over the second of")),
            (self.limit, self.tr("Thumbnails take at most")),
            (self.theme, self.tr("Theme")),
            (self.language, self.tr("Language")),
        ):
            widget.setAccessibleName(words)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(2 * GRID)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.models.clicked.connect(self.models_asked)
        self.device.currentIndexChanged.connect(self._tell)
        self.fast.toggled.connect(self._tell)
        self.suggested.toggled.connect(self._tell)
        self.probability.valueChanged.connect(self._tell)
        self.margin.valueChanged.connect(self._tell)
        self.theme.currentIndexChanged.connect(self._tell)
        self.language.currentIndexChanged.connect(self._tell)
        self.limit.valueChanged.connect(self._tell)
        self.subfolders.clicked.connect(self.subfolders_chosen)
        self.open_cache.clicked.connect(self._open_cache)
        self.empty.clicked.connect(self.cache_emptied)
        self.close_button.clicked.connect(self.close)

    @Slot()
    def _tell(self) -> None:
        self._settle()
        self.changed.emit(
            {
                "device": self.device.currentData(),
                "fast": self.fast.isChecked(),
                "unsure_as_suggested": self.suggested.isChecked(),
                "min_probability": self.probability.value() / 100,
                "min_margin": self.margin.value() / 100,
                "theme": self.theme.currentData(),
                "language": self.language.currentData(),
                "thumbnails_mb": self.limit.value(),
            }
        )

    def _settle(self) -> None:
        for widget in (self.probability, self.margin):  # the model's own may be others
            self._form.setRowVisible(widget, not self.suggested.isChecked())

    @Slot()
    def _open_cache(self) -> None:
        folder = paths.cache_dir() / "thumbnails"
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder if folder.is_dir() else folder.parent)))


def _quiet_label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(320)
    policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def _side_by_side(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return row


def _add_gap(form: QFormLayout) -> None:
    gap = QWidget()
    gap.setFixedHeight(GRID)
    form.addRow(gap)
