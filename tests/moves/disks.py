"""Disks that misbehave, for tests: each call of a move is counted, and one of them fails or is the last."""

import errno
import os
import signal

from clipsorter.moves.disk import Disk

CALLS = [name for name in vars(Disk) if not name.startswith("_")]


class WatchedDisk(Disk):
    """Calls `before` and `after` with the number and the name of each call."""

    def __init__(self):
        self.calls = []

    def before(self, number, name):
        pass

    def after(self, number, name):
        pass


def _watched(name):
    def call(self, *arguments):
        number = len(self.calls)
        self.calls.append(name)
        self.before(number, name)
        result = getattr(Disk, name)(self, *arguments)
        self.after(number, name)
        return result

    return call


for _name in CALLS:
    setattr(WatchedDisk, _name, _watched(_name))


class FailingDisk(WatchedDisk):
    """Lets call number `at` fail, or with `for_ever` all from there on that change something."""

    READING = frozenset({"status", "open", "opened_status", "read", "close", "attributes"})

    def __init__(self, at, code, *, for_ever=False):
        super().__init__()
        self.at, self.code, self.for_ever = at, code, for_ever
        self.failed = None

    def before(self, number, name):
        if number == self.at or (self.for_ever and number > self.at and name not in self.READING):
            if name == "close":
                return  # Linux closes the descriptor even where it reports an error
            self.failed = self.failed or name
            raise OSError(self.code, os.strerror(self.code), "injected")


class DyingDisk(WatchedDisk):
    """Kills this process before or after call number `at`."""

    def __init__(self, at, *, is_before):
        super().__init__()
        self.at, self.is_before = at, is_before

    def before(self, number, name):
        if number == self.at and self.is_before:
            os.kill(os.getpid(), signal.SIGKILL)

    def after(self, number, name):
        if number == self.at and not self.is_before:
            os.kill(os.getpid(), signal.SIGKILL)


class TwoVolumes(Disk):
    """One volume that behaves like two: no rename leads from one of the folders to the other."""

    def __init__(self, one, other):
        self.one, self.other = one, other

    def rename(self, source, target):
        if source.is_relative_to(self.other) != target.is_relative_to(self.other):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(source), None, str(target))
        super().rename(source, target)
