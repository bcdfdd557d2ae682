"""How a category looks in its list: key, colour, name, counts, and how much of it is settled."""

from PySide6.QtCore import QAbstractItemModel, QLocale, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clipsorter.ui.category_tree import AnyIndex, CategoryRole
from clipsorter.ui.theme import GRID

_ROW = 36
_KEY, _BOX = 12, 14
_NAME = GRID // 2 + _KEY + 4 + _BOX + GRID  # where the name begins
_ROOM_FOR_WORDS = 230  # pixels; with less, a tick stands for “by you”


class CategoryDelegate(QStyledItemDelegate):
    """Draws one row, and hands a new name on after the editor closed."""

    named = Signal(str, str)  # the path of the row, and what was typed
    typed = Signal(str, str)  # the same while it is typed; then "" twice

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.drop_target = ""  # the path of the category above which photos are held
        self._edited = ""

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
        if index.data(CategoryRole.PATH) == self.drop_target:
            self._draw_target(painter, option)
        is_asked = self._is_on(index) and not index.data(CategoryRole.IS_UNKNOWN)
        is_heading = index.data(CategoryRole.IS_HEADING)
        if not is_heading:
            self._draw_box(painter, option, index, quiet)
        right = self._draw_counts(painter, option, index, quiet)
        left = option.rect.x() + (GRID // 2 if is_heading else _NAME)
        name = QRect(left, option.rect.y(), right - left, _ROW - 4)
        painter.setPen(text_colour if is_asked else quiet)
        font = painter.font()
        font.setBold(is_heading)
        painter.setFont(font)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, text)
        if is_asked and index.data(CategoryRole.SETTLED) is not None:
            self._draw_bar(painter, option, index, left, text_colour if is_selected else None)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        """Tell what is typed."""
        editor = super().createEditor(parent, option, index)
        self._edited = index.data(CategoryRole.PATH)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(self._tell_typed)
        return editor

    def destroyEditor(self, editor: QWidget, index: AnyIndex) -> None:
        """Tell that nothing is typed any more."""
        self.typed.emit("", "")
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Hand the name on: the list may be built anew by it, which an editor that is still open does not survive."""
        if isinstance(editor, QLineEdit) and editor.text() != index.data(Qt.ItemDataRole.EditRole):
            self.named.emit(index.data(CategoryRole.PATH), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Leave key and colour in view while a name is edited."""
        left = 0 if index.data(CategoryRole.IS_HEADING) else _NAME - 4
        editor.setGeometry(option.rect.adjusted(left, 4, -2, -4))

    @Slot(str)
    def _tell_typed(self, text: str) -> None:
        self.typed.emit(self._edited, text)

    def _draw_target(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colour = option.palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 2))
        colour.setAlpha(72)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 4, 4)

    def _draw_box(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, quiet: QColor) -> None:
        """Draw the key and a box of the category's colour: full and ticked, or empty where it is switched off."""
        painter.setPen(quiet)
        key = index.data(CategoryRole.KEY)
        place = QRect(option.rect.x() + GRID // 2, option.rect.y(), _KEY, _ROW - 4)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, str(key) if key else "")
        colour, box = index.data(CategoryRole.COLOUR), QRectF(box_of(option.rect))
        if not self._is_on(index):
            painter.setPen(QPen(quiet, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
            return
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QPen(quiet, 1) if is_selected else Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(QPen(QColor("white" if colour.lightnessF() < 0.55 else "black"), 1.8))
        x, y = box.x(), box.y()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tick = QPolygonF([QRectF(x + dx, y + dy, 0, 0).topLeft() for dx, dy in ((3.5, 7.2), (6, 9.8), (10.5, 4.4))])
        painter.drawPolyline(tick)

    def _draw_counts(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, quiet: QColor) -> int:
        """Draw the numbers at the right, and return where they begin."""
        by_you, locale = index.data(CategoryRole.BY_YOU), QLocale()
        text, is_wide = locale.toString(index.data(CategoryRole.COUNT)), option.rect.width() >= _ROOM_FOR_WORDS
        if index.data(CategoryRole.IS_UNKNOWN):
            text = self.tr("unknown word")
        elif (precision := index.data(CategoryRole.PRECISION)) is not None:
            words = self.tr("{right} of {count} right") if is_wide else "{right}/{count}"
            text = f"{words.format(right=precision.right, count=precision.count)}   {text}"
        elif (examples := index.data(CategoryRole.EXAMPLES)) > (by_you or 0):
            text = f"{self.tr('{number} ex').format(number=locale.toString(examples))}   {text}"
        elif by_you:
            words = self.tr("{number} by you") if is_wide else "✓{number}"
            text = f"{words.format(number=locale.toString(by_you))}   {text}"
        box = option.rect.adjusted(0, 0, -GRID, -4)
        painter.setPen(quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return box.right() - painter.fontMetrics().horizontalAdvance(text) - GRID

    def _draw_bar(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex, left: int, colour: QColor | None
    ) -> None:
        """Draw how much of what looks like this category is settled."""
        colour = colour or index.data(CategoryRole.COLOUR) or option.palette.color(QPalette.ColorRole.PlaceholderText)
        groove = QRectF(left, option.rect.bottom() - 5, option.rect.right() - GRID - left, 3)
        painter.setPen(Qt.PenStyle.NoPen)
        faint = QColor(colour)
        faint.setAlpha(64)
        painter.setBrush(faint)
        painter.drawRoundedRect(groove, 1.5, 1.5)
        groove.setWidth(groove.width() * index.data(CategoryRole.SETTLED))
        painter.setBrush(colour)
        painter.drawRoundedRect(groove, 1.5, 1.5)

    def _is_on(self, index: AnyIndex) -> bool:
        """Tell whether a category is asked for; a heading always counts as such."""
        return bool(index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Unchecked)


def is_on_box(row: QRect, place: QPoint) -> bool:
    """Tell whether a place is on the box of a row, or so near that it is meant."""
    return box_of(row).adjusted(-4, -8, 4, 8).contains(place)


def box_of(row: QRect) -> QRect:
    """Return where the box of a row is."""
    return QRect(row.x() + GRID // 2 + _KEY + 4, row.y() + (_ROW - 4 - _BOX) // 2, _BOX, _BOX)
