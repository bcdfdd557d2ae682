"""The dialog of models: what there is, what each is good for, and how one gets another. Nothing comes unasked."""

from pathlib import Path

from PySide6.QtCore import QLocale, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.download_bar import DownloadBar
from clipsorter.ui.icons import icon
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.model_rows import FIRST_CHOICE, ModelRow, ModelTable, Place
from clipsorter.ui.model_worker import Fetching, ModelFiles, Outcome
from clipsorter.ui.news import Failure
from clipsorter.ui.theme import GRID


class ModelDialog(QDialog):
    """Modeless; a download goes on when it is closed."""

    chosen = Signal(str)  # the id of the model to use

    def __init__(self, files: ModelFiles, base_url: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Models"))
        self.setModal(False)
        self.setAcceptDrops(True)
        self.resize(760, 600)
        self._files, self._base_url = files, base_url
        self.models = ModelTable(self)
        self.table, self.download, self.notices = QTableView(), DownloadBar(), NoticeBar()
        self.first = QPushButton(icon("download"), "")
        self.use = QPushButton(icon("check"), self.tr("&Use this model"))
        self.get = QPushButton(icon("download"), "")
        self.verify = QPushButton(self.tr("Chec&k the file"))
        self.remove = QPushButton(icon("trash"), self.tr("Re&move …"))
        self.importing = QPushButton(icon("open"), self.tr("&Import from a file …"))
        self.gelu = QCheckBox(self.tr("It was trained with &GELU"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._settle()

    def show_in_use(self, model_id: str) -> None:
        """Mark the model that answers."""
        self.models.show_in_use(model_id)
        self._settle()

    def get_first_choice(self) -> None:
        """Show the model that most people should get; getting it is one more click."""
        self._choose(FIRST_CHOICE)
        self.first.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a model file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) and self.importing.isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        path = Path(next(url for url in event.mimeData().urls() if url.isLocalFile()).toLocalFile())
        event.acceptProposedAction()
        self._import(path)

    def _lay_out(self) -> None:
        starter = QLabel(
            self.tr(
                "The starter is built in. It names 1,000 everyday things and 17 kinds of scene by plain English words, "
                "such as dogs, food or documents; it reads no sentences, knows no names and no moods, and leaves many "
                "photos unsure. CLIP reads whole English sentences and is unsure less often. It is one download, it "
                "runs on this computer too, and no photo leaves it."
            )
        )
        starter.setWordWrap(True)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.hide()
        self.table.setModel(self.models)
        self.table.setAccessibleName(self.tr("Models"))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(12 * GRID)
        self.gelu.setToolTip(
            self.tr("For files that OpenAI did not publish: most of LAION's and DataComp's; their model card says so")
        )
        chosen, below, first = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for button in (self.use, self.get, self.verify, self.remove):
            chosen.addWidget(button)
        chosen.addStretch(1)
        first.addWidget(self.first)
        first.addStretch(1)
        below.addWidget(self.importing)
        below.addWidget(self.gelu)
        below.addStretch(1)
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(starter)
        layout.addLayout(first)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._words)
        layout.addLayout(chosen)
        layout.addWidget(self.download)
        layout.addWidget(self.said)
        layout.addWidget(self.notices)
        layout.addLayout(below)
        for button in (self.first, self.use, self.get, self.verify, self.remove, self.importing, self.close_button):
            button.setAutoDefault(False)  # else Enter in the table would get what another button names
        font = self.first.font()
        font.setBold(True)
        self.first.setFont(font)

    def _connect(self) -> None:
        worker = self._files.worker
        worker.listed.connect(self._take_rows)
        worker.progressed.connect(self._take_progress)
        worker.retried.connect(self.download.show_retry)
        worker.ended.connect(self._take_outcome)
        worker.failed.connect(self._take_failure)
        self._files.changed.connect(self._settle)
        self.table.selectionModel().currentRowChanged.connect(self._take_choice)
        self.first.clicked.connect(self._get_first)
        self.use.clicked.connect(self._use)
        self.get.clicked.connect(self._get)
        self.verify.clicked.connect(self._verify)
        self.remove.clicked.connect(self._ask_to_remove)
        self.importing.clicked.connect(self._pick_file)
        self.close_button.clicked.connect(self.close)
        self.download.paused.connect(self._pause)
        self.download.resumed.connect(self._get)
        self.download.given_up.connect(self._give_up)

    @property
    def row(self) -> ModelRow | None:
        """Return the model that is chosen in the table."""
        place = self.table.currentIndex().row()
        return self.models.rows[place] if 0 <= place < len(self.models.rows) else None

    def _choose(self, model_id: str) -> None:
        if (place := self.models.row_of(model_id)) >= 0:
            self.table.selectRow(place)

    def _row_of(self, model_id: str) -> ModelRow | None:
        place = self.models.row_of(model_id)
        return self.models.rows[place] if place >= 0 else None

    @Slot(object)
    def _take_rows(self, rows: tuple[ModelRow, ...]) -> None:
        self.models.show_rows(rows)
        if self.row is None:
            partly = next((row.id for row in rows if row.place is Place.PARTLY), None)
            first = self._row_of(FIRST_CHOICE)
            self._choose(partly or (self.models.in_use if first is None or first.is_ready else FIRST_CHOICE))
        self._settle()

    @Slot(QModelIndex, QModelIndex)
    def _take_choice(self, *_: QModelIndex) -> None:
        self._settle()

    @Slot()
    def _settle(self) -> None:
        """Offer what can be done with the model that is chosen."""
        row, busy, first = self.row, self._files.busy_with, self._row_of(FIRST_CHOICE)
        is_free = busy is None
        self.first.setVisible(first is not None and first.place in (Place.NOWHERE, Place.DAMAGED) and is_free)
        if first is not None:
            self.first.setText(self._get_words(first))
        is_first_offered = self.first.isVisibleTo(self) and row is not None and row.id == FIRST_CHOICE
        can_get = row is not None and row.is_published and row.place in (Place.NOWHERE, Place.DAMAGED)
        self.get.setVisible(can_get and is_free and not is_first_offered)
        self.use.setVisible(row is not None and row.is_ready)
        self.use.setEnabled(row is not None and row.id != self.models.in_use)
        is_ours = row is not None and row.place in (Place.OURS, Place.DAMAGED)
        self.remove.setVisible(is_ours)
        self.verify.setVisible(row is not None and row.place in (Place.OURS, Place.ANOTHER_PROGRAM, Place.DAMAGED))
        for button in (self.get, self.remove, self.verify, self.importing, self.gelu):
            button.setEnabled(is_free)
        if row is not None:
            self.get.setText(self._get_words(row))
            self._words.setText(self.tr("{model} knows {knows}.").format(model=row.title, knows=row.knows))
        if busy is None:
            self.download.setVisible(row is not None and row.place is Place.PARTLY)
            if row is not None and row.place is Place.PARTLY:
                self.download.show_partly(row)
        elif busy[0] == "download" and not self.download.pause.isVisibleTo(self.download):
            fetched = self._row_of(busy[1])
            self.download.show_start(fetched.title if fetched else busy[1])

    def _get_words(self, row: ModelRow) -> str:
        name = row.title.removeprefix("CLIP ")
        return self.tr("&Get {model} ({size} MB)").format(model=name, size=QLocale().toString(row.size_mb))

    @Slot()
    def _get_first(self) -> None:
        self._choose(FIRST_CHOICE)
        self._get()

    @Slot()
    def _get(self) -> None:
        if self.row is None or self._files.busy_with is not None:
            return
        self._say("")
        self.download.show_start(self.row.title)
        self._files.download(self.row.id, self._base_url)

    @Slot()
    def _pause(self) -> None:
        self.download.show_pausing()
        self._files.pause()

    @Slot()
    def _give_up(self) -> None:
        busy = self._files.busy_with
        model_id = busy[1] if busy is not None else self.row.id if self.row is not None else ""
        if model_id and (busy is None or busy[0] == "download"):
            self.download.show_pausing()
            self._files.remove(model_id)

    @Slot()
    def _use(self) -> None:
        if self.row is not None:
            self.chosen.emit(self.row.id)

    @Slot()
    def _verify(self) -> None:
        if self.row is not None:
            self._say(self.tr("Reading {model} through …").format(model=self.row.title))
            self._files.verify(self.row.id)

    @Slot()
    def _ask_to_remove(self) -> None:
        row = self.row
        if row is None:
            return
        text = self.tr("Remove {model}? Its file of {size} MB is deleted. What it found out about your photos stays.")
        text = text.format(model=row.title, size=QLocale().toString(row.size_mb))
        box = QMessageBox(QMessageBox.Icon.NoIcon, self.tr("Remove a model"), text, parent=self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton(self.tr("Remove {model}").format(model=row.title), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.accepted.connect(self._remove)
        box.open()

    @Slot()
    def _remove(self) -> None:
        if self.row is not None and self._files.busy_with is None:
            self._say("")
            self._files.remove(self.row.id)

    @Slot()
    def _pick_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Import a model"))
        dialog.setNameFilters([self.tr("Models (*.pt *.pth *.bin *.safetensors)"), self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._import_named)
        dialog.open()

    @Slot(str)
    def _import_named(self, name: str) -> None:
        self._import(Path(name))

    def _import(self, source: Path) -> None:
        if self._files.busy_with is None:
            self._say(self.tr("Reading {file} and copying it …").format(file=source.name))
            self._files.take_in(source, "gelu" if self.gelu.isChecked() else "quickgelu")

    @Slot(object)
    def _take_progress(self, fetching: Fetching) -> None:
        busy = self._files.busy_with
        if busy is not None and busy[0] == "download" and self.download.pause.isEnabled():
            self.download.show_progress(fetching)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        self.notices.say(failure.sentence, failure.details)

    @Slot(object)
    def _take_outcome(self, outcome: Outcome) -> None:
        """Say what became of a request; `list` was answered before."""
        self._say("")
        self._settle()
        if outcome.failure is not None:
            self.notices.say(outcome.failure.sentence, outcome.failure.details)
            return
        if outcome.is_stopped:
            return
        self._choose(outcome.model_id)
        said = {
            "download": self.tr("{model} is here, and its SHA-256 is right."),
            "import": self.tr("{model} was imported. The file itself was left where it is."),
            "verify": self.tr("{model} is intact."),
            "remove": self.tr("{model} was removed."),
        }[outcome.kind]
        self._say(said.format(model=outcome.title))

    def _say(self, sentence: str) -> None:
        """Say what was done, or is being done; it takes the place of an earlier failure."""
        self.notices.clear()
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
