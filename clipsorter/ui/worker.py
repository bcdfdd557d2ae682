"""The one thread that owns the model and the databases: it does one thing at a time and tells the window in batches."""

import math
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clipsorter import paths
from clipsorter.analyse import Embedded, Event, Failed, Finished, Memory, Progress, analyse
from clipsorter.apply import Books, recovery_news
from clipsorter.clip.encoder import Encoder
from clipsorter.errors import ClipsorterError
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.checker import Checker
from clipsorter.ui.comparer import Comparer
from clipsorter.ui.errand import Errand, go_on
from clipsorter.ui.examiner import Examiner
from clipsorter.ui.fitter import Fitter
from clipsorter.ui.folder_shelf import FolderShelf
from clipsorter.ui.grouper import Grouper
from clipsorter.ui.judge import Judge
from clipsorter.ui.lessons import Lessons
from clipsorter.ui.model_loader import ModelLoader
from clipsorter.ui.news import Answers, Ended, Failure, Pace, failure_of
from clipsorter.ui.open_folder import OpenFolder
from clipsorter.ui.records import Records
from clipsorter.ui.saved_searcher import SavedSearcher
from clipsorter.ui.searcher import Searcher
from clipsorter.ui.sorter import Sorter
from clipsorter.ui.supposer import Supposer
from clipsorter.ui.turns import stand_back

_TELL_EVERY_S = 0.1
_STEP_S = 0.05  # how long one step may go on before the thread looks at what the window asks


