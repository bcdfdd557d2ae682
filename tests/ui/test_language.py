"""The window speaks the language of the settings or the system."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from clipsorter.ui.language import spoken, use_language

SOURCES = sorted((Path(__file__).parents[2] / "clipsorter" / "ui").glob("*.py"))
# Calls whose argument is read by people.
SHOWN = {
    "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "addAction", "addMenu", "addSection", "addTab", "addButton", "addItem", "setTitle",
    "setLabelText", "setSuffix", "setPrefix", "setHtml", "say", "setIconText", "QLabel", "QPushButton", "QAction",
    "QCheckBox", "QRadioButton", "QGroupBox", "QToolButton", "titled",
}  # fmt: skip


@pytest.fixture
def spoken_again(qapp):
    """Give the other tests back their English."""
    before = QLocale()
    yield qapp
    use_language(qapp, "en")
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["de-AT", "en"], "de"),
        (["de_DE"], "de"),
        (["en-GB", "en", "de"], "en"),
        (["fr-FR", "de"], "de"),
        (["fr", "it"], "en"),
        ([], "en"),
    ],
)
def test_first_language_that_is_spoken_is_taken(wanted, language):
    assert spoken(wanted) == language


def test_choice_outranks_the_system_and_counts_for_qt_s_own_texts_and_numbers(spoken_again):
    assert use_language(spoken_again, "de") == "de"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert QLocale().toString(1234.5, "f", 1) == "1.234,5"
    assert use_language(spoken_again, "en") == "en"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert QLocale().toString(1234.5, "f", 1) == "1,234.5"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_texts_that_are_shown_go_through_tr(path):
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in SHOWN:
            words = [argument for argument in node.args if isinstance(argument, ast.Constant)]
            found += [
                word.value for word in words if isinstance(word.value, str) and re.search(r"[a-z]{2}", word.value)
            ]
        if name == "tr":  # Qt's tool reads literals only
            found += [ast.unparse(node) for text in node.args[:1] if not isinstance(text, ast.Constant)]
    assert found == []
