"""The room that a cell has for a photograph: ``{{ 党员.照片|照片 }}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from docsmith._i18n import gettext as _
from docsmith.template.dialect.scan import Scan
from docsmith.template.language.merging import PREFIX
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import CELL, ROW, TABLE, Element, ancestor, nearest, w
from docsmith.template.problems import Problem, Spot

_PHOTO = re.compile(r"\|(?=\s*(?:照片|photo)\b\s*(?P<size>\()?)")
# Twips at the sides of a cell, unless a template says otherwise (ECMA-376-1, 17.4.42).
_LEFT_AND_RIGHT, _ABOVE_AND_BELOW = {"left": 108, "right": 108}, {"top": 0, "bottom": 0}
_SPARE = 140  # twips of a row's height that its borders take, and what a line has below its letters
# Word shows no more columns; and a template may have thousands of both, to waste our time.
_MOST_ROWS, _MOST_COLUMNS = 20, 63
_BEFORE_SPACING = frozenset(
    w(name)
    for name in (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
        "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
        "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
        "snapToGrid",
    )
)  # fmt: skip


def photo_room(paragraph: Element, source: str, spot: Spot, scan: Scan) -> dict[int, str]:
    """Return what tells a tag that prints a photograph how much room it has, by the offset to write it at.

    A problem where neither its cell nor the tag itself says so.

    The lines of its paragraph grow with it: of exact lines, Word would show a strip of the picture.
    """
    bar = _PHOTO.search(source) if source.startswith("{{") else None
    if bar is None:
        return {}
    _let_lines_grow(paragraph)
    width, height = room_of(paragraph)
    if not width and not bar["size"]:
        message = _("say how large a picture is that stands in no cell: 照片(25, 35).")
        scan.problems.append(Problem(spot, message, code="picture-without-room"))
    return {bar.start(): f"|{PREFIX}room({width}, {height})|"}


def room_of(paragraph: Element) -> tuple[int, int]:
    """Return the width and height in twips that the cell around a paragraph has; 0 for what is not stated.

    The height is that of all rows that the cell is merged over, where each states its own.
    """
    cell = ancestor(paragraph, CELL)
    row = ancestor(paragraph, ROW)
    table = ancestor(paragraph, TABLE)
    if cell is None or row is None or table is None:
        return 0, 0
    width = _width(cell, row, table)
    heights = [_height(one) for one in _rows_of(cell, row)]
    height = sum(heights) - _SPARE - _margins(cell, table, _ABOVE_AND_BELOW) if all(heights) else 0
    return max(0, width - _margins(cell, table, _LEFT_AND_RIGHT)), max(0, height)


def _let_lines_grow(paragraph: Element) -> None:
    form = paragraph.find(w("pPr"))
    if form is None:
        form = etree.Element(w("pPr"))
        paragraph.insert(0, form)
    spacing = form.find(w("spacing"))
    if spacing is None:
        spacing = etree.Element(w("spacing"))
        form.insert(sum(child.tag in _BEFORE_SPACING for child in form), spacing)
    for name, value in (("before", "0"), ("after", "0"), ("line", "240"), ("lineRule", "auto")):
        spacing.set(w(name), value)


def _rows_of(cell: Element, row: Element) -> Iterator[Element]:
    """Yield the rows that a cell is merged over, as far as a person would merge one for a photograph."""
    yield row
    merged = cell.find(f"{w('tcPr')}/{w('vMerge')}")
    position = _position(cell, row)
    if merged is None or merged.get(w("val")) != "restart" or position < 0:
        return
    for below in islice(row.itersiblings(ROW), _MOST_ROWS):
        same = next((one for one, first in _cells(below) if first == position), None)
        mark = same.find(f"{w('tcPr')}/{w('vMerge')}") if same is not None else None
        if mark is None or mark.get(w("val"), "continue") != "continue":
            return
        yield below


def _cells(row: Element) -> Iterator[tuple[Element, int]]:
    """Yield the cells of a row, each with its first column."""
    position = 0
    for cell in islice(nearest(row, CELL, TABLE), _MOST_COLUMNS):
        yield cell, position
        position += max(1, _stated(cell, f"{w('tcPr')}/{w('gridSpan')}", "val"))


def _position(cell: Element, row: Element) -> int:
    """Return the first column of a cell; -1 beyond those that Word shows."""
    return next((first for one, first in _cells(row) if one is cell), -1)


def _width(cell: Element, row: Element, table: Element) -> int:
    stated = cell.find(f"{w('tcPr')}/{w('tcW')}")
    if stated is not None and stated.get(w("type"), "dxa") == "dxa":
        return whole_number(stated.get(w("w"), ""))
    first = _position(cell, row)
    span = _stated(cell, f"{w('tcPr')}/{w('gridSpan')}", "val")
    columns = islice(table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"), _MOST_COLUMNS)
    widths = [whole_number(one.get(w("w"), "")) for one in columns]
    return sum(widths[first : first + max(1, span)]) if first >= 0 else 0


def _height(row: Element) -> int:
    return _stated(row, f"{w('trPr')}/{w('trHeight')}", "val")


def _margins(cell: Element, table: Element, sides: Mapping[str, int]) -> int:
    """Return what is left free at two opposite sides of a cell."""
    places = [(cell, f"{w('tcPr')}/{w('tcMar')}"), (table, f"{w('tblPr')}/{w('tblCellMar')}")]
    total = 0
    for side, usual in sides.items():
        found = (holder.find(f"{path}/{w(side)}") for holder, path in places)
        stated = next((margin for margin in found if margin is not None), None)
        total += usual if stated is None else whole_number(stated.get(w("w"), ""))
    return total


def _stated(element: Element, path: str, attribute: str) -> int:
    found = element.find(path)
    return whole_number(found.get(w(attribute), "")) if found is not None else 0
