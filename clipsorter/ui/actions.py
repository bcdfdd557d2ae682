"""Menus, toolbar and keys: each action once, with its key in the menu where it can be read."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QSlider, QToolBar, QToolButton, QWidget

from clipsorter.ui.checkup import Checkup
from clipsorter.ui.discovery import Discovery
from clipsorter.ui.duplicates import Duplicates
from clipsorter.ui.grid import MAX_ZOOM, MIN_ZOOM
from clipsorter.ui.help import Help
from clipsorter.ui.icons import icon
from clipsorter.ui.panel_steps import PanelSteps
from clipsorter.ui.photo_menu import PhotoMenu
from clipsorter.ui.ten_questions import TenQuestions

if TYPE_CHECKING:
    from clipsorter.ui.window import MainWindow

_ZOOM_STEP = 1.25
Key = QKeySequence.StandardKey | Qt.Key | str


class Actions(QObject):
    """All that can be done by menu or key."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.open = self._action(self.tr("&Open …"), QKeySequence.StandardKey.Open, window.choose_folder)
        self.rescan = self._action(self.tr("Look &again"), QKeySequence.StandardKey.Refresh, window.rescan)
        self.subfolders = window.folders.subfolders
        window.addActions([window.folders.back, window.folders.forward])
        self.subfolders.triggered.connect(window.rescan)
        self.back = self._action(self.tr("Show all, then stop"), Qt.Key.Key_Escape, window.step_back)
        self.unsure = self._action(self.tr("Review &unsure ones"), "Ctrl+U", self._review_unsure)
        self.photo, self.duplicates = PhotoMenu(window), Duplicates(window)
        self.discovery, self.questions = Discovery(window), TenQuestions(window)
        self.checkup = Checkup(window)
        self.photo.add_to_menu(self.unsure)
        self._make_undo()
        self.zoom_in = self._action(self.tr("Larger"), QKeySequence.StandardKey.ZoomIn, self._zoom_in)
        self.zoom_out = self._action(self.tr("Smaller"), QKeySequence.StandardKey.ZoomOut, self._zoom_out)
        self.enlarge = self._review_action(self.tr("&Large preview"), Qt.Key.Key_Space, window.large.open)
        window.large.take_keys([self.photo.accept, self.photo.clear, self.photo.refuse, *self.photo.assign])
        window.preview.picture.addAction(self.enlarge)
        self._larger = self._review_action(self.tr("Larger"), Qt.Key.Key_Plus, self._zoom_in)
        self._smaller = self._review_action(self.tr("Smaller"), Qt.Key.Key_Minus, self._zoom_out)
        self.left = QAction(self.tr("&Folders and categories"), self)
        self.preview = QAction(self.tr("&Preview"), self)
        self._make_menus()
        self._make_toolbar()

    def settle(self) -> None:
        """Enable what can be done now."""
        for action in (self.rescan, self.unsure):
            action.setEnabled(self._window.folder is not None)
        self.discovery.settle()
        for of_a_model in (self.duplicates, self.checkup):  # without one, they would wait for ever
            of_a_model.action.setEnabled(not self._window.session.lacks_model)
        self._window.sorting.settle()
        self._window.tagging.settle()
        self._window.search.settle()

    def _action(self, text: str, key: Key, slot: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(slot)
        self._window.addAction(action)
        return action

    def _review_action(self, text: str, key: Key, slot: Callable[[], object]) -> QAction:
        """Make an action of one key without Ctrl: it counts only while the photos have the keyboard."""
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self._window.grid.addAction(action)
        return action

    def _make_undo(self) -> None:
        review = self._window.review
        self.undo = review.stack.createUndoAction(self, self.tr("Undo"))
        self.undo.setIconText(self.tr("Undo"))  # of the same width whatever is to be undone
        self.undo.setShortcut(QKeySequence.StandardKey.Undo)
        self.redo = review.stack.createRedoAction(self, self.tr("Redo"))
        self.redo.setIconText(self.tr("Redo"))
        self.redo.setShortcut(QKeySequence("Ctrl+Shift+Z"))
        self._window.addActions([self.undo, self.redo])

    def _make_menus(self) -> None:
        bar = self._window.menuBar()
        file = bar.addMenu(self.tr("&File"))
        folders = self._window.folders
        file.addActions([self.open, folders.back, folders.forward, self.rescan, self.subfolders])
        file.addSeparator()
        sorting = self._window.sorting
        file.addActions([sorting.sort, self._window.tagging.tag, sorting.history])
        file.addSeparator()
        file.addAction(self._action(self.tr("&Models …"), "Ctrl+M", self._window.preferences.show_models))
        settings = self._action(self.tr("&Settings …"), "Ctrl+,", self._window.preferences.show_settings)
        settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        file.addAction(settings)
        file.addSeparator()
        quit_ = self._action(self.tr("&Quit"), QKeySequence.StandardKey.Quit, self._window.close)
        file.addAction(quit_)
        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        everything = self._action(self.tr("Choose &all shown"), "", self._window.grid.selectAll)
        edit.addAction(everything)
        edit.addSeparator()
        edit.addAction(self._action(self.tr("&Search …"), QKeySequence.StandardKey.Find, self._window.search.begin))
        edit.addActions([self._window.search.everywhere, self._window.saved.save])
        edit.addAction(self.duplicates.action)
        bar.addMenu(self.photo.menu)
        bar.addMenu(self._window.category_menu.menu)
        view = bar.addMenu(self.tr("&View"))
        view.addActions([self.enlarge, self.zoom_in, self.zoom_out])
        view.addSeparator()
        for panel in (self.left, self.preview):
            panel.setCheckable(True)
            panel.setChecked(True)
            panel.toggled.connect(self._window.show_panels)
            view.addAction(panel)
        view.addSeparator()
        self.panels = PanelSteps(self._window)
        view.addActions([self.panels.following, self.panels.before])
        view.addSeparator()
        view.addAction(self.back)
        self.help = Help(self._window)
        bar.addMenu(self.help.menu)

    def _make_toolbar(self) -> None:
        bar = QToolBar(self.tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        side = max(18, bar.fontMetrics().height() + 2)
        bar.setIconSize(QSize(side, side))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        folders = self._window.folders
        bar.addActions([folders.back, folders.forward])
        for action, picture in (
            (self.open, "open"), (self.rescan, "rescan"), (self.undo, "undo"), (self.redo, "redo"),
            (self.unsure, "unsure"), (self._window.sorting.sort, "sort"),
            (self._window.tagging.tag, "tag"),
        ):  # fmt: skip
            action.setIcon(icon(picture))
            bar.addAction(action)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        bar.addWidget(self._window.search.box)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(MIN_ZOOM, MAX_ZOOM)
        slider.setFixedWidth(160)
        slider.setAccessibleName(self.tr("Size of the photos"))
        slider.setToolTip(self.tr("Size of the photos (+ and −)"))
        slider.valueChanged.connect(self._window.grid.set_zoom)
        self._slider = slider
        self._window.grid.zoomed.connect(self._show_zoom)
        bar.addWidget(slider)
        bar.addSeparator()
        for action, picture in ((self.left, "panel-left"), (self.preview, "panel-right")):
            action.setIcon(icon(picture))
            bar.addAction(action)
        for action in (folders.back, folders.forward, self.redo, self.left, self.preview):
            self._button(bar, action).setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._bar, self._wide = bar, 0  # pixels with all words, once known
        sort, tag = self._window.sorting.sort, self._window.tagging.tag
        self._with_words = self.open, self.rescan, self.undo, self.unsure, sort, tag
        self._window.addToolBar(bar)

    def _button(self, bar: QToolBar, action: QAction) -> QToolButton:
        button = bar.widgetForAction(action)
        assert isinstance(button, QToolButton)
        return button

    def fit_toolbar(self, width: int) -> None:
        """Take the words off the buttons where they would push the search box off the bar."""
        if not self._wide:
            self._wide = self._bar.sizeHint().width()
        has_room = self._wide <= width
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if has_room else Qt.ToolButtonStyle.ToolButtonIconOnly
        for action in self._with_words:
            self._button(self._bar, action).setToolButtonStyle(style)

    def bring_into_view(self, widget: QWidget) -> None:
        """Unfold the toolbar if it has no room for one of its widgets."""
        unfold = self._bar.findChild(QToolButton, "qt_toolbar_ext_button")
        if not widget.isVisible() and isinstance(unfold, QToolButton):
            unfold.click()

    @Slot(int)
    def _show_zoom(self, zoom: int) -> None:
        with QSignalBlocker(self._slider):
            self._slider.setValue(zoom)

    @Slot()
    def _zoom_in(self) -> None:
        self._window.grid.set_zoom(round(self._window.grid.zoom * _ZOOM_STEP))

    @Slot()
    def _zoom_out(self) -> None:
        self._window.grid.set_zoom(round(self._window.grid.zoom / _ZOOM_STEP))

    @Slot()
    def _review_unsure(self) -> None:
        self._window.panel.clear_choice()
        self._window.filters.review_unsure()
        self._window.grid.choose_next(-1)
        if not self._window.large.isVisible():
            self._window.grid.setFocus()
