"""The panel in which categories are written: a list that is edited in place, and a line to add to it."""

from PySide6.QtCore import QLocale, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QKeySequence, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clipsorter.ui.category_model import CategoryModel, CategoryRole
from clipsorter.ui.theme import CATEGORY_COLOURS, GRID

_ROW = 32
AnyIndex = QModelIndex | QPersistentModelIndex


class CategoryDelegate(QStyledItemDelegate):
    """Draws the key, the colour, the name and the count of a category."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return a height that is easy to hit."""
        return QSize(120, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one row."""
        role = QPalette.ColorRole
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        text_colour = option.palette.color(role.HighlightedText if is_selected else role.Text)
        quiet = text_colour if is_selected else option.palette.color(role.PlaceholderText)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_selected:
            painter.fillRect(option.rect, option.palette.color(role.Highlight))
        box = option.rect.adjusted(GRID, 0, -GRID, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(quiet)
        if index.row() < 9:
            painter.drawText(QRect(box.x(), box.y(), 12, box.height()), middle, str(index.row() + 1))
        painter.setBrush(index.data(CategoryRole.COLOUR))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QRect(box.x() + 20, box.y() + (box.height() - 12) // 2, 12, 12))
        is_unknown = index.data(CategoryRole.IS_UNKNOWN)
        count = self.tr("unknown word") if is_unknown else QLocale().toString(index.data(CategoryRole.COUNT))
        painter.setPen(quiet)
        painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, count)
        name = box.adjusted(40, 0, -option.fontMetrics.horizontalAdvance(count) - GRID, 0)
        painter.setPen(quiet if is_unknown else text_colour)
        text = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle, text)
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Leave key and colour in view while a name is edited."""
        editor.setGeometry(option.rect.adjusted(GRID + 32, 2, -2, -2))


class CategoryPanel(QWidget):
    """Categories, one a line. Choosing one shows its photos."""

    chosen = Signal(object)  # the name of a category, or None for all

    def __init__(self, model: CategoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Categories"))
        self.list.setItemDelegate(CategoryDelegate(self.list))
        self.list.setModel(model)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        self.list.clicked.connect(self._choose)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Add: dogs, cats, birthday party"))
        self.line.setAccessibleName(self.tr("Add a category"))
        self.line.setClearButtonEnabled(True)
        self.line.returnPressed.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(titled(self.tr("Categories"), self.list), 1)
        box = QVBoxLayout()
        box.setContentsMargins(GRID, 0, GRID, 0)
        box.addWidget(self.line)
        layout.addLayout(box)
        self._make_actions()

    def clear_choice(self) -> None:
        """Choose no category."""
        self.list.clearSelection()
        self.list.setCurrentIndex(QModelIndex())

    def _make_actions(self) -> None:
        """Make what can be done with the category that has the keyboard."""
        self.actions_of_one = []
        for text, keys, slot in (
            (self.tr("Rename or edit prompts"), "", self._rename),
            (self.tr("Move up"), "Alt+Up", self._move_up),
            (self.tr("Move down"), "Alt+Down", self._move_down),
            (self.tr("Delete"), "Delete", self._remove),
        ):
            action = QAction(text, self.list)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.list.addAction(action)
            self.actions_of_one.append(action)

    @Slot()
    def _add(self) -> None:
        if self._model.add(self.line.text().split(",")):
            self.line.clear()

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data())

    @Slot()
    def _rename(self) -> None:
        if self.list.currentIndex().isValid():
            self.list.edit(self.list.currentIndex())

    @Slot()
    def _remove(self) -> None:
        if (index := self.list.currentIndex()).isValid():
            self._model.remove(index.row())
            self.chosen.emit(None)

    @Slot()
    def _move_up(self) -> None:
        self._move(-1)

    @Slot()
    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentIndex().row()
        if row >= 0 and self._model.move(row, row + step):
            self.list.setCurrentIndex(self._model.index(row + step))

    @Slot(QPoint)
    def _open_menu(self, place: QPoint) -> None:
        """Show what can be done with the category under the mouse."""
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        menu.addActions(self.actions_of_one)
        colours = menu.addMenu(self.tr("Colour"))
        for number, colour in enumerate(CATEGORY_COLOURS, start=1):
            action = colours.addAction(_swatch(colour), self.tr("Colour {number}").format(number=number))
            action.setData(colour)
        picked = menu.exec(self.list.viewport().mapToGlobal(place))
        if picked is not None and picked.data():
            self._model.recolour(index.row(), picked.data())
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


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(16, 16)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)
