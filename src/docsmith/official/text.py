"""Runs and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from docsmith.official.page import Font, Size, mm, pt
from docsmith.official.xml import Element, w

LATIN = "Times New Roman"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Face:
    """What a run looks like where it differs from its paragraph's style."""

    font: Font | None = None
    size: Size | None = None
    underline: bool = False


PLAIN = Face()


def fonts(font: Font | None) -> Element:
    """Return ``w:rFonts``; the hint keeps “quotes”, — and … in the Chinese typeface."""
    if font is None:
        return w("rFonts", hint="eastAsia")
    latin = font if font in (Font.SONG, Font.HEI) else LATIN
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=LATIN, hint="eastAsia")


def size(points: Size) -> tuple[Element, Element]:
    """Return the two elements that set a type size."""
    return w("sz", val=points.half_points), w("szCs", val=points.half_points)


def run(text: str, face: Face = PLAIN) -> Element:
    r"""Return a run; ``\n`` is a line break, ``\t`` a tab."""
    properties = w("rPr", fonts(face.font))
    if face.size:
        properties.extend(size(face.size))
    if face.underline:
        properties.append(w("u", val="single"))
    made = w("r", properties)
    for piece in re.split(r"([\n\t])", text):
        if piece == "\n":
            made.append(w("br"))
        elif piece == "\t":
            made.append(w("tab"))
        elif piece:
            holder = w("t")
            holder.text = piece
            holder.set(_XML_SPACE, "preserve")
            made.append(holder)
    return made


def paragraph(content: str | list[Element], style: str, *properties: Element) -> Element:
    """Return a paragraph of a style; ``properties`` are further children of ``w:pPr``, in schema order."""
    made = w("p", w("pPr", w("pStyle", val=style), *properties))
    made.extend([run(content)] if isinstance(content, str) else content)
    return made


def directive(text: str) -> Element:
    """Return a paragraph that only holds a template directive, and goes away with it."""
    return paragraph(text, "Normal")


def tabs(*stops: tuple[float, str]) -> Element:
    """Return tab stops: millimetres from the left margin, and ``left``, ``center`` or ``right``."""
    return w("tabs", *(w("tab", val=kind, pos=mm(position)) for position, kind in stops))


def space_before(points: float) -> Element:
    """Return the space above a paragraph."""
    return w("spacing", before=pt(points))


def keep_next() -> Element:
    """Return the property that keeps a paragraph, or the table row that it stands in, with what follows."""
    return w("keepNext")


def page_break() -> Element:
    """Return the property that starts a paragraph on a new page."""
    return w("pageBreakBefore")


def field(instruction: str, shown: str, face: Face = PLAIN) -> list[Element]:
    """Return the runs of a field such as ``PAGE``; ``shown`` stands there until Word computes it."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(_XML_SPACE, "preserve")
    return [
        _holding(w("fldChar", fldCharType="begin"), face),
        _holding(code, face),
        _holding(w("fldChar", fldCharType="separate"), face),
        run(shown, face),
        _holding(w("fldChar", fldCharType="end"), face),
    ]


def _holding(child: Element, face: Face) -> Element:
    made = run("", face)
    made.append(child)
    return made
