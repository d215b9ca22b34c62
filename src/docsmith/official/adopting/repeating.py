"""Empty rows of a list become one row, repeated for each row of a table of the data."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from docsmith.official.adopting.filling import fill_cell
from docsmith.official.adopting.grid import Grid
from docsmith.official.adopting.regions import Region
from docsmith.template.package.oxml import CELL, RUN, TABLE, Element, nearest, w

ROW_NAME = "行"
"""What templates call the row that is being written."""


def repeat(grid: Grid, region: Region, table: str, tags: list[str]) -> None:
    """Keep the first of the rows of a list, with a tag in each column, between the two tags of a loop."""
    boxes = grid.rows[region.first]
    for box, head, tag in zip(boxes, region.heads, tags, strict=True):
        if tag:
            fill_cell(box, tag, head)
    row = grid.elements[region.first]
    for other in grid.elements[region.first + 1 : region.last + 1]:
        _remove(other)
    row.addprevious(_directive_row(row, f"{{%tr for {ROW_NAME} in {table}.行 %}}"))
    row.addnext(_directive_row(row, "{%tr endfor %}"))
    _repeat_header(grid, region.first)


def _directive_row(row: Element, tag: str) -> Element:
    """Return a row of the same cells that says only a tag, and goes away with it."""
    made = deepcopy(row)
    for cell in nearest(made, CELL, TABLE):
        for child in [one for one in cell if one.tag != w("tcPr")]:
            cell.remove(child)
        etree.SubElement(cell, w("p"))
    paragraph = next(made.iter(w("p")))
    run = etree.SubElement(paragraph, RUN)
    etree.SubElement(run, w("t")).text = tag
    return made


def _repeat_header(grid: Grid, first: int) -> None:
    """Let the header come back on every page, where all rows above the list belong to it."""
    if any(box.is_blank for row in grid.rows[:first] for box in row):
        return
    for row in grid.elements[:first]:
        properties = row.find(w("trPr"))
        if properties is None:
            properties = etree.Element(w("trPr"))
            row.insert(sum(1 for one in row if one.tag == w("tblPrEx")), properties)
        if properties.find(w("tblHeader")) is None:
            etree.SubElement(properties, w("tblHeader"))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
