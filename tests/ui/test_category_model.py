"""The categories as they are edited, without a window."""

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from clipsorter.ui.category_model import CategoryModel


@pytest.fixture
def model(qtbot):
    model = CategoryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.add(["dogs", "Rex=a small dog | a dog on a sofa", "cats"])
    yield model
    del tester


def test_edit_moves_and_removal_are_edits_of_the_question(model, qtbot):
    with qtbot.waitSignal(model.edited):
        assert model.setData(model.index(0), "wolves")
    with qtbot.waitSignal(model.edited):
        assert model.move(0, 2)
    with qtbot.waitSignal(model.edited):
        model.remove(1)
    assert model.lines() == ["Rex = a small dog | a dog on a sofa", "wolves"]


def test_colour_stays_with_its_category(model):
    colour = model.colour_of("dogs")
    model.move(0, 2)
    model.setData(model.index(2), "wolves")
    assert model.colour_of("wolves") == colour
    assert len(set(model.colours())) == 3


@pytest.mark.parametrize("text", ["", "/", "CATS", "dogs/ /x"])
def test_edit_that_makes_no_sense_is_refused(model, qtbot, text):
    with qtbot.waitSignal(model.refused):
        assert not model.setData(model.index(0), text)
    assert model.lines()[0] == "dogs"


def test_restored_categories_are_those_that_were_kept(model, qtbot):
    again = CategoryModel()
    again.restore("\n".join(model.lines()), "\n".join(model.colours()))
    assert again.lines() == model.lines()
    assert again.colours() == model.colours()


def test_there_is_no_place_above_the_first(model):
    assert not model.move(0, -1)
    assert not model.move(2, 3)
