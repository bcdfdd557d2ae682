"""A view of a list as cells of one size under headings: where everything is, and what keys and the wheel do.

A QListView only in that screen readers know it as a list: its own layout knows no headings, and goes through 100,000
photos one by one, for 60 ms, at each change of order, size or number. Here all that is overridden: places are
arithmetic (grid_layout.py), and only what is in view is touched.
"""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from clipsorter.ui.grid_layout import Box, GridLayout, Places, lay_out
from clipsorter.ui.photo_model import PhotoModel
from clipsorter.ui.theme import GRID

GAP = GRID // 2  # round each photo; a rubber band can be begun there
HEADING = 36
_LINE_STEP = 48
AnyIndex = QModelIndex | QPersistentModelIndex


class GridView(QListView):
    """Cells that flow into the width; what is in view stays there when width, size or order change."""

    def __init__(self, model: PhotoModel, cell: tuple[int, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._cell = model, cell
        self._folded: set[str] = set()
        self._layout: GridLayout = lay_out([0], [False], 1, cell, 0)
        self._in_view: tuple[Places, list[int]] = np.empty(0, np.int64), []
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(model)
        model.rowsRemoved.connect(self.arrange)

    def visualRect(self, index: AnyIndex) -> QRect:
        """Return where a photo is in the viewport; nothing for one that is folded away."""
        box = self._layout.cell(index.row()) if 0 <= index.row() < self._layout.count else None
        return self.seen(box) if box is not None else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the photo at a point of the viewport; the gaps between photos belong to none."""
        place = self._layout.place_at(point.x(), point.y() + self.verticalOffset())
        box = self._layout.cell(place) if place >= 0 else None
        if box is None or not self.seen(box).adjusted(GAP, GAP, -GAP, -GAP).contains(point):
            return QModelIndex()
        if self.heading_at(point) >= 0:
            return QModelIndex()
        return self._model.index(place)

    def scrollTo(
        self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a photo into view."""
        box = self._layout.cell(index.row()) if 0 <= index.row() < self._layout.count else None
        if box is None:
            return
        bar, room = self.verticalScrollBar(), self.viewport().height()
        top = box.y - self._layout.heading_height  # a heading stays above its photos
        match hint:
            case QAbstractItemView.ScrollHint.PositionAtTop:
                bar.setValue(top)
            case QAbstractItemView.ScrollHint.PositionAtBottom:
                bar.setValue(box.y + box.height - room)
            case QAbstractItemView.ScrollHint.PositionAtCenter:
                bar.setValue(box.y - (room - box.height) // 2)
            case _:
                if top < bar.value() or box.height > room:
                    bar.setValue(top)
                elif box.y + box.height > bar.value() + room:
                    bar.setValue(box.y + box.height - room)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier | None = None
    ) -> QModelIndex:
        """Return the photo to which a key goes."""
        layout, move = self._layout, QAbstractItemView.CursorAction
        if layout.nearest(0, 0) < 0:
            return QModelIndex()
        place = self.currentIndex().row()
        if place < 0:
            return self._model.index(layout.nearest(0, self.verticalOffset()))
        page = max(1, self.viewport().height() // layout.cell_height)
        ends = {move.MoveHome: layout.nearest(0, 0), move.MoveEnd: int(layout.unfolded()[-1])}
        lines = {move.MoveUp: -1, move.MoveDown: 1, move.MovePageUp: -page, move.MovePageDown: page}
        if action in ends:
            return self._model.index(ends[action])
        if action in lines:
            return self._model.index(layout.moved(place, lines[action]))
        is_on = action in (move.MoveRight, move.MoveNext)
        return self._model.index(layout.beside(place, 1 if is_on else -1))

    def horizontalOffset(self) -> int:
        """Return 0: there is nothing beside the photos."""
        return 0

    def verticalOffset(self) -> int:
        """Return how many pixels are above the viewport."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: AnyIndex) -> bool:
        """Tell whether a photo is folded away."""
        return self._layout.cell(index.row()) is None

    def seen(self, box: Box) -> QRect:
        """Return where a box of the layout is in the viewport."""
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    def doItemsLayout(self) -> None:
        """Do nothing of what a list view does: everything has its place already."""

    def keyboardSearch(self, search: str) -> None:
        """Go nowhere: letters mean categories."""

    @Slot()
    def reset(self) -> None:
        """Begin anew with what the model shows."""
        super().reset()
        self.arrange()

    def rowsInserted(self, parent: AnyIndex, first: int, last: int) -> None:
        """Make room for photos."""
        super().rowsInserted(parent, first, last)
        self.arrange()

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Draw what is in view anew."""
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the photos flow into the new width; the current one stays in view, or else what is in the middle."""
        held = self._held()
        super().resizeEvent(event)
        self.arrange()
        if event.oldSize().width() != event.size().width():
            self._hold(held)

    def updateGeometries(self) -> None:
        """Tell the scroll bar how much there is."""
        bar = self.verticalScrollBar()
        bar.setSingleStep(_LINE_STEP)
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setRange(0, max(0, self._layout.height - self.viewport().height()))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is drawn, so that only what comes into view is drawn anew; the top heading does not move."""
        self.viewport().scroll(0, dy)
        if self._layout.heading_height:
            self.viewport().update(0, 0, self.viewport().width(), self._layout.heading_height + max(0, dy))

    @Slot()
    def arrange(self) -> None:
        """Lay out what the model shows."""
        groups, count = self._model.groups, self._model.rowCount()
        folded = [group.key in self._folded for group in groups]
        counts, height = ([group.count for group in groups], HEADING) if groups else ([count], 0)
        width = max(1, self.viewport().width())
        self._layout = lay_out(counts, folded or [False], width, self._cell, height)
        self.updateGeometries()
        self.viewport().update()

    def _held(self) -> tuple[int, int]:
        """Return a photo in view, the current one if possible, and where its middle is in the viewport."""
        current = self.visualRect(self.currentIndex())
        if current.isValid() and current.intersects(self.viewport().rect()):
            return self.currentIndex().row(), current.center().y()
        middle = self.viewport().height() // 2
        place = self._layout.nearest(0, self.verticalOffset() + middle)
        box = self._layout.cell(place) if place >= 0 and self.verticalOffset() else None
        return (place, self.seen(box).center().y()) if box is not None else (-1, 0)

    def _hold(self, held: tuple[int, int]) -> None:
        place, y = held
        box = self._layout.cell(place) if 0 <= place < self._layout.count else None
        if box is not None:
            self.verticalScrollBar().setValue(box.y + box.height // 2 - y)
            if place == self.currentIndex().row():
                self.scrollTo(self.currentIndex())

    def remember_view(self) -> None:
        """Note which photos are in view, and where, before places lose their meaning."""
        lines = self.lines_in_view()
        places = np.concatenate([np.arange(first, end) for _, first, end in lines] or [np.empty(0, np.int64)])
        self._in_view = self._model.rows_at(places), [y for y, first, end in lines for _ in range(first, end)]

    def recall_view(self) -> None:
        """Bring back into view what was there: most of it at the same height, whatever became of single photos."""
        rows, heights = self._in_view
        boxes = [self._layout.cell(place) if place >= 0 else None for place in self._model.places(rows).tolist()]
        moves = [box.y - y for box, y in zip(boxes, heights, strict=True) if box is not None]
        if moves:
            self.verticalScrollBar().setValue(self.verticalOffset() + round(float(np.median(moves))))

    def lines_in_view(self) -> list[tuple[int, int, int]]:
        """Return (y, first place, last place + 1) of each line that can be seen, y counted from the first line."""
        return self._layout.lines_between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())

    def resize_cells(self, cell: tuple[int, int]) -> None:
        """Give photos another size; the current one stays in view, or else what is in the middle."""
        held = self._held()
        self._cell = cell
        self.arrange()
        self._hold(held)

    def fold(self, group: int, is_folded: bool) -> None:
        """Hide the photos of a group, or show them."""
        key = self._model.groups[group].key
        if is_folded:
            self._folded.add(key)
        else:
            self._folded.discard(key)
        self.arrange()

    def fold_all(self, is_folded: bool) -> None:
        """Hide or show the photos of all groups."""
        self._folded = {group.key for group in self._model.groups} if is_folded else set()
        self.arrange()

    def is_folded(self, group: int) -> bool:
        """Tell whether only the heading of a group is shown."""
        return bool(self._layout.is_folded[group])

    def current_group(self) -> int:
        """Return the group of the current photo, or -1."""
        place = self.currentIndex().row()
        return self._layout.group_of(place) if self._model.groups and place >= 0 else -1

    def heading_at(self, point: QPoint) -> int:
        """Return the group whose heading is at a point of the viewport, or -1."""
        top = self.verticalOffset()
        return self._layout.heading_at(top + point.y(), top)

    def headings_in_view(self) -> list[tuple[int, QRect]]:
        """Return the groups whose headings can be seen, and where in the viewport."""
        top, width = self.verticalOffset(), self.viewport().width()
        found = self._layout.headings_between(top, top + self.viewport().height())
        return [(group, QRect(0, y - top, width, self._layout.heading_height)) for group, y in found]
