"""Draws what the grid shows: a photo with its mark and caption, a heading, and what hangs at the mouse in a drag."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QLocale, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette, QPen, QPixmap, QPolygon
from PySide6.QtWidgets import QWidget

from clipsorter.ui.grid_view import HEADING
from clipsorter.ui.marks import draw_mark
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_order import Group
from clipsorter.ui.photo_table import WORTH_SAYING, State
from clipsorter.ui.theme import GRID
from clipsorter.ui.thumbnails import Thumbnails

ARROW = QRect(GRID, 0, 20, HEADING)
CHECK = QRect(GRID + 24, 0, 24, HEADING)
_MARK = 16
_CAPTION = 24
_DRAGGED = 96  # pixels of the picture at the mouse
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class PhotoPainter(QObject):
    """Draws for one view, whose palette and font it takes."""

    def __init__(self, model: PhotoModel, thumbnails: Thumbnails, colour_of: Callable[[str], QColor]) -> None:
        super().__init__()
        self._model, self._thumbnails, self._colour_of = model, thumbnails, colour_of
        self._view: QWidget
        self._caption_height = _CAPTION
        self.zoom = 160

    def set_view(self, view: QWidget) -> None:
        """Draw for this view from now on."""
        self._view = view
        self._caption_height = max(_CAPTION, view.fontMetrics().height() + 6)

    def cell(self) -> tuple[int, int]:
        """Return width and height of a photo with its caption and the room around it."""
        return self.zoom + 2 * GRID, self.zoom + 2 * GRID + self._caption_height

    def draw_photo(self, painter: QPainter, cell: QRect, row: int, is_chosen: bool, is_current: bool) -> None:
        """Draw the picture, the mark, the name of the category, and how sure it is."""
        palette = self._view.palette()
        state = self._model.table.state(row)
        area = cell.adjusted(GRID // 2, GRID // 2, -GRID // 2, -GRID // 2)
        if is_chosen:
            painter.fillRect(area, palette.color(QPalette.ColorRole.Highlight))
        picture = QRect(area.x() + GRID // 2, area.y() + GRID // 2, self.zoom, self.zoom)
        self._draw_picture(painter, picture, row, state)
        caption = QRect(picture.x(), picture.bottom() + 5, picture.width(), self._caption_height - 4)
        self._draw_caption(painter, caption, row, state, is_chosen)
        if is_current:
            painter.setPen(palette.color(QPalette.ColorRole.WindowText))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0, 0, -1, -1))

    def draw_heading(
        self, painter: QPainter, box: QRect, group: Group, is_folded: bool, check: Qt.CheckState, is_hovered: bool
    ) -> None:
        """Draw the arrow, the box that chooses all, the name and the number of photos of a group."""
        palette = self._view.palette()
        painter.fillRect(box, palette.color(QPalette.ColorRole.Base))  # photos go past below it
        painter.fillRect(box.adjusted(0, 2, 0, -2), palette.color(QPalette.ColorRole.Window))
        if palette.color(QPalette.ColorRole.Window) == palette.color(QPalette.ColorRole.Base):  # high contrast
            painter.fillRect(box.x(), box.bottom() - 2, box.width(), 1, palette.color(QPalette.ColorRole.Text))
        text, quiet = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.PlaceholderText)
        centre = ARROW.translated(box.topLeft()).center()
        x, y = centre.x(), centre.y()
        corners = [(-2, -4), (3, 0), (-2, 4)] if is_folded else [(-4, -2), (4, -2), (0, 3)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(text if is_hovered else quiet)
        painter.drawPolygon(QPolygon([QPoint(x + dx, y + dy) for dx, dy in corners]))
        self._draw_check(painter, CHECK.translated(box.topLeft()), check, quiet)
        left = box.x() + CHECK.right() + GRID
        mark = QRect(left, box.center().y() - _MARK // 2, _MARK, _MARK)
        if group.name and group.key.startswith("category"):
            draw_mark(painter, mark, State.SURE, self._colour_of(group.name), quiet)
            left += _MARK + 6
        elif group.state in (State.UNSURE, State.FAILED):
            draw_mark(painter, mark, group.state, quiet, quiet)
            left += _MARK + 6
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        bold = QFontMetrics(font)
        count = QLocale().toString(group.count)
        room = box.right() - left - 2 * GRID - bold.horizontalAdvance(count)
        title = bold.elidedText(self.title(group), Qt.TextElideMode.ElideMiddle, room)
        painter.setPen(text)
        painter.drawText(QRect(left, box.y(), room, box.height()), _LEFT, title)
        left += bold.horizontalAdvance(title) + GRID
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(quiet)
        painter.drawText(QRect(left, box.y(), box.right() - left, box.height()), _LEFT, count)

    def title(self, group: Group) -> str:
        """Return what a heading says."""
        if group.state is not None:
            return {
                State.UNSURE: self.tr("Unsure"),
                State.KNOWN: self.tr("Looked at; no category yet"),
                State.WAITING: self.tr("Not looked at yet"),
                State.FAILED: self.tr("Can't be read"),
            }.get(group.state, "")
        if group.month is not None:
            return QLocale().toString(QDate(group.month.year, group.month.month, 1), "MMMM yyyy")
        return group.name or self.tr("Without a date")

    def dragged(self, rows: Sequence[int], ratio: float) -> QPixmap:
        """Return a picture of the first photo, with the number of all where there are several."""
        side = round(_DRAGGED * ratio)
        pixmap = QPixmap(side, side)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QRect(0, 0, _DRAGGED - 8, _DRAGGED - 8)
        self._draw_picture(painter, box.translated(0, 8), rows[0], self._model.table.state(rows[0]))
        if len(rows) > 1:
            count = QLocale().toString(len(rows))
            metrics = painter.fontMetrics()
            badge = QRect(0, 0, max(22, metrics.horizontalAdvance(count) + 12), 22)
            badge.moveTopRight(QRect(0, 0, _DRAGGED, 0).topRight())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._view.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(badge, 11, 11)
            painter.setPen(self._view.palette().color(QPalette.ColorRole.HighlightedText))
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, count)
        painter.end()
        return pixmap

    def _draw_check(self, painter: QPainter, box: QRect, check: Qt.CheckState, quiet: QColor) -> None:
        """Draw a box that is empty, or filled with a tick or, for some, a dash."""
        palette = self._view.palette()
        square = QRect(0, 0, 15, 15)
        square.moveCenter(box.center())
        x, y = square.x(), square.y()
        is_filled = check != Qt.CheckState.Unchecked
        accent = palette.color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(accent if is_filled else quiet, 1))
        painter.setBrush(accent if is_filled else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(square).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(QPen(palette.color(QPalette.ColorRole.HighlightedText), 2))
        if check == Qt.CheckState.Checked:
            painter.drawPolyline(QPolygon([QPoint(x + 4, y + 8), QPoint(x + 6, y + 10), QPoint(x + 11, y + 5)]))
        elif is_filled:
            painter.drawLine(x + 4, y + 7, x + 11, y + 7)

    def _draw_picture(self, painter: QPainter, box: QRect, row: int, state: State) -> None:
        ratio = self._view.devicePixelRatioF()
        pixmap: QPixmap | None = None
        if state is not State.FAILED:
            is_proven = state is not State.WAITING
            pixmap = self._thumbnails.get(self._model.photo(row), round(self.zoom * ratio), is_proven)
        if pixmap is None or pixmap.isNull():
            palette = self._view.palette()
            painter.fillRect(box.adjusted(4, 4, -4, -4), palette.color(QPalette.ColorRole.Window))
            if state is State.FAILED:
                quiet = palette.color(QPalette.ColorRole.PlaceholderText)
                mark = QRect(0, 0, 32, 32)
                mark.moveCenter(box.center())
                draw_mark(painter, mark, state, quiet, quiet)
            return
        size = pixmap.size().scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
        if size.width() > pixmap.width() / ratio * 2:  # a tiny picture is not blown up
            size = QSize(pixmap.size())
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(box.center())
        painter.drawPixmap(place, pixmap)

    def _draw_caption(self, painter: QPainter, box: QRect, row: int, state: State, is_chosen: bool) -> None:
        role, palette = QPalette.ColorRole, self._view.palette()
        text_colour = palette.color(role.HighlightedText if is_chosen else role.Text)
        quiet = text_colour if is_chosen else palette.color(role.PlaceholderText)
        name, number = self._caption(row, state)
        category = self._model.table.category(row)
        if state in (State.SURE, State.UNSURE, State.BY_YOU, State.FAILED):
            mark = QRect(box.x(), box.y() + (box.height() - _MARK) // 2, _MARK, _MARK)
            colour = self._colour_of(category) if category else quiet
            draw_mark(painter, mark, state, colour, quiet)
            box = box.adjusted(_MARK + 6, 0, 0, 0)
        metrics = self._view.fontMetrics()
        if number:
            painter.setPen(quiet)
            painter.drawText(box, _RIGHT, number)
            box = box.adjusted(0, 0, -metrics.horizontalAdvance(number) - 6, 0)
        painter.setPen(text_colour if state in (State.SURE, State.BY_YOU) else quiet)
        painter.drawText(box, _LEFT, metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, box.width()))

    def _caption(self, row: int, state: State) -> tuple[str, str]:
        """Return the words under a photo, and the number at their right."""
        table = self._model.table
        match state:
            case State.BY_YOU:
                return self._short(table.label(row) or ""), ""
            case State.SURE | State.UNSURE:
                name, share = table.best(row)
                if not name:
                    return "", ""
                if state is State.UNSURE and share < WORTH_SAYING:
                    return self.tr("unsure"), ""
                return self._short(name), self.tr("{percent} %").format(percent=round(100 * share))
            case State.FAILED if not table.column("elsewhere")[row]:  # there it is the name that one looks for
                return self.tr("can't be read"), ""
        return table.photos[row].path.name, ""

    def _short(self, name: str) -> str:
        """Return the last part of a category's name, as long as no other one ends so."""
        last = name.rpartition("/")[2]
        if last == name:
            return name
        alike = [other for other in self._model.table.category_names() if other.rpartition("/")[2] == last]
        return last if len(alike) == 1 else name
