"""The columns of a table whose number a loop over cells has changed.

docxtpl mends ``w:tblGrid`` and leaves the ``w:tcW`` of the cells as they were. Word goes by the cells, WPS
and LibreOffice by the grid: the two have to agree (a deliberate difference).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from docsmith.template.limits import MAX_COLUMNS
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import CELL, ROW, TABLE, Element, nearest, w
from docsmith.template.slots.columns import shared_out

_CELL_WIDTH = f"{w('tcPr')}/{w('tcW')}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its cells, how many columns each takes, and how many it skips at either end."""

    element: Element
    cells: Sequence[Element]
    spans: Sequence[int]
    before: int
    after: int

    @property
    def width(self) -> int:
        """How many columns of the grid the row takes."""
        return self.before + sum(self.spans) + self.after


def rows_of(table: Element) -> list[Row]:
    """Return the rows of a table itself, and not of tables in its cells.

    Spans are looked for in the whole table first: most cells have none, and asking each takes five times as
    long.
    """
    spans = {_holder(span, CELL): max(1, _number(span, "val")) for span in table.iter(w("gridSpan"))}
    before, after = (
        {_holder(skip, ROW): _number(skip, "val") for skip in table.iter(w(name))}
        for name in ("gridBefore", "gridAfter")
    )
    return [
        Row(row, cells, [spans.get(cell, 1) for cell in cells], before.get(row, 0), after.get(row, 0))
        for row in nearest(table, ROW, TABLE)
        for cells in [list(nearest(row, CELL, TABLE))]
    ]


def fit_grid(table: Element, rows: Sequence[Row]) -> None:
    """Give the grid as many columns as the rows have, and the cells the widths of their columns.

    The columns become as wide as the cells of a row that has one for each, together as wide as the table was;
    without such a row they share its width. A table whose number of columns is right is left alone, but
    for a single one: it may be all that :mod:`docsmith.template.dialect.columns` has left of the grid.
    """
    columns = max(row.width for row in rows)
    grid = table.find(w("tblGrid"))
    if grid is None or 1 < len(grid) == columns or columns > MAX_COLUMNS:
        return
    total = sum(_number(column, "w") for column in grid)
    if not total:
        return
    widths = shared_out(next(_full_rows(rows, columns), [1] * columns), _table_width(table) or total)
    grid[:] = [_column(width) for width in widths]
    for row in rows:
        _fit_cells(row, widths)


def _full_rows(rows: Sequence[Row], columns: int) -> Iterator[list[int]]:
    """Yield the cell widths of the rows that have one cell for each column, all of known width."""
    for row in rows:
        widths = [_width_of_cell(cell) for cell in row.cells]
        if len(widths) == columns and all(widths):
            yield widths


def _fit_cells(row: Row, widths: Sequence[int]) -> None:
    position = row.before
    for cell, span in zip(row.cells, row.spans, strict=True):
        stated = cell.find(_CELL_WIDTH)
        if stated is not None:
            stated.set(w("w"), str(sum(widths[position : position + span])))
            stated.set(w("type"), "dxa")
        position += span


def _column(width: int) -> Element:
    column = etree.Element(w("gridCol"))
    column.set(w("w"), str(width))
    return column


def _holder(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _table_width(table: Element) -> int:
    stated = table.find(f"{w('tblPr')}/{w('tblW')}")
    return _number(stated, "w") if stated is not None and stated.get(w("type")) == "dxa" else 0


def _width_of_cell(cell: Element) -> int:
    stated = cell.find(_CELL_WIDTH)
    return _number(stated, "w") if stated is not None and stated.get(w("type"), "dxa") == "dxa" else 0


def _number(element: Element, attribute: str) -> int:
    """Return a whole number from an attribute; 0 where there is none."""
    return whole_number(element.get(w(attribute), ""))
