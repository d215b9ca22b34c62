"""Rows of a table of a form: a list to fill in, or items that the form brings along."""

from __future__ import annotations

from dataclasses import dataclass

from docsmith.official.adopting.grid import Box, Grid
from docsmith.official.adopting.places import Place
from docsmith.official.adopting.regions import Region, goes_on


@dataclass(eq=False)
class Rows:
    """A part of a table: a list to fill in, or with ``items`` rows that the form brings along."""

    place: Place
    grid: Grid
    region: Region

    @property
    def labels(self) -> tuple[str, ...]:
        """The words of the header, one for each column; once where they stand side by side twice."""
        return self.region.labels[: len(self.region.labels) // self.abreast]

    @property
    def abreast(self) -> int:
        """How many records of a list stand side by side: 2 below 序号、姓名、签名、序号、姓名、签名.

        Cells that are merged downwards hold for one of them.
        """
        labels = self.region.labels
        same = [number for number in (2, 3, 4) if labels == labels[: len(labels) // number] * number]
        return max(same, default=1) if self.is_list and not self.region.groups else 1

    @property
    def reads_down(self) -> bool:
        """Whether such records are numbered down each column: 1, 2, 3 beside 13, 14, 15."""
        beside = self.region.boxes[len(self.labels) :] if self.abreast > 1 else ()
        numbers = [box.text.strip().rstrip(".、") for box in beside if box.is_row_number]
        return bool(numbers) and numbers[0] != "2"

    def cell(self, column: int) -> Box:
        """Return the first cell of a column; its room may be more than a blank: a day, boxes to tick."""
        return self.region.boxes[column]

    @property
    def groups(self) -> tuple[str, ...]:
        """The words above the columns in which cells are merged downwards."""
        return tuple("".join(head.text.split()) for _column, head in self.region.groups)

    @property
    def heads(self) -> tuple[str, ...]:
        """The words of the whole header: ``groups``, then ``labels``."""
        return (*self.groups, *self.labels)

    def group(self, label: str) -> Box | None:
        """Return the first cell of a column in which cells are merged downwards."""
        column, _head = self.region.groups[self.groups.index(label)]
        return self.grid.at(self.region.first, column)

    def said(self, label: str) -> tuple[str, ...]:
        """Return what the cells of such a column say, each word once: 支部党员大会, 党小组会."""
        column, _head = self.region.groups[self.groups.index(label)]
        boxes = (self.grid.at(row, column) for row in range(self.region.first, self.region.last + 1))
        words = ("".join(box.text.split()) for box in boxes if box is not None and not box.is_blank)
        return tuple(dict.fromkeys(filter(None, words)))

    def items(self) -> list[tuple[str, ...]]:
        """Return what the form says in each row: in the merged columns, then in those of ``labels``."""
        columns = [column for column, _head in self.region.groups]
        columns += [box.column for box in self.region.boxes]
        rows = [row for row in range(self.region.first, self.region.last + 1) if not goes_on(self.grid, row)]
        return [tuple(_words(self.grid.at(row, column)) for column in columns) for row in rows]

    def below(self) -> list[Box]:
        """Return the boxes of the row below, which may add up."""
        row = self.region.last + 1
        return self.grid.rows[row] if row < len(self.grid.rows) else []

    @property
    def number_of_rows(self) -> int:
        """How many records the form has room for."""
        return (self.region.last - self.region.first + 1) * self.abreast

    @property
    def is_list(self) -> bool:
        """Whether the rows are empty."""
        return not self.region.filled


def _words(box: Box | None) -> str:
    """Return what a box says, a line for each of its paragraphs."""
    return "" if box is None else "\n".join(filter(None, (line.text.strip() for line in box.lines)))
