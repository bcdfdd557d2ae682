"""The photos in their order, without a window."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_model import PhotoModel, Role
from clipsorter.ui.photo_order import Grouping, Order
from clipsorter.ui.photo_table import Filter, State

NAMES = ("dogs", "cats", "food")


def batch(names, **options):
    return Batch(
        1, [Photo(Path(f"/photos/{name}"), 10, number * 10**9) for number, name in enumerate(names)], **options
    )


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


def test_share_that_means_nothing_is_not_said(model):
    assert model.describe(1) == "Unsure: food 50 %, dogs 40 %"
    answers = [Answers(2, [0, 1], ranking([[0, 1], [2, 0]], [[0.3, 0.01], [0.02, 0.01]], [0, 0]))]
    model.take(Batch(1, answers=answers))
    assert model.describe(0) == "Unsure: dogs 30 %"
    assert model.describe(1) == "Unsure: no category fits"


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


def test_closest_decision_comes_first_and_what_is_like_nothing_after_it(model):
    model.take(batch(["e.jpg", "f.jpg", "g.jpg"]))
    shares = ranking([[0, 1], [0, 1], [0, 1]], [[0.02, 0.01], [0.45, 0.05], [0.52, 0.47]], [0, 0, 1])
    model.take(Batch(1, known=[4, 5, 6], answers=[Answers(1, [4, 5, 6], shares)]))
    model.show_only(Filter(), Order.LEAST_SURE)
    assert shown(model) == "fbegdac"


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


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(least=0.6), "ad"),
        (Filter(most=0.6), "b"),
        (Filter(least=0.5, most=0.85), "bd"),
        (Filter(State.UNSURE, least=0.6), ""),
    ],
)
def test_filter_by_how_sure_the_model_is(model, wanted, expected):
    model.show_only(wanted, Order.FOLDER)
    assert shown(model) == expected


def test_corrected_photo_is_one_that_is_elsewhere_than_the_model_had_it(model):
    model.label([0, 1, 3], ["dogs", "cats", "horses"])
    model.show_only(Filter(is_corrected=True), Order.FOLDER)
    assert shown(model) == "bd"
    assert model.table.counts().corrected == 2


def test_names_are_sorted_by_their_numbers(qtbot):
    model = PhotoModel()
    model.take(batch(["IMG_10.jpg", "img_9.jpg", "IMG_100.jpg"]))
    model.show_only(Filter(), Order.NAME)
    assert [model.index(place).data() for place in range(3)] == ["img_9.jpg", "IMG_10.jpg", "IMG_100.jpg"]
    model.show_only(Filter(), Order.NAME_BACKWARDS)
    assert model.index(0).data() == "IMG_100.jpg"


def test_oldest_are_first_backwards(model):
    model.show_only(Filter(), Order.OLDEST)
    assert shown(model) == "abcd"


def grouped(model, grouping, order=Order.FOLDER):
    model.show_only(Filter(), order, grouping)
    return [(group.key, group.count) for group in model.groups]


def test_categories_are_headings_in_their_order_and_the_rest_comes_last(model):
    assert grouped(model, Grouping.CATEGORY) == [
        ("category dogs", 1), ("category cats", 1), ("state UNSURE", 1), ("state FAILED", 1),
    ]  # fmt: skip
    assert shown(model) == "adbc"


def test_decision_moves_a_photo_under_its_heading_at_once(model):
    grouped(model, Grouping.CATEGORY)
    model.label([1], ["cats"])
    assert shown(model) == "abdc"
    assert [group.count for group in model.groups] == [1, 2, 1]


def test_order_holds_under_each_heading(model):
    model.label([1, 0], ["cats", "cats"])
    grouped(model, Grouping.CATEGORY, Order.NEWEST)
    assert shown(model) == "dbac"


def test_months_are_headings_from_the_newest_on(qtbot):
    model = PhotoModel()
    days = [datetime(2024, 8, 31, 23), datetime(2024, 9, 1, 0, 1), datetime(2024, 8, 2)]
    photos = [Photo(Path(f"/p/{n}.jpg"), 1, int(day.timestamp() * 1e9)) for n, day in enumerate(days)]
    model.take(Batch(1, [*photos, Photo(Path("/p/3.jpg"), 0, 0)]))
    assert grouped(model, Grouping.MONTH) == [("month 2024-09", 1), ("month 2024-08", 2), ("no month", 1)]
    assert shown(model) == "1023"


def test_folders_are_headings_named_from_what_they_share(qtbot):
    model = PhotoModel()
    model.take(Batch(1, [Photo(Path(f"/p/{name}"), 1, 1) for name in ("a.jpg", "x/b.jpg", "x/y/c.jpg", "x/d.jpg")]))
    grouped(model, Grouping.FOLDER)
    assert [(group.name, group.count) for group in model.groups] == [("p", 1), ("x", 2), (str(Path("x/y")), 1)]
    assert shown(model) == "abdc"


def test_same_order_as_the_slow_way(qtbot):
    """Sorting by packed keys gives what a plain stable sort gives."""
    generator = np.random.default_rng(0)
    share = generator.choice(np.linspace(0, 1, 40), (500, 2)).astype(np.float32)
    model = PhotoModel()
    model.take(batch([f"{number}.jpg" for number in range(500)]))
    best = np.tile([0, 1], (500, 1))
    model.take(Batch(1, answers=[Answers(1, list(range(500)), ranking(best, share, [True] * 500))]))
    model.show_only(Filter(), Order.SUREST)
    expected = np.argsort(-share[:, 0], kind="stable")
    assert [model.row_at(place) for place in range(500)] == expected.tolist()
