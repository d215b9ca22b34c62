"""What a loop does to a table: to cells that are merged, and to its head on the next page."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.dialect.places import Located
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import CELL, ROW, TABLE, TEXT, Element, nearest, w
from docsmith.template.problems import Passage, Problem, Spot, around

_ROW_TAG = re.compile(r"\{%tr\s+(?:(end)?(for|if)|el)")
_ROW_LOOP = re.compile(r"\{%tr\s+for\b")
_CELL_LOOP = re.compile(r"\{%tc\s+for\b")
_MOST_HEAD_ROWS = 3
_ROWS_OF_A_PAGE = 45
_OFF = ("0", "false", "off")


class _Cell(NamedTuple):
    """A cell: the grid column where it begins, how many it takes, and how it is merged down.

    ``merge`` is ``restart`` where a merged cell begins, ``continue`` where it goes on, else empty.
    """

    column: int
    span: int
    merge: str
    text: str


class _Row(NamedTuple):
    """A row, and the numbers of the ``{%tr %}`` blocks around it; ``goes`` if it is only their tag."""

    element: Element
    text: str
    cells: tuple[_Cell, ...]
    blocks: tuple[int, ...]
    goes: bool


def of_tables(places: Iterable[Located]) -> Iterator[Problem]:
    """Yield what loops would do to merged cells, and tables whose head is not repeated."""
    for place in places:
        if place.element.tag == TABLE:
            rows = _rows(place.element)
            yield from _merged_down(rows, place.where)
            yield from _merged_across(rows, place.where)
            yield from _head(rows, place)


def _rows(table: Element) -> list[_Row]:
    rows: list[_Row] = []
    blocks: list[int] = []
    for number, element in enumerate(nearest(table, ROW, TABLE)):
        text = text_of(element)
        tags = list(_ROW_TAG.finditer(text))
        within = tuple(blocks)
        for tag in tags:
            if tag[1] and blocks:
                blocks.pop()
            elif tag[2] and not tag[1]:
                blocks.append(number)
        rows.append(_Row(element, text, tuple(_cells(element)), within, bool(tags)))
    return rows


def _cells(row: Element) -> Iterator[_Cell]:
    column = _number(row.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
    for cell in nearest(row, CELL, TABLE):
        properties = cell.find(w("tcPr"))
        span = 1 if properties is None else max(1, _number(properties.find(w("gridSpan")), 1))
        merged = None if properties is None else properties.find(w("vMerge"))
        merge = "" if merged is None else merged.get(w("val"), "continue")
        yield _Cell(column, span, merge, text_of(cell))
        column += span


def _number(element: Element | None, default: int) -> int:
    return default if element is None else whole_number(element.get(w("val"), ""))


def text_of(element: Element) -> str:
    """Return all text in an element."""
    return "".join(piece.text or "" for piece in element.iter(TEXT))


def _merged_down(rows: Sequence[_Row], where: str) -> Iterator[Problem]:
    """Look for merged cells that begin in a row of a block and go on outside of it, or in a row that goes."""
    begun: dict[int, tuple[int, _Row, _Cell]] = {}
    told: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, 1):
        for cell in row.cells:
            if cell.merge == "restart":
                begun[cell.column] = (number, row, cell)
            elif cell.merge == "":
                if not row.goes:  # the row of a tag does not stay: what is merged goes on below it
                    begun.pop(cell.column, None)
            elif cell.column in begun:
                first, start, top = begun[cell.column]
                outside = start.blocks != row.blocks[: len(start.blocks)]
                if (outside or (start.goes and not row.goes)) and (first, cell.column) not in told:
                    told.add((first, cell.column))
                    yield _merge_problem(where, first, start, top)


def _merge_problem(where: str, first: int, start: _Row, top: _Cell) -> Problem:
    place = _("{place}, row {row}, cell {cell}").format(
        place=where, row=first, cell=start.cells.index(top) + 1
    )
    message = (
        _("a merged cell begins in the row of a {%tr %} tag, which is taken out.")
        if start.goes
        else _("a merged cell begins in a row that is repeated or left out, and ends below it.")
    )
    hint = _("Let it begin and end inside, or begin above; {% 合并 %} merges the cells of a loop.")
    return Problem(Spot(place, around(top.text, 0, len(top.text))), message, hint, "merge-broken")


def _merged_across(rows: Sequence[_Row], where: str) -> Iterator[Problem]:
    """Look for cells that are merged over columns that a loop repeats: they do not grow with it."""
    columns = sorted({cell.column for row in rows for cell in row.cells if _CELL_LOOP.search(cell.text)})
    for number, row in enumerate(rows, 1):
        for position, cell in enumerate(() if row.goes else row.cells, 1):
            first = bisect_left(columns, cell.column)
            covered = first < len(columns) and columns[first] < cell.column + cell.span
            if cell.span > 1 and covered and "colspan" not in cell.text:
                place = _("{place}, row {row}, cell {cell}").format(place=where, row=number, cell=position)
                yield Problem(
                    Spot(place, around(cell.text, 0, len(cell.text))),
                    _("the cell is merged over columns that a {%tc for %} repeats, and does not grow."),
                    _("Write {% colspan 列|length %} in it."),
                    "merge-broken",
                )


def _head(rows: Sequence[_Row], place: Located) -> Iterator[Problem]:
    loop = next((number for number, row in enumerate(rows) if _ROW_LOOP.search(row.text)), None)
    head = loop if loop is not None else 1
    if not rows or not 0 < head <= _MOST_HEAD_ROWS or (loop is None and len(rows) <= _ROWS_OF_A_PAGE):
        return
    if any("{" in row.text for row in rows[:head]) or repeats_head(rows[0].element):
        return
    yield Problem(
        Passage(place.where, rows[0].text, place.at).whole(),
        _("the table may grow over a page, and its head is not repeated there."),
        _("Tick “Repeat as header row” for its first row, in the properties of the table."),
        "no-header-repeat",
    )


def repeats_head(row: Element) -> bool:
    """Return whether a row is repeated at the top of each page."""
    head = row.find(f"{w('trPr')}/{w('tblHeader')}")
    return head is not None and head.get(w("val"), "1") not in _OFF


def head_rows(table: Located) -> list[Element]:
    """Return the rows above the first loop of a table whose head should be repeated; empty if none should."""
    rows = _rows(table.element)
    if not list(_head(rows, table)):
        return []
    return [row.element for row in rows if not row.goes and not row.blocks][: _head_height(rows)]


def _head_height(rows: Sequence[_Row]) -> int:
    """Return of how many rows the head consists: more than one where its cells are merged down."""
    height = 1
    while height < len(rows) and any(cell.merge == "continue" for cell in rows[height].cells):
        height += 1
    return height
