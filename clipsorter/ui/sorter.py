"""The worker's write side: sorts, takes back and throws away, a little at a time, so that questions are answered."""

import threading
import time
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Signal, Slot

from clipsorter import paths
from clipsorter.apply import (
    Begun,
    Books,
    Done,
    Event,
    Finished,
    Progress,
    Run,
    Stayed,
    Tagged,
    apply,
    bundles_around,
    history,
    remove_tags,
    tag,
    trash,
    undo,
)
from clipsorter.errors import ClipsorterError
from clipsorter.photos.photo import Photo
from clipsorter.ui.errand import Errand
from clipsorter.ui.news import Failure, failure_of
from clipsorter.ui.plan_words import why_it_stays
from clipsorter.ui.sentences import say_sentence
from clipsorter.ui.tasks import AddTags, Gone, Pace, RemoveTags, Sort, Sums, Task, TaskEnd, Trash, Undo

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker

_TELL_EVERY_S = 0.1
_RATE_AFTER_S = 1.0


class Sorter(Errand):
    """Lives in the worker's thread, and shares its databases; slots are called through queued connections only."""

    begun = Signal(object)  # Task
    paced = Signal(object)  # Pace
    gone = Signal(object)  # Gone
    ended = Signal(object)  # TaskEnd
    listed = Signal(object)  # all runs, the latest first: list[Run]
    bundled = Signal(object)  # what would be put into the trash: Trash
    failed = Signal(object)  # Failure

    def __init__(self, worker: "Worker") -> None:
        super().__init__(worker)
        self._books: Books | None = None
        self._under_way: _UnderWay | None = None

    def use(self, books: Books | None) -> None:
        """Share these databases; None ends what is under way after the photos in hand."""
        if books is None and self._under_way is not None:
            self._under_way.cancel.set()
            with suppress(Exception):  # what is in flight then is brought to rest at the next start
                for _ in self._under_way.events:
                    pass  # nothing is begun any more, but what was done is entered in the books
            self._under_way = None
        self._books = books

    @property
    def is_due(self) -> bool:
        """Tell whether something is under way."""
        return self._under_way is not None

    @Slot(object, object)
    def begin(self, task: Task, cancel: threading.Event) -> None:
        """Do something to photos until `cancel` is set; the window asks for one thing at a time."""
        if self._books is None:
            sentence = self.tr("What Clipsorter keeps could not be opened, so nothing was done to the photos.")
            self.ended.emit(TaskEnd(task, Sums(), failure=Failure(sentence)))
            return
        match task:
            case Sort():
                plan = task.plan.without(task.unticked)
                events: Iterator[Event] = apply(
                    plan, self._books, folder=task.folder, mode=task.mode, looked_at=task.looked_at, cancel=cancel
                )
                photos = {bundle.files[0].source: len(bundle.photos) for bundle in plan.bundles}
                stays = [f"{stay.photo}: {why_it_stays(stay)}" for stay in plan.staying]
                self._under_way = _UnderWay(task, events, cancel, photos, plan.counts.planned, stays)
            case Undo():
                self._under_way = _UnderWay(task, undo(self._books, task.run.run_id, cancel=cancel), cancel)
            case Trash():
                files = {bundle.photo: len(bundle.files) for bundle in task.bundles}  # each counts
                events = trash(task.bundles, self._books, cancel=cancel)
                self._under_way = _UnderWay(task, events, cancel, files, task.files)
            case AddTags(wishes, folder, model, where):
                events = tag(wishes, self._books, folder=folder, model=model, where=where, cancel=cancel)
                self._under_way = _UnderWay(task, events, cancel, {}, len(wishes))
            case RemoveTags():
                self._under_way = _UnderWay(task, remove_tags(self._books, task.run.run_id, cancel=cancel), cancel)
        self.begun.emit(task)
        self.woken.emit()

    @Slot()
    def list_runs(self) -> None:
        """Tell what was done to photos so far."""
        try:
            self.listed.emit(history(paths.journal_file()))
        except ClipsorterError as error:
            self.failed.emit(failure_of(error))

    @Slot(object, object)
    def bundle(self, photos: list[Path], groups: Sequence[Sequence[Photo]]) -> None:
        """Tell what belongs to photos that are to be put into the trash, if something of each group stays.

        The photos of a group were compared with each other; one that has changed since may be the only one of its kind.
        """
        try:
            bundles = bundles_around(photos)
        except ClipsorterError as error:
            self.failed.emit(failure_of(error))
            return
        files = {path for bundle in bundles for path in bundle.files}
        for group in groups:
            if refusal := self._why_not_parted(group, set(photos), files):
                self.failed.emit(Failure(refusal))
                return
        self.bundled.emit(Trash(bundles, files.intersection(photos)))

    def _why_not_parted(self, group: Sequence[Photo], chosen: Set[Path], files: Set[Path]) -> str:
        """Return why it would be wrong to throw these files away; "" if others of a group are as good."""
        for photo in group:
            if not photo.is_as_it_was():
                words = self.tr(
                    "{name} is gone or has changed since the photos were compared: find the duplicates again (Ctrl+D)."
                )
                return words.format(name=photo.path.name)
        if all(photo.path in files for photo in group):
            words = self.tr("{name} belongs to a photo that is ticked and would go along: untick that one.")
            return words.format(name=next(photo.path.name for photo in group if photo.path not in chosen))
        return ""

    def step(self, deadline_s: float) -> None:
        """Go on with what is under way until a point in time of the monotonic clock."""
        if (under_way := self._under_way) is None:
            return
        try:
            is_over = under_way.go_on(deadline_s)
        except Exception as error:  # the border: whatever it is, the window must say it
            self._under_way = None
            self._tell(under_way)
            self.ended.emit(under_way.end(self._run_of(under_way), error))
            return
        if is_over:
            self._under_way = None
            self._tell(under_way)
            self.ended.emit(under_way.end(self._run_of(under_way), None))
        elif time.monotonic() >= under_way.next_tell_s:
            self._tell(under_way)

    def _tell(self, under_way: "_UnderWay") -> None:
        under_way.next_tell_s = time.monotonic() + _TELL_EVERY_S
        self.paced.emit(under_way.pace())
        if rows := under_way.take_gone():
            self.gone.emit(Gone(np.array(rows, np.int64)))

    def _run_of(self, under_way: "_UnderWay") -> Run | None:
        """Return the run as the journal has it, if it can be taken back."""
        if not isinstance(under_way.task, Sort | Trash | AddTags | RemoveTags) or under_way.run_id is None:
            return None
        with suppress(ClipsorterError):
            return next((run for run in history(paths.journal_file()) if run.run_id == under_way.run_id), None)
        return None


