"""What the user teaches: where photos belong, where they don't, and that examples are forgotten."""

import weakref
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clipsorter.errors import ClipsorterError, PhotoError
from clipsorter.library.decisions import Decisions
from clipsorter.library.taught import Said, forget_said, said_of, say_again
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.ui.judge import Judge
from clipsorter.ui.news import Failure, Why, failure_of

if TYPE_CHECKING:
    from clipsorter.ui.worker import Worker


class Lessons(QObject):
    """Lives in the worker's thread, and shares its decisions; slots are called through queued connections only."""

    counted = Signal(object)  # how many examples each category has: dict[str, int]
    explained = Signal(object)  # a Why
    learned = Signal()

    def __init__(self, worker: "Worker", judge: Judge) -> None:
        super().__init__(worker)
        self._worker: Worker = weakref.proxy(worker)  # whose child this is: a cycle would outlive its thread
        self._judge = judge
        self._decisions: Decisions | None = None
        self._forgotten: dict[int, list[Said]] = {}  # by the number of the edit that may be undone

    def use(self, decisions: Decisions | None) -> None:
        """Share these decisions; None ends that."""
        self._decisions = decisions

    def several(self) -> dict[int, tuple[str, ...]]:
        """Return by row the categories of photos for which more than one was named; raise LibraryError."""
        folder = self._worker.folder
        if self._decisions is None:
            return {}
        found = self._decisions.labels(self._named(sorted(folder.several)))
        return {folder.row_of[labelled.photo.photo.path]: labelled.categories for labelled in found}

    @Slot(int, object, object)
    def label(self, job: int, rows: Sequence[int], category: str | None) -> None:
        """Keep that photos belong to a category; None forgets what was said."""
        if self._decisions is None or job != self._worker.folder.job:
            return
        named = self._named(rows)
        try:
            again = self._weigh_several(rows, category)
            self._decisions.forget_labels(named)
            for name, those in again.items():
                self._decisions.record_labels(self._named(those), name, is_positive=True)
            if category is not None:
                self._decisions.record_labels(named, category, is_positive=True)
            self._weigh_refusals(rows, category)
        except ClipsorterError as error:
            self._worker.failed.emit(failure_of(error))
        self._learn()

    @Slot(int, object, str, bool)
    def refuse(self, job: int, rows: Sequence[int], category: str, is_refused: bool) -> None:
        """Keep that photos don't belong to a category, or take that back."""
        if self._decisions is None or job != self._worker.folder.job:
            return
        named = self._named(rows)
        try:
            if is_refused:
                self._decisions.record_labels(named, category, is_positive=False)
            else:
                forget_said(self._decisions, [Said(n.fingerprint, n.photo.path, category, False) for n in named])
        except ClipsorterError as error:
            self._worker.failed.emit(failure_of(error))
            return
        for row in rows:
            before = self._judge.refused.get(row, frozenset())
            self._judge.refused[row] = before | {category} if is_refused else before - {category}
        self._learn()

    @Slot(int, str)
    def forget(self, edit: int, category: str) -> None:
        """Forget the examples of a category, so that this can be undone."""
        if self._decisions is None:
            return
        try:
            self._forgotten[edit] = said_of(self._decisions, [category])
            forget_said(self._decisions, self._forgotten[edit])
        except ClipsorterError as error:
            self._worker.failed.emit(failure_of(error))
        self._learn()

    @Slot(int)
    def remember(self, edit: int) -> None:
        """Take back that examples were forgotten."""
        if self._decisions is None:
            return
        try:
            say_again(self._decisions, self._forgotten.pop(edit, []))
        except ClipsorterError as error:
            self._worker.failed.emit(failure_of(error))
        self._learn()

    @Slot(int, int, str)
    def explain(self, job: int, row: int, category: str) -> None:
        """Tell for which examples a photo is in a category."""
        model, vector = self._worker.loader.model, self._worker.folder.vector(row)
        if job != self._worker.folder.job or model is None or vector is None:
            return
        photos = []
        for example in self._judge.examples_like(model.encoder, vector, category):
            try:
                status = example.path.stat()
            except OSError:  # it was moved, or its drive is away
                continue
            photos.append(Photo(example.path, status.st_size, status.st_mtime_ns))
        self.explained.emit(Why(job, row, category, photos))

    def _weigh_several(self, rows: Sequence[int], category: str | None) -> dict[str, list[int]]:
        """Return where photos belong again beside this category, until which they were in several: it was undone.

        The window knows one category of a photo. Another takes the place of all that were named elsewhere.
        """
        assert self._decisions is not None
        folder, again = self._worker.folder, dict[str, list[int]]()
        for labelled in self._decisions.labels(self._named(sorted(folder.several.intersection(rows)))):
            row = folder.row_of[labelled.photo.photo.path]
            folder.replaced[row] = labelled.categories
            folder.several.discard(row)
        for row in folder.replaced.keys() & set(rows):
            *others, last = folder.replaced[row]
            if last == category:
                del folder.replaced[row]
                folder.several.add(row)
                for name in others:
                    again.setdefault(name, []).append(row)
        return again

    def _weigh_refusals(self, rows: Sequence[int], category: str | None) -> None:
        """Let a category outrank that it was refused, for as long as it is given; then it is refused again."""
        assert self._decisions is not None
        refused, outranked = self._judge.refused, self._worker.folder.outranked
        again: dict[str, list[int]] = {}
        for row in rows:
            if outranked.get(row) not in (None, category):
                again.setdefault(outranked.pop(row), []).append(row)
            if category is not None and category in refused.get(row, ()):
                refused[row] -= {category}
                outranked[row] = category
        for name, those in again.items():
            self._decisions.record_labels(self._named(those), name, is_positive=False)
            for row in those:
                refused[row] = refused.get(row, frozenset()) | {name}

    def _named(self, rows: Sequence[int]) -> list[FingerprintedPhoto]:
        """Name photos by their content; of those that can't be read it is said that nothing is kept."""
        named = []
        for row in rows:
            try:
                named.append(self._worker.folder.named(row))
            except PhotoError as error:
                path = self._worker.folder.photos[row].path
                self._worker.failed.emit(Failure(f"{path} {error}, so your decision on it could not be kept."))
        return named

    def _learn(self) -> None:
        self._judge.teach()
        self.learned.emit()
