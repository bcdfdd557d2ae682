"""Where each photo of the grid is: cells of one size in lines, under headings that can be folded.

All of it is arithmetic on a few numbers for each group, so that a hundred thousand photos are laid out in no time.
Places count the photos in the order shown, y counts pixels from the top of the first line.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class GridLayout:
    """The lines of the groups one below the other; entry i of an array belongs to group i, the last one to the end."""

    columns: int
    pitch: int  # pixels from one column to the next
    cell_width: int
    cell_height: int
    heading_height: int
    is_folded: NDArray[np.bool_]  # [G]
    first_places: NDArray[np.int64]  # [G + 1]
    first_lines: NDArray[np.int64]  # [G + 1], folded groups have none
    tops: NDArray[np.int64]  # [G + 1]

    @property
    def count(self) -> int:
        """Return how many photos there are."""
        return int(self.first_places[-1])

    @property
    def height(self) -> int:
        """Return the height of everything in pixels."""
        return int(self.tops[-1])

    def group_of(self, place: int) -> int:
        """Return the group of a photo."""
        return int(np.searchsorted(self.first_places, place, "right")) - 1

    def group_at(self, y: int) -> int:
        """Return the group whose heading or photos are at a height; the first or last one beyond the ends."""
        return min(max(int(np.searchsorted(self.tops, y, "right")) - 1, 0), len(self.is_folded) - 1)

    def places_of_group(self, group: int) -> Places:
        """Return the photos of a group, be it folded."""
        return np.arange(self.first_places[group], self.first_places[group + 1])

    def cell(self, place: int) -> Box | None:
        """Return where a photo is, or None if its group is folded."""
        group = self.group_of(place)
        if self.is_folded[group]:
            return None
        line, column = divmod(place - int(self.first_places[group]), self.columns)
        y = int(self.tops[group]) + self.heading_height + line * self.cell_height
        return Box(column * self.pitch + (self.pitch - self.cell_width) // 2, y, self.cell_width, self.cell_height)

    def place_at(self, x: int, y: int) -> int:
        """Return the photo in whose cell a point is, or -1."""
        place = self.nearest(x, y)
        box = self.cell(place) if place >= 0 else None
        is_inside = box is not None and 0 <= x - box.x < box.width and 0 <= y - box.y < box.height
        return place if is_inside else -1

    def nearest(self, x: int, y: int) -> int:
        """Return the photo on whose line a point is, or that comes next after it; -1 if none is to be seen."""
        total = int(self.first_lines[-1])
        if not total:
            return -1
        group = self.group_at(y)
        down = max(0, y - int(self.tops[group]) - self.heading_height) // self.cell_height
        line = min(max(int(self.first_lines[group]) + down, 0), int(self.first_lines[group + 1]) - 1)
        if self.is_folded[group]:
            line = min(int(self.first_lines[group]), total - 1)
        return self.on_line(line, max(0, x) // self.pitch)

    def line_of(self, place: int) -> int:
        """Return the line of a photo; of a folded one, the line that follows its heading."""
        group = self.group_of(place)
        if self.is_folded[group]:
            return min(int(self.first_lines[group]), int(self.first_lines[-1]) - 1)
        return int(self.first_lines[group]) + (place - int(self.first_places[group])) // self.columns

    def column_of(self, place: int) -> int:
        """Return the column of a photo."""
        return (place - int(self.first_places[self.group_of(place)])) % self.columns

    def on_line(self, line: int, column: int) -> int:
        """Return the photo in a column of a line, or the last one of the line."""
        group = int(np.searchsorted(self.first_lines, line, "right")) - 1
        place = int(self.first_places[group]) + (line - int(self.first_lines[group])) * self.columns
        return min(place + min(max(column, 0), self.columns - 1), int(self.first_places[group + 1]) - 1)

    def moved(self, place: int, lines: int) -> int:
        """Return the photo so many lines below (above, if negative) in the same column; the ends hold."""
        total = int(self.first_lines[-1])
        if not total:
            return place
        line = self.line_of(place) + lines
        if self.is_folded[self.group_of(place)] and lines > 0:
            line -= 1  # the line that follows is already one further
        if line < 0 or line >= total:
            line = min(max(line, 0), total - 1)
        return self.on_line(line, self.column_of(place))

    def beside(self, place: int, step: int) -> int:
        """Return the next photo (step 1) or the one before (−1) that is to be seen, or the same at an end."""
        other = place + step
        while 0 <= other < self.count:
            group = self.group_of(other)
            if not self.is_folded[group]:
                return other
            other = int(self.first_places[group + 1]) if step > 0 else int(self.first_places[group]) - 1
        return place

    def unfolded(self) -> Places:
        """Return all photos but those of folded groups."""
        return np.flatnonzero(np.repeat(~self.is_folded, np.diff(self.first_places)))

    def lines_between(self, top: int, bottom: int) -> list[tuple[int, int, int]]:
        """Return (y, first place, last place + 1) of each line that reaches into a strip."""
        found = []
        for group in range(self.group_at(top), self.group_at(bottom) + 1):
            if self.is_folded[group]:
                continue
            start = int(self.tops[group]) + self.heading_height
            lines = int(self.first_lines[group + 1] - self.first_lines[group])
            first = max(0, (top - start) // self.cell_height)
            last = min(lines - 1, (bottom - start) // self.cell_height)
            for line in range(first, last + 1):
                place = int(self.first_places[group]) + line * self.columns
                end = min(place + self.columns, int(self.first_places[group + 1]))
                found.append((start + line * self.cell_height, place, end))
        return found

    def headings_between(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """Return (group, y) of each heading in a strip; the first stays at its top until the next pushes it out."""
        if not self.heading_height or not self.count:
            return []
        found = []
        for group in range(self.group_at(top), self.group_at(bottom) + 1):
            y = int(self.tops[group])
            found.append((group, max(y, min(top, int(self.tops[group + 1]) - self.heading_height))))
        return found

    def heading_at(self, y: int, top: int) -> int:
        """Return the group whose heading is at a height, where the strip in view begins at `top`; or -1."""
        found = self.headings_between(top, y)
        return next((group for group, start in found if start <= y < start + self.heading_height), -1)

    def touched(self, band: Box, gap: int) -> Places:
        """Return the photos that a rubber band touches, ascending; a strip of each cell's edge does not count."""
        left, right = band.x, band.x + band.width
        first = -(-(left - (self.pitch + self.cell_width) // 2 + gap) // self.pitch)
        last = (right - (self.pitch - self.cell_width) // 2 - gap) // self.pitch
        first, last = max(0, first), min(self.columns - 1, last)
        ranges = []
        for _, place, end in self.lines_between(band.y + gap, band.y + band.height - gap):
            if first <= last and place + first < end:
                ranges.append(np.arange(place + first, min(place + last + 1, end)))
        return np.concatenate(ranges) if ranges else np.empty(0, np.int64)


def lay_out(
    counts: Sequence[int], is_folded: Sequence[bool], width: int, cell: tuple[int, int], heading_height: int
) -> GridLayout:
    """Lay out groups of so many photos in a width; cells are (width, height), and columns share what is left over."""
    cell_width, cell_height = cell
    columns = max(1, width // cell_width)
    folded = np.array(is_folded, bool)
    photos = np.array(counts, np.int64)
    lines = np.where(folded, 0, -(-photos // columns))
    heights = heading_height + lines * cell_height
    return GridLayout(
        columns, max(cell_width, width // columns), cell_width, cell_height, heading_height, folded,
        _starts(photos), _starts(lines), _starts(heights),
    )  # fmt: skip


def runs(places: Places) -> list[tuple[int, int]]:
    """Return ascending places as (first, last) of each stretch without a gap."""
    if not len(places):
        return []
    breaks = np.flatnonzero(np.diff(places) != 1)
    firsts = places[np.concatenate([[0], breaks + 1])]
    lasts = places[np.concatenate([breaks, [len(places) - 1]])]
    return list(zip(firsts.tolist(), lasts.tolist(), strict=True))


def _starts(sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
