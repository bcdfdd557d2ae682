"""Python's threads take turns; a window that draws should not wait for its next one after each millisecond."""

import functools
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")

SWITCH_S = 0.001  # a thread that computes in Python lets the window go on sooner than after the usual 5 ms
_UNDISTURBED_S = 0.03  # longer than what is done in one go
_NICENESS = 5  # more, and other programs would keep such a thread from its core while it has the turn


def undisturbed(method: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let a method of the window's thread go on to its end before another thread of Python has its turn.

    A turn that is given away comes back late: the others have theirs, and where cores are few, the one whose turn it
    is may itself be waiting for a core. Drawing a screen of photos was interrupted a hundred times.
    """

    @functools.wraps(method)
    def in_one_go(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        before_s = sys.getswitchinterval()
        sys.setswitchinterval(_UNDISTURBED_S)
        try:
            return method(*args, **kwargs)
        finally:
            sys.setswitchinterval(before_s)

    return in_one_go


def stand_back() -> None:
    """Let the window's thread go first where the cores are few; the threads that this one begins inherit it."""
    if sys.platform == "linux":  # elsewhere this would speak of the whole process
        with suppress(PermissionError):  # whoever was started under `nice` stands further back already
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