class _UnderWay:
    """One task while it is done."""

    def __init__(
        self,
        task: Task,
        events: Iterator[Event],
        cancel: threading.Event,
        photos: dict[Path, int] | None = None,
        total: int = 0,
        stays: list[str] | None = None,
    ) -> None:
        self.task, self.events, self.cancel = task, events, cancel
        self.run_id: int | None = None
        self.next_tell_s = 0.0
        self._photos, self._total = photos or {}, total
        self._stays = stays or []
        self._notices: tuple[str, ...] = ()
        self._gone: list[int] = []
        self._files = self._done = self._stayed = self._open = self._unchanged = 0
        self._steps = (0, 0)
        self._began_s = time.monotonic()

    def go_on(self, deadline_s: float) -> bool:
        """Take events until then; tell whether that was the last."""
        for event in self.events:
            self._take(event)
            if time.monotonic() > deadline_s:
                return False
        return True

    def _take(self, event: Event) -> None:
        match event:
            case Begun(run_id, bundles):
                self.run_id, self._steps = run_id, (0, bundles)
                if isinstance(self.task, Undo | RemoveTags):
                    self._total = bundles
            case Done(files):
                self._done += self._photos.get(files[0][0], 1)
                self._files += len(files)
                if not (isinstance(self.task, Sort) and self.task.mode == "copy"):
                    self._lose(source for source, _ in files)
            case Tagged(files=changed):
                self._done += 1
                self._files += len(changed)
            case Stayed(photo, reason, is_open):
                self._stay(photo, reason, is_open)
            case Progress(done, total):
                self._steps = (done, total)
            case Finished(report):
                self._notices = report.notices
                if isinstance(self.task, Undo):  # also a tagging, which tells other events
                    self._done, self._files = report.done + report.unchanged, report.files
                else:
                    self._unchanged = report.unchanged

    def _stay(self, photo: Path, reason: str, is_open: bool) -> None:
        count = self._photos.get(photo, 1)
        if is_open:
            self._open += count
        else:
            self._stayed += count
        self._stays.append(f"{photo}: {say_sentence(reason)}")

    def _lose(self, files: Iterator[Path]) -> None:
        if isinstance(self.task, Sort | Trash):
            self._gone += [row for path in files if (row := self.task.rows.get(path)) is not None]

    def take_gone(self) -> list[int]:
        """Return the rows that left since the last time."""
        gone, self._gone = self._gone, []
        return gone

    def pace(self) -> Pace:
        """Return how far it is."""
        done, total = self._steps
        if not isinstance(self.task, Undo):  # of a bundle, each photo counts, as in the plan
            done, total = self._done + self._stayed + self._open, self._total
        took_s = time.monotonic() - self._began_s
        rate = done / took_s if took_s > _RATE_AFTER_S else 0.0
        return Pace(done, total, rate, (total - done) / rate if rate else None)

    def end(self, run: Run | None, error: Exception | None) -> TaskEnd:
        """Return how it ended."""
        sums = Sums(self._total, self._done, self._files, self._stayed, self._open, self._unchanged)
        failure = failure_of(error) if error is not None else None
        return TaskEnd(self.task, sums, self._stays, self._notices, run, failure)
