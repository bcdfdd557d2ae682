"""What the rooms below the window say often is said in the language of the window."""

import re
from pathlib import Path

import pytest

from clipsorter.ui.sentences import SENTENCES, say_sentence

PACKAGE = Path(__file__).parents[2] / "clipsorter"


@pytest.fixture(scope="module")
def said_below():
    """Return the texts of the rooms below, strings on several lines in one, and `{}` for what is filled in."""
    rooms = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] != "ui"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in rooms)
    return re.sub(r"\{[^{}\n]*\}", "{}", re.sub(r'"\s*\n\s*f?"', "", text))


@pytest.mark.parametrize("template", SENTENCES)
def test_sentence_is_one_that_is_said_below(template, said_below):
    assert re.sub(r"\{\w+\}", "{}", template) in said_below


@pytest.mark.parametrize("template", SENTENCES)
def test_sentence_comes_in_german_with_what_is_filled_in(template, german):
    names = re.findall(r"\{(\w+)\}", template)
    said = say_sentence(template.format(**{name: f"<{name}>" for name in names}))
    assert said != template.format(**{name: f"<{name}>" for name in names})
    assert all(f"<{name}>" in said for name in names)


def test_path_behind_a_sentence_stays(german):
    english = "it has changed since (/photos/a (1).jpg)"
    assert say_sentence(english).endswith(" (/photos/a (1).jpg)")
    assert say_sentence(english) != english


def test_rare_sentence_stays_as_it_is(german):
    assert say_sentence("The moon is in the way (/photos).") == "The moon is in the way (/photos)."


def test_english_stays_as_it_was():
    assert say_sentence("it has changed since (/photos/a.jpg)") == "it has changed since (/photos/a.jpg)"
