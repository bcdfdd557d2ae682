import shutil
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from clipsorter.sorting.checkup import Ambiguous, Overlap, Part
from clipsorter.ui.photo_model import Role

WAIT_MS = 30_000


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw 24 photos: cats, cups and people, each cut a little differently."""
    folder = tmp_path_factory.mktemp("drawn")
    for name, called in (("chelsea.png", "cat"), ("coffee.png", "cup"), ("astronaut.png", "woman")):
        with Image.open(Path(skimage.__file__).with_name("data") / name) as picture:
            whole = picture.convert("RGB")
        for number in range(8):
            whole.crop((3 * number, 2 * number, whole.width, whole.height)).save(folder / f"{called}{number}.png")
    return folder


@pytest.fixture
def photos(drawn, tmp_path):
    return shutil.copytree(drawn, tmp_path / "photos")


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        pass
    return window


def judge_by(window, qtbot, *names):
    question = window.photos.table.question
    window.categories.restore("\n".join(names), "")
    qtbot.waitUntil(lambda: window.photos.table.question > question, timeout=WAIT_MS)


def check(window, qtbot):
    window.actions_.checkup.action.trigger()
    qtbot.waitUntil(window.actions_.checkup.dialog.work.bar.isHidden, timeout=WAIT_MS)
    return window.actions_.checkup.dialog


def titles(dialog):
    return [dialog.findings.list.item(place).text() for place in range(dialog.findings.list.count())]


def press(dialog, title, button):
    """Choose a finding, and press one of its buttons."""
    dialog.findings.list.setCurrentRow(titles(dialog).index(title))
    next(each for each in dialog.findings.buttons if button in each.text()).click()


def names(window):
    return [category.name for category in window.categories.categories()]


def shown(window):
    return sorted(window.photos.index(place).data(Role.PHOTO).path.name for place in range(window.photos.rowCount()))


def row_of(window, name):
    return next(row for row, photo in enumerate(window.photos.table.photos) if photo.path.name == name)


def test_overlap_is_found_merged_and_undone(window, qtbot):
    judge_by(window, qtbot, "cat", "kitty", "coffee", "people")
    dialog = check(window, qtbot)
    (overlap,) = [title for title in titles(dialog) if "overlap" in title]
    assert {"cat", "kitty"} == {overlap.split("“")[i].split("”")[0] for i in (1, 2)}
    dialog.findings.list.setCurrentRow(titles(dialog).index(overlap))
    assert "mean nearly the same" in dialog.findings.sentence.text()
    dialog.findings.buttons[0].click()
    assert len(names(window)) == 3
    (merged,) = [category for category in window.categories.categories() if category.prompts]
    assert set(merged.prompts) == {"a photo of a cat", "a photo of a kitty"}
    qtbot.waitUntil(lambda: overlap not in titles(dialog), timeout=WAIT_MS)
    window.actions_.undo.trigger()
    assert names(window) == ["cat", "kitty", "coffee", "people"]
    qtbot.waitUntil(lambda: overlap in titles(dialog), timeout=WAIT_MS)


def test_category_without_photos_is_switched_off_and_back(window, qtbot):
    judge_by(window, qtbot, "cat", "coffee", "people", "elephant")
    dialog = check(window, qtbot)
    assert "“elephant” has no photo" in titles(dialog)
    press(dialog, "“elephant” has no photo", "off")
    assert "elephant" not in names(window)
    window.actions_.undo.trigger()
    assert "elephant" in names(window)


def test_mixed_category_is_split_into_subcategories(window, qtbot):
    judge_by(window, qtbot, "things = cat | coffee | people", "rocket")
    dialog = check(window, qtbot)
    press(dialog, "“things” holds different things", "subcategories")
    new = [name for name in names(window) if name.startswith("things/")]
    assert len(new) >= 2
    assert {"things/cat", "things/coffee"} & set(new)
    window.actions_.undo.trigger()
    assert names(window) == ["things", "rocket"]


def test_unknown_word_is_named(window, qtbot):
    judge_by(window, qtbot, "cat", "Xyzzyx")
    assert "“Xyzzyx” means nothing to the model" in titles(check(window, qtbot))


def test_nothing_odd_is_said_as_such(window, qtbot):
    judge_by(window, qtbot, "cat", "coffee", "people")
    dialog = check(window, qtbot)
    assert titles(dialog) == []
    assert "Nothing is odd" in dialog.work.said.text()
    assert "24" in dialog.work.said.text()


def test_findings_are_shown_while_the_check_goes_on(window, qtbot):
    judge_by(window, qtbot, "cat", "kitty", "coffee", "things = cat | coffee | people", "Xyzzyx")
    window.actions_.checkup.show()
    dialog, is_over = window.actions_.checkup.dialog, []
    dialog.findings.list.model().rowsInserted.connect(lambda: is_over.append(dialog.work.bar.isHidden()))
    assert not dialog.work.bar.isHidden()
    assert dialog.findings.note.isVisible()
    assert not dialog.findings.list.isVisible()
    assert dialog.extremes.category.count() == 5  # what needs no check is there at once
    qtbot.waitUntil(dialog.work.bar.isHidden, timeout=WAIT_MS)
    assert dialog.findings.list.isVisible()
    assert not dialog.findings.note.isVisible()
    assert len(titles(dialog)) == len(is_over) > 1  # each was put there once
    assert not any(is_over)


def test_narrower_category_is_put_below_the_wider_one_first(window, qtbot):
    judge_by(window, qtbot, "animals", "cat", "coffee", "people")
    found = Overlap("animals", "cat", 0.6, 7, 8, is_of_other=True, photos=np.array([row_of(window, "cat0.png")]))
    check(window, qtbot)
    texts = [remedy.text for remedy in window.actions_.checkup.remedies(found)]
    assert texts[:2] == ["Put “cat” below “animals”", "Merge into “animals”"]
    window.actions_.checkup.remedies(found)[0].act()
    assert names(window) == ["animals", "animals/cat", "coffee", "people"]


def test_meanings_of_a_name_can_be_chosen_or_kept_apart_and_undone(window, qtbot):
    judge_by(window, qtbot, "crane", "coffee", "people")
    dialog = check(window, qtbot)
    rows = [np.array([row_of(window, name)]) for name in ("cat0.png", "cup0.png")]
    parts = (Part("crane bird", rows[0]), Part("construction crane", rows[1]))
    dialog.findings.show_findings([Ambiguous("crane", 16, parts)])
    assert titles(dialog) == ["“crane” has more than one meaning"]
    assert "crane bird (1), construction crane (1)" in dialog.findings.sentence.text()
    assert sorted(dialog.findings.strip.rows()) == sorted(row for (row,) in rows)
    press(dialog, "“crane” has more than one meaning", "construction crane")
    assert window.categories.categories()[0].prompts == ("construction crane",)
    window.actions_.undo.trigger()
    assert window.categories.categories()[0].prompts == ()
    qtbot.waitUntil(dialog.work.bar.isHidden, timeout=WAIT_MS)
    dialog.findings.show_findings([Ambiguous("crane", 16, parts)])
    press(dialog, "“crane” has more than one meaning", "subcategories")
    assert {"crane/crane bird", "crane/construction crane"} <= set(names(window))
    window.actions_.undo.trigger()
    assert names(window) == ["crane", "coffee", "people"]


def test_without_categories_there_is_nothing_to_check(window, qtbot):
    dialog = check(window, qtbot)
    assert "nothing to check" in dialog.work.said.text()


def test_best_and_worst_photos_of_a_category_are_shown_and_refused(window, qtbot):
    judge_by(window, qtbot, "cat", "coffee", "people")
    dialog = check(window, qtbot)
    dialog.pages.setCurrentWidget(dialog.extremes)
    dialog.extremes.category.setCurrentText("cat")
    table, page = window.photos.table, dialog.extremes
    rows = page.surest.rows()
    assert 0 < len(rows) <= 8
    assert all(table.photos[row].path.name.startswith("cat") for row in rows)
    shares = [table.best(row)[1] for row in rows]
    assert shares == sorted(shares, reverse=True)
    assert page.surest.isVisible()
    assert not page.least_sure.isVisible()  # fewer than ten are sure: no empty frame
    page.surest.itemActivated.emit(page.surest.item(2))
    assert window.grid.current_row() == rows[2]
    page.surest.setCurrentRow(0)
    page.surest.setFocus()
    qtbot.keyClick(page.surest, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: rows[0] not in page.surest.rows(), timeout=WAIT_MS)
    window.actions_.undo.trigger()
    qtbot.waitUntil(lambda: rows[0] in page.surest.rows(), timeout=WAIT_MS)


def test_confusion_shows_decisions_beside_answers_and_its_photos_in_the_grid(window, qtbot):
    judge_by(window, qtbot, "cat", "coffee", "people")
    for name, category in (("cat0.png", "cat"), ("cat1.png", "cat"), ("cup0.png", "coffee"), ("cup1.png", "people")):
        window.review.put([row_of(window, name)], category)
    dialog = check(window, qtbot)
    dialog.pages.setCurrentWidget(dialog.confusion)
    model = dialog.confusion.model
    columns = [model.headerData(each, Qt.Orientation.Horizontal) for each in range(model.columnCount())]
    rows = [model.headerData(each, Qt.Orientation.Vertical) for each in range(model.rowCount())]
    assert rows == ["cat", "coffee", "people"]
    assert columns == ["cat", "coffee", "people", "unsure"]

    def number(row, column):
        return model.index(rows.index(row), columns.index(column)).data()

    assert number("cat", "cat") == "2"
    assert number("people", "people") == ""
    assert number("people", "coffee") == "1"  # without the decision itself, a cup of coffee
    assert "Too few" in dialog.confusion.said.text()
    index = model.index(rows.index("people"), columns.index("coffee"))
    place = dialog.confusion.table.visualRect(index).center()
    qtbot.mouseClick(dialog.confusion.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert shown(window) == ["cup1.png"]
    assert "coffee" in window.search.heading.findChildren(type(window.search.words))[0].text()
    window.actions_.back.trigger()
    assert len(shown(window)) == 24
    dialog.confusion.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "decided,cat,coffee,people,unsure"
    assert lines[3] == "people,0,1,0,0"


def test_without_decisions_the_confusion_says_so(window, qtbot):
    judge_by(window, qtbot, "cat", "coffee")
    dialog = check(window, qtbot)
    dialog.pages.setCurrentWidget(dialog.confusion)
    assert not dialog.confusion.table.isVisible()
    assert "nothing yet" in dialog.confusion.said.text()


def test_other_folder_closes_the_dialog(window, qtbot, tmp_path):
    judge_by(window, qtbot, "cat", "coffee")
    check(window, qtbot)
    (tmp_path / "other").mkdir()
    shutil.copy(Path(skimage.__file__).with_name("data") / "rocket.jpg", tmp_path / "other")
    with qtbot.waitSignal(window.session.ended, timeout=60_000):
        window.open_folder(tmp_path / "other")
    assert window.actions_.checkup.dialog is None
