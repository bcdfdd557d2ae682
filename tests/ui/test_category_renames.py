"""The offer to move decisions to a new name, without a worker: what it follows, and what it asks."""

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_renames import RenameOffer
from clipsorter.ui.messages import NoticeBar
from clipsorter.ui.photo_model import PhotoModel


class Kept(QObject):
    """Stands for the worker's records: remembers what it is asked, and answers when it is told to."""

    counted, renamed = Signal(object, int), Signal(object)

    def __init__(self):
        super().__init__()
        self.asked, self.moved = [], []

    def count(self, renames):
        self.asked.append(renames)

    def rename(self, renames):
        self.moved.append(renames)


@pytest.fixture
def bar(qtbot):
    bar = NoticeBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def offer(bar):
    parent, kept = QObject(), Kept()
    model = CategoryModel(QUndoStack(parent), parent)
    model.restore("cats\nAnimals/dogs\nAnimals/birds\n", "")
    offer = RenameOffer(model, kept, bar, PhotoModel(parent), parent)
    offer.kept, offer.model, offer.owner = kept, model, parent
    return offer


def test_new_name_is_asked_about_and_offered_only_for_decisions(offer, bar):
    offer.model.rename("cats", "felines")
    assert offer.kept.asked == [{"cats": "felines"}]
    offer.kept.counted.emit({"cats": "felines"}, 0)
    assert bar.isHidden()
    offer.kept.counted.emit({"cats": "felines"}, 2)
    assert "“cats”: 2" in bar.text
    bar.button.click()
    assert offer.kept.moved == [{"cats": "felines"}]


def test_answer_about_an_earlier_name_is_passed_over(offer, bar):
    offer.model.rename("cats", "felines")
    offer.model.rename("felines", "tigers")
    assert offer.kept.asked[-1] == {"cats": "tigers", "felines": "tigers"}
    offer.kept.counted.emit({"cats": "felines"}, 2)
    assert bar.isHidden()


def test_name_that_comes_back_takes_its_offer_away(offer, bar):
    offer.model.rename("Animals", "Pets")
    assert offer.kept.asked == [{"Animals/dogs": "Pets/dogs", "Animals/birds": "Pets/birds"}]
    offer.kept.counted.emit(offer.kept.asked[-1], 3)
    assert "old names: 3" in bar.text
    offer.model.rename("Pets", "Animals")
    assert bar.isHidden()
    assert "Animals/dogs" not in offer.kept.asked[-1]
