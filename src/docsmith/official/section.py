"""Sections and page numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from docsmith.official.page import LINE_PITCH, Font, Page, Size, mm, pt
from docsmith.official.text import Face, field, paragraph, run
from docsmith.official.xml import Element, R, W, w

# Points: the least distance of lines that Word takes.
_THINNEST = 0.7


class PageNumbers(Enum):
    """How the pages of a section are numbered.

    Articles: — 1 — in 四号 宋体, odd pages to the right, even ones to the left, each with a space of one
    character (GB/T 9704-2012, 7.5). Forms: 第 2 页 共 3 页, centred, from the second page on, so that a form
    of a single page has none. (An IF field over NUMPAGES would number the first page of the others too, but
    LibreOffice cannot read one.)
    """

    NONE = "none"
    ARTICLE = "article"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of pages of one paper; ``restart`` counts its pages from 1."""

    page: Page
    numbers: PageNumbers
    restart: bool = False

    def element(self, footer_ids: dict[str, str]) -> Element:
        """Return ``w:sectPr``; ``footer_ids`` are relationship ids by page kind (``default``, ``even`` …)."""
        page = self.page
        made = w("sectPr", *(_footer_reference(kind, rid) for kind, rid in footer_ids.items()))
        made.append(w("type", val="nextPage"))
        orientation = "landscape" if page.landscape else None
        made.append(w("pgSz", w=mm(page.width), h=mm(page.height), orient=orientation))
        margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
        sides = {side: mm(length) for side, length in margins.items()}
        made.append(w("pgMar", **sides, header=mm(min(15, page.top)), footer=mm(page.footer), gutter=0))
        if self.restart:
            made.append(w("pgNumType", start=1))
        if self.numbers is PageNumbers.FORM:
            made.append(w("titlePg"))
        if self.numbers is PageNumbers.ARTICLE:
            made.append(w("docGrid", type="lines", linePitch=pt(LINE_PITCH)))
        return made


def _footer_reference(kind: str, relationship: str) -> Element:
    made = w("footerReference", type=kind)
    made.set(f"{{{R}}}id", relationship)
    return made


def end_section(body: Element, section: Element) -> None:
    """End a section below the last block of ``body``: in that paragraph, or in one that takes no room.

    A paragraph of its own could find a page that is full, and begin an empty one; below a table, or a
    paragraph that a directive takes away, there is no other choice.
    """
    last = body[-1]
    text = "".join(map(str, last.itertext()))
    properties = last.find(f"{{{W}}}pPr")
    if properties is None or text.startswith("{%"):
        body.append(_thin_paragraph())
        properties = body[-1][0]
    properties.append(section)


def end_body(body: Element, section: Element) -> None:
    """End the last section; below a table, Word would put a paragraph as tall as a line of text."""
    if body[-1].tag == f"{{{W}}}tbl":
        body.append(_thin_paragraph())
    body.append(section)


def _thin_paragraph() -> Element:
    thin = w("spacing", line=pt(_THINNEST), lineRule="exact")
    return w("p", w("pPr", w("pStyle", val="Normal"), w("snapToGrid", val=0), thin))


def footers(numbers: PageNumbers) -> dict[str, Element]:
    """Return the footer parts of a kind of page numbers, by page kind (``default``, ``even``, ``first``)."""
    if numbers is PageNumbers.ARTICLE:
        return {"default": w("ftr", _article_number("right")), "even": w("ftr", _article_number("left"))}
    if numbers is PageNumbers.FORM:
        return {
            "default": w("ftr", _form_number()),
            "even": w("ftr", _form_number()),
            "first": w("ftr", paragraph("", "Footer")),
        }
    return {}


def _article_number(side: str) -> Element:
    face = Face(Font.SONG, Size.SIHAO)
    space = {f"{side}Chars": 100, side: pt(Size.SIHAO)}
    digits = [run("— ", face), *field("PAGE", "1", face), run(" —", face)]
    return paragraph(digits, "Footer", w("ind", **space), w("jc", val=side))


def _form_number() -> Element:
    pages = [run("第 "), *field("PAGE", "2"), run(" 页　共 "), *field("NUMPAGES", "2"), run(" 页")]
    return paragraph(pages, "Footer")
