"""The one thread that owns the model and the databases: it does one thing at a time and tells the window in batches."""

import threading
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from clipsorter import paths
from clipsorter.analyse import Embedded, Event, Failed, Finished, Memory, Progress, analyse
from clipsorter.apply import Books, recovery_news
from clipsorter.clip.encoder import Encoder
from clipsorter.errors import ClipsorterError
from clipsorter.library.decisions import Decisions
from clipsorter.library.index import Index
from clipsorter.photos.fingerprint import FingerprintedPhoto, fingerprint
from clipsorter.photos.photo import Photo
from clipsorter.photos.scan import scan
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.settings import Settings
from clipsorter.sorting.category import Category
from clipsorter.ui.comparer import Comparer
from clipsorter.ui.judge import Judge
from clipsorter.ui.lessons import Lessons
from clipsorter.ui.model_loader import ModelLoader
from clipsorter.ui.news import Answers, Batch, Ended, Failure, Pace, failure_of
from clipsorter.ui.records import Records
from clipsorter.ui.searcher import Searcher
from clipsorter.ui.sorter import Sorter
from clipsorter.ui.turns import stand_back
from clipsorter.ui.vectors import Vectors

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
        self._settings = settings
        self._index: Index | None = None
        self._decisions: Decisions | None = None
        self.records = Records(self)
        self.records.renaming.connect(self._tell)  # what was found under the old names comes before the new ones
        self.searcher, self.comparer = Searcher(self), Comparer(self)
        self.searcher.woken.connect(self._wake)
        self.comparer.woken.connect(self._wake)
        self.sorter = Sorter(self)
        self.sorter.woken.connect(self._wake)
        self.loader = ModelLoader(self)
        self.loader.settled.connect(self._begin)
        self._retries_fast = False
        self._judge = Judge(settings)
        self.lessons = Lessons(self, self._judge)
        self.lessons.learned.connect(self._wake)
        self._timer: QTimer | None = None
        self._folder: Path | None = None
        self._listing: Iterator[Photo] | None = None
        self._run: Generator[Event, None, None] | None = None
        self._forget(0, None, threading.Event())

    @Slot()
    def start(self) -> None:
        """Open the databases; the model follows when nothing quicker is asked for."""
        stand_back()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._step)
        try:
            self._index = Index.open(paths.index_file())
            self._decisions = Decisions.open(paths.decisions_file(), paths.data_dir() / "backups")
        except ClipsorterError as error:
            self._tell_failure(error)
            return
        self.records.use(self._decisions)
        self.lessons.use(self._decisions)
        books = Books(paths.journal_file(), self._index, self._decisions)
        news = recovery_news(books)
        for notice in (*self._index.notices, *self._decisions.notices, *news):
            self.failed.emit(Failure(notice))
        self.sorter.use(books)
        self._timer.start(0)

    @Slot(int, object, bool, object)
    def open_folder(self, job: int, folder: Path, recursive: bool, cancel: threading.Event) -> None:
        """Leave the folder before, and begin with this one: its photos are listed first, then looked at."""
        self._close_run()
        self._forget(job, folder, cancel)
        self._recursive = recursive
        try:
            self._listing = (item for item in scan(folder, recursive=recursive) if isinstance(item, Photo))
        except ClipsorterError as error:
            self._folder = None
            self._tell_failure(error)
            self.ended.emit(Ended(job, 0, 0, is_cancelled=False))  # looking again would not go on with anything
        self._wake()

    @Slot(int, object)
    def ask(self, question: int, categories: tuple[Category, ...]) -> None:
        """Judge by these categories from now on, and all photos so far anew."""
        self._judge.ask(question, categories)
        self._wake()

    def photo(self, row: int) -> Photo:
        """Return the photo of a row."""
        return self._photos[row]

    def named(self, row: int) -> FingerprintedPhoto:
        """Return a photo with the name of its content; raise PhotoError if it can't be read."""
        photo = self._photos[row]
        return FingerprintedPhoto(photo, self._names.get(row) or fingerprint(photo.path))

    def is_at(self, job: int) -> bool:
        """Tell whether rows of this job are rows of the folder that is open."""
        return job == self._job

    @Slot(object)
    def configure(self, settings: Settings) -> None:
        """Go by these settings from now on, with the model that is there."""
        self._settings = settings
        if self._judge.configure(settings):
            self._wake()

    @Slot(object, object)
    def change_model(self, settings: Settings, cancel: threading.Event) -> None:
        """Load the model of these settings, and look at all photos with it until `cancel` is set."""
        self._close_run()
        self._cancel, self._retries_fast = cancel, settings.fast and not self._settings.fast
        self._settings = settings
        self._judge.configure(settings)
        self._judge.start_over()
        self.loader.drop()  # before the next one is loaded: both might not fit into memory
        self.vectors, self._is_anew = Vectors(), True
        self._known.clear()
        self._answers.clear()
        self._tell()
        self._wake()

    @Slot()
    def close(self) -> None:
        """End the run and close the databases; a model that is being loaded is left to itself."""
        if self._timer is not None:
            self._timer.stop()
        self.loader.drop()
        self.comparer.drop()
        self.records.use(None)
        self.lessons.use(None)
        self.sorter.use(None)
        self._close_run()
        for database in (self._index, self._decisions):
            if database is not None:
                database.close()
        self._index = self._decisions = None
        self.closed.emit()

    def _forget(self, job: int, folder: Path | None, cancel: threading.Event) -> None:
        """Begin with nothing but a folder."""
        self._job, self._folder, self._cancel = job, folder, cancel
        self._recursive = True
        self._listing = self._run = None
        self._photos: list[Photo] = []
        self._row_of: dict[Path, int] = {}
        self._names: dict[int, bytes] = {}
        self.vectors = Vectors()
        self._new: list[Photo] = []
        self._known: list[int] = []
        self._failures: dict[int, str] = {}
        self._labels: dict[int, str] = {}
        self._answers: list[Answers] = []
        self._is_anew = False
        self._judge.refused.clear()
        self._next_tell_s = 0.0

    def _close_run(self) -> None:
        if self._run is not None:
            self._cancel.set()
            self._run.close()
            self._run = None

    @Slot()
    def _wake(self) -> None:
        if self._timer is not None and self._index is not None:
            self._timer.start(0)

    @Slot()
    def _step(self) -> None:
        """Do a little of what is due, the quickest first; then look again at what the window asks."""
        try:
            self._work()
        except ClipsorterError as error:
            self._listing = self._run = None
            self._tell_failure(error)
            self._end(len(self._photos), len(self._failures), is_cancelled=True)
        except Exception as error:  # the border: whatever it is, the window must say it rather than stand still
            self._listing = self._run = None
            self._tell_failure(error)
            self._end(len(self._photos), len(self._failures), is_cancelled=True)

    def _work(self) -> None:
        deadline_s, model = time.monotonic() + _STEP_S, self.loader.model
        if self._listing is not None:
            self._list(self._listing, deadline_s)
        elif model is not None and self._judge.is_due:
            self._answer_again(model.encoder)
        elif model is not None and self.searcher.is_due and self._folder is not None:
            self.searcher.search(model, self._folder, self._row_of, self.vectors)
        elif self.sorter.is_busy:
            self.sorter.step(deadline_s)
        elif model is not None and self.comparer.is_due:
            self.comparer.step(model, self._photos, self._names, self.vectors, deadline_s)
        elif self._run is not None:
            self._advance(self._run, deadline_s)
        elif model is None and not self.loader.is_busy and not self.loader.is_missing:
            self._tell()  # the photos listed so far are shown before
            self.loader.load(self._settings, self._retries_fast)
            self._retries_fast = False
        elif self._timer is not None:
            self._timer.stop()
        self._tell_if_due()

    def _list(self, listing: Iterator[Photo], deadline_s: float) -> None:
        for photo in listing:
            self._row(photo)
            if self._cancel.is_set() or time.monotonic() > deadline_s:
                break
        else:
            self._listing = None
            self.paced.emit(Pace(self._job, 0, len(self._photos), 0.0, None))  # the model may take some time yet
            self._begin()
        if self._cancel.is_set():
            self._listing = None
            self._end(len(self._photos), 0, is_cancelled=True)

    @Slot()
    def _begin(self) -> None:
        """Look at the photos that were listed, once there is a model."""
        self._wake()
        if self._index is None or self._listing is not None or self._run is not None:
            return
        model = self.loader.model
        if self._folder is None or self.loader.is_missing:
            if self._job:  # else there never was a folder
                self._end(len(self._photos), 0, is_cancelled=True)
            return
        if model is None or self.loader.is_busy:
            return
        self.begun.emit(self._job)
        if 0 < model.trial_photos <= len(self._photos):
            self.loader.try_fast(self._folder, self._recursive)
            return
        memory = Memory(
            self._index, ThumbnailCache(paths.cache_dir() / "thumbnails", self._settings.thumbnails_mb * 2**20)
        )
        self._run = analyse(
            self._folder, model.encoder, memory=memory, recursive=self._recursive, tuning=model.tuning,
            cancel=self._cancel,
        )  # fmt: skip

    def _advance(self, run: Iterator[Event], deadline_s: float) -> None:
        for event in run:
            match event:
                case Embedded():
                    self._take(event)
                case Failed(path, reason):
                    self._failures[self._row(Photo(path, 0, 0))] = reason
                case Progress(done, total, rate, left_s):
                    self.paced.emit(Pace(self._job, done, total or len(self._photos), rate, left_s))
                case Finished(embedded, failed, _, cancelled):
                    self._run = None
                    if self._judge.has_examples and self.loader.model is not None:  # what is chance is known by now
                        self._answer_again(self.loader.model.encoder)
                    self._end(embedded + failed, failed, cancelled)
                    self._mention_if_gone()
                    return
            if time.monotonic() > deadline_s:
                return

    def _row(self, photo: Photo) -> int:
        """Return the row of a photo, a new one if it was not listed."""
        row = self._row_of.get(photo.path)
        if row is None:
            row = self._row_of[photo.path] = len(self._photos)
            self._photos.append(photo)
            self._new.append(photo)
        return row

    def _take(self, event: Embedded) -> None:
        """Keep the vectors, and find what the user said of these photos before."""
        if self.loader.model is None or self._decisions is None:
            return
        rows = [self._row(photo) for photo in event.photos]
        self._known += rows
        self.vectors.append(rows, event.embeddings)
        self._names.update(zip(rows, event.fingerprints, strict=True))
        named = [FingerprintedPhoto(photo, name) for photo, name in zip(event.photos, event.fingerprints, strict=True)]
        for labelled in self._decisions.labels(named):
            if category := labelled.category:
                self._labels[self._row_of[labelled.photo.photo.path]] = category
            if refused := labelled.refused:
                self._judge.refused[self._row_of[labelled.photo.photo.path]] = refused
        if not self._judge.is_due:  # else all are answered together, at the next step
            self._answers.append(self._judge.answer(self.loader.model.encoder, rows, event.embeddings))

    def _answer_again(self, encoder: Encoder) -> None:
        """Judge all vectors so far by the newest categories, and by what was taught of them."""
        if self._index is None or self._decisions is None:
            return
        try:
            self._judge.learn(encoder, self._index, self._decisions)
            answers = self._judge.answer_all(encoder, self.vectors)
            self.unknown_words.emit(self._judge.unknown(encoder))
            self.lessons.counted.emit(self._judge.example_counts())
        except ClipsorterError as error:  # a prompt that is too long
            answers = self._judge.give_up()
            self._tell_failure(error)
        self._answers.append(answers)
        self._tell()

    def _tell_if_due(self) -> None:
        if time.monotonic() >= self._next_tell_s:
            self._tell()

    @Slot()
    def _tell(self) -> None:
        """Tell the window all that happened since the last time."""
        told = (self._new, self._known, self._failures, self._labels, self._answers, self._is_anew)
        if any(told):
            self.batch_ready.emit(Batch(self._job, *told))
            self._new, self._known, self._failures, self._labels, self._answers = [], [], {}, {}, []
            self._is_anew = False
        self._next_tell_s = time.monotonic() + _TELL_EVERY_S

    def _end(self, photos: int, failed: int, is_cancelled: bool) -> None:
        self._tell()
        self.ended.emit(Ended(self._job, photos, failed, is_cancelled))

    def _mention_if_gone(self) -> None:
        """Say why so many photos could not be read, rather than leave it to each of them."""
        if self._folder is not None and not self._folder.is_dir():
            words = self.tr("{folder} is no longer there: check that its drive is connected, then look again (F5).")
            self.failed.emit(Failure(words.format(folder=self._folder)))

    def _tell_failure(self, error: Exception) -> None:
        with suppress(RuntimeError):  # the window is gone
            self.failed.emit(failure_of(error))
