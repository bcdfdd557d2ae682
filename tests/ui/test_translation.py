"""Every text of the window has its German, and no translation loses what is put into it."""

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator

from clipsorter.paths import resource
from clipsorter.ui.language import use_language

_spec = importlib.util.spec_from_file_location("translate", Path(__file__).parents[2] / "packaging" / "translate.py")
translate = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(translate)


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Return context and text of all that the source shows now."""
    path = tmp_path_factory.mktemp("texts") / "clipsorter_de.ts"
    translate.extract(path, "de")
    contexts = ET.parse(path).getroot().iter("context")
    found = [(c.findtext("name", ""), m.findtext("source", "")) for c in contexts for m in c.iter("message")]
    assert len(found) > 150
    return found


@pytest.fixture(scope="module")
def german():
    translator = QTranslator()
    assert translator.load("clipsorter_de", str(resource("translations")))
    return translator


def test_every_text_is_translated(texts, german):
    """Else: python packaging/translate.py, translate what it names in the .ts file, and run it again."""
    assert [text for text in texts if not german.translate(*text)] == []


def test_no_translation_is_unfinished_or_left_over(texts):
    path = resource("translations/clipsorter_de.ts")
    assert translate.untranslated(path) == []
    contexts = ET.parse(path).getroot().iter("context")
    kept = {(c.findtext("name", ""), m.findtext("source", "")) for c in contexts for m in c.iter("message")}
    assert kept - set(texts) == set()


def test_translations_keep_placeholders_keys_and_dots(texts, german):
    wrong = []
    for context, source in texts:
        text = german.translate(context, source)
        for kept in (r"\{\w*\}", r"&(?=\w)", r"…$", r"^\s|\s$", r"%n", r"[|=]"):
            if sorted(re.findall(kept, source)) != sorted(re.findall(kept, text)):
                wrong.append((kept, source, text))
    assert wrong == []


def test_a_number_before_a_plural_has_a_text_for_one_beside_it(texts, german):
    """There is a text with the singular in the same place of the source; where it is never one, that is said here."""
    never_one = {"Bars", "CategoryModel", "DuplicatesDialog", "FindingWords", "ModelLoader"}
    wrong = []
    for noun, nouns in (("photo", "photos|Fotos"), ("file", "files|Dateien"), ("category", "categories|Kategorien")):
        number = re.compile(rf"\}} (?:(?!of|der|Ihrer)\w+ )?(?:{nouns})\b")
        one = re.compile(rf"(?:\b1|\b[Aa]|\b[Tt]he|\bits|\}}) (?:\w+ )?{noun}\b")
        for context, source in texts:
            if context in never_one or not (number.search(source) or number.search(german.translate(context, source))):
                continue
            if not any(one.search(text) for other, text in texts if other == context):
                wrong.append((context, source))
    assert wrong == []


@pytest.fixture
def german_window(qapp, open_main):
    before = QLocale()
    use_language(qapp, "de")
    yield open_main()
    use_language(qapp, "en")
    QLocale.setDefault(before)


def test_window_speaks_german(german_window):
    titles = [action.text() for action in german_window.menuBar().actions()]
    assert titles[:2] == ["&Datei", "&Bearbeiten"]
    assert "Ordner öffnen" in german_window.empty.button.text()
    letters = [title[title.index("&") + 1].casefold() for title in titles]
    assert len(set(letters)) == len(letters)


def test_german_entries_of_a_menu_have_letters_of_their_own(german_window):
    for menu in (action.menu() for action in german_window.menuBar().actions()):
        letters = re.findall(r"(?<!&)&(\w)", " ".join(action.text() for action in menu.actions()).casefold())
        assert len(set(letters)) == len(letters), menu.title()
