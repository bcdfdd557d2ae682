"""The categories as they are edited, without a window."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt, QUrl
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QAbstractItemModelTester

from clipsorter.errors import UsageError
from clipsorter.sorting.category import Category
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.tally import Tally

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction


@pytest.fixture
def stack(qtbot):
    return QUndoStack()


@pytest.fixture
def model(stack):
    model = CategoryModel(stack)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.add(["dogs", "Rex=a small dog | a dog on a sofa", "cats"])
    yield model
    del tester


@pytest.fixture
def tree(model):
    """Return categories with a heading that is none itself, and one below a category."""
    model.restore("dogs\nAnimals/cats\nfood\nAnimals/birds\nfood/cakes\n", "")
    return model


def outline(model, parent=None):
    """Return the rows as they are shown, two spaces for each step into the tree."""
    lines = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        lines += [index.data(), *(f"  {line}" for line in outline(model, index))]
    return lines


def drop(model, path, row, parent):
    mime = model.mimeData([model.index_of(path)])
    assert model.canDropMimeData(mime, MOVE, row, 0, parent)
    return model.dropMimeData(mime, MOVE, row, 0, parent)


def test_edit_moves_and_removal_are_edits_of_the_question(model, qtbot):
    with qtbot.waitSignal(model.edited):
        assert model.setData(model.index(0), "wolves")
    with qtbot.waitSignal(model.edited):
        assert model.step("wolves", 1)
    with qtbot.waitSignal(model.edited):
        model.remove("cats")
    assert model.lines() == ["Rex = a small dog | a dog on a sofa", "wolves"]


def test_an_edit_names_what_was_added_unless_it_is_much(tree, stack):
    tree.add([" moon", " sun "])
    assert stack.undoText() == "add moon, sun"
    tree.add(f"star {number}" for number in range(9))
    assert stack.undoText() == "add 9 categories"


def test_every_edit_can_be_undone_and_done_again(tree, stack):
    states = [tree.entries]
    dogs = tree.entry("dogs").category
    for edit in (
        lambda: tree.add(["cars", "Animals/fish"]),
        lambda: tree.rename("Animals", "Beasts"),
        lambda: tree.change("dogs", replace(dogs, prompts=("a dog",), threshold=0.4)),
        lambda: tree.change("dogs", replace(dogs, is_on=False)),
        lambda: tree.recolour("food", "#123456"),
        lambda: tree.step("food", -1),
        lambda: tree.remove("Beasts"),
        lambda: tree.replace_all([Category("x"), Category("dogs")], "open x"),
    ):
        edit()
        assert tree.entries != states[-1]
        states.append(tree.entries)
    for number in reversed(range(len(states) - 1)):
        stack.undo()
        assert tree.entries == states[number]
    for state in states[1:]:
        stack.redo()
        assert tree.entries == state


def test_tree_groups_what_belongs_together_and_keys_follow_what_is_shown(tree):
    assert outline(tree) == ["dogs", "Animals", "  cats", "  birds", "food", "  cakes"]
    assert [category.name for category in tree.categories()] == [
        "dogs", "Animals/cats", "Animals/birds", "food", "food/cakes"
    ]  # fmt: skip
    keys = [tree.index_of(name).data(CategoryRole.KEY) for name in ("dogs", "Animals/birds", "Animals", "food/cakes")]
    assert keys == [1, 3, 0, 5]
    assert tree.index_of("Animals").data(CategoryRole.IS_HEADING)
    assert not tree.index_of("food").data(CategoryRole.IS_HEADING)


def test_category_that_is_off_keeps_its_place_and_is_not_asked(model, qtbot):
    with qtbot.waitSignal(model.edited):
        assert model.setData(model.index(0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert outline(model) == ["dogs", "Rex", "cats"]
    assert [category.name for category in model.categories()] == ["Rex", "cats"]
    assert model.index(0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert [model.index(row).data(CategoryRole.KEY) for row in range(3)] == [0, 1, 2]
    again = CategoryModel(QUndoStack())
    again.restore("\n".join(model.lines()), "")
    assert again.lines() == model.lines()


def test_colour_stays_with_its_category(model):
    colour = model.colour_of("dogs")
    model.step("dogs", 1)
    model.setData(model.index_of("dogs"), "wolves")
    assert model.colour_of("wolves") == colour
    assert len(set(model.colours())) == 3


def test_name_that_is_in_the_list_already_is_said_when_it_is_added(model, qtbot):
    name = model.entries[0].name
    with qtbot.waitSignal(model.refused) as refused:
        assert not model.add(["zebras", name.upper()])
    assert refused.args == [f"The category “{name.upper()}” is in the list already."]
    assert "zebras" not in [entry.name for entry in model.entries]


@pytest.mark.parametrize("text", ["", "/", "CATS", "cats", "dogs/ /x"])
def test_name_that_makes_no_sense_is_refused(model, qtbot, text):
    with qtbot.waitSignal(model.refused):
        assert not model.setData(model.index(0), text)
    assert model.lines()[0] == "dogs"


def test_name_with_odd_characters_is_taken_as_it_is(model):
    model.setData(model.index(0), '#1 = "best" @60%')
    assert model.categories()[0] == Category('#1 = "best" @60%')
    again = CategoryModel(QUndoStack())
    again.restore("\n".join(model.lines()), "\n".join(model.colours()))
    assert again.entries == model.entries


def test_rename_of_a_heading_renames_all_below_it_and_says_so_both_ways(tree, stack, qtbot):
    with qtbot.waitSignal(tree.renamed) as told:
        tree.setData(tree.index_of("Animals"), "Pets")
    assert told.args == [{"Animals": "Pets", "Animals/cats": "Pets/cats", "Animals/birds": "Pets/birds"}]
    assert outline(tree) == ["dogs", "Pets", "  cats", "  birds", "food", "  cakes"]
    with qtbot.waitSignal(tree.renamed) as told:
        stack.undo()
    assert told.args == [{"Pets": "Animals", "Pets/cats": "Animals/cats", "Pets/birds": "Animals/birds"}]


def test_rename_into_another_heading_joins_it(tree):
    tree.rename("food", "Animals/food")
    assert outline(tree) == ["dogs", "Animals", "  cats", "  birds", "  food", "    cakes"]


def test_change_of_name_prompts_and_colour_is_undone_as_one(model, stack, qtbot):
    count, colour = stack.count(), model.entries[0].colour
    assert model.change("dogs", Category("puppies", ("a puppy",)), "#123456")
    assert (stack.count(), model.entries[0].colour) == (count + 1, "#123456")
    with qtbot.waitSignal(model.renamed) as told:
        stack.undo()
    assert told.args == [{"puppies": "dogs"}]
    assert (model.categories()[0], model.entries[0].colour) == (Category("dogs"), colour)


def test_list_that_would_be_is_told_without_changing_anything(model, stack):
    before, count = model.entries, stack.count()
    after = model.changed("dogs", Category("puppies", ("a puppy",)))
    assert [entry.name for entry in after] == ["puppies", *(entry.name for entry in before[1:])]
    assert [entry.name for entry in model.added(["owls", "eagles"])][-2:] == ["owls", "eagles"]
    with pytest.raises(UsageError):
        model.changed("dogs", Category(before[1].name.upper()))
    with pytest.raises(UsageError):
        model.added(["DOGS"])
    assert (model.entries, stack.count()) == (before, count)


def test_restored_categories_are_those_that_were_kept(model):
    again = CategoryModel(QUndoStack())
    again.restore("\n".join(model.lines()), "\n".join(model.colours()))
    assert again.lines() == model.lines()
    assert again.colours() == model.colours()


def test_there_is_no_place_above_the_first(model):
    assert not model.step("dogs", -1)
    assert not model.step("cats", 1)


@pytest.mark.parametrize(
    ("path", "row", "parent", "lines"),
    [
        ("dogs", 3, "", ["Animals", "  cats", "  birds", "food", "  cakes", "dogs"]),
        ("food", 0, "", ["food", "  cakes", "dogs", "Animals", "  cats", "  birds"]),
        ("Animals", 3, "", ["dogs", "food", "  cakes", "Animals", "  cats", "  birds"]),
        ("Animals/birds", 0, "Animals", ["dogs", "Animals", "  birds", "  cats", "food", "  cakes"]),
        ("Animals/cats", 0, "", ["cats", "dogs", "Animals", "  birds", "food", "  cakes"]),
        ("dogs", -1, "Animals", ["Animals", "  cats", "  birds", "  dogs", "food", "  cakes"]),
        ("dogs", -1, "food", ["Animals", "  cats", "  birds", "food", "  cakes", "dogs"]),  # takes its place
        ("food", -1, "dogs", ["food", "  cakes", "dogs", "Animals", "  cats", "  birds"]),
        ("dogs", -1, "", ["Animals", "  cats", "  birds", "food", "  cakes", "dogs"]),
    ],
)
def test_category_is_dragged_to_a_place_or_below_a_heading(tree, stack, path, row, parent, lines):
    before = tree.entries
    assert drop(tree, path, row, tree.index_of(parent) if parent else QModelIndex())
    assert outline(tree) == lines
    stack.undo()
    assert tree.entries == before


def test_heading_is_not_dropped_into_itself_nor_onto_a_twin(tree, qtbot):
    assert not drop(tree, "Animals", 0, tree.index_of("Animals"))
    tree.add(["cats"])
    with qtbot.waitSignal(tree.refused):
        assert not drop(tree, "cats", -1, tree.index_of("Animals"))


def test_photos_can_be_dropped_on_a_category_only(tree, qtbot):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos/a.jpg"), QUrl("https://example.org/b.jpg")])
    for row, parent in ((-1, QModelIndex()), (0, QModelIndex()), (-1, tree.index_of("Animals"))):
        assert not tree.canDropMimeData(mime, COPY, row, 0, parent)
        assert not tree.dropMimeData(mime, COPY, row, 0, parent)
    with qtbot.waitSignal(tree.photos_dropped) as told:
        assert tree.dropMimeData(mime, COPY, -1, -1, tree.index_of("Animals/cats"))
    assert told.args == ["Animals/cats", [Path("/photos/a.jpg")]]


def test_row_counts_all_below_it_and_how_much_of_it_is_settled(tree):
    tree.show_counts({"Animals/cats": Tally(5, 1, 2), "Animals/birds": Tally(2, 0, 0), "food": Tally(0, 0, 3)})
    animals, food, dogs = (tree.index_of(path) for path in ("Animals", "food", "dogs"))
    assert animals.data(CategoryRole.COUNT) == 8
    assert animals.data(CategoryRole.BY_YOU) == 1
    assert animals.data(CategoryRole.SETTLED) == pytest.approx(0.8)
    assert food.data(CategoryRole.SETTLED) == 0
    assert dogs.data(CategoryRole.SETTLED) is None
    assert "80 %" in animals.data(Qt.ItemDataRole.ToolTipRole)
