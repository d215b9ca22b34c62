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

    ``boxes`` are those of the first row that are one row high, ``heads`` the ones above them in the header.
    In a list all boxes are blank, but for a running number in the first; ``filled`` are the columns that
    have words in every row: then the rows are items that the form itself brings along.
    """

    first: int
    last: int
    heads: tuple[Box, ...]
    boxes: tuple[Box, ...]
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
            yield Region(row, last, heads, tuple(single(grid, row)), _filled(grid, row))
            row = last
        row += 1


def _alike_until(grid: Grid, first: int) -> int:
    """Return the last of the rows that have boxes in the same places, empty and filled in the same way."""
    row = first
    while row + 1 < len(grid.rows) and _pattern(grid, row + 1) == _pattern(grid, first):
        row += 1
    return row


def single(grid: Grid, row: int) -> list[Box]:
    """Return the boxes of a row that are one row high: what is merged downwards names a group of rows."""
    return [box for box in grid.rows[row] if len(box.cells) == 1]


def _pattern(grid: Grid, row: int) -> list[tuple[int, int, bool]]:
    boxes = single(grid, row)
    return [(box.column, box.columns, _has_room(box, boxes)) for box in boxes]


def _has_room(box: Box, boxes: list[Box]) -> bool:
    return box.is_blank or (box is boxes[0] and box.is_row_number)


def _heads(grid: Grid, row: int) -> tuple[Box, ...] | None:
    """Return the labels above the boxes of a row, or ``None`` where that row is no row of a list."""
    boxes = single(grid, row)
    if len(boxes) < _FEWEST_COLUMNS or not any(_has_room(box, boxes) for box in boxes[1:]):
        return None
    heads = [grid.above(box) for box in boxes]
    found = tuple(head for head in heads if head is not None and _is_head(head))
    return found if len(found) == len(boxes) else None


def _is_head(box: Box) -> bool:
    return bool(box.text.strip()) and not box.is_row_number and not box.is_blank


def _filled(grid: Grid, row: int) -> tuple[int, ...]:
    boxes = single(grid, row)
    return tuple(number for number, box in enumerate(boxes) if not _has_room(box, boxes))
