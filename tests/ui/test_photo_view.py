"""Zoom and pan, judged by what is drawn."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent

from clipsorter.ui.photo_view import PhotoView

PHOTO = QSizeF(4000, 3000)


def quarters(width, height):
    """Return a picture whose quarters are red, green, blue and yellow."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    for number, colour in enumerate(("red", "lime", "blue", "yellow")):
        for_x, for_y = number % 2 * (width // 2), number // 2 * (height // 2)
        part = QImage(width // 2, height // 2, QImage.Format.Format_RGB32)
        part.fill(QColor(colour))
        for y in range(part.height()):
            line = image.scanLine(for_y + y)
            line[4 * for_x : 4 * (for_x + part.width())] = part.constScanLine(y)[: 4 * part.width()]
    return image


def colour_at(view, x, y):
    return view.grab().toImage().pixelColor(x, y).name()


def turn_wheel(view, at, steps):
    move = QPoint(0, 120 * steps)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    view.wheelEvent(QWheelEvent(QPointF(at), QPointF(at), QPoint(), move, *none, Qt.ScrollPhase.NoScrollPhase, False))


@pytest.fixture
def view(qtbot):
    """Return a view of 400 × 300 with a small picture of a large photo."""
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    view.show_image(quarters(800, 600), PHOTO)
    return view


def test_all_of_a_photo_is_seen_at_first(view):
    assert view.is_fitting
    assert view.scale == pytest.approx(0.1)
    assert [colour_at(view, *place) for place in ((5, 5), (395, 5), (5, 295), (395, 295))] == [
        "#ff0000", "#00ff00", "#0000ff", "#ffff00",
    ]  # fmt: skip


def test_small_photo_is_not_drawn_larger_than_it_is(view):
    view.show_image(quarters(40, 30), QSizeF(40, 30))
    assert view.scale == 1
    assert colour_at(view, 185, 140) == "#ff0000"
    assert colour_at(view, 100, 140) not in ("#ff0000", "#0000ff")


def test_rough_picture_is_drawn_large_until_the_real_one_comes(view):
    view.show_image(quarters(40, 30), QSizeF(), is_rough=True)
    assert colour_at(view, 5, 5) == "#ff0000"
    view.zoom(5.0)
    assert view.is_fitting
    view.improve(quarters(800, 600), PHOTO)
    assert view.scale == pytest.approx(0.1)


def test_double_click_shows_each_pixel_where_it_is_and_then_all(view, qtbot):
    with qtbot.waitSignal(view.full_wanted):
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 75))
    assert view.scale == 1
    assert colour_at(view, 300, 75) == "#00ff00"
    assert view._photo_point(QPointF(300, 75)).toPoint() == QPoint(3000, 750)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert view.is_fitting


def test_wheel_keeps_the_point_under_the_mouse(view):
    at = QPoint(120, 80)
    before = view._photo_point(QPointF(at))
    turn_wheel(view, at, 4)
    after = view._photo_point(QPointF(at))
    assert view.scale == pytest.approx(0.1 * 1.25**4)
    assert (after - before).manhattanLength() < 1
    turn_wheel(view, at, -9)
    assert view.is_fitting


def test_all_pixels_are_asked_for_once_and_only_when_they_can_be_seen(view):
    asked = []
    view.full_wanted.connect(lambda: asked.append(True))
    view.zoom(0.19)
    assert asked == []
    view.zoom(0.5)
    view.zoom(1.0)
    assert asked == [True]
    assert view.is_waiting_for_all
    full = QImage(4000, 3000, QImage.Format.Format_RGB32)
    full.fill(QColor("white"))
    view.show_full(full)
    assert colour_at(view, 200, 150) == "#ffffff"
    view.zoom(None)
    assert colour_at(view, 5, 5) == "#ff0000"  # the smaller one is drawn better where it is enough


def test_drag_and_arrows_move_and_stop_at_the_edge(view, qtbot):
    view.zoom(1.0)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.mouseMove(view, QPoint(100, 150))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(100, 150))
    assert view._photo_point(QPointF(200, 150)).toPoint() == QPoint(2100, 1500)
    view.setFocus()
    for _ in range(60):
        qtbot.keyClick(view, Qt.Key.Key_Left)
        qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view._photo_point(QPointF(0, 0)).toPoint() == QPoint(0, 0)
    assert colour_at(view, 200, 150) == "#ff0000"


def test_keys_zoom_and_are_kept_from_menus(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.scale == pytest.approx(0.125)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.is_fitting
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.scale == 1


def test_window_that_grows_past_the_photo_shows_all_of_it(view):
    view.zoom(0.15)
    view.resize(900, 700)
    assert view.is_fitting


def test_picture_of_another_shape_than_the_file_says_counts_itself(view):
    view.show_image(quarters(400, 20), QSizeF(20000, 1))
    assert view.scale == 1


def test_words_stand_in_place_of_a_picture(view):
    view.show_words("This photo can't be shown: it is damaged.")
    view.zoom(3.0)
    assert view.is_fitting
    image = view.grab().toImage()
    assert len({image.pixelColor(x, 150).name() for x in range(400)}) > 1
