"""The photos as a grid: pictures with a mark and a category under each, quick whatever their number."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clipsorter.ui.marks import draw_mark
from clipsorter.ui.photo_model import PhotoModel, Role
from clipsorter.ui.photo_table import State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

MIN_ZOOM, MAX_ZOOM = 80, 400
_MARK = 16
_CAPTION = 24
_WORTH_SAYING = 0.1  # a smaller share of an unsure answer means nothing
AnyIndex = QModelIndex | QPersistentModelIndex


class PhotoDelegate(QStyledItemDelegate):
    """Draws one photo of the grid."""

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: Thumbnails,
        colour_of: Callable[[str], QColor],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._colour_of = colour_of
        self.zoom = 160

    def cell(self) -> QSize:
        """Return the size of a photo with its caption and the room around it."""
        return QSize(self.zoom + 2 * GRID, self.zoom + 2 * GRID + _CAPTION)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Return the same size for all: nothing has to be asked of 100,000 photos."""
        return self.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the picture, the mark, the name of the category, and how sure it is."""
        model = self._model
        row = index.data(Role.ROW)
        state = model.table.state(row)
        area = option.rect.adjusted(GRID // 2, GRID // 2, -GRID // 2, -GRID // 2)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if is_selected:
            painter.fillRect(area, option.palette.color(QPalette.ColorRole.Highlight))
        picture = QRect(area.x() + GRID // 2, area.y() + GRID // 2, self.zoom, self.zoom)
        self._draw_picture(painter, option, picture, model, row, state)
        caption = QRect(picture.x(), picture.bottom() + 5, picture.width(), _CAPTION - 4)
        self._draw_caption(painter, option, caption, model, row, state, is_selected)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(option.palette.color(QPalette.ColorRole.WindowText))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()

    def _draw_picture(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, model: PhotoModel, row: int, state: State
    ) -> None:
        ratio = option.widget.devicePixelRatioF() if option.widget else 1.0
        pixmap: QPixmap | None = None
        if state is not State.FAILED:
            is_proven = state is not State.WAITING
            pixmap = self._thumbnails.get(model.photo(row), round(self.zoom * ratio), is_proven)
        if pixmap is None or pixmap.isNull():
            painter.fillRect(box.adjusted(4, 4, -4, -4), option.palette.color(QPalette.ColorRole.Window))
            if state is State.FAILED:
                quiet = option.palette.color(QPalette.ColorRole.PlaceholderText)
                mark = QRect(0, 0, 32, 32)
                mark.moveCenter(box.center())
                draw_mark(painter, mark, state, quiet, quiet)
            return
        size = pixmap.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > pixmap.width() / ratio * 2:  # a tiny picture is not blown up
            size = pixmap.size()
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(box.center())
        painter.drawPixmap(place, pixmap)

    def _draw_caption(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        model: PhotoModel,
        row: int,
        state: State,
        is_selected: bool,
    ) -> None:
        role = QPalette.ColorRole
        text_colour = option.palette.color(role.HighlightedText if is_selected else role.Text)
        quiet = text_colour if is_selected else option.palette.color(role.PlaceholderText)
        name, number = self._caption(model, row, state)
        category = model.table.category(row)
        mark = QRect(box.x(), box.y() + (box.height() - _MARK) // 2, _MARK, _MARK)
        has_mark = state in (State.SURE, State.UNSURE, State.BY_YOU, State.FAILED)
        if has_mark:
            draw_mark(painter, mark, state, self._colour_of(category) if category else quiet, quiet)
        text = box.adjusted(_MARK + 6 if has_mark else 0, 0, 0, 0)
        metrics = option.fontMetrics
        painter.setPen(quiet)
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        if number:
            text.setRight(text.right() - metrics.horizontalAdvance(number) - 6)
        painter.setPen(text_colour if state in (State.SURE, State.BY_YOU) else quiet)
        painter.drawText(
            text,
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, text.width()),
        )

    def _caption(self, model: PhotoModel, row: int, state: State) -> tuple[str, str]:
        """Return the words under a photo, and the number at their right."""
        match state:
            case State.BY_YOU:
                return model.table.label(row) or "", ""
            case State.SURE | State.UNSURE:
                guesses = model.table.guesses(row)
                if not guesses:
                    return "", ""
                if state is State.UNSURE and guesses[0].probability < _WORTH_SAYING:
                    return self.tr("unsure"), ""
                percent = round(100 * guesses[0].probability)
                return guesses[0].category, self.tr("{percent} %").format(percent=percent)
            case State.FAILED:
                return self.tr("can't be read"), ""
        return model.photo(row).path.name, ""


class PhotoGrid(QListView):
    """A list of pictures that flows; the current photo and the chosen ones stay so when the order changes."""

    zoomed = Signal(int)

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: Thumbnails,
        colour_of: Callable[[str], QColor],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = PhotoDelegate(model, thumbnails, colour_of, self)
        self._kept: tuple[int, list[int]] = (-1, [])
        self.setAccessibleName(self.tr("Photos"))
        self.setItemDelegate(self._delegate)
        # The list mode that flows and wraps lays 100,000 photos out at once; the icon mode takes seconds.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.verticalScrollBar().setSingleStep(48)
        self.setModel(model)
        self.set_zoom(self._delegate.zoom)
        thumbnails.arrived.connect(self.viewport().update)
        model.about_to_rearrange.connect(self._remember)
        model.rearranged.connect(self._recall)

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Draw anew. Qt would lay all photos out anew as well, but they keep their size: 60 ms for 100,000."""
        self.viewport().update()

    @property
    def zoom(self) -> int:
        """Return the side of a picture in pixels."""
        return self._delegate.zoom

    @Slot(int)
    def set_zoom(self, zoom: int) -> None:
        """Show pictures larger or smaller; the current one stays in view."""
        self._delegate.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        self.setGridSize(self._delegate.cell())
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self.zoomed.emit(self._delegate.zoom)

    def chosen_rows(self) -> list[int]:
        """Return the rows of the table that are chosen, in the order shown."""
        places = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._model.row_at(place) for place in places]

    def current_row(self) -> int:
        """Return the row of the table that has the keyboard, or -1."""
        index = self.currentIndex()
        return self._model.row_at(index.row()) if index.isValid() and index.row() < self._model.rowCount() else -1

    def choose(self, row: int) -> None:
        """Go to a photo, if it is shown."""
        if (index := self._model.place_of(row)).isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def choose_next(self, place: int) -> None:
        """Go to the photo at a place, or to the last one."""
        if count := self._model.rowCount():
            index = self._model.index(min(max(place, 0), count - 1))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    @Slot()
    def _remember(self) -> None:
        self._kept = self.current_row(), self.chosen_rows()

    @Slot()
    def _recall(self) -> None:
        current, chosen = self._kept
        selection = QItemSelection()
        for place in self._model.places_of(chosen):
            selection.select(self._model.index(place), self._model.index(place))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if (index := self._model.place_of(current)).isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
