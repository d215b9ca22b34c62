"""Parts of a table that are no pairs of label and blank: rows to fill in, and items to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docsmith.official.adopting.grid import Box, Grid

_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 2


@dataclass(frozen=True)
class Region:
    """Rows ``first`` to ``last`` of a table (from 0), all alike, below a header.

    ``boxes`` are those of the first row that stand in every row, ``heads`` the ones above them in the header.
    In a list all boxes are blank, but for a running number in the first; ``filled`` are the numbers of those
    that have words in every row: then the rows are items that the form itself brings along. ``groups`` are
    the columns of the grid in which cells are merged downwards, each with its head.
    """

    first: int
    last: int
    heads: tuple[Box, ...]
    boxes: tuple[Box, ...]
    filled: tuple[int, ...] = ()
    groups: tuple[tuple[int, Box], ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the header, without line breaks and blanks."""
        return tuple("".join(box.text.split()) for box in self.heads)


def regions(grid: Grid) -> Iterator[Region]:
    """Yield the lists and the item tables of a table, from its top."""
    row = 1
    while row < len(grid.rows):
        last, merged = _alike_until(grid, row)
        if last - row + 1 >= _FEWEST_ROWS and (found := _region(grid, row, last, merged)) is not None:
            yield found
        row = last + 1


def _region(grid: Grid, row: int, last: int, merged: set[int]) -> Region | None:
    """Return rows as a region, or ``None`` where they have no header or nothing to fill in."""
    boxes = _apart(grid, row, merged)
    if len(boxes) < _FEWEST_COLUMNS or not any(_has_room(box, boxes) for box in boxes[1:]):
        return None
    heads = [head for box in boxes if (head := _head(grid, box)) is not None]
    if len(heads) < len(boxes):
        return None
    filled = tuple(number for number, box in enumerate(boxes) if not _has_room(box, boxes))
    begun = {box.column: box for box in grid.rows[row] if box.column in merged}
    groups = [(column, head) for column, box in begun.items() if (head := _head(grid, box)) is not None]
    return Region(row, last, tuple(heads), tuple(boxes), filled, tuple(groups))


def _alike_until(grid: Grid, first: int) -> tuple[int, set[int]]:
    """Return the last of the rows that have boxes in the same places, empty and filled in the same way.

    The columns in which boxes are merged downwards come with it: what stands there names groups of rows.
    """
    merged = _merged(grid, first)
    row = first
    while row + 1 < len(grid.rows):
        wider = merged | _merged(grid, row + 1)
        if _pattern(grid, row + 1, wider) != _pattern(grid, first, wider):
            break
        merged, row = wider, row + 1
    return row, merged


def _merged(grid: Grid, row: int) -> set[int]:
    """Return the columns of a row that a box of several rows takes."""
    covering = [grid.at(row, column) for column in range(grid.width)]
    return {column for column, box in enumerate(covering) if box is not None and len(box.cells) > 1}


def _apart(grid: Grid, row: int, merged: set[int]) -> list[Box]:
    return [box for box in grid.rows[row] if box.column not in merged]


def _pattern(grid: Grid, row: int, merged: set[int]) -> list[tuple[int, int, bool]]:
    boxes = _apart(grid, row, merged)
    return [(box.column, box.columns, _has_room(box, boxes)) for box in boxes]


def _has_room(box: Box, boxes: list[Box]) -> bool:
    return box.is_blank or (box is boxes[0] and box.is_row_number)


def _head(grid: Grid, box: Box) -> Box | None:
    """Return the label above a box; numbers and blanks are none."""
    head = grid.above(box)
    is_label = head is not None and head.text.strip() and not head.is_row_number and not head.is_blank
    return head if is_label else None
