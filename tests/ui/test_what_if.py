"""What an edit would gain and lose is told before it counts, in the real window, and comes true when it is kept."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from clipsorter.settings import load_settings
from clipsorter.sorting.category import Category
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.foretold import Foretold, standing
from clipsorter.ui.photo_table import State
from tests.ui.test_window import WAIT_MS, answer, row_of, wait_for_end

SHARED = Path(__file__).parents[3] / "shared" / "photos" / "imagenet"


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.restore("cats\ncoffee\nelephants\n", "")
    wait_for_end(qtbot, window, 4)
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.SURE, "cats"), timeout=WAIT_MS)
    return window


@pytest.fixture
def told(window):
    """Return all that was told of the editor's fields, newest last."""
    told = []
    window.outlooks.editor._what_if.told.connect(lambda foretold, supposed: told.append((foretold, supposed)))
    return told


def edit(window, name):
    window.panel.list.choose(name)
    window.panel.edit.trigger()
    return window.panel.editor


def words(window, place="editor"):
    said = getattr(window.outlooks, place).words
    return said.words.text() if said.isVisible() else ""


def words_of(outlook):
    return outlook.words.words.text()


def wait_for_words(qtbot, window, text, place="editor"):
    qtbot.waitUntil(lambda: text in words(window, place), timeout=WAIT_MS)


def test_prompts_are_told_before_they_count_and_cancel_leaves_all_as_it_was(window, qtbot):
    before = window.categories.entries, window.photos.table.question, load_settings(), window.undo_stack.count()
    answers = [answer(window, photo.path.name) for photo in window.photos.table.photos]
    editor = edit(window, "cats")
    assert words(window) == ""
    qtbot.keyClicks(editor.prompts, "a photo of a spoon")
    wait_for_words(qtbot, window, "“cats” would lose 1.")
    line = window.outlooks.editor.words
    assert [picture.accessibleName() for picture in line.lost.pictures if picture.isVisible()] == ["chelsea.png"]
    qtbot.waitUntil(lambda: not line.lost.pictures[0].pixmap().isNull(), timeout=WAIT_MS)
    assert "now: cats" in line.lost.pictures[0].toolTip()
    assert not line.gained.isVisible()
    qtbot.keyClick(editor.prompts, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    QApplication.processEvents()
    assert (
        window.categories.entries,
        window.photos.table.question,
        load_settings(),
        window.undo_stack.count(),
    ) == before
    assert [answer(window, photo.path.name) for photo in window.photos.table.photos] == answers
    edit(window, "cats")
    assert editor.prompts.toPlainText() == ""
    assert words(window) == ""


def test_name_that_is_edited_in_the_list_is_told_before_it_counts(window, qtbot):
    view = window.panel.list
    view.choose("cats")
    window.panel.rename.trigger()
    field = view.findChild(QLineEdit)
    qtbot.keyClicks(field, "spoons")
    wait_for_words(qtbot, window, "“spoons” would lose 1.", "renaming")
    assert answer(window, "chelsea.png") == (State.SURE, "cats")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: words(window, "renaming") == "", timeout=WAIT_MS)
    assert [entry.name for entry in window.categories.entries] == ["cats", "coffee", "elephants"]
    window.panel.rename.trigger()
    field = view.findChildren(QLineEdit)[-1]
    qtbot.keyClicks(field, "coffee")  # a name that is there
    qtbot.keyClicks(field, " spoons")
    wait_for_words(qtbot, window, "“coffee spoons”", "renaming")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.categories.entries[0].name == "coffee spoons", timeout=WAIT_MS)
    assert words(window, "renaming") == ""


def test_keep_makes_it_count_as_one_edit(window, qtbot):
    editor = edit(window, "cats")
    editor.prompts.setPlainText("a cup")
    wait_for_words(qtbot, window, "“cats” would")
    qtbot.keyClick(editor.prompts, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()
    assert window.categories.categories()[0] == Category("cats", ("a cup",))
    qtbot.waitUntil(lambda: answer(window, "chelsea.png")[1] != "cats", timeout=WAIT_MS)
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.SURE, "cats"), timeout=WAIT_MS)


