"""The dialog that shows what keywords photos would get, and where, before any is written."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clipsorter.apply import Foreseen, Where
from clipsorter.metadata.preset import PresetName
from clipsorter.photos.photo import Photo
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.photo_rows import THUMBNAIL, PhotoRows
from clipsorter.ui.photo_table import State
from clipsorter.ui.tag_model import TagModel
from clipsorter.ui.tag_planner import Wanted
from clipsorter.ui.theme import GRID


class TagDialog(QDialog):
    """Modeless; it shows what its owner has asked for."""

    plan_asked = Signal()  # anew, with what is chosen now
    accepted_plan = Signal()
    rows_seen = Signal(int, int)  # from the first to before the last

    def __init__(self, thumbnail: Callable[[Photo], QIcon | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self.resize(1000, 620)
        self.wanted: Wanted | None = None
        self._is_busy = self._is_stale = False
        self.which, self.presets, self.iptc, self.notices = QComboBox(), QComboBox(), QCheckBox(), NoticeBar()
        self.rows = TagModel(thumbnail, self)
        self.table = PhotoRows(self.rows, self.tr("Photos and the keywords they gain"), (240, 150, 230))
        self.summary, self.stale = QLabel(), QLabel()
        self.again = QPushButton(self.tr("&Look again"))
        self.apply, self.close_button = QPushButton(), QPushButton(self.tr("Close"))
        self._make_choices()
        self._lay_out()
        self._connect()

    @property
    def where(self) -> Where:
        """Return where keywords go."""
        preset: PresetName = self.presets.currentData()
        return Where(preset, iptc=self.iptc.isChecked())

    @property
    def several(self) -> bool:
        """Tell whether a photo may get the keywords of more than one category."""
        return bool(self.which.currentData())

    def choose(self, preset: PresetName, several: bool) -> None:
        """Show what was chosen the last time."""
        self.presets.setCurrentIndex(max(0, self.presets.findData(preset)))
        self.which.setCurrentIndex(self.which.findData(several))

    def show_waiting(self) -> None:
        """Say that it is being worked out."""
        self.wanted, self._is_stale = None, False
        self.notices.clear()
        self.rows.show_wanted(Wanted((), {}))
        self._settle()

    @Slot(object)
    def show_wanted(self, wanted: Wanted) -> None:
        """Show which photos are to get which keywords."""
        self.wanted = wanted
        self.rows.show_wanted(wanted)
        self._tell_rows()
        self._settle()

    @Slot(object)
    def show_foreseen(self, gains: Mapping[int, Foreseen]) -> None:
        """Show what was found out of some of them."""
        self.rows.show_foreseen(gains)
        self._settle()

    def show_no_plan(self, sentence: str, details: str) -> None:
        """Say why it can't be told."""
        self.show_waiting()
        self.summary.setText(self.tr("What the photos would gain could not be worked out. Nothing was changed."))
        self.notices.say(sentence, details)

    @Slot(bool)
    def show_busy(self, is_busy: bool) -> None:
        """Wait with the next run until the one that is under way has ended."""
        self._is_busy = is_busy
        self._settle()

    def show_stale(self) -> None:
        """Say that photos were judged anew since."""
        if self.wanted is not None and not self._is_stale:
            self._is_stale = True
            self._settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have what comes into sight looked at first."""
        super().resizeEvent(event)
        self._tell_rows()

    def _make_choices(self) -> None:
        for several, words, tip in (
            (
                False,
                self.tr("One keyword per photo: the category it is in"),
                self.tr("As the photos stand in the window"),
            ),
            (
                True,
                self.tr("Every category that fits"),
                self.tr(
                    "Each category is decided by itself and by its own threshold: a dog on a beach gets both, "
                    "also where the window is unsure which of them it is"
                ),
            ),
        ):
            self.which.addItem(words, several)
            self.which.setItemData(self.which.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.which.setAccessibleName(self.tr("Which keywords a photo gets"))
        for preset, words, tip in (
            ("all", self.tr("all programs"), self.tr("In the picture where that can be; beside RAW files and others")),
            ("lightroom", "Lightroom", self.tr("In the picture; beside RAW files as name.xmp")),
            ("darktable", "darktable", self.tr("Beside each photo, as name.ext.xmp; pictures stay as they are")),
            ("digikam", "digiKam", self.tr("In the picture; beside RAW files, DNG included, as name.ext.xmp")),
            ("immich", "Immich", self.tr("Beside each photo, as name.ext.xmp; pictures stay as they are")),
        ):
            self.presets.addItem(words, preset)
            self.presets.setItemData(self.presets.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.presets.setAccessibleName(self.tr("Programs that are to find the keywords"))
        self.iptc.setText(self.tr("&IPTC as well, for old programs"))
        self.iptc.setToolTip(self.tr("Where a picture has an IPTC block, it is kept up to date in any case"))

    def _lay_out(self) -> None:
        for label in (self.summary, self.stale):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.again, self.apply, self.close_button):  # Enter begins nothing
            button.setAutoDefault(False)
        which = QHBoxLayout()
        which.addWidget(self.which)
        which.addStretch(1)
        choices = QHBoxLayout()
        choices.setSpacing(2 * GRID)
        choices.addWidget(self.presets)
        choices.addWidget(self.iptc)
        choices.addStretch(1)
        form = QFormLayout()
        form.addRow(self.tr("Each photo gets:"), which)
        form.addRow(self.tr("Keywords for:"), choices)
        stale = QHBoxLayout()
        stale.addWidget(self.stale, 1)
        stale.addWidget(self.again)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.apply)
        below.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addLayout(form)
        layout.addWidget(self.notices)
        layout.addWidget(self.summary)
        layout.addLayout(stale)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)

    def _connect(self) -> None:
        self.rows.ticked.connect(self._settle)
        self.table.verticalScrollBar().valueChanged.connect(self._tell_rows)
        self.which.activated.connect(self.plan_asked)
        self.presets.activated.connect(self.plan_asked)
        self.iptc.clicked.connect(self.plan_asked)
        self.again.clicked.connect(self.plan_asked)
        self.apply.clicked.connect(self.accepted_plan)
        self.close_button.clicked.connect(self.close)

    @Slot()
    def _tell_rows(self) -> None:
        first = max(0, self.table.rowAt(0))
        self.rows_seen.emit(first, first + self.table.viewport().height() // (THUMBNAIL + GRID) + 2)

    @Slot()
    def _settle(self) -> None:
        """Say what would be done, and let the button say it too."""
        going = self.rows.counts().going
        words = self.tr("&Tag {count} photo") if going == 1 else self.tr("&Tag {count} photos")
        self.apply.setText(words.format(count=QLocale().toString(going)))
        self.apply.setEnabled(going > 0 and not self._is_busy)
        self.stale.setVisible(self._is_stale or self._is_busy)
        self.again.setVisible(self._is_stale and not self._is_busy)
        if self._is_busy:
            self.stale.setText(self.tr("Something is being done to photos: wait until that has ended."))
        elif self._is_stale:
            self.stale.setText(self.tr("Since this was worked out, photos were judged anew."))
        if self.wanted is None:
            self.summary.setText(self.tr("Working out what the photos gain …"))
        else:
            self.summary.setText(" ".join(self._sentences(self.wanted)))

    def _sentences(self, wanted: Wanted) -> list[str]:
        number, counts = QLocale().toString, self.rows.counts()
        photos = counts.photos + sum(wanted.without.values())
        words = self.tr("Of {all} photos, {going} will gain keywords.")
        if photos == 1:
            words = self.tr("The photo will gain keywords.") if counts.going else self.tr("The photo will gain none.")
        said = [words.format(all=number(photos), going=number(counts.going))]
        none = self.tr("No category, so no keyword: {count}.")
        for count, sentence in (
            (wanted.several, self.tr("In several categories: {count}.")),
            (counts.has_all, self.tr("Have them already: {count}.")),
            (counts.refused, self.tr("Can't be tagged: {count}.")),
            (counts.unticked, self.tr("Taken out by you: {count}.")),
            (wanted.without.get(State.UNSURE, 0), self.tr("Unsure, so they get none: {count}.")),
            (wanted.without.get(State.KNOWN, 0), none),
            (wanted.without.get(State.WAITING, 0), self.tr("Not looked at yet: {count}.")),
            (wanted.without.get(State.FAILED, 0), self.tr("Can't be read: {count}.")),
        ):
            if count:
                said.append(sentence.format(count=number(count)))
        if counts.open:
            words = self.tr("Looked into {done} of {total} so far; you need not wait for the rest.")
            said.append(words.format(done=number(counts.photos - counts.open), total=number(counts.photos)))
        return said
