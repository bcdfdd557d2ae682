"""Sorting, undoing and starting again on any tree: no file is ever lost or overwritten, nothing else is touched."""

import contextlib
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import event as note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from clipsorter.apply import Books, Finished, apply, history, recover_at_start, undo
from clipsorter.errors import UsageError
from clipsorter.moves.disk import Disk
from clipsorter.photos import disk as photos_disk
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.sorting.plan import Assignment, State
from clipsorter.sorting.planning import plan_sorting
from tests.moves.disks import FailingDisk, WatchedDisk

_MEMORY = Path("/dev/shm")
_STEMS = [
    "IMG_1", "img_1", "IMG_E0001", "IMG_0001", "a", "A", "é", "e\u0301", "ß", "SS", "CON", "nul", "🐈" * 60, "x" * 240,
    " lead", "tail.", "a (2)", "a(1)", "-rf", "..x", os.fsdecode(b"\xff\xfe"),
]  # fmt: skip
_SUFFIXES = [".jpg", ".JPG", ".png", ".nef", ".xmp", ".jpg.xmp", ".mov", ".aae", ".jpg.json", ".txt"]
_CATEGORIES = [
    "dogs",
    "Dogs",
    "dogs/puppies",
    "..",
    "../..",
    "/etc",
    "CON",
    "a:b",
    "é",
    "e\u0301",
    "trail. ",
    "x" * 300,
]


class Crash(BaseException):
    pass


class CrashingDisk(WatchedDisk):
    """The process ends after so many calls."""

    def __init__(self, calls):
        super().__init__()
        self.calls_left = calls

    def before(self, number, name):
        if number >= self.calls_left:
            raise Crash


def names():
    return (
        st.tuples(st.sampled_from(_STEMS), st.sampled_from(_SUFFIXES))
        .map("".join)
        .filter(lambda name: len(os.fsencode(name)) <= 255)
    )


def places():
    return st.sampled_from(["", "trip", "trip/day", "Trip", "sorted/dogs"])


