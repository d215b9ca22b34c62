"""Tags in the places of blanks, in the look that the form has there."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from docsmith.official.adopting.blanks import Gap, Kind
from docsmith.official.adopting.grid import Box
from docsmith.official.adopting.lines import Line, look_of, unwrap
from docsmith.template.package.attributes import whole_number
from docsmith.template.package.oxml import CELL, ROW, RUN, Element, w

# What a label is set apart by, and a value is not.
_EMPHASIS = ("b", "bCs", "u", "rStyle")
_LABEL = re.compile(r"[^\s：:]{2,12}[：:]")
_SMALLEST = 13  # half-points: 小六, the smallest type of any form
_FEWEST_LINES = 2
_LONG_NAME = 4
_LINE = 312  # twips: a line of 五号 on the usual grid of a Chinese document


def fill_gap(line: Line, gap: Gap, tag: str, box: Box | None) -> None:
    """Put a tag into a line; room behind a colon at the end of a cell's line is in the empty line below."""
    if gap.kind is not Kind.ROOM:
        line.replace(gap.start, gap.end, tag)
    elif (below := _empty_line_below(line, gap, box)) is not None:
        below.fill(tag, look_of(line.element))
    else:
        line.replace(gap.start, gap.end, tag + _distance(line.text, gap))


def _distance(text: str, gap: Gap) -> str:
    """Return what keeps a value apart from the next label of the line: 填表人：张三　　审核人：."""
    next_label = _LABEL.match(text, gap.end)
    return "　" * max(2, gap.end - gap.start - _LONG_NAME) if next_label else ""


def _empty_line_below(line: Line, gap: Gap, box: Box | None) -> Line | None:
    if gap.end < len(line.text):
        return None
    lines = box.lines if box is not None else []
    following = lines[lines.index(line) + 1] if line in lines[:-1] else None
    return following if following is not None and not following.text.strip() else None


def fill_cell(box: Box, tag: str, label: Box | None) -> None:
    """Put a tag into an empty cell: in the look of its own paragraph, else in that of its label."""
    first, *others = box.lines
    for line in (first, *others):
        if line.text and (control := line.control(0)) is not None:
            unwrap(control)
    own = look_of(first.element)
    look = _plain(look_of(label.lines[0].element)) if label is not None else _of_usual_size(own)
    first.fill(tag, look, instead=_is_tiny(own))
    _keep_height(box, [line.element for line in others if _is_bare(line.element)])


def say(box: Box, tag: str, label: Box | None) -> None:
    """Make a tag all that a box says."""
    for line in box.lines[1:] if box.text.strip() else ():
        parent = line.element.getparent()
        if parent is not None:
            parent.remove(line.element)
    del box.lines[1:]
    fill_cell(box, tag, label)


def row_properties(row: Element) -> Element:
    """Return ``w:trPr`` of a row, made where it is not there."""
    properties = row.find(w("trPr"))
    if properties is None:
        properties = etree.Element(w("trPr"))
        row.insert(sum(1 for one in row if one.tag == w("tblPrEx")), properties)
    return properties


def _keep_height(box: Box, empty: list[Element]) -> None:
    """Make empty lines that kept a cell tall the height of its row: text would come on top of them."""
    row = box.cells[0].getparent()
    if len(empty) < _FEWEST_LINES or len(box.cells) > 1 or row is None or row.tag != ROW:
        return
    properties = row_properties(row)
    height = properties.find(w("trHeight"))
    if height is None:
        height = etree.SubElement(properties, w("trHeight"))
    height.set(w("val"), str(max(whole_number(height.get(w("val"), "")), (len(empty) + 1) * _LINE)))
    if height.get(w("hRule")) != "exact":
        height.set(w("hRule"), "atLeast")
    for paragraph in empty:
        box.cells[0].remove(paragraph)


def _is_tiny(look: Element | None) -> bool:
    """Tell whether a look is for no text at all: empty cells may be set in 2 pt, to keep their rows low."""
    size = look.find(w("sz")) if look is not None else None
    return size is not None and 0 < whole_number(size.get(w("val"), "")) < _SMALLEST


def _plain(look: Element | None) -> Element | None:
    """Return the look of a label without what sets it apart from values."""
    if look is None:
        return None
    plain = deepcopy(look)
    for name in _EMPHASIS:
        for one in plain.findall(w(name)):
            plain.remove(one)
    return plain


def _of_usual_size(look: Element | None) -> Element | None:
    """Return a look in the size of the table's text, for room in which nothing could be read."""
    if look is None:
        return None
    usual = deepcopy(look)
    for size in (*usual.findall(w("sz")), *usual.findall(w("szCs"))):
        usual.remove(size)
    return usual


def _is_bare(paragraph: Element) -> bool:
    """Tell whether a paragraph of a cell itself holds nothing at all."""
    parent = paragraph.getparent()
    holds = next(paragraph.iter(RUN, w("sectPr"), w("bookmarkStart")), None) is not None
    return not holds and parent is not None and parent.tag == CELL
