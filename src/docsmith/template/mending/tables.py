"""Tables after their loops have run: as many grid columns as cells, no empty tables, every cell ends well."""

from __future__ import annotations

from lxml import etree

from docsmith.template.mending.grid import fit_grid, width_of_row
from docsmith.template.oxml import CELL, CELL_PROPERTIES, PARAGRAPH, ROW, TABLE, TEXT_BOX, Element, nearest, w

_MUST_END_WITH_PARAGRAPH = (CELL, TEXT_BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"))
_CONTROL = w("sdt")
_CELL_PROPERTIES = tuple(map(w, CELL_PROPERTIES))


def mend_tables(root: Element) -> None:
    """Take out rows without cells and tables without rows, and make each grid fit its rows."""
    for table in list(root.iter(TABLE)):
        rows = list(nearest(table, ROW, TABLE))
        for row in rows:
            if next(nearest(row, CELL, TABLE), None) is None:
                _remove(row)
        columns = max(map(width_of_row, nearest(table, ROW, TABLE)), default=0)
        if columns:
            fit_grid(table, columns)
        else:
            _remove(table)


def order_cell_properties(root: Element) -> None:
    """Put the properties of every cell into the order of the schema; Word refuses any other."""
    for properties in root.iter(w("tcPr")):
        ordered = sorted(properties, key=_rank)
        if ordered != list(properties):
            properties[:] = ordered


def _rank(element: Element) -> int:
    name = element.tag
    return _CELL_PROPERTIES.index(name) if name in _CELL_PROPERTIES else len(_CELL_PROPERTIES)


def end_with_paragraphs(root: Element) -> None:
    """Give every cell, text box, header and note a last paragraph: Word refuses one without it."""
    for holder in root.iter(*_MUST_END_WITH_PARAGRAPH):
        if len(holder) == 0 or holder[-1].tag not in (PARAGRAPH, _CONTROL):
            etree.SubElement(holder, PARAGRAPH)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
