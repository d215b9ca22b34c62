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

    ``heads`` are the boxes of the header, one for each column. In a list all boxes are blank, but for a
    running number in the first; ``filled`` are the columns that have words in every row: then the rows are
    items that the form itself brings along.
    """

    first: int
    last: int
    heads: tuple[Box, ...]
    filled: tuple[int, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the header, without line breaks and blanks."""
        return tuple("".join(box.text.split()) for box in self.heads)


def regions(grid: Grid) -> Iterator[Region]:
    """Yield the lists and the item tables of a table, from its top."""
    row = 1
    while row < len(grid.rows):
        last = _alike_until(grid, row)
        heads = _heads(grid, row)
        if heads is not None and last - row + 1 >= _FEWEST_ROWS:
            yield Region(row, last, heads, _filled(grid, row))
            row = last
        row += 1


def _alike_until(grid: Grid, first: int) -> int:
    """Return the last of the rows that have boxes in the same places, empty and filled in the same way."""
    row = first
    while row + 1 < len(grid.rows) and _pattern(grid, row + 1) == _pattern(grid, first):
        row += 1
    return row


def _pattern(grid: Grid, row: int) -> list[tuple[int, int, bool]]:
    return [(box.column, box.columns, _has_room(box)) for box in grid.rows[row]]


def _has_room(box: Box) -> bool:
    return box.is_blank or (box.column == 0 and box.is_row_number)


def _heads(grid: Grid, row: int) -> tuple[Box, ...] | None:
    """Return the labels above the boxes of a row, or ``None`` where that row is no row of a list."""
    boxes = grid.rows[row]
    if len(boxes) < _FEWEST_COLUMNS or not any(map(_has_room, boxes[1:])):
        return None
    heads = [grid.above(box) for box in boxes]
    found = tuple(head for head in heads if head is not None and _is_head(head))
    return found if len(found) == len(boxes) else None


def _is_head(box: Box) -> bool:
    return bool(box.text.strip()) and not box.is_row_number and not box.is_blank


def _filled(grid: Grid, row: int) -> tuple[int, ...]:
    return tuple(number for number, box in enumerate(grid.rows[row]) if not _has_room(box))