class Worker(QObject):
    """Lives in a thread of its own; its slots are called through queued connections only."""

    batch_ready = Signal(object)
    paced = Signal(object)
    begun = Signal(int)  # the number of a job
    ended = Signal(object)
    unknown_words = Signal(object)  # names of categories, tuple[str, ...]
    failed = Signal(object)
    closed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.index: Index | None = None
        self.decisions: Decisions | None = None
        self.records = Records(self)
        self.records.renaming.connect(self.tell)  # what was found under the old names comes before the new ones
        self.loader = ModelLoader(self)
        self.loader.settled.connect(self._begin)
        self._retries_fast = False
        self.shelf = FolderShelf(self)
        self.judge = Judge(settings, self.shelf)
        self.lessons = Lessons(self, self.judge)
        self.lessons.learned.connect(self._wake)
        self.searcher, self.sorter, self.comparer = Searcher(self), Sorter(self), Comparer(self)
        self.examiner, self.supposer = Examiner(self), Supposer(self)
        self.grouper, self.checker = Grouper(self), Checker(self)
        self.fitter, self.saved_searcher = Fitter(self), SavedSearcher(self)
        self._errands: tuple[Errand, ...] = (
            self.supposer, self.searcher, self.fitter, self.examiner, self.sorter, self.saved_searcher, self.grouper,
            self.checker, self.comparer, self.shelf,
        )  # fmt: skip  # the most urgent first
        for errand in self._errands:
            errand.woken.connect(self._wake)
        self._timer: QTimer | None = None
        self._listing: Iterator[Photo] | None = None
        self._run: Generator[Event, None, None] | None = None
        self._answering: Generator[None, None, Answers] | None = None
        self.folder = OpenFolder(0, None, True, threading.Event())
        self._next_tell_s = 0.0
        self._closed_books: Failure | None = None

    @Slot()
    def start(self) -> None:
        """Open the databases; the model follows when nothing quicker is asked for."""
        stand_back()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        try:
            self.index = Index.open(paths.index_file())
            self.decisions = Decisions.open(paths.decisions_file(), paths.data_dir() / "backups")
        except ClipsorterError as error:
            self._closed_books = failure_of(error)
            self._tell_failure(error)
            self._wake()
            return
        self.records.use(self.decisions)
        self.lessons.use(self.decisions)
        books = Books(paths.journal_file(), self.index, self.decisions)
        news = recovery_news(books)
        for notice in (*self.index.notices, *self.decisions.notices, *news):
            self.failed.emit(Failure(notice))
        self.sorter.use(books)
        self._timer.start(0)

    @Slot(int, object, bool, object)
    def open_folder(self, job: int, folder: Path, recursive: bool, cancel: threading.Event) -> None:
        """Leave the folder before, and begin with this one: its photos are listed first, then looked at."""
        self._close_run()
        self._leave_answers()
        self.folder, self._listing = OpenFolder(job, folder, recursive, cancel), None
        self.judge.refused.clear()
        self._next_tell_s = 0.0
        try:
            self._listing = (item for item in scan(folder, recursive=recursive) if isinstance(item, Photo))
        except ClipsorterError as error:
            self.folder.path = None
            self._tell_failure(error)
            self.ended.emit(Ended(job, 0, 0, is_cancelled=False))  # looking again would not go on with anything
        self._wake()

    @Slot(int, object)
    def ask(self, question: int, categories: tuple[Category, ...]) -> None:
        """Judge by these categories from now on, and all photos so far anew."""
        self._leave_answers()
        self.judge.ask(question, categories)
        self._wake()

    @Slot(object)
    def configure(self, settings: Settings) -> None:
        """Go by these settings from now on, with the model that is there."""
        self.settings = settings
        if self.judge.configure(settings):
            self._leave_answers()
            self._wake()

    @Slot(object, object)
    def change_model(self, settings: Settings, cancel: threading.Event) -> None:
        """Load the model of these settings, and look at all photos with it until `cancel` is set."""
        self._close_run()
        self._retries_fast = settings.fast and not self.settings.fast
        self.settings = settings
        self._leave_answers()
        self.judge.configure(settings)
        self.judge.let_go()
        for errand in self._errands:  # they hold the model that goes
            errand.give_up(Failure(self.tr("Another model was chosen meanwhile. Ask again once it has looked.")))
            errand.let_go()
        self.loader.drop()  # before the next one is loaded: both might not fit into memory
        self.folder.look_anew(cancel)
        self.tell()
        self._wake()

    @Slot()
    def close(self) -> None:
        """End the run and close the databases; a model that is being loaded is left to itself."""
        if self._timer is not None:
            self._timer.stop()
        self.loader.drop()
        self.comparer.drop()
        self.saved_searcher.drop()
        self.records.use(None)
        self.lessons.use(None)
        self.sorter.use(None)
        self._close_run()
        for database in (self.index, self.decisions):
            if database is not None:
                database.close()
        self.index = self.decisions = None
        self.closed.emit()

    def _close_run(self) -> None:
        if self._run is not None:
            self.folder.cancel.set()
            self._run.close()
            self._run = None

    @Slot()
    def _wake(self) -> None:
        if failure := self._closed_books or self.loader.failure:
            for errand in self._errands:
                errand.give_up(failure)
        if self._timer is not None and self.index is not None:
            self._timer.start(0)

    @Slot()
    def _step(self) -> None:
        """Do a little of what is due, the quickest first; then look again at what the window asks."""
        try:
            self._work()
        except Exception as error:  # the border: whatever it is, the window must say it rather than stand still
            self._listing = self._run = None
            self._tell_failure(error)
            self._end(self.folder.count, len(self.folder.failures), is_cancelled=True)

    def _work(self) -> None:
        deadline_s, model = time.monotonic() + _STEP_S, self.loader.model
        if self._listing is not None:
            self._list(self._listing, deadline_s)
        elif model is not None and (self._answering is not None or self.judge.is_due):
            self._answer_again(model.encoder, deadline_s)
        elif errand := next((each for each in self._errands if each.is_due), None):
            self.tell()  # of new rows before of what is found there
            self._go_on(errand, deadline_s)
        elif self._run is not None:
            self._advance(self._run, deadline_s)
        elif model is None and not self.loader.is_busy and self.loader.failure is None:
            self.tell()  # the photos listed so far are shown before
            self.loader.load(self.settings, self._retries_fast)
            self._retries_fast = False
        elif self._timer is not None and (
            model is None or model.encoder.prepare(self.folder.vectors.matrix, deadline_s)
        ):
            self._timer.stop()
        self._tell_if_due()

    def _go_on(self, errand: Errand, deadline_s: float) -> None:
        """Give an errand its turn; whoever waits for one that fails is told."""
        try:
            errand.step(deadline_s)
        except Exception as error:  # the border: whatever it is, nobody may wait for ever
            self._tell_failure(error)
            errand.give_up(failure_of(error))
            errand.drop()  # or it would fail again at once

    def _list(self, listing: Iterator[Photo], deadline_s: float) -> None:
        for photo in listing:
            self.folder.row(photo)
            if self.folder.cancel.is_set() or time.monotonic() > deadline_s:
                break
        else:
            self._listing = None
            pace = Pace(self.folder.job, 0, self.folder.count, 0.0, None)
            self.paced.emit(pace)  # the model may take some time yet
            self._begin()
        if self.folder.cancel.is_set():
            self._listing = None
            self._end(self.folder.count, 0, is_cancelled=True)

    @Slot()
    def _begin(self) -> None:
        """Look at the photos that were listed, once there is a model."""
        self._wake()
        if self.index is None or self._listing is not None or self._run is not None:
            return
        model = self.loader.model
        if self.folder.path is None or self.loader.failure is not None:
            if self.folder.job:  # else there never was a folder
                self._end(self.folder.count, 0, is_cancelled=True)
            return
        if model is None or self.loader.is_busy:
            return
        self.begun.emit(self.folder.job)
        if 0 < model.trial_photos <= self.folder.count:
            self.loader.try_fast(self.folder.path, self.folder.is_recursive)
            return
        memory = Memory(
            self.index, ThumbnailCache(paths.cache_dir() / "thumbnails", self.settings.thumbnails_mb * 2**20)
        )
        self._run = analyse(
            self.folder.path, model.encoder, memory=memory, recursive=self.folder.is_recursive, tuning=model.tuning,
            cancel=self.folder.cancel,
        )  # fmt: skip

    def _advance(self, run: Iterator[Event], deadline_s: float) -> None:
        for event in run:
            match event:
                case Embedded(photos, vectors, names):
                    self.take([FingerprintedPhoto(*named) for named in zip(photos, names, strict=True)], vectors)
                case Failed(path, reason):
                    self.folder.failures[self.folder.row(Photo(path, 0, 0))] = reason
                case Progress(done, total, rate, left_s):
                    self.paced.emit(Pace(self.folder.job, done, total or self.folder.count, rate, left_s))
                case Finished(embedded, failed, _, cancelled):
                    self._run = None
                    if self.judge.has_examples and self.loader.model is not None:  # what is chance is known by now
                        self._answer_again(self.loader.model.encoder, math.inf)
                    self._end(embedded + failed, failed, cancelled)
                    self._mention_if_gone()
                    return
            if time.monotonic() > deadline_s:
                return

    def take(
        self, photos: Sequence[FingerprintedPhoto], vectors: NDArray[np.float32], is_elsewhere: bool = False
    ) -> None:
        """Keep the vectors of photos, float32 [photos, D], and find what the user said of these photos before."""
        if self.loader.model is None or self.decisions is None:
            return
        rows = self.folder.take(photos, vectors, is_elsewhere)
        for labelled in self.decisions.labels(photos):
            row = self.folder.row_of[labelled.photo.photo.path]
            if category := labelled.category:
                self.folder.labels[row] = category
            if len(labelled.categories) > 1:
                self.folder.several.add(row)
            if refused := labelled.refused:
                self.judge.refused[row] = refused
        if not is_elsewhere:  # as rows of the matrix: what an encoder makes of them, it needn't make again
            vectors = self.folder.vectors.matrix[len(self.folder.vectors.rows) - len(rows) :]
        if not self.judge.is_due:  # else all are answered together, at the next step
            self.folder.answers.append(self.judge.answer(self.loader.model.encoder, rows, vectors))

    def _leave_answers(self) -> None:
        """Begin anew with what is being answered: something else is asked, or of other photos."""
        if self._answering is not None:
            self._answering = None
            self.judge.start_over()

    def _answer_again(self, encoder: Encoder, deadline_s: float) -> None:
        """Go on to judge all vectors so far by the newest categories, and by what was taught of them."""
        if self.index is None or self.decisions is None or not encoder.prepare(self.folder.vectors.matrix, deadline_s):
            return
        steps, self._answering = self._answering, None
        try:
            if steps is None:
                self.judge.learn(encoder, self.index, self.decisions)
                steps = self.judge.answer_in_steps(encoder, self.folder.vectors)
            if (answers := go_on(steps, deadline_s)) is None:
                self._answering = steps
                return
            self.unknown_words.emit(self.judge.unknown(encoder))
            self.lessons.counted.emit(self.judge.example_counts())
            self.examiner.take_answers()
        except ClipsorterError as error:  # a prompt that is too long
            answers = self.judge.give_up()
            self.failed.emit(replace(failure_of(error), is_about_categories=True))
        self.folder.answers.append(answers)
        elsewhere = self.folder.vectors_elsewhere
        if elsewhere.rows:
            self.folder.answers.append(self.judge.answer(encoder, elsewhere.rows, elsewhere.matrix))
        self.tell()

    def _tell_if_due(self) -> None:
        if time.monotonic() >= self._next_tell_s:
            self.tell()

    @Slot()
    def tell(self) -> None:
        """Tell the window all that happened since the last time."""
        if (news := self.folder.take_news()) is not None:
            self.batch_ready.emit(news)
        self._next_tell_s = time.monotonic() + _TELL_EVERY_S

    def _end(self, photos: int, failed: int, is_cancelled: bool) -> None:
        self.tell()
        self.ended.emit(Ended(self.folder.job, photos, failed, is_cancelled))

    def _mention_if_gone(self) -> None:
        """Say why so many photos could not be read, rather than leave it to each of them."""
        if self.folder.path is not None and not self.folder.path.is_dir():
            words = self.tr("{folder} is no longer there: check that its drive is connected, then look again (F5).")
            self.failed.emit(Failure(words.format(folder=self.folder.path)))

    def _tell_failure(self, error: Exception) -> None:
        with suppress(RuntimeError):  # the window is gone
            self.failed.emit(failure_of(error))