def test_threshold_and_switch_are_told(window, qtbot):
    editor = edit(window, "cats")
    editor.as_all.setChecked(False)
    editor.slider.setValue(100)
    wait_for_words(qtbot, window, "“cats” would lose 1.\nElsewhere: unsure +1.")
    editor.slider.setValue(0)
    qtbot.waitUntil(lambda: words(window) != "" and "lose" not in words(window), timeout=WAIT_MS)
    editor.as_all.setChecked(True)
    assert words(window) == ""
    editor.is_on.setChecked(False)
    wait_for_words(qtbot, window, "“cats” would lose 1.")


def test_words_that_the_model_does_not_know_are_named(window, qtbot):
    editor = edit(window, "cats")
    editor.prompts.setPlainText("xqzvw\na cat")
    wait_for_words(qtbot, window, "does not know “xqzvw”; it would look for the rest")
    editor.prompts.setPlainText("xqzvw")
    wait_for_words(qtbot, window, "does not know “xqzvw”, so nothing would be put there")
    assert "“cats” would lose 1" in words(window)
    editor.prompts.setPlainText("kitten")
    wait_for_words(qtbot, window, "No photo would go elsewhere.")
    assert "know" not in words(window)


def test_decisions_are_neither_gained_nor_lost_and_a_new_name_is_the_same_category(window, qtbot):
    window.review.put([row_of(window, "chelsea.png")], "cats")
    editor = edit(window, "cats")
    editor.prompts.setPlainText("a photo of a spoon")
    wait_for_words(qtbot, window, "No photo would go elsewhere.")
    editor.cancel.click()
    editor = edit(window, "coffee")
    qtbot.keyClicks(editor.name, "s")
    editor.prompts.setPlainText("coffee")
    wait_for_words(qtbot, window, "No photo would go elsewhere.")


def test_only_the_newest_is_told(window, qtbot, told):
    editor = edit(window, "cats")
    editor.prompts.setPlainText("a photo of a spoon")
    window.outlooks.editor._what_if._ask()  # the pause is over, and the worker has it
    editor.prompts.setPlainText("kitten")
    wait_for_words(qtbot, window, "No photo would go elsewhere.")
    assert all(not foretold.changes() for foretold, _ in told)
    editor.prompts.setPlainText("a photo of a spoon")
    window.outlooks.editor._what_if._ask()
    count = len(told)
    editor.cancel.click()
    editor = edit(window, "cats")
    editor.prompts.setPlainText("kitten")
    wait_for_words(qtbot, window, "No photo would go elsewhere.")
    assert all(not foretold.changes() for foretold, _ in told[count:])


