"""A table as the boxes that a person sees: merged cells are one box."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from docsmith.official.adopting.blanks import Gap, Kind, gaps
from docsmith.official.adopting.lines import BLANK, Line
from docsmith.template.limits import MAX_COLUMNS
from docsmith.template.mending.grid import rows_of
from docsmith.template.package.oxml import PARAGRAPH, TABLE, Element, nearest, w

_ROW_NUMBER = re.compile(r"\d{1,3}[.、]?")
_AND_SO_ON = re.compile(r"[…⋯]{1,4}|[.。·]{2,6}")
_LONGEST_GAP = 100


@dataclass(eq=False)
class Box:
    """A cell, or several merged ones: ``cells`` from the top; rows and columns of the grid count from 0.

    ``number`` counts the cells of its first row from 1, as the linter and people do.
    """

    cells: list[Element]
    row: int
    column: int
    columns: int
    number: int

    @cached_property
    def lines(self) -> list[Line]:
        """The paragraphs; all text stands in the first of merged cells."""
        return [Line(one) for one in nearest(self.cells[0], PARAGRAPH, TABLE)]

    @cached_property
    def text(self) -> str:
        """What the box shows."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def is_blank(self) -> bool:
        """Whether there is nothing in the box but room to write: no text, table or picture."""
        held = (TABLE, w("drawing"), w("pict"), w("object"))
        return not self.text.replace(BLANK, "").strip() and next(self.cells[0].iter(*held), None) is None

    @cached_property
    def gap(self) -> Gap | None:
        """The room that is all that the box says: ``　年　月　日``, ``□是　□否``, ``____``, ``/``."""
        said = " ".join(text.strip(" 　") for text in self.text.splitlines() if text.strip())
        found = list(gaps(said)) if len(said) <= _LONGEST_GAP else []
        if len(found) != 1 or found[0].label or found[0].kind in (Kind.TAG, Kind.SQUARES):
            return None
        around = said[: found[0].start] + said[found[0].end :]
        return found[0] if not around.strip(" 　（）()【】〔〕《》") else None

    @property
    def is_in_lines(self) -> bool:
        """Whether what the box says stands in more than one line."""
        return "\n" in self.text.strip()

    @cached_property
    def goes_on(self) -> bool:
        """Whether the box says only that more may follow: ``……``."""
        return _AND_SO_ON.fullmatch(self.text.strip()) is not None

    @property
    def last_row(self) -> int:
        """The row that the box ends in."""
        return self.row + len(self.cells) - 1

    @cached_property
    def is_row_number(self) -> bool:
        """Whether the box holds a running number alone."""
        return _ROW_NUMBER.fullmatch(self.text.strip()) is not None


class Grid:
    """A table: ``rows`` are the boxes that begin in each row, ``elements`` the rows themselves."""

    def __init__(self, table: Element) -> None:
        self.elements: list[Element] = []
        self.rows: list[list[Box]] = []
        self._at: dict[tuple[int, int], Box] = {}
        for number, row in enumerate(rows_of(table)):
            self.elements.append(row.element)
            self.rows.append(
                self._boxes(
                    number, list(zip(row.cells, row.spans, strict=True)), min(row.before, MAX_COLUMNS)
                )
            )

    def _boxes(self, row: int, cells: list[tuple[Element, int]], column: int) -> list[Box]:
        begun = []
        for number, (cell, span) in enumerate(cells, 1):
            columns = max(1, min(span, MAX_COLUMNS - column))
            above = self._at.get((row - 1, column))
            if _continues(cell) and above is not None and above.column == column:
                box = above
                box.cells.append(cell)
            else:
                box = Box([cell], row, column, columns, number)
                begun.append(box)
            self._at |= {(row, one): box for one in range(column, column + columns)}
            column += columns
        return begun

    @cached_property
    def boxes(self) -> list[Box]:
        """All boxes, row by row."""
        return [box for row in self.rows for box in row]

    @cached_property
    def width(self) -> int:
        """How many columns the grid has."""
        return max((box.column + box.columns for box in self.boxes), default=0)

    def at(self, row: int, column: int) -> Box | None:
        """Return the box that covers a place of the grid."""
        return self._at.get((row, column))

    def left_of(self, box: Box) -> Box | None:
        """Return the box at the left of one's first row."""
        return self.at(box.row, box.column - 1)

    def above(self, box: Box) -> Box | None:
        """Return the box above one that is as wide and stands in the same place."""
        found = self.at(box.row - 1, box.column)
        fits = found is not None and (found.column, found.columns) == (box.column, box.columns)
        return found if fits else None

    def right_of(self, box: Box) -> Box | None:
        """Return the box at the right of one's first row."""
        return self.at(box.row, box.column + box.columns)

    def bounds(self, row: int) -> Mapping[int, int]:
        """Return where the boxes that begin in a row stand: their columns, and how many each takes."""
        return {box.column: box.columns for box in self.rows[row]}


def _continues(cell: Element) -> bool:
    merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    return merge is not None and merge.get(w("val"), "continue") == "continue"
