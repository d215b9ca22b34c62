"""Tables after their loops have run: as many grid columns as cells, no empty tables, every cell ends well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml import etree

from docsmith.template.mending.grid import fit_grid, rows_of
from docsmith.template.mending.merges import settle_merges
from docsmith.template.package.oxml import CELL, CELL_PROPERTIES, PARAGRAPH, TABLE, TEXT_BOX, Element, w

_MUST_END_WITH_PARAGRAPH = (CELL, TEXT_BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"))
_CONTROL = w("sdt")
# Those that docxtpl writes in other places; what stands in the template is in order already.
_WITH_SPANS_OR_SHADES = etree.ETXPath(f"//{w('tcPr')}[{w('gridSpan')} or {w('shd')} or {w('vMerge')}]")
_RANKS: Mapping[object, int] = {w(name): rank for rank, name in enumerate(CELL_PROPERTIES)}


def mend_tables(root: Element) -> None:
    """Take out rows without cells and tables without rows, and make each grid fit its rows."""
    for table in list(root.iter(TABLE)):
        rows = rows_of(table)
        for row in rows:
            if not row.cells:
                _remove(row.element)
        filled = [row for row in rows if row.cells]
        if filled:
            fit_grid(table, filled)
            settle_merges(filled)
        else:
            _remove(table)


def order_cell_properties(root: Element) -> None:
    """Put the properties of every cell into the order of the schema; Word refuses any other."""
    for properties in cast(list[Element], _WITH_SPANS_OR_SHADES(root)):
        ranks = [_RANKS.get(one.tag, len(_RANKS)) for one in properties]
        if ranks != sorted(ranks):
            properties[:] = sorted(properties, key=lambda one: _RANKS.get(one.tag, len(_RANKS)))


def end_with_paragraphs(root: Element) -> None:
    """Give every cell, text box, header and note a last paragraph: Word refuses one without it."""
    for holder in root.iter(*_MUST_END_WITH_PARAGRAPH):
        if len(holder) == 0 or holder[-1].tag not in (PARAGRAPH, _CONTROL):
            etree.SubElement(holder, PARAGRAPH)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
