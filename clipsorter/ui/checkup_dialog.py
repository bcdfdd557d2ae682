"""The dialog of the check of the categories: what is odd, the best and worst photos, and you beside the model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout

from clipsorter.ui.confusion_page import ConfusionPage
from clipsorter.ui.extremes_page import ExtremesPage
from clipsorter.ui.findings_page import FindingsPage
from clipsorter.ui.news import CategoryCheck

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
        self.said = QLabel()
        self.said.setWordWrap(True)
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
        buttons.addWidget(self.said, 1)
        buttons.addWidget(again)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages, 1)
        layout.addLayout(buttons)
        self.findings.photo_wanted.connect(checkup.show_photo)
        self.extremes.photo_wanted.connect(checkup.show_photo)
        self.extremes.refused.connect(checkup.refuse)
        self.confusion.photos_wanted.connect(checkup.show_photos)

    @Slot(float)
    def show_pace(self, done: float) -> None:
        """Say how far the check is; what was found before stays until it is over."""
        self.said.setText(self.tr("Checking the categories: {percent} %").format(percent=round(100 * done)))

    def show_check(self, found: CategoryCheck, names: Sequence[str]) -> None:
        """Show what was found."""
        self.findings.show_findings(found.findings)
        self.extremes.show_categories(names)
        self.confusion.show_confusion(found.confusion)
        if not found.photos:
            text = self.tr("There is nothing to check yet: it takes categories, and photos that were looked at.")
        elif not found.findings:
            text = self.tr("Nothing is odd about the categories. Photos that were looked at: {count}.")
        else:
            text = self.tr("Findings: {findings}. Photos that were looked at: {count}.")
        number = QLocale().toString
        self.said.setText(text.format(findings=number(len(found.findings)), count=number(found.photos)))