def test_another_folder_is_told_of_when_it_is_looked_at(window, qtbot, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(window.folder / "chelsea.png", other / "a.png")
    shutil.copy(window.folder / "chelsea.png", other / "b.png")
    editor = edit(window, "cats")
    editor.prompts.setPlainText("a photo of a spoon")
    wait_for_words(qtbot, window, "would lose 1.")
    window.open_folder(other)
    wait_for_words(qtbot, window, "would lose 2.")


def test_folder_that_is_being_looked_at_is_told_of_so_far_and_then_in_full(window, qtbot, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with Image.open(window.folder / "chelsea.png") as cat:
        for number in range(40):
            cat.convert("RGB").crop((number, 0, 400, 300)).save(other / f"{number:02}.png")
    told = []
    editor, session, says = edit(window, "cats"), window.session, window.outlooks.editor
    says._what_if.told.connect(lambda _, supposed: told.append((session.is_busy, len(supposed.rows), words_of(says))))
    editor.prompts.setPlainText("a photo of a spoon")
    wait_for_words(qtbot, window, "would lose 1.")
    told.clear()
    window.open_folder(other)
    qtbot.waitUntil(lambda: bool(told) and not told[-1][0] and told[-1][1] == 40, timeout=WAIT_MS)
    assert told[-1][2] == words(window)
    assert "so far" not in words(window)
    for is_busy, count, said in told:
        assert f"looked at so far: {count}." in said or not count or not is_busy


def test_folder_without_photos_is_said(open_main, tmp_path, qtbot):
    window = open_main(tmp_path)
    window.categories.restore("cats\n", "")
    editor = edit(window, "cats")
    editor.prompts.setPlainText("kitten")
    wait_for_words(qtbot, window, "No photo is looked at yet")


def test_line_that_adds_tells_what_comes_and_what_is_unknown(window, qtbot):
    window.panel.line.setFocus()
    qtbot.keyClicks(window.panel.line, "kitten @0%, xqzvw")
    wait_for_words(qtbot, window, "does not know “xqzvw”", place="adding")
    before = standing(window.photos.table)
    qtbot.keyClick(window.panel.line, Qt.Key.Key_Return)
    assert words(window, "adding") == ""
    qtbot.waitUntil(lambda: "xqzvw" in window.photos.table.names, timeout=WAIT_MS)
    assert Foretold(before, standing(window.photos.table), {}).changes().get("xqzvw") is None
    qtbot.keyClicks(window.panel.line, "cats")
    QApplication.processEvents()
    assert words(window, "adding") == ""


def test_change_that_is_open_is_not_left_for_another_category(window, qtbot):
    editor = edit(window, "cats")
    editor.prompts.setPlainText("kitten")
    edit(window, "coffee")
    assert editor.path == "cats"
    assert "first" in editor.message.text()
    editor.keep.click()
    edit(window, "coffee")
    assert editor.path == "coffee"
    assert window.categories.lines()[0] == "cats = kitten"


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared/photos")
def test_what_is_told_of_many_photos_comes_true(open_main, tmp_path, qtbot):
    folder = tmp_path / "many"
    folder.mkdir()
    for number, photo in enumerate(sorted(SHARED.glob("*.JPEG"))[::2]):
        shutil.copy(photo, folder / f"{number:03}.jpg")
    count = len(list(folder.iterdir()))
    window = open_main(folder)
    window.categories.restore("dogs\nanimals\nbirds\nvehicles\nfood\n", "")
    wait_for_end(qtbot, window, count)
    qtbot.waitUntil(lambda: len(window.photos.table.names) == 5, timeout=WAIT_MS)
    window.review.put([0, 1, 2], "food")
    qtbot.waitUntil(lambda: window.categories.index_of("food").data(CategoryRole.EXAMPLES) == 3, timeout=WAIT_MS)
    told, table = [], window.photos.table
    window.outlooks.editor._what_if.told.connect(
        lambda foretold, _: told.append((foretold.changes(), table.counts().categories))
    )
    editor = edit(window, "animals")
    for prompts in ("fish | cats | snakes", "machines"):
        told.clear()
        editor.prompts.setPlainText(prompts)
        qtbot.waitUntil(lambda: any(foretold for foretold, _ in told), timeout=WAIT_MS)
        question, (foretold, before) = window.photos.table.question, told[-1]
        editor.keep.click()
        qtbot.waitUntil(lambda: window.photos.table.question > question, timeout=WAIT_MS)  # noqa: B023
        after = window.photos.table.counts().categories
        for name in {*before, *after}:
            gained, lost = foretold.get(name, (0, 0))
            assert after.get(name, (0, 0))[0] - before.get(name, (0, 0))[0] == gained - lost
        edit(window, "animals")


def test_category_that_is_deleted_in_the_list_is_followed_by_a_word_and_a_way_back(window, qtbot):
    window.panel.list.choose("cats")
    window.panel.delete.trigger()
    qtbot.waitUntil(lambda: "“cats”" in window.notices.text, timeout=WAIT_MS)
    assert "(photos: 1). Elsewhere: unsure +1." in window.notices.text
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    assert window.categories.lines() == ["cats", "coffee", "elephants"]
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.SURE, "cats"), timeout=WAIT_MS)
    assert not window.notices.isVisible()


def test_nothing_is_said_of_a_removal_without_photos_or_by_an_undo(window, qtbot):
    window.categories.remove("elephants")
    qtbot.waitUntil(lambda: "elephants" not in window.photos.table.names, timeout=WAIT_MS)
    assert not window.notices.isVisible()
    window.categories.replace_all([Category("coffee"), Category("tea")], "x")
    qtbot.waitUntil(lambda: "tea" in window.photos.table.names, timeout=WAIT_MS)
    assert not window.notices.isVisible()
    window.categories.add(["cats"])
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.SURE, "cats"), timeout=WAIT_MS)
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: "cats" not in window.photos.table.names, timeout=WAIT_MS)
    assert not window.notices.isVisible()
