"""The photos as a grid: pictures with a mark and a category under each, under headings; which of them are chosen."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QDrag,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionRubberBand, QToolTip, QWidget

from clipsorter.photos.photo import Photo
from clipsorter.ui.grid_choice import ChoosingGrid, Flag
from clipsorter.ui.grid_layout import Places
from clipsorter.ui.grid_view import GAP, AnyIndex
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.photo_painter import CHECK, PhotoPainter
from clipsorter.ui.rubber_band import RubberBand
from clipsorter.ui.thumbnails import Thumbnails
from clipsorter.ui.turns import undisturbed

MIN_ZOOM, MAX_ZOOM = 80, 400
_ADDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class PhotoGrid(ChoosingGrid):
    """A list of pictures that flows, with headings, a rubber band, and photos that can be dragged out."""

    zoomed = Signal(int)
    menu_asked = Signal(int, QPoint)  # the group whose heading is meant, or -1; the place on the screen

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: Thumbnails,
        colour_of: Callable[[str], QColor],
        parent: QWidget | None = None,
    ) -> None:
        self._painter = PhotoPainter(model, thumbnails, colour_of)
        super().__init__(model, self._painter.cell(), parent)
        self._painter.set_view(self)
        self._before: Places = np.empty(0, np.int64)  # what was chosen when the rubber band was begun
        self._is_toggling = False
        self._hovered = -1
        self._told = ""  # the key of the group that a screen reader knows to be in
        self._band = RubberBand(self)
        self._band.moved.connect(self._choose_touched)
        self.setAccessibleName(self.tr("Photos"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        thumbnails.arrived.connect(self._show_picture)

    @property
    def zoom(self) -> int:
        """Return the side of a picture in pixels."""
        return self._painter.zoom

    @Slot(int)
    def set_zoom(self, zoom: int) -> None:
        """Show pictures larger or smaller."""
        self._painter.zoom = min(MAX_ZOOM, max(MIN_ZOOM, zoom))
        self.resize_cells(self._painter.cell())
        self.zoomed.emit(self._painter.zoom)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or choose a group at its heading, begin a rubber band between photos, else choose a photo."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or self.indexAt(point).isValid():
            super().mousePressEvent(event)
        elif (group := self.heading_at(point)) < 0:
            adds = event.modifiers() & _ADDS
            self._is_toggling = bool(adds & Qt.KeyboardModifier.ControlModifier)
            if not adds:
                self.clearSelection()
            self._before = np.flatnonzero(self.chosen_mask())
            self._band.begin(point)
        elif CHECK.contains(point.x(), CHECK.center().y()) or event.modifiers() & _ADDS:
            self.choose_group(group, self.chosen_of_group(group) != Qt.CheckState.Checked)
        else:
            self.fold(group, not self.is_folded(group))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a quick second click on a heading as a click."""
        if self.heading_at(event.position().toPoint()) >= 0:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band, or let the photos be dragged."""
        point = event.position().toPoint()
        if self._band.is_active:
            self._band.move(point)
            return
        if not event.buttons():
            hovered = self.heading_at(point)
            if hovered != self._hovered:
                self._hovered = hovered
                for _, box in self.headings_in_view():
                    self.viewport().update(box)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the rubber band."""
        if self._band.is_active:
            self._band.end()
            self.viewport().update()
        else:
            super().mouseReleaseEvent(event)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell a screen reader of the heading when the keyboard comes to photos under another one."""
        super().currentChanged(current, previous)
        group = self.current_group()
        what = self._model.groups[group] if group >= 0 else None
        if what is not None and what.key != self._told:
            words = self.tr("{heading}, photos: {count}").format(
                heading=self._painter.title(what), count=QLocale().toString(what.count)
            )
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self._told = what.key if what is not None else ""

    @Slot()
    def _choose_touched(self) -> None:
        touched = self._layout.touched(self._band.box(), GAP)
        places = np.setxor1d(self._before, touched) if self._is_toggling else np.union1d(self._before, touched)
        if not np.array_equal(places, np.flatnonzero(self.chosen_mask())):
            self._choose_places(places, Flag.ClearAndSelect)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a heading or of the chosen photos; from the keyboard, beside the current one."""
        point, group = event.pos(), self.heading_at(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            point, group = self.visualRect(self.currentIndex()).center(), -1
        if group >= 0 or self.chosen_mask().any():
            self.menu_asked.emit(group, self.viewport().mapToGlobal(point))

    def viewportEvent(self, event: QEvent) -> bool:
        """Say of a heading what a click does."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.heading_at(event.pos()) >= 0:
            QToolTip.showText(event.globalPos(), self.tr("Click to fold or unfold; the box chooses all"), self)
            return True
        return super().viewportEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Let the files of the chosen photos be dropped elsewhere; they are never moved."""
        if rows := self.chosen_rows():
            self.drag_of(rows).exec(Qt.DropAction.CopyAction, Qt.DropAction.CopyAction)

    def drag_of(self, rows: list[int]) -> QDrag:
        """Return photos as they hang at the mouse."""
        drag = QDrag(self)
        drag.setMimeData(self._model.files(rows))
        drag.setPixmap(self._painter.dragged(rows, self.devicePixelRatioF()))
        return drag

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw what comes into view."""
        super().scrollContentsBy(dx, dy)
        if self._band.is_active:
            self.viewport().update()

    @undisturbed
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in view and not yet drawn."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        clip, top = event.rect(), self.verticalOffset()
        mask, current = self.chosen_mask(), self.currentIndex().row() if self.hasFocus() else -1
        for _, first, end in self._layout.lines_between(top + clip.top(), top + clip.bottom()):
            for place in range(first, end):
                cell = self.visualRect(self._model.index(place))
                if cell.intersects(clip):
                    row = self._model.row_at(place)
                    self._painter.draw_photo(painter, cell, row, bool(mask[place]), place == current)
        for group, box in self.headings_in_view():
            if box.intersects(clip):
                check, is_hovered = self.chosen_of_group(group), group == self._hovered
                what = self._model.groups[group]
                self._painter.draw_heading(painter, box, what, self.is_folded(group), check, is_hovered)
        if self._band.is_active:
            option = QStyleOptionRubberBand()
            option.initFrom(self)
            option.rect = self._band.in_view()
            self.style().drawControl(QStyle.ControlElement.CE_RubberBand, option, painter, self)

    @Slot(object)
    def _show_picture(self, photo: Photo) -> None:
        """Draw a photo whose picture has come, and nothing else."""
        for _, first, end in self.lines_in_view():
            for place in range(first, end):
                if self._model.photo(self._model.row_at(place)) is photo:
                    self.viewport().update(self.visualRect(self._model.index(place)))
