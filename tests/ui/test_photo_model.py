"""The photos in their order, without a window."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_model import PhotoModel, Role
from clipsorter.ui.photo_table import Filter, Order, State

NAMES = ("dogs", "cats", "food")


def batch(names, **options):
    return Batch(1, [Photo(Path(f"/photos/{name}"), 10, number) for number, name in enumerate(names)], **options)


def ranking(best, probability, is_sure):
    best, probability = np.array(best), np.array(probability, np.float32)
    return Ranking(NAMES, best, probability, probability / 2, np.array(is_sure))


@pytest.fixture
def model(qtbot):
    """Return four photos: dogs 0.9, unsure 0.5 against 0.4, one that failed, cats 0.8."""
    model = PhotoModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.take(batch(["a.jpg", "b.jpg", "c.jpg", "d.jpg"]))
    answers = Answers(1, [0, 1, 3], ranking([[0, 1], [2, 0], [1, 0]], [[0.9, 0.1], [0.5, 0.4], [0.8, 0.1]], [1, 0, 1]))
    model.take(Batch(1, known=[0, 1, 3], failures={2: "is cut short"}, answers=[answers]))
    yield model
    del tester


def shown(model):
    return "".join(model.index(place).data()[0] for place in range(model.rowCount()))


def test_each_photo_has_its_state(model):
    assert [model.table.state(row) for row in range(4)] == [State.SURE, State.UNSURE, State.FAILED, State.SURE]
    assert "is cut short" in model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "90 %" in model.index(0).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.FOLDER, "abcd"),
        (Order.NEWEST, "dcba"),
        (Order.SUREST, "adbc"),
        (Order.LEAST_SURE, "bdac"),
        (Order.CATEGORY, "adbc"),
    ],
)
def test_order(model, order, expected):
    model.show_only(Filter(), order)
    assert shown(model) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(State.SURE), "ad"),
        (Filter(State.UNSURE), "b"),
        (Filter(State.FAILED), "c"),
        (Filter(category="cats"), "d"),
        (Filter(category="food"), ""),
        (Filter(category="never heard of"), ""),
        (Filter(text="B.J"), "b"),
        (Filter(State.SURE, "dogs", "d"), ""),
    ],
)
def test_filter(model, wanted, expected):
    model.show_only(wanted, Order.FOLDER)
    assert shown(model) == expected


def test_decision_counts_for_the_category_and_leaves_the_filter(model):
    model.show_only(Filter(State.UNSURE), Order.FOLDER)
    model.label([1], ["cats"])
    assert shown(model) == ""
    assert model.table.counts().categories["cats"] == (2, 1)
    model.show_only(Filter(category="cats"), Order.FOLDER)
    assert shown(model) == "bd"
    model.label([1], [None])
    assert shown(model) == "d"


def test_decision_on_a_category_that_is_gone_stays(model):
    model.label([0], ["horses"])
    assert model.table.category(0) == "horses"
    model.take(Batch(1, answers=[Answers(2, [], None)]))
    assert [model.table.state(row) for row in range(4)] == [State.BY_YOU, State.KNOWN, State.FAILED, State.KNOWN]
    assert model.table.counts().categories == {"horses": (1, 1)}


def test_new_photos_come_last_whatever_the_order(model):
    model.show_only(Filter(), Order.LEAST_SURE)
    model.take(batch(["0.jpg"]))
    assert shown(model) == "bdac0"
    model.rearrange()
    assert shown(model) == "bdac0"


def test_many_photos_are_one_insertion(qtbot):
    model = PhotoModel()
    inserted = []
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.take(batch([f"{number}.jpg" for number in range(5000)]))
    assert inserted == [(0, 4999)]
    assert model.index(4999).data(Role.ROW) == 4999


def test_files_that_are_dragged_out_are_the_real_ones(model):
    urls = model.mimeData([model.index(0), model.index(3)]).urls()
    assert [url.toLocalFile() for url in urls] == ["/photos/a.jpg", "/photos/d.jpg"]
    assert model.supportedDragActions() == Qt.DropAction.CopyAction
