"""The one door for what should never happen: from any thread to a dialog that can be read, copied and closed."""

import logging
import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from clipsorter.ui.report import bug_report, open_log_folder
from clipsorter.ui.theme import GRID

logger = logging.getLogger(__name__)

_MOST_LINES = 1000  # in one dialog, whatever comes
_REMEMBERED = 1000
_QUIET_S = 5.0  # a failure that comes again and again opens its dialog once


class FailureDialog(QDialog):
    """Says one sentence, with details to copy; the window stays usable meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Clipsorter: something went wrong"))
        self.setModal(False)
        self.resize(640, 360)
        self._model = ""
        self.sentence, self.details = QLabel(), QPlainTextEdit()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(self.tr("Details"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox()
        self.copy = buttons.addButton(self.tr("Copy the details"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        self.log = buttons.addButton(self.tr("Open the log folder"), QDialogButtonBox.ButtonRole.ActionRole)
        self.log.clicked.connect(open_log_folder)
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.copy, self.log):
            button.setAutoDefault(False)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.sentence)
        layout.addWidget(self.details, 1)
        layout.addWidget(buttons)

    def show_failure(self, sentence: str, details: str, model: str) -> None:
        """Show a failure, with the model that answered then; one that comes while another is shown is put below it."""
        self._model = model
        if self.isVisible():
            if self.details.document().blockCount() < _MOST_LINES:
                self.details.appendPlainText(f"\n{sentence}\n{details}")
            return
        self.sentence.setText(sentence)
        self.details.setPlainText(details)
        self.show()

    @Slot()
    def _copy(self) -> None:
        text = f"{self.sentence.text()}\n\n{self.details.toPlainText()}\n\n{bug_report(self._model)}"
        QGuiApplication.clipboard().setText(text)


class Failures(QObject):
    """Takes failures from anywhere; shows one dialog at a time, and goes on."""

    _caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.dialog: FailureDialog | None = None
        self.model = ""  # which one answers, for the report
        self._seen_s: dict[str, float] = {}
        # Queued also within one thread: a failure of the dialog itself must not open a dialog inside a dialog.
        self._caught.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def catch_all(self) -> None:
        """Let all that nobody caught end here, in whichever thread it was raised."""
        sys.excepthook = self._except
        threading.excepthook = self._except_in_thread
        sys.unraisablehook = self._cannot_raise

    def show(self, sentence: str, details: str) -> None:
        """Write a failure into the log and show it; called in the window's thread."""
        logger.error("%s\n%s", sentence, details)
        self.explain(sentence, details)

    @Slot(str, str)
    def explain(self, sentence: str, details: str) -> None:
        """Show the details of what was already said."""
        if self.dialog is None:
            self.dialog = FailureDialog(QApplication.activeWindow())
            self.dialog.destroyed.connect(self._forget_dialog)
        self.dialog.show_failure(sentence, details, self.model)

    def _except(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):  # Ctrl+C on the terminal that the window was started from
            QCoreApplication.quit()
            return
        if sys.stderr is not None:
            sys.__excepthook__(kind, error, trace)
        self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _except_in_thread(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None and not issubclass(failed.exc_type, SystemExit):
            self._except(failed.exc_type, failed.exc_value, failed.exc_traceback)

    def _cannot_raise(self, failed: "sys.UnraisableHookArgs") -> None:
        """Note what failed where nothing can be raised, as in a destructor: it has no consequence to tell of."""
        error = failed.exc_value
        cause = (type(error), error, failed.exc_traceback) if error is not None else None
        logger.warning("%s: %r", failed.err_msg or "Ignored", failed.object, exc_info=cause)

    @Slot(str)
    def _take(self, details: str) -> None:
        now_s = time.monotonic()
        last_s = self._seen_s.get(details)
        if last_s is not None or len(self._seen_s) < _REMEMBERED:
            self._seen_s[details] = now_s
        if last_s is not None and now_s - last_s < _QUIET_S:
            return
        try:
            self.show(
                self.tr(
                    "Something in Clipsorter went wrong. The program goes on, but what you did last may not have "
                    "happened. If it comes again, restart Clipsorter and report the details below."
                ),
                details,
            )
        except Exception:  # here it ends, whatever it is: a hook that fails would call itself for ever
            logger.exception("A failure could not be shown.")

    @Slot()
    def _forget_dialog(self) -> None:
        self.dialog = None
