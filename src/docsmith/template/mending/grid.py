"""The columns of a table whose number a loop over cells has changed.

docxtpl mends ``w:tblGrid`` and leaves the ``w:tcW`` of the cells as they were. Word goes by the cells, WPS
and LibreOffice by the grid: the two have to agree (a deliberate difference).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from docsmith.template.columns import shared_out
from docsmith.template.oxml import CELL, ROW, TABLE, Element, nearest, w

_CELL_WIDTH = f"{w('tcPr')}/{w('tcW')}"


def fit_grid(table: Element, columns: int) -> None:
    """Give the grid as many columns as the rows have, and the cells the widths of their columns.

    The columns become as wide as the cells of a row that has one for each, together as wide as the table was;
    without such a row they share its width. A table whose number of columns is right is left alone.
    """
    grid = table.find(w("tblGrid"))
    if grid is None or len(grid) == columns:
        return
    total = sum(_number(column, "w") for column in grid)
    if not total:
        return
    widths = shared_out(next(_full_rows(table, columns), [1] * columns), _table_width(table) or total)
    grid[:] = [_column(width) for width in widths]
    for row in nearest(table, ROW, TABLE):
        _fit_cells(row, widths)


def width_of_row(row: Element) -> int:
    """Return how many grid columns a row takes, those that it skips included."""
    before, after = _skipped(row)
    return before + sum(map(_span, nearest(row, CELL, TABLE))) + after


def _full_rows(table: Element, columns: int) -> Iterator[list[int]]:
    """Yield the cell widths of the rows that have one cell for each column, all of known width."""
    for row in nearest(table, ROW, TABLE):
        widths = [_width_of_cell(cell) for cell in nearest(row, CELL, TABLE)]
        if len(widths) == columns and all(widths):
            yield widths


def _fit_cells(row: Element, widths: Sequence[int]) -> None:
    position, _after = _skipped(row)
    for cell in nearest(row, CELL, TABLE):
        span = _span(cell)
        stated = cell.find(_CELL_WIDTH)
        if stated is not None:
            stated.set(w("w"), str(sum(widths[position : position + span])))
            stated.set(w("type"), "dxa")
        position += span


def _column(width: int) -> Element:
    column = etree.Element(w("gridCol"))
    column.set(w("w"), str(width))
    return column


def _table_width(table: Element) -> int:
    stated = table.find(f"{w('tblPr')}/{w('tblW')}")
    return _number(stated, "w") if stated is not None and stated.get(w("type")) == "dxa" else 0


def _width_of_cell(cell: Element) -> int:
    stated = cell.find(_CELL_WIDTH)
    return _number(stated, "w") if stated is not None and stated.get(w("type"), "dxa") == "dxa" else 0


def _span(cell: Element) -> int:
    return max(1, _number(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), "val"))


def _skipped(row: Element) -> tuple[int, int]:
    """Return how many columns a row leaves out at its beginning and at its end."""
    properties = row.find(w("trPr"))
    if properties is None:
        return 0, 0
    return _number(properties.find(w("gridBefore")), "val"), _number(properties.find(w("gridAfter")), "val")


def _number(element: Element | None, attribute: str) -> int:
    """Return a whole number from an attribute; 0 where there is none."""
    text = "" if element is None else element.get(w(attribute), "")
    return int(text) if text.isascii() and text.isdigit() else 0
