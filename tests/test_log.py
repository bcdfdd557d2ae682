"""The log is one file for window and terminal, of a bounded size."""

import logging

import pytest

from clipsorter import log


@pytest.fixture(autouse=True)
def _log_as_before():
    root = logging.getLogger("clipsorter")
    handlers, level = list(root.handlers), root.level
    yield
    for handler in root.handlers:
        handler.close()
    root.handlers[:], root.level = handlers, level


def test_reports_are_kept_and_told_to_a_listener():
    told = []
    listener = logging.Handler()
    listener.emit = lambda record: told.append(record.getMessage())
    log.start_log(listener)
    logging.getLogger("clipsorter.photos").info("looked at %s", "ä.jpg")
    assert told == ["looked at ä.jpg"]
    assert "INFO clipsorter.photos: looked at ä.jpg" in log.log_file().read_text(encoding="utf-8")


def test_second_start_writes_each_report_once():
    log.start_log()
    log.start_log()
    logging.getLogger("clipsorter").warning("one")
    assert log.log_file().read_text(encoding="utf-8").count("one") == 1


def test_full_log_is_put_aside_and_the_oldest_goes(monkeypatch):
    monkeypatch.setattr(log, "_FILE_BYTES", 1000)
    log.start_log()
    for number in range(200):
        logging.getLogger("clipsorter").info("report %d", number)
    files = sorted(path.name for path in log.log_file().parent.iterdir())
    assert files == ["clipsorter.log", "clipsorter.log.1", "clipsorter.log.2"]
    assert all(path.stat().st_size <= 1000 for path in log.log_file().parent.iterdir())
    assert "report 199" in log.log_file().read_text(encoding="utf-8")
