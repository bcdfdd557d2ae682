"""What nobody caught comes to one dialog, from whichever thread, and the program goes on."""

import gc
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from clipsorter.errors import UsageError
from clipsorter.log import log_file
from clipsorter.ui.failures import Failures
from clipsorter.ui.news import Failure

WAIT_MS = 10_000


@pytest.fixture
def failures(qapp, monkeypatch):
    """Catch all for the time of a test; what comes is not printed."""
    for place, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(place, name, getattr(place, name))
    monkeypatch.setattr(sys, "__excepthook__", lambda *error: None)
    failures = Failures()
    failures.catch_all()
    yield failures
    if failures.dialog is not None:
        failures.dialog.close()
        failures.dialog.deleteLater()
    failures.deleteLater()


def fail(text):
    raise ZeroDivisionError(text)


def raise_uncaught(text):
    """Do what the interpreter and Qt do with an error that nobody caught."""
    try:
        fail(text)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def shown(failures):
    return failures.dialog.details.toPlainText() if failures.dialog and failures.dialog.isVisible() else ""


def test_error_in_a_thread_is_shown_in_the_window_s(failures, qtbot):
    thread = threading.Thread(target=fail, args=("in a thread",))
    thread.start()
    thread.join()
    assert shown(failures) == ""  # it waits for the window's thread
    qtbot.waitUntil(lambda: "ZeroDivisionError: in a thread" in shown(failures), timeout=WAIT_MS)
    assert failures.dialog.thread() is QThread.currentThread()
    assert not failures.dialog.isModal()


def test_failures_at_once_share_one_dialog(failures, qtbot):
    raise_uncaught("first")
    raise_uncaught("second")
    qtbot.waitUntil(lambda: "second" in shown(failures), timeout=WAIT_MS)
    assert "first" in shown(failures)


def test_failure_that_repeats_opens_the_dialog_once(failures, qtbot):
    def repeat():
        raise_uncaught("again")

    repeat()
    qtbot.waitUntil(lambda: "again" in shown(failures), timeout=WAIT_MS)
    failures.dialog.close()
    for _ in range(50):
        repeat()
    raise_uncaught("another")
    qtbot.waitUntil(lambda: "another" in shown(failures), timeout=WAIT_MS)
    assert "again" not in shown(failures)


def test_dialog_that_fails_itself_ends_in_the_log(failures, qtbot, monkeypatch, caplog):
    monkeypatch.setattr(failures, "show", lambda *words: fail("the dialog"))
    with caplog.at_level("ERROR", logger="clipsorter"):
        raise_uncaught("first")
        qtbot.waitUntil(lambda: "A failure could not be shown." in caplog.text, timeout=WAIT_MS)
    assert caplog.text.count("A failure could not be shown.") == 1


def test_failing_destructor_is_noted_without_a_dialog(failures, qtbot, caplog):
    class Fragile:
        def __del__(self):
            fail("in a destructor")

    with caplog.at_level("WARNING", logger="clipsorter"):
        Fragile()
        gc.collect()
    assert "in a destructor" in caplog.text
    assert failures.dialog is None


def test_details_are_copied_with_the_versions(failures, qtbot):
    failures.model = "Starter on cpu"
    failures.show("It broke.", "Traceback: here")
    failures.dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert all(part in copied for part in ("It broke.", "Traceback: here", "Clipsorter: 0.", "Model: Starter on cpu"))


class Opener(QObject):
    """Takes what would be opened in other programs."""

    def __init__(self):
        super().__init__()
        self.urls = []

    @Slot(QUrl)
    def take(self, url):
        self.urls.append(url.toLocalFile())


def test_dialog_opens_the_log_folder(failures, qtbot):
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "take")
    try:
        failures.show("It broke.", "")
        failures.dialog.log.click()
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opener.urls == [str(log_file().parent)]
    assert log_file().parent.is_dir()


def test_bug_comes_to_the_dialog_and_a_refusal_to_the_bar(open_main, qtbot):
    window = open_main()
    window._take_failure(Failure("The folder is full.", "Traceback: full"))
    assert window.notices.text == "The folder is full."
    assert window.failures.dialog is None
    window._take_failure(Failure("Oh.", "Traceback: bug", is_bug=True))
    assert shown(window.failures) == "Traceback: bug"
    assert window.notices.text == "The folder is full."
    window.failures.dialog.close()


def test_bar_keeps_what_it_said_before_until_it_is_closed(open_main, qtbot):
    window = open_main()
    window.notices.say("One photo is lost.", "Traceback: one")
    window.notices.say("Another is.")
    window.notices._details.click()
    assert window.failures.dialog.sentence.text() == "Another is."
    assert shown(window.failures) == "Another is.\n\nOne photo is lost.\nTraceback: one"
    window.failures.dialog.close()
    window.notices.clear()
    window.notices.say("A third.")
    assert not window.notices._details.isVisible()


def test_program_goes_on_after_an_error_and_logs_it(tmp_path):
    script = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from clipsorter.ui import app, failures

def fail():
    QTimer.singleShot(0, look)
    raise ZeroDivisionError("in a slot")

def look():
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, failures.FailureDialog) and w.isVisible()]
    if not dialogs:
        QTimer.singleShot(10, look)
        return
    print(dialogs[0].details.toPlainText())
    dialogs[0].close()
    for widget in QApplication.topLevelWidgets():
        widget.close()

QTimer.singleShot(0, fail)
sys.exit(app.run([]))
"""
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "ZeroDivisionError: in a slot" in done.stdout
    assert "ZeroDivisionError: in a slot" in log_file().read_text(encoding="utf-8")


def test_what_was_wrong_with_categories_is_over_once_they_change(searched):
    window = searched
    categories = window.categories
    categories.add(["cats"])
    assert not categories.add(["cats"])
    assert window.notices.text == "The category “cats” is in the list already."
    assert window.notices.isVisible()
    categories.add(["dogs"])
    assert not window.notices.isVisible()
    window.notices.say("The folder is full.")
    categories.add(["coffee"])
    assert window.notices.isVisible()


def test_words_that_the_model_can_not_take_are_told_of_until_they_are_others(searched, qtbot, monkeypatch):
    window = searched
    encoder = window.session.worker.loader.model.encoder
    score = encoder.score

    def score_short(embeddings, categories):
        if any("very long" in category.name for category in categories):
            raise UsageError(
                "“very long” is too long for the model: Shorten it."
            )  # as CLIP says; the starter has no end
        return score(embeddings, categories)

    monkeypatch.setattr(encoder, "score", score_short)
    window.categories.add(["very long"])
    qtbot.waitUntil(window.notices.isVisible, timeout=WAIT_MS)
    assert window.notices.text.endswith("Shorten it.")
    window.categories.remove("very long")
    assert not window.notices.isVisible()
    window.categories.add(["cats"])
    qtbot.waitUntil(lambda: "cats" in window.photos.table.names, timeout=WAIT_MS)
    assert not window.notices.isVisible()
