"""What the window takes for granted of the Qt binding."""

import sys

import pytest
from PySide6.QtCore import QRect


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None can't be deallocated since Python 3.12")
def test_calls_into_qt_leave_none_alive():
    """PySide6 6.12.0 takes a reference to None in each call that returns nothing, until the interpreter aborts."""
    box, before = QRect(0, 0, 4, 4), sys.getrefcount(None)
    for _ in range(1000):
        box.setWidth(5)
    assert sys.getrefcount(None) > before - 500
