"""Teaching in the real window, with the real starter: by decision, by drop, by what a photo is not, and why."""

import shutil
from pathlib import Path

import pytest
import skimage
from PIL import Image

from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.photo_table import State
from tests.ui.test_categories import drop, middle_of
from tests.ui.test_ten_questions import kept
from tests.ui.test_window import WAIT_MS, answer, row_of, wait_for_end


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw three cuts of a cat and three of a cup of coffee."""
    folder = tmp_path_factory.mktemp("drawn")
    for name, title in (("chelsea.png", "cat"), ("coffee.png", "cup")):
        picture = Image.open(Path(skimage.__file__).with_name("data") / name)
        width, height = picture.size
        for number, inset in enumerate((0, 20, 40)):
            picture.crop((inset, inset // 2, width - inset, height)).save(folder / f"{title}{number}.png")
    return folder


@pytest.fixture
def photos(drawn, tmp_path):
    return shutil.copytree(drawn, tmp_path / "photos")


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.restore("Mizzo\nKaffka\n", "")
    wait_for_end(qtbot, window, 6)
    return window


def wait_for(qtbot, window, name, *expected):
    qtbot.waitUntil(lambda: answer(window, name) == expected, timeout=WAIT_MS)


def put(window, name, category):
    window.review.put([row_of(window, name)], category)


def test_made_up_names_are_learned_by_decision_and_that_is_undone(window, qtbot):
    index = window.categories.index_of("Mizzo")
    qtbot.waitUntil(lambda: index.data(CategoryRole.IS_UNKNOWN), timeout=WAIT_MS)
    put(window, "cat0.png", "Mizzo")
    put(window, "cup0.png", "Kaffka")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    wait_for(qtbot, window, "cup1.png", State.SURE, "Kaffka")
    assert answer(window, "cat0.png") == (State.BY_YOU, "Mizzo")
    qtbot.waitUntil(lambda: index.data(CategoryRole.EXAMPLES) == 1, timeout=WAIT_MS)
    assert not index.data(CategoryRole.IS_UNKNOWN)
    window.undo_stack.undo()
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: answer(window, "cat2.png")[0] == State.UNSURE, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: index.data(CategoryRole.IS_UNKNOWN), timeout=WAIT_MS)


def test_once_something_is_taught_photos_are_shelved_for_the_next_decision(window, qtbot):
    worker = window.session.worker
    assert not worker.shelf.is_due
    put(window, "cat0.png", "Mizzo")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    qtbot.waitUntil(lambda: not worker.shelf.is_due, timeout=WAIT_MS)
    shelf = worker.shelf.filled(worker.loader.model.encoder, worker.folder.vectors)
    assert len(shelf) == len(worker.folder.vectors.rows) == 6


def test_photos_that_are_dropped_on_a_category_teach_it(window, photos, qtbot):
    assert drop(window, [photos / "cat0.png"], middle_of(window, "Mizzo"))
    assert drop(window, [photos / "cup0.png"], middle_of(window, "Kaffka"))
    wait_for(qtbot, window, "cat1.png", State.SURE, "Mizzo")
    wait_for(qtbot, window, "cup2.png", State.SURE, "Kaffka")


def test_preview_says_why_with_the_examples(window, qtbot):
    put(window, "cat0.png", "Mizzo")
    put(window, "cup0.png", "Kaffka")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    window.grid.choose(row_of(window, "cat2.png"))
    why = window.preview.why
    qtbot.waitUntil(lambda: why.isVisible() and not why.examples.pictures[0].pixmap().isNull(), timeout=WAIT_MS)
    assert "like these" in why.words.text()
    assert why.examples.pictures[0].accessibleName() == "cat0.png"
    assert not why.examples.pictures[1].isVisible()
    window.categories.restore("cats\ncoffee\n", "")
    wait_for(qtbot, window, "cat2.png", State.SURE, "cats")
    qtbot.waitUntil(lambda: "words" in why.words.text(), timeout=WAIT_MS)
    assert not why.examples.pictures[0].isVisible()


def test_no_reason_is_given_where_no_category_fits(window, photos, qtbot):
    Image.open(Path(skimage.__file__).with_name("data") / "rocket.jpg").save(photos / "rocket.jpg")
    window.categories.restore("cats\ncoffee\n", "")
    window.rescan()
    wait_for_end(qtbot, window, 7)
    wait_for(qtbot, window, "cat2.png", State.SURE, "cats")
    window.grid.choose(row_of(window, "cat2.png"))
    qtbot.waitUntil(window.preview.why.isVisible, timeout=WAIT_MS)
    with qtbot.assertNotEmitted(window.preview.why.wanted):
        window.grid.choose(row_of(window, "rocket.jpg"))
    assert window.photos.describe(row_of(window, "rocket.jpg")) == "Unsure: no category fits"
    assert not window.preview.why.isVisible()


def test_examples_of_another_folder_count(window, photos, tmp_path, qtbot):
    put(window, "cat0.png", "Mizzo")
    put(window, "cup0.png", "Kaffka")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    other = tmp_path / "other"
    other.mkdir()
    Image.open(photos / "cat1.png").transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(other / "flipped.png")
    window.open_folder(other)
    wait_for_end(qtbot, window, 1)
    wait_for(qtbot, window, "flipped.png", State.SURE, "Mizzo")


def test_what_was_taught_counts_at_the_next_start(window, open_main, photos, qtbot):
    put(window, "cat0.png", "Mizzo")
    put(window, "cup0.png", "Kaffka")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    window.close()
    again = open_main(photos)
    wait_for_end(qtbot, again, 6)
    wait_for(qtbot, again, "cat2.png", State.SURE, "Mizzo")


def test_not_this_takes_a_photo_out_and_is_undone(window, qtbot):
    window.categories.restore("cats\ncoffee\n", "")
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    window.grid.choose(row_of(window, "cat0.png"))
    window.actions_.photo.refuse.trigger()
    qtbot.waitUntil(lambda: answer(window, "cat0.png")[0] == State.UNSURE, timeout=WAIT_MS)
    window.undo_stack.undo()
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")


def test_not_this_takes_back_what_was_given_by_hand(window, qtbot):
    window.categories.restore("cats\ncoffee\n", "")
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    put(window, "cat0.png", "coffee")
    window.grid.choose(row_of(window, "cat0.png"))
    window.review.refuse()
    assert window.photos.table.label(row_of(window, "cat0.png")) is None
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    window.undo_stack.undo()
    assert answer(window, "cat0.png") == (State.BY_YOU, "coffee")


def test_a_category_that_is_given_outranks_that_it_was_refused_until_it_is_taken_back(window, qtbot):
    window.categories.restore("cats\ncoffee\n", "")
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    row = row_of(window, "cat0.png")
    judge = window.session.worker.judge
    window.grid.choose(row)
    window.review.refuse()
    qtbot.waitUntil(lambda: judge.refused.get(row) == {"cats"}, timeout=WAIT_MS)
    put(window, "cat0.png", "cats")
    qtbot.waitUntil(lambda: not judge.refused[row] and kept() == {("cat0.png", "cats", True)}, timeout=WAIT_MS)
    put(window, "cat0.png", "coffee")
    refused = ("cat0.png", "cats", False)
    qtbot.waitUntil(lambda: kept() == {("cat0.png", "coffee", True), refused}, timeout=WAIT_MS)
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: not judge.refused[row] and kept() == {("cat0.png", "cats", True)}, timeout=WAIT_MS)
    window.undo_stack.undo()
    qtbot.waitUntil(lambda: judge.refused[row] == {"cats"} and kept() == {refused}, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: answer(window, "cat0.png")[0] == State.UNSURE, timeout=WAIT_MS)
    window.undo_stack.undo()
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    qtbot.waitUntil(lambda: kept() == set(), timeout=WAIT_MS)


def test_examples_of_a_category_are_forgotten_and_come_back(window, qtbot):
    put(window, "cat0.png", "Mizzo")
    put(window, "cup0.png", "Kaffka")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")
    window.panel.list.choose("Mizzo")
    window.panel.forget.trigger()
    qtbot.waitUntil(lambda: answer(window, "cat2.png")[0] == State.UNSURE, timeout=WAIT_MS)
    assert window.photos.table.label(row_of(window, "cat0.png")) is None
    wait_for(qtbot, window, "cup2.png", State.SURE, "Kaffka")
    window.undo_stack.undo()
    assert answer(window, "cat0.png") == (State.BY_YOU, "Mizzo")
    wait_for(qtbot, window, "cat2.png", State.SURE, "Mizzo")


def test_one_correction_of_a_good_word_leaves_the_other_answers(window, qtbot):
    window.categories.restore("cats\ncoffee\n", "")
    wait_for(qtbot, window, "cat0.png", State.SURE, "cats")
    put(window, "cat0.png", "coffee")
    index = window.categories.index_of("coffee")
    qtbot.waitUntil(lambda: index.data(CategoryRole.EXAMPLES) == 1, timeout=WAIT_MS)
    assert answer(window, "cat1.png") == (State.SURE, "cats")
    assert answer(window, "cup1.png") == (State.SURE, "coffee")
