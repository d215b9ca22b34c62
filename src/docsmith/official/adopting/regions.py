"""Parts of a table that are no pairs of label and blank: rows to fill in, and items to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docsmith.official.adopting.grid import Box, Grid
from docsmith.official.adopting.labels import is_answered

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2
_NUMBER_HEADS = ("序号", "编号", "号")


@dataclass(frozen=True)
class Region:
    """Rows ``first`` to ``last`` of a table (from 0), all alike, below a header.

    ``boxes`` are those of the first row that stand in every row, ``heads`` the ones above them in the header.
    In a list all boxes are blank, but for a running number in the first; ``filled`` are the numbers of those
    that have words in every row: then the rows are items that the form itself brings along. ``groups`` are
    the columns of the grid in which cells are merged downwards, each with its head; ``above`` are the boxes
    over the heads that hold for several of them.
    """

    first: int
    last: int
    heads: tuple[Box, ...]
    boxes: tuple[Box, ...]
    filled: tuple[int, ...] = ()
    groups: tuple[tuple[int, Box], ...] = ()

    above: tuple[Box | None, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the header, without line breaks and blanks.

        Where several columns are called the same, what stands above them is a part: 党课│次数, 支委会│次数.
        """
        labels = tuple(_bare(box) for box in self.heads)
        named = list(zip(labels, self.above, strict=True))
        needed = {over for label, over in named if over is not None and labels.count(label) > 1}
        full = tuple(_bare(over) + label if over in needed else label for label, over in named)
        return full if len(set(full)) == len(full) else labels


def regions(grid: Grid) -> Iterator[Region]:
    """Yield the lists and the item tables of a table, from its top."""
    row = 1
    while row < len(grid.rows):
        rows = _Rows(grid, row)
        if rows.last - row + 1 >= _FEWEST_ROWS and (found := rows.region()) is not None:
            yield found
            row = found.last + 1
        else:
            row = rows.last + 1


class _Rows:
    """Rows that have boxes in the same places, empty and filled in the same way, from ``first`` to ``last``.

    ``merged`` are the columns in which boxes are merged downwards: what stands there names groups of rows.
    """

    def __init__(self, grid: Grid, first: int) -> None:
        self._grid, self.first, self.last = grid, first, first
        self._numbers = {box.column for box in grid.rows[first][:1]}
        self._numbers |= {box.column for box in grid.rows[first] if _numbers_rows(grid.above(box))}
        self.merged = self._merged(first)
        while self.last + 1 < len(grid.rows):
            wider = self.merged | self._merged(self.last + 1)
            if self._pattern(self.last + 1, wider) != self._pattern(first, wider):
                break
            self.merged, self.last = wider, self.last + 1

    def region(self) -> Region | None:
        """Return the rows as a region, or ``None`` where they have no header or nothing to fill in."""
        boxes = self._apart(self.first, self.merged)
        if len(boxes) < _FEWEST_COLUMNS or not any(self._has_room(box) for box in boxes[1:]):
            return None
        heads = [head for box in boxes if (head := _head(self._grid, box)) is not None]
        if len(heads) < len(boxes):
            return None
        filled = tuple(number for number, box in enumerate(boxes) if not self._has_room(box))
        begun = [box for box in self._grid.rows[self.first] if box.column in self.merged]
        groups = [(box.column, head) for box in begun if (head := _head(self._grid, box)) is not None]
        last = self.last + (self.last + 1 < len(self._grid.rows) and goes_on(self._grid, self.last + 1))
        above = tuple(_over(self._grid, head) for head in heads)
        return Region(self.first, last, tuple(heads), tuple(boxes), filled, tuple(groups), above)

    def _merged(self, row: int) -> set[int]:
        """Return the columns of a row that a box of several rows takes."""
        covering = [self._grid.at(row, column) for column in range(self._grid.width)]
        return {column for column, box in enumerate(covering) if box is not None and len(box.cells) > 1}

    def _apart(self, row: int, merged: set[int]) -> list[Box]:
        return [box for box in self._grid.rows[row] if box.column not in merged]

    def _pattern(self, row: int, merged: set[int]) -> list[tuple[int, int, bool]]:
        return [(box.column, box.columns, self._has_room(box)) for box in self._apart(row, merged)]

    def _has_room(self, box: Box) -> bool:
        room = box.is_blank or box.gap is not None or box.goes_on
        return room or (box.column in self._numbers and box.is_row_number)


def goes_on(grid: Grid, row: int) -> bool:
    """Tell whether a row says only that more rows may follow: ``……``."""
    boxes = grid.rows[row]
    return any(box.goes_on for box in boxes) and all(box.is_blank or box.goes_on for box in boxes)


def _bare(box: Box) -> str:
    return "".join(box.text.split())


def _over(grid: Grid, head: Box) -> Box | None:
    """Return the wider box above a head, if there is one."""
    over = grid.at(head.row - 1, head.column)
    return over if over is not None and over.columns > head.columns and over.text.strip() else None


def _numbers_rows(head: Box | None) -> bool:
    return head is not None and _bare(head) in _NUMBER_HEADS


def _head(grid: Grid, box: Box) -> Box | None:
    """Return the label above a box; numbers, blanks and answers are none."""
    head = grid.above(box)
    is_label = head is not None and head.text.strip() and not head.is_row_number and not head.is_blank
    return head if head is not None and is_label and not is_answered(head) else None
