"""What the window does in one go is not interrupted by other threads of Python."""

import sys

import pytest

from clipsorter.ui.turns import undisturbed


class Drawing:
    @undisturbed
    def draw(self, fails=False):
        if fails:
            raise KeyError
        return sys.getswitchinterval()


def test_turn_is_long_inside_and_as_before_after_it():
    before_s = sys.getswitchinterval()
    assert Drawing().draw() > before_s
    assert sys.getswitchinterval() == before_s


def test_turn_is_as_before_after_a_failure():
    before_s = sys.getswitchinterval()
    with pytest.raises(KeyError):
        Drawing().draw(fails=True)
    assert sys.getswitchinterval() == before_s
