"""Rows of a wall sheet (矩阵图, 时间表): several long cells side by side, cut where a page ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docsmith.plugin.kit.layout import TextColumn

Cells = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class WallSheet:
    """A table of columns of equal width; heights are lines of text.

    ``first`` and ``later`` are the room for rows on its first page and on each later one, ``lowest`` is the
    height of a row with hardly anything in it.
    """

    column: TextColumn
    first: int
    later: int
    lowest: int

    def rows(self, rows: Sequence[Cells]) -> Iterator[tuple[int, Cells]]:
        """Yield the rows by their position, a tall one in parts that each fit on what is left of a page.

        Each cell is a list of short texts, none of which is cut.
        """
        room = self.first
        for position, row in enumerate(rows):
            rest, begun = row, False
            while any(rest) or not begun:
                if self._height(rest) > room and room < self.later // 2:
                    room = self.later
                part = [self._fitting(cell, room) for cell in rest]
                yield position, part
                begun = True
                room -= self._height(part)
                rest = [cell[len(taken) :] for cell, taken in zip(rest, part)]

    def _height(self, cells: Cells) -> int:
        return max(self.lowest, *(sum(map(self.column.lines, cell)) for cell in cells))

    def _fitting(self, texts: Sequence[str], room: int) -> Sequence[str]:
        """Return the first texts of a cell that fit in a room, and one at the least."""
        for count, text in enumerate(texts):
            room -= self.column.lines(text)
            if count and room < 0:
                return texts[:count]
        return texts
