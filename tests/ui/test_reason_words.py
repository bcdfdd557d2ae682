"""Reasons that the decoder and the search give are said in the language of the window."""

import re
from pathlib import Path

import pytest

from clipsorter.ui import reason_words
from clipsorter.ui.reason_words import say_reason

PACKAGE = Path(__file__).parents[2] / "clipsorter"
GIVING = [*(PACKAGE / "photos").glob("*.py"), PACKAGE / "ui" / "searcher.py"]
KNOWN = re.findall(r'case "(.*)":', Path(reason_words.__file__).read_text(encoding="utf-8"))


@pytest.mark.parametrize("reason", KNOWN)
def test_reason_is_one_that_somebody_gives(reason):
    assert any(f'"{reason}"' in source.read_text(encoding="utf-8") for source in GIVING)
    assert say_reason(reason).startswith("it ")


@pytest.mark.parametrize("reason", KNOWN)
def test_reason_is_said_in_german(german, reason):
    assert not say_reason(reason).startswith("it ")


def test_rare_reason_stays_in_english(german):
    assert say_reason("can't be read: Input/output error") == "it can't be read: Input/output error"
    assert say_reason("") == ""
