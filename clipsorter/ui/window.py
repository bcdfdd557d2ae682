"""The main window: where the panels are, and what follows from what."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from clipsorter import paths
from clipsorter.errors import ClipsorterError
from clipsorter.photos.thumbnail import ThumbnailCache
from clipsorter.settings import Settings, save_settings
from clipsorter.ui.actions import Actions
from clipsorter.ui.categories import CategoryPanel, titled
from clipsorter.ui.category_edit import keep_category_edits
from clipsorter.ui.category_menu import CategoryMenu
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_renames import RenameOffer
from clipsorter.ui.edit_outlook import Outlooks
from clipsorter.ui.failures import Failures
from clipsorter.ui.filter_bar import FilterBar
from clipsorter.ui.folder_history import Places
from clipsorter.ui.folders import FolderPanel
from clipsorter.ui.grid import PhotoGrid
from clipsorter.ui.keyword_search import KeywordSearch
from clipsorter.ui.large_preview import LargePreview
from clipsorter.ui.messages import EmptyPage, NoticeBar
from clipsorter.ui.news import Batch, Ended, Failure, ModelReady
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_reader import PhotoReader
from clipsorter.ui.pictures import thumbnail_reader
from clipsorter.ui.preferences import Preferences
from clipsorter.ui.preview import Preview
from clipsorter.ui.review import Review
from clipsorter.ui.saved_searches import SavedSearches
from clipsorter.ui.search import Search
from clipsorter.ui.session import Session
from clipsorter.ui.sorting import Sorting
from clipsorter.ui.status import Status
from clipsorter.ui.tagging import Tagging
from clipsorter.ui.tally import tallies
from clipsorter.ui.thumbnails import PictureLoader, Thumbnails
from clipsorter.ui.turns import undisturbed

_THUMBNAIL_BYTES = 96 * 2**20
_ASK_AFTER_MS = 20  # several edits at once, as when categories are restored, are one question
_COUNT_AFTER_MS = 50
_ROOM_FOR_LEFT, _ROOM_FOR_PREVIEW = 560, 840  # pixels of the window


class MainWindow(QMainWindow):
    """One folder, its categories, and its photos."""

    def __init__(self, settings: Settings, session: Session, failures: Failures) -> None:
        super().__init__()
        self.failures, self.session = failures, session
        self.settings = settings
        self.folder: Path | None = None
        self._seen: Path | None = None  # the photo that had the keyboard before the folder was looked at again
        self.undo_stack = QUndoStack(self)
        self.photos, self.categories = PhotoModel(self), CategoryModel(self.undo_stack, self)
        cache = ThumbnailCache(paths.cache_dir() / "thumbnails", settings.thumbnails_mb * 2**20)
        self._small = PictureLoader(thumbnail_reader(cache), 2, 300, self)
        self.reader = PhotoReader(parent=self)
        self.thumbnails = Thumbnails(self._small, _THUMBNAIL_BYTES, self)
        self.grid = PhotoGrid(self.photos, self.thumbnails, self.categories.colour_of)
        shown = self.photos, self.categories, self.thumbnails, self.reader
        self.preview, self.large = Preview(*shown), LargePreview(self, self.grid, *shown)
        self.panel = CategoryPanel(self.categories)
        places = Places.from_lines(settings.favourite_folders, settings.recent_folders)
        self.folders = FolderPanel(places, settings.subfolders)
        self.filters, self.notices, self.empty, self.status = FilterBar(), NoticeBar(), EmptyPage(), Status()
        self.keywords = KeywordSearch(self.filters, self.photos, self)
        self.review = Review(session, self.photos, self.categories, self.grid, self.undo_stack, self)
        self._ask_timer, self._count_timer = self._timer(_ASK_AFTER_MS), self._timer(_COUNT_AFTER_MS)
        self.preferences = Preferences(self, cache)
        self.sorting, self.tagging, self.search = Sorting(self), Tagging(self), Search(self)
        self.saved = SavedSearches(self)
        self._lay_out()
        records = session.worker.records
        self.category_menu = CategoryMenu(self.categories, self.panel, records, self.notices, self)
        self.rename_offer = RenameOffer(self.categories, records, self.notices, self.photos, self)
        self.outlooks = Outlooks(self)
        self.actions_ = Actions(self)
        self.resize(1320, 840)
        self._connect()
        self._restore()
        self._settle()

    def open_folder(self, folder: Path) -> None:
        """Leave the folder that is open, and look at this one."""
        self.folder, self._seen = folder.absolute(), None
        keep_category_edits(self.undo_stack)
        self.sorting.leave_folder()
        self.search.leave()
        self.actions_.duplicates.leave()
        self.actions_.discovery.leave()
        self.actions_.checkup.leave()
        self.photos.start_over()
        self.preview.show_row(-1)
        self.folders.show_folder(self.folder)
        self.setWindowTitle(self.tr("{folder} – Clipsorter").format(folder=self.folder.name or str(self.folder)))
        self.notices.clear()
        self.status.show_start()
        self.session.open_folder(self.folder, self.actions_.subfolders.isChecked())
        self._settle()

    @Slot()
    def choose_folder(self) -> None:
        """Let the user pick a folder."""
        start = str(self.folder or Path.home())
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Open a folder of photos"), start):
            self.open_folder(Path(chosen))

    @Slot()
    def rescan(self) -> None:
        """Look at the open folder again."""
        if self.folder is not None:
            seen = self.grid.current_row()
            path = self.photos.photo(seen).path if seen >= 0 else None
            self.open_folder(self.folder)
            self._seen = path

    @Slot()
    def step_back(self) -> None:
        """Show all photos again, or else end the run."""
        if self.search.leave():
            self.grid.setFocus()
        elif self.filters.is_filtering():
            self.panel.clear_choice()
            self.filters.reset()
        else:
            self.session.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how things are, and end all threads."""
        self.remember()
        self.hide()
        self._small.close()
        self.reader.close()
        self.keywords.close()
        self.folders.places.close_checker()
        self.preferences.close()
        self.sorting.close()
        self.outlooks.close()
        self.session.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders and photos from a file manager."""
        if event.source() is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped; of a photo, the folder around it."""
        path = Path(next(url for url in event.mimeData().urls() if url.isLocalFile()).toLocalFile())
        event.acceptProposedAction()
        self.open_folder(path if path.is_dir() else path.parent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a narrow window to the photos."""
        super().resizeEvent(event)
        self.actions_.fit_toolbar(self.width())
        self.show_panels()

    @Slot()
    def show_panels(self) -> None:
        """Show the panels that are wanted and have room."""
        self.left.setVisible(self.actions_.left.isChecked() and self.width() >= _ROOM_FOR_LEFT)
        self.preview.setVisible(self.actions_.preview.isChecked() and self.width() >= _ROOM_FOR_PREVIEW)

    def _timer(self, delay_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(delay_ms)
        return timer

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Clipsorter"))
        self.setAcceptDrops(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.grid)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notices)
        column.addWidget(self.sorting.bar)
        column.addWidget(self.preferences.line)
        column.addWidget(self.search.heading)
        column.addWidget(self.filters)
        column.addWidget(self.stack, 1)
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.addWidget(titled(self.tr("Folders"), self.folders))
        self.left.addWidget(self.panel)
        self.left.addWidget(self.saved.section)
        self.left.setSizes([320, 320, 120])
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for widget in (self.left, middle, self.preview):
            self.splitter.addWidget(widget)
        for splitter in (self.left, self.splitter):
            splitter.setHandleWidth(2)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([240, 760, 320])
        self.splitter.setCollapsible(1, False)
        self.setCentralWidget(self.splitter)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.session.batch_ready.connect(self._take_batch)
        self.session.paced.connect(self.status.show_pace)
        self.session.ended.connect(self._take_end)
        worker = self.session.worker
        worker.loader.awaited.connect(self.status.show_wait)
        worker.loader.announced.connect(self._take_model)
        worker.loader.missing.connect(self.status.show_no_model)
        worker.loader.failed.connect(self._take_failure)
        worker.unknown_words.connect(self._take_unknown)
        worker.failed.connect(self._take_failure)
        worker.lessons.counted.connect(self.categories.show_examples)
        self.session.explained.connect(self.preview.why.show_why)
        self.preview.why.wanted.connect(self.session.explain)
        self.panel.forgetting_asked.connect(self.review.forget_examples)
        worker.records.failed.connect(self._take_failure)
        self.categories.edited.connect(self._ask_timer.start)
        self.categories.recoloured.connect(self._redraw)
        self.categories.refused.connect(self.notices.refuse)
        self.categories.edited.connect(self.notices.forgive)
        self.review.refused.connect(self.notices.say)
        self._ask_timer.timeout.connect(self._ask)
        self._count_timer.timeout.connect(self._settle)
        self.photos.counted.connect(self._count_later)
        self.panel.chosen.connect(self.filters.choose_category)
        self.filters.changed.connect(self._show_filtered)
        self.folders.opened.connect(self.open_folder)
        self.folders.changed.connect(self.remember)
        self.grid.selectionModel().currentChanged.connect(self._show_current)
        self.photos.modelReset.connect(self._show_current)
        self.grid.doubleClicked.connect(self.large.open)
        self.large.closed.connect(self._show_current)
        self.empty.acted.connect(self._act_on_empty)
        self.status.cancelled.connect(self.session.cancel)
        self.notices.asked.connect(self.failures.explain)

    def _restore(self) -> None:
        settings = self.settings
        self.categories.restore(settings.categories, settings.category_colours)
        self.grid.set_zoom(settings.zoom_pixels)
        self.filters.arrange(settings.order, settings.grouping)
        geometry, _, sizes = settings.window.partition(" ")
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
            self.splitter.restoreState(QByteArray.fromBase64(sizes.encode("ascii", "ignore")))

    @Slot()
    def remember(self) -> None:
        """Keep the settings, and how things are in the window."""
        packed = (bytes(state.toBase64().data()).decode() for state in (self.saveGeometry(), self.splitter.saveState()))
        favourites, recent = self.folders.places.places.lines()
        order, grouping = self.filters.arrangement()
        self.settings = replace(
            self.settings,
            window=" ".join(packed),
            folder=str(self.folder or ""),
            favourite_folders=favourites,
            recent_folders=recent,
            subfolders=self.actions_.subfolders.isChecked(),
            categories="\n".join(self.categories.lines()),
            category_colours="\n".join(self.categories.colours()),
            zoom_pixels=self.grid.zoom,
            order=order,
            grouping=grouping,
        )
        try:
            save_settings(self.settings)
        except ClipsorterError as error:
            self.notices.say(str(error))

    @Slot()
    def _ask(self) -> None:
        self.session.ask(self.categories.categories())
        self.remember()

    @Slot(object)
    @undisturbed
    def _take_batch(self, batch: Batch) -> None:
        is_new_question = any(answers.question != self.photos.table.question for answers in batch.answers)
        self.photos.take(batch)
        if is_new_question:
            self.photos.rearrange()
        self._refresh_preview()

    @Slot(object)
    @undisturbed
    def _take_end(self, end: Ended) -> None:
        self.status.show_end(end)
        self.photos.rearrange()
        if self._seen is not None and not self.grid.currentIndex().isValid():
            self.grid.choose_next(next(iter(self.photos.table.rows_of([self._seen])), -1))
        self._seen = None
        self._settle()

    @Slot(object)
    def _take_model(self, model: ModelReady) -> None:
        self.status.show_model(model)
        self.actions_.help.take_model(model)
        self.failures.model = f"{model.title} on {model.device}"

    @Slot(object)
    def _take_unknown(self, names: Sequence[str]) -> None:
        self.categories.show_unknown(names)

    @Slot(object)
    def _take_failure(self, failure: Failure) -> None:
        if failure.is_bug:
            self.failures.show(failure.sentence, failure.details)
        else:
            self.notices.say(failure.sentence, failure.details, is_about_categories=failure.is_about_categories)

    @Slot()
    def _redraw(self) -> None:
        self.grid.viewport().update()
        self._refresh_preview()

    @Slot()
    @undisturbed
    def _show_filtered(self) -> None:
        self.photos.show_only(self.filters.filter(), self.filters.sort_order(), self.filters.group_by())
        if not self.grid.currentIndex().isValid():
            self.grid.choose_next(-1)
        self._settle()

    @Slot()
    def _show_current(self) -> None:
        if self.large.isVisible():
            self.large.show_current()
        else:
            self.preview.show_row(self.grid.current_row())

    def _refresh_preview(self) -> None:
        self.preview.refresh()
        self.large.refresh()

    @Slot()
    def _count_later(self) -> None:
        if not self._count_timer.isActive():
            self._count_timer.start()

    @Slot()
    @undisturbed
    def _settle(self) -> None:
        """Write the counts, and say something where there are no photos."""
        counts = self.photos.table.counts()
        self.filters.setVisible(self.folder is not None)
        self.filters.show_counts(self.photos.counts_found() or counts)
        self.categories.show_counts(tallies(self.photos.table, counts))
        self._refresh_preview()
        self.actions_.settle()
        if self.photos.rowCount():
            self.stack.setCurrentWidget(self.grid)
            return
        self.empty.show_state(self.folder, counts.total, self.session.is_busy)
        self.stack.setCurrentWidget(self.empty)

    @Slot()
    def _act_on_empty(self) -> None:
        if self.photos.table.photos:
            self.step_back()
        else:
            self.choose_folder()
