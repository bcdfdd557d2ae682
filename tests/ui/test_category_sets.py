"""Sets of categories, and decisions under names that changed, in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog

from clipsorter.clip.encoder import load_encoder
from clipsorter.paths import resource
from clipsorter.sorting.category import meant_lines, parse_categories, read_set
from clipsorter.ui.photo_table import State
from tests.ui.test_window import WAIT_MS, answer, row_of, wait_for_end

LINES = ["Cats @60% = a cat | a kitten", "#~ Coffee", "Animals/Dogs"]


@pytest.fixture
def window(open_main, photos, qtbot):
    window = open_main(photos)
    window.categories.restore("\n".join(LINES), "")
    wait_for_end(qtbot, window, 4)
    return window


def saved_as(qtbot, window, name):
    window.category_menu.save_as()
    dialog = window.findChild(QInputDialog)
    dialog.setTextValue(name)
    dialog.accept()
    qtbot.waitUntil(lambda: name in window.category_menu.sets, timeout=WAIT_MS)


def actions_of(menu):
    return {action.text(): action for action in menu.actions()}


def test_set_is_saved_and_opened_again_after_a_restart_and_that_can_be_undone(window, open_main, qtbot):
    saved_as(qtbot, window, "R&B trip")
    window.close()
    again = open_main()
    assert again.categories.lines() == LINES
    again.categories.replace_all(read_set("x\n"), "x")
    qtbot.waitUntil(lambda: "R&B trip" in again.category_menu.sets, timeout=WAIT_MS)
    actions_of(again.category_menu.open_menu)["R&&B trip"].trigger()
    assert again.categories.lines() == LINES
    again.review.stack.undo()
    assert again.categories.lines() == ["x"]


def test_set_that_is_deleted_or_replaced_can_be_put_back(window, qtbot):
    sets = window.category_menu
    saved_as(qtbot, window, "mine")
    text = sets.sets["mine"]
    window.categories.remove("Coffee")
    saved_as(qtbot, window, "mine")
    qtbot.waitUntil(lambda: sets.sets["mine"] != text, timeout=WAIT_MS)
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sets.sets["mine"] == text, timeout=WAIT_MS)
    actions_of(sets.delete_menu)["mine"].trigger()
    qtbot.waitUntil(lambda: not sets.sets, timeout=WAIT_MS)
    assert not sets.open_menu.isEnabled()
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sets.sets == {"mine": text}, timeout=WAIT_MS)


def test_exported_file_is_read_by_the_terminal_and_by_the_window(window, tmp_path):
    file = tmp_path / "mine.txt"
    window.category_menu.export_file(file)
    text = file.read_text(encoding="utf-8")
    assert [category.name for category in parse_categories(meant_lines(text))] == ["Cats", "Animals/Dogs"]
    window.categories.replace_all(read_set("x\n"), "x")
    window.category_menu.import_file(file)
    assert window.categories.lines() == LINES


def test_file_that_is_no_set_is_refused_in_a_sentence(window, tmp_path):
    for number, (content, says) in enumerate(
        (
            (b"\xff\xfe\x00", "UTF-8"),
            (b"# nothing\n", "no category"),
            (b"a\nA\n", "twice"),
            (b"a=\n/\n", "no category"),
            (b"x\n" * 600_000, "too large"),
        )
    ):
        file = tmp_path / f"{number}.txt"
        file.write_bytes(content)
        window.category_menu.import_file(file)
        assert says in window.notices.text
        assert str(number) in window.notices.text
    window.category_menu.import_file(tmp_path / "gone.txt")
    assert "can't be read" in window.notices.text
    assert window.categories.lines() == LINES


def test_export_into_a_folder_that_is_gone_is_said(window, tmp_path):
    window.category_menu.export_file(tmp_path / "gone" / "mine.txt")
    assert "can't be written" in window.notices.text


def test_every_starting_set_opens_and_the_starter_knows_all_of_it(window):
    starter = load_encoder("starter")
    actions = window.category_menu.start_menu.actions()
    assert len(actions) == len(list(resource("categories").glob("*.txt"))) == 5
    for action in actions:
        action.trigger()
        categories = window.categories.categories()
        assert categories == read_set(Path(action.data()).read_text(encoding="utf-8"))
        assert starter.unknown(categories) == []


def test_decisions_are_moved_to_a_new_name_when_the_user_says_so(window, open_main, qtbot):
    window.review.put([row_of(window, "chelsea.png"), row_of(window, "coffee.png")], "Cats")
    window.categories.rename("Cats", "Felines")
    qtbot.waitUntil(lambda: "“Cats”: 2" in window.notices.text, timeout=WAIT_MS)
    assert answer(window, "chelsea.png") == (State.BY_YOU, "Cats")
    assert "Felines" in window.notices.button.text()
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: answer(window, "coffee.png") == (State.BY_YOU, "Felines"), timeout=WAIT_MS)
    assert window.photos.table.counts().categories["Felines"] == (2, 2)
    window.close()
    again = open_main()
    wait_for_end(qtbot, again, 4)
    assert answer(again, "chelsea.png") == (State.BY_YOU, "Felines")


def test_rename_that_is_undone_or_without_decisions_offers_nothing(window, qtbot):
    counts = []
    window.session.worker.records.counted.connect(lambda _, count: counts.append(count))
    window.categories.rename("Cats", "Felines")
    qtbot.waitUntil(lambda: counts == [0], timeout=WAIT_MS)
    QApplication.processEvents()
    assert not window.notices.isVisible()
    window.review.stack.undo()
    window.review.put([row_of(window, "chelsea.png")], "Cats")
    window.categories.rename("Cats", "Felines")
    qtbot.waitUntil(window.notices.isVisible, timeout=WAIT_MS)
    window.review.stack.undo()
    assert not window.notices.isVisible()
    assert answer(window, "chelsea.png") == (State.BY_YOU, "Cats")


def test_name_that_is_changed_twice_is_followed_and_a_heading_takes_all_below_it(window, qtbot):
    window.review.put([row_of(window, "chelsea.png")], "Animals/Dogs")
    window.review.put([row_of(window, "coffee.png")], "Cats")
    window.categories.rename("Cats", "Animals/Cats")
    window.categories.rename("Animals", "Pets")
    qtbot.waitUntil(lambda: "names: 2" in window.notices.text, timeout=WAIT_MS)
    qtbot.mouseClick(window.notices.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: answer(window, "chelsea.png") == (State.BY_YOU, "Pets/Dogs"), timeout=WAIT_MS)
    assert answer(window, "coffee.png") == (State.BY_YOU, "Pets/Cats")
