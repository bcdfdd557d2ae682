"""The panel in which categories are written: a tree that is edited in place, and a line to add to it."""

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QStackedWidget, QVBoxLayout, QWidget

from clipsorter.ui.category_editor import CategoryEditor
from clipsorter.ui.category_model import CategoryModel
from clipsorter.ui.category_start import CategoryStart
from clipsorter.ui.category_tree import CategoryRole
from clipsorter.ui.category_view import CategoryView
from clipsorter.ui.swatch import swatch
from clipsorter.ui.theme import CATEGORY_COLOURS, GRID


class CategoryPanel(QWidget):
    """Categories, one a line. Choosing one shows its photos and those of all below it."""

    forgetting_asked = Signal(str)  # the examples of a category
    questions_asked = Signal(str)  # about a category or heading, "" for none
    chosen = Signal(object)  # the name of a category or heading, or None for all

    def __init__(self, model: CategoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown: str | None = None
        self.list = CategoryView(model)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.clicked.connect(self._choose)
        self.editor = CategoryEditor(model, self)
        model.renamed.connect(self._follow)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Add: dogs, cats, beach"))
        self.line.setAccessibleName(self.tr("Add a category"))
        self.line.setToolTip(
            self.tr(
                "Names, with commas between them. Animals/Dogs makes a tree, Rex = a small brown dog gives a prompt."
            )
        )
        self.line.setClearButtonEnabled(True)
        self.line.returnPressed.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID // 2)
        self.start, self._body = CategoryStart(), QStackedWidget()
        self._body.addWidget(self.list)
        self._body.addWidget(self.start)
        model.modelReset.connect(self._show_body)
        self._show_body()
        layout.addWidget(titled(self.tr("Categories"), self._body), 1)
        self._box = QVBoxLayout()
        self._box.setContentsMargins(GRID, 0, GRID, 0)
        self._box.addWidget(self.line)
        layout.addLayout(self._box)
        self._make_actions()

    def written(self) -> list[str]:
        """Return the categories in the line, each as in a categories file."""
        names, equals, prompts = self.line.text().partition("=")
        *others, last = names.split(",")
        return [
            line for line in (*others, last + equals + prompts) if line.strip()
        ]  # a comma in a prompt is part of it

    def show_outlook(self, outlook: QWidget) -> None:
        """Make room for what tells the outcome of what is written in the line."""
        self._box.addWidget(outlook)

    def clear_choice(self) -> None:
        """Choose no category."""
        self._shown = None
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())

    @Slot()
    def _show_body(self) -> None:
        self._body.setCurrentWidget(self.list if self._model.rowCount() else self.start)

    def _make_actions(self) -> None:
        """Make what can be done with the category that has the keyboard."""
        self.edit = self._action(self.tr("&Edit …"), "Return", self._edit)
        self.edit.setShortcuts([QKeySequence(Qt.Key.Key_Return), QKeySequence(Qt.Key.Key_Enter)])
        self.rename = self._action(self.tr("&Rename"), "F2", self._rename)
        self.switch = self._action(self.tr("&Switch on or off"), "Space", self._switch)
        self.up = self._action(self.tr("Move &up"), "Alt+Up", self._move_up)
        self.down = self._action(self.tr("Move &down"), "Alt+Down", self._move_down)
        self.ask = self._action(self.tr("Ten &quick questions …"), "", self._ask)
        self.ask.setToolTip(self.tr("Yes or no to ten photos that say most; then say how often it shall be right"))
        self.delete = self._action(self.tr("De&lete"), "Delete", self._remove)
        self.forget = self._action(self.tr("For&get its examples"), "", self._forget)
        self.actions_of_one = [
            self.edit, self.ask, self.rename, self.switch, self.up, self.down, self.forget, self.delete
        ]  # fmt: skip

    def _action(self, text: str, keys: str, slot: object) -> QAction:
        action = QAction(text, self.list)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(slot)
        self.list.addAction(action)
        return action

    @Slot()
    def _add(self) -> None:
        if self._model.add(self.written()):
            self.line.clear()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self._shown = index.data(CategoryRole.PATH)
        self.chosen.emit(self._shown)

    @Slot(object)
    def _follow(self, renames: dict[str, str]) -> None:
        """Go on showing the photos of a category that has another name now."""
        if self._shown in renames:
            self._shown = renames[self._shown]
            self.chosen.emit(self._shown)

    @Slot()
    def _edit(self) -> None:
        """Open the dialog; a heading has nothing but its name."""
        path = self.list.current_path
        if self._model.entry(path) is None:
            self._rename()
        else:
            self.editor.open_for(path)

    @Slot()
    def _rename(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    @Slot()
    def _switch(self) -> None:
        self.list.switch(self.list.currentIndex())

    @Slot()
    def _remove(self) -> None:
        if path := self.list.current_path:
            self._model.remove(path)
            self._shown = None
            self.chosen.emit(None)

    @Slot()
    def _forget(self) -> None:
        if (path := self.list.current_path) and self._model.entry(path) is not None:
            self.forgetting_asked.emit(path)

    @Slot()
    def _ask(self) -> None:
        self.questions_asked.emit(self.list.current_path)

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        path = self.list.current_path
        if path and self._model.step(path, by):
            self.list.choose(path)

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        """Show what can be done with the category under the mouse."""
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        path = index.data(CategoryRole.PATH)
        menu = QMenu(self)
        menu.addActions(self.actions_of_one)
        if not index.data(CategoryRole.IS_HEADING):
            colours = menu.addMenu(self.tr("&Colour"))
            for number, colour in enumerate(CATEGORY_COLOURS, start=1):
                action = colours.addAction(swatch(colour), self.tr("Colour {number}").format(number=number))
                action.setData(colour)
        picked = menu.exec(self.list.viewport().mapToGlobal(place))
        if picked is not None and picked.data():
            self._model.recolour(path, picked.data())
        menu.deleteLater()


def titled(title: str, body: QWidget) -> QWidget:
    """Put a heading above a panel."""
    heading = QLabel(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    heading.setContentsMargins(GRID, GRID, GRID, GRID // 2)
    box = QWidget()
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(heading)
    layout.addWidget(body, 1)
    return box