class AnyTree(RuleBasedStateMachine):
    """`contents` is what must be there: each content, with its time, in one file, or in more where it was copied."""

    def __init__(self):
        super().__init__()
        self._memory = tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None)
        self._disk = tempfile.TemporaryDirectory()
        self.root = Path(self._memory.name)
        self.folder, self.outside = self.root / "photos", self.root / "outside"
        self.destinations = [
            self.root / "sorted",
            self.folder / "sorted",
            self.folder,
            Path(self._disk.name) / "sorted",
        ]
        self.folder.mkdir()
        self.outside.mkdir()
        (self.outside / "mine.jpg").write_bytes(b"outside")
        with contextlib.suppress(OSError):
            (self.folder / "out").symlink_to(self.outside)
        self.books = Books(self.root / "journal.db")
        self.count = 0
        self.contents = {}
        self.is_crashed = False

    def teardown(self):
        for folder in (self._memory, self._disk):
            folder.cleanup()

    def found(self):
        """Return of each content the times of the files that hold it."""
        found = {}
        for root in (self.folder, *self.destinations[:1], self.destinations[3]):
            for place, _, files in os.walk(root):
                for name in files:
                    path = Path(place) / name
                    found.setdefault(path.read_bytes(), []).append(path.stat().st_mtime_ns)
        return found

    @initialize(files=st.lists(st.tuples(names(), places(), st.booleans()), min_size=4, max_size=12))
    def begin(self, files):
        """Begin with some files."""
        for name, place, is_twin in files:
            self.add(name, place, is_twin)

    @rule(name=names(), place=places(), is_twin=st.booleans())
    def add(self, name, place, is_twin):
        """Put a new file somewhere, unless its place is taken; sometimes with the content of another."""
        path = self.folder / place / name
        if os.path.lexists(path):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_twin and self.contents:
            content = sorted(self.contents)[0]
        else:
            self.count += 1
            content = b"%d" % self.count * 50
        mtime_ns = 1_000_000_000_000_000_000 + 10**9 * len(name) + self.count
        path.write_bytes(content)
        os.utime(path, ns=(mtime_ns, mtime_ns))
        self.contents.setdefault(content, []).append(mtime_ns)

    @rule(
        dest=st.integers(0, 3), mode=st.sampled_from(["move", "copy"]), calls=st.none() | st.integers(0, 120),
        failing=st.none() | st.integers(0, 120), picks=st.lists(st.sampled_from(_CATEGORIES), min_size=3, max_size=3),
    )  # fmt: skip
    def sort(self, dest, mode, calls, failing, picks):
        """Sort all photos, perhaps until a crash, perhaps with a call that fails."""
        photos = [photo for photo in scan(self.folder) if isinstance(photo, Photo)]
        looked_at = {photo.path: photo for photo in photos}
        said = [Assignment(path, State.MODEL, picks[number % 3], 0.9) for number, path in enumerate(looked_at)]
        plan = plan_sorting(said, self.destinations[dest], photos_disk.Disk(), roots=[self.folder])
        disk = Disk()
        if calls is not None:
            disk = CrashingDisk(calls)
        elif failing is not None:
            disk = FailingDisk(failing, 5)
        run = apply(plan, self.books, folder=self.folder, mode=mode, looked_at=looked_at, disk=disk)
        self.follow(run)

    @rule(calls=st.just(None) | st.none() | st.integers(0, 120), number=st.none() | st.integers(1, 8))
    def undo(self, calls, number):
        """Take back the last run or any."""
        disk = Disk() if calls is None else CrashingDisk(calls)
        runs = {run.run_id: run for run in history(self.books.journal_file)}
        with contextlib.suppress(UsageError):
            self.follow(undo(self.books, number, disk=disk))
        assert all(run.done >= run.undone for run in runs.values())

    def follow(self, run):
        try:
            for event in run:
                note(type(event).__name__)
                if isinstance(event, Finished):
                    report = event.report
                    assert report.bundles == report.done + report.stayed + report.still_open
                    self.is_crashed |= report.still_open > 0
        except Crash:
            self.is_crashed = True
        finally:
            run.close()

    @rule()
    def start_again(self):
        """Recover, after which nothing is in flight."""
        recovered = recover_at_start(self.books)
        assert recovered is None or recovered.open_photos == ()
        self.is_crashed = False
        assert recover_at_start(self.books) is None

    @rule(number=st.integers(0, 50))
    def edit(self, number):
        """Change a file, as another program would."""
        if self.is_crashed:
            return
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file() and not path.is_symlink())
        if paths:
            path = paths[number % len(paths)]
            if path.is_relative_to(self.folder / "out"):
                return
            old, old_ns = path.read_bytes(), path.stat().st_mtime_ns
            self.count += 1
            path.write_bytes(b"edit %d" % self.count)
            self.contents.setdefault(path.read_bytes(), []).append(path.stat().st_mtime_ns)
            if old in self.contents and old_ns in self.contents[old]:
                self.contents[old].remove(old_ns)
                if not self.contents[old]:
                    del self.contents[old]

    @invariant()
    def nothing_is_lost(self):
        found = self.found()
        assert set(found) >= set(self.contents)
        if not self.is_crashed:
            for content, times in self.contents.items():
                assert set(times) <= set(found[content]), "a time is lost"
                assert len(found[content]) >= len(times), "one of two equal files is lost"

    @invariant()
    def nothing_is_left_in_between(self):
        if not self.is_crashed:
            for root in (self.root, Path(self._disk.name)):
                assert not list(root.rglob(".clipsorter-*"))

    @invariant()
    def nothing_else_is_touched(self):
        assert {path.name for path in self.outside.iterdir()} == {"mine.jpg"}
        assert (self.outside / "mine.jpg").read_bytes() == b"outside"
        allowed = {"photos", "outside", "sorted"}
        assert {path.name for path in self.root.iterdir() if not path.name.startswith("journal.db")} <= allowed
        assert {path.name for path in Path(self._disk.name).iterdir()} <= {"sorted"}


AnyTree.TestCase.settings = settings(
    max_examples=40, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAnyTree = AnyTree.TestCase
