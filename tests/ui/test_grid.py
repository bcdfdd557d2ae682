"""The grid by mouse and keyboard, without a folder or a model behind it."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QDrag, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from clipsorter.photos.photo import Photo
from clipsorter.sorting.classifier import Ranking
from clipsorter.ui.grid import PhotoGrid
from clipsorter.ui.news import Answers, Batch
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_order import Grouping, Order
from clipsorter.ui.photo_painter import CHECK
from clipsorter.ui.photo_table import Filter, State
from clipsorter.ui.pictures import PictureReader
from clipsorter.ui.thumbnails import PictureLoader, Thumbnails

SHIFT, CTRL, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier(0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def make_grid(qtbot):
    """Return a function that shows so many photos, four in a line, the even ones dogs and the odd ones cats."""
    loaders = []

    def make(count, grouping=Grouping.NONE, reader=None):
        model, loader = PhotoModel(), PictureLoader(reader or PictureReader(64), 1, 50)
        loaders.append(loader)
        grid = PhotoGrid(model, Thumbnails(loader, 2**20), lambda name: QColor("red"))
        qtbot.addWidget(grid)
        photos = [Photo(Path(f"/nowhere/{number:03}.jpg"), 10, number) for number in range(count)]
        best = np.array([[number % 2, 1 - number % 2] for number in range(count)])
        share = np.full((count, 2), 0.5, np.float32)
        answers = Answers(1, list(range(count)), Ranking(("dogs", "cats"), best, share, share, np.full(count, True)))
        model.take(Batch(1, photos, known=range(count), answers=[answers] if count else []))
        model.show_only(Filter(), Order.FOLDER, grouping)
        grid.set_zoom(80)
        grid.resize(4 * 96 + grid.verticalScrollBar().sizeHint().width() + 10, 500)
        with qtbot.waitExposed(grid):
            grid.show()
        grid.setFocus()
        return grid

    yield make
    for loader in loaders:
        loader.close()


def at(grid, row):
    return grid.visualRect(grid._model.place_of(row)).center()


def press(grid, *keys):
    for each in keys:
        modifiers, key = each if isinstance(each, tuple) else (NONE, each)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(grid, QKeyEvent(kind, key, modifiers))


def mouse(grid, kind, point, modifiers=NONE, buttons=LEFT):
    where = QPointF(point)
    glob = QPointF(grid.viewport().mapToGlobal(point))
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    QApplication.sendEvent(grid.viewport(), QMouseEvent(kind, where, glob, button, buttons, modifiers))


def click(grid, point, modifiers=NONE):
    mouse(grid, QEvent.Type.MouseButtonPress, point, modifiers)
    mouse(grid, QEvent.Type.MouseButtonRelease, point, modifiers, Qt.MouseButton.NoButton)


def test_arrows_home_end_and_pages_move(make_grid):
    grid, key = make_grid(42), Qt.Key
    grid.choose(0)
    press(grid, key.Key_Right, key.Key_Down)
    assert grid.chosen_rows() == [5]
    press(grid, key.Key_Left, key.Key_Up)
    assert grid.chosen_rows() == [0]
    press(grid, key.Key_End)
    assert grid.chosen_rows() == [41]
    assert grid.viewport().rect().contains(at(grid, 41))
    press(grid, key.Key_PageUp)
    assert grid.chosen_rows() == [41 - 4 * (grid.viewport().height() // 120)]
    press(grid, key.Key_Home)
    assert grid.chosen_rows() == [0]
    assert grid.verticalOffset() == 0


def test_shift_extends_and_ctrl_walks_without_choosing(make_grid):
    grid, key = make_grid(42), Qt.Key
    grid.choose(1)
    press(grid, (SHIFT, key.Key_Down), (SHIFT, key.Key_Right))
    assert grid.chosen_rows() == [1, 2, 3, 4, 5, 6]
    press(grid, (SHIFT, key.Key_Up), (SHIFT, key.Key_Up))
    assert grid.chosen_rows() == [1, 2]
    grid.choose(3)
    press(grid, (CTRL, key.Key_Right), (CTRL, key.Key_Right))
    assert grid.chosen_rows() == [3]
    assert grid.current_row() == 5
    press(grid, (CTRL, key.Key_Space))
    assert grid.chosen_rows() == [3, 5]
    press(grid, (SHIFT, key.Key_End))
    assert grid.chosen_rows()[-1] == 41


def test_mouse_chooses_one_more_and_all_between(make_grid):
    grid = make_grid(42)
    click(grid, at(grid, 6))
    assert grid.chosen_rows() == [6]
    click(grid, at(grid, 9), SHIFT)
    assert grid.chosen_rows() == [6, 7, 8, 9]
    click(grid, at(grid, 1), SHIFT)
    assert grid.chosen_rows() == [1, 2, 3, 4, 5, 6]
    click(grid, at(grid, 4), CTRL)
    click(grid, at(grid, 0), CTRL)
    assert grid.chosen_rows() == [0, 1, 2, 3, 5, 6]


def test_shift_click_leftwards_and_downwards_chooses_what_lies_between(make_grid):
    grid = make_grid(42)
    click(grid, at(grid, 3))
    click(grid, at(grid, 8), SHIFT)
    assert grid.chosen_rows() == [3, 4, 5, 6, 7, 8]


def test_rubber_band_chooses_adds_and_turns_round(make_grid):
    grid = make_grid(10)
    outside = QPoint(at(grid, 9).x() + 120, at(grid, 9).y())
    mouse(grid, QEvent.Type.MouseButtonPress, outside)
    mouse(grid, QEvent.Type.MouseMove, at(grid, 5))
    assert grid.chosen_rows() == [5, 6, 9]
    mouse(grid, QEvent.Type.MouseMove, at(grid, 9))
    assert grid.chosen_rows() == [9]
    mouse(grid, QEvent.Type.MouseButtonRelease, at(grid, 9), buttons=Qt.MouseButton.NoButton)
    mouse(grid, QEvent.Type.MouseButtonPress, outside, CTRL)
    mouse(grid, QEvent.Type.MouseMove, at(grid, 8), CTRL)
    mouse(grid, QEvent.Type.MouseButtonRelease, at(grid, 8), CTRL, Qt.MouseButton.NoButton)
    assert grid.chosen_rows() == [8]
    click(grid, outside)
    assert grid.chosen_rows() == []


def test_rubber_band_scrolls_at_the_edge(make_grid, qtbot):
    grid = make_grid(100)
    gap = QPoint(2, 2)
    mouse(grid, QEvent.Type.MouseButtonPress, gap)
    mouse(grid, QEvent.Type.MouseMove, QPoint(grid.viewport().width() - 1, grid.viewport().height() + 90))
    qtbot.waitUntil(lambda: len(grid.chosen_rows()) == 100)
    mouse(grid, QEvent.Type.MouseButtonRelease, gap, buttons=Qt.MouseButton.NoButton)


def test_photos_and_headings_are_chosen_and_folded_by_mouse(make_grid):
    grid = make_grid(20, Grouping.CATEGORY)
    assert [(group.name, group.count) for group in grid._model.groups] == [("dogs", 10), ("cats", 10)]
    (_, dogs), (_, cats) = grid.headings_in_view()
    click(grid, CHECK.translated(dogs.topLeft()).center())
    assert grid.chosen_rows() == list(range(0, 20, 2))
    click(grid, cats.center(), CTRL)
    assert sorted(grid.chosen_rows()) == list(range(20))
    click(grid, CHECK.translated(dogs.topLeft()).center())
    assert grid.chosen_rows() == list(range(1, 20, 2))
    click(grid, cats.center())
    assert grid.is_folded(1)
    assert grid.chosen_rows() == []
    assert not grid.visualRect(grid._model.place_of(1)).isValid()
    grid.selectAll()
    assert grid.chosen_rows() == list(range(0, 20, 2))


def test_folded_group_stays_folded_in_another_order_and_opens_for_its_photo(make_grid):
    grid = make_grid(20, Grouping.CATEGORY)
    grid.fold(0, is_folded=True)
    grid._model.show_only(Filter(), Order.NAME_BACKWARDS, Grouping.CATEGORY)
    assert grid.is_folded(0)
    grid.choose(4)
    assert not grid.is_folded(0)
    assert grid.chosen_rows() == [4]


def test_hidden_photos_are_never_chosen(make_grid):
    grid = make_grid(20, Grouping.CATEGORY)
    grid.choose(1)
    press(grid, (SHIFT, Qt.Key.Key_Right))
    grid.fold(1, is_folded=True)
    press(grid, (CTRL, Qt.Key.Key_Space), (SHIFT, Qt.Key.Key_Home))
    assert grid.chosen_rows() == list(range(0, 20, 2))
    grid._model.show_only(Filter(), Order.FOLDER)
    grid.choose(3)
    grid._model.show_only(Filter(), Order.FOLDER, Grouping.CATEGORY)
    assert grid.is_folded(1)
    assert grid.chosen_rows() == []


def test_next_photo_is_the_next_that_is_shown(make_grid):
    grid = make_grid(20, Grouping.CATEGORY)
    grid.fold(0, is_folded=True)
    assert grid.row_after(grid._model.place_of(19).row()) == -1
    assert grid.row_after(grid._model.place_of(1).row()) == 3
    assert grid.row_after(grid._model.place_of(1).row(), -1) == -1
    assert grid.row_after(grid._model.place_of(4).row()) == 1


def test_current_and_chosen_photos_stay_so_in_another_order(make_grid):
    grid = make_grid(42)
    grid.choose(30)
    press(grid, (SHIFT, Qt.Key.Key_Right))
    for order, grouping in ((Order.NEWEST, Grouping.NONE), (Order.FOLDER, Grouping.CATEGORY)):
        grid._model.show_only(Filter(), order, grouping)
        assert sorted(grid.chosen_rows()) == [30, 31]
        assert grid.current_row() == 31
        assert grid.viewport().rect().contains(at(grid, 31))


def test_decision_under_headings_moves_the_photo_and_leaves_the_view_in_place(make_grid):
    grid = make_grid(200, Grouping.CATEGORY)
    grid.verticalScrollBar().setValue(1000)
    before = at(grid, 82)
    grid._model.label([80], ["cats"])
    assert grid._model.groups[0].count == 99
    assert grid._model.table.state(80) is State.BY_YOU
    assert abs(at(grid, 82).y() - before.y()) <= 120


def test_new_photos_leave_the_view_and_the_choice_in_place(make_grid):
    grid = make_grid(100)
    grid.choose(50)
    before = at(grid, 50)
    grid._model.take(Batch(1, [Photo(Path("/nowhere/new.jpg"), 1, 1)]))
    assert at(grid, 50) == before
    assert grid.chosen_rows() == [50]


def test_zoom_and_width_keep_the_current_photo_in_view(make_grid):
    grid = make_grid(500)
    grid.choose(300)
    for zoom in (200, 80, 400):
        grid.set_zoom(zoom)
        assert grid.visualRect(grid.currentIndex()).intersects(grid.viewport().rect())
    grid.set_zoom(80)
    grid.resize(900, 300)
    assert grid.viewport().rect().contains(at(grid, 300))


def test_photo_that_leaves_the_filter_leaves_the_grid(make_grid):
    grid = make_grid(8)
    grid._model.show_only(Filter(category="dogs"), Order.FOLDER)
    grid.choose(2)
    grid._model.label([2], ["cats"])
    assert grid._model.rowCount() == 3
    assert grid._layout.count == 3
    assert grid.current_row() in (0, 4)


def test_hover_tells_of_a_photo_and_gaps_belong_to_none(make_grid):
    grid = make_grid(8)
    assert grid.indexAt(at(grid, 5)).data(Qt.ItemDataRole.ToolTipRole).startswith("005.jpg")
    box = grid.visualRect(grid._model.index(5))
    assert not grid.indexAt(box.topLeft() + QPoint(1, 1)).isValid()
    assert not grid.indexAt(QPoint(at(grid, 7).x(), at(grid, 7).y() + 200)).isValid()


def test_screen_reader_finds_the_photos(make_grid):
    grid = make_grid(8)
    found = QAccessible.queryAccessibleInterface(grid)
    assert found.text(QAccessible.Text.Name) == "Photos"
    names = [found.child(number).text(QAccessible.Text.Name) for number in range(found.childCount())]
    assert any(name.startswith("005.jpg: cats") for name in names)


def test_dragged_photos_are_files_that_may_only_be_copied(make_grid):
    grid = make_grid(8)
    drag = grid.drag_of([1, 3])
    assert [url.toLocalFile() for url in drag.mimeData().urls()] == ["/nowhere/001.jpg", "/nowhere/003.jpg"]
    assert not drag.pixmap().isNull()
    assert drag.pixmap().toImage() != grid.drag_of([1]).pixmap().toImage()
    assert grid._model.supportedDragActions() == Qt.DropAction.CopyAction


@pytest.mark.qt_log_ignore("Unimplemented code")  # how a drag ends at once where there is no screen
def test_mouse_that_moves_far_enough_drags_the_chosen_photos(make_grid):
    grid = make_grid(8)
    click(grid, at(grid, 1))
    click(grid, at(grid, 2), SHIFT)
    mouse(grid, QEvent.Type.MouseButtonPress, at(grid, 1))
    mouse(grid, QEvent.Type.MouseMove, at(grid, 1) + QPoint(3, 0))
    assert grid.findChild(QDrag) is None
    mouse(grid, QEvent.Type.MouseMove, at(grid, 1) + QPoint(60, 60))
    mouse(grid, QEvent.Type.MouseMove, at(grid, 1) + QPoint(61, 60))
    drag = grid.findChild(QDrag)
    assert [Path(url.toLocalFile()).name for url in drag.mimeData().urls()] == ["001.jpg", "002.jpg"]
    assert drag.supportedActions() == Qt.DropAction.CopyAction
    assert grid.chosen_rows() == [1, 2]


class GatedReader:
    """Reads nothing until it is let go, and notes in which order."""

    def __init__(self):
        self.go, self.order = threading.Event(), []

    def read(self, photo, pixels, is_proven):
        self.go.wait(10)
        self.order.append(int(photo.path.stem))
        return QImage(64, 64, QImage.Format.Format_RGB32)

    def close(self):
        pass


def test_pictures_at_the_end_come_first_after_a_quick_scroll(make_grid, qtbot):
    reader = GatedReader()
    grid = make_grid(2000, reader=reader)
    bar = grid.verticalScrollBar()
    for step in range(41):
        bar.setValue(bar.maximum() * step // 40)
        grid.viewport().repaint()
    shown = {grid._model.row_at(place) for _, first, end in grid.lines_in_view() for place in range(first, end)}
    reader.go.set()
    qtbot.waitUntil(lambda: len(reader.order) >= 51)
    assert set(reader.order[1 : 1 + len(shown)]) == shown  # one was being read already
    bar.setValue(0)  # what was dropped on the way is asked again
    qtbot.waitUntil(lambda: set(range(8)) <= set(reader.order))


def test_empty_grid_takes_keys_and_clicks(make_grid):
    grid = make_grid(0)
    press(grid, Qt.Key.Key_Down, Qt.Key.Key_End, (CTRL, Qt.Key.Key_A))
    click(grid, QPoint(20, 20))
    assert grid.chosen_rows() == []
    assert grid.grab().width() > 0


def test_grid_scrolls_by_pixels(make_grid):
    grid = make_grid(100)
    assert grid.verticalScrollMode() == QAbstractItemView.ScrollMode.ScrollPerPixel
    grid.verticalScrollBar().setValue(7)
    assert grid.visualRect(grid._model.index(0)).y() == -7


def test_caption_says_the_last_part_of_a_name_unless_two_end_alike(make_grid):
    grid = make_grid(4)
    model = grid._model
    names = ("Animals/cats", "Toys/cats", "Animals/dogs")
    best = np.array([[0, 1], [1, 0], [2, 0], [2, 0]])
    share = np.full((4, 2), 0.5, np.float32)
    answers = Answers(2, [0, 1, 2, 3], Ranking(names, best, share, share, np.array([True, False, True, False])))
    model.take(Batch(1, answers=[answers]))
    captions = [grid._painter._caption(row, model.table.state(row))[0] for row in range(4)]
    assert captions == ["Animals/cats", "Toys/cats", "dogs", "dogs"]


def test_screen_reader_is_told_when_the_keyboard_comes_under_another_heading(make_grid, monkeypatch):
    said = []

    class Ear:
        @staticmethod
        def updateAccessibility(event):
            said.append(event.message())

    grid = make_grid(4, Grouping.CATEGORY)  # two dogs, then two cats
    monkeypatch.setattr("clipsorter.ui.grid.QAccessible", Ear)
    press(grid, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    grid.choose(0)
    assert said == ["cats, photos: 2", "dogs, photos: 2"]
