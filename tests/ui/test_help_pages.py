"""The pages of the help, and the README beside them, name only what is there."""

import re
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QApplication

from clipsorter.cli.app import _parser
from clipsorter.ui.help_pages import anchor_of
from clipsorter.ui.theme import apply_theme

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "resources" / "help").glob("*.md"))
PAPERS = [*PAGES, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "packaging/README.md"))]
NAMES = [path.relative_to(ROOT).as_posix() for path in PAPERS]
OF_QT = {"Alt", "Tab", "Esc"}  # Qt and the desktop answer these by themselves, or every dialog does
OTHER_WORDS = {  # set off for another reason than to quote the window
    "Metadata → Read Metadata from File", "Read from sidecar files",  # of other programs
    "Open with", "Open With", "Restore", "Put Back",  # of the desktop
}  # fmt: skip


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def prose_of(name):
    """Return a text without its blocks of code."""
    return re.sub(r"^```.*?^```|^    .*?$", "", text_of(name), flags=re.MULTILINE | re.DOTALL)


def commands_in(text):
    """Return the commands of a text: lines of code, and code within a line."""
    lines = re.findall(r"^(?:    )?(clipsorter .+)$", text, re.MULTILINE)
    return lines + [code for code in re.findall(r"`([^`]+)`", text) if code.startswith("clipsorter ")]


@pytest.fixture
def pages(open_main):
    window = open_main()
    window.actions_.help.show_pages()
    yield window.actions_.help.pages
    window.actions_.help.pages.close()


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name):
    for link in re.findall(r"\]\(([^)]+)\)", text_of(name)):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = ((ROOT / name).parent / path if path else ROOT / name).resolve()
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [anchor_of(heading) for heading in headings], link


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_link_only_to_each_other(path):
    """What is installed holds the pages, and no other paper of the project."""
    links = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    assert {link.partition("#")[0] for link in links} <= {page.name for page in PAGES}


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_understood(name):
    for command in commands_in(text_of(name)):
        words = shlex.split(command, comments=True)[1:]
        if words[0] == "--self-check":  # answered before anything is parsed
            continue
        try:
            _parser().parse_args(words)
        except SystemExit as end:
            assert not end.code, command


def test_a_wrong_command_would_be_found():
    assert commands_in("Say\n\n    clipsorter sort\n\nor `clipsorter jump`.") == ["clipsorter sort", "clipsorter jump"]
    with pytest.raises(SystemExit) as end:
        _parser().parse_args(["jump"])
    assert end.value.code


def keys_in(text):
    """Return the keys that a text names."""
    named = re.findall(r"(?:Ctrl\+|Shift\+|Alt\+)+(?:\w+|[.,+-])|\bF\d\d?\b", text)
    return {QKeySequence(key.replace("Delete", "Del")).toString() for key in named}


def test_every_key_of_the_pages_is_one_of_the_window(pages, open_main):
    window = pages.parent()
    there = {key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()}
    for name in NAMES:
        assert keys_in(text_of(name)) - there == set(), name
    rows = re.findall(r"^\| ([^|]+) \| [^|]+\|$", text_of("resources/help/keys.md"), re.MULTILINE)
    cells = {cell for row in rows for cell in re.split(r", (?=\S)", row)} - {"key", "---"}
    single = {"arrows", "letters", "1 to 9", "−", *OF_QT}
    assert {
        cell for cell in cells - single if not keys_in(cell) and cell.replace("Delete", "Del") not in there
    } == set()


def test_page_of_keys_leaves_out_only_what_was_left_out_on_purpose(pages):
    window = pages.parent()
    text = text_of("resources/help/keys.md").replace("Delete", "Del")
    there = {
        key.toString()
        for action in window.findChildren(QAction)
        if action.isVisible()
        for key in action.shortcuts()
    }  # fmt: skip
    left_out = {"Ctrl+Q", "Ctrl++", "Ctrl+-", *map(str, range(1, 10)), "-"}
    assert {key for key in there - left_out if key not in text} == set()


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_window_are_quoted_as_they_are(name):
    """In slanting letters the papers name what can be clicked; `A > B` is an entry of a menu."""
    tree = ET.parse(ROOT / "resources" / "translations" / "clipsorter_de.ts")
    there = {plain(message.findtext("source", "")) for message in tree.getroot().iter("message")}
    quoted = re.findall(r"(?<![*\w])\*([^*\n]+(?:\n[^*\n]+)?)\*(?![*\w])", prose_of(name))
    parts = {plain(part) for words in quoted if words not in OTHER_WORDS for part in words.split(" > ")}
    assert parts - there == set()


def plain(text):
    return " ".join(text.replace("&", "").removesuffix("…").removesuffix(":").split())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_lines_of_code_fit_the_page(path):
    for block in re.findall(r"^```\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        assert max(map(len, block.splitlines())) <= 100


def test_every_page_is_in_the_list(pages):
    titles = [pages.contents.item(row).text() for row in range(pages.contents.count())]
    assert len(titles) == len(PAGES) > 8
    for row, title in enumerate(titles[1:], 1):
        pages.contents.setCurrentRow(row)
        assert pages.text.toPlainText().startswith(title)


def test_links_lead_to_pages_and_headings(pages, qtbot):
    pages.open_page("tour.md")
    pages.open_page("privacy.md#removing")
    assert pages.contents.currentItem().text() == "Privacy and files"
    assert pages.text.textCursor().block().text() == "Removing"
    pages.text.backward()
    assert pages.contents.currentItem().text() == "Five-minute tour"


def test_words_are_found_in_this_page_and_in_later_ones(pages, qtbot):
    qtbot.keyClicks(pages.box, "Takeout")
    qtbot.keyClick(pages.box, Qt.Key.Key_Return)
    assert pages.contents.currentItem().text() == "Sorting and undo"
    assert pages.text.textCursor().selectedText() == "Takeout"
    assert pages.isVisible()
    pages.box.setText("xylophone")
    qtbot.keyClick(pages.box, Qt.Key.Key_Return)
    assert "nowhere" in pages.answer.text()
    assert pages.text.textCursor().selectedText() == "Takeout"


def test_search_goes_on_from_the_last_page_to_the_first(pages, qtbot):
    pages.open_page("troubleshooting.md")
    pages.box.setText("Five-minute")
    pages.find_next()
    assert pages.contents.currentItem().text() == "Contents"


def test_shift_f1_opens_the_pages_where_they_were_left(open_main, qtbot):
    window = open_main()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    pages = window.actions_.help.pages
    assert pages.isVisible()
    pages.open_page("tags.md")
    pages.close()
    window.actions_.help.guide.trigger()
    assert pages.isVisible()
    assert pages.contents.currentItem().text() == "Tags"
    pages.close()


def test_links_are_coloured_for_the_theme_of_the_moment(pages, qapp):
    def colours():
        found, block = set(), pages.text.document().begin()
        while block.isValid():
            found |= {part.format.foreground().color().name() for part in block.textFormats() if part.format.isAnchor()}
            block = block.next()
        return found

    try:
        for theme in ("dark", "light"):
            apply_theme(qapp, theme)
            QApplication.sendPostedEvents()
            assert colours() == {QColor(qapp.palette().color(QPalette.ColorRole.Link)).name()}
    finally:
        apply_theme(qapp, "system")
