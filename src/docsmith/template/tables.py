"""Tables after their loops have run: as many grid columns as cells, no empty tables, every cell ends well."""

from __future__ import annotations

from lxml import etree

from docsmith.template.oxml import CELL, PARAGRAPH, ROW, TABLE, TEXT_BOX, Element, nearest, w

_MUST_END_WITH_PARAGRAPH = (CELL, TEXT_BOX, w("hdr"), w("ftr"), w("footnote"), w("endnote"))
_CONTROL = w("sdt")
# ECMA-376-1, 17.4.69: a sequence. docxtpl puts spans and shades first and merges last.
_CELL_PROPERTIES = tuple(
    map(
        w,
        (
            "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
            "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge",
            "tcPrChange",
        ),
    )
)  # fmt: skip


def mend_tables(root: Element) -> None:
    """Take out rows without cells and tables without rows, and make each grid fit its rows."""
    for table in list(root.iter(TABLE)):
        rows = list(nearest(table, ROW, TABLE))
        for row in rows:
            if next(nearest(row, CELL, TABLE), None) is None:
                _remove(row)
        columns = max(map(_width, nearest(table, ROW, TABLE)), default=0)
        if columns:
            _fit_grid(table, columns)
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


def _width(row: Element) -> int:
    """Return how many grid columns a row takes, those that it skips included."""
    properties = row.find(w("trPr"))
    skipped = 0
    if properties is not None:
        skipped = _value(properties.find(w("gridBefore")), 0) + _value(properties.find(w("gridAfter")), 0)
    spans = (cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in nearest(row, CELL, TABLE))
    return skipped + sum(_value(span, 1) for span in spans)


def _value(element: Element | None, default: int) -> int:
    if element is None:
        return default
    text = element.get(w("val"), "")
    return int(text) if text.isascii() and text.isdigit() else default


def _fit_grid(table: Element, columns: int) -> None:
    """Add or take off grid columns at the end and keep the width of the table, with docxtpl's arithmetic."""
    grid = table.find(w("tblGrid"))
    if grid is None:
        return
    old = grid.findall(w("gridCol"))
    total = sum(_column_width(column) for column in old)
    if len(old) < columns and total > 0:
        average = total / columns
        for column in old:
            _set_width(column, _column_width(column) * average / (total / len(old)))
        for _added in range(columns - len(old)):
            _set_width(etree.SubElement(grid, w("gridCol")), average)
    elif len(old) > columns:
        extra = old[columns:]
        share = int(sum(_column_width(column) for column in extra) / columns)
        for column in extra:
            grid.remove(column)
        for column in old[:columns]:
            _set_width(column, _column_width(column) + share)


def _column_width(column: Element) -> float:
    try:
        return float(column.get(w("w"), "0"))
    except ValueError:
        return 0.0


def _set_width(column: Element, width: float) -> None:
    column.set(w("w"), str(int(width)))
