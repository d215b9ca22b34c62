"""Where a paragraph of a part stands, in the words of a person who looks at the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.package.oxml import CELL, PARAGRAPH, ROW, TABLE, TEXT, TEXT_BOX, Element, nearest
from docsmith.template.problems import Passage


class Located(NamedTuple):
    """A paragraph or a table, its place in words, and the same as numbers for machines.

    ``numbers`` has ``paragraph``, or ``table``, ``row`` and ``cell`` of the outermost table, each from 1.
    ``at`` is how many characters of the part stand before it.
    """

    element: Element
    where: str
    numbers: Mapping[str, int]
    at: int = 0

    @property
    def pieces(self) -> list[Element]:
        """The elements that hold the text of a paragraph."""
        return list(nearest(self.element, TEXT, PARAGRAPH))

    @property
    def passage(self) -> Passage:
        """The text of a paragraph."""
        return self.passage_of(self.pieces)

    def passage_of(self, pieces: Iterable[Element]) -> Passage:
        """Return the text that some elements of a paragraph hold together."""
        return Passage(self.where, "".join(piece.text or "" for piece in pieces), self.at)


def paragraphs(root: Element, part: str) -> Iterator[Located]:
    """Yield every paragraph of a part with its place, in the order of the document.

    Tables, rows, cells and paragraphs are counted from 1 as Word shows them, rows that hold only a tag
    included. ``part`` is how the part itself is called (``body``, ``header 1``).
    """
    return (one for one in located(root, part) if one.element.tag == PARAGRAPH)


def located(root: Element, part: str) -> Iterator[Located]:
    """Yield every paragraph and every table of a part, a table before what is in it."""
    at = 0
    for one in _in_container(root, part, {}, numbered=True):
        length = len(one.passage.text) + 1 if one.element.tag == PARAGRAPH else 0
        yield one._replace(at=at)  # whoever takes it may change the text
        at += length


def _in_container(
    container: Element, place: str, numbers: Mapping[str, int], *, numbered: bool
) -> Iterator[Located]:
    count: Counter[str] = Counter()
    for child in _looked_through(container):
        count[child.tag] += 1
        number = count[child.tag]
        if child.tag == TABLE:
            here = _("{place}, table {number}").format(place=place, number=number)
            yield from _table(child, here, numbers or {"table": number})
        elif numbered:
            here = _("{place}, paragraph {number}").format(place=place, number=number)
            yield from _paragraph(child, here, {"paragraph": number})
        else:
            yield from _paragraph(child, place, numbers)


def _looked_through(container: Element) -> Iterator[Element]:
    """Yield paragraphs and tables; a content control or a note looks like part of what is around it."""
    waiting = [iter(container)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in (PARAGRAPH, TABLE):
            yield child
        else:
            waiting.append(iter(child))


def _paragraph(paragraph: Element, place: str, numbers: Mapping[str, int]) -> Iterator[Located]:
    yield Located(paragraph, place, numbers)
    for box in nearest(paragraph, TEXT_BOX):
        inside = _("{place}, text box").format(place=place)
        yield from _in_container(box, inside, numbers, numbered=False)


def _table(table: Element, place: str, numbers: Mapping[str, int]) -> Iterator[Located]:
    yield Located(table, place, numbers)
    for row_number, row in enumerate(nearest(table, ROW, TABLE), 1):
        for cell_number, cell in enumerate(nearest(row, CELL, TABLE), 1):
            here = _("{place}, row {row}, cell {cell}").format(place=place, row=row_number, cell=cell_number)
            inner = numbers if "row" in numbers else {**numbers, "row": row_number, "cell": cell_number}
            yield from _in_container(cell, here, inner, numbered=False)
