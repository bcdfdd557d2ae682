"""Ten quick questions in the real window, with the real starter, by keys; and how right a category is in its panel."""

import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image
from PySide6.QtCore import Qt

from clipsorter import paths
from clipsorter.sorting.confidence import Evidence
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.photo_table import State
from clipsorter.ui.verdict_page import VerdictPage
from tests.ui.test_window import WAIT_MS, row_of, wait_for_end

CATS, CUPS = 14, 6
Key = Qt.Key


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw many cuts of a cat, some of a cup of coffee, and one rocket."""
    folder = tmp_path_factory.mktemp("drawn")
    pictures = Path(skimage.__file__).with_name("data")
    for name, title, count in (("chelsea.png", "cat", CATS), ("coffee.png", "cup", CUPS), ("rocket.jpg", "rocket", 1)):
        picture = Image.open(pictures / name).convert("RGB")
        width, height = picture.size
        for number in range(count):
            inset = 8 * number
            picture.crop((inset, inset // 2, width - inset, height)).save(folder / f"{title}{number:02}.png")
    return folder


@pytest.fixture
def photos(drawn, tmp_path):
    return shutil.copytree(drawn, tmp_path / "photos")


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.restore("cats\ncoffee\n", "")
    wait_for_end(qtbot, window, CATS + CUPS + 1)
    qtbot.waitUntil(lambda: set(window.photos.table.names) == {"cats", "coffee"}, timeout=WAIT_MS)
    return window


def begin(qtbot, window, category="cats"):
    window.panel.list.choose(category)
    window.panel.ask.trigger()
    dialog = window.actions_.questions.dialog
    wait_for_photo(qtbot, dialog)
    return dialog


def wait_for_photo(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1 or not dialog.picture.image.isNull(), timeout=WAIT_MS)


def press(qtbot, dialog, key):
    """Press a key, and wait for the next photo; return the name of the one that was asked about."""
    name = dialog.picture.photo.path.name
    qtbot.keyClick(dialog.picture, key)
    wait_for_photo(qtbot, dialog)
    return name


def answer_all(qtbot, dialog):
    """Answer as it is, until there is no question left; return what was asked about."""
    asked = []
    while dialog.pages.currentIndex() == 0:
        is_cat = dialog.picture.photo.path.name.startswith("cat")
        asked.append(press(qtbot, dialog, Key.Key_Y if is_cat else Key.Key_N))
    return asked


def wait_for_verdict(qtbot, dialog):
    qtbot.waitUntil(lambda: "Working out" not in dialog.verdict.result.text(), timeout=WAIT_MS)
    return dialog.verdict.result.text()


def kept():
    """Return what is in the database: photo, category, and whether it belongs there."""
    with sqlite3.connect(paths.decisions_file()) as connection:
        rows = connection.execute("SELECT path, category, is_positive FROM labels JOIN photos USING (photo_id)")
        found = {(Path(path.decode()).name, category, bool(yes)) for path, category, yes in rows}
    connection.close()
    return found


def test_ten_answers_by_keys_are_decisions_and_a_threshold_follows(window, qtbot):
    dialog = begin(qtbot, window)
    assert "cats" in dialog.question.text()
    assert dialog.progress.text() == "1 of 10"
    asked = answer_all(qtbot, dialog)
    assert len(set(asked)) == 10
    result = wait_for_verdict(qtbot, dialog)
    qtbot.waitUntil(lambda: kept() == {(name, "cats", name.startswith("cat")) for name in asked}, timeout=WAIT_MS)
    cats = sum(name.startswith("cat") for name in asked)
    assert f"among what you decided: {cats} of {cats}." in result
    assert f"Answered: {cats} yes, {10 - cats} no" in dialog.verdict.said.text()
    threshold = dialog.verdict.threshold
    before = window.undo_stack.index()
    dialog.verdict.take.click()
    assert window.categories.entry("cats").category.threshold == threshold
    assert not dialog.verdict.take.isEnabled()
    assert window.undo_stack.index() == before + 1
    window.undo_stack.undo()
    assert window.categories.entry("cats").category.threshold is None
    assert dialog.verdict.take.isEnabled()
    dialog.verdict.more.click()
    wait_for_photo(qtbot, dialog)
    assert dialog.pages.currentIndex() == 0
    assert {window.photos.photo(row).path.name for row in dialog._rows}.isdisjoint(asked)


def test_answers_are_taken_back_one_at_a_time_by_backspace_and_by_undo(window, qtbot):
    dialog = begin(qtbot, window)
    first = press(qtbot, dialog, Key.Key_Right)
    second = press(qtbot, dialog, Key.Key_Left)
    assert dialog.progress.text() == "3 of 10"
    press(qtbot, dialog, Key.Key_Backspace)
    assert dialog.progress.text() == "2 of 10"
    assert dialog.picture.photo.path.name == second
    qtbot.waitUntil(lambda: kept() == {(first, "cats", True)}, timeout=WAIT_MS)
    qtbot.keyClick(dialog.picture, Key.Key_Escape)
    assert dialog.pages.currentIndex() == 1
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()
    assert window.photos.table.state(row_of(window, first)) is State.BY_YOU
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: kept() == set(), timeout=WAIT_MS)


def test_space_says_nothing_and_escape_without_an_answer_closes(window, qtbot):
    dialog = begin(qtbot, window)
    press(qtbot, dialog, Key.Key_Space)
    assert dialog.progress.text() == "2 of 10"
    qtbot.keyClick(dialog.picture, Key.Key_Escape)
    assert not dialog.isVisible()
    assert kept() == set()
    assert window.undo_stack.count() == 0


def test_wrong_answers_leave_no_threshold_and_that_is_said(window, qtbot):
    dialog = begin(qtbot, window)
    while dialog.pages.currentIndex() == 0:
        press(qtbot, dialog, Key.Key_N)
    result = wait_for_verdict(qtbot, dialog)
    assert dialog.verdict.threshold is None
    assert not dialog.verdict.take.isVisible()
    assert "No threshold" in result or "Nothing follows" in result


def test_decided_photos_are_not_asked_about_and_the_end_is_said(window, qtbot):
    cats = [row_of(window, f"cat{number:02}.png") for number in range(CATS)]
    window.review.put(cats, "cats")
    window.review.put([row_of(window, "rocket00.png")], "coffee")
    window.review.put([row_of(window, f"cup{number:02}.png") for number in range(CUPS)], "coffee")
    window.panel.list.choose("cats")
    window.panel.ask.trigger()
    dialog = window.actions_.questions.dialog
    qtbot.waitUntil(lambda: dialog.pages.currentIndex() == 1, timeout=WAIT_MS)
    wait_for_verdict(qtbot, dialog)
    assert "nothing to ask" in dialog.verdict.said.text()
    assert dialog.verdict.threshold is not None


@pytest.mark.parametrize("by", ["removal", "switch", "folder", "window"])
def test_dialog_closes_when_there_is_nothing_to_ask_about_any_more(window, qtbot, tmp_path, by):
    dialog = begin(qtbot, window)
    press(qtbot, dialog, Key.Key_Y)
    if by == "removal":
        window.categories.remove("cats")
    elif by == "switch":
        window.panel.list.choose("cats")
        window.panel.switch.trigger()
    elif by == "folder":
        (tmp_path / "empty").mkdir()
        window.open_folder(tmp_path / "empty")
    else:
        window.close()
    assert not dialog.isVisible()


def test_what_has_no_question_is_said_in_the_window(window, qtbot):
    window.panel.clear_choice()
    window.panel.ask.trigger()
    assert "Choose the category" in window.notices.text
    window.panel.list.choose("coffee")
    window.panel.switch.trigger()
    window.panel.ask.trigger()
    assert "switched off" in window.notices.text
    assert window.actions_.questions.dialog is None


def test_photo_that_is_gone_can_only_be_passed_over(window, photos, qtbot):
    dialog = begin(qtbot, window)
    gone = dialog._rows[1:]
    for row in gone:
        window.photos.photo(row).path.unlink()
    window.thumbnails._kept.clear()
    window.reader._kept.clear()
    qtbot.keyClick(dialog.picture, Key.Key_Space)
    qtbot.waitUntil(lambda: not dialog.picture.is_reading, timeout=WAIT_MS)
    assert dialog.picture.image.isNull()
    qtbot.keyClick(dialog.picture, Key.Key_Y)
    assert dialog.progress.text() == "2 of 10"
    assert not dialog.yes.isEnabled()
    dialog.skip.click()
    assert dialog.progress.text() == "3 of 10"


def test_the_way_back_leads_past_a_photo_that_left_meanwhile(window, qtbot):
    dialog = begin(qtbot, window)
    press(qtbot, dialog, Key.Key_Space)
    window.photos.lose(np.array(dialog._rows[2:3]))
    second = press(qtbot, dialog, Key.Key_Space)
    assert dialog.progress.text() == "4 of 10"
    press(qtbot, dialog, Key.Key_Backspace)
    assert (dialog.progress.text(), dialog.picture.photo.path.name) == ("2 of 10", second)


def test_panel_says_how_right_a_category_is_from_eight_decisions_on(window, qtbot):
    index = window.categories.index_of("cats")

    def put(numbers):
        window.review.put([row_of(window, f"cat{number:02}.png") for number in numbers], "cats")

    put(range(4))
    qtbot.waitUntil(lambda: "too few to say" in index.data(Qt.ItemDataRole.ToolTipRole), timeout=WAIT_MS)
    assert index.data(CategoryRole.PRECISION) is None
    put(range(4, 11))
    window.review.put([row_of(window, "cat11.png")], "coffee")
    qtbot.waitUntil(lambda: index.data(CategoryRole.PRECISION) is not None, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: index.data(CategoryRole.PRECISION).count == 12, timeout=WAIT_MS)
    assert index.data(CategoryRole.PRECISION).right == 11
    assert "11 of 12" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "92 %" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_preview_says_when_percentages_are_fitted_to_decisions(window, qtbot):
    window.grid.choose(row_of(window, "rocket00.png"))
    bars = window.preview._bars
    assert "fitted" not in bars.toolTip()
    window.review.put([row_of(window, f"cat{number:02}.png") for number in range(CATS)], "cats")
    window.review.put([row_of(window, f"cup{number:02}.png") for number in range(CUPS)], "coffee")
    qtbot.waitUntil(lambda: f"your {CATS + CUPS} decisions" in bars.toolTip(), timeout=WAIT_MS)
    window.panel.list.choose("cats")
    window.panel.forget.trigger()
    qtbot.waitUntil(lambda: "fitted" not in bars.toolTip(), timeout=WAIT_MS)


@pytest.fixture
def page(qtbot):
    page = VerdictPage()
    qtbot.addWidget(page)
    page.show_waiting("dogs", [True, False, None])
    return page


def evidence(confidence, is_right, others=()):
    return Evidence(np.array(confidence, np.float32), np.array(is_right, bool), np.array(others, np.float32))


def test_verdict_waits_whatever_is_wished_meanwhile(page):
    page.wishes.button(80).click()
    assert "Working out" in page.result.text()


def test_verdict_gives_threshold_interval_and_photos(page):
    page.show_evidence(evidence([0.9] * 19 + [0.7], [True] * 19 + [False], [0.95, 0.8, 0.6]), None)
    assert page.threshold == pytest.approx(0.7)
    assert "19 of 20" in page.result.text()
    assert "76 to 99 %" in page.result.text()
    assert "2 would surely" in page.result.text()
    page.wishes.button(99).click()
    assert page.threshold == pytest.approx(0.9)
    assert "90 %" in page.take.text()
    page.show_present(0.9)
    assert not page.take.isEnabled()


def test_verdict_says_what_is_too_few_and_what_can_be_had_instead(page):
    page.show_evidence(evidence([0.9, 0.8], [True, True]), None)
    assert "too few to say" in page.result.text()
    page.show_evidence(evidence([0.9] * 10, [True] * 9 + [False]), None)
    assert page.threshold is None
    assert "No threshold gives 95 %" in page.result.text()
    assert "What can be had: 90 %" in page.result.text()
    assert not page.take.isVisibleTo(page)
    page.show_evidence(None, None)
    assert "Nothing follows" in page.result.text()
