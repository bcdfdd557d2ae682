"""The dialog of the check of the categories: what is odd, the best and worst photos, and you beside the model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout

from clipsorter.analyse.checking import Checking
from clipsorter.ui.confusion_page import ConfusionPage
from clipsorter.ui.extremes_page import ExtremesPage
from clipsorter.ui.findings_page import FindingsPage
from clipsorter.ui.news import CategoryCheck
from clipsorter.ui.work_line import WorkLine

if TYPE_CHECKING:
    from clipsorter.ui.checkup import Checkup
    from clipsorter.ui.window import MainWindow


class CheckupDialog(QDialog):
    """Stays open beside the photos; three pages about the same categories."""

    again = Signal()

    def __init__(self, window: "MainWindow", checkup: "Checkup") -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Check categories"))
        self.resize(900, 720)
        self.work = WorkLine()
        self._keeps = False  # what an earlier check found, until this one is over
        self.findings = FindingsPage(window.photos, window.thumbnails, checkup.remedies)
        self.extremes = ExtremesPage(window.photos, window.thumbnails)
        self.confusion = ConfusionPage()
        self.pages = QTabWidget()
        self.pages.addTab(self.findings, self.tr("&Findings"))
        self.pages.addTab(self.extremes, self.tr("&Best and worst"))
        self.pages.addTab(self.confusion, self.tr("&You and the model"))
        again, close = QPushButton(self.tr("Check &again")), QPushButton(self.tr("C&lose"))
        for button in (again, close):
            button.setAutoDefault(False)
        again.clicked.connect(self.again)
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(again)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.work)
        layout.addWidget(self.pages, 1)
        layout.addLayout(buttons)
        self.findings.photo_wanted.connect(checkup.show_photo)
        self.extremes.photo_wanted.connect(checkup.show_photo)
        self.extremes.refused.connect(checkup.refuse)
        self.confusion.photos_wanted.connect(checkup.show_photos)

    def begin(self, names: Sequence[str]) -> None:
        """Show what is known of the categories of these names before they are checked."""
        self._keeps = self.findings.list.count() > 0
        self.extremes.show_categories(names)
        self.show_pace(Checking(0))

    def show_pace(self, pace: Checking) -> None:
        """Say how far the check is."""
        text = self.tr("Checking “{name}”: {percent} %") if pace.category else self.tr("Checking the categories …")
        self.work.show_work(text.format(name=pace.category, percent=round(100 * pace.done)), pace.done)

    def show_failure(self, sentence: str) -> None:
        """Say why there is no check; what was found before stays."""
        self.work.say(sentence)

    def show_check(self, found: CategoryCheck) -> None:
        """Show what was found; what an earlier check found stays until this one is over."""
        if found.is_over or not self._keeps:
            self.findings.show_findings(found.findings)
            self.confusion.show_confusion(found.confusion)
        if not found.is_over:
            return
        if not found.photos:
            text = self.tr("There is nothing to check yet: it takes categories, and photos that were looked at.")
        elif not found.findings:
            text = self.tr("Nothing is odd about the categories. Photos that were looked at: {count}.")
        else:
            text = self.tr("Findings: {findings}. Photos that were looked at: {count}.")
        number = QLocale().toString
        self.work.say(text.format(findings=number(len(found.findings)), count=number(found.photos)))
