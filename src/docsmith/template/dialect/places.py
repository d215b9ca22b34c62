"""Where a paragraph of a part stands, in the words of a person who looks at the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from docsmith._i18n import gettext as _
from docsmith.template.package.oxml import CELL, PARAGRAPH, ROW, TABLE, TEXT_BOX, Element, nearest


def paragraphs(root: Element, part: str) -> Iterator[tuple[Element, str]]:
    """Yield every paragraph of a part with its place, in the order of the document.

    Tables, rows, cells and paragraphs are counted from 1 as Word shows them, rows that hold only a tag
    included. ``part`` is how the part itself is called (``body``, ``header 1``).
    """
    yield from _in_container(root, part, Counter(), numbered=True)


def _in_container(
    container: Element, place: str, count: Counter[str], *, numbered: bool
) -> Iterator[tuple[Element, str]]:
    for child in container:
        if child.tag == PARAGRAPH:
            count[PARAGRAPH] += 1
            here = _("{place}, paragraph {number}").format(place=place, number=count[PARAGRAPH])
            yield from _paragraph(child, here if numbered else place)
        elif child.tag == TABLE:
            count[TABLE] += 1
            here = _("{place}, table {number}").format(place=place, number=count[TABLE])
            yield from _table(child, here)
        else:  # a content control or a note: looks like part of what is around it
            yield from _in_container(child, place, count, numbered=numbered)


def _paragraph(paragraph: Element, place: str) -> Iterator[tuple[Element, str]]:
    yield paragraph, place
    for box in nearest(paragraph, TEXT_BOX):
        inside = _("{place}, text box").format(place=place)
        yield from _in_container(box, inside, Counter(), numbered=False)


def _table(table: Element, place: str) -> Iterator[tuple[Element, str]]:
    for row_number, row in enumerate(nearest(table, ROW, TABLE), 1):
        for cell_number, cell in enumerate(nearest(row, CELL, TABLE), 1):
            here = _("{place}, row {row}, cell {cell}").format(place=place, row=row_number, cell=cell_number)
            yield from _in_container(cell, here, Counter(), numbered=False)
