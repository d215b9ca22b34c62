"""Empty rows of a list become one row, repeated for each row of a table of the data."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from docsmith.official.adopting.filling import row_properties, say
from docsmith.official.adopting.grid import Box, Grid
from docsmith.official.adopting.regions import Region
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import CELL, RUN, TABLE, Element, nearest, w

ROW_NAME = "行"
"""What templates call the row that is being written."""


def repeat(
    grid: Grid, region: Region, rows: str, tags: Sequence[str | None], groups: Sequence[str | None]
) -> None:
    """Keep the first of the rows of a list, with a tag in each column, between the two tags of a loop.

    ``rows`` is what the loop goes over; a tag that is ``None`` leaves its column for a pen. ``groups`` are
    the tags of the columns in which cells are merged downwards: those that print the same will be merged.
    Where all rows above belong to the header, it comes back on every page.
    """
    for box, head, tag in zip(region.boxes, region.heads, tags, strict=True):
        if tag is not None:
            say(box, tag, head)
    for (column, head), tag in zip(region.groups, groups, strict=True):
        named = grid.at(region.first, column)
        if named is not None:
            _unmerge(named)
            if tag is not None:
                say(named, f"{{% 合并 %}}{tag}", head)
    row = grid.elements[region.first]
    for other in grid.elements[region.first + 1 : region.last + 1]:
        _remove(other)
    row.addprevious(_directive_row(row, f"{{%tr for {ROW_NAME} in {rows} %}}"))
    row.addnext(_directive_row(row, "{%tr endfor %}"))
    _mark(row, "cantSplit")
    if not any(box.is_blank for boxes in grid.rows[: region.first] for box in boxes):
        for above in grid.elements[: region.first]:
            _mark(above, "tblHeader")


def _unmerge(box: Box) -> None:
    """Let a tag merge what the form has merged: rows come and go with the data."""
    for merge in box.cells[0].iterfind(f"{w('tcPr')}/{w('vMerge')}"):
        _remove(merge)


def _directive_row(row: Element, tag: str) -> Element:
    """Return a row as wide as another that says only a tag, and goes away with it.

    It is one cell, in which the tag is easy to read; beside cells that are merged downwards it keeps its own.
    """
    made = deepcopy(row)
    cells = list(nearest(made, CELL, TABLE))
    for cell in cells:
        for child in [one for one in cell if one.tag != w("tcPr")]:
            cell.remove(child)
        etree.SubElement(cell, w("p"))
    if next(made.iter(w("vMerge"), w("hMerge"), w("sdt")), None) is None:
        _merge(cells)
    run = etree.SubElement(next(made.iter(w("p"))), RUN)
    etree.SubElement(run, w("t")).text = tag
    return made


def _merge(cells: Sequence[Element]) -> None:
    """Make one cell of the cells of a row, as wide as they; where they do not say that, the grid does."""
    widths = [cell.find(f"{w('tcPr')}/{w('tcW')}") for cell in cells]
    spans = [cell.find(f"{w('tcPr')}/{w('gridSpan')}") for cell in cells]
    columns = sum(1 if span is None else max(1, whole_number(span.get(w("val"), ""))) for span in spans)
    first, *others = cells
    for cell in others:
        _remove(cell)
    properties = first.find(w("tcPr"))
    if properties is None:
        properties = etree.Element(w("tcPr"))
        first.insert(0, properties)
    for old in properties.findall(w("tcW")) + properties.findall(w("gridSpan")):
        properties.remove(old)
    stated = [etree.Element(w("gridSpan"), {w("val"): str(columns)})]
    if all(width is not None and width.get(w("type")) == "dxa" for width in widths):
        total = sum(whole_number(width.get(w("w"), "")) for width in widths if width is not None)
        stated.insert(0, etree.Element(w("tcW"), {w("w"): str(total), w("type"): "dxa"}))
    before = sum(1 for one in properties if one.tag == w("cnfStyle"))
    properties[before:before] = stated


def _mark(row: Element, name: str) -> None:
    """Let a row stay on one page (``cantSplit``), or come back on every page (``tblHeader``)."""
    properties = row_properties(row)
    if properties.find(w(name)) is None:
        etree.SubElement(properties, w(name))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
