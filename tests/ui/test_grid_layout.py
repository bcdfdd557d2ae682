"""Where photos are, as arithmetic: no window, no Qt."""

import numpy as np
import pytest

from clipsorter.ui.grid_layout import Box, lay_out, runs

CELL = (100, 120)
HEADING = 30


def grid(*counts, folded=(), width=350, heading=HEADING):
    return lay_out(counts, [group in folded for group in range(len(counts))], width, CELL, heading)


def test_columns_share_the_width_that_is_left_over():
    layout = grid(7, heading=0)
    assert layout.columns == 3
    assert [layout.cell(place).x for place in range(4)] == [8, 124, 240, 8]
    assert layout.height == 3 * 120


def test_window_narrower_than_a_photo_has_one_column():
    layout = grid(3, width=40)
    assert layout.columns == 1
    assert layout.cell(2).y == HEADING + 240


def test_each_group_begins_a_line_below_its_heading():
    layout = grid(4, 2)
    assert [layout.cell(place).y for place in range(6)] == [30, 30, 30, 150, 300, 300]
    assert layout.height == 2 * 30 + 3 * 120


def test_folded_group_is_only_a_heading():
    layout = grid(4, 2, 3, folded=[1])
    assert layout.cell(4) is None
    assert layout.cell(6).y == 30 + 240 + 30 + 30
    assert layout.unfolded().tolist() == [0, 1, 2, 3, 6, 7, 8]


@pytest.mark.parametrize("folded", [(), (0,), (2,), (0, 1)])
def test_each_photo_is_found_where_it_is(folded):
    layout = grid(4, 7, 3, folded=folded)
    for place in layout.unfolded().tolist():
        box = layout.cell(place)
        assert layout.place_at(box.x, box.y) == place
        assert layout.place_at(box.x + box.width - 1, box.y + box.height - 1) == place


def test_no_photo_in_a_heading_nor_beside_or_below_the_last_one():
    layout = grid(4, 2)
    assert layout.place_at(10, 29) == -1
    assert layout.place_at(130, 160) == -1
    assert layout.place_at(10, layout.height + 5) == -1
    assert layout.place_at(349, 40) == -1


def test_nearest_is_on_the_same_line_or_the_next():
    layout = grid(4, 2)
    assert layout.nearest(5, 10) == 0
    assert layout.nearest(340, 160) == 3
    assert layout.nearest(10, 10_000) == 4
    assert layout.nearest(0, -50) == 0
    assert grid(0).nearest(0, 0) == -1
    assert grid(5, folded=[0]).nearest(0, 0) == -1


def test_up_and_down_keep_the_column_across_headings():
    layout = grid(4, 3)
    assert layout.moved(1, 1) == 3  # the last of a short line
    assert layout.moved(3, 1) == 4
    assert layout.moved(6, -1) == 3
    assert layout.moved(2, -1) == 2
    assert layout.moved(0, 100) == 4
    assert layout.moved(6, -100) == 2


def test_left_and_right_pass_over_folded_groups():
    layout = grid(2, 5, 2, folded=[1])
    assert layout.beside(1, 1) == 7
    assert layout.beside(7, -1) == 1
    assert layout.beside(8, 1) == 8
    assert layout.beside(4, 1) == 7  # out of a group that was folded over the current photo
    assert layout.moved(4, 1) == 8  # in its column, as far as there is one


def test_heading_stays_at_the_top_until_the_next_one_pushes_it_out():
    layout = grid(9, 9)
    assert layout.headings_between(0, 100) == [(0, 0)]
    assert layout.headings_between(200, 500) == [(0, 200), (1, 390)]
    assert layout.headings_between(375, 500) == [(0, 360), (1, 390)]
    assert layout.heading_at(210, 200) == 0
    assert layout.heading_at(231, 200) == -1
    assert grid(9, heading=0).headings_between(0, 100) == []


def test_lines_in_view_are_those_that_reach_into_it():
    layout = grid(4, 2)
    assert layout.lines_between(0, 149) == [(30, 0, 3)]
    assert layout.lines_between(149, 300) == [(30, 0, 3), (150, 3, 4), (300, 4, 6)]
    assert layout.lines_between(100_000, 100_500) == []


def test_rubber_band_touches_what_it_reaches_and_not_the_gaps():
    layout = grid(4, 3)
    assert layout.touched(Box(0, 0, 350, 1000), 4).tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert layout.touched(Box(124, 30, 90, 10), 4).tolist() == [1]
    assert layout.touched(Box(109, 30, 10, 10), 4).tolist() == []
    assert layout.touched(Box(240, 0, 50, 1000), 4).tolist() == [2, 6]


def test_runs_are_stretches_without_a_gap():
    assert runs(np.array([], np.int64)) == []
    assert runs(np.array([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]
