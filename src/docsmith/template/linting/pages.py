"""What does not fit on its page: tables, pictures and indents, measured in twentieths of a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docsmith._i18n import gettext as _
from docsmith.template.dialect.places import Located
from docsmith.template.package.oxml import CELL, TABLE, TEXT, TEXT_BOX, WP, Element, ancestor, w
from docsmith.template.problems import Problem, Spot, around

_INLINE, _ANCHOR = f"{{{WP}}}inline", f"{{{WP}}}anchor"
_EMU = 635  # of a twentieth of a point
_CM = 567
# Word lets a table stand out by the margins of its cells, and rounds.
_SLACK = 260
_LEAST_TEXT = 300
_A4 = (11906, 1800, 1800)


class Page(NamedTuple):
    """The width of a page, its margins and the width of the text between them (of one column)."""

    width: int
    left: int
    right: int
    text: int


def pages_of(root: Element) -> dict[Element, Page]:
    """Return the page for each direct child of a body; the last section's for the body itself."""
    body = root.find(w("body"))
    if body is None:
        return {}
    pages: dict[Element, Page] = {}
    waiting: list[Element] = []
    for child in body:
        waiting.append(child)
        section = child if child.tag == w("sectPr") else child.find(f"{w('pPr')}/{w('sectPr')}")
        if section is not None:
            page = _page(section)
            pages.update(dict.fromkeys(waiting, page))
            pages[body] = page
            waiting = []
    return pages


def _page(section: Element) -> Page:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    width = _measure(size, "w", _A4[0])
    left, right = _measure(margins, "left", _A4[1]), _measure(margins, "right", _A4[2])
    text = width - left - right - _measure(margins, "gutter", 0)
    columns = section.find(w("cols"))
    number = max(1, _measure(columns, "num", 1))
    return Page(width, left, right, (text - (number - 1) * _measure(columns, "space", 720)) // number)


def _measure(element: Element | None, name: str, default: int) -> int:
    """Return a number of an element; what no Word writes counts as not there."""
    value = None if element is None else element.get(w(name))
    try:
        return default if value is None else int(float(value.removesuffix("pt")))
    except (ValueError, OverflowError):  # what is infinite is no measure either
        return default


def off_page(places: Iterable[Located], pages: dict[Element, Page], last: Page) -> Iterator[Problem]:
    """Yield what is wider than the text of its page, or begins outside of the page."""
    for element, where, *_rest in places:
        if element.tag == TABLE:
            check = _table
        elif next(element.iter(_INLINE, _ANCHOR), None) is not None:
            check = _pictures
        elif element.find(f"{w('pPr')}/{w('ind')}") is not None:
            check = _indent
        else:
            continue  # most paragraphs; where they stand in the page need not be asked
        page = _page_of(element, pages, last)
        is_inside = ancestor(element, CELL) is not None or ancestor(element, TEXT_BOX) is not None
        if page.text > 0 and not (is_inside and check is not _pictures):
            yield from check(element, where, page)


def _page_of(element: Element, pages: dict[Element, Page], last: Page) -> Page:
    for one in (element, *element.iterancestors()):
        if one in pages:
            return pages[one]
    return last


def _table(element: Element, where: str, page: Page) -> Iterator[Problem]:
    properties = element.find(w("tblPr"))
    if properties is not None and properties.find(w("tblpPr")) is not None:
        return  # it floats
    columns = [_measure(column, "w", 0) for column in element.findall(f"{w('tblGrid')}/{w('gridCol')}")]
    said = None if properties is None else properties.find(w("tblW"))
    of_type = "" if said is None else said.get(w("type"), "dxa")
    width = _measure(said, "w", 0) if of_type == "dxa" else sum(columns) if of_type != "pct" else 0
    indent = 0 if properties is None else _measure(properties.find(w("tblInd")), "w", 0)
    centred = properties is not None and _value(properties.find(w("jc"))) in ("center", "right", "end")
    right = width + (0 if centred else max(0, indent))
    if right > page.text + _SLACK:
        yield Problem(
            Spot(where),
            _("the table is {width} cm wide, the text only {text} cm.").format(
                width=_cm(right), text=_cm(page.text)
            ),
            _("In the properties of the table, fit it to the window."),
            "table-too-wide",
        )


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(w("val"), "")


def _pictures(element: Element, where: str, page: Page) -> Iterator[Problem]:
    for drawing in element.iter(_INLINE, _ANCHOR):
        extent = drawing.find(f"{{{WP}}}extent")
        try:
            width = 0 if extent is None else int(extent.get("cx", "0")) // _EMU
        except ValueError:
            continue
        most = page.text if drawing.tag == _INLINE else page.width
        if width > most + _SLACK:
            yield Problem(
                Spot(where),
                _("the picture is {width} cm wide, and there is room for {text} cm.").format(
                    width=_cm(width), text=_cm(most)
                ),
                _("Make it smaller."),
                "picture-too-wide",
            )


def _indent(element: Element, where: str, page: Page) -> Iterator[Problem]:
    indent = element.find(f"{w('pPr')}/{w('ind')}")
    if indent is None:
        return
    left = _measure(indent, "left", _measure(indent, "start", 0))
    right = _measure(indent, "right", _measure(indent, "end", 0))
    first = left + _measure(indent, "firstLine", 0) - _measure(indent, "hanging", 0)
    too_narrow = page.text - left - right < _LEAST_TEXT or page.text - first - right < _LEAST_TEXT
    if too_narrow or min(left, first) < -page.left or right < -page.right:
        text = "".join(piece.text or "" for piece in element.iter(TEXT))
        yield Problem(
            Spot(where, around(text, 0, len(text))),
            _("its indent puts the paragraph off the page."),
            _("Set the indents to 0 in the paragraph dialogue."),
            "indent-off-page",
        )


def _cm(twentieths: int) -> str:
    return f"{twentieths / _CM:.1f}"
