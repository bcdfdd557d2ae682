"""The program itself, in a process of its own: how it begins, and how it ends."""

import subprocess
import sys

PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
from clipsorter.ui import app, model_loader
opened = app.open_window

def open_window(*args):
    window = opened(*args)
    def end():
        if {ready}:
            timer.stop()
            print(window.notices.text, flush=True)
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(end)
    timer.start(5)
    return window

app.open_window = open_window
{before}
sys.exit(app.run([]))
"""


def run(ready, before=""):
    program = PROGRAM.format(ready=ready, before=before)
    return subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=100)


def test_damaged_setting_is_said_in_the_window(clipsorter_home):
    (clipsorter_home / "config").mkdir()
    (clipsorter_home / "config" / "settings.json").write_text('{"theme": "pink"}', encoding="utf-8")
    done = run(ready="window.isVisible()")
    assert done.returncode == 0, done.stderr
    assert "“theme”" in done.stdout
    assert "'system' is used" in done.stdout


def test_program_ends_although_a_model_is_still_being_loaded():
    begins = "model_loader.load_model = lambda *_: time.sleep(3600)"
    done = run(ready="window.session.is_loading", before=begins)
    assert done.returncode == 0, done.stderr
